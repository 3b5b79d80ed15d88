from django.db import migrations, models


def install(apps, schema_editor):
    from portal.search import full_text

    full_text.install(schema_editor.connection)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE IF EXISTS portal_searchentry_fts")


class Migration(migrations.Migration):
    dependencies = [("portal", "0009_joining")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.PositiveBigIntegerField()),
                ("language", models.CharField(blank=True, max_length=10)),
                ("thing", models.CharField(max_length=50)),
                ("title", models.CharField(max_length=250)),
                ("text", models.TextField(blank=True)),
                ("heading", models.TextField()),
                ("words", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["thing", "language"], name="search_entry_thing")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="one_search_entry_a_thing")
                ],
            },
        ),
        migrations.RunPython(install, remove, elidable=False),
    ]
