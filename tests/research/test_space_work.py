"""Milestones, decisions and files of a project."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from wagtail.documents.models import Document
from wagtail.permissions import policy_registry

from portal.models import DigestEntry
from portal.wagtail_api import FILE_RIGHTS
from research.actions.decisions import record_decision
from research.actions.files import UnableToDeleteFile, UnableToKeepFile, delete_file
from research.actions.milestones import (
    UnableToKeepMilestone,
    add_milestone,
    change_milestone,
    move_milestone,
    show_milestones,
)
from research.enums import MILESTONE_MOVES, MilestoneState
from research.file_names import MAX_BYTES, kept_name, shown_title
from research.models import Milestone, Project
from research.timeline import timeline_of

from .spacing import NOW, TODAY, joined_by, kept

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def project(project_of) -> Project:
    return project_of(published=True, title="Sleep of rowers")


def milestone_of(project: Project, title: str = "Ethics vote", *, now: datetime = NOW, **days) -> Milestone:
    days = {"starts_on": None, "due_on": date(2027, 6, 30)} | days
    return add_milestone(project=project, title=title, **days, now=now)


@pytest.mark.parametrize("was", MilestoneState)
def test_milestones_move_as_the_table_says(project, was):
    for to in MilestoneState:
        reached_on = TODAY if was == MilestoneState.REACHED else None
        milestone = Milestone.objects.create(
            project=project, title="Report", due_on=TODAY, state=was, reached_on=reached_on
        )
        if to in MILESTONE_MOVES[was]:
            moved = move_milestone(milestone=milestone, was=was, to=to, now=NOW)
            assert (moved.state, moved.reached_on) == (to, TODAY if to == MilestoneState.REACHED else None)
        else:
            with pytest.raises(UnableToKeepMilestone):
                move_milestone(milestone=milestone, was=was, to=to, now=NOW)


def test_who_comes_second_is_told_what_it_is_now(project):
    milestone = milestone_of(project)
    seen = {"milestone": milestone, "was": MilestoneState.PLANNED, "now": NOW}
    move_milestone(**seen, to=MilestoneState.DROPPED)
    with pytest.raises(UnableToKeepMilestone, match="This milestone is now: given up"):
        move_milestone(**seen, to=MilestoneState.REACHED)


def test_the_database_refuses_a_milestone_that_cannot_be(project):
    for facts in (
        {"due_on": TODAY, "starts_on": TODAY + timedelta(days=1)},
        {"due_on": TODAY, "state": MilestoneState.REACHED},
        {"due_on": TODAY, "reached_on": TODAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Milestone.objects.create(project=project, title="Report", **facts)


def test_a_hundred_milestones_are_enough(project):
    Milestone.objects.bulk_create(Milestone(project=project, title=str(n), due_on=TODAY) for n in range(100))
    with pytest.raises(UnableToKeepMilestone, match="100 milestones at most"):
        milestone_of(project)


def test_the_outside_sees_a_change_only_of_milestones_that_are_shown(project):
    before = Project.objects.get(pk=project.pk).changed_at
    milestone = milestone_of(project)
    assert Project.objects.get(pk=project.pk).changed_at == before
    show_milestones(project=project, shown=True, now=NOW)
    assert Project.objects.get(pk=project.pk).changed_at == NOW
    change_milestone(milestone=milestone, title="Vote", starts_on=None, due_on=TODAY, now=LATER)
    assert Project.objects.get(pk=project.pk).changed_at == LATER


def test_a_decision_is_told_to_the_other_members_once_a_day(project, researcher):
    member = joined_by(project)
    decision = record_decision(project=project, text="We begin.", taken_on=TODAY, by=member.person, now=NOW)
    assert (decision.written_by, decision.written_at) == (member.person, NOW)
    assert [entry.person for entry in DigestEntry.objects.filter(kind="decision_recorded")] == [researcher]


# -- the drawing ------------------------------------------------------------------------------------------


def drawn(*milestones: Milestone, today: date = TODAY, **dates):
    return timeline_of(milestones, **({"starts_on": None, "ends_on": None} | dates), today=today)


def test_no_milestones_no_drawing():
    assert drawn() is None


def test_bars_lie_where_their_days_are():
    span = Milestone(title="Field work", starts_on=date(2027, 1, 1), due_on=date(2027, 6, 30))
    point = Milestone(title="Report", due_on=date(2027, 12, 31))
    line = drawn(span, point, today=date(2027, 7, 2))
    assert (line.first, line.last) == (date(2027, 1, 1), date(2027, 12, 31))
    assert [(bar.x, bar.width) for bar in line.bars] == [("0.00%", "49.59%"), ("99.73%", "")]
    assert line.today == "49.86%"
    assert [mark.day for mark in line.marks] == [date(2027, month, 1) for month in (1, 4, 7, 10)]
    assert line.height == 26 + 2 * 40


def test_the_project_widens_it_and_today_may_lie_outside():
    point = Milestone(title="Report", due_on=date(2027, 12, 31))
    line = drawn(point, starts_on=date(2025, 5, 5), ends_on=date(2035, 2, 1), today=date(2024, 1, 1))
    assert (line.first, line.last, line.today) == (date(2025, 5, 1), date(2035, 2, 28), None)
    assert len(line.marks) <= 5


def test_the_drawing_is_named_and_words_are_escaped():
    milestone = Milestone(title="<b>Vote</b>", due_on=TODAY)
    html = render_to_string("research/space/timeline.html", {"timeline": drawn(milestone)})
    assert 'role="img" aria-labelledby="timeline-title timeline-desc"' in html
    assert "1 milestone, from March 2027 to March 2027." in html
    assert "&lt;b&gt;Vote" in html
    assert "style=" not in html


# -- files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title", "stored"),
    [
        ("Protocol v2.final.PDF", "Protocol v2.final.PDF", "Protocol_v2_final.pdf"),
        ("..\\..\\etc\\passwd.txt", "passwd.txt", "passwd.txt"),
        ("Протокол сна.docx", "Протокол сна.docx", "Протокол_сна.docx"),
        ("a\u202etxt.csv", "atxt.csv", "atxt.csv"),
        ("$$$.png", "$$$.png", "file.png"),
        ("x" * 180 + ".pdf", "x" * 180 + ".pdf", "x" * 60 + ".pdf"),
    ],
)
def test_names_are_made_safe(name, title, stored):
    assert (shown_title(name), kept_name(name)) == (title, stored)


def test_a_file_is_kept_in_the_private_collection(project, researcher):
    file = kept(project, researcher, "Protocol 1.txt")
    assert file.title == "Protocol 1.txt"
    assert file.filename.startswith("Protocol_1")
    assert file.collection == project.space.collection
    assert (file.file_size, len(file.file_hash)) == (9, 40)


@pytest.mark.parametrize("name", ["run.exe", "page.html", "drawing.svg", "nothing", "archive.tar.gz"])
def test_files_that_a_browser_might_run_are_refused(project, researcher, name):
    with pytest.raises(UnableToKeepFile, match="Files of this kind are not kept"):
        kept(project, researcher, name)
    assert not Document.objects.exists()


def test_large_files_are_refused(project, researcher):
    with pytest.raises(UnableToKeepFile, match=r"A file has 20.*MB at most"):
        kept(project, researcher, content=b"x" * (MAX_BYTES + 1))


def test_one_deletes_ones_own_and_the_lead_any(project, researcher):
    member, other = joined_by(project), joined_by(project)
    own, another, leads = (kept(project, by) for by in (member.person, member.person, researcher))
    delete_file(project=project, document=own, by=member.person)
    for by in (other.person, member.person):
        with pytest.raises(UnableToDeleteFile):
            delete_file(project=project, document=leads, by=by)
    delete_file(project=project, document=another, by=researcher)
    assert list(Document.objects.all()) == [leads]


def test_no_choosers_of_the_cms_offer_them(project, researcher, coordinator):
    file, member = kept(project, researcher), joined_by(project)
    policy = policy_registry.get_by_type(Document)
    for person in (researcher, coordinator, member.person):
        assert file not in policy.instances_user_has_any_permission_for(person, FILE_RIGHTS)
        mine = policy.collections_user_has_any_permission_for(person, FILE_RIGHTS)
        assert file.collection not in mine
