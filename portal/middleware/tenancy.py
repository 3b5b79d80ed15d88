"""Below /cms/, what belongs to another university does not exist."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.middleware.headers import CMS_PATH
from portal.rights import OPEN_CMS
from portal.wagtail_api import FILE_RIGHTS

#: How Wagtail's routes name the page they are about.
PAGE_PARAMETERS = {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"}
#: Routes that call a page's id just `pk`, by the end of their name.
PAGE_PK_ROUTES = ("revisions_compare", "pages:detail", "pages:action")
#: Routes that take ids in the query.
CHOSEN_PAGES = "wagtailadmin_choose_page_chosen_multiple"
BULK_ACTION = "wagtail_bulk_action"

#: Reports, workflows and tags of the whole site tell what others are at; the last fails on purpose.
ADMINISTRATORS_ONLY = (
    "wagtailadmin_reports:",
    "wagtailadmin_workflows:",
    "wagtailadmin_tag_",
    "wagtailadmin_error_test",
)


class TenancyMiddleware:
    """A belt to Wagtail's braces: most views of its admin check the rights on the page, not all do.

    The page chooser and its answers tell titles of drafts, workflow views tell them in messages, a report
    tells which page was edited last. Here every page named in an address must be one that the person may walk
    through; Wagtail then decides what may be done with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        if not _concerns(request):
            return
        route = request.resolver_match.view_name or ""
        if route.startswith(ADMINISTRATORS_ONLY):
            raise Http404
        if not _may_meet(request, Page, _pages_named(route, kwargs)):
            raise Http404
        if route in (CHOSEN_PAGES, BULK_ACTION) and not _may_meet(
            request, _kind(kwargs), _ids_asked(request)
        ):
            raise Http404

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        if _concerns(request):
            _forget_tags(response.context_data or {})
        return response


def _concerns(request: HttpRequest) -> bool:
    """Somebody is in the admin who may not see all of it; who may not enter is sent away by Wagtail."""
    user = request.user
    return request.path_info.startswith(CMS_PATH) and user.has_perm(OPEN_CMS) and not user.is_superuser


def _forget_tags(context: dict) -> None:
    """Lists of pictures and documents offer the most used tags of all universities."""
    context.pop("popular_tags", None)
    filters = context.get("filters")
    if filters is not None:
        filters.form.fields.pop("tag", None)


def _pages_named(route: str, kwargs: dict) -> set[int]:
    named = {int(value) for name, value in kwargs.items() if name in PAGE_PARAMETERS}
    return named | {int(kwargs["pk"])} if route.endswith(PAGE_PK_ROUTES) else named


def _kind(kwargs: dict) -> type[Model]:
    """What an action in bulk is about; the chooser names no kind, it is about pages."""
    try:
        return apps.get_model(kwargs.get("app_label", "wagtailcore"), kwargs.get("model_name", "page"))
    except LookupError:
        raise Http404 from None


def _ids_asked(request: HttpRequest) -> set[int]:
    """Without "all", which stands for what Wagtail itself lists to this person."""
    return {int(value) for value in request.GET.getlist("id") if value.isdecimal()}


def _may_meet(request: HttpRequest, kind: type[Model], ids: set[int]) -> bool:
    return not ids or _own(request, kind).filter(pk__in=ids).count() == len(ids)


def _own(request: HttpRequest, kind: type[Model]) -> QuerySet:
    policy = policy_registry.get_by_type(kind)
    if issubclass(kind, Page):
        return kind.objects.filter(pk__in=policy.explorable_instances(request.user).values("pk"))
    return policy.instances_user_has_any_permission_for(request.user, FILE_RIGHTS)
