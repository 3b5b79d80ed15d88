"""A university leaves: its pages go, its people lose their roles, its rows stay; it can be taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from portal.leaving import university_leaves
from portal.models import Departure, University, UniversityPage, User
from portal.refusal import Refusal


class UnableToLeave(Refusal):
    pass


class UnableToTakeBack(Refusal):
    pass


@transaction.atomic
def leave_university(*, university: University, reason: str, by: User, now: datetime) -> Departure:
    """Unpublishes its pages in all languages and empties its groups.

    The upper houses are asked first (`portal.leaving`): what they refuse for is shown.
    """
    if not reason.strip():
        raise UnableToLeave(_("Say why the university leaves: it is kept with its history."))
    university = University.objects.select_for_update().get(pk=university.pk)
    if university.joined_at is None:
        raise UnableToLeave(_("%(university)s does not take part.") % {"university": university})
    university_leaves.send(sender=University, university=university, by=by, now=now)
    departure = Departure.objects.create(
        university=university,
        reason=reason.strip()[:1000],
        left_by=by,
        left_at=now,
        pages=_unpublish_pages(university, by),
        people=_empty_groups(university),
    )
    University.objects.filter(pk=university.pk).update(joined_at=None)
    log(instance=university, action="portal.leave", user=by, data={"departure": departure.pk})
    return departure


@transaction.atomic
def take_back_university(*, university: University, by: User, now: datetime) -> None:
    """Publishes again what was live, and gives people back the roles they had. Requests are filed anew."""
    university = University.objects.select_for_update().get(pk=university.pk)
    departure = university.departures.filter(returned_at=None).first()
    if departure is None:
        raise UnableToTakeBack(_("%(university)s has not left.") % {"university": university})
    Departure.objects.filter(pk=departure.pk).update(returned_at=now)
    University.objects.filter(pk=university.pk).update(joined_at=now)
    _publish_pages(departure, by)
    for one in university.role_groups.select_related("group"):
        one.group.user_set.add(
            *User.objects.filter(pk__in=departure.people.get(one.role, ()), is_active=True)
        )
    log(instance=university, action="portal.take_back", user=by, data={"departure": departure.pk})


def _unpublish_pages(university: University, by: User) -> dict[str, int | None]:
    below = Q(pk=None)
    for page in UniversityPage.objects.filter(university=university):
        below |= Q(path__startswith=page.path)
    live = list(Page.objects.filter(below, live=True, alias_of=None).order_by("-path").specific())
    # Unpublishing forgets which revision was live.
    revisions = {str(page.pk): page.live_revision_id or page.latest_revision_id for page in live}
    for page in live:
        page.unpublish(user=by)
    return revisions


def _publish_pages(departure: Departure, by: User) -> None:
    revisions = Revision.objects.in_bulk([pk for pk in departure.pages.values() if pk])
    for page in Page.objects.filter(pk__in=departure.pages, live=False).order_by("path").specific():
        revision = revisions.get(departure.pages[str(page.pk)]) or page.save_revision(user=by, clean=False)
        revision.publish(user=by)


def _empty_groups(university: University) -> dict[str, list[int]]:
    people = {}
    for one in university.role_groups.select_related("group"):
        people[one.role] = list(one.group.user_set.order_by("pk").values_list("pk", flat=True))
        one.group.user_set.clear()
    return people
