from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """What /search/ knows of one thing; whether the visitor may see it is asked of the thing itself."""

    #: The name of a registered `portal.search.Kind`.
    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    #: Empty where the thing is the same in every language.
    language = models.CharField(max_length=10, blank=True)
    #: Shared by the translations of one page.
    thing = models.CharField(max_length=50)
    title = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    #: Stems of the title, and of all; full_text.py looks in these.
    heading = models.TextField()
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_search_entry_a_thing")]
        indexes = [models.Index(fields=["thing", "language"], name="search_entry_thing")]

    def __str__(self) -> str:
        return self.title
