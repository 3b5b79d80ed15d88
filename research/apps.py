from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResearchConfig(AppConfig):
    name = "research"
    verbose_name = _("Research")

    def ready(self) -> None:
        # Models must stand before what speaks of them is imported.
        from portal.notices import register
        from portal.search import register as register_findable
        from portal.waiting import register_waiting
        from research.notice_kinds import KINDS
        from research.search_kinds import KINDS as FINDABLE
        from research.waiting import waiting_projects

        register(*KINDS)
        register_findable(*FINDABLE)
        register_waiting(waiting_projects)
