"""Answers to calls, as the lead's desk and the person's own page list them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from portal.models import User
from research.access import projects_of
from research.enums import InterestState
from research.models import Call, Interest, Project

#: Answers shown in one column of a desk; whoever has more decides on these first.
MOST_IN_COLUMN = 50

#: Title and states, from left to right.
COLUMNS: tuple[tuple[Promise, tuple[InterestState, ...]], ...] = (
    (pgettext_lazy("answers to a call", "New"), (InterestState.NEW,)),
    (pgettext_lazy("answers to a call", "Shortlisted"), (InterestState.SHORTLISTED,)),
    (pgettext_lazy("answers to a call", "Invited"), (InterestState.INVITED,)),
    (pgettext_lazy("answers to a call", "Joined"), (InterestState.JOINED,)),
    (
        pgettext_lazy("answers to a call", "Declined"),
        (InterestState.DECLINED, InterestState.WITHDRAWN, InterestState.LEFT),
    ),
)


@dataclass(frozen=True, slots=True)
class Column:
    title: Promise
    state: InterestState
    interests: list[Interest]
    count: int

    @property
    def left_out(self) -> int:
        return self.count - len(self.interests)


def interests_in(project: Project, call: Call | None = None) -> QuerySet[Interest]:
    found = Interest.objects.filter(call__project=project)
    return found.filter(call=call) if call else found


def desk_columns(interests: QuerySet[Interest]) -> list[Column]:
    """One query a column, and one for the counts."""
    states = interests.order_by().values_list("state").annotate(number=Count("pk"))
    counts = dict(states)
    return [_column(title, states, interests, counts) for title, states in COLUMNS]


def _column(
    title: Promise, states: tuple[InterestState, ...], interests: QuerySet[Interest], counts: dict[str, int]
) -> Column:
    rows = interests.filter(state__in=states).select_related("call", "person__researcher_profile__university")
    # What waits stands in the order in which it came; what is decided, the latest first.
    decided = states[0] in (InterestState.JOINED, InterestState.DECLINED)
    rows = rows.order_by("-moved_at" if decided else "created_at", "pk")
    messages = Count("messages")
    shown = list(rows.annotate(message_count=messages)[:MOST_IN_COLUMN])
    return Column(title, states[0], shown, sum(counts.get(state, 0) for state in states))


def interests_of(person: User) -> QuerySet[Interest]:
    """One's own, invitations first."""
    waits = ExpressionWrapper(~Q(state=InterestState.INVITED), BooleanField())
    return person.interests.select_related("call__project__lead").order_by(waits, "-moved_at", "-pk")


def undecided_for(person: User) -> QuerySet[Interest]:
    """New answers to calls of projects that `person` leads, but for their own."""
    led = projects_of(person).order_by().values("pk")
    return Interest.objects.filter(state=InterestState.NEW, call__project__in=led).exclude(person=person)


def calling_projects(person: User) -> QuerySet[Project]:
    """Led projects that have ever called, those with undecided answers first."""
    undecided = Count("calls__interests", filter=Q(calls__interests__state=InterestState.NEW), distinct=True)
    calls = Count("calls", distinct=True)
    led = Project.objects.filter(pk__in=projects_of(person).order_by().values("pk"))
    return (
        led.annotate(undecided=undecided, call_count=calls)
        .filter(call_count__gt=0)
        .order_by(F("undecided").desc(), "title")
    )


def places_offered(call: Call) -> int:
    """Invitations that are not answered yet."""
    return call.interests.filter(state=InterestState.INVITED).count()
