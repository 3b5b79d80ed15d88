"""The three lists of suggestions: whose they are, of what, and how long."""

from __future__ import annotations

from dataclasses import dataclass

from research.suggesting.ranking import Suggested


@dataclass(frozen=True, slots=True)
class SuggestionList:
    """`owner` and `target` name columns of Suggestion."""

    owner: str
    target: str
    most: int

    def ends(self, suggested: Suggested) -> tuple[int, int]:
        """The ids of owner and target."""
        if self.owner == "reader":
            return suggested.candidate, suggested.source
        return suggested.source, suggested.candidate


#: Projects like this one; everyone sees them.
SIMILAR = SuggestionList("source", "project", 4)
#: Researchers who might join; only who leads the project sees them.
PARTNERS = SuggestionList("source", "profile", 8)
#: Projects that look for partners, for one researcher.
FOR_READER = SuggestionList("reader", "project", 5)
