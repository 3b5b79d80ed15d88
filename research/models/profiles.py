"""What hangs on researchers' profiles."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import ResearcherProfile


class ProfileFacet(models.Model):
    """One code by which a profile is found: derived by research.actions.profiles, never typed."""

    profile = models.ForeignKey(ResearcherProfile, on_delete=models.CASCADE, related_name="facets")
    #: Of research.profile_facets: field, language, sport, open, word.
    kind = models.CharField(max_length=12)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "kind", "value"], name="one_facet_a_profile_and_value")
        ]
        indexes = [models.Index(fields=["kind", "value", "profile"], name="profile_facet_by_value")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class ResearcherMessage(models.Model):
    """That somebody wrote to a researcher, for the limits; what they wrote stands in the mail."""

    profile = models.ForeignKey(ResearcherProfile, on_delete=models.CASCADE, related_name="messages")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message to a researcher")
        verbose_name_plural = _("messages to researchers")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["writer", "written_at"], name="researcher_message_by_writer"),
            models.Index(fields=["profile", "written_at"], name="researcher_message_to"),
        ]

    def __str__(self) -> str:
        return f"{self.writer} → {self.profile}"
