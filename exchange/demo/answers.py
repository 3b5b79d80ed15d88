"""Some clubs of the demonstration answer at once, so that there is something to see; what concerns its named
people is left for them to answer."""

from __future__ import annotations

from datetime import datetime

from exchange.actions.invitations import accept_invitation, decline_invitation
from exchange.enums import AnswerWay, FixtureState
from exchange.models import Invitation, Membership, Season
from portal.demo.people import GUEST_OFFICER, OFFICER
from portal.demo.progress import each

#: Of so many fixtures one is agreed on, and one is turned down.
ACCEPTED, DECLINED = 5, 60


def answer_some(season: Season, *, now: datetime) -> None:
    """Once: the same fixtures in each demonstration."""
    if Invitation.objects.filter(fixture__season=season, answered_at__isnull=False).exists():
        return
    kept = Membership.objects.filter(user__email__in=(OFFICER, GUEST_OFFICER)).values("club")
    proposed = season.fixtures.filter(state=FixtureState.PROPOSED)
    others = proposed.exclude(host__club__in=kept).exclude(guest__club__in=kept).order_by("pk")
    for number, fixture in enumerate(each(list(others), "Answers")):
        sides = list(fixture.invitations.order_by("pk"))
        if number % DECLINED == DECLINED - 1:
            decline_invitation(invitation=sides[1], by=None, via=AnswerWay.LINK, reason="", now=now)
        elif number % ACCEPTED == 0:
            for invitation in sides:
                accept_invitation(invitation=invitation, by=None, via=AnswerWay.LINK, now=now)
