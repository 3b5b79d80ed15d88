"""What of the exchange waits for a person who acts for clubs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from exchange.access import acting_teams, invitations_of
from exchange.enums import InvitationState
from exchange.queries.unfinished import results_to_enter
from portal.models import User
from portal.waiting import Waiting


def waiting_games(person: User, now: datetime) -> Iterator[Waiting]:
    """2 queries."""
    asked = invitations_of(person).filter(state=InvitationState.SENT).count()
    text = ngettext("%(count)s invitation is unanswered", "%(count)s invitations are unanswered", asked)
    yield Waiting(text % {"count": asked}, reverse("exchange:desk") + "#invitations", asked)
    open_ones = results_to_enter(acting_teams(person)).count()
    text = ngettext(
        "%(count)s result is to be entered or confirmed",
        "%(count)s results are to be entered or confirmed",
        open_ones,
    )
    yield Waiting(text % {"count": open_ones}, reverse("exchange:desk") + "#results", open_ones)
