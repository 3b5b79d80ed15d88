from __future__ import annotations

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """Django's for hundreds of choices without groups: it renders a template for each, this one none."""

    def render(self, name: str, value: object, attrs: dict | None = None, renderer=None) -> SafeString:
        chosen = set(self.format_value(value))
        options = SafeString(
            "\n".join(_option(key, label, str(key) in chosen) for key, label in self.choices)
        )
        built = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>\n{}\n</select>", built, options)


def _option(key: object, label: object, chosen: bool) -> str:
    return f'<option value="{escape(key)}"{" selected" if chosen else ""}>{escape(label)}</option>'
