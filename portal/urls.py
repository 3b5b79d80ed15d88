"""Every route of the portal; the upper houses are named by string only. tests/test_rights.py lists each of them."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import urlpatterns as language_urls
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from portal.views.health import healthz
from portal.views.login import admin_login

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", include(language_urls)),
    path("accounts/", include("allauth.account.urls")),
    # One way to sign in: Wagtail's own form would stand beside the rate limits of the account pages.
    path("cms/login/", admin_login),
    path("cms/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("exchange/", include("exchange.urls")),
    path("research/", include("research.urls")),
]

if settings.MAIL_CATCHER_DIR is not None:
    urlpatterns.append(path("mailbox/", include("portal.mailbox.urls")))

if settings.SERVES_MEDIA:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

urlpatterns.append(path("", include(wagtail_urls)))
