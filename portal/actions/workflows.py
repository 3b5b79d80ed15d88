"""Editors submit, coordinators publish: one workflow a university, on its pages in every language."""

from __future__ import annotations

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from portal.enums import UniversityRole
from portal.models import University, UniversityPage


def give_workflow(*, university: University) -> Workflow:
    """Called again, it adds what is missing, such as a language that came later (4 queries)."""
    coordinators = Group.objects.get(
        university_role__university=university, university_role__role=UniversityRole.COORDINATOR
    )
    workflow = Workflow.objects.filter(
        active=True, workflow_tasks__task__groupapprovaltask__groups=coordinators
    ).first() or _new_workflow(university, coordinators)
    pages = UniversityPage.objects.filter(university=university, workflowpage=None)
    WorkflowPage.objects.bulk_create(
        [WorkflowPage(page_id=pk, workflow=workflow) for pk in pages.values_list("pk", flat=True)]
    )
    return workflow


def _new_workflow(university: University, coordinators: Group) -> Workflow:
    name = f"{university.name[:200]} ({university.ror})"
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.add(coordinators)
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow
