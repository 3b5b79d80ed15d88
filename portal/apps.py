from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        # Models must stand before allauth's are imported.
        from allauth.account.signals import password_reset

        from portal.newcomers import believe_address

        password_reset.connect(believe_address, dispatch_uid="portal.believe_address")
