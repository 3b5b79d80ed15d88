"""A harvest: one list of records, given out in parts that fit together whatever changes meanwhile.

The first part fixes the end of the harvest. What changes during it gets a later datestamp, leaves the list
and waits for the next harvest; nothing else moves, for each part begins behind the last record of the one
before, not after so many of them. The token holds all of this, signed; the portal remembers no harvest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.core import signing
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from research.models import Record

from .faults import Code, OaiFault

#: Records in one part.
PART = 100
SALT = "research.oai"
#: Required of every research information system; all projects are in it.
ALL_PROJECTS = "openaire_cris_projects"


@dataclass(frozen=True, slots=True)
class Harvest:
    verb: str
    prefix: str
    within: str
    since: str
    #: ISO 8601, first moment after the harvest.
    before: str
    #: The last record that was given out.
    after: str = ""
    after_pk: int = 0
    #: Records given out so far, and in all when the harvest began.
    given: int = 0
    size: int = 0

    def token(self) -> str:
        parts = [getattr(self, name) for name in self.__slots__]
        return signing.dumps(parts, salt=SALT, compress=True)


def begin(
    verb: str, prefix: str, within: str, since: datetime | None, before: datetime | None, now: datetime
) -> Harvest:
    """Nothing that is stamped later than `now` belongs to it, whatever the harvester asks."""
    end = min(before, now) if before else now
    harvest = Harvest(verb, prefix, within, since.isoformat() if since else "", end.isoformat())
    size = _records(harvest).count()
    if not size:
        raise OaiFault(Code.NOTHING_FITS, "No records fit these dates and this set.")
    return replace(harvest, size=size)


def resume(verb: str, token: str) -> Harvest:
    try:
        harvest = Harvest(*signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError) as fault:
        raise OaiFault(Code.BAD_TOKEN, "This token was not given out here, or not in full.") from fault
    if harvest.verb != verb:
        raise OaiFault(Code.BAD_TOKEN, f"This token belongs to {harvest.verb}.")
    return harvest


def next_part(harvest: Harvest) -> tuple[list[Record], Harvest | None]:
    """The records of this part, and how it goes on; None is the end."""
    found = list(_records(harvest)[: PART + 1])
    part = found[:PART]
    if len(found) <= PART:
        return part, None
    last = part[-1]
    given = harvest.given + len(part)
    return part, replace(harvest, after=last.changed_at.isoformat(), after_pk=last.pk, given=given)


def _records(harvest: Harvest) -> QuerySet[Record]:
    records = Record.objects.filter(changed_at__lt=datetime.fromisoformat(harvest.before))
    if harvest.since:
        records = records.filter(changed_at__gte=datetime.fromisoformat(harvest.since))
    if harvest.after:
        last = datetime.fromisoformat(harvest.after)
        records = records.filter(Q(changed_at__gt=last) | Q(changed_at=last, pk__gt=harvest.after_pk))
    return in_set(records, harvest.within).order_by("changed_at", "pk")


def in_set(records: QuerySet[Record], spec: str) -> QuerySet[Record]:
    """The list of sets is JSON: `"theme:health"` stands in it whole, `theme` at the head of some."""
    if not spec or spec == ALL_PROJECTS:
        return records
    wanted = f'"{spec}"' if ":" in spec else f'"{spec}:'
    return records.annotate(sets_text=Cast("sets", TextField())).filter(sets_text__contains=wanted)
