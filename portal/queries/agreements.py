"""Which universities an agreement binds to each other: two that stand on different sides of it.

A side is a country that has signed, with all its universities, or a university that has signed itself. Two
universities of one country are on the same side, unless one of them has a signature of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from portal.models import Agreement, Event, University

Pair = tuple[University, University]


@dataclass(frozen=True, slots=True)
class Sides:
    """Who has signed one agreement."""

    countries: frozenset[str]
    universities: frozenset[int]

    def bind(self, a: University, b: University) -> bool:
        return any(one != other for one in self._of(a) for other in self._of(b))

    def hold(self, university: University) -> bool:
        return bool(self._of(university))

    def _of(self, university: University) -> list[str | int]:
        country = university.country.code
        return [
            *([country] if country in self.countries else []),
            *([university.pk] if university.pk in self.universities else []),
        ]

    def bound_to(self, home: University, university: str = "") -> Q:
        """Rows whose `university` is bound to `home`."""
        if not self.hold(home):
            return Q(pk__in=[])
        countries = self.countries
        if home.pk not in self.universities:
            countries -= {home.country.code}
        at = f"{university}__" if university else ""
        bound = Q(**{f"{at}pk__in": self.universities}) | Q(**{f"{at}country__in": countries})
        return bound & ~Q(**{f"{at}pk": home.pk})

    def bind_pairs(self, one: str, other: str) -> Q:
        """Rows whose two universities are bound to each other."""
        apart = ~Q(**{f"{one}__country": F(f"{other}__country")})
        signed = Q(**{f"{one}__in": self.universities}) | Q(**{f"{other}__in": self.universities})
        return self._covers(one) & self._covers(other) & (apart | signed)

    def _covers(self, path: str) -> Q:
        return Q(**{f"{path}__in": self.universities}) | Q(**{f"{path}__country__in": self.countries})


def sides_of(agreement: Agreement) -> Sides:
    """Asks nothing when `universities` are prefetched."""
    return Sides(
        frozenset(country.code for country in agreement.countries),
        frozenset(university.pk for university in agreement.universities.all()),
    )


def with_sides(agreements: QuerySet[Agreement]) -> dict[Agreement, Sides]:
    """In the order of `agreements` (1 query)."""
    signed: dict[Agreement, set[int]] = {}
    for agreement in agreements.annotate(signatory=F("universities")):
        signed.setdefault(agreement, set()).update({agreement.signatory} - {None})
    return {
        agreement: Sides(frozenset(country.code for country in agreement.countries), frozenset(universities))
        for agreement, universities in signed.items()
    }


def agreements_between(pairs: Iterable[Pair], *, day: date) -> dict[tuple[int, int], list[Agreement]]:
    """By the ids of each pair: what is in force between the two on `day` (1 query for all pairs)."""
    sides = with_sides(Agreement.objects.in_force(day))
    return {
        (a.pk, b.pk): [agreement for agreement, parties in sides.items() if parties.bind(a, b)]
        for a, b in pairs
    }


def binds(a: University, b: University, *, day: date) -> bool:
    """Whether any agreement is in force between the two."""
    return bool(agreements_between([(a, b)], day=day)[a.pk, b.pk])


def agreements_of(home: University, *, day: date) -> dict[Agreement, Sides]:
    """In force, with `home` on one of the sides (1 query)."""
    found = with_sides(Agreement.objects.in_force(day))
    return {agreement: sides for agreement, sides in found.items() if sides.hold(home)}


def about(agreements: QuerySet[Agreement], subject: str) -> QuerySet[Agreement]:
    # SQLite cannot look into a list; codes hold no quote.
    return agreements.annotate(codes=Cast("subjects", TextField())).filter(codes__contains=f'"{subject}"')


def narrowed(
    agreements: QuerySet[Agreement], *, day: date, state: str = "", subject: str = ""
) -> QuerySet[Agreement]:
    if state:
        agreements = agreements.in_state(state, day)
    return about(agreements, subject) if subject else agreements


def with_counts(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """`events_count`: of public events."""
    public = Count("events", filter=Q(events__public=True), distinct=True)
    counted = agreements.annotate(events_count=public).prefetch_related("universities")
    # Counting drops the order that rows of the model have by themselves.
    return counted.order_by("-signed_on", "title", "pk")


def count_states(day: date) -> dict[str, int]:
    """By state, how many there are (1 query)."""
    spans = Agreement.objects.order_by().only("valid_from", "valid_until")
    states = [agreement.state(day) for agreement in spans]
    return {state: states.count(state) for state in dict.fromkeys(states)}


def members_bound(sides: Sides) -> QuerySet[University]:
    """Universities that take part in the portal and stand on one of the sides."""
    held = Q(pk__in=sides.universities) | Q(country__in=sides.countries)
    return University.objects.members().filter(held)


def coming_events(agreement: Agreement, *, day: date) -> QuerySet[Event]:
    return agreement.events.public().filter(ends_on__gte=day).select_related("host")
