from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import University
from portal.models.bound_pages import HasPages
from research.enums import ProjectStatus


class Project(HasPages, models.Model):
    """A joint research project: the facts; its `ProjectPage` carries what is written about it."""

    lead = models.ForeignKey(
        University, on_delete=models.PROTECT, related_name="led_projects", verbose_name=_("lead university")
    )
    partners = models.ManyToManyField(
        University, related_name="partner_projects", blank=True, verbose_name=_("partner universities")
    )
    investigator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="projects",
        verbose_name=_("principal investigator"),
    )
    title = models.CharField(_("title"), max_length=250)
    slug = models.SlugField(_("slug"), max_length=120)
    summary = models.TextField(_("summary"))
    status = models.CharField(_("status"), max_length=10, choices=ProjectStatus, default=ProjectStatus.IDEA)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["lead", "slug"], name="one_project_a_slug_of_a_university")
        ]

    def __str__(self) -> str:
        return self.title
