"""Mails about who works where."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from portal.models import University
from portal.notices import notify
from portal.queries.people import coordinators_of
from research.models import ResearcherProfile


def tell_named(*, profile: ResearcherProfile, now: datetime) -> None:
    """To the coordinators of the university that a profile names without proof, once each."""
    link = f"{settings.BASE_URL}{reverse('research:affiliations')}"
    facts = {"profile": profile, "university": profile.university, "link": link}
    for person in coordinators_of(profile.university).exclude(pk=profile.person_id):
        notify(
            person=person,
            kind="affiliation_named",
            dedupe_key=f"affiliation_named:{profile.pk}:{profile.university_id}",
            template="research/affiliation_named",
            context=facts,
            link=link,
            now=now,
        )


def tell_decided(
    *, profile: ResearcherProfile, university: University, verified: bool, now: datetime
) -> None:
    link = f"{settings.BASE_URL}{reverse('research:profile')}"
    notify(
        person=profile.person,
        kind="affiliation_decided",
        dedupe_key=f"affiliation_decided:{profile.pk}:{university.pk}:{verified:d}:{now:%Y%m%dT%H%M%S}",
        template="research/affiliation_decided",
        context={"university": university, "verified": verified, "link": link},
        link=link,
        now=now,
    )
