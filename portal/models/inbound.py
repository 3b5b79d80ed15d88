from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.enums import InboundState


class InboundMail(models.Model):
    """One mail that came in: stored first, read afterwards, so that none is lost and none acts twice."""

    #: Of the bytes: the same mail is stored once, however often it is brought.
    sha256 = models.CharField(max_length=64, unique=True)
    message_id = models.CharField(max_length=250, blank=True)
    sender = models.CharField(_("from"), max_length=254, blank=True)
    recipient = models.CharField(_("to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    raw = models.BinaryField()
    #: Bytes the mail had. Of one that is too large `raw` keeps the headers only.
    size = models.PositiveBigIntegerField(_("size"))
    state = models.CharField(_("state"), max_length=10, choices=InboundState, default=InboundState.NEW)
    #: How often it was begun to read; one that kills its reader is not read for ever.
    tries = models.PositiveSmallIntegerField(default=0)
    handler = models.CharField(_("read by"), max_length=40, blank=True)
    #: A sentence of the code, in English: it is translated where it is shown.
    outcome = models.CharField(_("outcome"), max_length=250, blank=True)
    #: What others wrote, shown as it is: a diagnostic, a name of an error.
    detail = models.CharField(max_length=500, blank=True)
    #: Who settled it by hand, and when.
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    handled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("incoming mail")
        verbose_name_plural = _("incoming mail")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "-received_at"], name="inbound_by_state")]

    def __str__(self) -> str:
        return f"{self.sender}: {self.subject}"

    @property
    def is_cut(self) -> bool:
        return self.size > len(self.raw)


class Suppression(models.Model):
    """An address that is gone for good: no mail leaves for it until an administrator lifts this."""

    #: As `portal.outbox.addresses.wire_address` writes it, in small letters.
    address = models.EmailField(_("address"), unique=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    #: Enhanced status code after RFC 3463; empty where the mail server gave none.
    status = models.CharField(_("code"), max_length=12, blank=True)
    diagnostic = models.CharField(_("what the mail server said"), max_length=500, blank=True)
    #: The mail that came back.
    mail = models.ForeignKey(
        "portal.OutboxMessage", null=True, on_delete=models.SET_NULL, related_name="suppressions"
    )

    class Meta:
        verbose_name = _("address without mail")
        verbose_name_plural = _("addresses without mail")
        ordering = ["-since", "-pk"]

    def __str__(self) -> str:
        return self.address
