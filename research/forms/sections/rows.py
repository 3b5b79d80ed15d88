"""Rows of a kind below each other: those there are, an empty one, and a button for more of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from research.actions.rows import GONE, ROW

#: The largest key of a row that a database holds.
LAST_KEY = 2**63 - 1


class Row(forms.Form):
    """`row` is the key of what is kept already."""

    row = forms.IntegerField(
        required=False, min_value=1, max_value=LAST_KEY, widget=forms.HiddenInput, label=""
    )

    @property
    def key(self) -> int | None:
        """As sent, whatever else is wrong with the row."""
        sent = self[ROW].value()
        return int(sent) if str(sent or "").isdigit() else None

    def sent(self) -> dict[str, object]:
        return dict(self.cleaned_data)


class Rows(BaseFormSet):
    #: What one of them is called, and all of them.
    one: ClassVar[str | Promise]
    heading: ClassVar[str | Promise]

    @property
    def sent(self) -> list[dict[str, object]]:
        """Of all rows that say something; those to take away say their key alone."""
        gone = self.deleted_forms
        said = [{ROW: form.key, GONE: True} for form in gone if form.key]
        return said + [form.sent() for form in self.forms if form not in gone and form.cleaned_data]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[GONE].label = _("Remove this")

    def hush(self) -> None:
        self._errors, self._non_form_errors = [], self.error_class()
        for form in self.forms:
            form._errors = {}

    def only_once(self, name: str, fault: str | Promise) -> None:
        """Of the rows that stay, no two may say the same in `name`."""
        seen = set()
        for form in self.forms:
            if form in self.deleted_forms or not getattr(form, "cleaned_data", None):
                continue
            said = form.cleaned_data.get(name)
            if said and said in seen:
                form.add_error(name, fault)
            seen.add(said)


def rows_of(
    row: type[Row],
    rows: type[Rows],
    *,
    prefix: str,
    most: int,
    data: QueryDict | None,
    kept: Iterable[Mapping[str, object]],
    **options: object,
) -> Rows:
    """Bound to `data`, or filled with what is `kept`, with one empty row behind it."""
    made = formset_factory(row, formset=rows, extra=1, can_delete=True, max_num=most, absolute_max=most)
    initial = None if data is not None else list(kept)
    return made(data, prefix=prefix, initial=initial, form_kwargs=options)


def one_more(data: QueryDict, prefix: str) -> QueryDict:
    """What was sent, with another empty row behind it."""
    more = data.copy()
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    if total.isdigit():
        more[f"{prefix}-TOTAL_FORMS"] = str(int(total) + 1)
    return more


class LongText(forms.CharField):
    """A few paragraphs; nobody has to write them."""

    def __init__(self, *, rows: int = 4, max_length: int = 3000, **options: object) -> None:
        options = {"required": False, "widget": forms.Textarea({"rows": rows})} | options
        super().__init__(max_length=max_length, **options)
