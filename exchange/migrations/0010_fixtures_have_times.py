import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0009_times_of_fixtures")]
    operations = [
        migrations.AlterField(
            model_name="fixture",
            name="starts_at",
            field=models.DateTimeField(editable=False, verbose_name="begins"),
        ),
        migrations.AlterField(
            model_name="fixture",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
