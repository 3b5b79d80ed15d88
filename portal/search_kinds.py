"""What the ground floor lets people find."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.models import Agreement, Event, UniversityPage
from portal.search import Described, Kind
from portal.search.pages import page_kind


def _describe_agreement(agreement: Agreement) -> Described:
    words = (*agreement.parties, *agreement.subject_names, *agreement.sport_names, agreement.summary)
    return Described(title=agreement.title, text=", ".join(filter(None, words)), thing=_thing(agreement))


def _describe_event(event: Event) -> Described | None:
    sport = str(event.get_sport_display()) if event.sport else ""
    host = event.host.name if event.host else ""
    words = (str(event.get_kind_display()), sport, event.place, host, event.summary)
    described = Described(title=event.title, text=", ".join(filter(None, words)), thing=_thing(event))
    return described if event.public else None


def _thing(row: Agreement | Event) -> str:
    return f"{row._meta.model_name}-{row.pk}"


KINDS = (
    Kind(
        name="agreement",
        label=_("Agreements"),
        model=Agreement,
        visible=lambda: Agreement.objects.order_by().values("pk"),
        describe=_describe_agreement,
        load=Agreement.objects.in_bulk,
        address=Agreement.get_absolute_url,
    ),
    Kind(
        name="event",
        label=_("Events"),
        model=Event,
        visible=lambda: Event.objects.public().order_by().values("pk"),
        describe=_describe_event,
        load=Event.objects.in_bulk,
        address=Event.get_absolute_url,
    ),
    page_kind("university", _("Universities"), UniversityPage),
    page_kind("page", _("Pages"), Page),
)
