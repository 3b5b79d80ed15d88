"""What a harvester asks: a verb, and the arguments that it allows."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from .faults import Code, OaiFault

TOKEN = "resumptionToken"  # noqa: S105 - the name of an argument
LIST = {"metadataPrefix": True, "from": False, "until": False, "set": False}


@dataclass(frozen=True, slots=True)
class Spec:
    #: Name of each argument, and whether it must be there.
    known: dict[str, bool]
    resumes: bool = False


VERBS = {
    "Identify": Spec({}),
    "ListMetadataFormats": Spec({"identifier": False}),
    "ListSets": Spec({}, resumes=True),
    "ListIdentifiers": Spec(LIST, resumes=True),
    "ListRecords": Spec(LIST, resumes=True),
    "GetRecord": Spec({"identifier": True, "metadataPrefix": True}),
}


def read_verb(sent: QueryDict) -> str:
    verbs = sent.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        said = "There must be one verb" if len(verbs) != 1 else "This is no verb of the protocol"
        raise OaiFault(Code.BAD_VERB, f"{said}; those are {', '.join(VERBS)}.")
    return verbs[0]


def read_arguments(verb: str, sent: QueryDict) -> dict[str, str]:
    spec = VERBS[verb]
    given = {name: sent.getlist(name) for name in sent if name != "verb"}
    for name, values in given.items():
        if name not in spec.known and not (name == TOKEN and spec.resumes):
            raise OaiFault(Code.BAD_ARGUMENT, f"{verb} has no argument {name[:40]!r}.")
        if len(values) > 1:
            raise OaiFault(Code.BAD_ARGUMENT, f"{name} is there more than once.")
        if not values[0]:
            raise OaiFault(Code.BAD_ARGUMENT, f"{name} is empty.")
    if TOKEN in given and len(given) > 1:
        raise OaiFault(Code.BAD_ARGUMENT, f"{TOKEN} stands alone, without other arguments.")
    missing = [name for name, needed in spec.known.items() if needed and name not in given]
    if missing and TOKEN not in given:
        raise OaiFault(Code.BAD_ARGUMENT, f"{verb} needs {' and '.join(missing)}.")
    return {name: values[0] for name, values in given.items()}
