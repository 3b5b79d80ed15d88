from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from exchange.listings import ROWS, ExchangeListings
from portal.listings import OwnRows

for model, rows in ROWS.items():
    register_permission_policy(model, OwnRows(model, rows))


@hooks.register("register_admin_viewset")
def listings() -> ExchangeListings:
    return ExchangeListings()
