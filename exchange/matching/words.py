"""Reasons in English. Whoever speaks another language renders `Reason.code` and `.params` through its own table."""

from __future__ import annotations

from .types import Reason

SENTENCES = {}


def english(reason: Reason) -> str:
    return SENTENCES[reason.code].format(**reason.params)
