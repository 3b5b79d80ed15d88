"""Who meets whom, where and when: the best plan of a pool, proven. Plain Python, numpy, scipy and HiGHS."""

from .alternatives import alternatives_of
from .alternatives_json import alternative_document
from .blocking import Blocking, BlockingPair, blocking_document, blocking_pairs
from .check import check_pool
from .components import Component, components, joined
from .explain import Explained, explain
from .fairness import Fairness, fairness
from .fairness_json import fairness_document, fairness_from_document
from .forced import forced_cost, forced_costs
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
    Alternative,
    Alternatives,
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
from .words import english, english_cost

__all__ = [
    "Alternative",
    "Alternatives",
    "BadPool",
    "Blocking",
    "BlockingPair",
    "Component",
    "Explained",
    "Fairness",
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
    "alternative_document",
    "alternatives_of",
    "blocking_document",
    "blocking_pairs",
    "check_pool",
    "components",
    "english",
    "english_cost",
    "explain",
    "fairness",
    "fairness_document",
    "fairness_from_document",
    "forced_cost",
    "forced_costs",
    "joined",
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
