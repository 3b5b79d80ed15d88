from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, Min
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exchange.enums import FIXTURE_HOLDS
from exchange.models import Fixture, Season
from portal.refusal import Refusal

#: Nobody plans further, and a mistyped year is noticed.
LONGEST = timedelta(days=366)


class UnableToSaveSeason(Refusal):
    pass


@transaction.atomic
def save_season(*, season: Season, now: datetime) -> Season:
    """A new season, or new dates and policy of one. Seasons may overlap: runs know what others hold."""
    if season.ends < season.starts:
        raise UnableToSaveSeason(_("The last day lies before the first."))
    if season.ends - season.starts >= LONGEST:
        raise UnableToSaveSeason(_("A season lasts a year at most."))
    if season.pk is None and season.ends < now.date():
        raise UnableToSaveSeason(_("This season would be over already."))
    if season.pk is not None:
        # A run is published under this lock as well: no fixture slips in between.
        Season.objects.select_for_update(of=("self",), no_key=True).get(pk=season.pk)
        _refuse_fixtures_outside(season)
    try:
        season.full_clean()
        with transaction.atomic():
            season.save(**_how(season))
    except ValidationError as faults:
        raise UnableToSaveSeason(str(faults.messages[0])) from faults
    except IntegrityError as clash:
        raise UnableToSaveSeason(_("There is already a season of this name.")) from clash
    return season


def _how(season: Season) -> dict[str, object]:
    # The pointer to the published run belongs to the runs: it may have moved since the form was opened.
    facts = (
        "name",
        "starts",
        "ends",
        "publishes_itself",
        "answer_days",
        "remind_hours",
        "result_hours",
        "kick_off",
        "rating_weight",
    )
    return {} if season.pk is None else {"update_fields": facts}


def _refuse_fixtures_outside(season: Season) -> None:
    span = Fixture.objects.filter(season=season, state__in=FIXTURE_HOLDS).aggregate(
        first=Min("date"), last=Max("date")
    )
    if span["first"] and span["first"] < season.starts:
        said = {"day": date_format(span["first"])}
        raise UnableToSaveSeason(_("A fixture stands on %(day)s, before the first day.") % said)
    if span["last"] and span["last"] > season.ends:
        said = {"day": date_format(span["last"])}
        raise UnableToSaveSeason(_("A fixture stands on %(day)s, after the last day.") % said)
