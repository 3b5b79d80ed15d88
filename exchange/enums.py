"""States of requests, runs, fixtures and invitations, with the groups and moves that belong to them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    HOST = "host", _("host")
    GUEST = "guest", _("guest")


class FixtureState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired")
    CANCELLED = "cancelled", _("cancelled")


#: Fixtures that hold their date, their teams and their venue.
FIXTURE_LIVE = (FixtureState.PROPOSED, FixtureState.CONFIRMED)
FIXTURE_MOVES = {
    FixtureState.PROPOSED: {FixtureState.CONFIRMED, FixtureState.DECLINED, FixtureState.EXPIRED},
    FixtureState.CONFIRMED: {FixtureState.CANCELLED},
}


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
    InvitationState.ACCEPTED: {InvitationState.WITHDRAWN},
}


class AnswerWay(TextChoices):
    PORTAL = "portal", _("in the portal")
    LINK = "link", _("by the link in the mail")
