"""What everybody meets: the portal's pages, its files, its health."""

from tests.rights.rows import HIDDEN, MOVED, OK, OWN, SIGN_IN, Cell, row

#: Somebody at this university reads it; everybody else is asked to sign in as one of them.
STAFF = Cell(OK, SIGN_IN)

# fmt: off
ROWS = [
    # route, object                          visitor  officer  researcher editor  coordinator administrator
    row("healthz", "",                       OK,      OK,      OK,      OK,      OK,      OK),
    row("robots", "",                        OK,      OK,      OK,      OK,      OK,      OK),
    row("sitemap", "",                       OK,      OK,      OK,      OK,      OK,      OK),
    row("styleguide", "",                    HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  OK),
    row("set_language", "",                  MOVED,   MOVED,   MOVED,   MOVED,   MOVED,   MOVED,
        method="POST", data={"language": "ru"}),

    row("wagtail_serve", "home_path",        OK,      OK,      OK,      OK,      OK,      OK),
    row("wagtail_serve", "list_path",        OK,      OK,      OK,      OK,      OK,      OK),
    row("wagtail_serve", "page_path",        OK,      OK,      OK,      OK,      OK,      OK),
    row("wagtail_serve", "live_path",        OK,      OK,      OK,      OK,      OK,      OK),
    row("wagtail_serve", "club_path",        OK,      OK,      OK,      OK,      OK,      OK),
    row("wagtail_serve", "live_project_path", OK,     OK,      OK,      OK,      OK,      OK),
    # Drafts are read in the CMS.
    row("wagtail_serve", "draft_path",       HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("wagtail_serve", "project_path",     HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),

    row("wagtaildocs_serve", "document_path", OK,     OK,      OK,      OK,      OK,      OK),
    row("wagtaildocs_serve", "private_path", SIGN_IN, SIGN_IN, SIGN_IN, STAFF,   STAFF,   OK),

    # Nothing is behind a shared password, and there is one way to sign in.
    row("wagtaildocs_authenticate_with_password", "private_folder",
                                             HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("wagtailcore_authenticate_with_password", "live",
                                             HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        fixed={"page_view_restriction_id": 1}),
    row("wagtailcore_login", "",             SIGN_IN, MOVED,   MOVED,   SIGN_IN, SIGN_IN, SIGN_IN),

    # Mail is caught by the local set-up only.
    row("mailbox:messages", "",              HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("mailbox:message", "mail",           HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("mailbox:body", "mail",              HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
]
