from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneField

from exchange.enums import FIXTURE_LIVE, FIXTURE_PUBLIC, Actor, AnswerWay, FixtureState, Move, Side

from .clubs import Team, Venue
from .requests import FixtureRequest
from .runs import MatchRun
from .seasons import Season

#: Where neither the team nor the season says better.
USUAL_KICK_OFF = time(15, 0)
#: From the kick-off until nobody plays any more: calendars show so much, and then a result may be asked for.
LASTS = timedelta(hours=3)


def moment(day: date, wall: time, zone: tzinfo) -> datetime:
    """When clocks at the venue show `wall` on `day`, in UTC.

    A time that a change to summer time leaps over is the one an hour later; of a time that comes twice it is
    the first.
    """
    return datetime.combine(day, wall, zone).astimezone(UTC)


class Fixture(models.Model):
    """Two teams, a date and a place: proposed by a run or by one of the two, then answered by both clubs."""

    season = models.ForeignKey(
        Season, on_delete=models.PROTECT, related_name="fixtures", verbose_name=_("season")
    )
    #: None for a challenge, which has a challenger instead.
    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, null=True, related_name="fixtures")
    challenger = models.CharField(_("challenged by"), max_length=5, choices=Side, blank=True)
    challenge_note = models.CharField(_("message of the challenger"), max_length=500, blank=True)
    host = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="hosted", verbose_name=_("host"))
    guest = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="visited", verbose_name=_("guest"))
    host_request = models.ForeignKey(FixtureRequest, on_delete=models.PROTECT, related_name="hosted")
    guest_request = models.ForeignKey(FixtureRequest, on_delete=models.PROTECT, related_name="visited")
    venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fixtures",
        verbose_name=_("venue"),
    )
    #: The calendar day at the venue and the time on its clocks; the zone stands beside it.
    date = models.DateField(_("date"))
    kick_off = models.TimeField(_("kick-off"), default=USUAL_KICK_OFF)
    time_zone = TimeZoneField(_("time zone"))
    #: The same moment in UTC, for clocks to sweep by; `save` keeps it, whoever updates rows does so himself.
    starts_at = models.DateTimeField(_("begins"), editable=False)
    #: Of the calendar entry: one for ever, whatever happens to the fixture (RFC 5545, 3.8.4.7) …
    uid = models.UUIDField(default=uuid4, editable=False, unique=True)
    #: … and how often its date, time, place or standing has changed (RFC 5545, 3.8.7.4).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=FixtureState, default=FixtureState.PROPOSED)
    quality = models.IntegerField(_("quality"))
    terms = models.JSONField(default=list)
    distance_km = models.FloatField(_("distance, km"))
    created_at = models.DateTimeField(default=timezone.now)
    #: When the state last moved.
    moved_at = models.DateTimeField(default=timezone.now)
    #: When both sides are asked how it ended; emptied when they have been, or have said so before.
    ask_result_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("fixture")
        verbose_name_plural = _("fixtures")
        ordering = ["date", "pk"]
        indexes = [
            models.Index(
                fields=["ask_result_at"], condition=Q(ask_result_at__isnull=False), name="fixture_to_be_asked"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(host=F("guest")), name="fixture_needs_two_teams"),
            models.CheckConstraint(
                condition=Q(run__isnull=False, challenger="") | Q(run__isnull=True) & ~Q(challenger=""),
                name="fixture_comes_from_a_run_or_a_challenge",
            ),
            models.UniqueConstraint(
                "season",
                Least("host", "guest"),
                Greatest("host", "guest"),
                condition=Q(state__in=FIXTURE_LIVE),
                name="pair_meets_once_a_season",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} – {self.guest}, {self.date}"

    def save(self, *arguments, **options) -> None:
        self.starts_at = moment(self.date, self.kick_off, self.time_zone)
        super().save(*arguments, **options)

    def get_absolute_url(self) -> str:
        return reverse("exchange:fixture", args=[self.pk])

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + LASTS

    def team_of(self, side: str) -> Team:
        return self.host if side == Side.HOST else self.guest

    def opponent_of(self, side: str) -> Team:
        return self.guest if side == Side.HOST else self.host

    @property
    def is_public(self) -> bool:
        return self.state in FIXTURE_PUBLIC

    @property
    def shown_state(self) -> str:
        """For everybody: that a result was entered or disputed is the two clubs' affair until one stands."""
        unsettled = self.state in (FixtureState.RESULT_ENTERED, FixtureState.DISPUTED)
        return FixtureState.PLAYED.label if unsettled else self.get_state_display()

    def note_of(self, side: Side) -> str:
        """What this side wants the other to know, and nobody else; nothing when the two do not meet."""
        if self.state not in FIXTURE_LIVE:
            return ""
        notes = (self.host_request if side == Side.HOST else self.guest_request).notes
        return "\n\n".join(filter(None, [self.challenge_note if side == self.challenger else "", notes]))


class FixtureMove(models.Model):
    """Append-only: what was done with a fixture, by whom, and how long before its kick-off."""

    fixture = models.ForeignKey(Fixture, on_delete=models.CASCADE, related_name="moves")
    at = models.DateTimeField(_("when"))
    move = models.CharField(_("what"), max_length=16, choices=Move)
    source = models.CharField(_("from"), max_length=12, choices=FixtureState)
    target = models.CharField(_("to"), max_length=12, choices=FixtureState)
    actor = models.CharField(_("by"), max_length=16, choices=Actor)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    via = models.CharField(_("how"), max_length=10, choices=AnswerWay)
    note = models.CharField(_("why"), max_length=500, blank=True)
    #: Whole hours from the move to the kick-off as it was agreed then; negative afterwards.
    hours_before = models.IntegerField(_("hours before the kick-off"))

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.fixture_id} {self.source} → {self.target}"


class Occupancy(models.Model):
    """A resource taken for a time, half-open, in UTC. The database refuses overlaps of active rows.

    `resource` is "team:<id>" or "venue:<id>:<place>", places counted from 1 to the venue's capacity. A
    fixture takes its calendar date from midnight to midnight, written as if in UTC, so that the referee and
    the engine mean the same by "one fixture a day" whatever the zones of the venues (docs/decisions/0004).
    """

    fixture = models.ForeignKey(Fixture, on_delete=models.CASCADE, related_name="occupancies")
    resource = models.CharField(max_length=60)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("occupancy")
        verbose_name_plural = _("occupancies")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="occupancy_takes_time"),
            models.UniqueConstraint(fields=["fixture", "resource"], name="resource_taken_once_a_fixture"),
        ]
        indexes = [models.Index(fields=["resource", "starts"], name="occupancy_of_a_resource")]

    def __str__(self) -> str:
        return f"{self.resource} {self.starts:%Y-%m-%d}"
