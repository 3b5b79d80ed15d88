"""Wagtail's admin as coordinators and editors meet it: their pages, pictures and documents."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry
from wagtail.models import BaseViewRestriction, Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from portal.wagtail_api import OwnDocuments, OwnImages

#: Entries that are of use to portal administrators only.
ADMINISTRATORS_ONLY = {"reports", "settings", "help", "inbox", "outbox"}


@hooks.register("insert_global_admin_css")
def portal_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/css/cms.css"))


@hooks.register("register_admin_menu_item")
def portal_menu_item() -> MenuItem:
    return MenuItem(_("To the portal"), "/", name="portal", icon_name="home", order=20_000)


@hooks.register("register_admin_menu_item")
def inbox_menu_item() -> MenuItem:
    return MenuItem(
        _("Incoming mail"), reverse_lazy("inbox:mails"), name="inbox", icon_name="mail", order=19_000
    )


@hooks.register("register_admin_menu_item")
def outbox_menu_item() -> MenuItem:
    return MenuItem(_("Outbox"), reverse_lazy("outbox"), name="outbox", icon_name="mail", order=18_900)


@hooks.register("construct_main_menu")
def short_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in ADMINISTRATORS_ONLY]


@hooks.register("construct_page_chooser_queryset")
def own_pages_only(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """The chooser shows titles of drafts; a page of another university is linked by its address."""
    mine = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(pk__in=mine.values("pk"))


@hooks.register("construct_admin_api", order=100)
def own_files_only(router: WagtailAPIRouter) -> None:
    """Takes the place of the endpoints that Wagtail registers under these names."""
    router.register_endpoint("images", OwnImages)
    router.register_endpoint("documents", OwnDocuments)


@hooks.register("before_serve_page", order=-1)
def private_page(page: Page, request: HttpRequest, args: tuple, kwargs: dict) -> None:
    # For visitors Wagtail looks for itself; here it would cost a query on each page.
    if request.user.is_authenticated:
        _hide(page.get_view_restrictions(), request)


@hooks.register("before_serve_document", order=-1)
def private_document(document: AbstractDocument, request: HttpRequest) -> None:
    if request.user.is_authenticated:
        _hide(document.collection.get_view_restrictions(), request)


def _hide(restrictions: Iterable[BaseViewRestriction], request: HttpRequest) -> None:
    """Visitors are asked to sign in. Who has, and still may not, would be led from there back for ever."""
    if not all(one.accept_request(request) for one in restrictions):
        raise Http404


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("portal.appoint", _("Give a role"), _("Role given"))
