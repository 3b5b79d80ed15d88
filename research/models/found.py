"""What helps people to find each other: searches that are kept, and what the portal suggests."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from research.enums import Rhythm

from .people import ResearcherProfile
from .projects import Project


class SavedSearch(models.Model):
    """A search that tells what is new. `query` is the query string of the list of projects, sorted."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000, blank=True)
    rhythm = models.CharField(_("tell me"), max_length=8, choices=Rhythm, default=Rhythm.WEEKLY)
    created_at = models.DateTimeField(default=timezone.now)
    #: What was published until then was told, or seen when the search was saved.
    told_until = models.DateTimeField(default=timezone.now)
    #: The morning on which it tells next; none: never.
    due_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "query"], name="one_saved_search_a_person_and_query")
        ]

    def __str__(self) -> str:
        return self.name


class ToldProject(models.Model):
    """That a mail about a saved search has named a project: no other search of the person tells it again."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="told")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "project"], name="one_telling_a_search_and_project")
        ]

    def __str__(self) -> str:
        return f"{self.search}: {self.project}"


class Fingerprint(models.Model):
    """What suggestions are computed from, of a public project or of a researcher who may be suggested.

    Packed by research.suggesting.features; derived by research.actions.fingerprints, never typed.
    """

    project = models.OneToOneField(Project, on_delete=models.CASCADE, null=True, related_name="fingerprint")
    profile = models.OneToOneField(
        ResearcherProfile, on_delete=models.CASCADE, null=True, related_name="fingerprint"
    )
    packed = models.BinaryField()
    #: `changed_at` of its row when this was made.
    made_of = models.DateTimeField()
    #: Whether the project looks for partners; researchers always do.
    seeks = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(project=None) ^ Q(profile=None), name="fingerprint_is_of_a_project_or_a_person"
            )
        ]

    def __str__(self) -> str:
        return str(self.project or self.profile)


class Suggestion(models.Model):
    """For the people of `source`, or for the researcher `reader`: a `project`, or a `profile` as a partner.

    Computed by research.actions.suggestions, never typed; dismissing outlives computing anew.
    """

    source = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="suggestions")
    reader = models.ForeignKey(
        ResearcherProfile, on_delete=models.CASCADE, null=True, related_name="suggestions"
    )
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="+")
    profile = models.ForeignKey(ResearcherProfile, on_delete=models.CASCADE, null=True, related_name="+")
    #: Of 1,000 points; docs/explanation/suggestions.md has the formula.
    score = models.PositiveSmallIntegerField()
    #: [[reason, points], …], the weightiest first.
    reasons = models.JSONField(default=list)
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source=None) ^ Q(reader=None), name="suggestion_is_for_a_project_or_a_person"
            ),
            models.CheckConstraint(
                condition=Q(project=None) ^ Q(profile=None), name="suggestion_is_a_project_or_a_person"
            ),
            models.UniqueConstraint(fields=["source", "project"], name="one_suggestion_a_pair_of_projects"),
            models.UniqueConstraint(fields=["source", "profile"], name="one_suggestion_a_project_and_person"),
            models.UniqueConstraint(fields=["reader", "project"], name="one_suggestion_a_person_and_project"),
        ]

    def __str__(self) -> str:
        return f"{self.source or self.reader}: {self.score}"
