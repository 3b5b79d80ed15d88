from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProjectStatus(TextChoices):
    IDEA = "idea", _("idea")
    SEEKING = "seeking", _("seeking partners")
    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")
