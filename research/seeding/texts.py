"""Titles, summaries and calls that read like those of projects, put together by chance."""

from __future__ import annotations

from random import Random

from portal.sports import SPORTS
from research.enums import Theme

#: What is studied, by theme.
TOPICS: dict[str, tuple[str, ...]] = {
    Theme.HEALTH: (
        "physical activity",
        "injury prevention",
        "sitting",
        "back pain",
        "immune function",
    ),
    Theme.PERFORMANCE: ("training load", "tapering", "altitude training", "sprint speed", "pacing"),
    Theme.PHYSIOLOGY: ("muscle fatigue", "heart rate variability", "oxygen uptake", "sleep", "recovery"),
    Theme.BIOMECHANICS: ("landing technique", "running economy", "stroke mechanics", "joint loading"),
    Theme.MEDICINE: ("return to sport", "concussion", "tendon pain", "knee rehabilitation", "bone stress"),
    Theme.NUTRITION: ("iron deficiency", "energy availability", "hydration", "protein timing", "vitamin D"),
    Theme.PSYCHOLOGY: ("mental fatigue", "motivation", "anxiety before competitions", "team cohesion"),
    Theme.ANTI_DOPING: ("attitudes to doping", "blood passports", "supplement use", "values education"),
    Theme.COACHING: ("feedback of coaches", "motor learning", "talent identification", "teaching to swim"),
    Theme.INCLUSION: ("wheelchair propulsion", "adapted physical education", "para-sport classification"),
    Theme.SOCIETY: ("dual careers", "history of student sport", "migration and clubs", "gender equality"),
    Theme.MANAGEMENT: ("volunteering", "governance of clubs", "costs of facilities", "athletes' contracts"),
    Theme.EQUIPMENT: ("instrumented insoles", "protective helmets", "prosthetic feet", "smart textiles"),
    Theme.DATA: ("wearable sensors", "video tracking", "match analysis", "load prediction", "open data sets"),
}
GROUPS = (
    "first-year students", "student athletes", "female athletes", "junior teams", "older adults", "referees",
    "coaches", "para-athletes", "medical students", "recreational runners", "pupils", "national squads",
)  # fmt: skip
DESIGNS = (
    "a cohort study", "a randomised trial", "a cross-over trial", "a multi-centre survey", "a field study",
    "a validation study", "a qualitative study", "a registry", "a pilot study", "a systematic review",
)  # fmt: skip
METHODS = (
    "motion capture", "isokinetic dynamometry", "spirometry", "blood sampling", "actigraphy", "force plates",
    "ultrasound imaging", "electromyography", "questionnaires", "interviews", "machine learning",
    "global positioning", "muscle biopsies", "doubly labelled water", "eye tracking", "wind tunnel tests",
)  # fmt: skip
FUNDERS = (
    "European Commission", "National Science Foundation", "Belarusian Republican Foundation",
    "Ministry of Sport", "Research Council", "University Fund", "Erasmus+ Sport",
)  # fmt: skip
GIVEN = (
    "Anna", "Ivan", "Maria", "Pavel", "Olga", "Jan", "Lea", "Marek", "Sofia", "Tomas", "Elena", "Luis",
    "Yana", "Karin", "Ahmed", "Nina", "Peter", "Wei", "Daria", "Oleg", "Ingrid", "Hugo", "Vera", "Emil",
)  # fmt: skip
FAMILY = (
    "Novik", "Kowal", "Sokol", "Lis", "Horak", "Meyer", "Rossi", "Petrov", "Silva", "Nagy", "Larsen", "Chen",
    "Kaya", "Orlova", "Berg", "Costa", "Melnik", "Dubois", "Ivanov", "Weiss", "Popa", "Tamm", "Virtanen",
    "Zhuk", "Marin", "Haddad", "Olsen", "Fiala", "Kral", "Wójcik",
)  # fmt: skip


def title_of(rng: Random, theme: str, sport: str) -> str:
    topic, group = rng.choice(TOPICS[theme]), rng.choice(GROUPS)
    where = str(SPORTS[sport].name).lower()
    shapes = (
        f"{topic} of {group} in {where}: {rng.choice(DESIGNS)}",
        f"{topic} and {rng.choice(METHODS)} in {where}",
        f"how {where} changes {topic} in {group}",
        f"{topic} in {where}, {rng.choice(DESIGNS)} with {group}",
    )
    title = rng.choice(shapes)
    return title[0].upper() + title[1:]


def summary_of(rng: Random, theme: str, sport: str) -> str:
    topic, other = rng.choice(TOPICS[theme]), rng.choice(TOPICS[rng.choice(tuple(TOPICS))])
    methods = ", ".join(rng.sample(METHODS, 2))
    return (
        f"We ask how {topic} and {other} go together in {rng.choice(GROUPS)} who train for"
        f" {str(SPORTS[sport].name).lower()}. The project is {rng.choice(DESIGNS)} with {methods}; each"
        f" partner recruits {rng.randrange(20, 400)} people and shares its data under one protocol."
    )


def wish_of(rng: Random) -> tuple[str, str]:
    """Title and text of a call for partners."""
    method, group = rng.choice(METHODS), rng.choice(GROUPS)
    return (
        f"A laboratory for {method} with {group}",
        f"We look for a partner who measures {group} by {method} twice a season. We bring the protocol, the"
        f" analysis and money for {rng.randrange(2, 12)} months of work.",
    )
