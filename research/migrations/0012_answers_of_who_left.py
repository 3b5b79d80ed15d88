"""An answer says when who gave it has left the project again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("research", "0011_found"),
    ]

    operations = [
        migrations.AlterField(
            model_name="interest",
            name="state",
            field=models.CharField(
                choices=[
                    ("new", "new"),
                    ("shortlisted", "shortlisted"),
                    ("invited", "invited"),
                    ("joined", "joined"),
                    ("declined", "declined"),
                    ("withdrawn", "withdrawn"),
                    ("left", "left the project"),
                ],
                db_index=True,
                default="new",
                max_length=12,
                verbose_name="state",
            ),
        ),
    ]
