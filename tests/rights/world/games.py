"""Clubs, requests, runs, fixtures: each university plays the third, and the first two each other."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from exchange.answer_links import hash_nonce, make_link, new_nonce
from exchange.enums import FIXTURE_LIVE, DayUse, FixtureState, InvitationState, RunState
from exchange.enums import Side as Side_
from exchange.models import (
    Arrangements,
    Club,
    Fixture,
    FixtureRequest,
    Invitation,
    PlannedFixture,
    UnservedRequest,
)
from tests.factories import (
    FixtureFactory,
    FixtureRequestFactory,
    MatchRunFactory,
    MembershipFactory,
    TeamFactory,
)
from tests.rights.secrets import Place, secret

from .sides import Side, World


def add_games(world: World) -> None:
    for side in world.sides.values():
        _add_club(world, side)
    home, away, third = (world.sides[place] for place in Place)
    for number, side in enumerate((home, away)):
        _add_fixtures(world, side, third, first_day=world.season.starts + timedelta(days=10 * number))
        _add_begun(world, side, third, world.season.starts + timedelta(days=40 + 10 * number))
    _add_meeting(world, home, away)
    _add_runs(world)


def _add_club(world: World, side: Side) -> None:
    club = Club.objects.get(university=side.university)
    MembershipFactory(club=club, user=side.people["officer"])
    colleague = MembershipFactory(club=club, user=side.people["colleague"])
    team = TeamFactory(club=club, name=f"First eight of {side.place}")
    seeking = FixtureRequestFactory(
        season=world.season, team=team, days={world.season.starts + timedelta(days=90): DayUse.BOTH}
    )
    side.objects["seeking"] = {"pk": seeking.pk}
    side.objects["member"] = {"pk": club.pk, "member": colleague.pk}
    side.objects["team_page"] = {"pk": team.pk}
    side.objects["team"] = {"pk": club.pk, "team": team.pk, "season": world.season.pk}
    contact = team.contacts.create(name=secret("contact", side.place), phone="112233")
    side.objects["contact"] = {"pk": club.pk, "team": team.pk, "contact": contact.pk}
    side.objects["venue"] = {"pk": club.pk, "venue": team.home_venue_id}


def _request(world: World, side: Side, day: date, note: str) -> FixtureRequest:
    return FixtureRequestFactory(
        season=world.season,
        team__club=Club.objects.get(university=side.university),
        notes=secret(note, side.place),
        days={day: DayUse.BOTH},
    )


def _fixture(world: World, host: Side, guest: Side, day: date, state: FixtureState) -> Fixture:
    """Notes are told to the opponent while the two may meet."""
    meets_home = Place.HOME in (host.place, guest.place) and state in FIXTURE_LIVE
    note = "told" if meets_home else "notes"
    return FixtureFactory(
        season=world.season,
        host_request=_request(world, host, day, note),
        guest_request=_request(world, guest, day, note),
        date=day,
        state=state,
    )


def _add_fixtures(world: World, side: Side, third: Side, *, first_day: date) -> None:
    states = (FixtureState.PROPOSED, FixtureState.CONFIRMED, FixtureState.DECLINED)
    for number, state in enumerate(states):
        fixture = _fixture(world, side, third, first_day + timedelta(days=number), state)
        side.objects[state] = {"pk": fixture.pk} | _add_offer(fixture)
        mine = fixture.invitations.get(team=fixture.host)
        if state == FixtureState.PROPOSED:
            side.objects["request"] = {"pk": fixture.host_request_id}
            side.objects["invitation"] = {"pk": mine.pk}
            side.objects["link"] = {"token": _token(mine, side)}
        elif state == FixtureState.CONFIRMED:
            whom = secret("contact", side.place)
            Arrangements.objects.create(fixture=fixture, host_contact=whom, host_phone="112233", notes=whom)
        elif state == FixtureState.DECLINED:
            fixture.invitations.update(
                state=InvitationState.DECLINED,
                answered_at=fixture.created_at,
                decline_reason=secret("notes", side.place),
            )
            side.objects["declined_invitation"] = {"pk": mine.pk}


def _add_begun(world: World, side: Side, third: Side, day: date) -> None:
    """One without a result, and one whose guest, of a third university, has entered it."""
    for number, (name, state) in enumerate(
        (("begun", FixtureState.PLAYED), ("entered", FixtureState.RESULT_ENTERED))
    ):
        fixture = _fixture(world, side, third, day + timedelta(days=number), state)
        Fixture.objects.filter(pk=fixture.pk).update(starts_at=timezone.now() - timedelta(days=1))
        side.objects[name] = {"pk": fixture.pk}
    result = fixture.results.create(
        host_score=1,
        guest_score=2,
        side=Side_.GUEST,
        entered_at=timezone.now(),
        stands_at=timezone.now() + timedelta(days=2),
    )
    side.objects["entered"]["result"] = result.pk


def _add_offer(fixture: Fixture) -> dict[str, int]:
    """Of the guest for what is proposed, so that the host answers; of the host for what is confirmed."""
    if fixture.state == FixtureState.DECLINED:
        return {}
    side = "guest" if fixture.state == FixtureState.PROPOSED else "host"
    offer = fixture.offers.create(side=side, expires_at=fixture.created_at + timedelta(days=7))
    return {"offer": offer.pk}


def _token(invitation: Invitation, side: Side) -> str:
    nonce = new_nonce()
    invitation.nonce_hash = hash_nonce(nonce)
    invitation.save(update_fields=["nonce_hash"])
    return (
        make_link(invitation=invitation, user=side.people["officer"], nonce=nonce)
        .rstrip("/")
        .rpartition("/")[2]
    )


def _add_meeting(world: World, home: Side, away: Side) -> None:
    """Of the home's own fixture with the other university, the other's invitation is none of its business."""
    day = world.season.starts + timedelta(days=30)
    fixture = _fixture(world, home, away, day, FixtureState.PROPOSED)
    home.objects["meeting"] = {"pk": fixture.invitations.get(team=fixture.host).pk}
    away.objects["meeting"] = {"pk": fixture.invitations.get(team=fixture.guest).pk}
    club = home.objects["club"]
    for side in (home, away):
        for name in ("team", "venue", "member", "contact"):
            side.objects[f"stolen_{name}"] = side.objects[name] | club
        side.objects["team_at"] = home.objects["team"] | {"venue": side.objects["venue"]["venue"]}


def _add_runs(world: World) -> None:
    run = MatchRunFactory(season=world.season, state=RunState.VERIFIED, pool=b"gzipped")
    home, away = world.home, world.away
    requests = [FixtureRequest.objects.get(pk=side.objects["request"]["pk"]) for side in (home, away)]
    PlannedFixture.objects.create(
        run=run, host=requests[0], guest=requests[1], date=world.season.starts, quality=500, distance_km=9
    )
    for request in requests:
        UnservedRequest.objects.create(run=run, request=request, reason={"code": "no-opponent", "params": {}})
    world.shared["run"] = {"pk": run.pk}
