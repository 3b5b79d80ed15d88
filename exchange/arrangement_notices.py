"""Mails about arrangements. Each is written in the transaction of the change that it tells of.

None of them holds a telephone number: mails are forwarded, and kept for years. Numbers stand in the visiting
information, behind signing in (docs/decisions/0014).
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from exchange.arranging import Change, lacking
from exchange.enums import Side
from exchange.models import Arrangements, Fixture
from exchange.notices import tell_sides
from portal.outbox import cancel_mails

#: The rest of a contact is told behind signing in.
NOT_MAILED = {"host_phone", "guest_phone"}


def tell_changed(
    *, fixture: Fixture, row: Arrangements, side: Side, changes: list[Change], now: datetime
) -> None:
    _tell(
        "arrangements",
        fixture,
        row,
        (side,),
        now,
        changes=[one for one in changes if one.name not in NOT_MAILED],
        phone_changed=any(one.name in NOT_MAILED for one in changes),
        pack_sent=row.pack_sent_at is not None,
    )


def tell_due(*, fixture: Fixture, row: Arrangements, now: datetime) -> None:
    """Asks the host to confirm, and says what lacks."""
    _tell("arrangements_due", fixture, row, (Side.HOST,), now, lacks=bool(lacking(fixture, row)))


def tell_unconfirmed(*, fixture: Fixture, row: Arrangements, now: datetime) -> None:
    _tell("arrangements_open", fixture, row, (Side.GUEST,), now)


def tell_confirmed(*, fixture: Fixture, row: Arrangements, now: datetime) -> None:
    """What says the contrary and has not left yet need not leave any more."""
    for kind in ("arrangements_due", "arrangements_open"):
        cancel_mails(dedupe_prefix=f"{kind}:{fixture.pk}")
    _tell("arrangements_confirmed", fixture, row, (Side.GUEST,), now)


def tell_pack(*, fixture: Fixture, row: Arrangements, now: datetime) -> None:
    for side in Side:
        _tell("pack", fixture, row, (side,), now)


def _tell(
    kind: str, fixture: Fixture, row: Arrangements, sides: tuple[Side, ...], now: datetime, **facts: object
) -> None:
    tell_sides(
        kind,
        fixture,
        tuple(fixture.team_of(side) for side in sides),
        now,
        revision=row.revision,
        arrangements=row,
        pack_link=settings.BASE_URL + reverse("exchange:pack", args=[fixture.pk]),
        pdf_link=settings.BASE_URL + reverse("exchange:pack_pdf", args=[fixture.pk]),
        **facts,
    )
