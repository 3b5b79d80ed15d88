"""CSL-JSON in and out. Schema: https://github.com/citation-style-language/schema, csl-data.json."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.utils.translation import gettext as _

from research.models import Output

from .facts import MOST_CHARACTERS, MOST_ITEMS, Item, Outputs
from .kinds import csl_type, kind_of_csl

#: Of one item; an abstract has room in it, a smuggled file has not.
MOST_OF_ONE = 30_000


def read_csl(text: str) -> Outputs:
    """A list of items, one item alone, or Zotero's `{"items": […]}`."""
    found = Outputs()
    if len(text) > MOST_CHARACTERS:
        found.refuse(1, "file", _("The file is longer than %s characters.") % MOST_CHARACTERS)
        return found
    try:
        items = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as fault:
        line = getattr(fault, "lineno", 1)
        found.refuse(line, "file", _("This is no JSON: something is missing or too much in line %s.") % line)
        return found
    if isinstance(items, dict):
        items = items["items"] if isinstance(items.get("items"), list) else [items]
    if not isinstance(items, list) or not items:
        found.refuse(1, "file", _("The file holds no outputs."))
        return found
    if len(items) > MOST_ITEMS:
        found.refuse(1, "file", _("The file has more than %s outputs; share them out.") % MOST_ITEMS)
        return found
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict) or len(json.dumps(item)) > MOST_OF_ONE:
            found.refuse(number, "item", _("This is not an item of CSL-JSON."))
        else:
            found.judge(item, number)
    return found


def csl_of(output: Output) -> Item:
    """Its whole item; what stands in the columns counts where the two differ."""
    item = dict(output.csl)
    item["id"] = str(item.get("id") or f"output-{output.pk}")
    if kind_of_csl(item.get("type")) != output.kind or not item.get("type"):
        item["type"] = csl_type(output.kind)
    item["title"] = output.title
    if output.year:
        parts = (item.get("issued") or {}).get("date-parts") or [[]]
        same = parts[0] and str(parts[0][0]) == str(output.year)
        item["issued"] = {"date-parts": parts if same else [[output.year]]}
    for name, value in (("DOI", output.doi), ("URL", output.url)):
        if value:
            item[name] = value
        else:
            item.pop(name, None)
    return item


def write_csl(outputs: Iterable[Output]) -> str:
    return json.dumps([csl_of(output) for output in outputs], ensure_ascii=False, indent=1)
