"""Mails about who may write the pages of a university."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from portal.models import University, User
from portal.outbox import enqueue_mail, render_mail
from portal.role_mails import key_of_the_day, way_in


def tell_appointed(*, university: University, person: User, by: User, proven: bool, now: datetime) -> None:
    cms = reverse("wagtailadmin_home")
    context = {"university": university, "by": by, "cms_url": f"{settings.BASE_URL}{cms}"}
    _tell(
        person,
        "editor_appointed",
        context | way_in(person, then=cms, proven=proven),
        key_of_the_day(appointed_key(university, person), now),
        now,
    )


def tell_dismissed(*, university: University, person: User, by: User, now: datetime) -> None:
    key = f"editor_dismissed:{university.pk}:{person.pk}:{now:%Y-%m-%d}"
    _tell(person, "editor_dismissed", {"university": university, "by": by}, key, now)


def appointed_key(university: University, person: User) -> str:
    return f"editor_appointed:{university.pk}:{person.pk}"


def _tell(person: User, kind: str, context: dict[str, object], key: str, now: datetime) -> None:
    subject, text, html = render_mail(f"portal/{kind}", context, person.language)
    enqueue_mail(kind=kind, dedupe_key=key, recipient=person, subject=subject, text=text, html=html, now=now)
