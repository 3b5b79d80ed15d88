from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.enums import Delivery

from .users import User


class NoticeChoice(models.Model):
    """How a person wants one kind of notice; without a row it comes as the kind's default says."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(_("kind"), max_length=40)
    delivery = models.CharField(_("delivery"), max_length=10, choices=Delivery)
    chosen_at = models.DateTimeField(_("chosen"), default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_choice_a_kind_of_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind} {self.delivery}"


class DigestEntry(models.Model):
    """A notice that waits for its reader's daily digest; kept once sent, so that it is never told again."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="digest_entries")
    kind = models.CharField(_("kind"), max_length=40)
    dedupe_key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(_("subject"), max_length=250)
    summary = models.TextField(_("summary"), blank=True)
    link = models.TextField(_("link"))
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    #: The next digest after it was written. A digest takes all that waits, due or not.
    due_at = models.DateTimeField(_("due"))
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        verbose_name = _("entry of a digest")
        verbose_name_plural = _("entries of digests")
        ordering = ["pk"]
        indexes = [models.Index(fields=["due_at"], condition=Q(sent_at=None), name="digest_due")]

    def __str__(self) -> str:
        return f"{self.kind} → {self.person}"
