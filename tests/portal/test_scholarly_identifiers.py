"""ORCID, DOI, RAiD and ISSN against examples that their registries publish."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from portal.identifiers import (
    check_doi,
    check_issn,
    check_orcid,
    check_raid,
    validate_doi,
    validate_issn,
    validate_orcid,
    validate_raid,
)

# https://support.orcid.org/hc/en-us/articles/360006897674 (the first three), and ORCID's own team pages.
ORCIDS = ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X", "0000-0002-9079-593X"]
# ISSN Manual and https://www.issn.org/understanding-the-issn/; X: Scientometrics' sister and Nature's.
ISSNS = ["0317-8471", "1050-124X", "0378-5955", "2049-3630", "2434-561X", "0028-0836"]
# DOI Handbook (10.1000/182), Crossref's and DataCite's documentation; old suffixes with signs are Wiley's.
DOIS = [
    "10.1000/182",
    "10.5555/12345678",
    "10.1038/nphys1170",
    "10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1",
    "10.1000.10/123456",
]
# https://metadata.raid.org/en/latest/core/identifier.html and https://raid.org
RAIDS = ["10.25.10.1234/a1b2c", "10.26259/2c33ec2f", "10.83334/c74980b1"]


@pytest.mark.parametrize("orcid", ORCIDS)
@pytest.mark.parametrize(
    "written", ["{}", "https://orcid.org/{}", "http://www.orcid.org/{}/", "ORCID.org/{}", " {}\n"]
)
def test_an_orcid_is_read_however_it_is_written(orcid: str, written: str):
    assert check_orcid(written.format(orcid)) == orcid
    assert check_orcid(written.format(orcid.replace("-", "").lower())) == orcid


@pytest.mark.parametrize("wrong", ["0000-0002-1825-0098", "0000-0002-1852-0097", "0000-0002-1694-2331"])
def test_a_slip_in_an_orcid_is_noticed(wrong: str):
    with pytest.raises(ValueError, match=f"ORCID iD {wrong} has a wrong check digit"):
        check_orcid(wrong)


@pytest.mark.parametrize(
    "malformed", ["", "0000-0002-1825-009", "0000-0002-1825-00977", "https://example.org/0000-0002-1825-0097"]
)
def test_anything_else_is_not_an_orcid(malformed: str):
    with pytest.raises(ValueError, match="is not an ORCID iD"):
        check_orcid(malformed)


@pytest.mark.parametrize("issn", ISSNS)
@pytest.mark.parametrize("written", ["{}", "ISSN {}", "issn: {}", "https://portal.issn.org/resource/ISSN/{}"])
def test_an_issn_is_read_however_it_is_written(issn: str, written: str):
    assert check_issn(written.format(issn)) == issn
    assert check_issn(issn.replace("-", "").lower()) == issn


def test_a_slip_in_an_issn_is_noticed():
    with pytest.raises(ValueError, match="ISSN 0317-8472 has a wrong check digit"):
        check_issn("0317-8472")
    with pytest.raises(ValueError, match="is not an ISSN"):
        check_issn("0317-847")


@pytest.mark.parametrize("doi", DOIS)
@pytest.mark.parametrize(
    "written", ["{}", "doi:{}", "DOI: {}", "https://doi.org/{}", "http://dx.doi.org/{}", "doi.org/{}"]
)
def test_a_doi_is_read_however_it_is_written(doi: str, written: str):
    assert check_doi(written.format(doi)) == doi
    assert check_doi(written.format(doi.upper())) == doi


def test_an_address_is_written_with_per_cent_signs_and_a_doi_is_not():
    assert check_doi("https://doi.org/10.1002/a%3Cb%3E") == "10.1002/a<b>"
    assert check_doi("10.1002/a%3Cb") == "10.1002/a%3cb"


@pytest.mark.parametrize(
    "malformed",
    ["", "10.1000", "10.1000/", "11.1000/182", "10.12/abc", "10.1000/a b", "https://example.org/a"],
)
def test_anything_else_is_not_a_doi(malformed: str):
    with pytest.raises(ValueError, match="is not a DOI"):
        check_doi(malformed)


@pytest.mark.parametrize("raid", RAIDS)
@pytest.mark.parametrize(
    "written", ["{}", "https://raid.org/{}", "raid.org/{}", "https://doi.org/{}", "raid:{}"]
)
def test_a_raid_is_read_however_it_is_written(raid: str, written: str):
    assert check_raid(written.format(raid)) == raid
    assert check_raid(written.format(raid.upper())) == raid


@pytest.mark.parametrize("malformed", ["", "raid.org", "10.25/", "102.100/a", "https://example.org/10.25/a"])
def test_anything_else_is_not_a_raid(malformed: str):
    with pytest.raises(ValueError, match="is not a RAiD"):
        check_raid(malformed)


@pytest.mark.parametrize(
    ("validate", "right", "code"),
    [
        (validate_orcid, ORCIDS[0], "invalid_orcid"),
        (validate_issn, ISSNS[0], "invalid_issn"),
        (validate_doi, DOIS[0], "invalid_doi"),
        (validate_raid, RAIDS[0], "invalid_raid"),
    ],
)
def test_the_validators_raise_what_forms_expect(validate, right: str, code: str):
    validate(right)
    with pytest.raises(ValidationError) as caught:
        validate("x" * 5000)
    assert caught.value.code == code
    assert len(caught.value.message) < 250
