"""A matching run, from being asked for to being published. docs/explanation/runs.md draws its way."""

from .components import compute_component
from .compute import compute_run
from .publish import UnableToPublish, publish_run
from .start import UnableToStartRun, pair_nightly, start_run
from .sweep import sweep_runs

__all__ = [
    "UnableToPublish",
    "UnableToStartRun",
    "compute_component",
    "compute_run",
    "pair_nightly",
    "publish_run",
    "start_run",
    "sweep_runs",
]
