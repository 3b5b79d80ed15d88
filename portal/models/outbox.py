from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.enums import MailState


class OutboxMessage(models.Model):
    """One mail to one address, rendered when the business change was made; its bytes never change again."""

    #: Kind, subject row, revision and recipient: the same notice is never written twice.
    dedupe_key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    recipient = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=250)
    mime = models.BinaryField()
    state = models.CharField(_("state"), max_length=12, choices=MailState, default=MailState.QUEUED)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    next_at = models.DateTimeField(_("next try"), default=timezone.now)
    #: The connection broke after DATA had begun: the mail may have arrived.
    ambiguous = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_answer = models.CharField(_("last answer"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state__in=("queued", "retry")), name="outbox_due"),
            models.Index(
                fields=["lease_until"], condition=Q(state__in=("leased", "data")), name="outbox_leased"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"


class OutboxAttempt(models.Model):
    """Append-only: what one try came to, or who sent the mail again or discarded it."""

    message = models.ForeignKey(OutboxMessage, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=12, choices=MailState)
    answer = models.CharField(max_length=500, blank=True)
    #: Only where a portal administrator asked for it.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.outcome}"
