from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResearchConfig(AppConfig):
    name = "research"
    verbose_name = _("Research")

    def ready(self) -> None:
        # Models must stand before what speaks of them is imported.
        from portal.notices import register
        from research.notice_kinds import KINDS

        register(*KINDS)
