"""Calls are opened, changed, closed, taken up again; they end by themselves."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from portal.enums import UniversityRole
from portal.models import OutboxMessage
from research.actions.call_clocks import expire_calls, remind_of_calls
from research.actions.calls import (
    UnableToKeepCall,
    change_call,
    close_call,
    extend_call,
    open_call,
    reopen_call,
)
from research.call_links import BadExtensionLink, make_extension_link, read_extension_token
from research.enums import CALL_MOVES, CallState, DeclineReason, InterestState
from research.models import Call, Facet
from research.queries.calls import open_calls
from tests.factories import UniversityFactory, UserFactory

from .calling import NOW, UNTIL, call_of, facts, in_state, mails
from .conftest import person_at

pytestmark = pytest.mark.django_db

#: Midnight in Minsk, three hours before that of UTC.
LAST_MINUTE = datetime(2027, 5, 31, 20, 59, tzinfo=UTC)
OVER = datetime(2027, 5, 31, 21, 0, tzinfo=UTC)


@pytest.fixture
def project(project_of):
    return project_of(published=True, title="Sleep of rowers")


def state_of(call: Call) -> str:
    return Call.objects.get(pk=call.pk).state


def called(project) -> bool:
    return Facet.objects.filter(project=project, kind="call").exists()


# -- opening and changing ---------------------------------------------------------------------------------


def test_an_open_call_is_found_with_its_project(project, other_university):
    call = call_of(
        project,
        wishes=["facility", "cohort"],
        fields=["3.1"],
        countries=["RU"],
        universities=[other_university],
    )
    assert (call.state, call.taken, call.created_by) == ("open", 0, project.investigator)
    assert list(call.universities.all()) == [other_university]
    assert called(project)
    assert list(open_calls()) == [call]


def test_a_call_of_a_draft_is_public_with_the_project(project_of):
    project = project_of()
    call = call_of(project)
    assert not called(project)
    assert list(open_calls()) == []
    project.page.get_latest_revision().publish()
    assert called(project)
    assert list(open_calls()) == [call]


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (NOW.date() - timedelta(days=1), "This day is over"),
        (NOW.date() + timedelta(days=366), "a year at most"),
    ],
)
def test_a_call_is_open_from_today_for_a_year_at_most(project, until, sentence):
    with pytest.raises(UnableToKeepCall, match=sentence) as refused:
        call_of(project, until=until)
    assert refused.value.field == "until"
    assert call_of(project, until=NOW.date()).pk
    assert call_of(project, until=NOW.date() + timedelta(days=365)).pk


def test_only_whoever_leads_keeps_calls(project, other_university):
    stranger = person_at(other_university, UniversityRole.COORDINATOR)
    call = call_of(project)
    for act in (
        lambda: open_call(project=project, facts=facts(), by=stranger, now=NOW),
        lambda: change_call(call=call, facts=facts(), by=stranger, now=NOW),
        lambda: close_call(call=call, reason=DeclineReason.FIT, reason_text="", by=stranger, now=NOW),
        lambda: reopen_call(call=call, places=2, until=UNTIL, by=stranger, now=NOW),
        lambda: extend_call(call=call, until=UNTIL, by=stranger, now=NOW),
    ):
        with pytest.raises(UnableToKeepCall, match="whoever leads the project"):
            act()
    assert Call.objects.values_list("state", "until").get() == ("open", UNTIL)


def test_a_project_has_ten_open_calls_at_most(project):
    calls = [call_of(project) for _ in range(10)]
    with pytest.raises(UnableToKeepCall, match="10 open calls at most"):
        call_of(project)
    close_call(call=calls[0], reason=DeclineReason.FIT, reason_text="", by=project.investigator, now=NOW)
    assert call_of(project).pk


def test_places_that_are_taken_or_offered_are_not_taken_away(project):
    call, lead = call_of(project, places=4), project.investigator
    Call.objects.filter(pk=call.pk).update(taken=2)
    in_state(call, InterestState.INVITED)
    with pytest.raises(UnableToKeepCall, match="Choose 3 or more") as refused:
        change_call(call=call, facts=facts(places=2), by=lead, now=NOW)
    assert refused.value.field == "places"
    changed = change_call(call=call, facts=facts(places=3, title="Samples"), by=lead, now=NOW)
    assert (changed.places, changed.title, changed.state) == (3, "Samples", "open")


def test_a_call_without_a_place_left_counts_as_filled(project):
    call = call_of(project, places=4)
    Call.objects.filter(pk=call.pk).update(taken=2)
    assert change_call(call=call, facts=facts(places=2), by=project.investigator, now=NOW).state == "filled"
    assert not called(project)


def test_a_closed_call_stays_closed_and_who_waits_is_told(project):
    call, lead = call_of(project, places=3), project.investigator
    waiting = [in_state(call, state) for state in ("new", "shortlisted", "invited")]
    joined = in_state(call, InterestState.JOINED)
    close_call(call=call, reason=DeclineReason.TIME, reason_text="In 2029, perhaps.", by=lead, now=NOW)
    for interest in waiting:
        interest.refresh_from_db()
        assert (interest.state, interest.reason, interest.reason_text) == (
            "declined",
            "time",
            "In 2029, perhaps.",
        )
    joined.refresh_from_db()
    assert joined.state == "joined"
    told = mails("interest_moved")
    assert {to for to, _subject, _text in told} == {one.person.email for one in waiting}
    assert "The dates do not fit.\n\nIn 2029, perhaps." in told[0][2].replace("\r\n", "\n")
    for act in (
        lambda: reopen_call(call=call, places=9, until=UNTIL, by=lead, now=NOW),
        lambda: extend_call(call=call, until=UNTIL, by=lead, now=NOW),
        lambda: close_call(call=call, reason=DeclineReason.FIT, reason_text="", by=lead, now=NOW),
        lambda: change_call(call=call, facts=facts(), by=lead, now=NOW),
    ):
        with pytest.raises(UnableToKeepCall):
            act()
    assert state_of(call) == "closed"


@pytest.mark.parametrize("state", [CallState.FILLED, CallState.EXPIRED])
def test_a_call_that_ended_by_itself_is_taken_up_again_with_a_free_place(project, state):
    call, lead = call_of(project), project.investigator
    Call.objects.filter(pk=call.pk).update(state=state, taken=1, until=NOW.date())
    with pytest.raises(UnableToKeepCall, match="Choose 2 or more"):
        reopen_call(call=call, places=1, until=UNTIL, by=lead, now=NOW)
    again = reopen_call(call=call, places=2, until=UNTIL, by=lead, now=NOW)
    assert (again.state, again.places, again.until) == ("open", 2, UNTIL)
    assert called(project)


@pytest.mark.parametrize("state", CallState)
def test_calls_move_as_the_table_says(project, state):
    """Open, close and take up again, from each state."""
    lead = project.investigator
    acts = {
        CallState.CLOSED: lambda call: close_call(
            call=call, reason=DeclineReason.FIT, reason_text="", by=lead, now=NOW
        ),
        CallState.OPEN: lambda call: reopen_call(call=call, places=2, until=UNTIL, by=lead, now=NOW),
    }
    for target, act in acts.items():
        call = call_of(project)
        Call.objects.filter(pk=call.pk).update(state=state)
        call.refresh_from_db()
        if target in CALL_MOVES.get(state, ()):
            assert act(call).state == target
        else:
            with pytest.raises(UnableToKeepCall):
                act(call)
            assert state_of(call) == state


# -- extending --------------------------------------------------------------------------------------------


def test_one_click_gives_thirty_days_and_a_second_click_none(project):
    call, lead = call_of(project), project.investigator
    assert extend_call(call=call, until=UNTIL, by=lead, now=NOW).until == date(2027, 6, 30)
    with pytest.raises(UnableToKeepCall, match="changed meanwhile"):
        extend_call(call=call, until=UNTIL, by=lead, now=NOW)


def test_an_extension_stops_a_year_ahead(project):
    ahead = NOW.date() + timedelta(days=350)
    call, lead = call_of(project, until=ahead), project.investigator
    longest = NOW.date() + timedelta(days=365)
    assert extend_call(call=call, until=ahead, by=lead, now=NOW).until == longest
    with pytest.raises(UnableToKeepCall, match="a year at most"):
        extend_call(call=call, until=longest, by=lead, now=NOW)


def test_an_expired_call_is_extended_from_today(project):
    call = call_of(project)
    late = NOW + timedelta(days=100)
    expire_calls(now=late)
    again = extend_call(call=call, until=UNTIL, by=project.investigator, now=late)
    assert (again.state, again.until) == ("open", late.date() + timedelta(days=30))


def token_of(text: str) -> str:
    return re.search(r"/research/calls/extend/([^/\s]+)/", text)[1]


def test_the_link_in_the_reminder_shows_by_get_and_extends_by_post(client, project, time_machine):
    call_of(project)
    before = datetime(2027, 5, 25, 8, tzinfo=UTC)
    time_machine.move_to(before, tick=False)
    assert remind_of_calls(now=before) == 1
    ((to, subject, text),) = mails("call_ends")
    assert (to, subject) == (
        "researcher@example.org",
        "Your call ends on 31 May 2027: A laboratory for biopsies",
    )
    url = reverse("research:call_extension", args=[token_of(text)])

    shown = client.get(url)
    assert "One click moves it to 30 June 2027." in shown.text
    assert "researcher@example.org" not in shown.text
    assert Call.objects.get().until == UNTIL

    assert "It can be answered until 30 June 2027." in client.post(url).text
    assert Call.objects.get().until == date(2027, 6, 30)
    # Opened once more, from the mail or by going back: nothing more happens.
    assert "The call is extended" in client.post(url).text
    assert Call.objects.get().until == date(2027, 6, 30)


def test_a_link_is_for_who_still_leads_and_for_two_weeks(client, project, researcher, time_machine):
    call = call_of(project)
    token = token_of(make_extension_link(call, researcher))
    last = datetime(2027, 6, 14, 20, 0, tzinfo=UTC)
    assert read_extension_token(token, now=last).until == UNTIL
    with pytest.raises(BadExtensionLink, match="too old"):
        read_extension_token(token, now=last + timedelta(days=1))
    with pytest.raises(BadExtensionLink, match="not complete"):
        read_extension_token(token[:-2], now=NOW)
    stranger = token_of(make_extension_link(call, UserFactory()))
    with pytest.raises(BadExtensionLink, match="do not lead"):
        read_extension_token(stranger, now=NOW)
    researcher.groups.clear()
    time_machine.move_to(NOW)
    answer = client.get(reverse("research:call_extension", args=[token]))
    assert answer.status_code == 404
    assert "You do not lead this project any more" in answer.text


# -- by themselves ----------------------------------------------------------------------------------------


def test_a_call_expires_when_its_last_day_is_over_at_the_lead(project):
    call = call_of(project)
    assert expire_calls(now=LAST_MINUTE) == 0
    assert expire_calls(now=OVER) == 1
    assert expire_calls(now=OVER) == 0
    assert state_of(call) == "expired"
    assert not called(project)
    ((to, subject, text),) = mails("call_expired")
    assert (to, subject) == ("researcher@example.org", "Your call has ended: A laboratory for biopsies")
    assert f"/research/projects/{project.pk}/desk/" in text


@pytest.mark.parametrize(
    ("zone", "over"),
    [
        ("Pacific/Kiritimati", datetime(2027, 5, 31, 10, tzinfo=UTC)),
        ("Pacific/Pago_Pago", datetime(2027, 6, 1, 11, tzinfo=UTC)),
    ],
)
def test_the_day_ends_by_the_clocks_of_the_lead(project, university, zone, over):
    university.time_zone = zone
    university.save()
    call_of(project)
    assert expire_calls(now=over - timedelta(minutes=1)) == 0
    assert expire_calls(now=over) == 1


def test_the_lead_is_reminded_once_and_again_after_an_extension(project):
    call = call_of(project)
    day = datetime(2027, 5, 23, 21, 0, tzinfo=UTC)  # the 24th begins in Minsk
    assert remind_of_calls(now=day - timedelta(minutes=1)) == 0
    assert remind_of_calls(now=day) == 1
    assert remind_of_calls(now=day + timedelta(days=1)) == 0
    extend_call(call=call, until=UNTIL, by=project.investigator, now=day)
    assert remind_of_calls(now=day + timedelta(days=2)) == 0
    assert remind_of_calls(now=day + timedelta(days=30)) == 1
    assert OutboxMessage.objects.filter(kind="call_ends").count() == 2


def test_who_has_just_chosen_a_day_in_this_week_is_not_reminded_of_it(project):
    call_of(project, until=NOW.date() + timedelta(days=7))
    assert remind_of_calls(now=NOW) == 0


def test_a_portal_that_stood_still_tells_once_that_a_call_is_over(project):
    call_of(project)
    late = OVER + timedelta(days=3)
    assert (expire_calls(now=late), remind_of_calls(now=late)) == (1, 0)


def test_coordinators_are_told_where_nobody_is_the_investigator(project, researcher, coordinator):
    call_of(project)
    researcher.groups.clear()
    expire_calls(now=OVER)
    assert [to for to, _subject, _text in mails("call_expired")] == ["coordinator@example.org"]


def test_the_clocks_of_research_keep_calls():
    from research.tasks import CLOCKS

    assert CLOCKS.index(expire_calls) < CLOCKS.index(remind_of_calls)


# -- found ------------------------------------------------------------------------------------------------


def test_open_calls_are_found_by_wish_field_and_country(project, other_university):
    call_of(project, title="Any", until=UNTIL + timedelta(days=3))
    call_of(project, title="Lab", wishes=["facility"], fields=["3.1"], countries=["RU", "KZ"])
    pole = UniversityFactory(country="PL")
    call_of(
        project,
        title="Kit",
        wishes=["equipment", "facility"],
        fields=["2.1", "2.10"],
        universities=[pole],
        until=UNTIL - timedelta(days=1),
    )

    def titles(**wanted) -> list[str]:
        return [call.title for call in open_calls(**wanted)]

    assert titles() == ["Kit", "Lab", "Any"]
    assert titles(wish="facility") == ["Kit", "Lab"]
    assert titles(wish="equipment", field="2.10") == ["Kit"]
    assert titles(field="2.1") == ["Kit"]
    assert titles(field="2") == titles(wish="fac") == []
    assert titles(country="KZ") == ["Lab", "Any"]
    assert titles(country="PL") == ["Kit", "Any"]
    assert titles(country="DE", wish="facility") == []
