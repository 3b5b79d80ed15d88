"""What a fixture is worth: one named term a reason, kept apart so that people can be shown why."""

from __future__ import annotations

import math
from collections.abc import Callable

from .rules import kilometres
from .types import Request, Term

#: Points for two teams of equal and certain strength.
STRENGTH_POINTS = 600
#: A gap of this many rating points leaves 37 % of the strength points (both ratings certain).
RATING_SCALE = 150.0
#: Points for a trip of no length.
DISTANCE_POINTS = 400
#: 63 % of the distance points are gone after this many kilometres.
DISTANCE_SCALE_KM = 300
#: Points for an agreement kept or a visit returned.
PREFER_POINTS = 100


def strength(host: Request, guest: Request) -> Term:
    """Expected closeness of the ratings: a Gaussian of the gap, averaged over both uncertainties."""
    gap = host.rating - guest.rating
    spread = RATING_SCALE**2 + 2 * (host.rating_deviation**2 + guest.rating_deviation**2)
    points = STRENGTH_POINTS * RATING_SCALE / math.sqrt(spread) * math.exp(-(gap**2) / spread)
    why = f"rated {abs(gap):.0f} apart: {points:.0f} of {STRENGTH_POINTS}"
    return Term("strength", points, STRENGTH_POINTS, {"gap": abs(gap)}, why)


def distance(host: Request, guest: Request) -> Term:
    km = kilometres(host, guest)
    points = DISTANCE_POINTS * math.exp(-km / DISTANCE_SCALE_KM)
    why = f"{km:.0f} km apart: {points:.0f} of {DISTANCE_POINTS}"
    return Term("distance", points, DISTANCE_POINTS, {"km": km}, why)


def prefer(host: Request, guest: Request) -> Term:
    wished = guest.team in host.prefer or host.team in guest.prefer
    points = PREFER_POINTS if wished else 0
    word = "they" if wished else "neither"
    why = f"{word} asked to meet: {points} of {PREFER_POINTS}"
    return Term("prefer", points, PREFER_POINTS, {"wished": int(wished)}, why)


TERMS: tuple[Callable[[Request, Request], Term], ...] = (strength, distance, prefer)


def terms(host: Request, guest: Request) -> tuple[Term, ...]:
    return tuple(term(host, guest) for term in TERMS)


def quality(host: Request, guest: Request) -> int:
    """The terms' sum, rounded half to even once. Added left to right: the last bit decides at a half."""
    total = 0.0
    for term in terms(host, guest):
        total += term.points
    return round(total)
