from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.enums import OfferState, Side

from .clubs import Venue
from .fixtures import Fixture

#: Dates in one offer.
MOST_DATES = 6


class DateOffer(models.Model):
    """One side proposes other dates and places; the other side picks one of them, or none."""

    fixture = models.ForeignKey(Fixture, on_delete=models.CASCADE, related_name="offers")
    side = models.CharField(_("side"), max_length=5, choices=Side)
    state = models.CharField(_("state"), max_length=12, choices=OfferState, default=OfferState.OPEN)
    created_at = models.DateTimeField(_("offered"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("answer until"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    picked = models.ForeignKey("OfferedDate", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("offer of other dates")
        verbose_name_plural = _("offers of other dates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fixture"], condition=Q(state=OfferState.OPEN), name="one_open_offer_a_fixture"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fixture_id}: {self.side}, {self.state}"


class OfferedDate(models.Model):
    offer = models.ForeignKey(DateOffer, on_delete=models.CASCADE, related_name="dates")
    number = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DATES)]
    )
    date = models.DateField(_("date"))
    #: On the clocks of the fixture's zone.
    kick_off = models.TimeField(_("kick-off"))
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("venue")
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="offered_date_numbered_once")]

    def __str__(self) -> str:
        return f"{self.date} {self.kick_off:%H:%M}"
