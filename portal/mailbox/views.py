from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .forms import MailFilter
from .maildir import CaughtMail, list_mails, read_headers, read_mail

MAILS_A_PAGE = 50
#: Nothing is loaded, nothing runs; inline styles apply, and links open in the whole window.
BODY_POLICY = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline';"
    " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@never_cache
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """The caught mails, newest first."""
    form = MailFilter(request.GET)
    to = form.cleaned_data["to"] if form.is_valid() else ""
    found = Paginator(list_mails(_folder(), to=to), MAILS_A_PAGE).get_page(request.GET.get("page"))
    mails = [read_headers(path) for path in found]
    return render(request, "mailbox/messages.html", {"form": form, "found": found, "mails": mails, "to": to})


@never_cache
@require_safe
def message(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "mailbox/message.html", {"mail": _mail_or_404(key)})


@never_cache
@require_safe
def body(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML of a mail, for the frame on its page."""
    mail = _mail_or_404(key)
    if not mail.html:
        raise Http404
    return HttpResponse(_opening_links_on_top(mail.html), headers={"Content-Security-Policy": BODY_POLICY})


def _folder() -> Path:
    if settings.MAIL_CATCHER_DIR is None:
        raise Http404
    return Path(settings.MAIL_CATCHER_DIR)


def _mail_or_404(key: str) -> CaughtMail:
    mail = read_mail(_folder(), key)
    if mail is None:
        raise Http404
    return mail


def _opening_links_on_top(html: str) -> str:
    base = '<base target="_top">'
    with_base, found = re.subn(r"<head\b[^>]*>", rf"\g<0>{base}", html, count=1, flags=re.IGNORECASE)
    return with_base if found else base + html
