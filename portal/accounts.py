"""How allauth is bound to the portal."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Account mails go through the outbox like all others."""
