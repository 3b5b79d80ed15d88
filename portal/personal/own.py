"""What the ground floor keeps of a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, Revision

from portal.enums import UniversityRole
from portal.models import InboundMail, OutboxAttempt, OutboxMessage, University, User
from portal.queries.people import coordinators_of

ACCOUNT = (
    "email", "first_name", "last_name", "language", "time_zone", "date_joined", "last_login", "is_superuser"
)  # fmt: skip


def addresses_of(person: User) -> set[str]:
    own = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return {person.email.lower(), *(address.lower() for address in own)}


def names(person: User) -> Iterator[str]:
    yield person.get_full_name()
    yield from addresses_of(person)
    yield from person.join_requests.values_list("name", flat=True)


def hindrances(person: User) -> Iterator[str]:
    for university in University.objects.members().filter(
        role_groups__group__user=person, role_groups__role=UniversityRole.COORDINATOR
    ):
        if not coordinators_of(university).exclude(pk=person.pk).exists():
            yield _(
                "You are the only coordinator of %(university)s. Ask a portal administrator to appoint"
                " another one first, or to let the university leave."
            ) % {"university": university}
    if person.is_superuser and not _other_administrators(person):
        yield _("You are the only portal administrator. Make somebody else one first.")


def erase(person: User, now: datetime) -> None:
    """Rows that hang on the account go with it; here goes what does not."""
    ids = {
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    }
    Session.objects.filter(pk__in=ids).delete()


def export(person: User) -> dict[str, object]:
    by = {"user": person}
    uploaded = {"uploaded_by_user": person}
    return {
        "account": {name: _shown(getattr(person, name)) for name in ACCOUNT},
        "addresses": _rows(person.emailaddress_set, "email", "verified", "primary"),
        "roles": _rows(
            person.groups.exclude(university_role=None),
            "university_role__university__name",
            "university_role__role",
        ),
        "groups": _rows(person.groups, "name"),
        "notice_choices": _rows(person.notice_choices, "kind", "delivery", "chosen_at"),
        "digest_entries": _rows(
            person.digest_entries, "kind", "subject", "summary", "link", "created_at", "sent_at"
        ),
        "join_requests": _rows(
            person.join_requests,
            "university__name", "name", "position", "office_email", "website", "message", "state", "reason",
            "created_at", "decided_at",
        ),
        "mails_to_me": [_mail(mail) for mail in _mails_to(person)],
        "mails_from_me": _rows(
            InboundMail.objects.filter(sender__in=addresses_of(person)), "subject", "received_at", "outcome"
        ),
        "outbox_actions": _rows(OutboxAttempt.objects.filter(by=person), "at", "outcome"),
        "pages_log": _rows(PageLogEntry.objects.filter(**by), "action", "label", "timestamp"),
        "log": _rows(ModelLogEntry.objects.filter(**by), "action", "label", "timestamp"),
        "revisions": _rows(Revision.objects.filter(**by), "object_str", "created_at"),
        "comments": _rows(Comment.objects.filter(**by), "text", "created_at"),
        "comment_replies": _rows(CommentReply.objects.filter(**by), "text", "created_at"),
        "documents": _rows(Document.objects.filter(**uploaded), "title", "file", "created_at"),
        "pictures": _rows(Image.objects.filter(**uploaded), "title", "file", "created_at"),
    }  # fmt: skip


def _rows(rows, *columns: str) -> list[dict[str, object]]:
    return list(rows.order_by("pk").values(*columns))


def _mails_to(person: User) -> Iterator[OutboxMessage]:
    return OutboxMessage.objects.filter(recipient__in=addresses_of(person)).order_by("pk").iterator(200)


def _mail(mail: OutboxMessage) -> dict[str, object]:
    facts = {name: getattr(mail, name) for name in ("kind", "recipient", "subject", "created_at", "sent_at")}
    plain = (part for part in message_from_bytes(bytes(mail.mime)).walk() if _is_plain(part))
    return facts | {
        "text": "\n".join(part.get_payload(decode=True).decode(errors="replace") for part in plain)
    }


def _is_plain(part) -> bool:
    return part.get_content_type() == "text/plain"


def _shown(value: object) -> object:
    return value if value is None or isinstance(value, (bool, datetime)) else str(value)


def _other_administrators(person: User) -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk).exists()
