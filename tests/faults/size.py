"""How much of each row is done: in `make faults`, and in `make test`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    mails: int
    #: Seconds for which invitations are written while things are killed.
    storm: float
    #: Seconds without Redis.
    away: float
    #: Mails that the naive task is given.
    naive: int
    #: How its workers acknowledge, one after the other.
    naive_ways: tuple[str, ...]
    #: Points of publishing at which the publisher is killed.
    kills: int
    fixtures: int
    #: Answers to each of these fixtures, given at once.
    answers: int
    looks: int
    #: How many of the looks are a browser's that runs scripts.
    pages: int
    #: Mails by which the throughput is measured.
    measured: int


LONG = Size(
    mails=10_000,
    storm=240,
    away=300,
    naive=3_000,
    naive_ways=("early", "late"),
    kills=20,
    fixtures=50,
    answers=200,
    looks=1_000,
    pages=40,
    measured=4_000,
)
SHORT = Size(
    mails=1_000,
    storm=16,
    away=20,
    naive=500,
    naive_ways=("late",),
    kills=20,
    fixtures=5,
    answers=40,
    looks=120,
    pages=4,
    measured=500,
)
