"""What makes a fixture impossible: one named function a rule, which returns its printable reason or None.

`RULES` is the table of contents. candidates.py applies the same rules to whole pools at once, and a test
holds the two equal.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from .types import Pool, Request

#: Mean radius of the Earth (IUGG), as the pool format fixes it.
EARTH_RADIUS_KM = 6371.0088
#: A trip may exceed the limit by a millimetre: the limit is a wish, the last digit an accident.
DISTANCE_SLACK_KM = 1e-6
#: The same for ratings.
GAP_SLACK = 1e-9


def kilometres(a: Request, b: Request) -> float:
    """Great-circle distance by the haversine formula."""
    p, q = math.radians(a.lat), math.radians(b.lat)
    east = math.radians(b.lon - a.lon)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fixture that may or may not be possible."""

    host: Request
    guest: Request
    date: date
    forbidden: frozenset[frozenset[str]] = field(default=frozenset())


def same_category(p: Proposal) -> str | None:
    same = (p.host.sport, p.host.category) == (p.guest.sport, p.guest.category)
    return None if same else "different sport or category"


def different_university(p: Proposal) -> str | None:
    return "same university" if p.host.university == p.guest.university else None


def not_avoided(p: Proposal) -> str | None:
    avoided = p.guest.team in p.host.avoid or p.host.team in p.guest.avoid
    return "one avoids the other" if avoided else None


def not_forbidden(p: Proposal) -> str | None:
    forbidden = frozenset((p.host.id, p.guest.id)) in p.forbidden
    return "the pair has said no" if forbidden else None


def host_is_free(p: Proposal) -> str | None:
    return None if p.date in p.host.host_dates else "the host cannot host that day"


def guest_can_travel(p: Proposal) -> str | None:
    return None if p.date in p.guest.travel_dates else "the guest cannot travel that day"


def within_reach(p: Proposal) -> str | None:
    reach = p.guest.max_distance_km + DISTANCE_SLACK_KM
    return "too far for the guest" if kilometres(p.host, p.guest) > reach else None


def balanced(p: Proposal) -> str | None:
    gap = abs(p.host.rating - p.guest.rating)
    limits = (p.host.max_rating_gap, p.guest.max_rating_gap)
    unequal = any(limit is not None and gap > limit + GAP_SLACK for limit in limits)
    return "too unequal" if unequal else None


Rule = Callable[[Proposal], str | None]

RULES: tuple[Rule, ...] = (
    same_category,
    different_university,
    not_avoided,
    not_forbidden,
    host_is_free,
    guest_can_travel,
    within_reach,
    balanced,
)


def why_impossible(pool: Pool, host: Request, guest: Request, day: date) -> str | None:
    """The first rule's reason against this fixture, or None when it is possible."""
    proposal = Proposal(host, guest, day, pool.forbidden)
    return next((reason for rule in RULES if (reason := rule(proposal)) is not None), None)
