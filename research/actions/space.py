"""The private rooms of a project: who may enter is kept in a group, files in a collection for that group."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Collection, CollectionViewRestriction

from portal.enums import UniversityRole
from research.models import Project, ProjectSpace

#: All collections of projects lie below one of this name, so that those of universities stay where they are.
FOLDER = "Research projects"


@transaction.atomic
def open_space(*, project: Project) -> ProjectSpace:
    """Made once; neither group nor collection has rights in the CMS, and their names tell nothing."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    space = ProjectSpace.objects.select_related("collection").filter(project=project).first()
    if space is not None:
        return space
    group = Group.objects.create(name=f"Research project {project.pk}")
    collection = _folder().add_child(name=f"{project.pk:09}")
    space = ProjectSpace.objects.create(project=project, group=group, collection=collection)
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    coordinators = Group.objects.filter(
        university_role__university=project.lead_id, university_role__role=UniversityRole.COORDINATOR
    )
    restriction.groups.set([group, *coordinators])
    keep_group(project)
    return space


def keep_group(project: Project) -> None:
    """The members' group follows who belongs to the project; without a space there is nothing to follow."""
    group = Group.objects.filter(pk__in=ProjectSpace.objects.filter(project=project).values("group")).first()
    if group is not None:
        members = project.members.filter(left_at=None).exclude(person=None)
        people = set(members.values_list("person", flat=True))
        lead = Project.objects.filter(pk=project.pk).exclude(investigator=None)
        group.user_set.set(people.union(lead.values_list("investigator", flat=True)))


def _folder() -> Collection:
    """Held, for a tree of two at once would take the same place in it."""
    root = Collection.objects.select_for_update().get(depth=1)
    standing = ProjectSpace.objects.select_related("collection").first()
    if standing is None:
        return root.add_child(name=FOLDER)
    return standing.collection.get_parent(update=True)
