"""Somebody asks that a university may join; a portal administrator decides, and all that follows is made."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal.enums import JoinState, UniversityRole
from portal.joining_notices import tell_approved, tell_asked, tell_declined
from portal.models import JoinRequest, University, User
from portal.newcomers import has_proven_address
from portal.refusal import Refusal

from .leaving import take_back_university
from .people import know_person
from .universities import appoint, join_university

#: More than these one person does not ask for at a time; it also bounds the mails to administrators.
MOST_WAITING = 3


class UnableToAskToJoin(Refusal):
    pass


class UnableToDecideOnJoining(Refusal):
    pass


def ask_to_join(
    *,
    university: University,
    by: User,
    name: str,
    position: str,
    office_email: str,
    now: datetime,
    website: str = "",
    message: str = "",
) -> JoinRequest:
    request = JoinRequest(
        university=university,
        asked_by=by,
        name=" ".join(name.split()),
        position=" ".join(position.split()),
        office_email=office_email.strip(),
        website=website,
        message=message,
        created_at=now,
    )
    try:
        request.clean_fields(exclude=["decided_at", "decided_by"])
    except ValidationError as faults:
        raise UnableToAskToJoin(str(faults.messages[0])) from faults
    try:
        return _file(request, now)
    except IntegrityError as clash:
        said = _("You have asked for this university already; it is being checked.")
        raise UnableToAskToJoin(said) from clash


@transaction.atomic
def _file(request: JoinRequest, now: datetime) -> JoinRequest:
    # The person's row is held, so that two requests at once do not pass the limit together.
    by = User.objects.select_for_update(no_key=True).get(pk=request.asked_by_id)
    if not has_proven_address(by):
        raise UnableToAskToJoin(_("Confirm your e-mail address first, on the page of your account."))
    if University.objects.members().filter(pk=request.university_id).exists():
        raise UnableToAskToJoin(
            _("%(university)s takes part already. Ask its coordinator for a role there.")
            % {"university": request.university}
        )
    if by.join_requests.filter(state=JoinState.WAITING).count() >= MOST_WAITING:
        raise UnableToAskToJoin(_("Others of your requests still wait. Withdraw one, or wait for an answer."))
    request.save()
    log(instance=request.university, action="portal.join_ask", user=by, data={"request": request.pk})
    tell_asked(request=request, now=now)
    return request


@transaction.atomic
def withdraw_join(*, request: JoinRequest, now: datetime) -> None:
    _decide(request, JoinState.WITHDRAWN, by=request.asked_by, now=now)


@transaction.atomic
def approve_join(*, request: JoinRequest, coordinator: str, by: User, now: datetime) -> User:
    """The university takes part, and the owner of the address `coordinator` coordinates it.

    Others who asked for the same university are told that it takes part.
    """
    university = University.objects.select_for_update().get(pk=request.university_id)
    if university.joined_at is not None:
        raise UnableToDecideOnJoining(
            _("%(university)s takes part already. Decline this request.") % {"university": university}
        )
    _decide(request, JoinState.APPROVED, by=by, now=now)
    if university.departures.filter(returned_at=None).exists():
        take_back_university(university=university, by=by, now=now)
    else:
        join_university(university=university, now=now)
        log(instance=university, action="portal.join", user=by, data={"request": request.pk})
    person = _coordinator(coordinator, request)
    appoint(user=person, university=university, role=UniversityRole.COORDINATOR, by=by)
    tell_approved(request=request, coordinator=person, now=now)
    for other in university.join_requests.filter(state=JoinState.WAITING).order_by("pk"):
        reason = _("The university takes part by now. Ask its coordinator for a role there.")
        decline_join(request=other, reason=reason, by=by, now=now)
    return person


@transaction.atomic
def decline_join(*, request: JoinRequest, reason: str, by: User, now: datetime) -> None:
    """Told by mail, with the reason. Nothing keeps the person from asking again."""
    if not reason.strip():
        raise UnableToDecideOnJoining(_("Say why: the person is told."))
    _decide(request, JoinState.DECLINED, by=by, now=now, reason=reason.strip()[:1000])
    tell_declined(request=request, now=now)


def _decide(request: JoinRequest, state: JoinState, *, by: User, now: datetime, reason: str = "") -> None:
    facts = {"state": state, "decided_at": now, "decided_by": by, "reason": reason}
    moved = JoinRequest.objects.filter(pk=request.pk, state=JoinState.WAITING).update(**facts)
    if moved != 1:
        raise UnableToDecideOnJoining(_("This request has been decided already."))
    for name, value in facts.items():
        setattr(request, name, value)
    log(
        instance=request.university,
        action="portal.join_decide",
        user=by,
        data={"request": request.pk, "state": state.value},
    )


def _coordinator(email: str, request: JoinRequest) -> User:
    if email.strip().lower() == request.asked_by.email.lower():
        return request.asked_by
    person = know_person(email=email, language=request.asked_by.language)
    if not person.is_active:
        raise UnableToDecideOnJoining(_("The account of this coordinator is closed; name somebody else."))
    return person
