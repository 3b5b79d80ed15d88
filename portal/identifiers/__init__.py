"""Identifiers that other registries gave out: read as people write them, checked, kept bare."""

from .doi import check_doi, check_raid, doi_url, raid_url
from .issn import check_issn
from .orcid import check_orcid, orcid_url
from .ror import check_ror, ror_check_digits
from .validators import validate_doi, validate_issn, validate_orcid, validate_raid, validate_ror

__all__ = [
    "check_doi",
    "check_issn",
    "check_orcid",
    "check_raid",
    "check_ror",
    "doi_url",
    "orcid_url",
    "raid_url",
    "ror_check_digits",
    "validate_doi",
    "validate_issn",
    "validate_orcid",
    "validate_raid",
    "validate_ror",
]
