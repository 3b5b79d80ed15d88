from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from portal.models import University, User
from research.enums import PartyRole
from research.models import Participation, Project

from .changes import note_change
from .holding import hold_project
from .rows import write_rows


@transaction.atomic
def change_parties(
    *,
    project: Project,
    universities: Mapping[University, PartyRole],
    outside: Iterable[Mapping[str, object]],
    by: User | None,
    now: datetime,
    was_live: bool | None = None,
) -> Project:
    """`universities` are all but the lead; `outside` are rows of OutsideParty as a form sends them."""
    current, _page = hold_project(project, by=by, was_live=was_live)
    wanted = {one.pk: role for one, role in universities.items() if one.pk != current.lead_id}
    there = {one.university_id: one for one in current.participations.all()}
    current.participations.exclude(university__in=wanted).delete()
    for pk, role in wanted.items():
        if pk not in there:
            Participation.objects.create(project=current, university_id=pk, role=role)
        elif there[pk].role != role:
            current.participations.filter(university=pk).update(role=role)
    write_rows(current.outside_parties, outside)
    note_change(project=current, now=now)
    return current


def without_lead(lead: University, partners: Iterable[University]) -> list[University]:
    return [partner for partner in partners if partner.pk != lead.pk]
