from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models import University
from research.enums import Verification, Visibility

from .projects import Project


class Member(models.Model):
    """Somebody in a project: with an account when they joined here, by name only when the lead wrote it down.

    A name stands on the public page only when `shown`; who has an account decides that themselves.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="project_memberships",
        verbose_name=_("person"),
    )
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=150)
    #: Sixteen characters with hyphens, its checksum checked by portal.identifiers.
    orcid = models.CharField(_("ORCID iD"), max_length=19, blank=True)
    university = models.ForeignKey(
        University,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("university"),
    )
    #: Codes of research.enums.Credit.
    credit = models.JSONField(_("contributions"), default=list, blank=True)
    shown = models.BooleanField(_("shown on the public page"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("member")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person"],
                condition=Q(person__isnull=False, left_at=None),
                name="one_membership_a_person_and_project",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ResearcherProfile(models.Model):
    """What a researcher tells of themselves, to whom they choose. Nothing is public before they say so."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="researcher_profile"
    )
    #: In the address of the profile's page: says nothing of the person, and changes never.
    key = models.CharField(max_length=16, unique=True)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=150)
    about = models.TextField(_("about you"), blank=True)
    #: Codes of research.ford, words, codes of languages (ISO 639-1) and of research.enums.Openness.
    fields = models.JSONField(_("fields of science"), default=list, blank=True)
    methods = models.JSONField(_("methods and facilities"), default=list, blank=True)
    languages = models.JSONField(_("working languages"), default=list, blank=True)
    open_to = models.JSONField(_("open to"), default=list, blank=True)
    sports = models.JSONField(_("sports"), default=list, blank=True)
    orcid = models.CharField(_("ORCID iD"), max_length=19, blank=True)
    university = models.ForeignKey(
        University,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="researchers",
        verbose_name=_("university"),
    )
    verified = models.CharField(
        _("affiliation verified"), max_length=12, choices=Verification, blank=True, default=Verification.NONE
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    visibility = models.CharField(
        _("visible to"), max_length=10, choices=Visibility, default=Visibility.NOBODY
    )
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("researcher's profile")
        verbose_name_plural = _("researchers' profiles")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["visibility", "name", "id"], name="profiles_as_listed")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("research:person", args=[self.key])
