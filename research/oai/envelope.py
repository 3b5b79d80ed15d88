"""The XML around what is answered. Schema: http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from lxml import etree
from lxml.etree import SubElement

from research.formats.dublin_core import XSI
from research.formats.parts import said
from research.models import Record

from .dates import stamp
from .faults import Code, OaiFault
from .harvest import ALL_PROJECTS, Harvest

OAI = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
#: After these the request cannot be said again: its arguments are what is wrong.
UNSAYABLE = (Code.BAD_VERB, Code.BAD_ARGUMENT)


def envelope(base_url: str, asked: Mapping[str, str], now: datetime) -> etree._Element:
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {SCHEMA}")
    text(root, "responseDate", stamp(now))
    request = text(root, "request", base_url)
    for name, value in asked.items():
        request.set(name, said(value))
    return root


def fault(base_url: str, asked: Mapping[str, str], told: OaiFault, now: datetime) -> etree._Element:
    root = envelope(base_url, {} if told.code in UNSAYABLE else asked, now)
    text(root, "error", str(told)).set("code", told.code)
    return root


def header(parent: etree._Element, record: Record, identifier: str, *, deleted: bool) -> None:
    head = sub(parent, "header")
    if deleted:
        head.set("status", "deleted")
    text(head, "identifier", identifier)
    text(head, "datestamp", stamp(record.changed_at))
    for spec in (ALL_PROJECTS, *record.sets):
        text(head, "setSpec", spec)


def resumption(parent: etree._Element, this: Harvest, following: Harvest | None) -> None:
    """Empty at the end of a list that was given out in parts, absent where one part was all."""
    if following or this.given:
        token = text(parent, "resumptionToken", following.token() if following else "")
        token.set("completeListSize", str(this.size))
        token.set("cursor", str(this.given))


def sub(parent: etree._Element, name: str) -> etree._Element:
    return SubElement(parent, f"{{{OAI}}}{name}")


def text(parent: etree._Element, name: str, value: str) -> etree._Element:
    element = sub(parent, name)
    element.text = said(value)
    return element


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
