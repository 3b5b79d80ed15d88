from __future__ import annotations

from django.urls import path

from . import views

app_name = "mailbox"
urlpatterns = [
    path("", views.messages, name="messages"),
    path("<str:key>/", views.message, name="message"),
    path("<str:key>/body/", views.body, name="body"),
]
