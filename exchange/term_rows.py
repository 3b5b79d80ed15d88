"""The reasons for a fixture as they are kept with it; words.py says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exchange import matching
from exchange.enums import Side
from exchange.queries.reciprocity import debts_among

#: Visits, by the ids of the club that owes them and the one that waits for them.
Owed = Mapping[tuple[int, int], int]


def owed_among(pairs: Iterable[tuple[matching.Request, matching.Request]]) -> Owed:
    """Visits owed between the clubs of those pairs that are to meet (1 query)."""
    return debts_among({int(side.club) for pair in pairs if _prefer(*pair) for side in pair})


def stored_terms(
    terms: Iterable[matching.Term], host: matching.Request, guest: matching.Request, owed: Owed
) -> list[dict[str, object]]:
    return [
        {
            "name": term.name,
            "points": round(term.points, 3),
            "of": term.of,
            "params": {**term.params, **(_owing(host, guest, owed) if term.name == "prefer" else {})},
        }
        for term in terms
    ]


def _prefer(host: matching.Request, guest: matching.Request) -> bool:
    return guest.team in host.prefer or host.team in guest.prefer


def _owing(host: matching.Request, guest: matching.Request, owed: Owed) -> dict[str, str]:
    """The side whose club owes the other a visit: the engine knows only that the two should meet."""
    clubs = (int(host.club), int(guest.club))
    if not _prefer(host, guest) or not (clubs in owed or clubs[::-1] in owed):
        return {}
    return {"owes": Side.HOST.value if clubs in owed else Side.GUEST.value}
