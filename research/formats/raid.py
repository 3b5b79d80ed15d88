"""RAiD metadata 1.6, as JSON: https://metadata.raid.org/en/v1.6/

What only a registration agency knows (itself, its service point) is left out: the portal registers no RAiDs,
it hands over what there is to register. People and organisations without an id cannot stand in a RAiD.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.identifiers import doi_url, orcid_url, raid_url
from research.enums import OutputKind, PartyRole
from research.models import Member, Project

from .parts import address_of, is_investigator, language_of, shortened

Block = dict[str, object]

VOCABULARY = "https://vocabulary.raid.org"
ROR, ORCID, CREDIT = "https://ror.org/", "https://orcid.org/", "https://credit.niso.org/"
COAR = "https://vocabularies.coar-repositories.org/access_rights/"
#: ISO 639:2023, set 3, of the languages in which the portal is written.
LANGUAGES = {"en": "eng", "ru": "rus", "be": "bel"}
LANGUAGE_SCHEMA = "https://www.iso.org/standard/74575.html"

MOST_OF_TITLE, MOST_OF_DESCRIPTION = 100, 1000
PRIMARY_TITLE, ACRONYM = 380, 378
PRIMARY_DESCRIPTION, OTHER_DESCRIPTION = 326, 325
PRINCIPAL_INVESTIGATOR, CO_INVESTIGATOR = 307, 308
LEAD, OTHER_RESEARCH = 182, 183
ROLES = {
    PartyRole.PARTNER: 184,
    PartyRole.CONTRACTOR: 185,
    PartyRole.FUNDER: 186,
    PartyRole.FACILITY: 187,
    PartyRole.OTHER: 188,
}
OUTPUT = 190
OBJECT_TYPES = {
    OutputKind.ARTICLE: 250,
    OutputKind.CHAPTER: 271,
    OutputKind.BOOK: 258,
    OutputKind.CONFERENCE: 264,
    OutputKind.THESIS: 253,
    OutputKind.REPORT: 252,
    OutputKind.DATASET: 269,
    OutputKind.SOFTWARE: 259,
    OutputKind.OTHER: 265,
}


def raid_of(project: Project) -> Block:
    record: Block = {}
    if project.raid:
        record["identifier"] = _identifier(project)
    record |= {
        "metadata": {
            "created": int(project.created_at.timestamp()),
            "updated": int(project.changed_at.timestamp()),
        },
        "title": list(_titles(project)),
        "date": _date(project),
        "description": list(_descriptions(project)),
        "access": {"type": {"id": f"{COAR}c_abf2/", "schemaUri": COAR}},
        "alternateUrl": [{"url": url} for url in (address_of(project), project.url) if url],
        "contributor": [_contributor(one, project) for one in project.shown_members if one.orcid],
        "organisation": list(_organisations(project)),
        "relatedObject": list(_objects(project)),
        "alternateIdentifier": [{"id": f"project-{project.pk}", "type": "Number in the portal"}],
    }
    return record


def _begun(project: Project) -> date:
    """RAiD asks for a day in any case; before one is known it is that of the first draft."""
    return project.starts_on or project.created_at.date()


def _date(project: Project) -> Block:
    days: Block = {"startDate": _begun(project).isoformat()}
    return days | {"endDate": project.ends_on.isoformat()} if project.ends_on else days


def _identifier(project: Project) -> Block:
    return {
        "id": raid_url(project.raid),
        "schemaUri": "https://raid.org/",
        "owner": {"id": ROR + project.lead.ror, "schemaUri": ROR},
        "license": "Creative Commons CC-0",
        "version": 1,
    }


def _titles(project: Project) -> Iterator[Block]:
    for text, kind in ((shortened(project.title, MOST_OF_TITLE), PRIMARY_TITLE), (project.acronym, ACRONYM)):
        if text:
            yield {
                "text": text,
                "type": _type("title.type.id", kind, "title.type.schema/376"),
                **_language(project),
                "startDate": project.created_at.date().isoformat(),
            }


def _descriptions(project: Project) -> Iterator[Block]:
    """A title that was too long stands here in full."""
    texts = [(shortened(project.summary, MOST_OF_DESCRIPTION), PRIMARY_DESCRIPTION)]
    if len(project.title) > MOST_OF_TITLE:
        texts.append((project.title, OTHER_DESCRIPTION))
    for text, kind in texts:
        kinds = _type("description.type.id", kind, "description.type.schema/320")
        yield {"text": text, "type": kinds, **_language(project)}


def _contributor(member: Member, project: Project) -> Block:
    leads = is_investigator(member, project)
    position = PRINCIPAL_INVESTIGATOR if leads else CO_INVESTIGATOR
    return {
        "id": orcid_url(member.orcid),
        "schemaUri": ORCID,
        "position": [
            {
                **_type("contributor.position.schema", position, "contributor.position.schema/305"),
                "startDate": member.joined_at.date().isoformat(),
            }
        ],
        "leader": leads,
        "contact": leads,
        "role": [{"id": f"{CREDIT}contributor-role/{code}/", "schemaUri": CREDIT} for code in member.credit],
    }


def _organisations(project: Project) -> Iterator[Block]:
    """Each once: an organisation has one role in a RAiD, and what it does weighs more than what it pays."""
    roles = {project.lead.ror: LEAD}
    for party in project.participations.all():
        role = OTHER_RESEARCH if party.role == PartyRole.PARTNER else ROLES[PartyRole(party.role)]
        roles.setdefault(party.university.ror, role)
    for party in project.outside_parties.all():
        roles.setdefault(party.ror, ROLES[PartyRole(party.role)])
    for grant in project.grants.all():
        roles.setdefault(grant.funder_ror, ROLES[PartyRole.FUNDER])
    roles.pop("", None)
    for ror, role in roles.items():
        kind = _type("organisation.role.schema", role, "organisation.role.schema/359")
        yield {
            "id": ROR + ror,
            "schemaUri": ROR,
            "role": [{**kind, "startDate": _begun(project).isoformat()}],
        }


def _objects(project: Project) -> Iterator[Block]:
    for output in project.outputs.all():
        if output.doi:
            number = OBJECT_TYPES[OutputKind(output.kind)]
            yield {
                "id": doi_url(output.doi),
                "schemaUri": "http://doi.org/",
                "type": _type("relatedObject.type.schema", number, "relatedObject.type.schema/329"),
                "category": [_type("relatedObject.category.id", OUTPUT, "relatedObject.category.schema/385")],
            }


def _type(path: str, number: int, schema: str) -> Block:
    return {"id": f"{VOCABULARY}/{path}/{number}", "schemaUri": f"{VOCABULARY}/{schema}"}


def _language(project: Project) -> Block:
    code = LANGUAGES.get(language_of(project))
    return {"language": {"id": code, "schemaUri": LANGUAGE_SCHEMA}} if code else {}
