"""Wagtail's admin as coordinators and editors meet it: their pages, pictures and documents."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry
from wagtail.models import BaseViewRestriction, Page
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.query import PageQuerySet

from portal.access import is_administrator, kept_events
from portal.agreement_listings import AgreementListing, EventListing
from portal.bulk_actions import HideEvents, ShowEvents
from portal.dashboard import WaitingPanel
from portal.kept_rows import KeptRows
from portal.listings import OwnRows, has_lists
from portal.models import Agreement, Event, University, User
from portal.role_log import EditorRemoved, RoleGiven
from portal.university_listing import UniversityListing, listed_universities
from portal.views.translations import translate
from portal.wagtail_api import OwnDocuments, OwnImages

#: Entries that are of use to portal administrators only.
ADMINISTRATORS_ONLY = {"reports", "settings", "help", "inbox", "outbox", "joining"}


register_permission_policy(University, OwnRows(University, listed_universities))
register_permission_policy(
    Agreement, KeptRows(Agreement, lambda user: Agreement.objects.all(), is_administrator)
)
register_permission_policy(Event, KeptRows(Event, kept_events, has_lists))


@hooks.register("register_admin_viewset")
def universities() -> UniversityListing:
    return UniversityListing()


@hooks.register("register_admin_viewset")
def agreements() -> AgreementListing:
    return AgreementListing()


@hooks.register("register_admin_viewset")
def events() -> EventListing:
    return EventListing()


hooks.register("register_bulk_action", ShowEvents)
hooks.register("register_bulk_action", HideEvents)


@hooks.register("insert_global_admin_css")
def portal_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/css/cms.css"))


@hooks.register("register_admin_menu_item")
def portal_menu_item() -> MenuItem:
    # A bare "/" begins every address: the menu would show it as where one is.
    url = f"{settings.BASE_URL}/"
    return MenuItem(_("To the portal"), url, name="portal", icon_name="home", order=20_000)


@hooks.register("register_admin_menu_item")
def inbox_menu_item() -> MenuItem:
    return MenuItem(
        _("Incoming mail"), reverse_lazy("inbox:mails"), name="inbox", icon_name="mail", order=19_000
    )


@hooks.register("register_admin_menu_item")
def outbox_menu_item() -> MenuItem:
    return MenuItem(_("Outbox"), reverse_lazy("outbox"), name="outbox", icon_name="mail", order=18_900)


@hooks.register("register_admin_menu_item")
def joining_menu_item() -> MenuItem:
    return MenuItem(
        _("Requests to join"), reverse_lazy("join_requests"), name="joining", icon_name="group", order=18_800
    )


class ListsMenuItem(MenuItem):
    """For those who have lists in the CMS: coordinators and portal administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_lists(request.user)


@hooks.register("register_admin_menu_item")
def editors_menu_item() -> MenuItem:
    return ListsMenuItem(
        _("Editors"), reverse_lazy("own_editors"), name="editors", icon_name="user", order=350
    )


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
    actions.register_action("portal.appoint")(RoleGiven)
    actions.register_action("portal.dismiss_editor")(EditorRemoved)
    actions.register_action("portal.join_ask", _("Ask to join"), _("Asked to join"))
    actions.register_action("portal.join_decide", _("Decide on joining"), _("Decided on a request to join"))
    actions.register_action("portal.join", _("Join"), _("Joined"))
    actions.register_action("portal.leave", _("Leave"), _("Left"))
    actions.register_action("portal.take_back", _("Take back"), _("Taken back"))
    actions.register_action("portal.import_events", _("Import events"), _("Plan of events imported"))
    actions.register_action("portal.plan_event", _("Take from a plan"), _("Taken from a plan"))
    actions.register_action("portal.show_event", _("Make public"), _("Made public"))
    actions.register_action("portal.hide_event", _("Hide"), _("Hidden"))
    actions.register_action("portal.erase", _("Delete an account"), _("Account deleted by its owner"))
    actions.register_action("portal.domains", _("Change mail domains"), _("Mail domains changed"))


@hooks.register("construct_homepage_panels")
def waiting_panel(request: HttpRequest, panels: list) -> None:
    panels.append(WaitingPanel())


@hooks.register("register_admin_urls")
def translation_urls() -> list[URLPattern]:
    return [path("translate/<int:page_id>/", translate, name="translate_page")]


@hooks.register("register_page_header_buttons")
def translate_from_header(page: Page, user: User, view_name: str, next_url: str | None = None):
    yield from _translate_button(page, user)


@hooks.register("register_page_listing_more_buttons")
def translate_from_list(page: Page, user: User, next_url: str | None = None):
    yield from _translate_button(page, user)


def _translate_button(page: Page, user: User) -> Iterable[Button]:
    if page.depth > 1 and page.permissions_for_user(user).can_edit():
        url = reverse("translate_page", args=[page.pk])
        yield Button(_("Translate"), url, icon_name="globe", priority=60)
