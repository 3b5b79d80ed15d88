"""What everybody meets: the portal's pages, its files, its health."""

from tests.rights.rows import HIDDEN, MOVED, OK, OWN, SIGN_IN, row

# fmt: off
ROWS = [
    # route, object                          visitor  officer  researcher editor  coordinator administrator
    row("healthz", "",                       OK,      OK,      OK,      OK,      OK,      OK),
    row("robots", "",                        OK,      OK,      OK,      OK,      OK,      OK),
    row("favicon", "",                       MOVED,   MOVED,   MOVED,   MOVED,   MOVED,   MOVED),
    row("sitemap", "",                       OK,      OK,      OK,      OK,      OK,      OK),
    row("news_feed", "",                     OK,      OK,      OK,      OK,      OK,      OK,
        fixed={"language": "en"}),
    row("news_feed", "",                     HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        fixed={"language": "xx"}),
    row("university_news_feed", "university", OK,     OK,      OK,      OK,      OK,      OK,
        fixed={"language": "en"}),
    row("search", "",                        OK,      OK,      OK,      OK,      OK,      OK,
        query="?q=zz&kind=zz"),
    row("styleguide", "",                    HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  OK),
    row("set_language", "",                  MOVED,   MOVED,   MOVED,   MOVED,   MOVED,   MOVED,
        method="POST", data={"language": "ru"}),

    row("wagtail_serve", "home_path",        OK,      OK,      OK,      OK,      OK,      OK),
    row("wagtail_serve", "list_path",        OK,      OK,      OK,      OK,      OK,      OK),
    row("wagtail_serve", "page_path",        OK,      OK,      OK,      OK,      OK,      OK),
    row("wagtail_serve", "live_path",        OK,      OK,      OK,      OK,      OK,      OK),
    row("wagtail_serve", "club_page_path",        OK,      OK,      OK,      OK,      OK,      OK),
    row("wagtail_serve", "live_project_path", OK,     OK,      OK,      OK,      OK,      OK),
    # Without a language in front; drafts lead nowhere.
    row("to_language", "page_path",          MOVED,   MOVED,   MOVED,   MOVED,   MOVED,   MOVED),
    row("to_language", "draft_path",         HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    # Drafts are read in the CMS.
    row("wagtail_serve", "draft_path",       HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("wagtail_serve", "project_path",     HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),

    # For the staff of the university alone.
    row("wagtail_serve", "members_path",     SIGN_IN, HIDDEN,  HIDDEN,  OWN,     OWN,     OK),

    row("wagtaildocs_serve", "document_path", OK,     OK,      OK,      OK,      OK,      OK),
    row("wagtaildocs_serve", "private_path", SIGN_IN, HIDDEN,  HIDDEN,  OWN,     OWN,     OK),

    # Nothing is behind a shared password, and there is one way to sign in.
    row("wagtaildocs_authenticate_with_password", "private_folder",
                                             HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("/documents/authenticate_with_password/<path:rest>", "",
                                             HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        fixed={"path": "/documents/authenticate_with_password/1/"}),
    row("wagtailcore_authenticate_with_password", "members",
                                             HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("wagtailcore_login", "",             HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("/_util/<path:rest>", "",            HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        fixed={"path": "/_util/login/"}),
    row("/en/_util/<path:rest>", "",         HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        fixed={"path": "/en/_util/login/"}),

    # Mail is caught by the local set-up only.
    row("mailbox:messages", "",              HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("mailbox:message", "mail",           HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("mailbox:body", "mail",              HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
]
