"""Unqualified Dublin Core as OAI-PMH wraps it: https://www.openarchives.org/OAI/2.0/oai_dc.xsd"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from portal.identifiers import doi_url, raid_url
from research.models import Project

from .parts import address_of, funders, language_of, said, subjects

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"


def dublin_core(project: Project) -> etree._Element:
    record = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    record.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} {SCHEMA}")
    for name, value in _elements(project):
        element = etree.SubElement(record, f"{{{DC}}}{name}")
        element.text = said(value)
        if name in ("title", "description"):
            element.set(XML_LANG, language_of(project))
    return record


def _elements(project: Project) -> Iterator[tuple[str, str]]:
    yield "title", project.title
    if project.acronym:
        yield "title", project.acronym
    yield from (("creator", member.name) for member in project.shown_members)
    yield from (("subject", subject) for subject in subjects(project))
    yield "description", project.summary
    yield "publisher", project.lead.name
    yield from (("contributor", party.university.name) for party in project.participations.all())
    yield from (("contributor", party.name) for party in project.outside_parties.all())
    named = {grant.funder for grant in project.grants.all()} - {name for name, _ror in funders(project)}
    yield from (("contributor", name) for name in sorted(named))
    if project.starts_on:
        yield "date", "/".join(day.isoformat() for day in (project.starts_on, project.ends_on) if day)
    yield "type", "ResearchProject"
    yield "identifier", address_of(project)
    if project.raid:
        yield "identifier", raid_url(project.raid)
    if project.doi:
        yield "identifier", doi_url(project.doi)
    yield "language", language_of(project)
    if project.url:
        yield "relation", project.url
    yield from (("relation", doi_url(output.doi)) for output in project.outputs.all() if output.doi)
