"""Facets know since when they are there, projects since when they are public, searches when they tell next."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


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
    dependencies = [("research", "0010_space")]

    operations = [
        migrations.AddField(
            model_name="facet",
            name="since",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="project",
            name="published_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["-published_at", "-id"], name="projects_newest_first"),
        ),
        migrations.AddField(
            model_name="savedsearch",
            name="due_at",
            field=models.DateTimeField(db_index=True, null=True),
        ),
        migrations.CreateModel(
            name="ToldProject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("told_at", models.DateTimeField()),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="research.project"
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="research.savedsearch",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="toldproject",
            constraint=models.UniqueConstraint(
                fields=("search", "project"), name="one_telling_a_search_and_project"
            ),
        ),
        migrations.RunPython(write_facets, migrations.RunPython.noop, elidable=True),
    ]
