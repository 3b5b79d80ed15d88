"""Wagtail's admin, pages: editors write drafts below their university's page, coordinators publish them.

The page of another university does not exist there.
"""

from collections.abc import Callable

from tests.rights.rows import (
    AGAIN,
    DONE,
    HIDDEN,
    MOVED,
    OK,
    OWN,
    OWN_MOVED,
    OWN_PAGE,
    REFUSED,
    Cell,
    Row,
    cms,
    posts,
)

Maker = Callable[..., Row]


def page(name: str, *columns: object, **more: object) -> Row:
    return cms(f"wagtailadmin_pages:{name}", *columns, **more)


def page_acts(name: str, *columns: object, **more: object) -> Row:
    return posts(f"wagtailadmin_pages:{name}", *columns, **more)


def api(action: str, *columns: object, **more: object) -> Row:
    return posts("wagtailadmin_api:pages:action", *columns, fixed={"action_name": action}, **more)


def many(action: str, *columns: object, ask: Maker = cms, **more: object) -> Row:
    kind = {"app_label": "wagtailcore", "model_name": "page", "action": action}
    return ask("wagtail_bulk_action", *columns, query="?id={pk}", fixed=kind, **more)


#: Not for this role; and of another's page not even that is said.
NEVER = Cell(REFUSED, HIDDEN)
GOES = Cell(MOVED, HIDDEN)
DOES = Cell(DONE, HIDDEN)
#: Put below one's own page; the form offers no other, the API refuses it.
INTO_OWN = Cell(MOVED, AGAIN)
BELOW_OWN = Cell(DONE, REFUSED)

STANDARD = {"content_type_app_name": "portal", "content_type_model_name": "standardpage"}
UNIVERSITY = {"content_type_app_name": "portal", "content_type_model_name": "universitypage"}
NEWS = {"content_type_app_name": "portal", "content_type_model_name": "newsindexpage"}
ARTICLE = {"content_type_app_name": "portal", "content_type_model_name": "articlepage"}
APPROVE = {"action_name": "approve"}
BELOW = {"destination_page_id": "{destination_id}"}
SEARCH = "?q=zz"

# fmt: off
ROWS = [
    # route, object                              editor     coordinator administrator
    cms("wagtailadmin_home", "",                 OK,        OK,        OK),
    # What lies above one's own university leads back to it.
    cms("wagtailadmin_explore_root", "",         MOVED,     MOVED,     OK),
    cms("wagtailadmin_explore", "list_page",     MOVED,     MOVED,     OK),
    cms("wagtailadmin_explore", "page",          OWN,       OWN,       OK),
    cms("wagtailadmin_explore", "draft",         OWN,       OWN,       OK),
    cms("wagtailadmin_explore_results", "page",  OWN,       OWN,       OK),
    cms("wagtailadmin_explore_results", "list_page", MOVED, MOVED,     OK, query=SEARCH),

    page("add_subpage", "page",                  OWN,       OWN,       OK),
    page("add", "page",                          OWN,       OWN,       OK, fixed=STANDARD),
    page("add", "page",                          OWN,       OWN,       OK, fixed=NEWS),
    # Articles stand below news, nowhere else.
    page("add", "page",                          NEVER,     NEVER,     REFUSED, fixed=ARTICLE),
    # The page of a row is made by an action, never by this form.
    page("add", "page",                          NEVER,     NEVER,     REFUSED, fixed=UNIVERSITY),
    page("preview_on_add", "page",               OWN,       OWN,       OK, fixed=STANDARD),
    page("edit", "page",                         OWN,       OWN,       OK),
    page("edit", "draft",                        OWN,       OWN,       OK),
    page("edit", "club_page",                    OWN,       OWN,       OK),
    page("edit", "project_page",                 OWN,       OWN,       OK),
    page("edit", "locked",                       OWN,       OWN,       OK),
    page("edit", "list_page",                    REFUSED,   REFUSED,   OK),
    cms("translate_page", "page",                OWN,       OWN,       OK),
    cms("translate_page", "list_page",           HIDDEN,    HIDDEN,    OK),
    posts("translate_page", "draft",             OWN_MOVED, OWN_MOVED, MOVED, data={"language": "ru"}),
    page("preview_on_edit", "page",              OWN,       OWN,       OK),
    page("view_draft", "page",                   OWN,       OWN,       OK),
    page("view_draft", "draft",                  OWN,       OWN,       OK),

    page("delete", "draft",                      OWN,       OWN,       OK),
    page("delete", "live",                       NEVER,     OWN,       OK),
    page("delete", "page",                       NEVER,     NEVER,     OK),
    page("delete", "club_page",                  NEVER,     NEVER,     OK),
    page("unpublish", "live",                    NEVER,     OWN,       OK),
    page("unpublish", "page",                    NEVER,     OWN,       OK),
    page("set_privacy", "draft",                 NEVER,     OWN,       OK),
    page("set_privacy", "page",                  NEVER,     OWN,       OK),
    page("convert_alias", "draft",               HIDDEN,    HIDDEN,    HIDDEN),
    page_acts("lock", "draft",                   NEVER,     GOES,      MOVED),
    page_acts("unlock", "locked",                NEVER,     GOES,      MOVED),

    # "across" is put below one's own page, or below another's.
    page("move", "draft",                        OWN,       OWN,       OK),
    page("move_confirm", "draft",                OWN,       OWN,       OK),
    page("move_confirm", "across",               OWN,       OWN,       OK),
    page_acts("set_page_position", "draft",      NEVER,     OWN,       OK),
    page("copy", "draft",                        OWN,       OWN,       OK),
    page_acts("copy", "across",                  INTO_OWN,  INTO_OWN,  MOVED,
        data={"new_title": "Copy", "new_slug": "copy", "new_parent_page": "{destination_id}"}),
    api("copy", "across",                        REFUSED,   BELOW_OWN, DONE, data=BELOW | {"slug": "copy"}),
    api("create_alias", "across",                REFUSED,   BELOW_OWN, DONE,
        data=BELOW | {"update_slug": "copy"}),
    api("move", "across",                        OWN_PAGE,  OWN_PAGE,  OK,
        data=BELOW | {"position": "last-child"}),
    many("move", "across",                       INTO_OWN,  INTO_OWN,  MOVED, ask=posts,
        data={"chooser": "{destination_id}"}),

    # "stolen": one's own page, with something of another's.
    page("revisions_index", "page",              GOES,      GOES,      MOVED),
    page("revisions_view", "page",               OWN,       OWN,       OK),
    page("revisions_view", "stolen_revision",    OWN,       OWN,       OWN),
    page("revisions_revert", "page",             OWN,       OWN,       OK),
    page("revisions_revert", "stolen_revision",  OWN,       OWN,       OWN),
    page("revisions_unschedule", "page",         NEVER,     OWN,       OK),
    page("revisions_compare", "page",            OWN,       OWN,       OK),
    page("revisions_compare", "stolen_compare",  OWN,       OWN,       OWN),
    page("history", "page",                      OWN,       OWN,       OK),
    page("history_results", "page",              OWN,       OWN,       OK),
    page("usage", "page",                        OWN,       OWN,       OK),
    page("usage", "live",                        OWN,       OWN,       OK),
    page("type_use", "",                         OK,        OK,        OK, fixed=STANDARD),
    page("type_use_results", "",                 OK,        OK,        OK, fixed=STANDARD),
    page("choose_parent", "",                    OK,        OK,        OK,
        fixed={"app_label": "portal", "model_name": "standardpage"}),

    # Coordinators of a university approve its drafts.
    page("workflow_action", "draft",             NEVER,     OWN,       OK, fixed=APPROVE),
    page("workflow_action", "stolen_task",       REFUSED,   OWN_PAGE,  OK, fixed=APPROVE),
    page("collect_workflow_action_data", "draft", NEVER,    OWN,       OK, fixed=APPROVE),
    page("confirm_workflow_cancellation", "draft", OWN,     OWN,       OK),
    page("workflow_preview", "draft",            NEVER,     OWN,       OK),
    page("workflow_history", "draft",            OWN,       OWN,       OK),
    page("workflow_history_detail", "draft",     OWN,       OWN,       OK),
    page("workflow_history_detail", "stolen_workflow_state", OWN, OWN, OWN),

    # Searching and choosing
    page("search", "",                           OK,        OK,        OK, query=SEARCH),
    page("search_results", "",                   OK,        OK,        OK, query=SEARCH),
    cms("wagtailadmin_choose_page", "",          OK,        OK,        OK),
    cms("wagtailadmin_choose_page_child", "page", OWN,      OWN,       OK),
    cms("wagtailadmin_choose_page_child", "list_page", OK,  OK,        OK),
    cms("wagtailadmin_choose_page_search", "",   OK,        OK,        OK, query=SEARCH),
    cms("wagtailadmin_choose_page_chosen_multiple", "draft", OWN, OWN, OK, query="?id={pk}"),
    cms("wagtailadmin_choose_page_external_link", "", OK,   OK,        OK),
    cms("wagtailadmin_choose_page_email_link", "", OK,      OK,        OK),
    cms("wagtailadmin_choose_page_phone_link", "", OK,      OK,        OK),
    cms("wagtailadmin_choose_page_anchor_link", "", OK,     OK,        OK),

    # The admin's own API
    cms("wagtailadmin_api:pages:listing", "",    OK,        OK,        OK),
    cms("wagtailadmin_api:pages:listing", "",    OK,        OK,        OK, query="?search=zz"),
    cms("wagtailadmin_api:pages:listing", "list_page", OK,  OK,        OK,
        query="?child_of={pk}&for_explorer=1"),
    cms("wagtailadmin_api:pages:detail", "draft", OWN,      OWN,       OK),
    cms("wagtailadmin_api:pages:find", "draft",  GOES,      GOES,      MOVED, query="?id={pk}"),
    api("publish", "draft",                      NEVER,     OWN,       OK),
    api("delete", "draft",                       DOES,      DOES,      DONE),
    api("copy", "draft",                         NEVER,     DOES,      DONE),

    # Many at once
    many("delete", "draft",                      OWN,       OWN,       OK),
    many("move", "draft",                        OWN,       OWN,       OK),
    many("publish", "draft",                     OWN,       OWN,       OK),
    many("unpublish", "draft",                   OWN,       OWN,       OK),

    # Who else is at work on this page
    posts("wagtailadmin_editing_sessions:ping", "draft", OWN, OWN,     OK,
        fixed={"app_label": "portal", "model_name": "standardpage", "session_id": 1}),
    posts("wagtailadmin_editing_sessions:release", "session", OK, OK,  OK),
    cms("wagtailadmin_block_preview", "",        HIDDEN,    HIDDEN,    HIDDEN),
]
