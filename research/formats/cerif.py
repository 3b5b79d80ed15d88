"""CERIF-XML in the profile of the OpenAIRE Guidelines for CRIS Managers 1.1.

The order of elements is that of its schema: https://openaire-guidelines-for-cris-managers.readthedocs.io,
“Project”, “OrgUnit”, “Person”, “Funding”.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings
from lxml import etree
from lxml.etree import SubElement

from portal.identifiers import doi_url, orcid_url, raid_url
from portal.models import University
from research.enums import PartyRole
from research.models import Grant, Member, OutsideParty, Project

from .dublin_core import XML_LANG
from .parts import address_of, funders, is_investigator, language_of, said

CERIF = "https://www.openaire.eu/cerif-profile/1.1/"
SCHEMA = "https://www.openaire.eu/schema/cris/1.1/openaire-cerif-profile.xsd"
FUNDING_TYPES = "https://www.openaire.eu/cerif-profile/vocab/OpenAIRE_Funding_Types"
IDENTIFIER_TYPES = "https://w3id.org/cerif/vocab/IdentifierTypes#"
#: OECD, Frascati Manual 2015; its codes are the fragments.
FORD = "https://doi.org/10.1787/9789264239012-en"

#: In the order in which the schema has them.
CONSORTIUM = {
    PartyRole.PARTNER: "Partner",
    PartyRole.CONTRACTOR: "Contractor",
    PartyRole.FACILITY: "InKindContributor",
    PartyRole.OTHER: "Member",
}


def cerif_project(project: Project) -> etree._Element:
    root = etree.Element(f"{{{CERIF}}}Project", nsmap={None: CERIF}, id=str(project.pk))
    language = language_of(project)
    if project.acronym:
        _text(root, "Acronym", project.acronym)
    _text(root, "Title", project.title, language)
    _identifiers(root, project)
    for name, day in (("StartDate", project.starts_on), ("EndDate", project.ends_on)):
        if day:
            _text(root, name, day.isoformat())
    _consortium(root, project)
    _team(root, project)
    _funded(root, project)
    own = f"{settings.BASE_URL}/research/"
    for code in project.fields:
        _text(root, "Subject", f"{FORD}#{code}").set("scheme", FORD)
    for code in project.themes:
        _text(root, "Subject", f"{own}?theme={code}").set("scheme", own)
    for keyword in project.keywords:
        _text(root, "Keyword", keyword, language)
    _text(root, "Abstract", project.summary, language)
    _text(root, "Status", f"{own}?status={project.status}").set("scheme", own)
    return root


def _identifiers(root: etree._Element, project: Project) -> None:
    known = {
        "https://raid.org/": project.raid and raid_url(project.raid),
        f"{IDENTIFIER_TYPES}DOI": project.doi and doi_url(project.doi),
        f"{IDENTIFIER_TYPES}URL": address_of(project),
    }
    for kind, value in known.items():
        if value:
            _text(root, "Identifier", value).set("type", kind)


def _consortium(root: etree._Element, project: Project) -> None:
    consortium = _sub(root, "Consortium")
    _university(_sub(consortium, "Coordinator"), project.lead)
    for role, name in CONSORTIUM.items():
        for party in project.participations.all():
            if party.role == role:
                _university(_sub(consortium, name), party.university)
        for party in project.outside_parties.all():
            if party.role == role:
                _organisation(_sub(consortium, name), party)


def _team(root: etree._Element, project: Project) -> None:
    """The principal investigator first, as the schema wants it."""
    members = sorted(project.shown_members, key=lambda member: not is_investigator(member, project))
    if members:
        team = _sub(root, "Team")
        for member in members:
            leads = is_investigator(member, project)
            _person(_sub(team, "PrincipalInvestigator" if leads else "Member"), member)


def _person(link: etree._Element, member: Member) -> None:
    """The last word stands for the family name, as in BibTeX; `DisplayName` has it as it was written."""
    _text(link, "DisplayName", member.name)
    person = _sub(link, "Person", id=member.orcid or f"member-{member.pk}")
    given, _space, family = member.name.strip().rpartition(" ")
    name = _sub(person, "PersonName")
    _text(name, "FamilyNames", family)
    if given:
        _text(name, "FirstNames", given)
    if member.orcid:
        _text(person, "ORCID", orcid_url(member.orcid))
    if member.university:
        _university(_sub(link, "Affiliation"), member.university)


def _funded(root: etree._Element, project: Project) -> None:
    for grant in project.grants.all():
        funded = _sub(root, "Funded")
        funder = f"funder-{grant.pk}"
        _org_unit(_sub(funded, "By"), grant.funder_ror or funder, grant.funder, grant.funder_ror)
        _funding(_sub(funded, "As"), grant)
    for number, (name, ror) in enumerate(funders(project), start=1):
        by = _sub(_sub(root, "Funded"), "By")
        _org_unit(by, ror or f"project-{project.pk}-funder-{number}", name, ror)


def _funding(link: etree._Element, grant: Grant) -> None:
    funding = _sub(link, "Funding", id=f"grant-{grant.pk}")
    kind = SubElement(funding, f"{{{FUNDING_TYPES}}}Type", nsmap={None: FUNDING_TYPES})
    kind.text = f"{FUNDING_TYPES}#Grant"
    _text(funding, "Name", str(grant), "en")
    if grant.amount is not None:
        _text(funding, "Amount", str(grant.amount)).set("currency", grant.currency)
    if grant.number:
        _text(funding, "Identifier", grant.number).set("type", f"{IDENTIFIER_TYPES}AwardNumber")


def _university(link: etree._Element, university: University) -> None:
    others = {language: name for language, name in university.names.items() if name != university.name}
    _org_unit(link, university.ror, university.name, university.ror, university.short_name, others)


def _organisation(link: etree._Element, party: OutsideParty) -> None:
    _org_unit(link, party.ror or f"party-{party.pk}", party.name, party.ror)


def _org_unit(
    link: etree._Element,
    key: str,
    name: str,
    ror: str,
    acronym: str = "",
    other_names: Mapping[str, str] = MappingProxyType({}),
) -> None:
    unit = _sub(link, "OrgUnit", id=key)
    if acronym:
        _text(unit, "Acronym", acronym)
    _text(unit, "Name", name, "en")
    for language, other in sorted(other_names.items()):
        _text(unit, "Name", other, language)
    if ror:
        _text(unit, "Identifier", f"https://ror.org/{ror}").set("type", f"{IDENTIFIER_TYPES}RORID")


def _sub(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return SubElement(parent, f"{{{CERIF}}}{name}", **attributes)


def _text(parent: etree._Element, name: str, text: str, language: str = "") -> etree._Element:
    element = _sub(parent, name)
    element.text = said(text)
    if language:
        element.set(XML_LANG, language)
    return element
