"""When the next digest comes, and what waits for it. actions/digests.py writes the mails."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from portal.models import DigestEntry, User
from portal.outbox.mime import one_line

#: Local time: before the day's work. No zone's clocks jump at this hour.
DIGEST_TIME = time(7)
#: Characters of a summary; the link leads to the rest.
LONGEST_SUMMARY = 500


def zone_of(person: User) -> ZoneInfo:
    return person.time_zone or ZoneInfo(settings.TIME_ZONE)


def next_digest(zone: ZoneInfo, *, now: datetime) -> datetime:
    """The first digest time after `now` on the clocks of `zone`."""
    today = now.astimezone(zone).date()
    times = (datetime.combine(today + timedelta(days=days), DIGEST_TIME, tzinfo=zone) for days in (0, 1, 2))
    return next(at for at in times if at > now)


def write_entry(
    *, person: User, kind: str, dedupe_key: str, subject: str, text: str, link: str, now: datetime
) -> DigestEntry:
    """The same key again gives the first entry unchanged."""
    entry = DigestEntry(
        person=person,
        kind=kind,
        dedupe_key=dedupe_key,
        subject=one_line(subject)[:250],
        summary=_summary(text),
        link=link,
        created_at=now,
        due_at=next_digest(zone_of(person), now=now),
    )
    DigestEntry.objects.bulk_create([entry], ignore_conflicts=True)
    return DigestEntry.objects.get(dedupe_key=dedupe_key)


def _summary(text: str) -> str:
    """The paragraph behind the greeting: in our mails it says what has happened."""
    paragraphs = [one_line(paragraph) for paragraph in text.split("\n\n") if paragraph.strip()]
    return paragraphs[min(1, len(paragraphs) - 1)][:LONGEST_SUMMARY] if paragraphs else ""
