"""What another opponent would cost the whole plan exactly: the pool solved once more with that one forced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .quality import quality
from .rules import why_impossible
from .solve import solve
from .types import Alternative, BadPool, FixedFixture, Fixture, Objective, Plan, Pool


def forced_cost(
    pool: Pool,
    plan: Plan,
    fixture: Fixture,
    instead: FixedFixture | Alternative,
    *,
    budget: float | None = None,
) -> Alternative:
    """What the plan loses when `instead` is played and the two sides of `fixture` do not meet.

    So `instead` becomes fixed and the pair of `fixture` forbidden; what was fixed before stays, all else may
    move. Measured against the plan as it is: an alternative costs less than nothing where a better plan was
    there to be found. `budget` in seconds, as for `solve`.

    Raises
    ------
    BadPool : `instead` cannot be played at all, or `fixture` is fixed; with the reason
    """
    forced = FixedFixture(instead.host, instead.guest, instead.date)
    if FixedFixture(fixture.host, fixture.guest, fixture.date) in pool.fixed:
        raise BadPool(f"{fixture.host} – {fixture.guest} on {fixture.date}: is fixed, so it stays")
    pair = frozenset((fixture.host, fixture.guest))
    if pair == {forced.host, forced.guest}:
        raise BadPool(f"{forced.host} – {forced.guest}: the same two, so it is no other opponent")
    worth = _possible_quality(pool, forced)
    again = solve(
        replace(pool, fixed=(*pool.fixed, forced), forbidden=pool.forbidden | {pair}),
        budget=budget,
        last=plan,
    )
    lost = (before - after for before, after in zip(plan.objective, again.objective, strict=True))
    return Alternative(
        host=forced.host,
        guest=forced.guest,
        date=forced.date,
        quality=worth,
        cost=Objective(*lost),
        source="resolve",
        proven=again.objective == again.bound,
    )


def forced_costs(
    pool: Pool, plan: Plan, fixture: Fixture, told: Sequence[Alternative], *, budget: float | None = None
) -> Iterator[Alternative]:
    """Each of `told` solved again, one after the other and in their order; `budget` is for each."""
    return (forced_cost(pool, plan, fixture, other, budget=budget) for other in told)


def _possible_quality(pool: Pool, forced: FixedFixture) -> int:
    requests = {request.id: request for request in pool.requests}
    for side in (forced.host, forced.guest):
        if side not in requests:
            raise BadPool(f'unknown request "{side}"')
    host, guest = requests[forced.host], requests[forced.guest]
    if reason := why_impossible(pool, host, guest, forced.date):
        raise BadPool(f"{forced.host} – {forced.guest} on {forced.date}: {reason}")
    return quality(host, guest)
