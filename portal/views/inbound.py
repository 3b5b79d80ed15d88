"""What came in and what became of it, for portal administrators: mails hold what people wrote."""

from __future__ import annotations

from email.policy import compat32
from itertools import islice

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.access import is_administrator
from portal.actions.inbound import settle_mail, try_again
from portal.enums import INBOUND_OPEN
from portal.forms.inbound import MailStateFilter
from portal.inbound.parsed import UnreadableMailError, parse_mail, readable
from portal.models import InboundMail, Suppression
from portal.outbox import lift_suppression
from portal.refusal import Refusal

ROWS_A_PAGE = 50
#: Characters of a mail's text on its page; the rest is in the download.
SHOWN_TEXT = 20_000
SHOWN_HEADERS = 100


@never_cache
@login_required
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """What somebody should look at, newest first; all states by the filter."""
    _administrators_only(request)
    form = MailStateFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    rows = InboundMail.objects.defer("raw")
    rows = rows.filter(state=state) if state else rows.filter(state__in=INBOUND_OPEN)
    found = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/inbound_mails.html", {"form": form, "found": found, "state": state})


@never_cache
@login_required
@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Headers and plain text. Nothing of the mail is loaded, run or opened."""
    row = _mail_or_404(request, pk)
    headers, text = _opened(row)
    context = {"mail": row, "headers": headers, "text": text, "is_open": row.state in INBOUND_OPEN}
    return render(request, "portal/inbound_mail.html", context)


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """As it came, for a mail program; a browser shall not show it."""
    row = _mail_or_404(request, pk)
    named = {"Content-Disposition": f'attachment; filename="mail-{row.pk}.eml"'}
    policy = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    return HttpResponse(bytes(row.raw), content_type="application/octet-stream", headers=named | policy)


@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        row = try_again(mail=_mail_or_404(request, pk), now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Read again: %(state)s. %(outcome)s")
        outcome = _(row.outcome) if row.outcome else ""
        messages.info(request, said % {"state": row.get_state_display(), "outcome": outcome})
    return redirect("inbox:mail", pk)


@login_required
@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        settle_mail(mail=_mail_or_404(request, pk), by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The mail is settled."))
    return redirect("inbox:mails")


@never_cache
@login_required
@require_safe
def suppressions(request: HttpRequest) -> HttpResponse:
    _administrators_only(request)
    found = Paginator(Suppression.objects.all(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/inbound_suppressions.html", {"found": found})


@login_required
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    _administrators_only(request)
    suppression = get_object_or_404(Suppression, pk=pk)
    lift_suppression(suppression=suppression)
    messages.success(request, _("Mail goes to %(address)s again.") % {"address": suppression.address})
    return redirect("inbox:suppressions")


def _administrators_only(request: HttpRequest) -> None:
    if not is_administrator(request.user):
        raise Http404


def _mail_or_404(request: HttpRequest, pk: int) -> InboundMail:
    _administrators_only(request)
    return get_object_or_404(InboundMail.objects.select_related("handled_by"), pk=pk)


def _opened(row: InboundMail) -> tuple[list[tuple[str, str]], str]:
    """By the parser that no header breaks; a mail that nobody can take apart is shown without its inside."""
    try:
        parsed = parse_mail(bytes(row.raw), policy=compat32)
        items = parsed.message.raw_items()
        headers = [(readable(name), readable(value)) for name, value in islice(items, SHOWN_HEADERS)]
        return headers, parsed.text[:SHOWN_TEXT]
    except (UnreadableMailError, RecursionError, LookupError, ValueError):
        return [], ""
