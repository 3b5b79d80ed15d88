"""Projects from before there were members, records for harvesters and facets get theirs."""

from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone


def write_down_investigators(apps, schema_editor):
    """Who leads a project is a member of it."""
    Project, Member = (apps.get_model("research", name) for name in ("Project", "Member"))
    alone = Project.objects.exclude(investigator=None).exclude(members__person=models.F("investigator"))
    for project in alone.select_related("investigator").iterator():
        person = project.investigator
        name = f"{person.first_name} {person.last_name}".strip()
        Member.objects.create(
            project=project,
            person=person,
            name=name or person.email.split("@")[0],
            university_id=project.lead_id,
            joined_at=project.created_at,
        )


def write_records(apps, schema_editor):
    """Of projects that were published before harvesters were told of any."""
    Project, Record = apps.get_model("research", "Project"), apps.get_model("research", "Record")
    told_at = timezone.now() + timedelta(seconds=60)
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


def write_facets(apps, schema_editor):
    """Of projects that were published before there were facets."""
    Facet, Project = apps.get_model("research", "Facet"), apps.get_model("research", "Project")
    pages = apps.get_model("research", "ProjectPage").objects.filter(live=True)
    published = dict(pages.order_by("-first_published_at").values_list("project", "first_published_at"))
    rows = (
        Project.objects.filter(pk__in=published).select_related("lead").prefetch_related("partners", "calls")
    )
    for project in rows.iterator(chunk_size=500):
        since = published[project.pk] or project.created_at
        Project.objects.filter(pk=project.pk).update(published_at=since)
        Facet.objects.bulk_create(
            [
                Facet(project=project, kind=kind, value=value, since=since)
                for kind, value in facets_of(project)
            ],
            ignore_conflicts=True,
        )


def facets_of(project):
    found = {("status", project.status)}
    for kind, codes in (("theme", project.themes), ("field", project.fields), ("sport", project.sports)):
        found |= {(kind, code) for code in codes}
    found |= {("keyword", word.casefold()[:120]) for word in project.keywords}
    for university in (project.lead, *project.partners.all()):
        found |= {("university", university.slug), ("country", str(university.country))}
    if any(call.state == "open" for call in project.calls.all()):
        found.add(("call", "open"))
    return sorted(found)


class Migration(migrations.Migration):
    dependencies = [("research", "0005_joint_research")]

    operations = [
        migrations.RunPython(write_down_investigators, migrations.RunPython.noop),
        migrations.RunPython(write_records, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(write_facets, migrations.RunPython.noop, elidable=True),
    ]
