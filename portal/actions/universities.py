"""A university joins, and people are given a role at it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from portal.enums import UniversityRole
from portal.models import University, UniversityGroup, UniversityIndexPage, UniversityPage, User
from portal.queries.universities import collection_of, permissions
from portal.refusal import Refusal
from portal.rights import COLLECTION_RIGHTS, PAGE_RIGHTS, SITE_RIGHTS

from .pages import publish_new_page
from .people import take_over_time_zone
from .site import lay_out_site
from .translations import stand_in
from .workflows import give_workflow


class UnableToAppoint(Refusal):
    pass


@transaction.atomic
def join_university(
    *, university: University, now: datetime, intro: str = "", language: str = ""
) -> UniversityPage:
    """Makes `university` a tenant: its page, its collection, and a group a role with the rights on both.

    The page, and all that is made below it, is written in `language`, by default the portal's own.
    Called again, it adds what is missing and leaves the rest alone.
    """
    university = University.objects.select_for_update().get(pk=university.pk)
    page = UniversityPage.objects.filter(university=university).order_by("pk").first()
    page = page or _add_page(university, intro, language or settings.LANGUAGE_CODE, now)
    groups = _groups(university)
    _give_rights(groups, page, collection_of(university) or _add_collection(university))
    give_workflow(university=university)
    if university.joined_at is None:
        university.joined_at = now
        university.save(update_fields=["joined_at"])
    page.university = university
    return page


@transaction.atomic
def appoint(*, user: User, university: University, role: UniversityRole, by: User | None = None) -> None:
    """Gives `user` a role at a university that has joined; written down as done by `by`."""
    group = Group.objects.filter(university_role__university=university, university_role__role=role).first()
    if group is None:
        raise UnableToAppoint(_("%(university)s has no such role to give.") % {"university": university})
    if user.groups.filter(pk=group.pk).exists():
        return
    user.groups.add(group)
    take_over_time_zone(person=user, university=university)
    log(instance=university, action="portal.appoint", user=by, data={"person": user.pk, "role": str(role)})


def _add_page(university: University, intro: str, language: str, now: datetime) -> UniversityPage:
    index = UniversityIndexPage.objects.order_by("pk").first()
    if index is None:
        lay_out_site(now=now)
        index = UniversityIndexPage.objects.get()
    index = stand_in(page=index, language=language)
    title = university.names.get(language, university.name)
    page = UniversityPage(title=title, slug=university.slug, university=university, intro=intro)
    return publish_new_page(page=page, parent=index, now=now)


def _add_collection(university: University) -> Collection:
    return Collection.objects.get(depth=1).add_child(name=university.name)


def _groups(university: University) -> dict[UniversityRole, Group]:
    groups = {UniversityRole(one.role): one.group for one in university.role_groups.select_related("group")}
    for role in SITE_RIGHTS.keys() - groups.keys():
        # The ROR id keeps two universities of one name apart.
        group = Group.objects.create(name=f"{university.name[:100]} ({university.ror}): {role.value}")
        UniversityGroup.objects.create(university=university, role=role, group=group)
        groups[role] = group
    return groups


def _give_rights(groups: dict[UniversityRole, Group], page: UniversityPage, collection: Collection) -> None:
    rights = [*SITE_RIGHTS.values(), *PAGE_RIGHTS.values(), *COLLECTION_RIGHTS.values()]
    found = permissions(*{name for names in rights for name in names})
    held = Group.permissions.through
    held.objects.bulk_create(
        [
            held(group=groups[role], permission=found[name])
            for role, names in SITE_RIGHTS.items()
            for name in names
        ],
        ignore_conflicts=True,
    )
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=groups[role], page=page.page_ptr, permission=found[name])
            for role, names in PAGE_RIGHTS.items()
            for name in names
        ],
        ignore_conflicts=True,
    )
    _give_collection_rights(groups, collection, found)


def _give_collection_rights(groups, collection, found) -> None:
    # No constraint keeps these rows unique.
    rows = GroupCollectionPermission.objects.filter(collection=collection, group__in=groups.values())
    held = set(rows.values_list("group", "permission"))
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=groups[role], collection=collection, permission=found[name])
        for role, names in COLLECTION_RIGHTS.items()
        for name in names
        if (groups[role].pk, found[name].pk) not in held
    )
