"""The visiting information on paper. Its words come from exchange/visiting_pack.py.

ReportLab reads a paragraph as markup that can fetch pictures: whatever people wrote goes through `_plain`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from unicodedata import category
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate

from exchange.visiting_pack import Pack, Row

FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "DejaVu", "DejaVu-Bold"
INK, SOFT, BRAND = HexColor("#16201d"), HexColor("#4c5a55"), HexColor("#0b5d4e")
MARGIN = 18 * mm

#: `splitLongWords`: an address or a name without blanks breaks at the edge.
BODY = {"fontName": PLAIN, "fontSize": 10, "leading": 14, "textColor": INK, "splitLongWords": 1}
TITLE = ParagraphStyle("title", **BODY | {"fontName": BOLD, "fontSize": 17, "leading": 22}, spaceAfter=4)
LEAD = ParagraphStyle("lead", **BODY | {"textColor": SOFT}, spaceAfter=2)
HEADING = ParagraphStyle(
    "heading", **BODY | {"fontName": BOLD, "fontSize": 12, "leading": 16, "textColor": BRAND}, spaceBefore=12
)
LABEL = ParagraphStyle("label", **BODY | {"fontSize": 8, "leading": 11, "textColor": SOFT}, spaceBefore=3)
FACT = ParagraphStyle("fact", **BODY)
ADVICE = ParagraphStyle(
    "advice", **BODY, spaceBefore=14, spaceAfter=8, borderColor=BRAND, borderWidth=0.7, borderPadding=6
)


def pack_pdf(pack: Pack) -> bytes:
    """In the active language, on as many pages of A4 as it needs."""
    _register_fonts()
    made = BytesIO()
    document = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=pack.title,
        lang=get_language(),
        pageCompression=1,
    )
    document.build(list(_flow(pack)), onFirstPage=_foot, onLaterPages=_foot)
    return made.getvalue()


@cache
def _register_fonts() -> None:
    pdfmetrics.registerFont(TTFont(PLAIN, FONTS / "DejaVuSans.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, FONTS / "DejaVuSans-Bold.ttf"))


def _flow(pack: Pack) -> Iterator[Flowable]:
    yield Paragraph(_plain(pack.title), TITLE)
    yield Paragraph(_plain(pack.lead), LEAD)
    yield Paragraph(_plain(pack.standing), LEAD)
    for section in pack.sections:
        first, *others = (list(_fact(row)) for row in section.rows)
        yield KeepTogether([Paragraph(_plain(section.title), HEADING), *first])
        for fact in others:
            yield from fact
    yield Paragraph(_plain(pack.advice), ADVICE)
    yield from _fact(pack.fixture)
    yield from _fact(pack.page)


def _fact(row: Row) -> Iterator[Flowable]:
    """The label never stands alone at the end of a page."""
    label = Paragraph(_plain(row.label), LABEL)
    label.keepWithNext = True
    yield label
    text = _plain(row.text)
    if row.link:
        text = f'<a href={quoteattr(row.link)} color="{BRAND.hexval().replace("0x", "#")}">{text}</a>'
    yield Paragraph(text, FACT)


def _plain(text: str) -> str:
    """No markup, no control characters; lines stay lines."""
    visible = "".join(sign for sign in text if category(sign)[0] != "C" or sign == "\n")
    return escape(visible).replace("\n", "<br/>")


def _foot(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(PLAIN, 8)
    canvas.setFillColor(SOFT)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, str(document.page))
