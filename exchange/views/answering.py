"""What the page in the portal and the page of the link have in common."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from exchange.actions.invitations import accept_invitation, decline_invitation
from exchange.enums import Actor, AnswerWay, FixtureState, InvitationState
from exchange.forms.answers import AnswerForm
from exchange.models import Invitation
from exchange.queries.dates import date_desk
from exchange.queries.invitations import with_facts
from portal.models import User
from portal.refusal import Refusal


def give_answer(form: AnswerForm, invitation: Invitation, *, by: User, via: AnswerWay, now: datetime) -> None:
    """Acts as a valid form says. Raises `UnableToAnswer`."""
    if form.accepts:
        accept_invitation(invitation=invitation, by=by, via=via, now=now)
    else:
        reason = form.whole_reason()
        decline_invitation(invitation=invitation, by=by, via=via, reason=reason, now=now)


def invitation_page(
    request: HttpRequest,
    template: str,
    invitation: Invitation,
    *,
    form: AnswerForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """The invitation as it stands now, whatever was known of it before."""
    invitation = with_facts(Invitation.objects.filter(pk=invitation.pk)).get()
    fixture, now = invitation.fixture, timezone.now()
    accepted = invitation.state == InvitationState.ACCEPTED and fixture.state == FixtureState.PROPOSED
    context = {
        "invitation": invitation,
        "fixture": fixture,
        "other": fixture.invitations.exclude(pk=invitation.pk).order_by("-pk").first(),
        "open": invitation.state == InvitationState.SENT and invitation.expires_at > now,
        "dates": date_desk(fixture, (Actor(invitation.side),), now=now),
        "may_take_back": accepted,
        "answer_form": form or AnswerForm(),
        "refusal": refusal,
    }
    return render(request, template, context, status=status)
