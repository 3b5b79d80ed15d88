"""Calls that everyone may read, and those of one project."""

from __future__ import annotations

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet, TextField
from django.db.models.functions import Cast

from portal.models import University
from research.enums import CallState, InterestState
from research.models import Call, Project

from .public import public_projects


def open_calls(*, wish: str = "", field: str = "", country: str = "") -> QuerySet[Call]:
    """Of public projects, those that end first before the others; `country` is where partners come from."""
    calls = Call.objects.filter(state=CallState.OPEN, project__in=public_projects())
    if wish:
        calls = _naming(calls, "wishes", wish)
    if field:
        calls = _naming(calls, "fields", field)
    if country:
        calls = _open_to(calls, country)
    return calls.select_related("project__lead").prefetch_related("project__pages").order_by("until", "pk")


def countries_to_choose() -> list[str]:
    """Where universities of the register are (1 query)."""
    return sorted(University.objects.order_by().values_list("country", flat=True).distinct())


def calls_of(project: Project) -> QuerySet[Call]:
    """All, the open ones first, with how many answers wait for the lead (1 query)."""
    undecided = Count("interests", filter=Q(interests__state=InterestState.NEW))
    offered = Count("interests", filter=Q(interests__state=InterestState.INVITED))
    ended = ExpressionWrapper(~Q(state=CallState.OPEN), BooleanField())
    return project.calls.annotate(undecided=undecided, offered=offered).order_by(ended, "until", "pk")


def open_calls_of(project: Project) -> QuerySet[Call]:
    return project.calls.filter(state=CallState.OPEN)


def _naming(calls: QuerySet[Call], column: str, code: str) -> QuerySet[Call]:
    """Whose list in `column` holds `code`. By its text: SQLite cannot look into JSON lists otherwise."""
    text = f"{column}_text"
    return calls.annotate(**{text: Cast(column, TextField())}).filter(**{f"{text}__contains": f'"{code}"'})


def _open_to(calls: QuerySet[Call], country: str) -> QuerySet[Call]:
    named = Call.universities.through.objects.order_by()
    anywhere = Q(countries=[]) & ~Q(pk__in=named.values("call"))
    there = named.filter(university__country=country).values("call")
    by_country = _naming(Call.objects.order_by(), "countries", country).values("pk")
    return calls.filter(anywhere | Q(pk__in=there) | Q(pk__in=by_country))
