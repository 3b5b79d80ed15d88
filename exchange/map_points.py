"""What a map shows, as GeoJSON (RFC 7946): one point a university, with a line for each thing there.

`properties`: `name`, `city`, `count`, and `items`, each with `text` and `url`; portal/js/map.js reads it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from exchange.models import FixtureRequest
from portal.models import University

#: Lines of one place; the list beside the map has all of them.
MOST_ITEMS = 12

Item = tuple[str, str]


def collection(places: Iterable[tuple[University, list[Item]]]) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": [_feature(*place) for place in places]}


def _feature(university: University, items: list[Item]) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(university.lon, 4), round(university.lat, 4)]},
        "properties": {
            "name": str(university),
            "city": university.city,
            "count": len(items),
            "items": [{"text": text, "url": url} for text, url in items[:MOST_ITEMS]],
        },
    }


def points_of(requests: Iterable[FixtureRequest]) -> dict[str, object]:
    places: dict[int, tuple[University, list[Item]]] = {}
    for asked in requests:
        team, university = asked.team, asked.team.club.university
        text = f"{team}: {team.get_sport_display()}, {team.get_category_display()}"
        _place, items = places.setdefault(university.pk, (university, []))
        items.append((text, reverse("exchange:opponent", args=[asked.pk])))
    return collection(places.values())
