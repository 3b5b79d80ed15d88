"""How late something was, and who did it, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.enums import Actor, Move
from exchange.models import FixtureMove

#: From here on days say more than hours.
LEAST_DAYS = 48


def lateness_words(hours: int) -> str:
    """3 days before the kick-off; of whole hours, rounded down as the history keeps them."""
    if hours < 0:
        return _("after the kick-off")
    if hours == 0:
        return _("less than an hour before the kick-off")
    if hours < LEAST_DAYS:
        return ngettext(
            "%(count)s hour before the kick-off", "%(count)s hours before the kick-off", hours
        ) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)s day before the kick-off", "%(count)s days before the kick-off", days) % {
        "count": days
    }


def actor_words(actor: str) -> str:
    return {
        Actor.HOST: _("by the host"),
        Actor.GUEST: _("by the guest"),
        Actor.ADMINISTRATOR: _("by a portal administrator"),
        Actor.CLOCK: _("by itself"),
    }[Actor(actor)]


def move_words(move: FixtureMove) -> str:
    return {
        Move.ACCEPT: _("Accepted"),
        Move.DECLINE: _("Declined"),
        Move.WITHDRAW: _("Withdrawn"),
        Move.EXPIRE: _("Expired"),
        Move.AGREE_DATE: _("Another date agreed"),
        Move.POSTPONE: _("Postponed"),
        Move.CANCEL: _("Cancelled"),
        Move.PLAY: _("Played"),
        Move.ENTER_RESULT: _("Result entered"),
        Move.CONFIRM_RESULT: _("Result confirmed"),
        Move.DISPUTE_RESULT: _("Result disputed"),
        Move.LET_STAND: _("Result left to stand"),
        Move.DECIDE: _("Result decided"),
    }[Move(move.move)]
