"""Mails about universities that join, written in the transaction of the change that they tell of."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from portal.models import JoinRequest, User
from portal.newcomers import has_proven_address
from portal.notices import notify
from portal.role_mails import way_in


def tell_asked(*, request: JoinRequest, now: datetime) -> None:
    """To every portal administrator."""
    link = f"{settings.BASE_URL}{reverse('join_request', args=[request.pk])}"
    for person in User.objects.filter(is_superuser=True, is_active=True).order_by("pk"):
        notify(
            person=person,
            kind="join_asked",
            dedupe_key=f"join_asked:{request.pk}",
            template="portal/join_asked",
            context={"request": request, "university": request.university, "review_url": link},
            link=link,
            now=now,
        )


def tell_approved(*, request: JoinRequest, coordinator: User, now: datetime) -> None:
    """To whom coordinates, with a way in; to whom asked as well where that is somebody else."""
    desk = reverse("exchange:desk")
    context = {
        "university": request.university,
        "asker": request.name,
        "cms_url": f"{settings.BASE_URL}{reverse('wagtailadmin_home')}",
        "desk_url": f"{settings.BASE_URL}{desk}",
    } | way_in(coordinator, then=desk, proven=has_proven_address(coordinator))
    _tell_decided(coordinator, "join_approved", request, context, now)
    if request.asked_by != coordinator:
        named = {"university": request.university, "coordinator": coordinator.email, "desk_url": ""}
        _tell_decided(request.asked_by, "join_approved", request, named, now)


def tell_declined(*, request: JoinRequest, now: datetime) -> None:
    context = {
        "university": request.university,
        "reason": request.reason,
        "join_url": f"{settings.BASE_URL}{reverse('join')}",
    }
    _tell_decided(request.asked_by, "join_declined", request, context, now)


def _tell_decided(
    person: User, kind: str, request: JoinRequest, context: dict[str, object], now: datetime
) -> None:
    notify(
        person=person,
        kind=kind,
        dedupe_key=f"{kind}:{request.pk}",
        template=f"portal/{kind}",
        context=context,
        link=f"{settings.BASE_URL}{reverse('join')}",
        now=now,
    )
