from __future__ import annotations

from collections.abc import Iterator

from django.db.models import prefetch_related_objects
from wagtail import blocks
from wagtail.images.models import AbstractImage

from .live import MapBlock, NextFixturesBlock, OpenRequestsBlock, ProjectsBlock, ResultsBlock
from .media import DocumentsBlock, GalleryBlock, PictureBlock, VideoBlock
from .people import PeopleBlock
from .text import CallToActionBlock, FactsBlock, HeadingBlock, QuoteBlock, TextBlock
from .timetable import TimetableBlock


class BodyBlock(blocks.StreamBlock):
    """What the body of any page may hold."""

    heading = HeadingBlock()
    text = TextBlock()
    quote = QuoteBlock()
    facts = FactsBlock()
    call_to_action = CallToActionBlock()
    people = PeopleBlock()
    timetable = TimetableBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    documents = DocumentsBlock()
    open_requests = OpenRequestsBlock()
    next_fixtures = NextFixturesBlock()
    results = ResultsBlock()
    projects = ProjectsBlock()
    map = MapBlock()

    class Meta:
        template = "blocks/body.html"

    def get_context(self, value, parent_context=None):
        """Sizes of all its pictures come in one query, however many there are."""
        pictures = list(pictures_in(value)) if value else []
        if pictures:
            prefetch_related_objects(pictures, "renditions")
        return super().get_context(value, parent_context=parent_context)


def pictures_in(value: object) -> Iterator[AbstractImage]:
    if isinstance(value, AbstractImage):
        yield value
    elif isinstance(value, blocks.StreamValue):
        for block in value:
            yield from pictures_in(block.value)
    elif isinstance(value, blocks.StructValue):
        for part in value.values():
            yield from pictures_in(part)
    elif isinstance(value, blocks.list_block.ListValue):
        for part in value:
            yield from pictures_in(part)
