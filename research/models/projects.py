from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import Agreement, University
from portal.models.bound_pages import HasPages
from research.enums import PartyRole, ProjectStatus


class Project(HasPages, models.Model):
    """A joint research project: the facts; its `ProjectPage` carries what is written about it.

    Lists of codes are kept as JSON, in the order in which people gave them: `themes` of research.enums.Theme,
    `sports` of portal.sports, `fields` of research.ford. `Facet` has the same as rows, to search by.
    """

    lead = models.ForeignKey(
        University, on_delete=models.PROTECT, related_name="led_projects", verbose_name=_("lead university")
    )
    #: All universities but the lead, whatever their role.
    partners = models.ManyToManyField(
        University,
        through="research.Participation",
        related_name="partner_projects",
        blank=True,
        verbose_name=_("partner universities"),
    )
    investigator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="projects",
        verbose_name=_("principal investigator"),
    )
    title = models.CharField(_("title"), max_length=250)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    slug = models.SlugField(_("slug"), max_length=120)
    summary = models.TextField(_("summary"))
    status = models.CharField(_("status"), max_length=10, choices=ProjectStatus, default=ProjectStatus.IDEA)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    sports = models.JSONField(_("sports"), default=list, blank=True)
    fields = models.JSONField(_("fields of science"), default=list, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("agreement it belongs to"),
    )
    #: Identifiers are kept bare, as portal.identifiers gives them.
    raid = models.CharField(_("RAiD"), max_length=200, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    url = models.URLField(_("own site"), max_length=300, blank=True)
    ethics = models.TextField(_("ethics statement"), blank=True)
    data_statement = models.TextField(_("data statement"), blank=True)
    equipment_needed = models.TextField(_("equipment needed"), blank=True)
    equipment_developed = models.TextField(_("equipment developed"), blank=True)
    #: The lead lets everyone see titles, days and states of the milestones.
    shows_milestones = models.BooleanField(_("milestones on the public page"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    #: Of the facts or of what hangs on them; suggestions, feeds and harvesters go by it.
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)
    #: Since when everyone may read it, the last time; none: nobody may. Derived by research.actions.facets.
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["title"]
        indexes = [models.Index(fields=["-published_at", "-id"], name="projects_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["lead", "slug"], name="one_project_a_slug_of_a_university"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participation(models.Model):
    """A university in a project that another one leads."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="participations")
    university = models.ForeignKey(
        University,
        on_delete=models.CASCADE,
        related_name="participations",
        verbose_name=_("university"),
    )
    role = models.CharField(_("role"), max_length=10, choices=PartyRole, default=PartyRole.PARTNER)

    class Meta:
        db_table = "research_project_partners"
        unique_together = [("project", "university")]
        ordering = ["university__name"]

    def __str__(self) -> str:
        return f"{self.university}, {self.get_role_display()}"


class OutsideParty(models.Model):
    """An organisation in a project that is no university of the register: a company, a ministry, a clinic."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="outside_parties")
    name = models.CharField(_("name"), max_length=250)
    ror = models.CharField(_("ROR id"), max_length=9, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=PartyRole, default=PartyRole.PARTNER)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """Money for a project; an amount always has a currency."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="grants")
    funder = models.CharField(_("funder"), max_length=250)
    funder_ror = models.CharField(_("ROR id of the funder"), max_length=9, blank=True)
    number = models.CharField(_("grant number"), max_length=100, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    #: ISO 4217, for example EUR.
    currency = models.CharField(_("currency"), max_length=3, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | (Q(amount__gte=0) & ~Q(currency="")),
                name="grant_amount_has_a_currency",
            )
        ]

    def __str__(self) -> str:
        return f"{self.funder} {self.number}".strip()


class Facet(models.Model):
    """One code by which a project is found: derived by research.actions.facets, never typed."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="facets")
    #: Of research.facets: theme, field, sport, country, university, status, call, keyword.
    kind = models.CharField(max_length=12)
    value = models.CharField(max_length=120)
    #: Saved searches tell a project when it comes to fit, not only when it is published.
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "value"], name="one_facet_a_project_and_value")
        ]
        indexes = [models.Index(fields=["kind", "value", "project"], name="facet_by_value")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"
