"""A house of research of any size, for benchmarks: all of it invented, and the same for the same seed."""

from .whole import Sizes, UnableToSeed, seed

__all__ = ["Sizes", "UnableToSeed", "seed"]
