"""Outputs as BibTeX and as CSL-JSON, in and out, without asking anybody on the network.

CSL-JSON 1.0 is the language in between: BibTeX is read into it and written from it.
"""

from .bibtex import read_bibtex
from .bibtex_writing import write_bibtex
from .csl import csl_of, read_csl, write_csl
from .facts import MOST_CHARACTERS, MOST_ITEMS, OutputFacts, Outputs

__all__ = [
    "MOST_CHARACTERS",
    "MOST_ITEMS",
    "OutputFacts",
    "Outputs",
    "csl_of",
    "read_bibtex",
    "read_csl",
    "write_bibtex",
    "write_csl",
]
