"""Progress on a terminal; in a log, one line a step."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")
#: Columns of the names of steps, so that the bars stand below each other.
WIDTH = 22


def each(items: Sequence[Item], what: str) -> Iterator[Item]:
    """`items`, with a bar."""
    with bar(len(items), what) as progress:
        for item in items:
            yield item
            progress.update()


def bar(total: int, what: str) -> tqdm:
    if not sys.stderr.isatty():
        say(what)
    # None: no bar where nobody watches.
    layout = "{desc} {bar} {n_fmt}/{total_fmt}, {elapsed}"
    return tqdm(total=total, desc=f"{what:<{WIDTH}}", bar_format=layout, ncols=79, nrows=24, disable=None)


def say(line: str = "") -> None:
    print(line, flush=True)  # noqa: T201 - this is a program for a terminal
