"""A club's teams. What a team is stays as it was agreed on with others."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from exchange.access import may_rate
from exchange.enums import FIXTURE_LIVE, RequestState
from exchange.kept_pages import teams_changed
from exchange.models import Fixture, FixtureRequest, Team
from portal.diary import write_down
from portal.models import User
from portal.refusal import Refusal

#: Facts that officers change; a rating that moved in the meantime is not written back.
FACTS = ("sport", "category", "name", "home_venue", "kick_off")
RATING = ("rating", "rating_deviation")


class UnableToSaveTeam(Refusal):
    pass


@transaction.atomic
def save_team(*, team: Team, by: User, rating: bool = True) -> Team:
    """A new team, or new facts of one. Ratings that `by` may not give are left alone.

    `rating`: whether one is to be set by hand; results may have moved it since the form was opened.
    """
    if team.pk is None:
        if not may_rate(by):
            team.rating, team.rating_deviation = (Team._meta.get_field(name).default for name in RATING)
        return _written_down(_write(team), "exchange.add_team", by)
    old = Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    if (old.sport, old.category) != (team.sport, team.category) and (reason := bound_by(old)):
        raise UnableToSaveTeam(reason)
    facts = FACTS + RATING if rating and may_rate(by) else FACTS
    return _written_down(_write(team, update_fields=facts), "exchange.change_team", by)


def _written_down(team: Team, action: str, by: User) -> Team:
    write_down(action, team, by=by)
    return team


def bound_by(team: Team) -> str | None:
    """Why sport and category cannot change, as a sentence."""
    if Fixture.objects.filter(Q(host=team) | Q(guest=team), state__in=FIXTURE_LIVE).exists():
        return _("This team has fixtures in its sport and category; add another team instead.")
    if FixtureRequest.objects.filter(team=team, state=RequestState.OPEN).exists():
        return _("This team asks for fixtures in its sport and category; withdraw the request first.")
    return None


def _write(team: Team, **how: object) -> Team:
    try:
        # First by itself: full_clean goes on with a sport that nobody plays.
        team.clean_fields()
        team.full_clean()
        with transaction.atomic():
            team.save(**how)
            teams_changed([team.pk])
    except ValidationError as faults:
        raise UnableToSaveTeam(str(faults.messages[0])) from faults
    except IntegrityError as clash:
        raise UnableToSaveTeam(_("This club already has a team of this name.")) from clash
    return team
