"""What several formats say the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import override

from portal.languages import nobody_reads
from research.enums import PartyRole, Theme
from research.ford import FORD
from research.models import Member, Project
from research.queries.whole import page_of

#: XML 1.0 cannot say these at all.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def address_of(project: Project) -> str:
    """Of its page, in the language in which it was written first."""
    with nobody_reads():
        return settings.BASE_URL + (page_of(project).url or "")


def language_of(project: Project) -> str:
    return page_of(project).locale.language_code


def subjects(project: Project) -> list[str]:
    """In English, as catalogues keep them; keywords as they were written."""
    with override("en"):
        themes = [str(Theme(code).label) for code in project.themes if code in Theme.values]
        fields = [str(FORD[code]) for code in project.fields if code in FORD]
    return list(dict.fromkeys([*project.keywords, *themes, *fields]))


def funders(project: Project) -> Iterator[tuple[str, str]]:
    """(name, ROR id or "") of organisations that only stand there as funders."""
    paid = {grant.funder_ror or grant.funder.casefold() for grant in project.grants.all()}
    for party in project.participations.all():
        if party.role == PartyRole.FUNDER and party.university.ror not in paid:
            yield party.university.name, party.university.ror
    for party in project.outside_parties.all():
        if party.role == PartyRole.FUNDER and not paid & {party.ror, party.name.casefold()}:
            yield party.name, party.ror


def is_investigator(member: Member, project: Project) -> bool:
    return member.person_id is not None and member.person_id == project.investigator_id


def said(text: object) -> str:
    """Without what XML has no letters for."""
    return NO_XML.sub("", str(text))


def shortened(text: str, most: int) -> str:
    """At a word's end, with dots, where a format allows no more."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"
