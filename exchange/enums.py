"""States of requests, runs, fixtures and invitations, with the groups and moves that belong to them."""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MemberRole(TextChoices):
    OFFICER = "officer", _("Officer")


class RequestState(TextChoices):
    OPEN = "open", _("open")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DayUse(TextChoices):
    """What a request says of one day; the month grid cycles through them in this order."""

    HOST = "host", _("host")
    TRAVEL = "travel", _("travel")
    BOTH = "both", _("host or travel")


#: Days on which a request can host, and on which it can travel.
HOST_USES = (DayUse.HOST, DayUse.BOTH)
TRAVEL_USES = (DayUse.TRAVEL, DayUse.BOTH)


class RunTrigger(TextChoices):
    NIGHTLY = "nightly", _("every night")
    BUTTON = "button", _("by hand")
    CHANGE = "change", _("after a change")


class RunState(TextChoices):
    QUEUED = "queued", _("waiting for a worker")
    COMPUTING = "computing", _("computing")
    STAGED = "staged", _("checking")
    VERIFIED = "verified", _("waiting for approval")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")
    FAILED = "failed", _("failed")


#: Runs that are still on their way; a season has one at most.
RUN_ACTIVE = (RunState.QUEUED, RunState.COMPUTING, RunState.STAGED)
#: From which states a run may move to which.
RUN_MOVES = {
    RunState.QUEUED: {RunState.COMPUTING, RunState.FAILED},
    RunState.COMPUTING: {RunState.QUEUED, RunState.STAGED, RunState.FAILED},
    RunState.STAGED: {RunState.VERIFIED, RunState.FAILED},
    RunState.VERIFIED: {RunState.PUBLISHED, RunState.SUPERSEDED, RunState.FAILED},
    RunState.PUBLISHED: {RunState.SUPERSEDED},
}


class ComponentState(TextChoices):
    """Of a part of a large run. The first two are those of a run, so that one kind of lease serves both."""

    QUEUED = RunState.QUEUED.value, _("waiting for a worker")
    COMPUTING = RunState.COMPUTING.value, _("computing")
    DONE = "done", _("done")


class Side(TextChoices):
    HOST = "host", pgettext_lazy("side", "host")
    GUEST = "guest", pgettext_lazy("side", "guest")


class Actor(TextChoices):
    """Who moves a fixture. Coordinators act as the side of their university."""

    HOST = Side.HOST.value, pgettext_lazy("side", "host")
    GUEST = Side.GUEST.value, pgettext_lazy("side", "guest")
    ADMINISTRATOR = "administrator", _("portal administrator")
    CLOCK = "clock", _("the portal itself")


SIDES = (Actor.HOST, Actor.GUEST)


class FixtureState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    POSTPONED = "postponed", _("postponed")
    PLAYED = "played", _("played")
    RESULT_ENTERED = "entered", _("result entered")
    DISPUTED = "disputed", _("result disputed")
    RESULT_CONFIRMED = "final", _("result confirmed")
    WALKOVER = "walkover", _("walkover")
    ABANDONED = "abandoned", _("abandoned")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CANCELLED = "cancelled", _("cancelled")


#: How a fixture that has begun may end.
FIXTURE_ENDED = (FixtureState.RESULT_CONFIRMED, FixtureState.WALKOVER, FixtureState.ABANDONED)
#: The day has come; what is still open is the result.
FIXTURE_BEGUN = (
    FixtureState.PLAYED,
    FixtureState.RESULT_ENTERED,
    FixtureState.DISPUTED,
    *FIXTURE_ENDED,
)
#: Fixtures that hold their date, their teams and their venue.
FIXTURE_HOLDS = (FixtureState.PROPOSED, FixtureState.CONFIRMED, *FIXTURE_BEGUN)
#: Pairs that no run may pair once more; a postponed fixture waits for another date.
FIXTURE_LIVE = (*FIXTURE_HOLDS, FixtureState.POSTPONED)
#: Still to be played, and so still to be talked about.
FIXTURE_COMING = (FixtureState.PROPOSED, FixtureState.CONFIRMED, FixtureState.POSTPONED)
#: Both clubs had agreed once: everybody may see what has become of it.
FIXTURE_PUBLIC = (
    FixtureState.CONFIRMED,
    FixtureState.POSTPONED,
    FixtureState.CANCELLED,
    *FIXTURE_BEGUN,
)


class Move(TextChoices):
    """What may be done with a fixture."""

    ACCEPT = "accept", _("accept")
    DECLINE = "decline", _("decline")
    WITHDRAW = "withdraw", _("withdraw")
    EXPIRE = "expire", _("let expire")
    AGREE_DATE = "agree-date", _("agree on another date")
    POSTPONE = "postpone", _("postpone")
    CANCEL = "cancel", _("cancel")
    PLAY = "play", _("play")
    ENTER_RESULT = "enter-result", _("enter the result")
    CONFIRM_RESULT = "confirm-result", _("confirm the result")
    DISPUTE_RESULT = "dispute-result", _("dispute the result")
    LET_STAND = "let-stand", _("let the result stand")
    DECIDE = "decide", _("decide")


class MoveRule(NamedTuple):
    move: Move
    sources: tuple[FixtureState, ...]
    actors: tuple[Actor, ...]
    targets: tuple[FixtureState, ...]


#: The life of a fixture: who may do what, when, and what it may become (docs/explanation/fixtures.md).
#: An acceptance confirms only when it is the second one. Who has entered a result does not confirm or dispute
#: it, and results wait for the kick-off; the actions see to that.
FIXTURE_MOVES = (
    MoveRule(Move.ACCEPT, (FixtureState.PROPOSED,), SIDES, (FixtureState.PROPOSED, FixtureState.CONFIRMED)),
    MoveRule(Move.DECLINE, (FixtureState.PROPOSED,), SIDES, (FixtureState.DECLINED,)),
    MoveRule(
        Move.WITHDRAW,
        (FixtureState.PROPOSED,),
        (*SIDES, Actor.ADMINISTRATOR),
        (FixtureState.WITHDRAWN,),
    ),
    MoveRule(Move.EXPIRE, (FixtureState.PROPOSED,), (Actor.CLOCK,), (FixtureState.EXPIRED,)),
    MoveRule(Move.AGREE_DATE, FIXTURE_COMING, SIDES, (FixtureState.CONFIRMED,)),
    MoveRule(
        Move.POSTPONE,
        (FixtureState.CONFIRMED,),
        (*SIDES, Actor.ADMINISTRATOR),
        (FixtureState.POSTPONED,),
    ),
    MoveRule(
        Move.CANCEL,
        (FixtureState.CONFIRMED, FixtureState.POSTPONED),
        (*SIDES, Actor.ADMINISTRATOR),
        (FixtureState.CANCELLED,),
    ),
    # Nobody has found another date before the season was over.
    MoveRule(Move.CANCEL, (FixtureState.POSTPONED,), (Actor.CLOCK,), (FixtureState.CANCELLED,)),
    MoveRule(Move.PLAY, (FixtureState.CONFIRMED,), (Actor.CLOCK,), (FixtureState.PLAYED,)),
    MoveRule(
        Move.ENTER_RESULT,
        (
            FixtureState.CONFIRMED,
            FixtureState.PLAYED,
            FixtureState.RESULT_ENTERED,
            FixtureState.DISPUTED,
        ),
        SIDES,
        (FixtureState.RESULT_ENTERED,),
    ),
    MoveRule(Move.CONFIRM_RESULT, (FixtureState.RESULT_ENTERED,), SIDES, FIXTURE_ENDED),
    MoveRule(Move.DISPUTE_RESULT, (FixtureState.RESULT_ENTERED,), SIDES, (FixtureState.DISPUTED,)),
    MoveRule(Move.LET_STAND, (FixtureState.RESULT_ENTERED,), (Actor.CLOCK,), FIXTURE_ENDED),
    MoveRule(
        Move.DECIDE,
        (FixtureState.RESULT_ENTERED, FixtureState.DISPUTED),
        (Actor.ADMINISTRATOR,),
        FIXTURE_ENDED,
    ),
)


def rule_of(move: Move, actor: Actor, state: FixtureState) -> MoveRule | None:
    """The rule that lets `actor` make this move with a fixture in `state`; None if nothing does."""
    fits = (rule for rule in FIXTURE_MOVES if rule.move == move and actor in rule.actors)
    return next((rule for rule in fits if state in rule.sources), None)


class InvitationState(TextChoices):
    SENT = "sent", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


INVITATION_LIVE = (InvitationState.SENT, InvitationState.ACCEPTED)
INVITATION_MOVES = {
    InvitationState.SENT: {
        InvitationState.ACCEPTED,
        InvitationState.DECLINED,
        InvitationState.EXPIRED,
        InvitationState.WITHDRAWN,
    },
    # Who has accepted may have to take it back.
    InvitationState.ACCEPTED: {InvitationState.WITHDRAWN},
}


class AnswerWay(TextChoices):
    PORTAL = "portal", _("in the portal")
    LINK = "link", _("by the link in the mail")
    CALENDAR = "calendar", _("from the calendar")
    CLOCK = "clock", _("by itself")


class OfferState(TextChoices):
    """Of an offer of other dates."""

    OPEN = "open", _("waiting for an answer")
    PICKED = "picked", _("agreed")
    REFUSED = "refused", _("none of them suits")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class ResultKind(TextChoices):
    PLAYED = "played", _("played to the end")
    HOST_ABSENT = "host-absent", _("walkover: the host did not play")
    GUEST_ABSENT = "guest-absent", _("walkover: the guest did not come")
    ABANDONED = "abandoned", _("abandoned")


#: What a fixture becomes when such a result stands.
ENDED_BY = {
    ResultKind.PLAYED: FixtureState.RESULT_CONFIRMED,
    ResultKind.HOST_ABSENT: FixtureState.WALKOVER,
    ResultKind.GUEST_ABSENT: FixtureState.WALKOVER,
    ResultKind.ABANDONED: FixtureState.ABANDONED,
}


class ResultState(TextChoices):
    """Of one entry; a fixture may have had several, the last one counts."""

    ENTERED = "entered", _("waits for the other side")
    DISPUTED = "disputed", _("disputed")
    REPLACED = "replaced", _("replaced by a later entry")
    STANDS = "stands", _("stands")
