from __future__ import annotations

from django.db import models

from .projects import Project


class Record(models.Model):
    """What harvesters know of a published project; stays, as deleted, when the project is gone or private."""

    #: The last part of its OAI identifier; outlives the project.
    key = models.CharField(max_length=32, unique=True)
    project = models.OneToOneField(Project, on_delete=models.SET_NULL, null=True, related_name="record")
    changed_at = models.DateTimeField()
    deleted = models.BooleanField(default=False)
    #: Of the sets it belongs to (theme:health, university:05gqaka33); kept for deleted ones.
    sets = models.JSONField(default=list)

    class Meta:
        ordering = ["changed_at", "pk"]
        indexes = [models.Index(fields=["changed_at", "id"], name="records_by_change")]

    def __str__(self) -> str:
        return self.key
