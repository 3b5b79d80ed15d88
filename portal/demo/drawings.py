"""Small pictures for the demonstration, drawn here: nobody's face, nobody's rights."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.core.files.images import ImageFile
from PIL import Image as Picture
from PIL import ImageDraw
from wagtail.images.models import Image
from wagtail.models import Collection

SIZE = (1280, 720)
SKY, NEAR, FAR, LINE, WARM = "#d5e8e1", "#2f7d6b", "#8fbfb1", "#f4faf7", "#e0a458"

Pen = ImageDraw.ImageDraw


def draw_picture(kind: str, *, title: str, collection: Collection | None = None) -> Image:
    canvas = Picture.new("RGB", SIZE, SKY)
    DRAWINGS[kind](ImageDraw.Draw(canvas))
    data = io.BytesIO()
    canvas.save(data, "JPEG", quality=85)
    image = Image(
        title=title, width=SIZE[0], height=SIZE[1], collection=collection or Collection.get_first_root_node()
    )
    image.file = ImageFile(data, name=f"{kind}.jpg")
    image.save()
    return image


def _court(pen: Pen) -> None:
    pen.rectangle((0, 0, *SIZE), fill=WARM)
    pen.rectangle((120, 90, 1160, 630), outline=LINE, width=10)
    pen.line((640, 90, 640, 630), fill=LINE, width=10)
    pen.ellipse((540, 260, 740, 460), outline=LINE, width=10)
    for left, right in ((120, 340), (940, 1160)):
        pen.rectangle((left, 250, right, 470), fill=NEAR, outline=LINE, width=10)


def _hills(pen: Pen) -> None:
    pen.ellipse((930, 70, 1080, 220), fill=LINE)
    pen.polygon([(0, 520), (330, 250), (620, 470), (900, 210), (1280, 500), (1280, 720), (0, 720)], fill=FAR)
    pen.polygon([(0, 620), (420, 480), (860, 620), (1280, 520), (1280, 720), (0, 720)], fill=NEAR)
    for x, y in ((330, 250), (900, 210)):
        pen.line((x, y, x, y - 110), fill=LINE, width=8)
        pen.polygon([(x, y - 110), (x + 80, y - 82), (x, y - 54)], fill=WARM)


def _lane(pen: Pen) -> None:
    pen.rectangle((0, 0, *SIZE), fill="#7fb6c9")
    for number in range(6):
        y = 60 + 120 * number
        for x in range(0, 1280, 80):
            pen.ellipse((x, y - 12, x + 60, y + 12), fill=WARM if (x // 80) % 2 else LINE)


def _ball(pen: Pen) -> None:
    pen.rectangle((0, 430, 1280, 720), fill=FAR)
    for x in range(0, 1281, 64):
        pen.line((x, 430, x, 600), fill=LINE, width=4)
    for y in range(430, 601, 42):
        pen.line((0, y, 1280, y), fill=LINE, width=4)
    pen.ellipse((520, 120, 760, 360), fill=WARM, outline=NEAR, width=8)
    pen.arc((440, 120, 640, 360), -70, 70, fill=NEAR, width=8)
    pen.arc((640, 120, 840, 360), 110, 250, fill=NEAR, width=8)


DRAWINGS: dict[str, Callable[[Pen], None]] = {"court": _court, "hills": _hills, "lane": _lane, "ball": _ball}
