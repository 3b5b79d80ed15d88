"""What people are told by mail, and what of it they want: at once, once a day, never.

What somebody must act on or is bound by is sent always; the rest is theirs to choose. An app registers its
kinds in its AppConfig.ready; docs/reference/notices.md lists them.
"""

from .choices import deliveries_of, delivery_to, kinds_stopped_by
from .digests import DIGEST_TIME, next_digest, zone_of
from .kinds import (
    DIGEST,
    NoticeKind,
    UnknownKindError,
    choosable_kinds,
    kind_in_words,
    kind_of,
    register,
    sent_always,
)
from .links import (
    BadUnsubscribeLink,
    Unsubscribing,
    make_unsubscribe_link,
    mask_address,
    read_unsubscribe_token,
    unsubscribe_headers,
    ways_out,
)
from .tell import notify

__all__ = [
    "DIGEST",
    "DIGEST_TIME",
    "BadUnsubscribeLink",
    "NoticeKind",
    "UnknownKindError",
    "Unsubscribing",
    "choosable_kinds",
    "deliveries_of",
    "delivery_to",
    "kind_in_words",
    "kind_of",
    "kinds_stopped_by",
    "make_unsubscribe_link",
    "mask_address",
    "next_digest",
    "notify",
    "read_unsubscribe_token",
    "register",
    "sent_always",
    "unsubscribe_headers",
    "ways_out",
    "zone_of",
]
