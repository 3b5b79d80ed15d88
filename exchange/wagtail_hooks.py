from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.permissions import register_permission_policy

from exchange.bulk_actions import ReopenRequests, WithdrawRequests
from exchange.listings import ROWS, ExchangeListings
from portal.listings import OwnRows

for model, rows in ROWS.items():
    register_permission_policy(model, OwnRows(model, rows))


class Withdrawal(LogFormatter):
    label = _("Withdraw a request")

    def format_message(self, entry: ModelLogEntry) -> str:
        reason = entry.data.get("reason")
        return _("Withdrawn: %(reason)s") % {"reason": reason} if reason else _("Withdrawn")


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("exchange.found_club", _("Found a club"), _("Founded"))
    actions.register_action("exchange.appoint_officer", _("Appoint an officer"), _("Officer appointed"))
    actions.register_action("exchange.dismiss_officer", _("Dismiss an officer"), _("Officer dismissed"))
    actions.register_action("exchange.add_team", _("Add a team"), _("Added"))
    actions.register_action("exchange.change_team", _("Change a team"), _("Changed"))
    actions.register_action("exchange.file_request", _("Ask for fixtures"), _("Asked for fixtures"))
    actions.register_action("exchange.change_request", _("Change a request"), _("Changed"))
    actions.register_action("exchange.withdraw_request")(Withdrawal)
    actions.register_action("exchange.reopen_request", _("Reopen a request"), _("Reopened"))


hooks.register("register_bulk_action", WithdrawRequests)
hooks.register("register_bulk_action", ReopenRequests)


@hooks.register("register_admin_viewset")
def listings() -> ExchangeListings:
    return ExchangeListings()
