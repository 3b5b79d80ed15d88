"""What a researcher tells of themselves. A profile is shown to more people only after its owner has seen
what they will see.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.enqueue import enqueue
from portal.models import User
from portal.refusal import Refusal
from portal.search import keep
from research.affiliation_notices import tell_named
from research.enums import Verification, Visibility
from research.models import ProfileFacet, ResearcherProfile
from research.profile_facets import facets_of

from .affiliations import proof_of

#: From few readers to many.
WIDTH = (Visibility.NOBODY, Visibility.MEMBERS, Visibility.EVERYONE)


class UnableToShowProfile(Refusal):
    pass


def is_wider(one: str, other: str) -> bool:
    return WIDTH.index(Visibility(one)) > WIDTH.index(Visibility(other))


@transaction.atomic
def save_profile(*, person: User, visibility: str, now: datetime, **facts: object) -> ResearcherProfile:
    """Who sees it may become fewer at once; more only by `show_profile`. Another university has to be proven
    anew.
    """
    # The person's row is held, so that two first profiles at once do not meet.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    profile = ResearcherProfile.objects.filter(person=person).first() or _new_profile(person)
    moved = profile.university_id != getattr(facts.get("university"), "pk", None)
    for name, value in facts.items():
        setattr(profile, name, value)
    if moved or not profile.verified:
        profile.verified = proof_of(profile)
        profile.verified_at = now if profile.verified else None
    if not is_wider(visibility, profile.visibility):
        profile.visibility = visibility
    profile.changed_at = now
    profile.save()
    write_profile_facets(profile)
    enqueue("research.suggest_for_reader", profile_id=profile.pk)
    if moved and profile.university and profile.verified == Verification.NONE:
        tell_named(profile=profile, now=now)
    return profile


@transaction.atomic
def show_profile(*, profile: ResearcherProfile, to: str, seen: datetime, now: datetime) -> None:
    """To more people. `seen` is `changed_at` of what its owner was shown before they agreed."""
    standing = ResearcherProfile.objects.filter(pk=profile.pk, changed_at=seen)
    if not standing.update(visibility=to, changed_at=now):
        raise UnableToShowProfile(_("Your profile has changed meanwhile. Look at it again."))
    profile.refresh_from_db()
    keep.saved(instance=profile)
    enqueue("research.suggest_for_reader", profile_id=profile.pk)


@transaction.atomic
def delete_profile(*, profile: ResearcherProfile) -> None:
    """Nothing of it is kept."""
    profile.delete()


def write_profile_facets(profile: ResearcherProfile) -> None:
    wanted = set(facets_of(profile))
    kept = {(facet.kind, facet.value): facet.pk for facet in profile.facets.all()}
    ProfileFacet.objects.filter(pk__in=[pk for key, pk in kept.items() if key not in wanted]).delete()
    ProfileFacet.objects.bulk_create(
        [
            ProfileFacet(profile=profile, kind=kind, value=value)
            for kind, value in sorted(wanted - kept.keys())
        ]
    )


def _new_profile(person: User) -> ResearcherProfile:
    return ResearcherProfile(person=person, key=secrets.token_hex(8))
