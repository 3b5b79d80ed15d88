"""What the plan of a run means for people, as the run keeps it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db.models import QuerySet

from exchange import matching
from exchange.models import FixtureRequest, MatchRun
from portal.models import University

log = logging.getLogger(__name__)

SIDE = "team__club__university"


@dataclass(frozen=True, slots=True)
class FairnessShown:
    """The figures are of all; who has waited longest is None to those whose university it is not."""

    figures: matching.Fairness
    longest_served: FixtureRequest | None
    longest_unserved: FixtureRequest | None


def fairness_of(run: MatchRun, universities: QuerySet[University] | None) -> FairnessShown | None:
    """Names those of `universities` only, all with None. None for a run that was staged without a report."""
    document = run.report.get("fairness")
    if document is None:
        return None
    try:
        figures = matching.fairness_from_document(document)
    except matching.BadPool as fault:
        log.warning("run %s has a report that cannot be read: %s", run.pk, fault)
        return None
    waits = figures.longest_served, figures.longest_unserved
    named = _named([wait.request for wait in waits if wait], universities)
    return FairnessShown(figures, *(named.get(wait.request) if wait else None for wait in waits))


def _named(ids: list[str], universities: QuerySet[University] | None) -> dict[str, FixtureRequest]:
    requests = FixtureRequest.objects.filter(pk__in=ids).select_related(SIDE)
    if universities is not None:
        requests = requests.filter(**{f"{SIDE}__in": universities.values("pk")})
    return {str(request.pk): request for request in requests}
