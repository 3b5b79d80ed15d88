"""By what a researcher's profile is found: its codes and the stems of its words, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from portal.search.stems import stems
from research.models import ResearcherProfile

#: Of one profile; what somebody writes about themselves at great length is found by its beginning.
MOST_WORDS = 120
LONGEST_WORD = 60


def facets_of(profile: ResearcherProfile) -> Iterator[tuple[str, str]]:
    """(kind, value) of all. University and country are asked of the profile's own column."""
    yield from (("field", code) for code in profile.fields)
    yield from (("language", code) for code in profile.languages)
    yield from (("sport", code) for code in profile.sports)
    yield from (("open", code) for code in profile.open_to)
    text = " ".join([profile.name, *profile.methods, profile.about])
    yield from (("word", stem[:LONGEST_WORD]) for stem in islice(dict.fromkeys(stems(text)), MOST_WORDS))
