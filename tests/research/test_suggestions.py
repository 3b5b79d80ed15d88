"""Suggestions as rows: who is suggested to whom, and what a change moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.enums import UniversityRole
from portal.models import Agreement, User
from research.actions.dismissals import dismiss_suggestion
from research.actions.suggestions import suggest_all, suggest_for_profile, suggest_for_project
from research.enums import Openness, ProjectStatus, Visibility
from research.models import Fingerprint, Project, ResearcherProfile, Suggestion
from research.queries.suggestions import projects_for, similar_projects, suggested_partners
from research.suggestion_lists import PARTNERS, SIMILAR

from .conftest import person_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile_of(other_university):
    def write(number: int = 1, **facts) -> ResearcherProfile:
        person = person_at(other_university, UniversityRole.RESEARCHER, email=f"r{number}@example.org")
        profile = ResearcherProfile.objects.create(
            **{
                "person": person,
                "key": f"key{number}",
                "name": f"Researcher {number}",
                "university": other_university,
                "fields": ["3.3"],
                "languages": ["en"],
                "about": "Sleep of rowers in winter.",
                "visibility": Visibility.EVERYONE,
                "open_to": [Openness.PROJECTS],
            }
            | facts
        )
        profile.facets.create(kind="open", value=Openness.PROJECTS)
        return profile

    return write


@pytest.fixture
def alike(project_of):
    """A published project on the sleep of rowers."""

    def publish(title: str = "Sleep of rowers", **facts) -> Project:
        project = project_of(title=title, summary="We follow rowers through a winter and their sleep.")
        Project.objects.filter(pk=project.pk).update(**{"fields": ["3.3"], "themes": ["physiology"]} | facts)
        project.page.get_latest_revision().publish()
        return Project.objects.get(pk=project.pk)

    return publish


def similar_to(project: Project) -> list[str]:
    return [shown.page.title for shown in similar_projects(project)]


def test_projects_on_one_question_are_suggested_to_each_other_with_the_reasons(alike):
    one, other = alike(), alike("Sleep of skiers")
    alike("Roman law of games", fields=["5.5"], themes=["society"])
    suggest_all(now=timezone.now())
    (shown,) = similar_projects(one)
    assert shown.page.title == "Sleep of skiers"
    assert "In common: Health sciences" in shown.reasons
    assert similar_to(other) == ["Sleep of rowers"]
    assert shown.suggestion.score == sum(points for _, points in shown.suggestion.reasons)


def test_drafts_and_what_was_taken_down_are_suggested_to_nobody(alike, project_of):
    one, gone = alike(), alike("Sleep of skiers")
    draft = project_of(title="Sleep of swimmers", summary="Sleep of rowers in winter.")
    Project.objects.filter(pk=draft.pk).update(fields=["3.3"])
    gone.page.unpublish()
    suggest_all(now=timezone.now())
    assert similar_to(one) == []
    assert Fingerprint.objects.filter(project__in=[gone, draft]).count() == 0


def test_computing_twice_gives_the_same_rows(alike, profile_of):
    for number in range(6):
        alike(f"Sleep of rowers {number}")
    for number in range(3):
        profile_of(number)
    suggest_all(now=timezone.now())

    def rows() -> list[tuple]:
        columns = ("source", "reader", "project", "profile", "score", "reasons")
        return list(Suggestion.objects.order_by(*columns[:4]).values_list(*columns))

    first = rows()
    suggest_all(now=timezone.now())
    assert rows() == first
    assert (
        max(Suggestion.objects.filter(source=one, profile=None).count() for one in Project.objects.all())
        == SIMILAR.most
    )


def test_one_change_gives_what_computing_all_gives(alike, profile_of):
    now = timezone.now()
    projects = [alike(f"Sleep of rowers {number}") for number in range(4)]
    profiles = [profile_of(number) for number in range(3)]
    suggest_all(now=now)
    Project.objects.filter(pk=projects[1].pk).update(
        fields=["3.3", "5.1"], themes=["psychology"], changed_at=now + timedelta(seconds=1)
    )
    ResearcherProfile.objects.filter(pk=profiles[0].pk).update(
        fields=["5.1"], about="Dreams.", changed_at=now + timedelta(seconds=1)
    )

    def rows() -> set[tuple]:
        return set(Suggestion.objects.values_list("source", "reader", "project", "profile", "score"))

    suggest_for_project(project_id=projects[1].pk, now=now)
    suggest_for_profile(profile_id=profiles[0].pk, now=now)
    touched = rows()
    suggest_all(now=now)
    assert touched == rows()


def test_a_researcher_is_suggested_to_the_lead_and_the_project_to_the_researcher(
    alike, profile_of, researcher
):
    project, profile = alike(), profile_of()
    suggest_all(now=timezone.now())
    assert [shown.profile for shown in suggested_partners(project, researcher)] == [profile]
    assert [shown.page.project for shown in projects_for(profile)] == [project]


@pytest.mark.parametrize(
    "facts",
    [{"visibility": Visibility.NOBODY}, {"fields": ["5.5"]}],
    ids=["seen by nobody", "of another field"],
)
def test_who_is_hidden_or_far_from_the_field_is_not_suggested(alike, profile_of, researcher, facts):
    project = alike()
    profile_of(**facts)
    suggest_all(now=timezone.now())
    assert suggested_partners(project, researcher) == []


def test_who_hides_later_disappears_at_once_from_the_desk(alike, profile_of, researcher):
    project, profile = alike(), profile_of()
    suggest_all(now=timezone.now())
    ResearcherProfile.objects.filter(pk=profile.pk).update(visibility=Visibility.NOBODY)
    assert suggested_partners(project, researcher) == []


def test_members_are_not_suggested_for_their_own_project(alike, profile_of, researcher):
    project, profile = alike(), profile_of()
    project.members.create(person=profile.person, name=profile.name)
    suggest_all(now=timezone.now())
    assert suggested_partners(project, researcher) == []
    assert projects_for(profile) == []


def test_a_finished_project_looks_for_nobody(alike, profile_of, researcher):
    project, profile = alike(status=ProjectStatus.FINISHED), profile_of()
    suggest_all(now=timezone.now())
    assert suggested_partners(project, researcher) == []
    assert projects_for(profile) == []


def test_a_dismissed_one_never_comes_again_but_the_other_side_keeps_it(alike, profile_of, researcher):
    project, profile = alike(), profile_of()
    suggest_all(now=timezone.now())
    (shown,) = suggested_partners(project, researcher)
    dismiss_suggestion(suggestion=shown.suggestion, now=timezone.now())
    for compute in (
        lambda: suggest_all(now=timezone.now()),
        lambda: suggest_for_project(project_id=project.pk, now=timezone.now()),
        lambda: suggest_for_profile(profile_id=profile.pk, now=timezone.now()),
    ):
        compute()
        assert suggested_partners(project, researcher) == []
        assert [one.page.project for one in projects_for(profile)] == [project]


def test_a_list_stays_as_long_as_it_may_be(alike, profile_of, researcher):
    project = alike()
    for number in range(PARTNERS.most):
        profile_of(number)
    suggest_all(now=timezone.now())
    better = profile_of(99, sports=["ROW"], about="Sleep of rowers. We follow rowers through a winter.")
    suggest_for_profile(profile_id=better.pk, now=timezone.now())
    shown = suggested_partners(project, researcher)
    assert len(shown) == PARTNERS.most
    assert shown[0].profile == better


def test_an_agreement_in_force_is_a_reason(alike, profile_of, researcher, university, other_university):
    project = alike()
    profile_of()
    today = timezone.now().date()
    agreement = Agreement.objects.create(
        title="Sport", slug="sport", signed_on=today, valid_from=today, countries=["BY", "RU"]
    )
    suggest_all(now=timezone.now())
    (shown,) = suggested_partners(project, researcher)
    assert ["agreement", 80] in shown.suggestion.reasons
    agreement.delete()
    suggest_all(now=timezone.now())
    (shown,) = suggested_partners(project, researcher)
    assert "agreement" not in dict(shown.suggestion.reasons)


def test_a_call_for_a_field_finds_who_has_it(alike, profile_of, researcher):
    project = alike(fields=["5.4"])
    profile = profile_of()
    suggest_all(now=timezone.now())
    assert suggested_partners(project, researcher) == []
    project.calls.create(
        title="A laboratory", text="Sleep", fields=["3.3"], until=timezone.now().date() + timedelta(days=30)
    )
    suggest_for_project(project_id=project.pk, now=timezone.now())
    (shown,) = suggested_partners(project, researcher)
    assert shown.profile == profile
    assert "An open call looks for just this." in shown.reasons


def test_only_who_leads_or_whose_it_is_dismisses(client, alike, profile_of, researcher, coordinator):
    project, profile = alike(), profile_of()
    suggest_all(now=timezone.now())
    of_project = project.suggestions.get(profile=profile)
    of_reader = profile.suggestions.get(project=project)

    def dismissed(person: User, suggestion: Suggestion) -> int:
        client.force_login(person)
        return client.post(reverse("research:suggestion_dismiss", args=[suggestion.pk])).status_code

    assert dismissed(profile.person, of_project) == 404
    assert dismissed(researcher, of_reader) == 404
    assert dismissed(coordinator, of_project) == 302
    assert dismissed(profile.person, of_reader) == 302
    assert Suggestion.objects.exclude(dismissed_at=None).count() == 2


def test_a_project_page_costs_the_same_with_similar_ones(alike, client, django_assert_max_num_queries):
    one = alike()
    for number in range(3):
        alike(f"Sleep of rowers {number}")
    suggest_all(now=timezone.now())
    with django_assert_max_num_queries(4):
        assert len(similar_projects(one)) == 3
