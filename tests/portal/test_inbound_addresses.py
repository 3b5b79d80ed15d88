"""Addresses that carry ids: nobody can make one up, and mail systems may write them as they like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.inbound.addresses import BOUNCE, CALENDAR, read_tag, tagged
from portal.inbound.parsed import parse_mail
from tests.portal.mailroom import letter


@pytest.fixture(autouse=True)
def reply_address(settings) -> None:
    settings.REPLY_ADDRESS = "portal@example.org"


def test_a_tagged_address_gives_its_ids_back():
    address = tagged(CALENDAR, 17, 42)
    assert address.startswith("portal+c.17.42.")
    assert address.endswith("@example.org")
    assert read_tag(CALENDAR, address) == (17, 42)


@pytest.mark.parametrize("write", [str.upper, str.title, lambda address: f" {address}\t"])
def test_capitals_and_spaces_do_no_harm(write):
    assert read_tag(CALENDAR, write(tagged(CALENDAR, 17, 42))) == (17, 42)


def test_it_fits_before_the_at_and_is_plain_ascii():
    local, _at, _domain = tagged(CALENDAR, 10**12, 10**12).partition("@")
    assert len(local) <= 64
    assert local == local.lower()
    assert local.isascii()


def test_one_that_does_not_fit_is_a_fault(settings):
    settings.REPLY_ADDRESS = "a" * 20 + "@example.org"
    with pytest.raises(ValueError, match="too long"):
        tagged(CALENDAR, 2**63, 2**63)


def test_another_purpose_does_not_read_it():
    assert read_tag(BOUNCE, tagged(CALENDAR, 17)) is None
    relabelled = tagged(CALENDAR, 17).replace("+c.", "+b.")
    assert read_tag(BOUNCE, relabelled) is None


@pytest.mark.parametrize(
    "forge",
    [
        lambda address: address.replace(".17.", ".18."),
        lambda address: address.replace(".17.42.", ".1742."),
        lambda address: address.replace(".17.42.", ".17."),
        lambda address: address.replace("@example.org", "@example.net"),
        lambda address: address.replace("portal+", "postal+"),
        lambda address: address.replace("@", "x@"),
        lambda address: address[: address.rindex(".", 0, address.index("@"))] + "@example.org",
        lambda address: "portal+c.17.42.@example.org",
        lambda address: "portal@example.org",
        lambda address: "",
    ],
)
def test_what_was_changed_or_made_up_is_not_read(forge):
    assert read_tag(CALENDAR, forge(tagged(CALENDAR, 17, 42))) is None


def test_another_key_seals_in_another_way(settings):
    address = tagged(CALENDAR, 17)
    settings.SECRET_KEY = "another" * 10
    assert read_tag(CALENDAR, address) is None


def test_without_a_reply_address_mail_comes_from_the_plain_sender(settings):
    settings.REPLY_ADDRESS = ""
    assert tagged(BOUNCE, 1) == "portal@example.org"
    assert read_tag(BOUNCE, "portal@example.org") is None
    assert read_tag(BOUNCE, "+b.1.@") is None


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=3))
def test_any_ids_come_back(ids: list[int]):
    assert read_tag(CALENDAR, tagged(CALENDAR, *ids).upper()) == tuple(ids)


@given(st.text(max_size=80))
def test_no_text_is_taken_for_a_tag(text: str):
    assert read_tag(CALENDAR, f"portal+c.{text}@example.org") is None


@pytest.mark.parametrize("name", ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"])
def test_the_tag_is_found_wherever_mail_systems_write_the_recipient(name):
    headers = {"To": "undisclosed-recipients:;", name: f"Club <{tagged(CALENDAR, 17, 42)}>, x@example.org"}
    mail = parse_mail(letter(**{key.replace("-", "_"): value for key, value in headers.items()}))
    assert mail.tag(CALENDAR) == (17, 42)
    assert mail.tag(BOUNCE) is None


def test_a_calendar_names_it_in_its_own_part():
    mail = parse_mail(letter())
    assert mail.tag(CALENDAR) is None
    assert mail.tag(CALENDAR, f"MAILTO:{tagged(CALENDAR, 17, 42)}") == (17, 42)
