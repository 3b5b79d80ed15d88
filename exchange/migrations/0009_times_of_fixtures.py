"""Fixtures made before have a kick-off, too: the usual one, at their own venue's clocks."""

from datetime import UTC, datetime
from uuid import uuid4

from django.db import migrations


def fill(apps, schema_editor):
    fixtures = apps.get_model("exchange", "Fixture").objects.using(schema_editor.connection.alias)
    for fixture in fixtures.filter(starts_at=None).iterator():
        wall = datetime.combine(fixture.date, fixture.kick_off, fixture.time_zone)
        fixture.starts_at, fixture.uid = wall.astimezone(UTC), uuid4()
        fixture.save(update_fields=["starts_at", "uid"])


class Migration(migrations.Migration):
    dependencies = [("exchange", "0008_life_of_a_fixture")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
