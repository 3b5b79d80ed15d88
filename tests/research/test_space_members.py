"""Joining, leaving, being taken out, handing over the lead: and who reads the files afterwards."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from portal.enums import UniversityRole
from portal.models import User
from research.access import is_member, leads
from research.actions.handing_over import UnableToHandOver, hand_over_lead
from research.actions.members import UnableToLeave, leave_project, remove_member
from research.actions.space import open_space
from research.models import Member, Project, ProjectSpace
from research.queries.space import successors_of

from .calling import mails
from .conftest import person_at
from .spacing import NOW, joined_by, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(project_of) -> Project:
    return project_of(published=True, title="Sleep of rowers")


def group_of(project: Project) -> set[User]:
    return set(ProjectSpace.objects.get(project=project).group.user_set.all())


def test_a_space_is_opened_once_and_has_no_rights_in_the_cms(project, researcher, coordinator):
    space = open_space(project=project)
    assert open_space(project=project) == space
    assert group_of(project) == {researcher}
    assert not space.group.permissions.exists()
    assert not space.collection.group_permissions.exists()
    assert "Sleep" not in f"{space.group} {space.collection}"
    (restriction,) = space.collection.get_view_restrictions()
    assert restriction.groups.filter(pk=space.group.pk).exists()
    assert restriction.groups.filter(user=coordinator).exists()


def test_spaces_lie_in_one_folder(project, project_of):
    first, second = open_space(project=project), open_space(project=project_of())
    assert first.collection.get_parent() == second.collection.get_parent()
    assert first.collection.get_parent().depth == 2


def test_who_joins_comes_into_the_group_and_who_leaves_goes(project, researcher, other_university):
    file = kept(project, researcher)
    member = joined_by(project, other_university)
    assert (member.university, member.joined_at) == (other_university, NOW)
    assert group_of(project) == {researcher, member.person}

    left = leave_project(project=project, person=member.person, by=member.person, now=NOW)
    assert left.left_at == NOW
    assert group_of(project) == {researcher}
    assert not is_member(member.person, project)
    file.refresh_from_db()
    ((to, subject, text),) = mails("member_left")
    assert (to, subject) == (researcher.email, "Vera Orlova has left the project Sleep of rowers")
    assert member.person.email not in text


def test_whoever_left_can_join_again(project):
    first = joined_by(project)
    leave_project(project=project, person=first.person, by=first.person, now=NOW)
    second = joined_by(project, person=first.person)
    assert second.pk != first.pk
    assert is_member(first.person, project)


def test_nobody_leaves_twice_or_for_somebody_else(project, researcher):
    member = joined_by(project)
    with pytest.raises(UnableToLeave, match="People leave themselves"):
        leave_project(project=project, person=member.person, by=researcher, now=NOW)
    leave_project(project=project, person=member.person, by=member.person, now=NOW)
    with pytest.raises(UnableToLeave, match="left this project already"):
        leave_project(project=project, person=member.person, by=member.person, now=NOW)


def test_the_principal_investigator_cannot_leave_and_is_told_what_to_do(project, researcher):
    with pytest.raises(UnableToLeave, match="First the lead is handed over to a member who does research at"):
        leave_project(project=project, person=researcher, by=researcher, now=NOW)


def test_the_lead_takes_somebody_out_and_says_why(project, researcher):
    member = joined_by(project)
    remove_member(member=member, reason="You have left the clinic.", by=researcher, now=NOW)
    assert not is_member(member.person, project)
    ((to, subject, text),) = mails("member_removed")
    assert to == member.person.email
    assert subject == "You belong to the project Sleep of rowers no more"
    assert "You have left the clinic." in text
    assert researcher.email not in text


def test_only_the_lead_takes_people_out(project, researcher):
    one, other = joined_by(project), joined_by(project)
    with pytest.raises(UnableToLeave, match="do not lead"):
        remove_member(member=one, reason="No.", by=other.person, now=NOW)
    own = project.members.get(person=researcher)
    with pytest.raises(UnableToLeave, match="cannot leave"):
        remove_member(member=own, reason="No.", by=researcher, now=NOW)


def colleague(project: Project, university) -> User:
    person = person_at(university, UniversityRole.RESEARCHER, first_name="Olga", last_name="Petrova")
    joined_by(project, university, person=person)
    return person


def test_the_lead_is_handed_over_to_a_member_of_the_lead_university(project, researcher, university):
    open_space(project=project)
    olga = colleague(project, university)
    assert list(successors_of(project)) == [olga]
    hand_over_lead(project=project, to=olga, by=researcher, now=NOW)
    now = Project.objects.get(pk=project.pk)
    assert (now.investigator, now.changed_at) == (olga, NOW)
    assert leads(olga, now)
    assert not leads(researcher, now)
    assert is_member(researcher, now)
    assert group_of(project) == {researcher, olga}
    assert [(to, subject) for to, subject, _ in mails("lead_handed_over")] == [
        (olga.email, "You lead the project Sleep of rowers")
    ]
    leave_project(project=now, person=researcher, by=researcher, now=NOW)
    assert not is_member(researcher, now)


def test_a_coordinator_hands_over_and_both_are_told(project, researcher, university, coordinator):
    olga = colleague(project, university)
    hand_over_lead(project=project, to=olga, by=coordinator, now=NOW)
    assert {(to, subject) for to, subject, _ in mails("lead_handed_over")} == {
        (olga.email, "You lead the project Sleep of rowers"),
        (researcher.email, "Somebody else leads the project Sleep of rowers"),
    }


def test_a_lead_that_was_no_member_becomes_one(project, researcher, university, coordinator):
    project.members.all().delete()
    olga = colleague(project, university)
    hand_over_lead(project=project, to=olga, by=coordinator, now=NOW)
    assert not Member.objects.get(project=project, person=researcher).shown


def test_the_lead_goes_to_nobody_else(project, researcher, university, other_university):
    guest = joined_by(project, other_university)
    stranger = person_at(university, UniversityRole.RESEARCHER)
    olga = colleague(project, university)
    assert list(successors_of(project)) == [olga]
    for to, by, why in (
        (guest.person, researcher, "do not do research at Polessky"),
        (stranger, researcher, "do not belong to this project"),
        (researcher, researcher, "lead this project already"),
        (olga, guest.person, "do not lead this project"),
    ):
        with pytest.raises(UnableToHandOver, match=why):
            hand_over_lead(project=project, to=to, by=by, now=NOW)


def test_the_database_keeps_one_membership(project):
    member = joined_by(project)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(project=project, person=member.person, name="Twice")


def test_joining_twice_changes_nothing(project):
    member = joined_by(project)
    assert joined_by(project, person=member.person) == member
