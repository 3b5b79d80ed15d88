"""The checks as validators of Django's fields."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError

from .doi import check_doi, check_raid
from .issn import check_issn
from .orcid import check_orcid
from .ror import check_ror


def validate_ror(value: str) -> None:
    _validate(check_ror, value, "invalid_ror")


def validate_orcid(value: str) -> None:
    _validate(check_orcid, value, "invalid_orcid")


def validate_doi(value: str) -> None:
    _validate(check_doi, value, "invalid_doi")


def validate_raid(value: str) -> None:
    _validate(check_raid, value, "invalid_raid")


def validate_issn(value: str) -> None:
    _validate(check_issn, value, "invalid_issn")


def _validate(check: Callable[[str], str], value: str, code: str) -> None:
    try:
        check(value)
    except ValueError as fault:
        raise ValidationError(str(fault), code=code) from fault
