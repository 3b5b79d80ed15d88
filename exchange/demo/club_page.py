"""The page of the club that the demonstration's officer acts for, written as a coordinator would."""

from __future__ import annotations

from datetime import datetime

from exchange.actions.venue_pages import publish_venue_page
from exchange.models import Club, ClubPage, Venue
from portal.demo.drawings import draw_picture
from portal.queries.universities import collection_of

#: Where the first of its venues is found.
STREET, CODE = "Kastryčnickaja street 4", "220030"
DIRECTIONS = (
    "<p>From the railway station take the metro for two stops, then walk along the river.</p>"
    "<ul><li>The entrance is on the side of the courtyard.</li><li>Coaches park behind the hall.</li></ul>"
)


def write_page(club: Club, *, now: datetime) -> None:
    page = ClubPage.objects.filter(club=club).order_by("pk").first()
    page.body = page.body.stream_block.to_python(_body(club))
    page.save_revision(clean=False).publish()
    for venue in Venue.objects.filter(university=club.university):
        _write_venue(venue, now)


def _write_venue(venue: Venue, now: datetime) -> None:
    venue.street, venue.postal_code = STREET, CODE
    venue.save(update_fields=["street", "postal_code"])
    page = publish_venue_page(venue=venue, now=now)
    page.directions = DIRECTIONS
    page.save_revision(clean=False).publish()


def _body(club: Club) -> list[dict[str, object]]:
    folder = collection_of(club.university)
    pictures = {
        kind: draw_picture(kind, title=f"{club}: {kind}", collection=folder).pk
        for kind in ("court", "hills", "lane", "ball")
    }
    shown = {
        "court": "A drawing of a basketball court seen from above",
        "lane": "A drawing of a swimming pool with lanes",
        "ball": "A drawing of a ball above a net",
        "hills": "A drawing of hills with a path between two flags",
    }

    def image(kind: str) -> dict[str, object]:
        return {"image": pictures[kind], "alt_text": shown[kind], "decorative": False}

    return [
        {"type": "heading", "value": "When we train"},
        {"type": "timetable", "value": {"heading": "", "rows": _times()}},
        {
            "type": "call_to_action",
            "value": {
                "heading": "Come to a training session",
                "text": "The first one costs nothing, and shoes can be borrowed.",
                "button": "See the rules",
                "page": None,
                "url": "https://example.org/",
            },
        },
        {"type": "heading", "value": "Last year in pictures"},
        {
            "type": "gallery",
            "value": {
                "heading": "",
                "pictures": [
                    {"image": image("court"), "caption": "The new floor"},
                    {"image": image("lane"), "caption": ""},
                    {"image": image("ball"), "caption": "First match of the season"},
                    {"image": image("hills"), "caption": "On the way to the away game"},
                ],
            },
        },
        {"type": "people", "value": {"heading": "Who runs the club", "people": _people()}},
        {
            "type": "quote",
            "value": {
                "text": "We lost by twenty, and were invited again.",
                "source": "A guest of last spring",
            },
        },
        {"type": "map", "value": {"heading": "Where we play", "whose": "here"}},
    ]


def _times() -> list[dict[str, str]]:
    times = [
        ("1", "18:00", "19:30", "Newcomers"),
        ("3", "18:00", "20:00", "Women"),
        ("3", "20:00", "22:00", "Men"),
        ("6", "10:00", "12:00", "Everybody"),
    ]
    return [
        {"day": day, "starts": starts, "ends": ends, "what": what, "where": "Main hall"}
        for day, starts, ends, what in times
    ]


def _people() -> list[dict[str, object]]:
    people = [
        ("Alena Karpovich", "Coach", "Has trained students since 2009."),
        ("Maksim Rudak", "Looks after newcomers", "Ask him for shoes."),
    ]
    none = {"image": None, "alt_text": "", "decorative": False}
    return [{"name": name, "role": role, "text": text, "picture": none} for name, role, text in people]
