"""What can be found at /search/: each app registers its kinds, as it does with notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Described:
    title: str
    text: str
    language: str = ""
    #: The same for all translations of one thing.
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    #: Of many, over a group of hits.
    label: str | Promise
    model: type[Model]
    #: Ids of what everybody may see, asked with each search.
    visible: Callable[[], QuerySet]
    #: None: nobody may find it now.
    describe: Callable[[Any], Described | None]
    #: Rows by id, with what `address` needs of them.
    load: Callable[[list[int]], dict[int, Any]]
    address: Callable[[Any], str]


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    for kind in kinds:
        if _kinds.setdefault(kind.name, kind) is not kind:
            raise ValueError(f"There is another kind of things to find named {kind.name!r}.")


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def kind_of(thing: Model) -> Kind | None:
    return kind_of_class(type(thing))


def kind_of_class(model: type[Model]) -> Kind | None:
    """The kind registered for the nearest class of `model`."""
    by_model = {kind.model: kind for kind in _kinds.values()}
    return next((by_model[one] for one in model.__mro__ if one in by_model), None)
