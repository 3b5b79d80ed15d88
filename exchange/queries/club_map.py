"""Whom a club has met, as points of a map (GeoJSON, RFC 7946)."""

from __future__ import annotations

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import ngettext

from exchange.models import Club, ClubPage
from portal.models.spoken import in_one_language

from .club_page import Met, clubs_met


def met_points(club: Club) -> dict[str, object]:
    """One point a university, the clubs of it behind it (3 queries)."""
    met = clubs_met(club)
    pages = in_one_language(ClubPage.objects.live()).filter(club__in=[one.club for one in met])
    addresses = {page.club_id: page.url for page in pages}
    places: defaultdict[int, list[Met]] = defaultdict(list)
    for one in met:
        places[one.club.university_id].append(one)
    return {"type": "FeatureCollection", "features": [_feature(here, addresses) for here in places.values()]}


def _feature(here: list[Met], addresses: dict[int, str]) -> dict[str, object]:
    university = here[0].club.university
    items = [{"url": addresses.get(one.club.pk) or _fixtures(one), "text": _words(one)} for one in here]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [university.lon, university.lat]},
        "properties": {"name": f"{university}, {university.city}", "count": len(here), "items": items},
    }


def _fixtures(one: Met) -> str:
    return f"{reverse('exchange:fixtures')}?show=played&university={one.club.university_id}"


def _words(one: Met) -> str:
    times = ngettext("met %(count)s time", "met %(count)s times", one.times) % {"count": one.times}
    return f"{one.club}: {times}"
