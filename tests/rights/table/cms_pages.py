"""Wagtail's admin, pages: editors write drafts below their university's page, coordinators publish them.

The page of another university does not exist there.
"""

from tests.rights.rows import (
    AGAIN,
    DONE,
    HIDDEN,
    MOVED,
    OK,
    OWN,
    OWN_DONE,
    OWN_MOVED,
    OWN_PAGE,
    REFUSED,
    Cell,
    cms,
    posts,
)  # fmt: skip

#: Nobody there may do this, and of another's page it is not even said.
NEVER = Cell(REFUSED, HIDDEN)
NONE = Cell(HIDDEN, HIDDEN)
OWN_PAGE_DONE = Cell(DONE, REFUSED)
#: The form offers one's own pages only.
INTO_OWN = Cell(MOVED, AGAIN)

STANDARD_PAGE = {"content_type_app_name": "portal", "content_type_model_name": "standardpage"}
UNIVERSITY_PAGE = {"content_type_app_name": "portal", "content_type_model_name": "universitypage"}
SEARCH = "?q=zz"

# fmt: off
ROWS = [
    # route, object                                       editor     coordinator administrator
    cms("wagtailadmin_home", "",                          OK,        OK,        OK),
    cms("wagtailadmin_explore_root", "",                  MOVED,     MOVED,     OK),
    cms("wagtailadmin_explore", "page",                   OWN,       OWN,       OK),
    cms("wagtailadmin_explore", "draft",                  OWN,       OWN,       OK),
    # What lies above one's own university leads back to it.
    cms("wagtailadmin_explore", "list_page",              MOVED,     MOVED,     OK),
    cms("wagtailadmin_explore_results", "page",           OWN,       OWN,       OK),
    cms("wagtailadmin_explore_results", "list_page",      MOVED,     MOVED,     OK, query=SEARCH),

    cms("wagtailadmin_pages:add_subpage", "page",         OWN_MOVED, OWN_MOVED, MOVED),
    cms("wagtailadmin_pages:add", "page",                 OWN,       OWN,       OK, fixed=STANDARD_PAGE),
    # The page of a row is made by an action, never by this form.
    cms("wagtailadmin_pages:add", "page",                 NEVER,     NEVER,     REFUSED, fixed=UNIVERSITY_PAGE),
    cms("wagtailadmin_pages:preview_on_add", "page",      OWN,       OWN,       OK, fixed=STANDARD_PAGE),
    cms("wagtailadmin_pages:edit", "page",                OWN,       OWN,       OK),
    cms("wagtailadmin_pages:edit", "draft",               OWN,       OWN,       OK),
    cms("wagtailadmin_pages:edit", "club_page",           OWN,       OWN,       OK),
    cms("wagtailadmin_pages:edit", "project_page",        OWN,       OWN,       OK),
    cms("wagtailadmin_pages:edit", "locked",              OWN,       OWN,       OK),
    cms("wagtailadmin_pages:edit", "list_page",           REFUSED,   REFUSED,   OK),
    cms("wagtailadmin_pages:preview_on_edit", "page",     OWN,       OWN,       OK),
    cms("wagtailadmin_pages:view_draft", "page",          OWN,       OWN,       OK),
    cms("wagtailadmin_pages:view_draft", "draft",         OWN,       OWN,       OK),

    cms("wagtailadmin_pages:delete", "draft",             OWN,       OWN,       OK),
    cms("wagtailadmin_pages:delete", "live",              NEVER,     OWN,       OK),
    cms("wagtailadmin_pages:delete", "page",              NEVER,     NEVER,     OK),
    cms("wagtailadmin_pages:delete", "club_page",         NEVER,     NEVER,     OK),
    cms("wagtailadmin_pages:unpublish", "live",           NEVER,     OWN,       OK),
    cms("wagtailadmin_pages:unpublish", "page",           NEVER,     OWN,       OK),
    cms("wagtailadmin_pages:move", "draft",               OWN,       OWN,       OK),
    cms("wagtailadmin_pages:move_confirm", "draft",       OWN,       OWN,       OK),
    cms("wagtailadmin_pages:move_confirm", "across",      OWN,       OWN,       OK),
    posts("wagtailadmin_pages:set_page_position", "draft", NEVER,    OWN,       OK),
    cms("wagtailadmin_pages:copy", "draft",               OWN,       OWN,       OK),
    # To be put below one's own page, or below another's.
    posts("wagtailadmin_pages:copy", "across",            INTO_OWN,  INTO_OWN,  MOVED,
        data={"new_title": "Copy", "new_slug": "copy", "new_parent_page": "{destination_id}"}),
    posts("wagtailadmin_api:pages:action", "across",      REFUSED,   OWN_PAGE_DONE, DONE,
        fixed={"action_name": "copy"}, data={"destination_page_id": "{destination_id}", "slug": "copy"}),
    posts("wagtailadmin_api:pages:action", "across",      OWN_PAGE,  OWN_PAGE,  OK,
        fixed={"action_name": "move"}, data={"destination_page_id": "{destination_id}", "position": "last-child"}),
    posts("wagtailadmin_api:pages:action", "across",      REFUSED,   OWN_PAGE_DONE, DONE,
        fixed={"action_name": "create_alias"}, data={"destination_page_id": "{destination_id}", "update_slug": "copy"}),
    posts("wagtail_bulk_action", "across",                INTO_OWN,  INTO_OWN,  MOVED,
        query="?id={pk}", data={"chooser": "{destination_id}"},
        fixed={"app_label": "wagtailcore", "model_name": "page", "action": "move"}),
    cms("wagtailadmin_pages:convert_alias", "draft",      NONE,      NONE,      HIDDEN),
    posts("wagtailadmin_pages:lock", "draft",             NEVER,     OWN_MOVED, MOVED),
    posts("wagtailadmin_pages:unlock", "locked",          NEVER,     OWN_MOVED, MOVED),
    cms("wagtailadmin_pages:set_privacy", "draft",        NEVER,     OWN,       OK),
    cms("wagtailadmin_pages:set_privacy", "page",         NEVER,     OWN,       OK),

    # History and revisions
    cms("wagtailadmin_pages:revisions_index", "page",     OWN_MOVED, OWN_MOVED, MOVED),
    cms("wagtailadmin_pages:revisions_view", "page",      OWN,       OWN,       OK),
    # One's own page with a revision of another's.
    cms("wagtailadmin_pages:revisions_view", "stolen_revision", OWN, OWN,       OWN),
    cms("wagtailadmin_pages:revisions_revert", "page",    OWN,       OWN,       OK),
    cms("wagtailadmin_pages:revisions_revert", "stolen_revision", OWN, OWN,     OWN),
    cms("wagtailadmin_pages:revisions_unschedule", "page", NEVER,    OWN,       OK),
    cms("wagtailadmin_pages:revisions_compare", "page",   OWN,       OWN,       OK),
    cms("wagtailadmin_pages:revisions_compare", "stolen_compare", OWN, OWN,     OWN),
    cms("wagtailadmin_pages:history", "page",             OWN,       OWN,       OK),
    cms("wagtailadmin_pages:history_results", "page",     OWN,       OWN,       OK),
    cms("wagtailadmin_pages:usage", "page",               OWN,       OWN,       OK),
    cms("wagtailadmin_pages:usage", "live",               OWN,       OWN,       OK),
    cms("wagtailadmin_pages:type_use", "",                OK,        OK,        OK, fixed=STANDARD_PAGE),
    cms("wagtailadmin_pages:type_use_results", "",        OK,        OK,        OK, fixed=STANDARD_PAGE),
    cms("wagtailadmin_pages:choose_parent", "",           OK,        OK,        OK,
        fixed={"app_label": "portal", "model_name": "standardpage"}),

    # Workflow: coordinators of a university approve its drafts.
    cms("wagtailadmin_pages:workflow_action", "draft",    NEVER,     OWN,       OK, fixed={"action_name": "approve"}),
    cms("wagtailadmin_pages:collect_workflow_action_data", "draft",
                                                          NEVER,     OWN,       OK, fixed={"action_name": "approve"}),
    cms("wagtailadmin_pages:workflow_action", "stolen_task", REFUSED, OWN_PAGE, OK, fixed={"action_name": "approve"}),
    cms("wagtailadmin_pages:confirm_workflow_cancellation", "draft", OWN, OWN,  OK),
    cms("wagtailadmin_pages:workflow_preview", "draft",   NEVER,     OWN,       OK),
    cms("wagtailadmin_pages:workflow_history", "draft",   OWN,       OWN,       OK),
    cms("wagtailadmin_pages:workflow_history_detail", "draft", OWN,  OWN,       OK),
    cms("wagtailadmin_pages:workflow_history_detail", "stolen_workflow_state", OWN, OWN, OWN),

    # Searching and choosing
    cms("wagtailadmin_pages:search", "",                  OK,        OK,        OK, query=SEARCH),
    cms("wagtailadmin_pages:search_results", "",          OK,        OK,        OK, query=SEARCH),
    cms("wagtailadmin_choose_page", "",                   OK,        OK,        OK),
    cms("wagtailadmin_choose_page_child", "page",         OWN,       OWN,       OK),
    cms("wagtailadmin_choose_page_child", "list_page",    OK,        OK,        OK),
    cms("wagtailadmin_choose_page_search", "",            OK,        OK,        OK, query=SEARCH),
    cms("wagtailadmin_choose_page_chosen_multiple", "draft", OWN,    OWN,       OK, query="?id={pk}"),
    cms("wagtailadmin_choose_page_external_link", "",     OK,        OK,        OK),
    cms("wagtailadmin_choose_page_email_link", "",        OK,        OK,        OK),
    cms("wagtailadmin_choose_page_phone_link", "",        OK,        OK,        OK),
    cms("wagtailadmin_choose_page_anchor_link", "",       OK,        OK,        OK),

    # The admin's own API
    cms("wagtailadmin_api:pages:listing", "",             OK,        OK,        OK),
    cms("wagtailadmin_api:pages:listing", "",             OK,        OK,        OK, query="?search=zz"),
    cms("wagtailadmin_api:pages:listing", "list_page",    OK,        OK,        OK,
        query="?child_of={pk}&for_explorer=1"),
    cms("wagtailadmin_api:pages:detail", "draft",         OWN,       OWN,       OK),
    cms("wagtailadmin_api:pages:find", "draft",           OWN_MOVED, OWN_MOVED, MOVED, query="?id={pk}"),
    posts("wagtailadmin_api:pages:action", "draft",       NEVER,     OWN,       OK, fixed={"action_name": "publish"}),
    posts("wagtailadmin_api:pages:action", "draft",       OWN_DONE,  OWN_DONE,  DONE, fixed={"action_name": "delete"}),
    posts("wagtailadmin_api:pages:action", "draft",       NEVER,     OWN_DONE,  DONE, fixed={"action_name": "copy"}),

    # Many at once
    cms("wagtail_bulk_action", "draft",                   OWN,       OWN,       OK, query="?id={pk}",
        fixed={"app_label": "wagtailcore", "model_name": "page", "action": "delete"}),
    cms("wagtail_bulk_action", "draft",                   OWN,       OWN,       OK, query="?id={pk}",
        fixed={"app_label": "wagtailcore", "model_name": "page", "action": "move"}),
    cms("wagtail_bulk_action", "draft",                   OWN,       OWN,       OK, query="?id={pk}",
        fixed={"app_label": "wagtailcore", "model_name": "page", "action": "publish"}),
    cms("wagtail_bulk_action", "draft",                   OWN,       OWN,       OK, query="?id={pk}",
        fixed={"app_label": "wagtailcore", "model_name": "page", "action": "unpublish"}),

    # Who else is at work on this page
    posts("wagtailadmin_editing_sessions:ping", "draft",  OWN,       OWN,       OK,
        fixed={"app_label": "portal", "model_name": "standardpage", "session_id": 1}),
    posts("wagtailadmin_editing_sessions:release", "session", OK,    OK,        OK),
    cms("wagtailadmin_block_preview", "",                 HIDDEN,    HIDDEN,    HIDDEN),
]
