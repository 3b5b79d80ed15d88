"""Who meets whom, where and when: the best plan of a pool, proven. Plain Python, numpy, scipy and HiGHS."""

from .check import check_pool
from .explain import Explained, explain
from .pool_json import (
    plan_document,
    plan_from_document,
    pool_document,
    pool_from_document,
    read_plan,
    read_pool,
    write_plan,
    write_pool,
)
from .quality import quality, terms
from .solve import solve
from .types import (
    BadPool,
    FixedFixture,
    Fixture,
    Objective,
    Plan,
    Pool,
    Progress,
    Reason,
    Request,
    Season,
    Term,
    Unserved,
    Venue,
)
from .verify import objective, violations
from .words import english

__all__ = [
    "BadPool",
    "Explained",
    "FixedFixture",
    "Fixture",
    "Objective",
    "Plan",
    "Pool",
    "Progress",
    "Reason",
    "Request",
    "Season",
    "Term",
    "Unserved",
    "Venue",
    "check_pool",
    "english",
    "explain",
    "objective",
    "plan_document",
    "plan_from_document",
    "pool_document",
    "pool_from_document",
    "quality",
    "read_plan",
    "read_pool",
    "solve",
    "terms",
    "violations",
    "write_plan",
    "write_pool",
]
