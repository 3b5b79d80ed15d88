"""Clubs are founded by coordinators; their officers are appointed and dismissed by those who act for them."""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.coreutils import find_available_slug

from exchange.club_notices import appointed_key, tell_appointed, tell_dismissed
from exchange.models import Club, ClubIndexPage, ClubPage, Membership
from portal.access import coordinates
from portal.actions.index_pages import index_page
from portal.actions.pages import publish_new_page
from portal.actions.people import account_address, know_person, take_over_time_zone
from portal.diary import write_down
from portal.models import University, UniversityPage, User
from portal.newcomers import has_proven_address
from portal.outbox import cancel_mails
from portal.refusal import Refusal
from portal.slugs import free_slug

log = logging.getLogger(__name__)

#: More people than this do not run a club; it also bounds the mails that one club can cause.
MOST_OFFICERS = 30


class UnableToFoundClub(Refusal):
    pass


class UnableToAppointOfficer(Refusal):
    pass


class UnableToDismissOfficer(Refusal):
    pass


@transaction.atomic
def found_club(
    *,
    university: University,
    name: str,
    now: datetime,
    slug: str = "",
    intro: str = "",
    by: User | None = None,
) -> Club:
    """The club, and its page below the university's list of clubs, published."""
    name = " ".join(name.split())
    try:
        above = index_page(
            university=university, kind=ClubIndexPage, title=gettext_lazy("Clubs"), slug="clubs", now=now
        )
    except UniversityPage.DoesNotExist:
        raise UnableToFoundClub(_("This university has not joined the portal yet.")) from None
    # The university's row is held by now: nobody else founds a club here at this moment.
    standing = dict(Club.objects.filter(university=university).values_list("slug", "name"))
    if name.casefold() in {other.casefold() for other in standing.values()}:
        raise UnableToFoundClub(_("This university already has a club of this name."))
    if slug in standing:
        raise UnableToFoundClub(_("This university already has a club at this address."))
    club = Club(university=university, name=name, slug=slug or free_slug(name, standing, otherwise="club"))
    try:
        club.full_clean()
    except ValidationError as faults:
        raise UnableToFoundClub(str(faults.messages[0])) from faults
    club.save()
    page = ClubPage(title=name, slug=find_available_slug(above, club.slug), club=club, intro=intro)
    publish_new_page(page=page, parent=above, now=now)
    write_down("exchange.found_club", club, by=by, now=now)
    return club


@transaction.atomic
def appoint_officer(*, club: Club, email: str, by: User, now: datetime) -> Membership:
    """Lets the owner of this address act for the club, and tells them by mail.

    An address nobody has proven yet gets an account without a password and a link to set one. Appointing such
    a person again sends a fresh link, once a day at most.
    """
    person = know_person(email=account_address(email, otherwise=UnableToAppointOfficer), language=by.language)
    if not person.is_active:
        raise UnableToAppointOfficer(_("This account is closed. Please ask a portal administrator."))
    proven = has_proven_address(person)
    membership = Membership.objects.filter(club=club, user=person).first()
    if membership is not None and proven:
        raise UnableToAppointOfficer(_("%(person)s is an officer of this club already.") % {"person": person})
    if membership is None:
        membership = _add_officer(club, person, now)
        take_over_time_zone(person=person, university=club.university)
        write_down("exchange.appoint_officer", club, by=by, now=now, person=person.pk)
    tell_appointed(membership=membership, by=by, proven=proven, now=now)
    log.info("%s made %s an officer of club %s", by.pk, person.pk, club.pk)
    return membership


@transaction.atomic
def dismiss_officer(*, membership: Membership, by: User, now: datetime) -> None:
    """The last officer is dismissed only by a coordinator of the university, who acts for the club anyway."""
    # The club's row is held, so that the last two cannot dismiss each other at the same time.
    club = (
        Club.objects.select_for_update(of=("self",), no_key=True)
        .select_related("university")
        .get(pk=membership.club_id)
    )
    membership = Membership.objects.select_related("user", "club").filter(pk=membership.pk).first()
    if membership is None:
        raise UnableToDismissOfficer(_("This person is no officer of the club any more."))
    alone = not club.memberships.exclude(pk=membership.pk).exists()
    if alone and not coordinates(by, club.university):
        raise UnableToDismissOfficer(
            _("A club needs an officer. Add somebody else first, or ask the coordinator of your university.")
        )
    cancel_mails(dedupe_prefix=appointed_key(membership))
    if membership.user != by:
        tell_dismissed(membership=membership, by=by, now=now)
    membership.delete()
    write_down("exchange.dismiss_officer", club, by=by, now=now, person=membership.user_id)
    log.info("%s dismissed %s from club %s", by.pk, membership.user_id, club.pk)


def _add_officer(club: Club, person: User, now: datetime) -> Membership:
    # The club's row is held, so that two who appoint at the same time do not pass the limit together.
    Club.objects.select_for_update(no_key=True).get(pk=club.pk)
    if club.memberships.count() >= MOST_OFFICERS:
        raise UnableToAppointOfficer(
            ngettext(
                "A club has %(most)s officer at most. Remove somebody first.",
                "A club has %(most)s officers at most. Remove somebody first.",
                MOST_OFFICERS,
            )
            % {"most": MOST_OFFICERS}
        )
    # Whoever was appointed twice at this moment is an officer once.
    return Membership.objects.get_or_create(club=club, user=person, defaults={"since": now})[0]
