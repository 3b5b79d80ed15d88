"""A university's venues, shared by all its clubs."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.models import Team, Venue
from exchange.queries.occupancy import venue_resource
from exchange.queries.venues import bookings
from portal.refusal import Refusal


class UnableToSaveVenue(Refusal):
    pass


@transaction.atomic
def save_venue(*, venue: Venue, now: datetime) -> Venue:
    """A new venue, or new facts of one: neither below what is booked, nor against the sports played in it."""
    if venue.pk is not None:
        old = (
            Venue.objects.select_for_update(of=("self",), no_key=True)
            .select_related("university")
            .get(pk=venue.pk)
        )
        if old.hall and not venue.hall:
            _refuse_hall_sports(old)
        if venue.capacity < old.capacity:
            _move_together(old, capacity=venue.capacity, now=now)
    try:
        venue.full_clean()
        with transaction.atomic():
            venue.save()
    except ValidationError as faults:
        raise UnableToSaveVenue(str(faults.messages[0])) from faults
    except IntegrityError as clash:
        raise UnableToSaveVenue(_("This university already has a venue of this name.")) from clash
    return venue


def _refuse_hall_sports(venue: Venue) -> None:
    for team in Team.objects.filter(home_venue=venue):
        if team.played.hall:
            raise UnableToSaveVenue(
                _("%(team)s plays here and needs a hall; give it another home venue first.") % {"team": team}
            )


def _move_together(venue: Venue, *, capacity: int, now: datetime) -> None:
    """Fixtures on places that go away move to free ones; their day and their venue stay."""
    today = now.astimezone(venue.university.time_zone).date()
    for day, places in bookings(venue, since=today).items():
        if len(places) > capacity:
            raise UnableToSaveVenue(
                ngettext(
                    "%(count)s fixture is booked here on %(day)s; the venue cannot hold fewer.",
                    "%(count)s fixtures are booked here on %(day)s; the venue cannot hold fewer.",
                    len(places),
                )
                % {"count": len(places), "day": date_format(day)}
            )
        free = (place for place in range(1, capacity + 1) if place not in places)
        for place in sorted(place for place in places if place > capacity):
            row = places[place]
            row.resource = venue_resource(venue.pk, next(free))
            row.save(update_fields=["resource"])
