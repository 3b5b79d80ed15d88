"""States, roles and categories of joint research, with the groups and moves that belong to them."""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectStatus(TextChoices):
    IDEA = "idea", _("idea")
    SEEKING = "seeking", _("seeking partners")
    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")


class Theme(TextChoices):
    """What joint research on sport is about; a project has a few."""

    HEALTH = "health", _("Health and prevention")
    PERFORMANCE = "performance", _("Performance and training")
    PHYSIOLOGY = "physiology", _("Physiology")
    BIOMECHANICS = "biomechanics", _("Biomechanics")
    MEDICINE = "medicine", _("Sports medicine and rehabilitation")
    NUTRITION = "nutrition", _("Nutrition")
    PSYCHOLOGY = "psychology", _("Psychology")
    ANTI_DOPING = "anti-doping", _("Anti-doping")
    COACHING = "coaching", _("Coaching and teaching")
    INCLUSION = "inclusion", _("Inclusion and para-sport")
    SOCIETY = "society", _("Society and history")
    MANAGEMENT = "management", _("Management and law")
    EQUIPMENT = "equipment", _("Equipment and materials")
    DATA = "data", _("Data and technology")


class PartyRole(TextChoices):
    """What an organisation other than the lead is in a project; CERIF and RAiD know the same."""

    PARTNER = "partner", _("partner")
    CONTRACTOR = "contractor", _("contractor")
    FUNDER = "funder", _("funder")
    FACILITY = "facility", _("facility")
    OTHER = "other", pgettext_lazy("role of an organisation", "other")


class Credit(TextChoices):
    """The Contributor Role Taxonomy, ANSI/NISO Z39.104-2022: https://credit.niso.org"""

    CONCEPTUALIZATION = "conceptualization", _("Conceptualization")
    DATA_CURATION = "data-curation", _("Data curation")
    FORMAL_ANALYSIS = "formal-analysis", _("Formal analysis")
    FUNDING = "funding-acquisition", _("Funding acquisition")
    INVESTIGATION = "investigation", _("Investigation")
    METHODOLOGY = "methodology", _("Methodology")
    ADMINISTRATION = "project-administration", _("Project administration")
    RESOURCES = "resources", _("Resources")
    SOFTWARE = "software", _("Software")
    SUPERVISION = "supervision", _("Supervision")
    VALIDATION = "validation", _("Validation")
    VISUALIZATION = "visualization", _("Visualization")
    WRITING = "writing-original-draft", _("Writing – original draft")
    EDITING = "writing-review-editing", _("Writing – review & editing")


class OutputKind(TextChoices):
    ARTICLE = "article", _("article")
    CHAPTER = "chapter", _("chapter")
    BOOK = "book", _("book")
    CONFERENCE = "conference", _("conference paper")
    THESIS = "thesis", _("thesis")
    REPORT = "report", _("report")
    DATASET = "dataset", _("data set")
    SOFTWARE = "software", _("software")
    OTHER = "other", pgettext_lazy("kind of output", "other")


class Wish(TextChoices):
    """What a call for partners looks for."""

    EXPERTISE = "expertise", _("expertise")
    FIELD = "field", _("a field of science")
    FACILITY = "facility", _("a facility or laboratory")
    COHORT = "cohort", _("a cohort of people")
    EQUIPMENT = "equipment", _("equipment")


class CallState(TextChoices):
    OPEN = "open", pgettext_lazy("call for partners", "open")
    FILLED = "filled", pgettext_lazy("call for partners", "filled")
    CLOSED = "closed", pgettext_lazy("call for partners", "closed")
    EXPIRED = "expired", pgettext_lazy("call for partners", "expired")


#: A call that ended by itself can be taken up again; one that was closed stays closed. A filled one has a
#: free place again when somebody leaves the project.
CALL_MOVES = {
    CallState.OPEN: {CallState.FILLED, CallState.CLOSED, CallState.EXPIRED},
    CallState.FILLED: {CallState.OPEN, CallState.CLOSED, CallState.EXPIRED},
    CallState.EXPIRED: {CallState.OPEN, CallState.CLOSED},
}


class InterestState(TextChoices):
    """Of one person's answer to a call."""

    NEW = "new", pgettext_lazy("expression of interest", "new")
    SHORTLISTED = "shortlisted", pgettext_lazy("expression of interest", "shortlisted")
    INVITED = "invited", pgettext_lazy("expression of interest", "invited")
    JOINED = "joined", pgettext_lazy("expression of interest", "joined")
    DECLINED = "declined", pgettext_lazy("expression of interest", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("expression of interest", "withdrawn")
    #: By leaving the project, or being taken out of it; no move of the answer leads here.
    LEFT = "left", pgettext_lazy("expression of interest", "left the project")


#: Answers on which somebody still has to decide.
INTEREST_OPEN = (InterestState.NEW, InterestState.SHORTLISTED, InterestState.INVITED)
#: The lead shortlists, invites and declines; the person joins (only when invited) and withdraws.
INTEREST_MOVES = {
    InterestState.NEW: {
        InterestState.SHORTLISTED,
        InterestState.INVITED,
        InterestState.DECLINED,
        InterestState.WITHDRAWN,
    },
    InterestState.SHORTLISTED: {InterestState.INVITED, InterestState.DECLINED, InterestState.WITHDRAWN},
    InterestState.INVITED: {InterestState.JOINED, InterestState.DECLINED, InterestState.WITHDRAWN},
}


class InterestActor(TextChoices):
    """Who moves an answer: whoever leads the project, or who has answered."""

    LEAD = "lead", _("the lead of the project")
    PERSON = "person", _("who has answered")


class InterestMove(TextChoices):
    SHORTLIST = "shortlist", _("Shortlist")
    INVITE = "invite", _("Invite")
    DECLINE = "decline", pgettext_lazy("an answer to a call", "Decline")
    JOIN = "join", _("Join the project")
    WITHDRAW = "withdraw", _("Withdraw")


class InterestRule(NamedTuple):
    move: InterestMove
    actor: InterestActor
    sources: tuple[InterestState, ...]
    target: InterestState


#: The life of an answer (docs/how-to/call-for-partners.md); together they are INTEREST_MOVES.
INTEREST_RULES = (
    InterestRule(InterestMove.SHORTLIST, InterestActor.LEAD, (InterestState.NEW,), InterestState.SHORTLISTED),
    InterestRule(
        InterestMove.INVITE,
        InterestActor.LEAD,
        (InterestState.NEW, InterestState.SHORTLISTED),
        InterestState.INVITED,
    ),
    InterestRule(InterestMove.DECLINE, InterestActor.LEAD, INTEREST_OPEN, InterestState.DECLINED),
    InterestRule(InterestMove.JOIN, InterestActor.PERSON, (InterestState.INVITED,), InterestState.JOINED),
    InterestRule(InterestMove.WITHDRAW, InterestActor.PERSON, INTEREST_OPEN, InterestState.WITHDRAWN),
)


def interest_rule(move: InterestMove, actor: InterestActor) -> InterestRule | None:
    return next((rule for rule in INTEREST_RULES if (rule.move, rule.actor) == (move, actor)), None)


def interest_moves(actor: InterestActor, state: InterestState) -> list[InterestMove]:
    """What `actor` may do with an answer in `state`."""
    return [rule.move for rule in INTEREST_RULES if rule.actor == actor and state in rule.sources]


class DeclineReason(TextChoices):
    """Why the lead says no; the person reads it in their language."""

    FILLED = "filled", _("The places are taken.")
    FIT = "fit", _("Your field or facility does not fit what is needed.")
    COUNTRY = "country", _("The grant does not allow partners from your country.")
    TIME = "time", _("The dates do not fit.")
    OTHER = "other", _("For another reason.")


class Visibility(TextChoices):
    """Who may see a researcher's profile."""

    EVERYONE = "everyone", _("everyone")
    MEMBERS = "members", _("people who are signed in")
    NOBODY = "nobody", _("only I, and the leads of calls that I answer")


class Openness(TextChoices):
    """What a researcher would take part in."""

    PROJECTS = "projects", _("joint projects")
    VISITS = "visits", _("research visits")
    SUPERVISION = "supervision", _("joint supervision")
    DATA = "data", _("sharing data")
    FACILITIES = "facilities", _("sharing a facility")
    REVIEW = "review", _("reviewing")


class Verification(TextChoices):
    """How the portal knows that somebody works at a university."""

    NONE = "", _("not verified")
    MAIL = "mail", _("by an e-mail address of the university")
    COORDINATOR = "coordinator", _("by the university's coordinator")


class Rhythm(TextChoices):
    """How often a saved search tells what is new."""

    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    NEVER = "never", pgettext_lazy("saved search", "never")


class SearchOrder(TextChoices):
    """Of the list of projects; the best match first needs words to match."""

    RELEVANCE = "relevance", _("Best match first")
    NEWEST = "newest", _("Newest first")
    ENDING = "ending", _("Calls that end first")


class MilestoneState(TextChoices):
    PLANNED = "planned", _("planned")
    STARTED = "started", _("under way")
    REACHED = "reached", _("reached")
    DROPPED = "dropped", _("given up")


#: What was said too early is taken back; what was given up can be planned again.
MILESTONE_MOVES = {
    MilestoneState.PLANNED: (MilestoneState.STARTED, MilestoneState.REACHED, MilestoneState.DROPPED),
    MilestoneState.STARTED: (MilestoneState.REACHED, MilestoneState.PLANNED, MilestoneState.DROPPED),
    MilestoneState.REACHED: (MilestoneState.STARTED,),
    MilestoneState.DROPPED: (MilestoneState.PLANNED,),
}
