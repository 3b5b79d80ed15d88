from django.db import migrations

from exchange import referees


def install(apps, schema_editor):
    referees.install(schema_editor.connection)


def remove(apps, schema_editor):
    referees.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """The extension btree_gist stays when this is undone: others may lean on it by then."""

    dependencies = [("exchange", "0003_pages")]

    operations = [migrations.RunPython(install, remove)]
