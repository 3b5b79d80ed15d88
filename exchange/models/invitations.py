from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.enums import INVITATION_LIVE, AnswerWay, InvitationState, Side

from .clubs import Team
from .fixtures import Fixture


class Invitation(models.Model):
    """Asks one of the two clubs of a fixture whether it plays."""

    fixture = models.ForeignKey(Fixture, on_delete=models.CASCADE, related_name="invitations")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="invitations")
    side = models.CharField(_("side"), max_length=5, choices=Side)
    state = models.CharField(
        _("answer"), max_length=12, choices=InvitationState, default=InvitationState.SENT
    )
    #: Links of an older version do not answer; raised with each resend.
    version = models.PositiveSmallIntegerField(default=1)
    #: SHA-256 of the nonce in the links of this version.
    nonce_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("answer until"))
    #: When silence is told of, once; empty afterwards and once there is an answer.
    remind_at = models.DateTimeField(null=True)
    #: Their calendar has said "perhaps".
    tentative_at = models.DateTimeField(_("perhaps"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_via = models.CharField(_("how"), max_length=10, choices=AnswerWay, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["fixture__date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fixture", "team"],
                condition=Q(state__in=INVITATION_LIVE),
                name="one_live_invitation_a_fixture_and_club",
            ),
        ]
        indexes = [
            models.Index(
                fields=["remind_at"], condition=Q(remind_at__isnull=False), name="invitations_to_remind_of"
            )
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.fixture}"

    def get_absolute_url(self) -> str:
        return reverse("exchange:invitation", args=[self.pk])

    @property
    def opponent(self) -> Team:
        return self.fixture.opponent_of(self.side)

    @property
    def opponent_note(self) -> str:
        return self.fixture.note_of(Side.GUEST if self.side == Side.HOST else Side.HOST)
