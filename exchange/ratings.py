"""How a result moves two ratings. Plain values; what is stored, and when, is in actions/ratings.py.

Bradley–Terry with full pairing (Weng & Lin 2011, JMLR 12, 267–300, algorithm 1), as openskill has it, on the
Elo scale. docs/explanation/ratings.md says what the figures mean, docs/decisions/0015 why this one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from openskill.models import BradleyTerryFull

#: 400 points are odds of ten to one, as Elo has it: with ratings that are certain, 200 more win 76 of 100.
ELO_SCALE = 400 / math.log(10)
#: However often a team has played: its squad changes every year, so its rating has to be able to follow.
#: At this deviation an upset among equals moves about 9 points at weight 1, a certain favourite's fall 19.
LEAST_DEVIATION = 60.0

#: `tau` would make every game spread the deviations: it is off. The scale is β√2 (Weng & Lin, section 3.1).
MODEL = BradleyTerryFull(mu=1500, sigma=350, beta=ELO_SCALE / math.sqrt(2), tau=0)

WON, DRAWN, LOST = 1.0, 0.5, 0.0


@dataclass(frozen=True, slots=True)
class Rating:
    """`deviation` is one standard deviation of what we do not know of `mean`."""

    mean: float
    deviation: float

    @property
    def variance(self) -> float:
        """As it is reckoned with: nobody is surer than `LEAST_DEVIATION`."""
        return max(self.deviation, LEAST_DEVIATION) ** 2


def score_of(host_score: int, guest_score: int) -> float:
    """What the host gets. By how much it won does not count: 3:0 in volleyball is not 3:0 in football."""
    return DRAWN if host_score == guest_score else WON if host_score > guest_score else LOST


def expected(host: Rating, guest: Rating) -> float:
    """The share of the points that `host` was expected to get (Weng & Lin, p_iq of algorithm 1)."""
    spread = math.sqrt(host.variance + guest.variance + ELO_SCALE**2)
    return 1 / (1 + math.exp((guest.mean - host.mean) / spread))


def rated(host: Rating, guest: Rating, *, score: float, weight: float) -> tuple[Rating, Rating]:
    """Both ratings after a result of which `host` got `score`.

    `weight` w multiplies the log-likelihood of the result. Ω and Δ of algorithm 1 are made of its first and
    second derivative, so both become w times as large: mean + w·Ω, variance · (1 − w·Δ). That is the point at
    w on the line from the old to the library's new mean and variance.
    """
    teams = [[MODEL.rating(mu=side.mean, sigma=math.sqrt(side.variance))] for side in (host, guest)]
    (after_host,), (after_guest,) = MODEL.rate(teams, scores=[score, 1 - score])
    return _between(host, after_host, weight), _between(guest, after_guest, weight)


def _between(before: Rating, full: object, weight: float) -> Rating:
    mean = before.mean + weight * (full.mu - before.mean)
    variance = before.variance + weight * (full.sigma**2 - before.variance)
    return Rating(mean, min(before.deviation, max(LEAST_DEVIATION, math.sqrt(variance))))
