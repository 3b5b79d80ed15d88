"""Answers to calls: given by a person, moved and talked about by both sides."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from research.actions.interest_messages import TALKING, UnableToWrite, write_message
from research.actions.interest_moves import UnableToMove, move_interest
from research.actions.interests import UnableToAnswer, express_interest
from research.answering import why_not_answer
from research.call_access import interest_for, visible_call
from research.enums import InterestActor, InterestMove, InterestState, interest_moves
from research.forms.interests import DeclineForm, InterestForm, MessageForm, MoveForm
from research.models import Interest
from research.person_names import profile_of
from research.queries.interests import interests_of
from research.queries.leads import leaders_of

PAGE_SIZE = 20

#: What is said once an answer has been moved.
DONE = {
    InterestMove.SHORTLIST: gettext_lazy("Shortlisted. They are told by mail."),
    InterestMove.INVITE: gettext_lazy("Invited. They are told by mail, and join or say no."),
    InterestMove.DECLINE: gettext_lazy("Declined. They are told by mail, with the reason."),
    InterestMove.JOIN: gettext_lazy(
        "You belong to the project now. You and its lead see each other's addresses."
    ),
    InterestMove.WITHDRAW: gettext_lazy("Your answer is withdrawn. The lead is told."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_answer(request: HttpRequest, pk: int) -> HttpResponse:
    call, now = visible_call(request.user, pk), timezone.now()
    form = InterestForm(request.POST if request.method == "POST" else None, person=request.user)
    context = {"form": form, "call": call, "project": call.project, "profile": profile_of(request.user)}
    if form.is_valid():
        try:
            express_interest(call=call, **form.cleaned_data, by=request.user, now=now)
        except UnableToAnswer as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer is with the lead of the project."))
            return redirect("research:interests")
    elif request.method != "POST":
        context["fault"] = why_not_answer(call, request.user, now)
    return render(request, "research/interests/form.html", context)


@login_required
@require_safe
def interests(request: HttpRequest) -> HttpResponse:
    found = Paginator(interests_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "research/interests/mine.html", {"found": found})


@login_required
@never_cache
@require_safe
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    shown, actor = interest_for(request.user, pk)
    return _page(request, shown, actor)


@login_required
@require_POST
def interest_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Declining asks for a reason; all else is one button."""
    moved, actor = interest_for(request.user, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _page(request, moved, actor, status=400)
    move, facts = InterestMove(form.cleaned_data["move"]), {}
    if move == InterestMove.DECLINE:
        decline = DeclineForm(request.POST)
        if not decline.is_valid():
            return _page(request, moved, actor, decline_form=decline, form=decline)
        facts = decline.cleaned_data
    elif move == InterestMove.JOIN:
        facts = {"shown": form.cleaned_data["shown"]}
    try:
        move_interest(interest=moved, move=move, by=request.user, now=timezone.now(), **facts)
    except UnableToMove as refusal:
        current, actor = interest_for(request.user, pk)
        return _page(request, current, actor, refusal=refusal, status=409)
    messages.success(request, DONE[move])
    if request.POST.get("back") == "desk":
        return redirect("research:desk", moved.call.project_id)
    return redirect("research:interest", moved.pk)


@login_required
@require_POST
def interest_write(request: HttpRequest, pk: int) -> HttpResponse:
    about, actor = interest_for(request.user, pk)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, about, actor, message_form=form, form=form)
    try:
        write_message(interest=about, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
    except UnableToWrite as refusal:
        return _page(request, about, actor, message_form=form, refusal=refusal, status=409)
    messages.success(request, _("Your message is sent."))
    return redirect("research:interest", about.pk)


def _page(
    request: HttpRequest, interest: Interest, actor: InterestActor, *, status: int = 200, **facts: object
) -> HttpResponse:
    """`facts`: forms that did not do, with what was typed, or a refusal."""
    project = interest.call.project
    joined = interest.state == InterestState.JOINED
    context = {
        "interest": interest,
        "call": interest.call,
        "project": project,
        "profile": profile_of(interest.person),
        "as_lead": actor == InterestActor.LEAD,
        "moves": interest_moves(actor, interest.state),
        "talk": interest.messages.select_related("by__researcher_profile"),
        "may_write": interest.state in TALKING,
        # Both have agreed: they see whom to write to.
        "leaders": leaders_of(project) if joined else [],
        "decline_form": DeclineForm(),
        "message_form": MessageForm(),
    }
    return render(request, "research/interests/interest.html", context | facts, status=status)
