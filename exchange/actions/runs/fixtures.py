"""What a published plan becomes: fixtures, the days and places they take, invitations and mails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from exchange.answer_links import hash_nonce, new_nonce
from exchange.enums import Side
from exchange.models import Fixture, Invitation, MatchRun, Occupancy, PlannedFixture, Season, Team
from exchange.models.fixtures import moment
from exchange.notices import Issued, tell_invited
from exchange.queries.occupancy import Taken, midnight, taken, team_resource, venue_resource

#: Rows written at once.
BATCH = 500
#: An answer must come this long before the day of the fixture begins.
LAST_ANSWER = timedelta(days=1)

#: Who is reminded must still have this long to answer.
LEAST_AFTER_REMINDER = timedelta(hours=6)


class VenueFull(Exception):
    """A venue has no place left on the day of a planned fixture."""


def add_fixtures(*, run: MatchRun, planned: list[PlannedFixture], now: datetime) -> list[Fixture]:
    """Inside the publishing transaction. Raises `VenueFull`, or IntegrityError from the database itself."""
    if not planned:
        return []
    fixtures = Fixture.objects.bulk_create([_fixture(run, row, now) for row in planned], batch_size=BATCH)
    days = [fixture.date for fixture in fixtures]
    held = taken(min(days), max(days))
    Occupancy.objects.bulk_create(
        [row for fixture in fixtures for row in _occupancies(fixture, held)], batch_size=BATCH
    )
    tell_invited(issued=_invite(fixtures, now), now=now)
    return fixtures


def answer_until(day: date, *, zone: tzinfo, season: Season, now: datetime) -> datetime:
    """When an invitation sent at `now` expires; `zone` is where the fixture is played."""
    begins = datetime.combine(day, time.min, zone)
    return min(now + timedelta(days=season.answer_days), begins - LAST_ANSWER)


def remind_at(*, season: Season, expires: datetime, now: datetime) -> datetime | None:
    """None where the time to answer is too short for a reminder to help."""
    silent = now + timedelta(hours=season.remind_hours)
    return silent if silent < expires - LEAST_AFTER_REMINDER else None


def _fixture(run: MatchRun, row: PlannedFixture, now: datetime) -> Fixture:
    host, guest = row.host.team, row.guest.team
    zone, kick_off = host.club.university.time_zone, host.kick_off or run.season.kick_off
    return Fixture(
        season=run.season,
        run=run,
        host=host,
        guest=guest,
        host_request=row.host,
        guest_request=row.guest,
        venue=host.home_venue,
        date=row.date,
        kick_off=kick_off,
        time_zone=zone,
        starts_at=moment(row.date, kick_off, zone),
        quality=row.quality,
        terms=row.terms,
        distance_km=row.distance_km,
        created_at=now,
        moved_at=now,
    )


def _occupancies(fixture: Fixture, held: Taken) -> Iterator[Occupancy]:
    resources = [team_resource(fixture.host_id), team_resource(fixture.guest_id)]
    if fixture.venue is not None:
        resources.append(_place(fixture, held))
    starts, ends = midnight(fixture.date), midnight(fixture.date + timedelta(days=1))
    for resource in resources:
        yield Occupancy(fixture=fixture, resource=resource, starts=starts, ends=ends)


def _place(fixture: Fixture, held: Taken) -> str:
    """The lowest free place of the venue; it counts as taken from now on."""
    places = held.places.setdefault((fixture.venue_id, fixture.date), set())
    free = next((n for n in range(1, fixture.venue.capacity + 1) if n not in places), None)
    if free is None:
        raise VenueFull(f"venue {fixture.venue_id} is full on {fixture.date}")
    places.add(free)
    return venue_resource(fixture.venue_id, free)


def _invite(fixtures: list[Fixture], now: datetime) -> list[Issued]:
    issued = [
        _issue(fixture, team, side, now)
        for fixture in fixtures
        for team, side in ((fixture.host, Side.HOST), (fixture.guest, Side.GUEST))
    ]
    Invitation.objects.bulk_create([one.invitation for one in issued], batch_size=BATCH)
    return issued


def _issue(fixture: Fixture, team: Team, side: Side, now: datetime) -> Issued:
    nonce = new_nonce()
    expires = answer_until(fixture.date, zone=fixture.time_zone, season=fixture.season, now=now)
    invitation = Invitation(
        fixture=fixture,
        team=team,
        side=side,
        nonce_hash=hash_nonce(nonce),
        created_at=now,
        expires_at=expires,
        remind_at=remind_at(season=fixture.season, expires=expires, now=now),
    )
    return Issued(invitation, nonce)
