"""Calls for partners are opened, changed, closed, taken up again and extended by who leads the project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from portal.models import University, User
from portal.refusal import Refusal
from research.access import leads
from research.call_days import extended, fault_of_day, needs_no_notice, today_at
from research.enums import CALL_MOVES, INTEREST_OPEN, CallState, DeclineReason, InterestMove
from research.models import Call, Project
from research.queries.interests import places_offered

from .changes import note_change
from .interest_moves import fill_call, move_interest

#: Open calls of one project at a time; more are better one call with more places.
MOST_OPEN = 10


class UnableToKeepCall(Refusal):
    """For the form: `field` is the question that the sentence belongs to."""

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the form asks for."""

    title: str
    text: str
    places: int
    until: date
    wishes: Sequence[str] = ()
    fields: Sequence[str] = ()
    countries: Sequence[str] = ()
    universities: Sequence[University] = ()

    def columns(self) -> dict[str, object]:
        lists = {name: list(getattr(self, name)) for name in ("wishes", "fields", "countries")}
        return lists | {name: getattr(self, name) for name in ("title", "text", "places", "until")}


@transaction.atomic
def open_call(*, project: Project, facts: CallFacts, by: User, now: datetime) -> Call:
    """On a draft too; it is public as soon as the project is."""
    _ask_lead(project, by)
    _keep_day(project, facts.until, now)
    _keep_count(project)
    notice = _notice(project, facts.until, now)
    call = Call.objects.create(
        project=project, **facts.columns(), reminded_at=notice, created_by=by, created_at=now
    )
    call.universities.set(facts.universities)
    note_change(project=project, now=now)
    return call


@transaction.atomic
def change_call(*, call: Call, facts: CallFacts, by: User, now: datetime) -> Call:
    """An open one. With no place left it counts as filled."""
    _ask_lead(call.project, by)
    _keep_day(call.project, facts.until, now)
    changed = facts.columns()
    if facts.until != call.until:
        changed["reminded_at"] = _notice(call.project, facts.until, now)
    promised = _promised(call)
    if facts.places < promised:
        raise UnableToKeepCall(_too_few(promised), "places")
    if not Call.objects.filter(pk=call.pk, state=CallState.OPEN).update(**changed):
        raise UnableToKeepCall(_("This call is not open any more. Take it up again first."))
    call.universities.set(facts.universities)
    fill_call(call)
    note_change(project=call.project, now=now)
    return Call.objects.get(pk=call.pk)


@transaction.atomic
def close_call(*, call: Call, reason: DeclineReason, reason_text: str, by: User, now: datetime) -> Call:
    """For good. Who still waits is declined for this reason, and told."""
    _ask_lead(call.project, by)
    sources = [state for state, targets in CALL_MOVES.items() if CallState.CLOSED in targets]
    if not Call.objects.filter(pk=call.pk, state__in=sources).update(state=CallState.CLOSED):
        raise UnableToKeepCall(_("This call is closed already."))
    for interest in call.interests.filter(state__in=INTEREST_OPEN).exclude(person=by):
        move_interest(
            interest=interest,
            move=InterestMove.DECLINE,
            by=by,
            reason=reason,
            reason_text=reason_text,
            now=now,
        )
    note_change(project=call.project, now=now)
    return Call.objects.get(pk=call.pk)


@transaction.atomic
def reopen_call(*, call: Call, places: int, until: date, by: User, now: datetime) -> Call:
    """One that was filled or has expired, with a free place."""
    _ask_lead(call.project, by)
    _keep_day(call.project, until, now)
    _keep_count(call.project)
    sources = [state for state, targets in CALL_MOVES.items() if CallState.OPEN in targets]
    promised = _promised(call)
    if places <= promised:
        raise UnableToKeepCall(_too_few(promised + 1), "places")
    ended = Call.objects.filter(pk=call.pk, state__in=sources)
    notice = _notice(call.project, until, now)
    if not ended.update(state=CallState.OPEN, places=places, until=until, reminded_at=notice):
        raise UnableToKeepCall(_("This call cannot be taken up again; open a new one."))
    note_change(project=call.project, now=now)
    return Call.objects.get(pk=call.pk)


@transaction.atomic
def extend_call(*, call: Call, until: date, by: User, now: datetime) -> Call:
    """By 30 days from `until`, the day that was read: a second click does not extend once more.

    One that has expired meanwhile is taken up again.
    """
    _ask_lead(call.project, by)
    later = extended(until, today_at(call.project.lead, now))
    if later <= until:
        raise UnableToKeepCall(_("A call is open for a year at most; extend it again later."))
    running = Call.objects.filter(
        pk=call.pk, until=until, state__in=(CallState.OPEN, CallState.EXPIRED), taken__lt=F("places")
    )
    if not running.update(state=CallState.OPEN, until=later, reminded_at=None):
        raise _why_not_extended(Call.objects.get(pk=call.pk), until)
    note_change(project=call.project, now=now)
    return Call.objects.get(pk=call.pk)


def _ask_lead(project: Project, by: User) -> None:
    if not leads(by, project):
        raise UnableToKeepCall(_("Calls are kept by whoever leads the project."))


def _keep_day(project: Project, until: date, now: datetime) -> None:
    if fault := fault_of_day(until, today_at(project.lead, now)):
        raise UnableToKeepCall(fault, "until")


def _keep_count(project: Project) -> None:
    """The project's row is held, so that two calls opened at once do not pass the limit together."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if project.calls.filter(state=CallState.OPEN).count() >= MOST_OPEN:
        raise UnableToKeepCall(
            _("A project has %(most)s open calls at most. Close one first, or add places to one.")
            % {"most": MOST_OPEN}
        )


def _notice(project: Project, until: date, now: datetime) -> datetime | None:
    return now if needs_no_notice(until, today_at(project.lead, now)) else None


def _promised(call: Call) -> int:
    """Places that are taken or offered; the call's row is held until all is written."""
    current = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    return current.taken + places_offered(current)


def _too_few(least: int) -> str:
    return _("Places are taken or offered already. Choose %(least)s or more.") % {"least": least}


def _why_not_extended(call: Call, until: date) -> UnableToKeepCall:
    if call.state == CallState.CLOSED:
        return UnableToKeepCall(_("This call was closed; open a new one."))
    if call.taken >= call.places:
        return UnableToKeepCall(_("All places of this call are taken."))
    return UnableToKeepCall(_("The last day of this call has been changed meanwhile; look at it once more."))
