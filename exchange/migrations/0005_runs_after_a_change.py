from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_referees")]

    operations = [
        migrations.AlterField(
            model_name="matchrun",
            name="trigger",
            field=models.CharField(
                choices=[("nightly", "every night"), ("button", "by hand"), ("change", "after a change")],
                max_length=10,
                verbose_name="started",
            ),
        ),
    ]
