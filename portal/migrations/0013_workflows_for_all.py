"""Universities that joined before there were workflows get theirs, in every language they write in."""

from django.db import migrations

COORDINATOR = "coordinator"


def give_workflows(apps, schema_editor):
    groups = apps.get_model("portal", "UniversityGroup").objects.filter(role=COORDINATOR)
    university_pages = apps.get_model("portal", "UniversityPage").objects
    workflow_pages = apps.get_model("wagtailcore", "WorkflowPage").objects
    for row in groups.select_related("university"):
        pages = university_pages.filter(university=row.university).values_list("pk", flat=True)
        held = set(workflow_pages.filter(page__in=list(pages)).values_list("page", flat=True))
        missing = [pk for pk in pages if pk not in held]
        if not missing:
            continue
        workflow = _workflow(apps, row)
        for pk in missing:
            workflow_pages.create(page_id=pk, workflow_id=workflow.pk)


def _workflow(apps, row):
    """That of actions/workflows.py, which works on models as they are today."""
    tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects
    workflows = apps.get_model("wagtailcore", "Workflow").objects
    task = tasks.filter(groups=row.group_id).order_by("pk").first()
    found = task and workflows.filter(active=True, workflow_tasks__task=task.pk).first()
    if found:
        return found
    types = apps.get_model("contenttypes", "ContentType").objects
    kind = types.get_or_create(app_label="wagtailcore", model="groupapprovaltask")[0]
    name = f"{row.university.name[:200]} ({row.university.ror})"
    task = tasks.create(name=name, content_type_id=kind.pk)
    task.groups.add(row.group_id)
    workflow = workflows.create(name=name)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow_id=workflow.pk, task_id=task.pk, sort_order=0
    )
    return workflow


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0012_university_domains"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_workflows, migrations.RunPython.noop)]
