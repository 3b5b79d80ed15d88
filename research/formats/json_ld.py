"""schema.org: https://schema.org/ResearchProject"""

from __future__ import annotations

from portal.identifiers import doi_url, orcid_url, raid_url
from portal.json_ld import SCHEMA, college
from research.enums import PartyRole
from research.models import Grant, Member, OutsideParty, Project

from .parts import address_of, is_investigator, language_of, subjects

ROR = "https://ror.org/"


def research_project(project: Project) -> dict[str, object]:
    address = address_of(project)
    facts: dict[str, object] = {
        "@context": SCHEMA,
        "@type": "ResearchProject",
        "@id": address,
        "url": address,
        "name": project.title,
        "alternateName": project.acronym,
        "description": project.summary,
        "inLanguage": language_of(project),
        "keywords": subjects(project),
        "foundingDate": project.starts_on and project.starts_on.isoformat(),
        "dissolutionDate": project.ends_on and project.ends_on.isoformat(),
        "identifier": _identifiers(project),
        "sameAs": [raid_url(project.raid)] * bool(project.raid) + [project.url] * bool(project.url),
        "parentOrganization": college(project.lead),
        "member": [*_organisations(project), *(_person(one, project) for one in project.shown_members)],
        "funding": [_grant(grant) for grant in project.grants.all()],
        "funder": _only_funders(project),
    }
    # Schema.org knows no empty value: what is not known is not said.
    return {name: value for name, value in facts.items() if value}


def _identifiers(project: Project) -> list[dict[str, str]]:
    known = {"RAiD": project.raid and raid_url(project.raid), "DOI": project.doi and doi_url(project.doi)}
    return [
        {"@type": "PropertyValue", "propertyID": name, "value": value, "url": value}
        for name, value in known.items()
        if value
    ]


def _organisations(project: Project) -> list[dict[str, object]]:
    parties = [one for one in project.participations.all() if one.role != PartyRole.FUNDER]
    outside = [one for one in project.outside_parties.all() if one.role != PartyRole.FUNDER]
    return [*(college(one.university) for one in parties), *map(_organisation, outside)]


def _only_funders(project: Project) -> list[dict[str, object]]:
    """Who gives money without a grant that is written down; grants name their own."""
    parties = [one for one in project.participations.all() if one.role == PartyRole.FUNDER]
    outside = [one for one in project.outside_parties.all() if one.role == PartyRole.FUNDER]
    return [*(college(one.university) for one in parties), *map(_organisation, outside)]


def _organisation(party: OutsideParty) -> dict[str, object]:
    return _named(party.name, party.ror)


def _named(name: str, ror: str) -> dict[str, object]:
    known = {"@type": "Organization", "name": name}
    return known | {"sameAs": ROR + ror} if ror else known


def _person(member: Member, project: Project) -> dict[str, object]:
    person: dict[str, object] = {"@type": "Person", "name": member.name}
    if member.orcid:
        person |= {"@id": orcid_url(member.orcid), "sameAs": orcid_url(member.orcid)}
    if member.university:
        person["affiliation"] = college(member.university)
    if is_investigator(member, project):
        return {"@type": "OrganizationRole", "roleName": "principal investigator", "member": person}
    return person


def _grant(grant: Grant) -> dict[str, object]:
    facts: dict[str, object] = {
        "@type": "MonetaryGrant" if grant.amount is not None else "Grant",
        "funder": _named(grant.funder, grant.funder_ror),
    }
    if grant.number:
        facts["identifier"] = grant.number
    if grant.amount is not None:
        money = {"@type": "MonetaryAmount", "currency": grant.currency, "value": str(grant.amount)}
        facts["amount"] = money
    return facts
