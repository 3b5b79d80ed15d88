"""One mail a day with what waits, by its reader's clock; nothing twice, whatever stops or runs beside."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from portal.actions import digests
from portal.actions.digests import send_digests
from portal.actions.notices import unsubscribe
from portal.enums import Delivery, MailState
from portal.models import DigestEntry, NoticeChoice, OutboxMessage
from portal.notices import DIGEST, kind_of, next_digest
from portal.tasks import send_digests as task
from tests.factories import UserFactory
from tests.portal.notice_rig import CHOOSABLE, NOW, parsed, tell

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
#: Seven in the morning in Minsk, the day after NOW.
SEVEN = datetime(2027, 2, 2, 4, 0, tzinfo=UTC)


def reader(zone: str = "Europe/Minsk", **facts: object):
    """Somebody who has chosen the digest for what happens next."""
    person = UserFactory(time_zone=zone, **facts)
    NoticeChoice.objects.create(person=person, kind=CHOOSABLE, delivery=Delivery.DAILY)
    return person


def digest_mails() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=DIGEST.name).order_by("pk"))


def text_of(row: OutboxMessage) -> str:
    return parsed(row).get_body(("plain",)).get_content()


def sweep_hourly(start: datetime, hours: int) -> list[datetime]:
    """When mails were written."""
    moments = [start + timedelta(hours=hour) for hour in range(hours)]
    return [moment for moment in moments for _mail in range(send_digests(now=moment))]


@pytest.mark.parametrize(
    ("zone", "now", "comes"),
    [
        ("Europe/Minsk", "2027-02-01T03:59:59", "2027-02-01T04:00"),
        ("Europe/Minsk", "2027-02-01T04:00", "2027-02-02T04:00"),
        ("Asia/Vladivostok", "2027-02-01T12:00", "2027-02-01T21:00"),
        ("America/New_York", "2027-02-01T12:00", "2027-02-02T12:00"),
        # Clocks of Berlin go forward on 28 March and back on 31 October 2027.
        ("Europe/Berlin", "2027-03-27T12:00", "2027-03-28T05:00"),
        ("Europe/Berlin", "2027-03-27T05:59", "2027-03-27T06:00"),
        ("Europe/Berlin", "2027-10-30T12:00", "2027-10-31T06:00"),
    ],
)
def test_a_digest_comes_at_seven_by_the_readers_clock(zone, now, comes):
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    due = next_digest(ZoneInfo(zone), now=moment)
    assert due == datetime.fromisoformat(comes).replace(tzinfo=UTC)
    assert due.astimezone(ZoneInfo(zone)).hour == 7


def test_a_digest_says_all_that_waits_and_links_to_it():
    person = reader()
    tell(person, number=1, club="Bears & <Friends>")
    tell(person, number=2, club="Wolves")
    assert send_digests(now=SEVEN - timedelta(seconds=1)) == 0
    assert send_digests(now=SEVEN) == 1
    (row,) = digest_mails()
    assert (row.recipient, row.subject) == (person.email, "University Sport Exchange: 2 notices")
    text = text_of(row)
    assert text.index("You no longer act for Bears & <Friends>") < text.index("You no longer act for Wolves")
    assert "Ann has removed you from the officers of Wolves" in text
    assert text.count("https://portal.test/exchange/fixtures/1/") == 2
    html = parsed(row).get_body(("html",)).get_content()
    assert "Bears &amp; &lt;Friends&gt;" in html
    assert "<Friends>" not in html


def test_a_digest_says_how_to_stop_it():
    tell(reader())
    send_digests(now=SEVEN)
    mail = parsed(digest_mails()[0])
    link = mail["List-Unsubscribe"].strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in text_of(digest_mails()[0])
    assert "“Daily digest”" in text_of(digest_mails()[0])


def test_a_digest_speaks_its_readers_language():
    tell(reader(language="ru"))
    send_digests(now=SEVEN)
    assert '<html lang="ru">' in parsed(digest_mails()[0]).get_body(("html",)).get_content()


def test_no_news_no_mail():
    reader()
    assert send_digests(now=SEVEN) == 0


def test_what_comes_late_comes_along_and_the_next_day_is_quiet():
    person = reader()
    tell(person, number=1)
    late = SEVEN + timedelta(hours=5)
    tell(person, number=2, now=late)
    assert send_digests(now=late) == 1
    assert DigestEntry.objects.filter(sent_at=late).count() == 2
    assert send_digests(now=SEVEN + DAY) == 0


@pytest.mark.parametrize("zone", ["Europe/Minsk", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_news_every_hour_make_one_mail_a_local_day(zone):
    person = reader(zone)
    written = []
    for hour in range(72):
        moment = NOW + timedelta(hours=hour)
        tell(person, number=hour, now=moment)
        written += [moment] * send_digests(now=moment)
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in written]
    assert len(days) == len(set(days)) == 3


@pytest.mark.parametrize("change", [datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 10, 31, tzinfo=UTC)])
def test_one_mail_a_day_when_clocks_change(change):
    person = reader("Europe/Berlin")
    written = []
    for half_hour in range(4 * 48):
        moment = change - 2 * DAY + timedelta(minutes=30 * half_hour)
        tell(person, number=half_hour, now=moment)
        written += [moment] * send_digests(now=moment)
    local = [moment.astimezone(ZoneInfo("Europe/Berlin")) for moment in written]
    assert [(moment.hour, moment.minute) for moment in local] == [(7, 0)] * 4
    assert len({moment.date() for moment in local}) == 4


def test_a_stopped_week_catches_up_with_one_mail():
    person = reader()
    for day in range(7):
        tell(person, number=day, now=NOW + day * DAY)
    back = NOW + 7 * DAY + timedelta(minutes=3)
    assert sweep_hourly(back, 48) == [back]
    assert digest_mails()[0].subject.endswith("7 notices")
    tell(person, number=8, now=back)
    assert sweep_hourly(back + timedelta(hours=1), 48) == [back + timedelta(hours=16)]
    assert digest_mails()[1].subject.endswith("1 notice")


def test_what_was_sent_is_not_told_again():
    person = reader()
    first = tell(person)
    send_digests(now=SEVEN)
    assert tell(person, now=SEVEN) == first
    assert send_digests(now=SEVEN + DAY) == 0


def test_a_kind_that_is_turned_off_is_not_in_the_next_digest():
    person = reader()
    tell(person)
    kept = tell(person, kind="result_final")
    unsubscribe(person=person, kind=kind_of(CHOOSABLE), now=NOW)
    send_digests(now=SEVEN)
    assert list(DigestEntry.objects.all()) == [kept]
    assert digest_mails()[0].subject.endswith("1 notice")


def test_what_was_written_while_its_kind_was_turned_off_is_dropped():
    person = reader()
    tell(person)
    NoticeChoice.objects.update(delivery=Delivery.NEVER)
    assert send_digests(now=SEVEN) == 0
    assert not DigestEntry.objects.exists()


def test_a_digest_that_waits_in_the_outbox_stops_with_the_digest():
    person = reader()
    tell(person)
    send_digests(now=SEVEN)
    unsubscribe(person=person, kind=DIGEST, now=SEVEN)
    assert digest_mails()[0].state == MailState.SUPPRESSED


def test_a_closed_account_gets_none():
    tell(reader(is_active=False))
    assert send_digests(now=SEVEN) == 0


def test_who_has_no_time_zone_reads_by_the_portals(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    assert tell(reader("")).due_at == datetime(2027, 2, 1, 22, tzinfo=UTC)


def test_mark_and_mail_are_written_together_and_one_persons_fault_delays_nobody(monkeypatch):
    broken, other = reader(), reader()
    tell(broken), tell(other)
    write = digests.enqueue_mail

    def break_for_one(**mail):
        row = write(**mail)
        if mail["recipient"] == broken:
            raise ZeroDivisionError
        return row

    monkeypatch.setattr(digests, "enqueue_mail", break_for_one)
    assert send_digests(now=SEVEN) == 1
    assert [row.recipient for row in digest_mails()] == [other.email]
    assert DigestEntry.objects.get(person=broken).sent_at is None
    monkeypatch.undo()
    assert send_digests(now=SEVEN) == 1


def test_beat_sweeps():
    tell(reader(), now=NOW - DAY)
    DigestEntry.objects.update(due_at=datetime(2020, 1, 1, tzinfo=UTC))
    task(whatever_comes_later=1)
    assert len(digest_mails()) == 1


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_once_write_one_mail_a_person():
    people = [reader() for _number in range(5)]
    for person in people:
        tell(person, number=1), tell(person, number=2)
    barrier = Barrier(4)

    def sweep(_number: int) -> int:
        try:
            barrier.wait(timeout=10)
            return send_digests(now=SEVEN)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(sweep, range(4))) == 5
    assert sorted(row.recipient for row in digest_mails()) == sorted(person.email for person in people)
    assert DigestEntry.objects.filter(sent_at=SEVEN).count() == 10
