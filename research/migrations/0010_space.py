from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("research", "0009_records_of_published")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="shows_milestones",
            field=models.BooleanField(default=False, verbose_name="milestones on the public page"),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reached_on__isnull", False), ("state", "reached")),
                    models.Q(models.Q(("state", "reached"), _negated=True), ("reached_on", None)),
                    _connector="OR",
                ),
                name="milestone_has_a_day_when_it_is_reached",
            ),
        ),
    ]
