"""How allauth is bound to the portal."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from portal.models import User
from portal.outbox import enqueue_mail, render_mail

DAY = 86_400


class AccountAdapter(DefaultAccountAdapter):
    """Account mails go through the outbox like all others, with templates from templates/emails/account/."""

    def new_user(self, request: HttpRequest) -> User:
        """Whoever signs up gets mails in the language of the page."""
        user = super().new_user(request)
        user.language = _page_language()
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        name = template_prefix.rpartition("/")[2]
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        subject, text, html = render_mail(
            f"account/{name}", _facts(email, context), person.language if person else _page_language()
        )
        enqueue_mail(
            kind=name,
            # Each request is answered anew: its link is another one.
            dedupe_key=f"account:{name}:{uuid4()}",
            recipient=email,
            subject=subject,
            text=text,
            html=html,
            now=timezone.now(),
        )


def _facts(email: str, context: dict[str, object]) -> dict[str, object]:
    """What a template may show. allauth built its links from the request's Host, which anybody can write."""
    links = {name: _on_base_url(link) for name, link in context.items() if name.endswith("_url")}
    confirms = "activate_url" in links
    days = app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS if confirms else settings.PASSWORD_RESET_TIMEOUT // DAY
    return {"email": email, "days": days, **links}


def _on_base_url(link: str) -> str:
    parts = urlsplit(link)
    return settings.BASE_URL + parts._replace(scheme="", netloc="").geturl()


def _page_language() -> str:
    language = get_language()
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
