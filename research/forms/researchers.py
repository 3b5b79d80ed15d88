from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from portal.forms.messages import MessageForm

MOST_DOMAINS = 20


class ResearcherMessageForm(MessageForm):
    agreement = _("They may see my name and my e-mail address, so that they can answer.")


class DomainsField(forms.CharField):
    widget = forms.Textarea({"rows": 3})

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        words = super().clean(value).lower().replace(",", " ").split()
        domains = list(dict.fromkeys(word.rpartition("@")[2] for word in words))
        if len(domains) > MOST_DOMAINS:
            raise ValidationError(_("Keep to %(most)s lines.") % {"most": MOST_DOMAINS})
        for domain in domains:
            _check_domain(domain)
        return domains


class DomainsForm(forms.Form):
    domains = DomainsField(
        label=_("Mail domains of the university"),
        required=False,
        max_length=2000,
        help_text=_(
            "One a line, for example bsu.by. Who has proven an address there, or below it, needs no decision"
            " of yours."
        ),
    )


def _check_domain(domain: str) -> None:
    try:
        DomainNameValidator()(punycode(domain))
    except (ValidationError, UnicodeError):
        raise ValidationError(
            _("“%(domain)s” is no domain; write what stands behind the @.") % {"domain": domain[:60]}
        ) from None
