"""What waits, what left and what did not, for portal administrators: mails hold what concerns others."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access import is_administrator
from portal.actions.outbox import discard_mail, resend_mail
from portal.enums import MAIL_DISCARDABLE, MAIL_RESENDABLE
from portal.forms.outbox import MailFilter
from portal.models import OutboxMessage
from portal.outbox.shown import show_mail
from portal.queries.outbox import count_mails, find_kinds, find_mails
from portal.refusal import Refusal

ROWS_A_PAGE = 50


@never_cache
@login_required
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """How old the oldest is, how many stand where, and the mails themselves, newest first."""
    _administrators_only(request)
    form = MailFilter(request.GET, kinds=find_kinds())
    asked = form.cleaned_data if form.is_valid() else {}
    found = Paginator(find_mails(**asked), ROWS_A_PAGE).get_page(request.GET.get("page"))
    figures = count_mails(now=timezone.now())
    counts = [(state, figures.mails[state]) for state in figures.mails]
    context = {
        "form": form,
        "found": found,
        "figures": figures,
        "counts": counts,
        "asked": any(asked.values()),
    }
    return render(request, "portal/outbox_mails.html", context)


@never_cache
@login_required
@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Its headers and its text; nothing of it is loaded, run or opened."""
    return render(request, "portal/outbox_mail.html", _told(_mail_or_404(request, pk)))


@login_required
@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    row = _mail_or_404(request, pk)
    try:
        resend_mail(mail=row, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The mail will be sent again."))
    return redirect("outbox_mail", row.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more before."""
    row = _mail_or_404(request, pk)
    if request.method != "POST":
        return render(request, "portal/outbox_discard.html", _told(row))
    try:
        discard_mail(mail=row, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The mail is discarded and will not be sent."))
    return redirect("outbox_mail", row.pk)


def _administrators_only(request: HttpRequest) -> None:
    if not is_administrator(request.user):
        raise Http404


def _mail_or_404(request: HttpRequest, pk: int) -> OutboxMessage:
    _administrators_only(request)
    return get_object_or_404(OutboxMessage, pk=pk)


def _told(row: OutboxMessage) -> dict[str, object]:
    return {
        "mail": row,
        "shown": show_mail(bytes(row.mime)),
        "history": row.tries.select_related("by"),
        "may_resend": row.state in MAIL_RESENDABLE and row.mime,
        "may_discard": row.state in MAIL_DISCARDABLE,
    }
