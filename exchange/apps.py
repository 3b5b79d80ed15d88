from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from exchange import referees


def read_reply(mail, now):
    """Loaded with the first mail: the actions bring the whole engine, which no process needs to start."""
    from exchange.actions import replies

    return replies.read_reply(mail, now)


def let_university_go(**signal):
    """As late as the readers of mail: it is an action."""
    from exchange.actions import leaving

    leaving.let_university_go(**signal)


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        # Models must stand before what speaks of them is imported.
        from exchange.metrics import ExchangeCollector
        from exchange.notice_kinds import KINDS
        from exchange.personal import erase, export, hindrances
        from exchange.search_kinds import KINDS as FINDABLE
        from exchange.waiting import waiting_games
        from portal.inbound import register as register_reader
        from portal.leaving import university_leaves
        from portal.metrics import REGISTRY
        from portal.notices import register
        from portal.personal import register_personal
        from portal.search import register as register_findable
        from portal.waiting import register_waiting

        register(*KINDS)
        register_findable(*FINDABLE)
        register_waiting(waiting_games)
        register_personal("exchange", export, erase, hindrances=hindrances)
        university_leaves.connect(let_university_go, dispatch_uid="exchange.let_university_go")
        register_reader("calendar", read_reply)
        REGISTRY.register(ExchangeCollector())
        post_migrate.connect(referees.put_back, sender=self, dispatch_uid="exchange.referees")
