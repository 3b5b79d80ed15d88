"""The two parts of the arrangements, one of each side: what they hold, what lacks, what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time
from hashlib import sha256

from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from exchange.enums import FixtureState, Side
from exchange.models import Arrangements, Fixture, Venue

#: Until the result stands, each side sees what both have said. Telephone numbers are not shown for longer.
ARRANGED = (
    FixtureState.CONFIRMED,
    FixtureState.POSTPONED,
    FixtureState.PLAYED,
    FixtureState.RESULT_ENTERED,
    FixtureState.DISPUTED,
)
#: Without a date there is no visit to inform about.
VISITED = tuple(state for state in ARRANGED if state != FixtureState.POSTPONED)


@dataclass(frozen=True, slots=True)
class HostPart:
    """`kick_off` and `venue` stand on the fixture itself."""

    kick_off: time
    venue: Venue | None
    meeting_point: str = ""
    host_kit: str = ""
    host_contact: str = ""
    host_phone: str = ""
    beds_offered: int | None = None
    notes: str = ""

    @property
    def side(self) -> Side:
        return Side.HOST


@dataclass(frozen=True, slots=True)
class GuestPart:
    guest_kit: str = ""
    guest_contact: str = ""
    guest_phone: str = ""
    squad_size: int | None = None

    @property
    def side(self) -> Side:
        return Side.GUEST


Part = HostPart | GuestPart
OF_FIXTURE = ("kick_off", "venue")
PARTS = {Side.HOST: HostPart, Side.GUEST: GuestPart}
#: As they are kept and compared: plain, and the same in every language.
Plain = str | int | None


def part_of(fixture: Fixture, row: Arrangements, side: Side) -> Part:
    kind = PARTS[side]
    values = {one.name: getattr(fixture if one.name in OF_FIXTURE else row, one.name) for one in fields(kind)}
    return kind(**values)


def plain(part: Part) -> dict[str, Plain]:
    return {one.name: _plain(getattr(part, one.name)) for one in fields(part)}


def _plain(value: object) -> Plain:
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value) if isinstance(value, Venue) else value


def fingerprint(fixture: Fixture, part: Part) -> str:
    """Changes with whatever a person who edits this part would overwrite unseen, and with nothing else:
    the two sides do not get into each other's way."""
    stands = (fixture.date.isoformat(), getattr(part, "venue", None) and part.venue.pk, plain(part))
    return sha256(repr(stands).encode()).hexdigest()[:32]


def lacking(fixture: Fixture, row: Arrangements) -> list[str]:
    """What the host must say before it can confirm, in words."""
    lacks = []
    if fixture.venue_id is None and not row.meeting_point:
        lacks.append(_("a venue or a meeting point"))
    if not row.host_contact:
        lacks.append(_("a contact person"))
    if not row.host_phone:
        lacks.append(_("a telephone number"))
    return lacks


@dataclass(frozen=True, slots=True)
class Change:
    """Said in the language that is active when it is read."""

    name: str
    old: Plain
    new: Plain

    @property
    def label(self) -> str:
        return label_of(self.name)

    @property
    def old_words(self) -> str:
        return self._words(self.old)

    @property
    def new_words(self) -> str:
        return self._words(self.new)

    def _words(self, value: Plain) -> str:
        if value in (None, ""):
            return _("not said")
        return time_format(time.fromisoformat(value)) if self.name == "kick_off" else str(value)


def label_of(name: str) -> str:
    model = Fixture if name in OF_FIXTURE else Arrangements
    return str(capfirst(model._meta.get_field(name).verbose_name))


def changes_for(fixture: Fixture, row: Arrangements, side: Side) -> list[Change]:
    """What `side` does not know yet; what was changed and changed back is no news."""
    known: Mapping[str, Plain] = row.untold.get(side, {})
    stands = {name: value for one in Side for name, value in plain(part_of(fixture, row, one)).items()}
    return [Change(name, old, stands[name]) for name, old in known.items() if old != stands[name]]
