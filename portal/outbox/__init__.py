"""Mail that must not be lost: written in the transaction of the business change, sent from the database.

docs/explanation/outbox.md draws the states and says why.
"""

from .cancel import cancel_mails
from .render import render_mail
from .suppress import lift_suppression, suppress_address
from .sweep import Drained, drain, oldest_age
from .undelivered import count_undelivered
from .unwanted import hold_back_mails
from .write import enqueue_mail

__all__ = [
    "Drained",
    "cancel_mails",
    "count_undelivered",
    "drain",
    "enqueue_mail",
    "hold_back_mails",
    "lift_suppression",
    "oldest_age",
    "render_mail",
    "suppress_address",
]
