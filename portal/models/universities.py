from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from timezone_field import TimeZoneField

from portal.enums import UniversityRole
from portal.identifiers import validate_ror

from .bound_pages import HasPages


class UniversityQuerySet(models.QuerySet["University"]):
    def members(self) -> UniversityQuerySet:
        """Those that take part in the portal; the others are only known from the register."""
        return self.filter(joined_at__isnull=False)


class University(HasPages, models.Model):
    """One institution of the Research Organization Registry; a tenant once it has joined."""

    ror = models.CharField(
        _("ROR id"),
        max_length=9,
        unique=True,
        validators=[validate_ror],
        help_text=_("For example 05gqaka33."),
    )
    name = models.CharField(_("name"), max_length=250)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    #: Names by language code, for languages other than the one of `name`.
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    country = CountryField(_("country"))
    city = models.CharField(_("city"), max_length=120)
    lat = models.FloatField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    lon = models.FloatField(_("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)])
    time_zone = TimeZoneField(_("time zone"))
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)
    #: Of the mail addresses of its people: what the register says, and what its coordinators add.
    domains = models.JSONField(_("mail domains after the register"), default=list, blank=True)
    own_domains = models.JSONField(_("mail domains after its coordinators"), default=list, blank=True)

    objects = UniversityQuerySet.as_manager()

    class Meta:
        verbose_name = _("university")
        verbose_name_plural = _("universities")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__range=(-90, 90), lon__range=(-180, 180)), name="university_on_the_globe"
            )
        ]

    def __str__(self) -> str:
        return self.names.get(get_language() or "", self.name)

    @property
    def ror_url(self) -> str:
        return f"https://ror.org/{self.ror}"


class UniversityGroup(models.Model):
    """Ties an auth group to what its members are at one university; Wagtail's page rights hang on it."""

    university = models.ForeignKey(University, on_delete=models.CASCADE, related_name="role_groups")
    role = models.CharField(max_length=20, choices=UniversityRole)
    group = models.OneToOneField("auth.Group", on_delete=models.CASCADE, related_name="university_role")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["university", "role"], name="one_group_a_role_of_a_university")
        ]

    def __str__(self) -> str:
        return f"{self.university}: {self.get_role_display()}"
