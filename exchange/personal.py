"""What the exchange keeps of a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from exchange.models import (
    Arrangements,
    Club,
    ClubMessage,
    DateOffer,
    FeedKey,
    FixtureMove,
    FixtureRequest,
    Invitation,
    MatchRun,
    Membership,
    Result,
    TeamContact,
)
from portal.models import User
from portal.personal.own import addresses_of


def hindrances(person: User) -> Iterator[str]:
    clubs = Club.objects.filter(memberships__user=person, university__joined_at__isnull=False)
    for club in clubs.select_related("university"):
        if not club.memberships.exclude(user=person).exists():
            yield _("You are the only officer of %(club)s. Add another one on the club's desk first.") % {
                "club": club
            }


def erase(person: User, now: datetime) -> None:
    """Contacts of squads hang on no account: they go by address and name, with the telephone beside it."""
    contacts_of(person).delete()
    name = person.get_full_name()
    if not name:
        return
    for side in ("host", "guest"):
        Arrangements.objects.filter(**{f"{side}_contact__iexact": name}).update(
            **{f"{side}_contact": "", f"{side}_phone": ""}
        )


def contacts_of(person: User) -> QuerySet[TeamContact]:
    """Those with an address of theirs; by name only at clubs they act for."""
    found = Q(pk=None)
    for address in addresses_of(person):
        found |= Q(email__iexact=address)
    if name := person.get_full_name():
        found |= Q(name__iexact=name, team__club__memberships__user=person)
    return TeamContact.objects.filter(pk__in=TeamContact.objects.filter(found).values("pk"))


def export(person: User) -> dict[str, object]:
    by, created = {"by": person}, {"created_by": person}
    return {
        "clubs": _rows(Membership.objects.filter(user=person), "club__name", "role", "since"),
        "contacts": _rows(contacts_of(person), "team__name", "name", "role", "phone", "email"),
        "messages_to_clubs": _rows(ClubMessage.objects.filter(writer=person), "club__name", "written_at"),
        "calendar_address": _rows(FeedKey.objects.filter(user=person), "version"),
        "requests": _rows(FixtureRequest.objects.filter(**created), "team__name", "season__name", "notes"),
        "runs": _rows(MatchRun.objects.filter(asked_by=person), "season__name", "state"),
        "moves": _rows(FixtureMove.objects.filter(**by), "fixture", "at", "move", "note"),
        "answers": _rows(
            Invitation.objects.filter(answered_by=person),
            "team__name", "state", "answered_at", "decline_reason",
        ),
        "offers": _rows(
            DateOffer.objects.filter(Q(**created) | Q(answered_by=person)), "fixture", "note", "created_at"
        ),
        "results": _rows(
            Result.objects.filter(Q(entered_by=person) | Q(answered_by=person)),
            "fixture", "host_score", "guest_score", "detail", "dispute", "entered_at",
        ),
        "arrangements": _rows(
            Arrangements.objects.filter(Q(changed_by=person) | Q(confirmed_by=person)), "fixture", "notes"
        ),
    }  # fmt: skip


def _rows(rows: QuerySet, *columns: str) -> list[dict[str, object]]:
    return list(rows.order_by("pk").values(*columns))
