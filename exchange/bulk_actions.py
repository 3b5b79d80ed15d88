"""What can be done to many requests at once in the CMS."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.access import requests_of
from exchange.actions.requests import reopen_request, withdraw_request
from exchange.models import FixtureRequest
from portal.bulk_actions import ReasonForm, RowsAction


class RequestsAction(RowsAction):
    models = [FixtureRequest]
    rows = staticmethod(requests_of)
    loaded = ("team__club__university", "season")


class WithdrawRequests(RequestsAction):
    display_name = _("Withdraw")
    action_type = "withdraw"
    aria_label = _("Withdraw the chosen requests")
    question = _("These teams will not be paired any more. Fixtures that stand are untouched.")
    form_class = ReasonForm
    icon = "cross"
    classes = {"serious"}

    def act(self, request: FixtureRequest) -> None:
        reason = self.cleaned_form.cleaned_data["reason"]
        withdraw_request(request=request, by=self.request.user, now=timezone.now(), reason=reason)


class ReopenRequests(RequestsAction):
    display_name = _("Reopen")
    action_type = "reopen"
    aria_label = _("Reopen the chosen requests")
    question = _("These teams will be paired again; their waiting time starts anew.")
    icon = "undo"

    def act(self, request: FixtureRequest) -> None:
        reopen_request(request=request, by=self.request.user, now=timezone.now())
