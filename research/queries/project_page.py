"""All that a project's page shows, in as many queries for thirty partners as for none."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from portal.models import University, UniversityPage
from portal.models.spoken import in_one_language
from research.citations import Citation, cite
from research.enums import Credit
from research.models import Grant, Member, OutsideParty, Project


@dataclass(frozen=True, slots=True)
class Party:
    university: University
    page: UniversityPage | None
    #: "" of the lead.
    role: str


@dataclass(frozen=True, slots=True)
class Named:
    member: Member
    leads: bool
    #: What they do, in words.
    credit: list[str]


@dataclass(frozen=True, slots=True)
class ProjectView:
    lead: Party
    parties: list[Party]
    outside: list[OutsideParty]
    people: list[Named]
    grants: list[Grant]
    outputs: list[Citation]

    @property
    def partners(self) -> list[University]:
        return [party.university for party in self.parties]


def project_view(project: Project) -> ProjectView:
    """1 query for what `whole.public_whole` has loaded, 6 for another."""
    lead, *others = parties_of(project)
    return ProjectView(
        lead=lead,
        parties=others,
        outside=list(project.outside_parties.all()),
        people=named_people(project),
        grants=list(project.grants.all()),
        outputs=[cite(output) for output in project.outputs.all()],
    )


def parties_of(project: Project) -> list[Party]:
    """The lead, then the others by name, each with its page where it has one (2 queries)."""
    prefetch_related_objects([project], "participations__university")
    shares = list(project.participations.all())
    universities = [project.lead, *(share.university for share in shares)]
    pages = in_one_language(UniversityPage.objects.live()).filter(university__in=universities)
    by_university = {page.university_id: page for page in pages}
    return [
        Party(project.lead, by_university.get(project.lead_id), ""),
        *(
            Party(share.university, by_university.get(share.university_id), share.get_role_display())
            for share in shares
        ),
    ]


def named_people(project: Project) -> list[Named]:
    """Whoever is in it and is shown by name, the principal investigator first (1 query)."""
    shown = project.members.filter(left_at=None, shown=True).exclude(name="").select_related("university")
    members = getattr(project, "shown_members", shown)
    named = [
        Named(one, _leads(project, one), [str(Credit(code).label) for code in one.credit if code in Credit])
        for one in members
    ]
    return sorted(named, key=lambda one: not one.leads)


def _leads(project: Project, member: Member) -> bool:
    return member.person_id is not None and member.person_id == project.investigator_id
