"""What monitoring is told of this house."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Model
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from exchange.enums import InvitationState, RunState
from exchange.models import Invitation, MatchRun
from portal.metrics import by_state


class ExchangeCollector(Collector):
    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        yield by_state("exchange_runs", "Matching runs.", _count(MatchRun, RunState))
        yield by_state("exchange_invitations", "Invitations.", _count(Invitation, InvitationState))


def _count(model: type[Model], states: type[RunState] | type[InvitationState]) -> dict[str, int]:
    found = dict(model.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in states}
