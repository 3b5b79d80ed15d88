"""Wagtail and the house of research: who is served a project's file, what its log calls our actions."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry

from research.access import is_member
from research.models import Project


@hooks.register("before_serve_document", order=-2)
def file_of_members(document: AbstractDocument, request: HttpRequest) -> None:
    """Beside the collection's own lock, which goes by groups: who may have it is asked here each time."""
    if not request.user.is_authenticated:
        return
    project = Project.objects.filter(space__collection=document.collection_id).first()
    if project is not None and not is_member(request.user, project):
        raise Http404


@hooks.register("register_log_actions")
def affiliation_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "research.affiliation_verify", _("Verify an affiliation"), _("Affiliation verified")
    )
    actions.register_action(
        "research.affiliation_refuse", _("Refuse an affiliation"), _("Affiliation refused")
    )
