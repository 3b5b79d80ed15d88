"""Our own checker on two files, where the independent one is absent: `… checked POOL PLAN CONTESTANT`."""

from __future__ import annotations

import sys

from exchange.matching import read_plan, read_pool, violations


def main(pool: str, plan: str, contestant: str) -> None:
    # Only the engine says who is unserved.
    excused = set() if contestant == "engine" else {"the unserved requests are not those told"}
    broken = set(violations(read_pool(pool), read_plan(plan))) - excused
    if broken:
        sys.exit("\n".join(sorted(broken)))


if __name__ == "__main__":
    main(*sys.argv[1:])
