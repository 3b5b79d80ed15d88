from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0011_agreements_and_events")]

    operations = [
        migrations.AddField(
            model_name="university",
            name="domains",
            field=models.JSONField(blank=True, default=list, verbose_name="mail domains after the register"),
        ),
        migrations.AddField(
            model_name="university",
            name="own_domains",
            field=models.JSONField(
                blank=True, default=list, verbose_name="mail domains after its coordinators"
            ),
        ),
    ]
