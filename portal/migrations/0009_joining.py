import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

WAITING = "waiting"


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0007_pages_in_languages"),
    ]

    operations = [
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="your name")),
                (
                    "position",
                    models.CharField(
                        help_text="For example: head of the sport department.",
                        max_length=200,
                        verbose_name="what you do there",
                    ),
                ),
                (
                    "office_email",
                    models.EmailField(
                        help_text="One of the university's own: we may write there to make sure.",
                        max_length=254,
                        verbose_name="e-mail address of your office",
                    ),
                ),
                (
                    "website",
                    models.URLField(
                        blank=True,
                        max_length=300,
                        verbose_name="page of the university that names you or your office",
                    ),
                ),
                (
                    "message",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="anything else we should know"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for a decision"),
                            ("approved", "approved"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "university",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to="portal.university",
                        verbose_name="university",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to join",
                "verbose_name_plural": "requests to join",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", WAITING)),
                        fields=("university", "asked_by"),
                        name="one_waiting_join_request_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("left_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="left")),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ("pages", models.JSONField(default=dict)),
                ("people", models.JSONField(default=dict)),
                ("returned_at", models.DateTimeField(null=True, verbose_name="returned")),
                (
                    "left_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "university",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="departures",
                        to="portal.university",
                    ),
                ),
            ],
            options={
                "verbose_name": "departure",
                "verbose_name_plural": "departures",
                "ordering": ["-left_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("returned_at__isnull", True)),
                        fields=("university",),
                        name="a_university_left_once",
                    )
                ],
            },
        ),
    ]
