"""Pools with one date and one fixture each, as a graph for networkx and rustworkx."""

from __future__ import annotations

import time

import networkx as nx
import rustworkx as rx

from exchange.matching import Pool

from .plain import Meeting, possible_fixtures

#: More than a fixture can be worth: 600 + 400 + 100.
MOST_QUALITY = 1101

Edges = dict[tuple[int, int], tuple[int, Meeting]]


def edges_of(pool: Pool) -> tuple[Edges, int]:
    """Pair → (weight, a fixture of it), and the number of possible fixtures.

    Weights are whole numbers in which one request served outweighs all waiting days there are, and one
    waiting day all quality there is: the heaviest matching is the lexicographically best plan, exactly.
    """
    meetings = possible_fixtures(pool)
    waiting = [request.waiting_days for request in pool.requests]
    a_day = MOST_QUALITY * len(pool.requests)
    a_request = a_day * (1 + sum(waiting))
    edges: Edges = {}
    for meeting in meetings:
        host, guest, _, worth = meeting
        weight = 2 * a_request + (waiting[host] + waiting[guest]) * a_day + worth
        edges[min(host, guest), max(host, guest)] = weight, meeting
    return edges, len(meetings)


def by_networkx(pool: Pool) -> tuple[list[Meeting], int, float]:
    """The plan, the number of possible fixtures, and the seconds of the matching call alone."""
    edges, possible = edges_of(pool)
    graph = nx.Graph()
    graph.add_weighted_edges_from((a, b, weight) for (a, b), (weight, _) in edges.items())
    begun = time.monotonic()
    matching = nx.max_weight_matching(graph)
    return _meetings(edges, matching), possible, time.monotonic() - begun


def by_rustworkx(pool: Pool) -> tuple[list[Meeting], int, float]:
    """As `by_networkx`. Its weights are integers of 128 bits."""
    edges, possible = edges_of(pool)
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(pool.requests)))
    graph.add_edges_from([(a, b, weight) for (a, b), (weight, _) in edges.items()])
    begun = time.monotonic()
    matching = rx.max_weight_matching(graph, weight_fn=int)
    return _meetings(edges, matching), possible, time.monotonic() - begun


def _meetings(edges: Edges, matching: set[tuple[int, int]]) -> list[Meeting]:
    return [edges[min(pair), max(pair)][1] for pair in sorted(matching)]
