from __future__ import annotations

from collections.abc import Iterable

from exchange.enums import FixtureState, RequestState, RunState
from exchange.models import Club, Fixture, FixtureRequest, Invitation, MatchRun, Team


def figures() -> Iterable[tuple[str, str]]:
    teams = Team.objects.order_by()
    yield "Clubs", f"{Club.objects.count():,}"
    yield "Teams", f"{teams.count():,} in {teams.values('sport').distinct().count()} sports"
    yield "Requests", f"{FixtureRequest.objects.filter(state=RequestState.OPEN).count():,} open"
    run = MatchRun.objects.filter(state=RunState.PUBLISHED).first()
    if run is None:
        yield "Matching", "no run is published yet"
        return
    yield "Served", f"{run.served:,} of {run.requests:,} requests; at most {run.served_bound:,} is possible"
    yield "Waiting days served", _of_bound(run.waiting_days, run.waiting_days_bound)
    yield "Quality", _of_bound(run.quality, run.quality_bound)
    yield "Fixtures", _fixtures()
    yield "Invitations sent", f"{Invitation.objects.count():,}"


def _of_bound(reached: int, bound: int) -> str:
    proof = "proven best" if reached == bound else f"proven: at most {bound:,}"
    return f"{reached:,}; {proof}"


def _fixtures() -> str:
    fixtures = Fixture.objects.count()
    confirmed = Fixture.objects.filter(state=FixtureState.CONFIRMED).count()
    return f"{fixtures:,}, {confirmed:,} of them confirmed"
