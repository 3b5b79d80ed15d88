from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from portal.enums import EventKind
from portal.sports import sport_choices
from portal.validators import no_control_characters

from .agreements import Agreement
from .universities import University


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> EventQuerySet:
        return self.filter(public=True)

    def during(self, first: date, last: date) -> EventQuerySet:
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class Event(models.Model):
    """A date in the calendar that is no fixture: a competition, a training camp, a congress."""

    title = models.CharField(_("title"), max_length=250, validators=[no_control_characters])
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind)
    sport = models.CharField(
        _("sport"),
        max_length=3,
        choices=sport_choices,
        blank=True,
        help_text=_("Leave empty where it is of no one sport."),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    country = CountryField(_("country"))
    city = models.CharField(_("city"), max_length=120, validators=[no_control_characters])
    venue = models.CharField(_("venue"), max_length=200, blank=True, validators=[no_control_characters])
    host = models.ForeignKey(
        University,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("host university"),
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("agreement"),
    )
    #: The number that the event has in the plan it was imported from.
    reference = models.CharField(
        _("number in the plan"), max_length=40, blank=True, validators=[no_control_characters]
    )
    url = models.URLField(_("page on the web"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True, max_length=2000)
    public = models.BooleanField(
        _("public"), default=True, help_text=_("Whether everybody finds it in the calendar.")
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_on", "title", "pk"]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="event_days")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="event_ends_after_it_begins",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "reference"],
                condition=~Q(reference=""),
                name="one_event_a_number_of_a_plan",
                violation_error_message=_("The plan has another event of this number."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.pk])

    @property
    def place(self) -> str:
        return ", ".join(filter(None, [self.venue, self.city, str(self.country.name)]))

    @property
    def is_one_day(self) -> bool:
        return self.starts_on == self.ends_on
