"""Projects that were published before harvesters were told of any."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone


def write_records(apps, schema_editor):
    Project, Record = apps.get_model("research", "Project"), apps.get_model("research", "Record")
    told_at = timezone.now() + timedelta(seconds=60)
    for record in Record.objects.filter(key__startswith="project-"):
        Record.objects.filter(pk=record.pk).update(key=record.key.replace("project-", "Projects/"))
    pages = apps.get_model("research", "ProjectPage").objects.filter(live=True)
    live = Project.objects.filter(pk__in=pages.values("project"), record=None).select_related("lead")
    Record.objects.bulk_create(
        Record(
            key=f"Projects/{project.pk}",
            project=project,
            changed_at=told_at,
            sets=[f"university:{project.lead.ror}", *(f"theme:{code}" for code in sorted(project.themes))],
        )
        for project in live.iterator()
    )


class Migration(migrations.Migration):
    dependencies = [("research", "0008_suggestions")]

    operations = [migrations.RunPython(write_records, migrations.RunPython.noop, elidable=True)]
