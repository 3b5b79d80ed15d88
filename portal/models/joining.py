from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.enums import JoinState

from .universities import University


class JoinRequest(models.Model):
    """Somebody asks that a university of the register takes part, and would coordinate it."""

    university = models.ForeignKey(
        University, on_delete=models.CASCADE, related_name="join_requests", verbose_name=_("university")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="join_requests",
        verbose_name=_("asked by"),
    )
    name = models.CharField(_("your name"), max_length=120)
    position = models.CharField(
        _("what you do there"), max_length=200, help_text=_("For example: head of the sport department.")
    )
    office_email = models.EmailField(
        _("e-mail address of your office"),
        help_text=_("One of the university's own: we may write there to make sure."),
    )
    website = models.URLField(
        _("page of the university that names you or your office"), max_length=300, blank=True
    )
    message = models.TextField(_("anything else we should know"), blank=True, max_length=1000)
    state = models.CharField(_("state"), max_length=10, choices=JoinState, default=JoinState.WAITING)
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    reason = models.TextField(_("reason"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["university", "asked_by"],
                condition=Q(state=JoinState.WAITING),
                name="one_waiting_join_request_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.university}, {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("join_request", args=[self.pk])


class Departure(models.Model):
    """A university has left; what it takes to bring everything back as it was."""

    university = models.ForeignKey(University, on_delete=models.CASCADE, related_name="departures")
    left_at = models.DateTimeField(_("left"), default=timezone.now)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.TextField(_("reason"), max_length=1000)
    #: {id of the page: id of the revision that was live, or None}
    pages = models.JSONField(default=dict)
    #: {role: [ids of its people]}
    people = models.JSONField(default=dict)
    returned_at = models.DateTimeField(_("returned"), null=True)

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        ordering = ["-left_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["university"], condition=Q(returned_at__isnull=True), name="a_university_left_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.university}, {self.left_at:%Y-%m-%d}"
