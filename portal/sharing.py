"""What other sites show of a page when somebody shares its address: the picture of its card."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.blocks import StreamValue
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page

from portal.models import ArticlePage
from portal.templatetags.sturdy_images import FAULTS

log = logging.getLogger(__name__)

#: Twice as wide as high, nearly: what Open Graph and the large cards ask for.
WIDTH, HEIGHT = 1200, 630
#: Sites that show cards read neither AVIF nor SVG.
CUT = f"fill-{WIDTH}x{HEIGHT}|format-jpeg|jpegquality-80"
#: Characters of a description that search engines and cards show.
DESCRIPTION = 200


@dataclass(frozen=True, slots=True)
class SharedPicture:
    url: str
    #: Empty where it only decorates.
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


def card_of(page: Page) -> SharedPicture:
    """The page's own picture, else the card of the portal."""
    return picture_to_share(page) or SharedPicture(
        _in_full(static("portal/images/card.png")), settings.WAGTAIL_SITE_NAME
    )


def in_words(page: Page) -> str:
    """What is written for search engines, else how the page opens; "" where nothing is."""
    opening = page.search_description or getattr(page, "lead", "")
    if not opening:
        rich = getattr(page, "intro", "") or getattr(page, "directions", "")
        opening = unescape(strip_tags(rich.replace("</", " </")))
    return Truncator(" ".join(opening.split())).chars(DESCRIPTION)


def picture_to_share(page: Page) -> SharedPicture | None:
    """The first that may be cut (at most 2 queries, none once its cut is cached)."""
    for image, alt in _pictures(page):
        cut = None if image.is_svg() else _cut(image)
        if cut is not None:
            # A small original is not blown up.
            return SharedPicture(_in_full(cut.url), alt, cut.width, cut.height)
    return None


def _cut(image: AbstractImage) -> AbstractRendition | None:
    """None where it cannot be cut: that costs the card its picture, not the page its life."""
    try:
        return image.get_rendition(CUT)
    except FAULTS as fault:
        log.warning("picture %s was not cut for sharing: %s", image.pk, fault)
        return None


def _in_full(address: str) -> str:
    """Files may be served by another host."""
    return urljoin(settings.BASE_URL, address)


def _pictures(page: Page) -> Iterator[tuple[AbstractImage, str]]:
    if isinstance(page, ArticlePage) and page.picture:
        yield page.picture, page.alt
    body = getattr(page, "body", None)
    if isinstance(body, StreamValue):
        for block in body:
            if block.block_type == "picture":
                yield from _described(block.value["image"])
            elif block.block_type == "gallery":
                for each in block.value["pictures"]:
                    yield from _described(each["image"])


def _described(image: AbstractImage | None) -> Iterator[tuple[AbstractImage, str]]:
    """An ImageBlock's picture carries its words; one that was deleted is None."""
    if image is not None:
        yield image, "" if image.decorative else image.contextual_alt_text or ""
