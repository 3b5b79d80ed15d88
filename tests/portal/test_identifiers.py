import csv
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from portal.identifiers import check_ror, ror_check_digits, validate_ror

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "universities.csv"

# From ROR's page on the pattern and from Crossref's story on validating ids.
PUBLISHED = ["02mhbdp94", "03yrm5c26", "01k4yrm29", "00pjdza24", "05gqaka33"]


@pytest.mark.parametrize("ror", PUBLISHED)
@pytest.mark.parametrize(
    "written", ["{}", "ror.org/{}", "https://ror.org/{}", "http://ror.org/{}/", "  {}\n"]
)
def test_an_id_is_read_however_it_is_written(ror, written):
    assert check_ror(written.format(ror)) == ror


def test_capitals_are_lowered():
    assert check_ror("HTTPS://ROR.ORG/05GQAKA33") == "05gqaka33"


@pytest.mark.parametrize("wrong", ["05gqaka34", "https://ror.org/05gqaka43", "05gqkaa33", "01k4yrm30"])
def test_a_slip_of_the_pen_is_noticed(wrong):
    with pytest.raises(ValueError, match="wrong check digit"):
        check_ror(wrong)


@pytest.mark.parametrize(
    "malformed",
    [
        "",
        "0",
        "15gqaka33",
        "05gqaka3",
        "05gqaka333",
        "05gqakl33",
        "05gqakax3",
        "https://example.org/05gqaka33",
        "٠٥gqaka33",
    ],
)
def test_anything_else_is_not_an_id(malformed):
    with pytest.raises(ValueError, match="is not a ROR id"):
        check_ror(malformed)


def test_the_message_names_the_id_and_does_not_quote_a_novel():
    with pytest.raises(ValueError, match="05gqaka34"):
        check_ror("05gqaka34")
    with pytest.raises(ValueError, match="is not a ROR id") as caught:
        check_ror("x" * 5000)
    assert len(str(caught.value)) < 250


def test_check_digits_keep_their_leading_zero():
    assert ror_check_digits("0002mgt") == "08"
    assert check_ror("0002mgt08") == "0002mgt08"


def test_the_validator_raises_what_forms_expect():
    validate_ror("https://ror.org/05gqaka33")
    with pytest.raises(ValidationError, match="wrong check digit") as caught:
        validate_ror("05gqaka34")
    assert caught.value.code == "invalid_ror"


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data/universities.csv is not on this machine")
def test_every_id_of_the_registry_passes():
    with SHARED.open(encoding="utf-8", newline="") as lines:
        ids = [row["id"] for row in csv.DictReader(lines)]
    assert len(ids) == 13_229
    assert [f"https://ror.org/{check_ror(written)}" for written in ids] == ids
