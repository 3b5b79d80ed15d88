import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0007_pages_in_languages"), ("research", "0003_blocks")]

    operations = [
        migrations.AlterField(
            model_name="projectpage",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pages",
                to="research.project",
                verbose_name="project",
            ),
        ),
    ]
