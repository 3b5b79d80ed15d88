"""Who may see and move which call and which answer. What is not yours does not exist: Http404."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from portal.access import Person
from research.access import is_member, leads
from research.enums import InterestActor
from research.models import Call, Interest
from research.queries.public import is_public


def visible_call(person: Person, pk: int) -> Call:
    """A call is as public as its project; members see it before, and who has answered it afterwards."""
    call = get_object_or_404(_calls(), pk=pk)
    if is_public(call.project) or is_member(person, call.project) or _has_answered(person, call):
        return call
    raise Http404


def led_call(person: Person, pk: int) -> Call:
    call = get_object_or_404(_calls(), pk=pk)
    if not leads(person, call.project):
        raise Http404
    return call


def interest_for(person: Person, pk: int) -> tuple[Interest, InterestActor]:
    """An answer, and as whom `person` sees it."""
    interest = get_object_or_404(
        Interest.objects.select_related("call__project__lead", "person__researcher_profile__university"),
        pk=pk,
    )
    actor = actor_of(person, interest)
    if actor is None:
        raise Http404
    return interest, actor


def actor_of(person: Person, interest: Interest) -> InterestActor | None:
    """Nobody decides on their own answer, whatever they lead."""
    if interest.person_id == person.pk:
        return InterestActor.PERSON
    return InterestActor.LEAD if leads(person, interest.call.project) else None


def _has_answered(person: Person, call: Call) -> bool:
    return person.is_authenticated and call.interests.filter(person=person).exists()


def _calls() -> QuerySet[Call]:
    return Call.objects.select_related("project__lead").prefetch_related("universities")
