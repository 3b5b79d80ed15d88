"""What a published plan becomes: fixtures, the days and places they take, invitations and mails."""

from __future__ import annotations

from datetime import datetime

from exchange.actions.fixtures.deadlines import answer_until, remind_at
from exchange.actions.fixtures.holding import occupancies_of
from exchange.answer_links import hash_nonce, new_nonce
from exchange.enums import Side
from exchange.kept_pages import fixtures_changed
from exchange.models import Fixture, Invitation, MatchRun, Occupancy, PlannedFixture, Team
from exchange.models.fixtures import moment
from exchange.notices import Issued, tell_invited
from exchange.queries.occupancy import taken

#: Rows written at once.
BATCH = 500


def add_fixtures(*, run: MatchRun, planned: list[PlannedFixture], now: datetime) -> list[Fixture]:
    """Inside the publishing transaction. Raises `VenueFull`, or IntegrityError from the database itself."""
    if not planned:
        return []
    fixtures = Fixture.objects.bulk_create([_fixture(run, row, now) for row in planned], batch_size=BATCH)
    days = [fixture.date for fixture in fixtures]
    held = taken(min(days), max(days))
    Occupancy.objects.bulk_create(
        [row for fixture in fixtures for row in occupancies_of(fixture, held)], batch_size=BATCH
    )
    tell_invited(issued=_invite(fixtures, now), now=now)
    fixtures_changed(fixtures)
    return fixtures


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


def _invite(fixtures: list[Fixture], now: datetime) -> list[Issued]:
    issued = [
        issue(fixture, team, side, now)
        for fixture in fixtures
        for team, side in ((fixture.host, Side.HOST), (fixture.guest, Side.GUEST))
    ]
    Invitation.objects.bulk_create([one.invitation for one in issued], batch_size=BATCH)
    return issued


def issue(fixture: Fixture, team: Team, side: Side, now: datetime) -> Issued:
    """Unsaved, with the nonce of its links."""
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
