"""Sets by theme and by lead university, in a hierarchy of two steps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import override

from portal.models import University
from research.enums import Theme
from research.models import Record

from .harvest import ALL_PROJECTS


def all_sets() -> Iterator[tuple[str, str]]:
    """(spec, name) of those that some record is or was in (2 queries)."""
    used = set(chain.from_iterable(Record.objects.order_by().values_list("sets", flat=True)))
    rors = [spec.removeprefix("university:") for spec in used if spec.startswith("university:")]
    names = dict(University.objects.filter(ror__in=rors).order_by("name").values_list("ror", "name"))
    yield ALL_PROJECTS, "OpenAIRE_CRIS_projects"
    yield "theme", "Projects by theme"
    with override("en"):
        labels = [(f"theme:{theme.value}", str(theme.label)) for theme in Theme]
    yield from ((spec, label) for spec, label in labels if spec in used)
    yield "university", "Projects by lead university"
    yield from ((f"university:{ror}", name) for ror, name in names.items())
