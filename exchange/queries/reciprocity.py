"""Who owes whom a visit: pairs of clubs, by the trips that were made from one to the other.

A trip counts when the guest came: whether it was played to the end, abandoned, or the host was not there. It
does not when the guest stayed away, as a result says that stands. All of this is public.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from operator import attrgetter

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from exchange.enums import FIXTURE_BEGUN, FixtureState, ResultKind, ResultState
from exchange.models import Club, Fixture, FixtureRequest, Result

#: Teams that one request is told to prefer for the sake of visits.
MOST_RETURNS = 10


@dataclass(frozen=True, slots=True)
class Balance:
    """Between a club and `other`: how many visits more the one has received than paid."""

    other: Club
    #: By the club whose page this is; at most one of the two is not 0.
    owes: int
    is_owed: int


@dataclass(frozen=True, slots=True)
class Debt:
    debtor: Club
    creditor: Club
    visits: int


def trips() -> QuerySet[Fixture]:
    """Fixtures to which the guest has travelled."""
    stayed_away = Result.objects.filter(
        fixture=OuterRef("pk"), state=ResultState.STANDS, kind=ResultKind.GUEST_ABSENT
    )
    begun = Fixture.objects.filter(state__in=FIXTURE_BEGUN).exclude(
        Exists(stayed_away), state=FixtureState.WALKOVER
    )
    return begun.exclude(host__club=F("guest__club")).order_by()


def debts(trips: QuerySet[Fixture]) -> dict[tuple[int, int], int]:
    """Visits still owed, by (debtor, creditor), both ids of clubs; what is even is left out (1 query)."""
    pairs = trips.values_list("host__club", "guest__club").annotate(trips=Count("pk"))
    return _owed({(host, guest): count for host, guest, count in pairs})


def _owed(trips: Mapping[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    """From the trips by (host, guest)."""
    paid = Counter({(guest, host): count for (host, guest), count in trips.items()})
    return {
        (host, guest): more
        for (guest, host), count in sorted(paid.items())
        if (more := count - paid[host, guest]) > 0
    }


def balances_of(club: Club) -> list[Balance]:
    """With every club that is not even with `club`, the largest first (2 queries)."""
    owed = debts(trips().filter(Q(host__club=club) | Q(guest__club=club)))
    ids = {other for pair in owed for other in pair} - {club.pk}
    return _balances(club, owed, Club.objects.select_related("university").in_bulk(ids))


def balances(club: Club, trips: Mapping[tuple[int, int], int], others: Mapping[int, Club]) -> list[Balance]:
    """The same from the trips of `club` by (host, guest), and the clubs it made them to and from."""
    return _balances(club, _owed(trips), others)


def _balances(club: Club, owed: Mapping[tuple[int, int], int], others: Mapping[int, Club]) -> list[Balance]:
    ids = {other for pair in owed for other in pair} - {club.pk}
    rows = [Balance(others[pk], owed.get((club.pk, pk), 0), owed.get((pk, club.pk), 0)) for pk in ids]
    return sorted(rows, key=lambda row: (-row.owes - row.is_owed, row.other.name, row.other.pk))


def debt_between(one: Club, other: Club) -> Debt | None:
    """None when they are even (1 query)."""
    sides = Q(host__club=one, guest__club=other) | Q(host__club=other, guest__club=one)
    clubs = {club.pk: club for club in (one, other)}
    for (debtor, creditor), visits in debts(trips().filter(sides)).items():
        return Debt(clubs[debtor], clubs[creditor], visits)
    return None


def debts_among(clubs: QuerySet | set[int]) -> dict[tuple[int, int], int]:
    """Between these clubs, by (debtor, creditor) (1 query)."""
    return debts(trips().filter(host__club__in=clubs, guest__club__in=clubs))


def returns(
    requests: Iterable[FixtureRequest], owed: Mapping[tuple[int, int], int], avoid: Mapping[int, set[int]]
) -> dict[int, set[int]]:
    """By request, the teams that it should meet since one of the two clubs owes the other a visit.

    Of the same sport and category, the largest debts first, at most `MOST_RETURNS` each; nobody whom either
    side avoids. Both sides of a pair get each other or neither does.
    """
    at: defaultdict[tuple[int, str, str], list[FixtureRequest]] = defaultdict(list)
    for request in sorted(requests, key=attrgetter("pk")):
        at[request.team.club_id, request.team.sport, request.team.category].append(request)
    meet: defaultdict[int, set[int]] = defaultdict(set)
    for debtor, creditor in sorted(owed, key=lambda pair: (-owed[pair], pair)):
        for one, other in _pairs(at, debtor, creditor):
            avoids = other.team_id in avoid.get(one.pk, ()) or one.team_id in avoid.get(other.pk, ())
            if not avoids and max(len(meet[one.pk]), len(meet[other.pk])) < MOST_RETURNS:
                meet[one.pk].add(other.team_id)
                meet[other.pk].add(one.team_id)
    return dict(meet)


def _pairs(
    at: Mapping[tuple[int, str, str], list[FixtureRequest]], debtor: int, creditor: int
) -> Iterator[tuple[FixtureRequest, FixtureRequest]]:
    kinds = [key[1:] for key in at if key[0] == debtor]
    for kind in sorted(kinds):
        yield from product(at[debtor, *kind], at.get((creditor, *kind), ()))
