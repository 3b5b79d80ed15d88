"""Lists of rows in Wagtail's admin: looked at, searched and taken along, changed elsewhere.

Facts are changed by actions on the portal's own pages, to which each row leads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import policy_registry

from portal.access import coordinates_any, is_administrator
from portal.models import User

#: "choose" lets rows be picked for an action in bulk.
LISTING_RIGHTS = ("view", "choose")
#: What spreadsheets take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class OwnRows(BasePermissionPolicy):
    """Administrators and coordinators see `rows` of theirs; nobody adds, changes or deletes here."""

    def __init__(self, model: type[Model], rows: Callable[[User], QuerySet]) -> None:
        super().__init__(model)
        self._rows = rows

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in LISTING_RIGHTS and has_lists(user)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        return action in LISTING_RIGHTS and self._rows(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet:
        seen = set(LISTING_RIGHTS) & set(actions) and has_lists(user)
        return self._rows(user) if seen else self.model._default_manager.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return User.objects.filter(is_superuser=True, is_active=True)


def has_lists(user: User) -> bool:
    """Asked once a request: the menu has an entry a list."""
    if not hasattr(user, "has_lists"):
        user.has_lists = is_administrator(user) or coordinates_any(user)
    return user.has_lists


def own_rows(model: type[Model], user: User) -> QuerySet:
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, LISTING_RIGHTS)


class OwnIndex(IndexView):
    any_permission_required = ["view"]
    #: What a line shows of related rows.
    loaded: tuple[str, ...] = ()
    link_of: Callable[[Model], str | None] = staticmethod(lambda row: None)

    #: Whether rows can be ticked for an action.
    in_bulk = False

    @cached_property
    def columns(self) -> list[BaseColumn]:
        columns = super().columns
        if self.in_bulk:
            columns = [BulkActionsCheckboxColumn("bulk_actions", obj_type=self._kind), *columns]
        return columns

    def _get_title_column(self, *args: object, **kwargs: object) -> BaseColumn:
        return super()._get_title_column(
            *args, get_title_id=lambda row: f"{self._kind}_{row.pk}_title", **kwargs
        )

    @property
    def _kind(self) -> str:
        return self.model._meta.model_name

    def get_base_queryset(self) -> QuerySet:
        return own_rows(self.model, self.request.user).select_related(*self.loaded)

    def get_edit_url(self, instance: Model) -> str | None:
        """Where the row is worked at, on the portal's own pages."""
        return self.link_of(instance)

    def get_list_more_buttons(self, instance: Model) -> list:
        buttons = super().get_list_more_buttons(instance)
        return [button for button in buttons if button.url != self.link_of(instance)]

    def preprocess_field_value(self, field: str, value: object, export_format: str) -> object:
        shown = super().preprocess_field_value(field, value, export_format)
        # Wagtail marks cells of XLSX as text; in CSV an apostrophe does.
        risky = export_format == self.FORMAT_CSV and isinstance(shown, str) and shown.startswith(FORMULA)
        return f"'{shown}" if risky else shown


class OwnInspect(InspectView):
    any_permission_required = ["view"]

    def get_object(self, queryset: QuerySet | None = None) -> Model:
        return get_object_or_404(own_rows(self.model, self.request.user), pk=self.pk)


class OwnHistory(HistoryView):
    any_permission_required = ["view"]

    def get_base_object_queryset(self) -> QuerySet:
        return own_rows(self.model, self.request.user)

    @property
    def header_buttons(self) -> list:
        return []


class Listing(ModelViewSet):
    """A list without forms: index, one row, and what the log says of it."""

    index_view_class = OwnIndex
    inspect_view_class = OwnInspect
    history_view_class = OwnHistory
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    exclude_form_fields: tuple[str, ...] = ()
    list_per_page = 50
    loaded: tuple[str, ...] = ()
    in_bulk = False
    link_of: Callable[[Model], str | None] = staticmethod(lambda row: None)

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        none = dict.fromkeys(("add_url_name", "edit_url_name", "delete_url_name", "usage_url_name"))
        return super().get_common_view_kwargs(**{**none, **kwargs})

    def get_index_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        seen = {"loaded": self.loaded, "link_of": self.link_of, "in_bulk": self.in_bulk}
        return super().get_index_view_kwargs(**seen, **kwargs)

    @property
    def index_template_name(self) -> str:
        return "portal/cms/listing.html" if self.in_bulk else "wagtailadmin/generic/index.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("history/<int:pk>/", self.history_view, name="history"),
            path("history-results/<int:pk>/", self.history_results_view, name="history_results"),
        ]

    def register_admin_url_finder(self) -> None:
        """There is no form to be found."""

    def register_permissions(self) -> None:
        """Rights come from roles, not from permissions that somebody ticks."""
