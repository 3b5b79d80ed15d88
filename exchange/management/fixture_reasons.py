"""A fixture of a plan, explained line by line in English, for commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from exchange.matching import FixedFixture, Fixture, Plan, Pool, english_cost, explain, forced_costs


def explained(
    pool: Pool, plan: Plan, fixture: Fixture, *, budget: float | None, waits_for: Callable[[str], None]
) -> Iterator[str]:
    """Why these two, and for each side whom else and at what cost: from the duals, then solved again.

    `waits_for` is told before each solving; `budget`, in seconds, is for each.
    """
    yield f"\n{fixture.host} – {fixture.guest} on {fixture.date}, quality {fixture.quality}"
    yield from (f"  {term.why}" for term in explain(pool, fixture).terms)
    if FixedFixture(fixture.host, fixture.guest, fixture.date) in pool.fixed:
        yield "  It is fixed, so it stays."
        return
    sides = plan.alternatives.get((fixture.host, fixture.guest, fixture.date), ((), ()))
    for side, met, others in zip(
        (fixture.host, fixture.guest), (fixture.guest, fixture.host), sides, strict=True
    ):
        yield f"{side} could have met, instead of {met}:"
        if not others:
            yield "  nobody else, or nothing is known of what it would cost"
        exact = forced_costs(pool, plan, fixture, others, budget=budget)
        for other in others:
            waits_for(f"solving again with {other.host} – {other.guest}")
            opponent = other.guest if other.host == side else other.host
            place = "at home" if other.host == side else "away"
            yield f"  {opponent}, {place} on {other.date}, quality {other.quality}"
            yield f"    {english_cost(other)}"
            yield f"    {english_cost(next(exact))}"
