"""The rig itself: it finds what it looks for, and leaves nothing behind."""

from __future__ import annotations

import os
import smtplib
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.embedded import end_with_parent, free_port
from tests.portal.outbox_rig import wait_until_it_listens
from tests.portal.smtp_sink import Answer

from .databases import NAME
from .journal import HELD, KEPT, REFUSED, Journal, Line, digest_of
from .judge import Mail, judge, lost_recipients, repeated
from .report import line_of, table
from .sink import DECK, FAULTS_AT_DATA, Deck
from .table import ROWS

ROOT = Path(__file__).resolve().parents[2]


def mail(name: str, state: str = "sent", digest: str = "bytes") -> Mail:
    return Mail(name, f"{name}@example.org", digest, state)


def kept(name: str, digest: str = "bytes") -> Line:
    return Line(KEPT, f"{name}@example.org", name, digest, 0)


def refused(name: str) -> Line:
    return Line(REFUSED, f"{name}@example.org", "", "", 0)


def test_all_is_well_where_each_mail_came_once_or_twice_or_was_refused_or_is_listed():
    verdict = judge(
        [mail("a"), mail("b"), mail("c", "failed"), mail("d", "uncertain")],
        [kept("a"), kept("b"), kept("b"), refused("c")],
    )
    assert (verdict.written, verdict.arrived, verdict.lost, verdict.unsettled) == (4, 2, [], [])
    assert (verdict.doubled, verdict.refused, verdict.uncertain) == (["b"], ["c"], ["d"])
    assert verdict.share_uncertain == 0.25
    assert (verdict.thirds, verdict.altered, verdict.foreign) == ([], [], [])


@pytest.mark.parametrize("state", ["queued", "retry", "leased", "data", "sent", "failed", "cancelled"])
def test_a_mail_that_never_came_is_lost_whatever_the_outbox_calls_it(state):
    assert judge([mail("a", state)], []).lost == ["a"]


def test_a_mail_is_not_refused_because_another_was():
    assert judge([mail("a", "failed"), mail("b", "failed")], [refused("b")]).lost == ["a"]


@pytest.mark.parametrize("state", ["queued", "retry", "leased", "data", "failed"])
def test_a_mail_that_came_and_is_not_called_sent_is_not_settled(state):
    verdict = judge([mail("a", state)], [kept("a")])
    assert (verdict.lost, verdict.unsettled) == ([], ["a"])


def test_a_third_copy_is_found():
    assert judge([mail("a")], [kept("a")] * 3).thirds == ["a"]


def test_changed_bytes_are_found_in_any_copy():
    assert judge([mail("a")], [kept("a"), kept("a", "other")]).altered == ["a"]


def test_a_mail_that_nobody_wrote_is_found():
    """As a second copy with a Message-ID of its own would be."""
    assert judge([mail("a")], [kept("a"), kept("b")]).foreign == ["b"]


def test_mail_without_a_record_is_counted_by_address():
    journal = [kept("a"), refused("b"), Line(HELD, "c@example.org", "", "", 0)]
    assert lost_recipients(["a@example.org", "b@example.org", "c@example.org"], journal) == ["c@example.org"]


def test_what_is_there_twice_is_counted():
    assert repeated(["a", "b", "a", "a"]) == {"a": 3}


# -- the journal and the mail server ---------------------------------------------------------------


def test_the_journal_is_read_as_it_was_written_but_for_a_line_without_an_end(tmp_path):
    journal = Journal(tmp_path / "journal")
    assert list(journal.lines()) == []
    journal.write(kept("a"))
    with journal.path.open("a") as file:
        file.write("kept\tb@exam")
    assert list(journal.lines()) == [kept("a")]
    assert journal.count() == {KEPT: 1}


def test_a_deck_deals_each_fault_in_every_round():
    deck = Deck(FAULTS_AT_DATA, seed=1)
    for _round in range(2):
        dealt = Counter(deck.draw() for _ in range(DECK))
        assert {answer: dealt[answer] for answer in FAULTS_AT_DATA} == FAULTS_AT_DATA
        assert dealt[Answer.OK] == DECK - sum(FAULTS_AT_DATA.values())


@pytest.fixture
def port(tmp_path) -> Iterator[int]:
    port = free_port()
    command = ["-m", "tests.faults.sink", "--port", str(port), "--journal", str(tmp_path / "journal")]
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, preexec_fn=end_with_parent())
    wait_until_it_listens(port)
    yield port
    process.kill()
    process.wait()


def test_the_mail_server_writes_down_the_bytes_before_it_answers(port, tmp_path):
    mime = b"Message-ID: <1@test>\r\nSubject: Hello\r\n\r\n.\r\n..two dots\r\n"
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as server:
        server.sendmail("portal@example.org", ["a@example.org"], mime)
        (line,) = Journal(tmp_path / "journal").lines()
    assert (line.deed, line.recipient, line.message_id) == (KEPT, "a@example.org", "<1@test>")
    assert line.digest == digest_of(mime)


# -- the program -----------------------------------------------------------------------------------


def test_each_row_has_its_module():
    assert [row.name for row in ROWS if not (ROOT / f"{row.module.replace('.', '/')}.py").exists()] == []


@pytest.mark.parametrize(("holds", "mark"), [(True, "holds"), (False, "FAILS")])
def test_one_figure_that_fails_fails_its_row(holds, mark):
    figures = [{"text": "lost 0", "holds": True}, {"text": "copies 3", "holds": holds}]
    result = {"row": "storm", "database": "PostgreSQL", "seconds": 1, "figures": figures}
    assert line_of(result).startswith(f"{mark} storm")
    assert table([result]).splitlines()[-1].startswith(f"| {mark} |")
    assert ("**copies 3**" in table([result])) is not holds


def test_a_database_tells_whose_it_was():
    assert NAME.match(f"faults_{os.getpid()}_storm")[1] == str(os.getpid())
    assert NAME.match("faults_of_the_heart") is None
