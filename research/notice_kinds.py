"""What the house of research tells people of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.enums import Delivery
from portal.notices import NoticeKind

KINDS = (
    NoticeKind(
        "proposed",
        _("Proposed projects"),
        _("A draft at a university that you coordinate waits for you to read and publish it."),
        _("Research"),
    ),
    NoticeKind(
        "project_returned",
        _("Projects given back"),
        _("The moderator gives a project back to you and says what to change."),
        _("Research"),
        transactional=True,
    ),
    NoticeKind(
        "project_published",
        _("Published projects"),
        _("A project that you sent to the moderator is public."),
        _("Research"),
    ),
    NoticeKind(
        "researcher_message",
        _("Messages to you as a researcher"),
        _("Somebody writes to you by the page of your profile."),
        _("Research"),
    ),
    NoticeKind(
        "affiliation_named",
        _("People who name your university"),
        _("A researcher names a university that you coordinate, without proof; say whether it is so."),
        _("Research"),
        default=Delivery.DAILY,
    ),
    NoticeKind(
        "affiliation_decided",
        _("Your affiliation"),
        _("A coordinator has said whether you work at the university that your profile names."),
        _("Research"),
    ),
    NoticeKind(
        "interest",
        _("Answers to your calls"),
        _("Somebody answers a call for partners of a project that you lead."),
        _("Research"),
    ),
    NoticeKind(
        "interest_invited",
        _("Invitations to a project"),
        _("You answered a call and are invited; join, or say no."),
        _("Research"),
        transactional=True,
    ),
    NoticeKind(
        "interest_moved",
        _("What becomes of your answers"),
        _("Your answer to a call was shortlisted or declined."),
        _("Research"),
    ),
    NoticeKind(
        "interest_answered",
        _("Joined or withdrawn"),
        _("Somebody has joined a project that you lead, or has taken an answer back."),
        _("Research"),
    ),
    NoticeKind(
        "interest_message",
        _("Messages about answers"),
        _("Somebody writes to you about an answer to a call."),
        _("Research"),
    ),
    NoticeKind(
        "call_ends",
        _("Calls that end soon"),
        _("A call for partners of a project that you lead ends in seven days."),
        _("Research"),
    ),
    NoticeKind(
        "call_expired",
        _("Calls that have ended"),
        _("The last day of a call for partners of a project that you lead is over."),
        _("Research"),
    ),
    NoticeKind(
        "lead_handed_over",
        _("The lead of a project"),
        _("The lead of a project goes to you, or somebody has taken it from you."),
        _("Research"),
        transactional=True,
    ),
    NoticeKind(
        "member_removed",
        _("Taken out of a project"),
        _("You belong to a project no more; its lead says why."),
        _("Research"),
        transactional=True,
    ),
    NoticeKind(
        "member_left",
        _("People who leave"),
        _("Somebody has left a project that you lead."),
        _("Research"),
    ),
    NoticeKind(
        "decision_recorded",
        _("Decisions"),
        _("Another member writes down a decision of a project that you belong to."),
        _("Research"),
        default=Delivery.DAILY,
    ),
    NoticeKind(
        "saved_search",
        _("News of saved searches"),
        _("Projects have come to fit a search that you saved; as often as you said there."),
        _("Research"),
    ),
)
