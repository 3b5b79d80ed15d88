from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from research.enums import OutputKind

from .projects import Project


class Output(models.Model):
    """What came of a project. `csl` is the whole item as CSL-JSON 1.0; the columns are what pages list."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="outputs")
    kind = models.CharField(_("kind"), max_length=10, choices=OutputKind, default=OutputKind.ARTICLE)
    title = models.CharField(_("title"), max_length=500)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    csl = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("output")
        ordering = ["-year", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "doi"],
                condition=~models.Q(doi=""),
                name="one_output_a_doi_of_a_project",
            )
        ]

    def __str__(self) -> str:
        return self.title
