from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import find_available_slug

from exchange.models import Venue, VenueIndexPage, VenuePage
from portal.actions.index_pages import index_page
from portal.actions.pages import publish_new_page
from portal.models import UniversityPage
from portal.refusal import Refusal
from portal.slugs import free_slug


class UnableToPublishVenue(Refusal):
    pass


@transaction.atomic
def publish_venue_page(*, venue: Venue, now: datetime) -> VenuePage:
    """The venue's page below the list of its university's venues; the one that stands, where there is one."""
    try:
        above = index_page(
            university=venue.university,
            kind=VenueIndexPage,
            title=gettext_lazy("Venues"),
            slug="venues",
            now=now,
        )
    except UniversityPage.DoesNotExist:
        raise UnableToPublishVenue(_("This university has not joined the portal yet.")) from None
    # The university's row is held by now: nobody else makes a page of this venue at this moment.
    standing = VenuePage.objects.child_of(above).filter(venue=venue).first()
    if standing is not None:
        return standing
    slug = find_available_slug(above, free_slug(venue.name, (), otherwise="venue"))
    return publish_new_page(page=VenuePage(title=venue.name, slug=slug, venue=venue), parent=above, now=now)
