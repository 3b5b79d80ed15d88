"""A published project with everything that a machine-readable form can tell, and what it must not tell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone

from portal.models import University, User
from research.actions.changes import note_change
from research.enums import PartyRole
from research.models import Grant, Member, Output, OutsideParty, Participation, Project

EVIL = "</script><script>alert(1)</script> & <b>\x07"
FUNDER_ROR, CLINIC_ROR = "02mhbdp94", "03yrm5c26"


def fill(project: Project, *, partner: University, investigator: User) -> Project:
    facts = {
        "acronym": "SLEEP",
        "summary": f"We follow rowers. {EVIL}",
        "themes": ["health", "performance"],
        "keywords": ["sleep", "training load"],
        "fields": ["3.3", "5.1"],
        "starts_on": date(2027, 1, 1),
        "ends_on": date(2029, 12, 31),
        "raid": "10.26259/2c33ec2f",
        "doi": "10.17605/osf.io/abcde",
        "url": "https://example.org/sleep",
    }
    Project.objects.filter(pk=project.pk).update(**facts)
    Participation.objects.create(project=project, university=partner, role=PartyRole.PARTNER)
    OutsideParty.objects.create(project=project, name="Clinic", ror=CLINIC_ROR, role=PartyRole.FACILITY)
    OutsideParty.objects.create(project=project, name="Ministry of Sport", role=PartyRole.FUNDER)
    Grant.objects.create(
        project=project,
        funder="Horizon",
        funder_ror=FUNDER_ROR,
        number="101-22",
        amount=Decimal("250000.50"),
        currency="EUR",
    )
    project.members.all().delete()
    people = [
        {
            "name": "Olga Iljina",
            "person": investigator,
            "orcid": "0000-0002-1825-0097",
            "university": project.lead,
        },
        {
            "name": "Jan van Dyk",
            "orcid": "0000-0002-1694-233X",
            "university": partner,
            "credit": ["software"],
        },
        {"name": "Plato"},
        {"name": "Hidden Person", "orcid": "0000-0001-5109-3700", "shown": False},
        {"name": "Former Person", "left_at": timezone.now()},
    ]
    for person in people:
        Member.objects.create(project=project, joined_at=timezone.now(), **person)
    csl = {"author": [{"family": "Müller", "given": "Jan"}], "container-title": "Sleep"}
    Output.objects.create(
        project=project, kind="article", title="Rowers & sleep", year=2028, doi="10.1000/182", csl=csl
    )
    Output.objects.create(project=project, kind="report", title="A first report", year=2027)
    note_change(project=project, now=timezone.now())
    return Project.objects.get(pk=project.pk)
