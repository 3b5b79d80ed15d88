"""Wagtail's admin, what the portal itself keeps: for portal administrators alone."""

from tests.rights.rows import BREAKS, HIDDEN, MOVED, OK, REFUSED, SIGN_IN, Outcome, Row, cms, row


def alone(route: str, of: str = "", met: Outcome = OK, **more: object) -> Row:
    """Refused in Wagtail's way to everybody but administrators."""
    return cms(route, of, REFUSED, REFUSED, met, **more)


def hidden(route: str, of: str = "", met: Outcome = OK, **more: object) -> Row:
    return cms(route, of, HIDDEN, HIDDEN, met, **more)


REPORTS = ("locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages", "page_types_usage")
APPROVAL = {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}

# fmt: off
ROWS = [
    *[hidden(f"wagtailadmin_reports:{name}{part}") for name in REPORTS for part in ("", "_results")],
    hidden("wagtailadmin_error_test", met=BREAKS),

    alone("wagtailadmin_collections:index"),
    alone("wagtailadmin_collections:add"),
    alone("wagtailadmin_collections:edit", "collection"),
    hidden("wagtailadmin_collections:delete", "collection"),
    alone("wagtailadmin_collections:set_privacy", "collection"),

    hidden("wagtailadmin_workflows:index"),
    hidden("wagtailadmin_workflows:index_results"),
    hidden("wagtailadmin_workflows:add"),
    hidden("wagtailadmin_workflows:edit", "workflow"),
    hidden("wagtailadmin_workflows:usage", "workflow"),
    hidden("wagtailadmin_workflows:usage_results", "workflow"),
    hidden("wagtailadmin_workflows:enable", "workflow", MOVED, method="POST"),
    hidden("wagtailadmin_workflows:disable", "workflow"),
    hidden("wagtailadmin_workflows:remove /cms/workflows/remove/<int:page_pk>/", "workflow", MOVED,
        method="POST"),
    hidden("wagtailadmin_workflows:remove /cms/workflows/remove/<int:page_pk>/<int:workflow_pk>/", "workflow",
        MOVED, method="POST"),
    hidden("wagtailadmin_workflows:select_task_type", met=MOVED),
    hidden("wagtailadmin_workflows:add_task", fixed=APPROVAL),
    hidden("wagtailadmin_workflows:task_index"),
    hidden("wagtailadmin_workflows:task_index_results"),
    hidden("wagtailadmin_workflows:edit_task", "task"),
    hidden("wagtailadmin_workflows:disable_task", "task"),
    hidden("wagtailadmin_workflows:enable_task", "task", MOVED, method="POST"),
    hidden("wagtailadmin_workflows:task_chooser"),
    hidden("wagtailadmin_workflows:task_chooser_results"),
    hidden("wagtailadmin_workflows:task_chooser_create"),
    hidden("wagtailadmin_workflows:task_chosen", "task"),

    alone("wagtailredirects:index"),
    alone("wagtailredirects:index_results"),
    alone("wagtailredirects:add"),
    alone("wagtailredirects:edit", "redirect"),
    alone("wagtailredirects:delete", "redirect"),
    alone("wagtailredirects:start_import"),
    # It trips over a form with nothing in it.
    alone("wagtailredirects:process_import", met=BREAKS, method="POST"),

    alone("wagtailsites:index"),
    alone("wagtailsites:index_results"),
    alone("wagtailsites:add"),
    alone("wagtailsites:edit", "site"),
    alone("wagtailsites:delete", "site"),
    alone("wagtailsites:history", "site"),
    alone("wagtailsites:history_results", "site"),
    alone("wagtailsites:usage", "site"),
    alone("wagtailsites:copy", "site"),

    # In Wagtail, who may manage people may become anybody.
    alone("wagtailusers_users:index"),
    alone("wagtailusers_users:index_results"),
    alone("wagtailusers_users:add"),
    alone("wagtailusers_users:edit", "person"),
    alone("wagtailusers_users:delete", "person"),
    alone("wagtailusers_users:history", "person"),
    alone("wagtailusers_users:history_results", "person"),
    alone("wagtailusers_users:usage", "person"),
    alone("wagtailusers_users:copy", "person"),
    alone("wagtailusers_groups:index"),
    alone("wagtailusers_groups:index_results"),
    alone("wagtailusers_groups:add"),
    alone("wagtailusers_groups:edit", "group"),
    alone("wagtailusers_groups:delete", "group"),
    alone("wagtailusers_groups:history", "group"),
    alone("wagtailusers_groups:history_results", "group"),
    alone("wagtailusers_groups:usage", "group"),

    # No snippets are registered.
    alone("wagtailsnippets:index", met=REFUSED),

    # One's own admin
    cms("wagtailadmin_account", "",                       OK,        OK,        OK),
    cms("wagtailadmin_dismissibles", "",                  OK,        OK,        OK),
    # The admin's page for what does not exist, to look at.
    cms("/cms/test404/", "",                              OK,        OK,        OK,
        fixed={"path": "/cms/test404/"}),
    cms("/cms/^.*/$", "",                                 HIDDEN,    HIDDEN,    HIDDEN,
        fixed={"path": "/cms/no-such-place/"}),
    row("wagtailadmin_sprite", "",            OK,      OK,      OK,      OK,      OK,      OK),
    row("wagtailadmin_javascript_catalog", "", OK,     OK,      OK,      OK,      OK,      OK),

    # One way in and out: the account pages. Who may not enter the admin is led to the exchange.
    row("/cms/login/", "",                    SIGN_IN, MOVED,   MOVED,   SIGN_IN, SIGN_IN, SIGN_IN,
        fixed={"path": "/cms/login/"}),
    row("wagtailadmin_login", "",             SIGN_IN, MOVED,   MOVED,   SIGN_IN, SIGN_IN, SIGN_IN),
    row("/cms/logout/", "",                   MOVED,   OK,      OK,      OK,      OK,      OK,
        fixed={"path": "/cms/logout/"}),
    row("wagtailadmin_logout", "",            MOVED,   OK,      OK,      OK,      OK,      OK),
    row("wagtailadmin_password_reset", "",    HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("wagtailadmin_password_reset_done", "", HIDDEN, HIDDEN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("wagtailadmin_password_reset_complete", "", HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    row("wagtailadmin_password_reset_confirm", "", HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,
        fixed={"uidb64": "x", "token": "x"}),
]
