"""Routes below /inbox/, for portal administrators."""

from __future__ import annotations

from django.urls import path

from portal.views import inbound

app_name = "inbox"
urlpatterns = [
    path("", inbound.mails, name="mails"),
    path("<int:pk>/", inbound.mail, name="mail"),
    path("<int:pk>/mail.eml", inbound.download, name="download"),
    path("<int:pk>/again/", inbound.again, name="again"),
    path("<int:pk>/done/", inbound.done, name="done"),
    path("suppressed/", inbound.suppressions, name="suppressions"),
    path("suppressed/<int:pk>/lift/", inbound.lift, name="lift"),
]
