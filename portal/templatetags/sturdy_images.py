"""Wagtail's tags for pictures, in its place (TEMPLATES in settings/base.py): none of them breaks a page.

Sizes are cut when a page is published; where one is missing, the tag still cuts it. A full disk, a locked
database or a broken file then cost the page that size, not its life: it shows the picture as it was uploaded.
"""

from __future__ import annotations

import logging
from typing import ClassVar

from django import template
from django.db import DatabaseError
from django.template.base import Parser, Token
from wagtail.images.models import AbstractImage, Picture, ResponsiveImage
from wagtail.images.templatetags import wagtailimages_tags as wagtails

log = logging.getLogger(__name__)

register = template.Library()
register.simple_tag(wagtails.image_url)

#: What goes wrong while a picture is opened, cut, written and noted down. Pillow's own are all among them.
FAULTS = (OSError, ValueError, MemoryError, SyntaxError, DatabaseError)


class Sturdy(template.Node):
    """A node of Wagtail's that gives the whole picture where no size of it can be had."""

    #: What `as` puts into the context, made of a list of renditions.
    wrapped: ClassVar[dict[str, type]] = {"srcset_image": ResponsiveImage, "picture": Picture}

    def __init__(self, name: str, cut: wagtails.ImageNode) -> None:
        self.name, self.cut = name, cut

    def render(self, context: template.Context) -> str:
        try:
            return self.cut.render(context)
        except FAULTS as fault:
            image = self.cut.image_expr.resolve(context)
            if not isinstance(image, AbstractImage):
                raise
            log.warning("picture %s was not cut, its page shows it whole: %s", image.pk, fault)
            return self._whole(image, context)

    def _whole(self, image: AbstractImage, context: template.Context) -> str:
        whole = image.get_rendition_model()(image=image, width=image.width, height=image.height)
        whole.file.name = image.file.name
        name = self.cut.output_var_name
        if name:
            wrap = self.wrapped.get(self.name)
            context[name] = wrap({"original": whole}) if wrap else whole
            return ""
        return whole.img_tag({name: value.resolve(context) for name, value in self.cut.attrs.items()})


@register.tag("image")
@register.tag("srcset_image")
@register.tag("picture")
def picture(parser: Parser, token: Token) -> Sturdy:
    return Sturdy(token.contents.split()[0], wagtails.image(parser, token))
