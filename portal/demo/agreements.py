"""Two agreements of the demonstration, and the events that come of them: some over, most ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count, cycle

from portal.models import Agreement, Event, University
from portal.sports import sport

from .sources import agreements

#: From one event of an agreement to the next.
APART = timedelta(days=11)
#: The first has been held when the demonstration begins.
BEGUN = timedelta(days=45)


def add_agreements(*, home: University, now: datetime) -> None:
    today = now.date()
    for facts in agreements():
        signed = today.replace(month=1, day=1) - timedelta(days=120)
        agreement = Agreement.objects.create(
            title=facts["title"],
            slug=facts["slug"],
            summary=facts["summary"],
            countries=facts["countries"],
            subjects=facts["subjects"],
            sports=facts["sports"],
            signed_on=signed,
            valid_from=signed + timedelta(days=30),
            valid_until=signed + timedelta(days=365 * facts["years"]),
        )
        if facts["with_home"]:
            agreement.universities.add(home)
        Event.objects.bulk_create(_events(facts, agreement, home, today))


def _events(facts: dict, agreement: Agreement, home: University, today: date) -> Iterator[Event]:
    members = University.objects.members().filter(country__in=facts["countries"]).order_by("ror")
    hosts, numbers = cycle([home, *members[:12]]), count(1)
    for series in facts["events"]:
        for code in series["sports"]:
            number, host = next(numbers), next(hosts)
            # The order of the plan is not that of the year.
            starts = today - BEGUN + APART * (number * 7 % 31)
            yield Event(
                title=series["title"].format(sport=sport(code).name if code else ""),
                kind=series["kind"],
                sport=code,
                starts_on=starts,
                ends_on=starts + timedelta(days=series["days"] - 1),
                country=host.country,
                city=host.city,
                host=host,
                agreement=agreement,
                reference=f"{number:03}",
            )
