"""Every route of the portal; the upper houses are named by string only. tests/test_rights.py lists all."""

from __future__ import annotations

from allauth.account.views import logout as account_logout
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as document_urls

from portal.sitemaps import AgreementsSitemap, EventsSitemap, PagesSitemap
from portal.views.agreements import agreement, agreements, event
from portal.views.editors import editor_remove, editors, own_editors
from portal.views.health import healthz
from portal.views.languages import to_language
from portal.views.login import admin_login
from portal.views.metrics import metrics
from portal.views.news import NewsFeed
from portal.views.notices import notices, unsubscribe
from portal.views.outbox import discard, mail, mails, resend
from portal.views.personal import account_data, account_data_download, account_delete
from portal.views.search import find
from portal.views.site import favicon, nothing, robots
from portal.views.styleguide import styleguide

SITEMAPS = {"pages": PagesSitemap, "agreements": AgreementsSitemap, "events": EventsSitemap}

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("search/", find, name="search"),
    path("agreements/", agreements, name="agreements"),
    path("agreements/<slug:slug>/", agreement, name="agreement"),
    path("events/<int:pk>/", event, name="event"),
    path("editors/", own_editors, name="own_editors"),
    path("editors/<int:pk>/", editors, name="editors"),
    path("editors/<int:pk>/<int:person>/remove/", editor_remove, name="editor_remove"),
    path("styleguide/", styleguide, name="styleguide"),
    path("feeds/<slug:language>/news.atom", NewsFeed(), name="news_feed"),
    path("feeds/<slug:language>/news/<int:pk>.atom", NewsFeed(), name="university_news_feed"),
    # A link to a page in another language changes as much; with a token no page with the form could be kept.
    path("language/setlang/", csrf_exempt(set_language), name="set_language"),
    path("accounts/data/", account_data, name="account_data"),
    path("accounts/data/download/", account_data_download, name="account_data_download"),
    path("accounts/data/delete/", account_delete, name="account_delete"),
    path("accounts/", include("allauth.account.urls")),
    path("notices/", notices, name="notices"),
    path("notices/unsubscribe/<str:token>/", unsubscribe, name="notices_unsubscribe"),
    # One way to sign in: Wagtail's own form would stand beside the rate limits of the account pages.
    path("cms/login/", admin_login),
    path("cms/logout/", account_logout),
    path("cms/", include(admin_urls)),
    # Shared passwords are off, and nobody signs in here.
    path("_util/<path:rest>", nothing),
    path("documents/authenticate_with_password/<path:rest>", nothing),
    path("documents/", include(document_urls)),
    path("exchange/", include("exchange.urls")),
    path("research/", include("research.urls")),
    path("oai/", include("research.oai_urls")),
    path("join/", include("portal.joining_urls")),
    path("outbox/", mails, name="outbox"),
    path("outbox/<int:pk>/", mail, name="outbox_mail"),
    path("outbox/<int:pk>/resend/", resend, name="outbox_resend"),
    path("outbox/<int:pk>/discard/", discard, name="outbox_discard"),
    path("inbox/", include("portal.inbound.urls")),
    # Nothing is there unless the set-up catches its mail.
    path("mailbox/", include("portal.mailbox.urls")),
]

if settings.SERVES_MEDIA:
    # Pictures only: documents may be private and go through Wagtail's view.
    pictures = {"document_root": settings.MEDIA_ROOT / "images"}
    urlpatterns.append(path("media/images/<path:path>", serve, pictures, name="pictures"))

# Pages have their language in front; an address without one leads to the visitor's.
urlpatterns += i18n_patterns(path("_util/<path:rest>", nothing), path("", include(wagtail_urls)))
urlpatterns.append(re_path(wagtail_urls.serve_pattern, to_language, name="to_language"))
