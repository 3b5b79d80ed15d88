from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.enums import Delivery

Words = str | Promise


class UnknownKindError(LookupError):
    pass


@dataclass(frozen=True, slots=True)
class NoticeKind:
    #: Also the kind of its mails in the outbox.
    name: str
    label: Words
    #: When it comes, in a sentence.
    help: Words
    #: The heading on the page of choices.
    group: Words
    #: Somebody must act on it or is bound by it: nobody can turn it off.
    transactional: bool = False
    default: Delivery = Delivery.AT_ONCE


#: The mail that all notices of a day come in. Turning it off turns off whatever would be in it.
DIGEST = NoticeKind("digest", _("Daily digest"), _("Once a day, if there is anything to tell."), _("Digest"))

_kinds = {DIGEST.name: DIGEST}


def register(*kinds: NoticeKind) -> None:
    for kind in kinds:
        if _kinds.setdefault(kind.name, kind) != kind:
            raise ValueError(f"There is another kind of notice named {kind.name!r}.")


def kind_of(name: str) -> NoticeKind:
    """Raises `UnknownKindError`: what is not registered would be sent to people who cannot turn it off."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKindError(f"No app has registered a kind of notice named {name!r}.") from None


def kind_in_words(name: str) -> str:
    """Mails about accounts, say, are of no kind that people meet in their choices: their name stands."""
    kind = _kinds.get(name)
    return str(kind.label) if kind else name


def choosable_kinds() -> list[NoticeKind]:
    """Without the digest, which is a way and no kind of its own."""
    return [kind for kind in _kinds.values() if not kind.transactional and kind != DIGEST]


def sent_always() -> list[NoticeKind]:
    return [kind for kind in _kinds.values() if kind.transactional]
