"""Each verb of the protocol, answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from lxml import etree

from research.formats import cerif, dublin_core
from research.models import Project, Record
from research.queries.whole import public_wholes

from . import envelope
from .arguments import TOKEN, read_arguments, read_verb
from .dates import read_span
from .envelope import sub, text
from .faults import Code, OaiFault
from .harvest import Harvest, begin, next_part, resume
from .identify import identifier_of, identify, key_in
from .sets import all_sets


@dataclass(frozen=True, slots=True)
class Format:
    schema: str
    namespace: str
    write: Callable[[Project], etree._Element]


FORMATS = {
    "oai_dc": Format(dublin_core.SCHEMA, dublin_core.OAI_DC, dublin_core.dublin_core),
    "oai_cerif_openaire": Format(cerif.SCHEMA, cerif.CERIF, cerif.cerif_project),
}


def answer(sent: QueryDict, *, base_url: str, now: datetime) -> bytes:
    asked: dict[str, str] = {}
    try:
        verb = read_verb(sent)
        arguments = read_arguments(verb, sent)
        asked = {"verb": verb, **arguments}
        root = envelope.envelope(base_url, asked, now)
        if verb == "Identify":
            identify(root, base_url, now)
        else:
            ANSWERS[verb](root, arguments, now)
    except OaiFault as told:
        root = envelope.fault(base_url, asked, told, now)
    return envelope.written(root)


def _list_formats(root: etree._Element, arguments: dict[str, str], now: datetime) -> None:
    if "identifier" in arguments:
        _record(arguments["identifier"])
    element = sub(root, "ListMetadataFormats")
    for prefix, form in FORMATS.items():
        one = sub(element, "metadataFormat")
        text(one, "metadataPrefix", prefix)
        text(one, "schema", form.schema)
        text(one, "metadataNamespace", form.namespace)


def _list_sets(root: etree._Element, arguments: dict[str, str], now: datetime) -> None:
    if TOKEN in arguments:
        raise OaiFault(Code.BAD_TOKEN, "Sets are listed in one part; there is no token for them.")
    element = sub(root, "ListSets")
    for spec, name in all_sets():
        one = sub(element, "set")
        text(one, "setSpec", spec)
        text(one, "setName", name)


def _list_identifiers(root: etree._Element, arguments: dict[str, str], now: datetime) -> None:
    harvest = _harvest("ListIdentifiers", arguments, now)
    records, following = next_part(harvest)
    element = sub(root, "ListIdentifiers")
    public = public_wholes(_projects(records))
    for record in records:
        envelope.header(element, record, identifier_of(record), deleted=_is_gone(record, public))
    envelope.resumption(element, harvest, following)


def _list_records(root: etree._Element, arguments: dict[str, str], now: datetime) -> None:
    harvest = _harvest("ListRecords", arguments, now)
    records, following = next_part(harvest)
    element = sub(root, "ListRecords")
    _write_records(element, records, FORMATS[harvest.prefix])
    envelope.resumption(element, harvest, following)


def _get_record(root: etree._Element, arguments: dict[str, str], now: datetime) -> None:
    record, form = _record(arguments["identifier"]), _format(arguments)
    _write_records(sub(root, "GetRecord"), [record], form)


ANSWERS = {
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
    "GetRecord": _get_record,
}


def _harvest(verb: str, arguments: dict[str, str], now: datetime) -> Harvest:
    if TOKEN in arguments:
        return resume(verb, arguments[TOKEN])
    _format(arguments)
    since, before = read_span(arguments.get("from"), arguments.get("until"))
    return begin(verb, arguments["metadataPrefix"], arguments.get("set", ""), since, before, now)


def _format(arguments: dict[str, str]) -> Format:
    form = FORMATS.get(arguments["metadataPrefix"])
    if form is None:
        raise OaiFault(Code.NO_SUCH_FORMAT, f"The formats are {' and '.join(FORMATS)}.")
    return form


def _record(identifier: str) -> Record:
    record = Record.objects.filter(key=key_in(identifier)).first()
    if record is None:
        raise OaiFault(Code.NO_SUCH_ID, "No record has this identifier.")
    return record


def _projects(records: Iterable[Record]) -> list[int]:
    return [record.project_id for record in records if record.project_id and not record.deleted]


def _is_gone(record: Record, public: dict[int, Project]) -> bool:
    """What is not public is not told, even before its record has noticed."""
    return record.deleted or record.project_id not in public


def _write_records(element: etree._Element, records: list[Record], form: Format) -> None:
    public = public_wholes(_projects(records))
    for record in records:
        one = sub(element, "record")
        gone = _is_gone(record, public)
        envelope.header(one, record, identifier_of(record), deleted=gone)
        if not gone:
            sub(one, "metadata").append(form.write(public[record.project_id]))
