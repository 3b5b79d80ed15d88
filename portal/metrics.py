"""Figures for monitoring, read from the database when they are asked for: every process tells the same.

A house adds its own collector to `REGISTRY` in its AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from portal.queries.outbox import count_attempts, count_mails

#: Without what the library tells of the process: of one web worker among many it says nothing.
REGISTRY = CollectorRegistry()


def by_state(name: str, meaning: str, counts: dict[str, int]) -> Metric:
    """How many rows stand in each state."""
    metric = GaugeMetricFamily(name, meaning, labels=["state"])
    for state, count in counts.items():
        metric.add_metric([str(state)], count)
    return metric


class OutboxCollector(Collector):
    def describe(self) -> list[Metric]:
        """Nothing: else the database would be asked while the apps are loaded."""
        return []

    def collect(self) -> Iterator[Metric]:
        figures = count_mails(now=timezone.now())
        yield GaugeMetricFamily(
            "portal_outbox_oldest_seconds",
            "How long the longest waiting mail has been due.",
            value=figures.oldest.total_seconds(),
        )
        yield by_state("portal_outbox_mails", "Mails in the outbox.", figures.mails)
        tries = CounterMetricFamily(
            "portal_outbox_attempts", "What tries to send came to.", labels=["outcome"]
        )
        for outcome, count in count_attempts().items():
            tries.add_metric([outcome], count)
        yield tries


REGISTRY.register(OutboxCollector())
