from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import University
from research.enums import INTEREST_OPEN, CallState, DeclineReason, InterestState

from .projects import Project


class Call(models.Model):
    """A call for partners of one project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="calls")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what is wanted"))
    #: Codes of research.enums.Wish, of research.ford and of countries (ISO 3166); no country means all.
    wishes = models.JSONField(_("looked for"), default=list, blank=True)
    fields = models.JSONField(_("fields of science"), default=list, blank=True)
    countries = models.JSONField(_("from these countries"), default=list, blank=True)
    universities = models.ManyToManyField(
        University, related_name="+", blank=True, verbose_name=_("from these universities")
    )
    places = models.PositiveSmallIntegerField(
        _("partners wanted"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    taken = models.PositiveSmallIntegerField(_("places taken"), default=0)
    #: The last day on which it can be answered, in the lead university's zone.
    until = models.DateField(_("open until"))
    state = models.CharField(_("state"), max_length=10, choices=CallState, default=CallState.OPEN)
    #: When the lead was told that the call ends soon; extending it clears this.
    reminded_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("call for partners")
        verbose_name_plural = _("calls for partners")
        ordering = ["until", "pk"]
        indexes = [models.Index(fields=["state", "until"], name="calls_that_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1, taken__lte=F("places")), name="call_takes_no_more_than_its_places"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Interest(models.Model):
    """One person's answer to a call. Addresses are shown to the other side only once both agreed."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interests", verbose_name=_("person")
    )
    text = models.TextField(_("what you would bring"), max_length=4000)
    state = models.CharField(
        _("state"), max_length=12, choices=InterestState, default=InterestState.NEW, db_index=True
    )
    reason = models.CharField(_("reason"), max_length=10, choices=DeclineReason, blank=True)
    reason_text = models.TextField(_("in your own words"), blank=True, max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("expression of interest")
        verbose_name_plural = _("expressions of interest")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person"],
                condition=Q(state__in=[*INTEREST_OPEN, InterestState.JOINED]),
                name="one_standing_interest_a_person_and_call",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.call}"


class InterestMessage(models.Model):
    """What lead and interested person write each other through the portal."""

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("message"), max_length=4000)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
