"""The visiting information: what it says, and that the PDF says the same."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from exchange.models import Fixture
from exchange.pack_pdf import MARGIN, pack_pdf
from exchange.queries.arrangements import arrangements_in
from exchange.queries.invitations import REQUESTS, with_sides
from exchange.visiting_pack import Pack, pack_of

from .arranged import NOW, agreed, ready, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def fixture() -> Fixture:
    return agreed(guest_request__team__club__university__time_zone="Europe/Warsaw")


def pack(fixture: Fixture, language: str = "en") -> Pack:
    loaded = with_sides(Fixture.objects).select_related(*REQUESTS).get(pk=fixture.pk)
    with translation.override(language):
        return pack_of(loaded, arrangements_in(loaded), now=NOW)


def facts(fixture: Fixture) -> dict[str, str]:
    return {f"{s.title}/{row.label}": row.text for s in pack(fixture).sections for row in s.rows}


def printed(written: Pack, language: str = "en") -> PdfReader:
    with translation.override(language):
        return PdfReader(BytesIO(pack_pdf(written)))


def words(reader: PdfReader) -> str:
    """Without blanks: where a line breaks is the printer's affair."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_it_says_when_where_and_whom_to_call(fixture):
    ready(fixture)
    told = facts(fixture)
    assert told["When and where/Day"] == "Saturday, 6 March 2027"
    assert told["When and where/Kick-off"] == "15:00 (Europe/Minsk)"
    assert told["When and where/On the guest’s clocks"] == "6 March 2027, 13:00 (Europe/Warsaw)"
    assert told["When and where/Meeting point"] == "Main door"
    assert told["When and where/Distance"] == "42 km as the crow flies"
    assert (told["Host/Contact person"], told["Host/Telephone"]) == ("Anna", "+375 29 123")
    assert told["Guest/Contact person"] == "not said yet"


def test_the_guests_clocks_are_not_told_where_they_show_the_same(fixture):
    """In summer Warsaw is an hour behind Minsk, Moscow never is."""
    university = fixture.guest.club.university
    university.time_zone = "Europe/Moscow"
    university.save()
    assert "When and where/On the guest’s clocks" not in facts(fixture)


def test_the_map_opens_at_the_venue(fixture):
    rows = {row.label: row for row in pack(fixture).sections[0].rows}
    assert rows["Map"].text == "53.90000, 27.56667"
    assert rows["Map"].link.startswith("https://www.openstreetmap.org/?mlat=53.90000&mlon=27.56667#map=17/")


def test_a_number_can_be_called(fixture):
    ready(fixture)
    host = {row.label: row for row in pack(fixture).sections[1].rows}
    assert host["Telephone"].link == "tel:+37529123"


def test_blanks_that_do_not_break_are_blanks(fixture):
    """Formats of dates in Russian have them."""
    say(fixture, meeting_point="6\xa0марта")
    text = "".join(page.extract_text() for page in printed(pack(fixture)).pages)
    assert re.search(r"6\s+марта", text)


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_the_pdf_says_all_that_the_page_says(fixture, language):
    fixture.host_request.notes = "Прывітанне!\nЎсё будзе, щёточка <b>&amp; ґ"
    fixture.host_request.save()
    ready(fixture)
    say(fixture, host_kit="чырвоны, ўзор", notes="a < b & c")
    written = pack(fixture, language)
    read = words(printed(written, language))
    for section in written.sections:
        assert squeezed(section.title) in read
        for row in section.rows:
            assert squeezed(row.label) in read
            assert squeezed(row.text) in read
    assert squeezed(written.advice) in read


def test_the_pdf_names_its_language_and_title(fixture):
    reader = printed(pack(fixture, "be"), "be")
    assert reader.metadata.title == f"{fixture.host} – {fixture.guest}"
    assert reader.trailer["/Root"]["/Lang"] == "be"


def test_what_people_write_is_no_markup(fixture):
    say(fixture, notes='<img src="file:///etc/passwd"/><font color="[[1]]">x</font>', meeting_point="<para>")
    reader = printed(pack(fixture))
    assert '<imgsrc="file:///etc/passwd"/>' in words(reader)
    assert [len(page.images) for page in reader.pages] == [0] * len(reader.pages)


def test_long_names_and_notes_stay_on_the_paper(fixture):
    """Names without a blank, and more notes than a page holds."""
    say(fixture, meeting_point="Ш" * 300, host_kit="W" * 100, notes="\n".join(["нататка " * 20] * 12))
    reader = printed(pack(fixture))
    assert len(reader.pages) > 1
    for page in reader.pages:
        right = float(page.mediabox.right) - MARGIN
        assert edges(page) <= right + 1
    assert "Ш" * 300 in words(reader)


def edges(page) -> float:
    """How far to the right anything begins that is written in one go; wide letters, so whole lines count."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    reached = [0.0]

    def note(text, matrix, text_matrix, _font, size):
        if text.strip():
            left = text_matrix[4] * matrix[0] + matrix[4]
            reached.append(left + stringWidth(text.strip("\n"), "DejaVu", size))

    page.extract_text(visitor_text=note)
    return max(reached)
