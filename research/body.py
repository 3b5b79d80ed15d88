"""The text of a project's page as people write it in a plain field, and as the page keeps it.

Written are the few marks of Markdown that rich text has a place for: paragraphs, **bold**, *italic*, lists,
### headings, [links](https://…). Kept is HTML, cleaned by Wagtail's own rules for the block.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdownify import markdownify
from wagtail.admin.rich_text.converters.editor_html import EditorHTMLConverter
from wagtail.blocks import StreamValue

from portal.blocks.text import TextBlock

FEATURES = TextBlock._meta_class.features
#: Links to pages and documents of the CMS, as the field shows them: [report](document:7).
INSIDE = re.compile(r"(page|document):(\d+)")
HEADING = "h3"
NOT_WANTED = ("blockquote", "code", "fence", "hr", "html_block", "lheading", "backticks", "image", "autolink")


def text_of(body: StreamValue) -> str:
    """Of the first block of text, in marks; empty where there is none."""
    block = _text_block(body)
    return marks_of(block.value.source) if block else ""


def with_text(body: StreamValue, text: str) -> StreamValue | None:
    """The blocks with `text` in the first block of text; None where nothing changes."""
    if "\n".join(text.splitlines()).strip() == text_of(body):
        return None
    block = _text_block(body)
    html = html_of(text, inside=_inside(block.value.source if block else ""))
    raw = [dict(one) for one in body.raw_data] if body.raw_data else []
    at = next((number for number, one in enumerate(raw) if one["type"] == "text"), None)
    if at is None:
        raw.insert(0, {"type": "text", "value": html})
    elif html:
        raw[at]["value"] = html
    else:
        del raw[at]
    return StreamValue(body.stream_block, raw, is_lazy=True)


def marks_of(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a", linktype=True):
        link["href"] = f"{link['linktype']}:{link.get('id', '')}"
    return markdownify(str(soup), heading_style="ATX", bullets="-", newline_style="backslash").strip()


def html_of(text: str, *, inside: set[str] = frozenset()) -> str:
    """`inside`: links within the CMS that may stay; others could name what is not theirs."""
    reader = MarkdownIt("commonmark", {"html": False}).disable(list(NOT_WANTED))
    tokens = reader.parse(text)
    for token in tokens:
        if token.type.startswith("heading_"):
            token.tag = HEADING
        for child in token.children or ():
            href = str(child.attrGet("href") or "") if child.type == "link_open" else ""
            if href in inside and (found := INSIDE.fullmatch(href)):
                child.attrs = {"data-linktype": found[1], "data-id": found[2]}
    html = reader.renderer.render(tokens, reader.options, {})
    return EditorHTMLConverter(FEATURES).to_database_format(html).strip()


def _text_block(body: StreamValue) -> StreamValue.StreamChild | None:
    return next((block for block in body if block.block_type == "text"), None)


def _inside(html: str) -> set[str]:
    links = BeautifulSoup(html, "html.parser").find_all("a", linktype=True)
    return {f"{link['linktype']}:{link.get('id', '')}" for link in links}
