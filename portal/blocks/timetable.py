from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .text import GROUP

#: By the number that `date.isoweekday` gives; names are Django's, in every language.
DAYS = [
    ("1", _("Monday")),
    ("2", _("Tuesday")),
    ("3", _("Wednesday")),
    ("4", _("Thursday")),
    ("5", _("Friday")),
    ("6", _("Saturday")),
    ("7", _("Sunday")),
]


class TimetableRowBlock(blocks.StructBlock):
    day = blocks.ChoiceBlock(label=_("Day"), choices=DAYS, default="1")
    starts = blocks.TimeBlock(label=_("From"))
    ends = blocks.TimeBlock(label=_("Until"), required=False)
    what = blocks.CharBlock(label=_("What"), max_length=120)
    where = blocks.CharBlock(label=_("Where"), max_length=120, required=False)

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["starts"] and cleaned["ends"] and cleaned["ends"] <= cleaned["starts"]:
            said = ValidationError(gettext("It ends before it starts."))
            raise blocks.StructBlockValidationError(block_errors={"ends": said})
        return cleaned


class TimetableBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False)
    rows = blocks.ListBlock(TimetableRowBlock(), label=_("Times"), min_num=1, max_num=60)

    class Meta:
        icon = "time"
        label = _("Timetable")
        group = GROUP
        description = _("When you train, by day of the week.")
        template = "blocks/timetable.html"

    def get_preview_value(self):
        rows = [("1", "18:00", "19:30", gettext("Everybody")), ("4", "20:00", "21:30", gettext("First team"))]
        return self.to_python(
            {
                "rows": [
                    {"day": day, "starts": starts, "ends": ends, "what": what, "where": gettext("Main hall")}
                    for day, starts, ends, what in rows
                ]
            }
        )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        rows = sorted(value["rows"], key=lambda row: (row["day"], str(row["starts"])))
        context["rows"] = [{**row, "day_name": dict(DAYS).get(row["day"], "")} for row in rows]
        return context
