from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.enums import MemberRole
from portal.enums import Category
from portal.models import University
from portal.models.bound_pages import HasPages
from portal.sports import Sport, category_choices, sport, sport_choices


class Club(HasPages, models.Model):
    """A sport club of one university: the identity; its `ClubPage` carries what it writes about itself."""

    university = models.ForeignKey(
        University, on_delete=models.PROTECT, related_name="clubs", verbose_name=_("university")
    )
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=120)

    class Meta:
        verbose_name = _("club")
        verbose_name_plural = _("clubs")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["university", "slug"], name="one_club_a_slug_of_a_university")
        ]

    def __str__(self) -> str:
        return self.name


class Venue(models.Model):
    """A hall, field or pool of a university; all its clubs share it."""

    university = models.ForeignKey(
        University, on_delete=models.PROTECT, related_name="venues", verbose_name=_("university")
    )
    name = models.CharField(_("name"), max_length=200)
    hall = models.BooleanField(_("is a hall"), default=False)
    capacity = models.PositiveSmallIntegerField(
        _("fixtures a day"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    lat = models.FloatField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    lon = models.FloatField(_("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)])
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    town = models.CharField(
        _("town"), max_length=120, blank=True, help_text=_("Leave empty where it is that of the university.")
    )

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["university", "name"], name="one_venue_a_name_of_a_university"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="venue_holds_a_fixture"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> list[str]:
        """Its lines, without the country; empty as long as no street is known."""
        place = " ".join(filter(None, [self.postal_code, self.town or self.university.city]))
        return [self.street, place] if self.street else []


class Team(models.Model):
    """A club's team in one sport and category; the rating is on the Elo scale."""

    club = models.ForeignKey(Club, on_delete=models.PROTECT, related_name="teams", verbose_name=_("club"))
    sport = models.CharField(_("sport"), max_length=3, choices=sport_choices)
    category = models.CharField(_("category"), max_length=1, choices=category_choices)
    name = models.CharField(_("name"), max_length=200)
    rating = models.FloatField(_("rating"), default=1500)
    #: One standard deviation of our uncertainty; 350 is what a team nobody has seen starts with.
    rating_deviation = models.FloatField(_("rating deviation"), default=350)
    home_venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="teams",
        null=True,
        blank=True,
        verbose_name=_("home venue"),
    )
    kick_off = models.TimeField(
        _("usual kick-off at home"), null=True, blank=True, help_text=_("Leave empty for that of the season.")
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["club", "name"], name="one_team_a_name_of_a_club"),
            models.CheckConstraint(
                condition=Q(rating_deviation__gte=0, rating__range=(-10_000, 10_000)),
                name="team_rating_is_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.category and self.sport and Category(self.category) not in self.played.categories:
            raise ValidationError({"category": _("This sport is not played in this category.")})
        if self.home_venue and self.home_venue.university_id != self.club.university_id:
            raise ValidationError({"home_venue": _("This venue belongs to another university.")})
        if self.home_venue and self.played.hall and not self.home_venue.hall:
            raise ValidationError({"home_venue": _("This sport is played in a hall; choose a hall.")})

    def get_sport_display(self) -> str:
        """Django's sorts all sports by name and hashes them, for each team that a page names."""
        return str(self.played.name)

    @property
    def played(self) -> Sport:
        return sport(self.sport)

    @property
    def category_name(self) -> str:
        """As `get_category_display`, which goes through all choices each time."""
        return str(Category(self.category).label)


class Membership(models.Model):
    """Who may act for a club."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=MemberRole, default=MemberRole.OFFICER)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "club"], name="one_membership_a_club")]

    def __str__(self) -> str:
        return f"{self.user}, {self.club}"
