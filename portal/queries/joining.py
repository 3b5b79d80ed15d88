from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When

from portal.enums import JoinState
from portal.models import JoinRequest, University, User

#: Of a look-up in the register; who sees this many types another letter.
MOST_FOUND = 30
#: Letters below which a look-up would find half of the register.
FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Found:
    universities: list[University]
    #: There are more than are shown.
    more: bool


def look_up(words: str) -> Found:
    """Universities of the register each of `words` is in a name of, in any language, or the city (2 queries).

    Compared here, not in the database: SQLite knows upper and lower case of Latin letters only. Names that
    begin with what was typed come first.
    """
    typed = words.casefold().split()
    if len("".join(typed)) < FEWEST_LETTERS:
        return Found([], more=False)
    hits = []
    for pk, name, short, names, city in University.objects.values_list(
        "pk", "name", "short_name", "names", "city"
    ).iterator():
        called = [text.casefold() for text in (name, short, *names.values())]
        text = " ".join((*called, city.casefold()))
        if all(word in text for word in typed):
            begins = any(one.startswith(typed[0]) for one in called)
            hits.append((not begins, called[0], pk))
    chosen = [pk for *_order, pk in sorted(hits)[:MOST_FOUND]]
    rows = University.objects.in_bulk(chosen)
    return Found([rows[pk] for pk in chosen], more=len(hits) > MOST_FOUND)


def own_join_requests(person: User) -> QuerySet[JoinRequest]:
    return JoinRequest.objects.filter(asked_by=person).select_related("university")


def all_join_requests() -> QuerySet[JoinRequest]:
    """Those that wait first, the oldest of them on top. `rivals`: others who ask for the same university."""
    waiting = Q(university__join_requests__state=JoinState.WAITING)
    return (
        JoinRequest.objects.select_related("university", "asked_by", "decided_by")
        .annotate(rivals=Count("university__join_requests", filter=waiting))
        .order_by(Case(When(state=JoinState.WAITING, then=0), default=1), "-created_at", "-pk")
    )


def count_waiting() -> int:
    return JoinRequest.objects.filter(state=JoinState.WAITING).count()
