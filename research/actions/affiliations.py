"""How the portal comes to know that a researcher works where they say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.encoding import punycode
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal.models import University, UniversityGroup, User
from portal.refusal import Refusal
from research.affiliation_notices import tell_decided
from research.enums import Verification
from research.models import ResearcherProfile


class UnableToDecideOnAffiliation(Refusal):
    pass


def proof_of(profile: ResearcherProfile) -> Verification:
    """A role that the university gave, or a proven address at one of its domains."""
    if profile.university is None:
        return Verification.NONE
    roles = UniversityGroup.objects.filter(university=profile.university, group__user=profile.person)
    if roles.exists():
        return Verification.COORDINATOR
    domains = [*profile.university.domains, *profile.university.own_domains]
    proven = EmailAddress.objects.filter(user=profile.person, verified=True).values_list("email", flat=True)
    return Verification.MAIL if any(is_at(address, domains) for address in proven) else Verification.NONE


def is_at(address: str, domains: Iterable[str]) -> bool:
    """Whether the address is at one of the domains, or below it: anna@stud.bsu.by is at bsu.by."""
    host = _ascii(address.rpartition("@")[2])
    return any(host == domain or host.endswith(f".{domain}") for domain in map(_ascii, domains) if domain)


@transaction.atomic
def recheck_affiliation(*, profile: ResearcherProfile, now: datetime) -> None:
    """After an address was proven or removed, or domains have changed; what a coordinator said stays."""
    kept = ResearcherProfile.objects.filter(pk=profile.pk, university=profile.university)
    kept = kept.exclude(verified=Verification.COORDINATOR)
    proof = proof_of(profile)
    kept.exclude(verified=proof).update(verified=proof, verified_at=now if proof else None)


@transaction.atomic
def verify_affiliation(*, profile: ResearcherProfile, by: User, now: datetime) -> None:
    facts = {"verified": Verification.COORDINATOR, "verified_at": now}
    _decide(profile, "research.affiliation_verify", by, facts)
    tell_decided(profile=profile, university=profile.university, verified=True, now=now)


@transaction.atomic
def refuse_affiliation(*, profile: ResearcherProfile, by: User, now: datetime) -> None:
    """The profile names no university any more; its owner is told."""
    facts = {"university": None, "verified": Verification.NONE, "verified_at": None, "changed_at": now}
    _decide(profile, "research.affiliation_refuse", by, facts)
    tell_decided(profile=profile, university=profile.university, verified=False, now=now)


@transaction.atomic
def set_domains(*, university: University, domains: list[str], by: User, now: datetime) -> None:
    """Of the university's mail, beside those of the register; everybody who named it is checked anew."""
    University.objects.filter(pk=university.pk).update(own_domains=domains)
    log(instance=university, action="portal.domains", user=by, data={"domains": domains})
    for profile in ResearcherProfile.objects.filter(university=university).select_related(
        "university", "person"
    ):
        recheck_affiliation(profile=profile, now=now)


def recheck_person(*, person: User, now: datetime) -> None:
    profile = ResearcherProfile.objects.select_related("university").filter(person=person).first()
    if profile is not None:
        recheck_affiliation(profile=profile, now=now)


def _decide(profile: ResearcherProfile, action: str, by: User, facts: dict[str, object]) -> None:
    """Only as long as the profile still names the university that was looked at."""
    standing = ResearcherProfile.objects.filter(pk=profile.pk, university_id=profile.university_id)
    if not standing.update(**facts):
        raise UnableToDecideOnAffiliation(_("This profile names another university by now."))
    # The university's own history: a profile's would keep the name for ever.
    log(instance=profile.university, action=action, user=by, data={"profile": profile.pk})


def _ascii(domain: str) -> str:
    try:
        return punycode(domain.strip().lower())
    except UnicodeError:
        return ""
