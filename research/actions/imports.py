"""Drafts from a file: all of them or none."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.models import University, User
from portal.refusal import Refusal
from research.models import Project

from .facts import change_facts
from .projects import propose_project
from .statements import change_identifiers

log = logging.getLogger(__name__)


class UnableToImport(Refusal):
    pass


@dataclass(frozen=True, slots=True)
class Draft:
    #: Of its row in the file.
    number: int
    lead: University
    partners: Sequence[University]
    #: As `change_facts` and `change_identifiers` take them.
    facts: Mapping[str, object]
    identifiers: Mapping[str, str]


@transaction.atomic
def import_drafts(*, drafts: Sequence[Draft], by: User, now: datetime) -> list[Project]:
    """As if each had been proposed and filled in by hand."""
    imported = []
    for draft in drafts:
        try:
            imported.append(_import(draft, by, now))
        except Refusal as refusal:
            place = {"row": draft.number, "text": refusal}
            raise UnableToImport(_("Row %(row)s: %(text)s Nothing was saved.") % place) from refusal
    log.info("%s drafts imported by %s", len(imported), by.pk)
    return imported


def _import(draft: Draft, by: User, now: datetime) -> Project:
    project = propose_project(
        lead=draft.lead, title=str(draft.facts["title"]), partners=draft.partners, by=by, now=now
    )
    change_facts(project=project, **draft.facts, by=by, now=now)
    if any(draft.identifiers.values()):
        change_identifiers(project=project, **draft.identifiers, by=by, now=now)
    return project
