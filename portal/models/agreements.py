from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from wagtail.documents import get_document_model_string

from portal.enums import AgreementState, AgreementSubject
from portal.sports import SPORTS
from portal.validators import no_control_characters

from .universities import University


def known_subjects(codes: list[str]) -> None:
    _all_known(codes, AgreementSubject.values)


def known_sports(codes: list[str]) -> None:
    _all_known(codes, SPORTS)


def _all_known(codes: list[str], known: object) -> None:
    if not isinstance(codes, list) or any(code not in known for code in codes):
        raise ValidationError(_("Choose from the list."), code="invalid_choice")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self, day: date) -> AgreementQuerySet:
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def in_state(self, state: str, day: date) -> AgreementQuerySet:
        if state == AgreementState.SIGNED:
            return self.filter(valid_from__gt=day)
        return self.in_force(day) if state == AgreementState.IN_FORCE else self.filter(valid_until__lt=day)


class Agreement(models.Model):
    """What countries or universities have signed with each other; which pairs it binds, queries say."""

    title = models.CharField(_("title"), max_length=250, validators=[no_control_characters])
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    summary = models.TextField(_("summary"), blank=True, max_length=4000)
    countries = CountryField(_("countries"), multiple=True, blank=True)
    universities = models.ManyToManyField(
        University, related_name="agreements", blank=True, verbose_name=_("universities")
    )
    subjects = models.JSONField(_("subjects"), default=list, blank=True, validators=[known_subjects])
    sports = models.JSONField(
        _("sports"),
        default=list,
        blank=True,
        validators=[known_sports],
        help_text=_("Leave empty where it holds for all sports."),
    )
    signed_on = models.DateField(_("signed on"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Leave empty where no end is agreed.")
    )
    document = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-signed_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="agreement_ends_after_it_begins",
                violation_error_message=_("It cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreement", args=[self.slug])

    @property
    def parties(self) -> list[str]:
        """Countries first; asks nothing when `universities` are prefetched."""
        return [*(str(country.name) for country in self.countries), *map(str, self.universities.all())]

    @property
    def subject_names(self) -> list[str]:
        return [str(AgreementSubject(code).label) for code in self.subjects]

    @property
    def sport_names(self) -> list[str]:
        return sorted(str(SPORTS[code].name) for code in self.sports)

    def in_force(self, day: date) -> bool:
        return self.state(day) == AgreementState.IN_FORCE

    def state(self, day: date) -> AgreementState:
        if day < self.valid_from:
            return AgreementState.SIGNED
        over = self.valid_until is not None and self.valid_until < day
        return AgreementState.ENDED if over else AgreementState.IN_FORCE
