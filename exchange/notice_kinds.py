"""What the exchange tells people of. What they must act on, and what binds them, they cannot turn off."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.enums import Delivery
from portal.notices import NoticeKind

FIXTURES = _("Fixtures")
CLUBS = _("Clubs")


def _sent_always(name: str, label: str, when: str, group: str = FIXTURES) -> NoticeKind:
    return NoticeKind(name, label, when, group, transactional=True)


KINDS = (
    _sent_always("invitation", _("Invitations"), _("An opponent has been found; please answer.")),
    # It carries the only link that still answers.
    _sent_always("reminder", _("Reminders"), _("An invitation still waits for your answer.")),
    _sent_always("withdrawn", _("Withdrawn invitations"), _("An invitation need not be answered any more.")),
    # These two take what was invited to out of calendars again.
    _sent_always("declined", _("Declined fixtures"), _("The other side said no; your dates are free again.")),
    _sent_always(
        "expired", _("Expired invitations"), _("Somebody did not answer in time; the dates are free.")
    ),
    _sent_always("confirmed", _("Confirmed fixtures"), _("Both sides have accepted.")),
    _sent_always("cancelled", _("Cancelled fixtures"), _("A fixture that both had accepted is off.")),
    _sent_always("postponed", _("Postponed fixtures"), _("A fixture needs another date.")),
    _sent_always(
        "offer", _("Other dates offered"), _("The other side offers dates; please pick one, or none.")
    ),
    _sent_always("new_date", _("New dates"), _("The two of you have agreed on another date.")),
    _sent_always(
        "arrangements", _("Changed arrangements"), _("Time, place or anything else is another now.")
    ),
    _sent_always("arrangements_due", _("Arrangements to confirm"), _("The fixture is near; please confirm.")),
    _sent_always(
        "arrangements_open", _("Unconfirmed arrangements"), _("You travel tomorrow and the host is silent.")
    ),
    _sent_always(
        "result", _("Results to confirm"), _("The other side has entered one; confirm or dispute it.")
    ),
    _sent_always(
        "result_disputed", _("Disputed results"), _("The other side says that yours is wrong; enter it anew.")
    ),
    _sent_always(
        "reply_refused",
        _("Answers that were not possible"),
        _("Your calendar has answered, and something else stands."),
    ),
    _sent_always("appointed", _("Being made an officer"), _("You may act for a club."), CLUBS),
    _sent_always("dismissed", _("Being removed from the officers"), _("You act for a club no more."), CLUBS),
    NoticeKind("club_message", _("Messages to your club"), _("Somebody writes to its officers."), CLUBS),
    NoticeKind(
        "offer_answered", _("Answers to your offers"), _("Of other dates that you offered."), FIXTURES
    ),
    NoticeKind(
        "result_asked", _("How it ended"), _("Some hours after a fixture, if nobody has said so."), FIXTURES
    ),
    NoticeKind(
        "arrangements_confirmed",
        _("Confirmed arrangements"),
        _("The host says that all of it holds."),
        FIXTURES,
    ),
    NoticeKind("pack", _("Visiting information"), _("Some days before you travel."), FIXTURES),
    NoticeKind(
        "result_final",
        _("Final results"),
        _("A result stands, and ratings follow."),
        FIXTURES,
        default=Delivery.DAILY,
    ),
)
