"""Where two universities meet on the pitch; pages of other houses load it in their templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.utils import timezone

from exchange.models import Fixture
from exchange.queries.public import coming_fixtures
from portal.models import University

register = template.Library()

#: Of the next fixtures of a university, among which those with its partners come first.
LOOKED_AT, SHOWN = 30, 2


@dataclass(frozen=True, slots=True)
class Meeting:
    fixture: Fixture
    home: University
    other: University
    #: Whether `other` is one of the partners that were asked for.
    partner: bool


@register.simple_tag
def pitch_meetings(university: University, partners: Iterable[University]) -> list[Meeting]:
    """The next confirmed fixtures of the university's clubs with those of others, one an opponent; partners
    first (1 query)."""
    known = {one.pk for one in partners}
    met: dict[int, Meeting] = {}
    for fixture in coming_fixtures(today=timezone.localdate(), university=university)[:LOOKED_AT]:
        sides = (fixture.host.club.university, fixture.guest.club.university)
        other = next((one for one in sides if one.pk != university.pk), None)
        if other is not None:
            met.setdefault(other.pk, Meeting(fixture, university, other, other.pk in known))
    return sorted(met.values(), key=lambda one: (not one.partner, one.fixture.date))[:SHOWN]
