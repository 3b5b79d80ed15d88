"""What the exchange does when a university leaves the portal."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import ngettext

from exchange.enums import FIXTURE_COMING, RequestState
from exchange.kept_pages import teams_changed
from exchange.models import Fixture, FixtureRequest, Team
from portal.models import University
from portal.refusal import Refusal


class UnableToLetGo(Refusal):
    pass


def let_university_go(*, university: University, now: datetime, **_signal: object) -> None:
    """Withdraws open requests of its clubs. Fixtures still to be played concern others: those are called off
    first, each by its clubs, so that nobody waits for a team that never comes.
    """
    # Requests go first: a run that is published at this moment needs them open and waits for these rows.
    FixtureRequest.objects.filter(team__club__university=university, state=RequestState.OPEN).update(
        state=RequestState.WITHDRAWN, updated_at=now
    )
    teams = Team.objects.filter(club__university=university).values("pk")
    teams_changed(teams.values_list("pk", flat=True))
    coming = Fixture.objects.filter(Q(host__in=teams) | Q(guest__in=teams), state__in=FIXTURE_COMING).count()
    if coming:
        raise UnableToLetGo(
            ngettext(
                "%(count)s fixture of its teams is still to be played. Call it off first.",
                "%(count)s fixtures of its teams are still to be played. Call them off first.",
                coming,
            )
            % {"count": coming}
        )
