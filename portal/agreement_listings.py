"""Agreements and events in Wagtail's admin: kept by administrators, events also by their university."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column

from portal.enums import AgreementState, AgreementSubject
from portal.forms.agreements import AgreementForm
from portal.forms.events import EventForm
from portal.kept_rows import KeptIndex, KeptListing
from portal.models import Agreement, Event
from portal.queries.agreements import about


class AgreementFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=AgreementState.choices, method="filter_state"
    )
    subject = django_filters.ChoiceFilter(
        label=_("Subject"), choices=AgreementSubject.choices, method="filter_subject"
    )

    class Meta:
        model = Agreement
        fields = ("state", "subject")

    def filter_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.in_state(value, timezone.localdate())

    def filter_subject(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return about(rows, value)


class AgreementIndex(KeptIndex):
    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().prefetch_related("universities")


def _state(agreement: Agreement) -> str:
    return agreement.state(timezone.localdate()).label


def _parties(agreement: Agreement) -> str:
    return ", ".join(agreement.parties)


class AgreementListing(KeptListing):
    model = Agreement
    form_class = AgreementForm
    name = "cms_agreements"
    url_prefix = "agreements"
    icon = "doc-full"
    menu_label = _("Agreements")
    menu_order = 320
    add_to_admin_menu = True
    index_view_class = AgreementIndex
    list_display = (
        "title",
        Column("parties", label=_("Parties"), accessor=_parties),
        "signed_on",
        "valid_until",
        Column("state", label=_("State"), accessor=_state),
    )
    filterset_class = AgreementFilterSet
    list_export = (
        "title",
        "parties",
        "subject_names",
        "sport_names",
        "signed_on",
        "valid_from",
        "valid_until",
    )
    search_fields = ("title", "summary", "universities__name")
    inspect_view_fields = (
        "title",
        "slug",
        "parties",
        "subject_names",
        "signed_on",
        "valid_from",
        "valid_until",
        "summary",
        "document",
    )


class EventListing(KeptListing):
    model = Event
    form_class = EventForm
    name = "cms_events"
    in_bulk = True
    url_prefix = "events"
    icon = "date"
    menu_label = _("Events")
    menu_order = 330
    add_to_admin_menu = True
    list_display = (
        "title",
        "kind",
        "sport",
        "starts_on",
        "ends_on",
        "city",
        "host",
        BooleanColumn("public", label=_("Public"), sort_key="public"),
    )
    list_filter = {
        "kind": ["exact"],
        "sport": ["exact"],
        "public": ["exact"],
        "agreement": ["exact"],
        "starts_on": ["gte", "lte"],
    }
    list_export = (
        "reference",
        "title",
        "get_kind_display",
        "get_sport_display",
        "starts_on",
        "ends_on",
        "city",
        "venue",
        "country.name",
        "host",
        "agreement",
        "url",
        "public",
    )
    search_fields = ("title", "city", "venue", "reference", "host__name")
    inspect_view_fields = EventForm.Meta.fields
    loaded = ("host", "agreement")
