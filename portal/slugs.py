"""Addresses made from names in any script."""

from __future__ import annotations

from collections.abc import Container
from itertools import count

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

#: Leaves room for a number behind it in the models' 120 characters.
LONGEST = 110


def free_slug(name: str, taken: Container[str], *, otherwise: str) -> str:
    """`name` in Latin letters, numbered where `taken` has it; `otherwise` when none of it is left."""
    slug = slugify(string_to_ascii(name))[:LONGEST].strip("-_") or otherwise
    numbered = (f"{slug}-{number}" for number in count(2))
    return slug if slug not in taken else next(other for other in numbered if other not in taken)
