"""Who is told how: at once, once a day or not at all; and whom nobody can spare."""

from __future__ import annotations

import pytest
from django.utils import translation

from portal.actions.notices import choose_deliveries, save_choices
from portal.actions.people import take_over_time_zone
from portal.enums import MAIL_MOVES, Delivery, MailState
from portal.models import DigestEntry, NoticeChoice, OutboxMessage
from portal.notices import (
    DIGEST,
    NoticeKind,
    UnknownKindError,
    choosable_kinds,
    deliveries_of,
    kind_of,
    register,
    sent_always,
)
from portal.outbox import cancel_mails
from portal.outbox.lease import begin_data, claim
from tests.factories import UniversityFactory, UserFactory
from tests.portal.notice_rig import CHOOSABLE, LINK, NOW, choose, parsed, tell

pytestmark = pytest.mark.django_db


def test_a_kind_that_nobody_registered_is_a_fault():
    with pytest.raises(UnknownKindError, match="'gossip'"):
        tell(UserFactory(), kind="gossip")
    with pytest.raises(LookupError):
        choose_deliveries(person=UserFactory(), deliveries={"gossip": Delivery.NEVER}, now=NOW)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("name", [CHOOSABLE, DIGEST.name])
def test_a_name_means_one_kind(name):
    with pytest.raises(ValueError, match="another kind"):
        register(NoticeKind(name, "Something else", "", ""))
    register(*choosable_kinds())
    assert kind_of(name).label != "Something else"


def test_what_must_be_acted_on_cannot_be_turned_off():
    always = {kind.name for kind in sent_always()}
    assert always >= {"invitation", "reminder", "confirmed", "cancelled", "postponed", "offer", "result"}
    assert always.isdisjoint(kind.name for kind in choosable_kinds())
    with pytest.raises(LookupError):
        choose_deliveries(person=UserFactory(), deliveries={"invitation": Delivery.NEVER}, now=NOW)


@pytest.mark.parametrize("delivery", Delivery)
def test_mail_that_must_be_acted_on_comes_whatever_stands_in_the_database(delivery):
    person = UserFactory()
    choose(person, delivery, kind="invitation")
    row = tell(person, kind="invitation")
    assert (row.state, row.recipient) == (MailState.QUEUED, person.email)


def test_what_was_not_chosen_comes_as_its_kind_says():
    person = UserFactory()
    assert deliveries_of(person) == {kind.name: kind.default for kind in choosable_kinds()}
    assert isinstance(tell(person), OutboxMessage)
    assert isinstance(tell(person, kind="result_final"), DigestEntry)


def test_at_once_is_a_mail_that_names_person_and_fact():
    person = UserFactory(language="ru")
    choose(person, Delivery.AT_ONCE)
    row = tell(person)
    assert (row.kind, row.dedupe_key) == (CHOOSABLE, f"{CHOOSABLE}:1:{person.pk}")
    with translation.override("ru"):
        assert str(kind_of(CHOOSABLE).label) in parsed(row).get_body(("plain",)).get_content()
    assert not DigestEntry.objects.exists()


def test_daily_is_an_entry_that_says_what_happened_and_leads_on():
    person = UserFactory()
    choose(person, Delivery.DAILY)
    entry = tell(person, club="Bears & <Friends>")
    assert entry.subject == "You no longer act for Bears & <Friends>"
    assert entry.summary.startswith("Ann has removed you from the officers of Bears & <Friends>")
    assert (entry.link, entry.kind, entry.sent_at) == (LINK, CHOOSABLE, None)
    assert not OutboxMessage.objects.exists()


def test_never_leaves_no_trace():
    person = UserFactory()
    choose(person, Delivery.NEVER)
    assert tell(person) is None
    assert not OutboxMessage.objects.exists()
    assert not DigestEntry.objects.exists()


def test_one_persons_choice_is_nobody_elses():
    person, other = UserFactory(), UserFactory()
    choose(person, Delivery.NEVER)
    assert tell(person) is None
    assert tell(other).recipient == other.email


@pytest.mark.parametrize(("first", "then"), [("at-once", "daily"), ("daily", "at-once"), ("daily", "daily")])
def test_nothing_is_told_twice_though_the_choice_has_changed(first, then):
    person = UserFactory()
    choose(person, Delivery(first))
    told = tell(person)
    choose(person, Delivery(then))
    assert tell(person) in (None, told)
    assert OutboxMessage.objects.count() + DigestEntry.objects.count() == 1


def test_only_what_can_be_turned_off_says_how():
    person = UserFactory()
    mail, binding = parsed(tell(person)), parsed(tell(person, kind="invitation"))
    link = mail["List-Unsubscribe"].strip("<>")
    assert link.startswith("http://portal.test/notices/unsubscribe/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for part in ("plain", "html"):
        assert link in mail.get_body((part,)).get_content()
        assert "http://portal.test/notices/" in mail.get_body((part,)).get_content()
        assert "/notices/" not in binding.get_body((part,)).get_content()
    assert binding["List-Unsubscribe"] is binding["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize("base_url", ["https://p.example", f"https://{'long-name.' * 12}example.org"])
def test_the_headers_are_ascii_and_not_folded_inside_the_link(settings, base_url):
    """A signature covers the header as it stands, and a link with a space in it leads nowhere."""
    settings.BASE_URL = base_url
    mime = bytes(tell(UserFactory(first_name="Жанна")).mime)
    head = mime.split(b"\r\n\r\n")[0]
    assert head.isascii()
    (line,) = [line for line in head.split(b"\r\n") if line.startswith(b"List-Unsubscribe:")]
    link = line.removeprefix(b"List-Unsubscribe: ")
    assert link.startswith(b"<" + base_url.encode() + b"/notices/unsubscribe/")
    assert link.endswith(b"/>")
    assert b" " not in link
    assert max(len(line) for line in mime.split(b"\r\n")) < 998
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head.split(b"\r\n")


def test_headers_of_the_caller_go_along():
    mail = parsed(tell(UserFactory(), headers={"X-Fixture": "7"}))
    assert (mail["X-Fixture"], mail["List-Unsubscribe-Post"]) == ("7", "List-Unsubscribe=One-Click")


def test_mail_that_must_be_acted_on_costs_no_query_more(django_assert_num_queries):
    person = UserFactory()
    with django_assert_num_queries(2):
        tell(person, kind="invitation")
    with django_assert_num_queries(4):
        tell(person)


def test_what_stays_as_it_was_goes_on_following_its_kind():
    person = UserFactory()
    wanted = deliveries_of(person) | {CHOOSABLE: Delivery.DAILY}
    assert choose_deliveries(person=person, deliveries=wanted, now=NOW) == {CHOOSABLE}
    choice = NoticeChoice.objects.get()
    assert (choice.kind, choice.delivery, choice.chosen_at) == (CHOOSABLE, Delivery.DAILY, NOW)
    assert deliveries_of(person) == wanted
    choose_deliveries(person=person, deliveries={CHOOSABLE: Delivery.AT_ONCE}, now=NOW)
    assert NoticeChoice.objects.get().delivery == Delivery.AT_ONCE


def test_what_is_not_wanted_any_more_is_held_back_and_the_rest_is_not():
    person, other = UserFactory(), UserFactory()
    stopped = [tell(person, number=1), tell(person, number=2)]
    OutboxMessage.objects.filter(pk=stopped[1].pk).update(state=MailState.RETRY)
    kept = [tell(person, kind="pack"), tell(person, kind="invitation"), tell(other)]
    entry, kept_entry = tell(person, kind="result_final"), tell(other, kind="result_final")
    never = {CHOOSABLE: Delivery.NEVER, "result_final": Delivery.NEVER}
    choose_deliveries(person=person, deliveries=never, now=NOW)
    states = dict(OutboxMessage.objects.values_list("pk", "state"))
    assert {states[row.pk] for row in stopped} == {MailState.SUPPRESSED}
    assert {states[row.pk] for row in kept} == {MailState.QUEUED}
    assert MailState.SUPPRESSED in MAIL_MOVES[MailState.QUEUED] & MAIL_MOVES[MailState.RETRY]
    assert list(DigestEntry.objects.all()) == [kept_entry]
    assert entry != kept_entry


def test_mail_is_held_back_though_the_address_has_changed():
    person = UserFactory()
    row = tell(person)
    person.email = "new@example.org"
    person.save()
    choose_deliveries(person=person, deliveries={CHOOSABLE: Delivery.NEVER}, now=NOW)
    assert OutboxMessage.objects.get(pk=row.pk).state == MailState.SUPPRESSED


def test_mail_that_a_sender_holds_does_not_leave_either():
    person = UserFactory()
    tell(person)
    (row,) = claim(now=NOW)
    choose_deliveries(person=person, deliveries={CHOOSABLE: Delivery.NEVER}, now=NOW)
    assert not begin_data(row, now=NOW)
    assert OutboxMessage.objects.get().state == MailState.SUPPRESSED


def test_mail_that_is_handed_over_is_not_tried_again():
    person = UserFactory()
    tell(person)
    (row,) = claim(now=NOW)
    assert begin_data(row, now=NOW)
    choose_deliveries(person=person, deliveries={CHOOSABLE: Delivery.NEVER}, now=NOW)
    stands = OutboxMessage.objects.get()
    assert (stands.state, stands.lease_token) == (MailState.CANCELLED, row.lease_token)
    assert MailState.SENT in MAIL_MOVES[MailState.CANCELLED]


def test_what_is_withdrawn_is_not_told_in_a_digest_either():
    person = UserFactory()
    for number in (1, 12, 2):
        tell(person, kind="result_final", number=number)
    DigestEntry.objects.filter(dedupe_key__startswith="result_final:2:").update(sent_at=NOW)
    cancel_mails(dedupe_prefix="result_final:1")
    cancel_mails(dedupe_prefix="result_final:2")
    numbers = {key.split(":")[1] for key in DigestEntry.objects.values_list("dedupe_key", flat=True)}
    assert numbers == {"12", "2"}


def test_a_time_zone_is_taken_over_unless_one_is_chosen():
    person = UserFactory()
    assert person.time_zone is None
    take_over_time_zone(person=person, university=UniversityFactory(time_zone="Europe/Minsk"))
    take_over_time_zone(person=person, university=UniversityFactory(time_zone="Asia/Tokyo"))
    person.refresh_from_db()
    assert str(person.time_zone) == "Europe/Minsk"
    save_choices(person=person, deliveries={}, time_zone=None, now=NOW)
    person.refresh_from_db()
    assert person.time_zone is None
