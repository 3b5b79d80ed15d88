from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from portal.access import is_administrator
from portal.blocks import BodyBlock
from portal.enums import Category
from portal.forms.styleguide import SampleForm

COLOURS = ("brand", "ink", "ink-soft", "paper", "surface", "sunken", "line", "good", "warn", "bad", "info")
FAULTY = {"faulty-day": "", "faulty-category": Category.MEN}

BARS = (("Belarus", "83.3%", True, "83 %", "10 of 12"), ("Lithuania", "25.0%", False, "25 %", "1 of 4"))
PLOT = {
    "title": "A plot is a table",
    "columns": ("Country", "Share served", "Served, of requests"),
    "first": [dict(zip(("label", "width", "is_long", "shown", "made_of"), bar, strict=True)) for bar in BARS],
}


ICONS = ("ball", "flask", "building", "calendar", "search", "pin", "printer")


def _blocks() -> Iterator[dict[str, object]]:
    """Every block of a page, drawn as the editor previews it."""
    for name, block in BodyBlock().child_blocks.items():
        value = block.get_preview_value()
        drawing = getattr(block.meta, "preview_template", None)
        if drawing:
            html = render_to_string(
                drawing, {"value": value, "preview_frame": "portal/styleguide_block.html"}
            )
        else:
            html = block.render(value)
        yield {"name": name, "label": block.label, "description": block.meta.description, "html": html}


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """All components on one page, for those who build the portal."""
    if not (settings.DEBUG or is_administrator(request.user)):
        raise Http404
    for say in (messages.info, messages.success, messages.warning, messages.error):
        say(request, "A message says what has happened.")
    disabled = SampleForm(label_suffix="", prefix="disabled")
    for field in disabled.fields.values():
        field.disabled = True
    context = {
        "form": SampleForm(label_suffix=""),
        "disabled": disabled,
        "blocks": list(_blocks()),
        "icons": ICONS,
        "faulty": SampleForm(FAULTY, label_suffix="", prefix="faulty"),
        "list": Paginator(range(500), 10).get_page(request.GET.get("page")),
        "colours": COLOURS,
        "plot": PLOT,
    }
    return render(request, "portal/styleguide.html", context)
