"""Blocks that show what stands in the portal at this moment.

They say what is wanted; their templates load the tags of the houses that have it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

GROUP = _("Live from the portal")
HERE, EVERYWHERE = "here", "everywhere"
WHOSE = [(HERE, _("this club or university")), (EVERYWHERE, _("all universities"))]


class LiveBlock(blocks.StructBlock):
    heading = blocks.CharBlock(
        label=_("Heading"), required=False, max_length=120, help_text=_("Leave empty for the usual one.")
    )
    whose = blocks.ChoiceBlock(
        label=_("Of"), choices=WHOSE, default=HERE, help_text=_("Outside a university's pages it shows all.")
    )

    def get_preview_value(self):
        return self.to_python({"whose": EVERYWHERE, "most": 3})


class ListedBlock(LiveBlock):
    most = blocks.IntegerBlock(label=_("How many at most"), default=5, min_value=1, max_value=20)


class OpenRequestsBlock(ListedBlock):
    class Meta:
        icon = "search"
        label = _("Open requests")
        group = GROUP
        description = _("Teams that look for opponents now.")
        template = "blocks/open_requests.html"


class NextFixturesBlock(ListedBlock):
    class Meta:
        icon = "calendar-alt"
        label = _("Next fixtures")
        group = GROUP
        description = _("Confirmed fixtures, the next one first.")
        template = "blocks/next_fixtures.html"


class ResultsBlock(ListedBlock):
    class Meta:
        icon = "clipboard-list"
        label = _("Results")
        group = GROUP
        description = _("What was played last, with the score.")
        template = "blocks/results.html"


class ProjectsBlock(ListedBlock):
    class Meta:
        icon = "folder-open-inverse"
        label = _("Research projects")
        group = GROUP
        description = _("Published joint projects.")
        template = "blocks/projects.html"


class MapBlock(LiveBlock):
    class Meta:
        icon = "site"
        label = _("Map")
        group = GROUP
        description = _("Where to find the venues of a university, or all universities.")
        template = "blocks/map.html"
