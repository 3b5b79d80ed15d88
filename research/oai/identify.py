"""What the portal says of itself to harvesters."""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Min
from lxml import etree
from lxml.etree import SubElement

from research.formats.cerif import CERIF
from research.formats.dublin_core import XML_LANG
from research.models import Record

from .dates import GRANULARITY, stamp
from .envelope import sub, text

OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
COMPATIBILITY = "https://www.openaire.eu/cerif-profile/vocab/OpenAIRE_Service_Compatibility"


def namespace() -> str:
    """A host name, whatever the port."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def identifier_of(record: Record) -> str:
    return f"oai:{namespace()}:{record.key}"


def key_in(identifier: str) -> str:
    """ "" where it is nothing of ours."""
    head = f"oai:{namespace()}:"
    return identifier.removeprefix(head) if identifier.startswith(head) else ""


def identify(root: etree._Element, base_url: str, now: datetime) -> None:
    element = sub(root, "Identify")
    earliest = Record.objects.aggregate(first=Min("changed_at"))["first"]
    text(element, "repositoryName", settings.WAGTAIL_SITE_NAME)
    text(element, "baseURL", base_url)
    text(element, "protocolVersion", "2.0")
    text(element, "adminEmail", parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    text(element, "earliestDatestamp", stamp(min(earliest or now, now)))
    text(element, "deletedRecord", "persistent")
    text(element, "granularity", GRANULARITY)
    _identifiers(sub(element, "description"))
    _service(sub(element, "description"), base_url)


def _identifiers(description: etree._Element) -> None:
    scheme = SubElement(description, f"{{{OAI_IDENTIFIER}}}oai-identifier", nsmap={None: OAI_IDENTIFIER})
    facts = {
        "scheme": "oai",
        "repositoryIdentifier": namespace(),
        "delimiter": ":",
        "sampleIdentifier": f"oai:{namespace()}:Projects/1",
    }
    for name, value in facts.items():
        SubElement(scheme, f"{{{OAI_IDENTIFIER}}}{name}").text = value


def _service(description: etree._Element, base_url: str) -> None:
    """As the OpenAIRE guidelines ask: who is harvested here, by which of their versions."""
    service = SubElement(description, f"{{{CERIF}}}Service", nsmap={None: CERIF}, id=namespace())
    kind = SubElement(service, f"{{{COMPATIBILITY}}}Compatibility", nsmap={None: COMPATIBILITY})
    kind.text = f"{COMPATIBILITY}#1.1"
    SubElement(service, f"{{{CERIF}}}Acronym").text = namespace()
    name = SubElement(service, f"{{{CERIF}}}Name")
    name.text = settings.WAGTAIL_SITE_NAME
    name.set(XML_LANG, "en")
    SubElement(service, f"{{{CERIF}}}WebsiteURL").text = f"{settings.BASE_URL}/"
    SubElement(service, f"{{{CERIF}}}OAIPMHBaseURL").text = base_url
