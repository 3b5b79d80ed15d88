from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.validators import no_control_characters

from .clubs import Club, Team


class TeamContact(models.Model):
    """Somebody to call about a team: for its club, and for the other side of what both have accepted."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=100, validators=[no_control_characters])
    role = models.CharField(_("what for"), max_length=100, blank=True, validators=[no_control_characters])
    phone = models.CharField(_("telephone"), max_length=40, blank=True, validators=[no_control_characters])
    email = models.EmailField(_("e-mail address"), blank=True)

    class Meta:
        verbose_name = _("squad contact")
        verbose_name_plural = _("squad contacts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not self.phone and not self.email:
            raise ValidationError(_("Write down a telephone number or an e-mail address."))


class ClubMessage(models.Model):
    """That somebody wrote to the officers of a club, for the limits; what they wrote stands in the mail."""

    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="messages")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message to a club")
        verbose_name_plural = _("messages to clubs")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["writer", "written_at"], name="message_by_writer"),
            models.Index(fields=["club", "written_at"], name="message_to_club"),
        ]

    def __str__(self) -> str:
        return f"{self.writer} → {self.club}"
