"""Mails about who may act for a club. Those about fixtures are in notices.py."""

from __future__ import annotations

from datetime import datetime
from email.utils import formataddr

from django.conf import settings
from django.urls import reverse

from exchange.models import ClubMessage, Membership
from portal.models import DigestEntry, OutboxMessage, User
from portal.notices import notify
from portal.outbox import enqueue_mail, render_mail
from portal.outbox.addresses import wire_address
from portal.outbox.mime import one_line
from portal.role_mails import key_of_the_day, way_in


def tell_appointed(*, membership: Membership, by: User, proven: bool, now: datetime) -> None:
    """`proven`: the person has an account that works, and needs no link to set a password."""
    person, club = membership.user, membership.club
    desk = reverse("exchange:club", args=[club.pk])
    context = {
        "club": club,
        "by": by,
        "desk_url": f"{settings.BASE_URL}{desk}",
    } | way_in(person, then=desk, proven=proven)
    subject, text, html = render_mail("exchange/appointed", context, person.language)
    enqueue_mail(
        kind="appointed",
        dedupe_key=key_of_the_day(appointed_key(membership), now),
        recipient=person,
        subject=subject,
        text=text,
        html=html,
        now=now,
    )


def tell_dismissed(*, membership: Membership, by: User, now: datetime) -> None:
    person = membership.user
    subject, text, html = render_mail(
        "exchange/dismissed", {"club": membership.club, "by": by}, person.language
    )
    enqueue_mail(
        kind="dismissed",
        dedupe_key=f"dismissed:{membership.club_id}:{membership.user_id}:{now:%Y-%m-%d}",
        recipient=person,
        subject=subject,
        text=text,
        html=html,
        now=now,
    )


def tell_message(
    *, message: ClubMessage, reader: User, subject: str, text: str, now: datetime
) -> OutboxMessage | DigestEntry | None:
    """The writer has agreed that readers see their name and address; the mail is answered to it."""
    writer, club = message.writer, message.club
    facts = {"club": club, "writer": writer, "address": writer.email, "about": subject, "text": text}
    return notify(
        person=reader,
        kind="club_message",
        dedupe_key=f"club_message:{message.pk}",
        template="exchange/club_message",
        context=facts,
        link=f"{settings.BASE_URL}{reverse('exchange:club', args=[club.pk])}",
        now=now,
        headers={"Reply-To": formataddr((one_line(writer.get_full_name()), wire_address(writer.email)))},
    )


def appointed_key(membership: Membership) -> str:
    """Of club and person, since who is dismissed and appointed again has a new membership each time."""
    return f"appointed:{membership.club_id}:{membership.user_id}"
