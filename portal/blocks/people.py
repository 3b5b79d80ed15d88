from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from .text import GROUP


class PersonBlock(blocks.StructBlock):
    """No address stands here: pages are public, and officers are written to by a form."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    role = blocks.CharBlock(label=_("What they do"), max_length=120, required=False)
    picture = ImageBlock(label=_("Picture"), required=False)
    text = blocks.TextBlock(label=_("A sentence or two"), required=False, max_length=400)


class PeopleBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False)
    people = blocks.ListBlock(PersonBlock(), label=_("People"), min_num=1, max_num=24)

    class Meta:
        icon = "group"
        label = _("People")
        group = GROUP
        description = _("Coaches and helpers, with a picture if you like. Ask them before you name them.")
        template = "blocks/people.html"

    def get_preview_value(self):
        people = [("Anna Novik", gettext("Coach")), ("Ilya Karp", gettext("Looks after newcomers"))]
        return self.to_python({"people": [{"name": name, "role": role} for name, role in people]})
