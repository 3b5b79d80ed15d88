"""How much of a project is written."""

from __future__ import annotations

from research.models import Project


def sections_filled(project: Project) -> dict[str, int]:
    """By the section's name, how many of its questions or rows have an answer (7 queries)."""
    draft = project.page.get_latest_revision_as_object()
    facts = (
        draft.said_summary,
        project.themes,
        project.fields,
        project.sports,
        project.keywords,
        project.starts_on,
    )
    statements = (project.ethics, project.data_statement, project.equipment_needed)
    statements += (project.equipment_developed, project.agreement_id)
    return {
        "facts": _answered(facts),
        "text": len(draft.body),
        "partners": project.participations.count() + project.outside_parties.count(),
        "people": project.members.filter(left_at=None).count(),
        "funding": project.grants.count(),
        "outputs": project.outputs.count(),
        "identifiers": _answered((project.raid, project.doi, project.url)),
        "statements": _answered(statements),
    }


def _answered(answers: tuple[object, ...]) -> int:
    return sum(bool(answer) for answer in answers)
