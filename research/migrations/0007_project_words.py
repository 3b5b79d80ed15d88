from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("research", "0006_researcher_profiles")]

    operations = [
        migrations.AddField(
            model_name="projectpage",
            name="words",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
