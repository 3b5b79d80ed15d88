from __future__ import annotations

from portal.models import User
from portal.queries.people import coordinators_of
from research.access import leads
from research.models import Project


def leaders_of(project: Project) -> list[User]:
    """Who is written to: the principal investigator, or the coordinators of the lead where nobody is one."""
    investigator = project.investigator
    if investigator is not None and investigator.is_active and leads(investigator, project):
        return [investigator]
    return list(coordinators_of(project.lead))
