"""A team asks for exactly this opponent: an invitation pair without a run, one half of it accepted."""

from __future__ import annotations

import logging
import math
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exchange import matching
from exchange.actions.fixtures.holding import hold_venue, take
from exchange.actions.fixtures.moves import By, move_fixture
from exchange.actions.runs.fixtures import issue
from exchange.challenge_rules import Choice, fault_of_choice, fault_of_pair
from exchange.engine_sides import engine_side
from exchange.enums import Actor, AnswerWay, DayUse, FixtureState, InvitationState, Move, RequestState, Side
from exchange.kept_pages import fixtures_changed
from exchange.models import Fixture, FixtureRequest, Invitation, RequestDay, Team
from exchange.models.fixtures import moment
from exchange.notices import tell_invited
from exchange.queries.challenges import Duel, duel_of, with_places
from exchange.queries.occupancy import VenueDay
from exchange.term_rows import owed_among, stored_terms
from portal.models import User
from portal.refusal import Refusal

log = logging.getLogger(__name__)

#: What a challenger may write.
LONGEST_MESSAGE = Fixture._meta.get_field("challenge_note").max_length


class UnableToChallenge(Refusal):
    pass


def challenge_team(
    *, asked: FixtureRequest, team: Team, choice: Choice, message: str, by: User, now: datetime
) -> Fixture:
    """The other side is invited; `team` has accepted by asking. Uses up one of the fixtures both want.

    Raises `UnableToChallenge`, with nothing changed, also when the database itself sees a day taken.
    """
    try:
        fixture = _challenge(asked.pk, team.pk, choice, message.strip()[:LONGEST_MESSAGE], by, now)
    except IntegrityError as fault:
        raise UnableToChallenge(_("A team or the venue has been taken that day in the meantime.")) from fault
    log.info("team %s has challenged team %s: fixture %s", team.pk, asked.team_id, fixture.pk)
    return fixture


@transaction.atomic
def _challenge(asked: int, team: int, choice: Choice, message: str, by: User, now: datetime) -> Fixture:
    duel = _lock(asked, team, now)
    if fault := fault_of_pair(duel) or fault_of_choice(duel, choice, now=now):
        raise UnableToChallenge(fault)
    own = duel.own or _own_request(duel, choice, by, now)
    fixture = _fixture(duel, own, choice, message, now)
    fixture.save()
    take(fixture, _places(duel))
    _invite(fixture, choice.side, by, now)
    fixtures_changed([fixture])
    return fixture


def _lock(asked: int, team: int, now: datetime) -> Duel:
    """Requests, teams, venues, as whoever locks several of them does (actions/runs/publish.py)."""
    season = FixtureRequest.objects.values_list("season", flat=True).get(pk=asked)
    locked = FixtureRequest.objects.select_for_update(no_key=True).order_by("pk")
    list(locked.filter(season=season, team=team) | locked.filter(pk=asked))
    row = with_places(FixtureRequest.objects).get(pk=asked)
    list(Team.objects.select_for_update(no_key=True).filter(pk__in=(row.team_id, team)).order_by("pk"))
    row = with_places(FixtureRequest.objects).get(pk=asked)
    mine = Team.objects.select_related("club__university", "home_venue").get(pk=team)
    for venue in sorted({pk for pk in (row.team.home_venue_id, mine.home_venue_id) if pk}):
        hold_venue(venue)
    # Read anew: a venue may have shrunk while its row was waited for.
    row = with_places(FixtureRequest.objects).get(pk=asked)
    mine = Team.objects.select_related("club__university", "home_venue").get(pk=team)
    return duel_of(row, mine, now=now)


def _own_request(duel: Duel, choice: Choice, by: User, now: datetime) -> FixtureRequest:
    """For this day alone, and closed to runs: the team has asked for nobody else. It may reopen it."""
    own = FixtureRequest.objects.create(
        season=duel.asked.season,
        team=duel.team,
        max_distance_km=max(1, math.ceil(duel.km)),
        state=RequestState.WITHDRAWN,
        created_at=now,
        created_by=by,
    )
    use = DayUse.HOST if choice.side == Side.HOST else DayUse.TRAVEL
    RequestDay.objects.create(request=own, date=choice.day, use=use)
    return own


def _fixture(duel: Duel, own: FixtureRequest, choice: Choice, message: str, now: datetime) -> Fixture:
    own.team, own.season = duel.team, duel.asked.season
    sides = (own, duel.asked) if choice.side == Side.HOST else (duel.asked, own)
    host, guest = (side.team for side in sides)
    engine = tuple(engine_side(side, now=now) for side in sides)
    terms = stored_terms(matching.terms(*engine), *engine, owed_among([engine]))
    zone, kick_off = host.club.university.time_zone, host.kick_off or own.season.kick_off
    return Fixture(
        season=own.season,
        challenger=choice.side,
        challenge_note=message,
        host=host,
        guest=guest,
        host_request=sides[0],
        guest_request=sides[1],
        venue=host.home_venue,
        date=choice.day,
        kick_off=kick_off,
        time_zone=zone,
        starts_at=moment(choice.day, kick_off, zone),
        quality=matching.quality(*engine),
        terms=terms,
        distance_km=duel.km,
        created_at=now,
        moved_at=now,
    )


def _places(duel: Duel) -> dict[VenueDay, set[int]]:
    return {place: set(numbers) for place, numbers in duel.places.items()}


def _invite(fixture: Fixture, mine: Side, by: User, now: datetime) -> None:
    issued = {side: issue(fixture, fixture.team_of(side), side, now) for side in Side}
    own = issued.pop(mine).invitation
    own.state, own.answered_at, own.answered_by = InvitationState.ACCEPTED, now, by
    own.answered_via, own.remind_at = AnswerWay.PORTAL, None
    Invitation.objects.bulk_create([own, *(other.invitation for other in issued.values())])
    accepts = By(Actor(mine), by)
    note = fixture.challenge_note
    move_fixture(fixture, Move.ACCEPT, FixtureState.PROPOSED, by=accepts, now=now, note=note)
    tell_invited(issued=issued.values(), now=now)
