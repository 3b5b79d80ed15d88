"""What each reason gives, of 1,000 points: one function a reason.

Each gives a matrix of sources × candidates, from 0 to 1. A source is a project; a candidate is another
project or a researcher.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array, vstack
from sklearn.feature_extraction.text import TfidfTransformer

from .features import Numbers, Sides

#: The most that each reason gives. Together 1,000.
MOST = {
    "words": 300,
    "fields": 180,
    "wishes": 150,
    "themes": 90,
    "agreement": 80,
    "sports": 60,
    "together": 50,
    "language": 50,
    "distance": 40,
}
#: Up to so many numbers a dense product is the faster one.
FEW_NUMBERS = 200
#: Sections that hold text.
TEXTS = ("words", "wished_words")
#: 63 % of the points for nearness are gone after this many kilometres.
FAR_KM = 1500.0


@dataclass(frozen=True, slots=True)
class Places:
    """What is known of universities, in the order of their `ids`, the smallest first."""

    ids: Numbers
    lat: Numbers  # degrees
    lon: Numbers
    #: Square: 1 where an agreement is in force between the two.
    agreed: csr_array
    #: Square: how many projects have both.
    together: csr_array


@dataclass(frozen=True, slots=True)
class Ground:
    """All that functions of points read; the words of both sides are weighed."""

    sources: Sides
    candidates: Sides
    places: Places


def weigh_words(*sides: Sides) -> list[Sides]:
    """The same sides, rare words weighing more: scikit-learn's smoothed idf over all of them, tf dampened to
    1 + ln(tf), each row of length 1.

    Source: Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), section 6.2.
    """
    texts = vstack([side.sections["words"] for side in sides], format="csr")
    if not texts.shape[0]:
        return list(sides)
    weights = TfidfTransformer(sublinear_tf=True).fit(texts)
    return [
        replace(
            side, sections=side.sections | {name: _weighed(weights, side.sections[name]) for name in TEXTS}
        )
        for side in sides
    ]


def _weighed(weights: TfidfTransformer, matrix: csr_array) -> csr_array:
    return weights.transform(matrix) if matrix.shape[0] else matrix


def words(ground: Ground) -> Numbers:
    """The cosine of what both have written. Texts of a few sentences on one question reach a half."""
    likeness = _dense(ground.sources.sections["words"], ground.candidates.sections["words"])
    return np.minimum(likeness * 2, 1)


def fields(ground: Ground) -> Numbers:
    return _share(ground, "fields")


def themes(ground: Ground) -> Numbers:
    return _share(ground, "themes")


def sports(ground: Ground) -> Numbers:
    return _share(ground, "sports")


def wishes(ground: Ground) -> Numbers:
    """What open calls of the source look for, and the candidate has: two thirds for fields, one for words."""
    found = _of_wanted(ground.sources.sections["wished_fields"], ground.candidates.sections["fields"])
    texts = _dense(ground.sources.sections["wished_words"], ground.candidates.sections["words"])
    likeness = np.minimum(texts * 2, 1)
    return (2 * found + likeness) / 3


def language(ground: Ground) -> Numbers:
    """Any one in common is enough to work together."""
    return _dense(*(_ones(side.sections["languages"]) for side in (ground.sources, ground.candidates))) > 0


def agreement(ground: Ground) -> Numbers:
    """In force between the lead and the candidate's university."""
    return _between_homes(ground, lambda rows: ground.places.agreed[rows].toarray())


def together(ground: Ground) -> Numbers:
    """The two universities have shared a project; three and more give all."""
    return _between_homes(ground, lambda rows: np.minimum(ground.places.together[rows].toarray(), 3) / 3)


def distance(ground: Ground) -> Numbers:
    """Nothing for somebody whose university is not known."""
    return _between_homes(ground, lambda rows: np.exp(-_km_from(rows, ground.places) / FAR_KM))


TERMS: tuple[Callable[[Ground], Numbers], ...] = (
    words,
    fields,
    wishes,
    themes,
    agreement,
    sports,
    together,
    language,
    distance,
)


#: The names of the reasons, in the order of the terms.
REASONS = tuple(term.__name__ for term in TERMS)


def give_points(ground: Ground) -> Numbers:
    """Reasons × sources × candidates; rounded, so that the reasons add up to the score exactly and machines
    agree on it."""
    points = np.empty((len(TERMS), len(ground.sources), len(ground.candidates)), dtype=np.int16)
    for number, term in enumerate(TERMS):
        worth = np.asarray(term(ground), dtype=np.float32)
        points[number] = np.rint(worth * MOST[term.__name__])
    return points


def _between_homes(ground: Ground, near: Callable[[Numbers], Numbers]) -> Numbers:
    """`near` is asked once for each university of a source: a row with all universities."""
    ids = ground.places.ids
    mine, theirs = ground.sources.homes, ground.candidates.homes
    if not len(ids):
        return np.zeros((len(mine), len(theirs)))
    places, row_of = np.unique(np.maximum(np.searchsorted(ids, mine), 0), return_inverse=True)
    columns = np.minimum(np.searchsorted(ids, theirs), len(ids) - 1)
    table = near(np.minimum(places, len(ids) - 1))
    known = np.isin(mine, ids)[:, None] & np.isin(theirs, ids)[None, :]
    return np.where(known, table[np.ix_(row_of, columns)], 0)


def _km_from(rows: Numbers, places: Places) -> Numbers:
    """Great-circle distance by the haversine formula, on a sphere of 6,371 km."""
    lat, lon = np.radians(places.lat), np.radians(places.lon)
    half = np.sin((lat[rows][:, None] - lat) / 2) ** 2
    half += np.cos(lat[rows])[:, None] * np.cos(lat) * np.sin((lon[rows][:, None] - lon) / 2) ** 2
    return 2 * 6371 * np.arcsin(np.sqrt(np.minimum(half, 1)))


def _share(ground: Ground, name: str) -> Numbers:
    """Of what the one with fewer names, the part that both name (the overlap coefficient)."""
    mine, theirs = (_ones(side.sections[name]) for side in (ground.sources, ground.candidates))
    fewer = np.minimum(_sizes(mine)[:, None], _sizes(theirs)[None, :])
    return _dense(mine, theirs) / np.maximum(fewer, 1)


def _of_wanted(wanted: csr_array, offered: csr_array) -> Numbers:
    wanted, offered = _ones(wanted), _ones(offered)
    return _dense(wanted, offered) / np.maximum(_sizes(wanted), 1)[:, None]


def _dense(one: csr_array, other: csr_array) -> Numbers:
    """Products of all rows with each other; numbers that only one side has are left out first."""
    numbers = np.intersect1d(np.unique(one.indices), np.unique(other.indices))
    if len(numbers) <= FEW_NUMBERS:
        return one[:, numbers].toarray() @ other[:, numbers].toarray().T
    return (one @ other.T).toarray()


def _sizes(matrix: csr_array) -> Numbers:
    return np.diff(matrix.indptr)


def _ones(matrix: csr_array) -> csr_array:
    return csr_array((np.ones_like(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape)
