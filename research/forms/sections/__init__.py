"""The sections of a project, each a page that is saved by itself, in the order of the questions."""

from __future__ import annotations

from .base import SectionForm
from .body import BodySection
from .facts import FactsSection
from .funding import FundingSection
from .outputs import OutputsSection
from .parties import PartiesSection
from .people import PeopleSection
from .statements import IdentifiersSection, StatementsSection

SECTIONS: dict[str, type[SectionForm]] = {
    section.name: section
    for section in (
        FactsSection,
        BodySection,
        PartiesSection,
        PeopleSection,
        FundingSection,
        OutputsSection,
        IdentifiersSection,
        StatementsSection,
    )
}

__all__ = ["SECTIONS", "SectionForm"]
