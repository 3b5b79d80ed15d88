from wagtail import blocks

from .media import PictureBlock
from .text import HeadingBlock, QuoteBlock, TextBlock


class BodyBlock(blocks.StreamBlock):
    """What the body of any page may hold."""

    heading = HeadingBlock()
    text = TextBlock()
    quote = QuoteBlock()
    picture = PictureBlock()

    class Meta:
        template = "blocks/body.html"


__all__ = ["BodyBlock"]
