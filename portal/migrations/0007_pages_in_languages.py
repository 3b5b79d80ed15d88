"""A university has a page and its translations; the languages of the settings have rows of Wagtail's."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def add_languages(apps, schema_editor):
    locales = apps.get_model("wagtailcore", "Locale")
    for code, _name in settings.LANGUAGES:
        locales.objects.get_or_create(language_code=code)


class Migration(migrations.Migration):
    dependencies = [("portal", "0006_news_and_blocks"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.AlterField(
            model_name="universitypage",
            name="university",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pages",
                to="portal.university",
                verbose_name="university",
            ),
        ),
        migrations.RunPython(add_languages, migrations.RunPython.noop),
    ]
