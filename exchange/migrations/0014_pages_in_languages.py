import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0013_venue_pages"), ("portal", "0007_pages_in_languages")]

    operations = [
        migrations.AlterField(
            model_name="clubpage",
            name="club",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pages",
                to="exchange.club",
                verbose_name="club",
            ),
        ),
    ]
