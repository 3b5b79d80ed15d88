"""Teams ask for fixtures, change their mind, withdraw, ask again; one by one or many from a file."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exchange.enums import DayUse, RequestState
from exchange.kept_pages import teams_changed
from exchange.models import FixtureRequest, RequestDay, Season, Team
from exchange.queries.requests import standing_fixtures, today_at
from portal.diary import write_down
from portal.models import User
from portal.refusal import Refusal

from .request_rules import fault_beside, fault_of_choice, fault_of_day, fault_of_number

log = logging.getLogger(__name__)

Days = Mapping[date, DayUse]


class UnableToFile(Refusal):
    pass


class UnableToChange(Refusal):
    pass


class UnableToWithdraw(Refusal):
    pass


class UnableToReopen(Refusal):
    pass


class UnableToImport(Refusal):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One request as it is asked for: what a form or a row of a file says."""

    season: Season
    team: Team
    days: Days
    wanted: int = 1
    min_rest_days: int = 1
    max_distance_km: int = 300
    max_rating_gap: int | None = None
    avoid: Sequence[Team] = ()
    prefer: Sequence[Team] = ()
    notes: str = ""

    def row(self, **facts: object) -> FixtureRequest:
        return FixtureRequest(
            season=self.season,
            team=self.team,
            wanted=self.wanted,
            min_rest_days=self.min_rest_days,
            max_distance_km=self.max_distance_km,
            max_rating_gap=self.max_rating_gap,
            notes=self.notes,
            **facts,
        )


def file_request(
    *,
    season: Season,
    team: Team,
    days: Days,
    wanted: int = 1,
    min_rest_days: int = 1,
    max_distance_km: int = 300,
    max_rating_gap: int | None = None,
    avoid: Sequence[Team] = (),
    prefer: Sequence[Team] = (),
    notes: str = "",
    by: User | None,
    now: datetime,
) -> FixtureRequest:
    wish = Wish(
        season=season,
        team=team,
        days=days,
        wanted=wanted,
        min_rest_days=min_rest_days,
        max_distance_km=max_distance_km,
        max_rating_gap=max_rating_gap,
        avoid=avoid,
        prefer=prefer,
        notes=notes,
    )
    if fault := fault_of(wish, now=now):
        raise UnableToFile(fault)
    try:
        (request,) = _insert([wish], by=by, now=now)
    except IntegrityError as clash:
        raise UnableToFile(_("This team has already asked for fixtures in this season.")) from clash
    log.info("request %s filed by %s", request.pk, by and by.pk)
    return request


def import_requests(*, rows: Sequence[Wish], by: User | None, now: datetime) -> list[FixtureRequest]:
    """All rows or none; costs the same few statements for one row and for thousands."""
    teams = Counter((wish.season.pk, wish.team.pk) for wish in rows)
    for number, wish in enumerate(rows, start=1):
        fault = fault_of(wish, now=now)
        if teams[wish.season.pk, wish.team.pk] > 1:
            fault = _("the team stands in more than one row.")
        if fault:
            place = {"number": number, "team": wish.team, "fault": fault}
            raise UnableToImport(_("Request %(number)s, %(team)s: %(fault)s") % place)
    try:
        requests = _insert(rows, by=by, now=now)
    except IntegrityError as clash:
        raise UnableToImport(_("One of the teams has asked in the meantime. Nothing was saved.")) from clash
    log.info("%s requests imported by %s", len(requests), by and by.pk)
    return requests


@transaction.atomic
def change_request(
    *,
    request: FixtureRequest,
    days: Days,
    wanted: int,
    min_rest_days: int,
    max_distance_km: int,
    max_rating_gap: int | None,
    avoid: Sequence[Team],
    prefer: Sequence[Team],
    notes: str,
    by: User,
    now: datetime,
) -> FixtureRequest:
    """`days` are the days still to come; those gone by and those of standing fixtures stay as they are."""
    # The row is locked so that two people who change it together do not mix their days, and none of them
    # goes while a run that needs it is published.
    row = FixtureRequest.objects.select_for_update(of=("self",), no_key=True).select_related(
        "season", "team__club__university"
    )
    request = row.get(pk=request.pk)
    if request.state != RequestState.OPEN:
        raise UnableToChange(_("This request is withdrawn. Reopen it before you change it."))
    today, standing = today_at(request.team, now), list(standing_fixtures(request))
    held = {fixture.date for fixture in standing}
    kept = {day.date: DayUse(day.use) for day in request.days.all() if day.date <= today or day.date in held}
    wish = Wish(
        season=request.season,
        team=request.team,
        days={day: use for day, use in days.items() if day not in kept},
        wanted=wanted,
        min_rest_days=min_rest_days,
        max_distance_km=max_distance_km,
        max_rating_gap=max_rating_gap,
        avoid=avoid,
        prefer=prefer,
        notes=notes,
    )
    fault = fault_of(wish, now=now, kept=kept) or fault_beside(standing, wanted, min_rest_days)
    if fault:
        raise UnableToChange(fault)
    for name in ("wanted", "min_rest_days", "max_distance_km", "max_rating_gap", "notes"):
        setattr(request, name, getattr(wish, name))
    request.save()
    request.days.exclude(date__in=kept).delete()
    _insert_days([(request, wish)])
    request.avoid.set(avoid)
    request.prefer.set(prefer)
    write_down("exchange.change_request", request, by=by, now=now)
    teams_changed([request.team_id])
    log.info("request %s changed by %s", request.pk, by.pk)
    return request


@transaction.atomic
def withdraw_request(*, request: FixtureRequest, by: User, now: datetime, reason: str = "") -> None:
    """Fixtures that stand are untouched: they are answered or cancelled each by itself."""
    moved = FixtureRequest.objects.filter(pk=request.pk, state=RequestState.OPEN).update(
        state=RequestState.WITHDRAWN, updated_at=now
    )
    if moved != 1:
        raise UnableToWithdraw(_("This request is already withdrawn."))
    write_down("exchange.withdraw_request", request, by=by, now=now, **({"reason": reason} if reason else {}))
    teams_changed([request.team_id])
    log.info("request %s withdrawn by %s", request.pk, by.pk)


@transaction.atomic
def reopen_request(*, request: FixtureRequest, by: User, now: datetime) -> None:
    """Its waiting time starts anew: a team that did not ask did not wait."""
    if request.season.ends <= today_at(request.team, now):
        raise UnableToReopen(_("This season is over."))
    moved = FixtureRequest.objects.filter(pk=request.pk, state=RequestState.WITHDRAWN).update(
        state=RequestState.OPEN, created_at=now, updated_at=now
    )
    if moved != 1:
        raise UnableToReopen(_("This request is already open."))
    write_down("exchange.reopen_request", request, by=by, now=now)
    teams_changed([request.team_id])
    log.info("request %s reopened by %s", request.pk, by.pk)


def fault_of(wish: Wish, *, now: datetime, kept: Days | None = None) -> str | None:
    """The first reason for which this cannot be asked, as a sentence."""
    today, days = today_at(wish.team, now), len(wish.days) + len(kept or ())
    for day in sorted(wish.days):
        if fault := fault_of_day(day, wish.season, today=today):
            return fault
    if not days:
        return _("Name at least one day on which the team can play.")
    try:
        wish.row().clean_fields(exclude=["season", "team", "created_by"])
    except ValidationError as faults:
        return str(faults.messages[0])
    return fault_of_number(wish.wanted, days) or fault_of_choice(wish.team, wish.avoid, wish.prefer)


@transaction.atomic
def _insert(wishes: Sequence[Wish], *, by: User | None, now: datetime) -> list[FixtureRequest]:
    requests = FixtureRequest.objects.bulk_create(
        [wish.row(created_by=by, created_at=now) for wish in wishes]
    )
    filed = list(zip(requests, wishes, strict=True))
    _insert_days(filed)
    for relation in ("avoid", "prefer"):
        through = getattr(FixtureRequest, relation).through
        through.objects.bulk_create(
            through(fixturerequest=request, team=rival)
            for request, wish in filed
            for rival in dict.fromkeys(getattr(wish, relation))
        )
    write_down("exchange.file_request", *requests, by=by, now=now)
    teams_changed(wish.team.pk for wish in wishes)
    return requests


def _insert_days(filed: Iterable[tuple[FixtureRequest, Wish]]) -> None:
    RequestDay.objects.bulk_create(
        RequestDay(request_id=request.pk, date=day, use=use)
        for request, wish in filed
        for day, use in sorted(wish.days.items())
    )
