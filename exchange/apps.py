from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from exchange import referees


def read_reply(mail, now):
    """Loaded with the first mail: the actions bring the whole engine, which no process needs to start."""
    from exchange.actions import replies

    return replies.read_reply(mail, now)


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        # Models must stand before what speaks of them is imported.
        from exchange.metrics import ExchangeCollector
        from exchange.notice_kinds import KINDS
        from portal.inbound import register as register_reader
        from portal.metrics import REGISTRY
        from portal.notices import register

        register(*KINDS)
        register_reader("calendar", read_reply)
        REGISTRY.register(ExchangeCollector())
        post_migrate.connect(referees.put_back, sender=self, dispatch_uid="exchange.referees")
