from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fixtures import Fixture


class Arrangements(models.Model):
    """What the two clubs agree on for the day; date, kick-off and venue stand on the fixture itself.

    Seen by the two sides only: it names people and their telephones.
    """

    fixture = models.OneToOneField(Fixture, on_delete=models.CASCADE, related_name="arrangements")
    host_kit = models.CharField(_("kit colours of the host"), max_length=100, blank=True)
    guest_kit = models.CharField(_("kit colours of the guest"), max_length=100, blank=True)
    meeting_point = models.CharField(_("meeting point"), max_length=300, blank=True)
    host_contact = models.CharField(_("contact person of the host"), max_length=100, blank=True)
    host_phone = models.CharField(_("telephone of the host"), max_length=40, blank=True)
    guest_contact = models.CharField(_("contact person of the guest"), max_length=100, blank=True)
    guest_phone = models.CharField(_("telephone of the guest"), max_length=40, blank=True)
    squad_size = models.PositiveSmallIntegerField(
        _("people who travel"), null=True, blank=True, validators=[MaxValueValidator(200)]
    )
    beds_offered = models.PositiveSmallIntegerField(
        _("beds offered"), null=True, blank=True, validators=[MaxValueValidator(200)]
    )
    notes = models.TextField(_("notes"), blank=True, max_length=2000)
    changed_at = models.DateTimeField(_("changed"), null=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    #: The host has said that all of this holds.
    confirmed_at = models.DateTimeField(_("confirmed by the host"), null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    #: What clocks have done for the date that stands; emptied when it changes.
    confirmation_asked_at = models.DateTimeField(null=True)
    #: The guest has been told that the host has not confirmed.
    guest_warned_at = models.DateTimeField(null=True)
    pack_sent_at = models.DateTimeField(null=True)
    #: By side that has not been told yet: what has changed, with the value that it knows.
    untold = models.JSONField(default=dict, editable=False)
    #: When it will be told; emptied when it has been. Once an hour at most, `told_at` says when last.
    tell_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    #: How many mails there were: no two share a key.
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("arrangements")
        verbose_name_plural = _("arrangements")

    def __str__(self) -> str:
        return str(self.fixture_id)
