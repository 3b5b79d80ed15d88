"""The exchange's part of the demonstration; portal.demo.houses says what it expects of it."""

from .figures import figures
from .first_run import begin
from .season import seed

__all__ = ["begin", "figures", "seed"]
