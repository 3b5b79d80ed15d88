"""Calls for partners of the demonstration and answers to them; the people who answer are invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_hex
from typing import NamedTuple

from portal.demo.people import HOME, People, add_people
from portal.models import University, User
from research.enums import DeclineReason, InterestState, Openness, Verification, Visibility, Wish
from research.models import Call, Interest, InterestMessage, Project, ResearcherProfile

from .actions.calls import CallFacts, open_call


class DemoCall(NamedTuple):
    #: How the title of its project begins.
    project: str
    title: str
    text: str
    wishes: tuple[Wish, ...]
    fields: tuple[str, ...]
    days: int
    places: int = 1
    countries: tuple[str, ...] = ()


CALLS = (
    DemoCall(
        "Training load and recovery",
        "A second winter: squads from another climate",
        "You follow one or two squads through a winter term with our protocol: heart-rate"
        " variability, a sleep diary, jump tests once a week. We lend the chest straps and train your"
        " assistants on two afternoons online. You are an author of what comes of your data.",
        (Wish.COHORT, Wish.EXPERTISE),
        ("3.3",),
        45,
        places=3,
    ),
    DemoCall(
        "Stability of the urinary steroid profile",
        "A laboratory with isotope ratio mass spectrometry",
        "Some two hundred samples over one season, a third of them in duplicate. Shipping is paid by"
        " the project, consumables are shared. Data are published without names in the second year.",
        (Wish.FACILITY, Wish.EXPERTISE),
        ("1.4", "3.1"),
        20,
    ),
    DemoCall(
        "Motion capture without markers",
        "An optical motion laboratory to repeat our measurements",
        "Two weeks with ten athletes each, running, throwing and jumping. We come with the cameras;"
        " you bring the reference system and somebody who knows it well.",
        (Wish.FACILITY,),
        ("2.6", "1.2"),
        5,
        places=2,
    ),
    DemoCall(
        "Short heat acclimation",
        "A climatic chamber and a team from the north",
        "Five sessions for twelve players at 38 degrees, under medical supervision. The ethics"
        " approval of the lead can be extended to your site.",
        (Wish.FACILITY, Wish.COHORT),
        ("3.3",),
        90,
        countries=("FI", "NO", "SE", "RU", "BY"),
    ),
    DemoCall(
        "Sports mats from recycled polymers",
        "Ageing and fire tests of polyurethane",
        "Xenon ageing, small flame tests and a report after three and nine months.",
        (Wish.EQUIPMENT, Wish.EXPERTISE),
        ("2.5",),
        60,
    ),
    DemoCall(
        "Why so few women coach",
        "Interviewers in their own language",
        "Ten interviews of an hour each, transcribed and made anonymous. We meet online once a month,"
        " and in person once a year.",
        (Wish.EXPERTISE,),
        ("5.4",),
        120,
        places=4,
    ),
)


class DemoAnswer(NamedTuple):
    first: str
    last: str
    state: InterestState
    text: str
    about: str
    fields: tuple[str, ...]
    reason: str = ""
    reason_text: str = ""


ANSWERS = (
    DemoAnswer(
        "Aino",
        "Korhonen",
        InterestState.NEW,
        "Our floorball squads train from October to April, women and men. We have used the same chest"
        " straps for two seasons and have an assistant with a day a week for the project.",
        "Exercise physiology, mostly in winter sports and with students.",
        ("3.3",),
    ),
    DemoAnswer(
        "Marat",
        "Akhmetov",
        InterestState.NEW,
        "We can offer a basketball and a futsal team in a continental climate, and a sleep laboratory"
        " that stands empty at weekends.",
        "Sleep and recovery of young athletes.",
        ("3.3", "5.1"),
    ),
    DemoAnswer(
        "Ewa",
        "Nowak",
        InterestState.SHORTLISTED,
        "Two volleyball squads and ten years of jump tests with the same platform. I would take part"
        " in the analysis as well.",
        "Biomechanics of jumping, open data.",
        ("3.3", "2.6"),
    ),
    DemoAnswer(
        "Tomas",
        "Berg",
        InterestState.INVITED,
        "Handball in the first student league, with a physiotherapist who keeps an injury record.",
        "Sports medicine; injuries of handball players.",
        ("3.2",),
    ),
    DemoAnswer(
        "Nino",
        "Beridze",
        InterestState.DECLINED,
        "I teach statistics and could help with the analysis from the second year on.",
        "Statistics for small samples.",
        ("1.1",),
        DeclineReason.TIME,
        "We need squads for this winter; the analysis is taken care of. Thank you for the offer.",
    ),
)


def add_calls(*, people: People, now: datetime) -> None:
    """Without mails: nobody is to be told of what has been there all the time."""
    calls = [call for call in (_open(facts, people, now) for facts in CALLS) if call is not None]
    for call in calls:
        if call.project.lead.ror == HOME:
            _answer(call, people, now)
        elif call.title.startswith("An optical motion"):
            _say(
                call,
                people.researcher,
                InterestState.INVITED,
                "We have eight cameras and a force plate.",
                now,
            )


def _open(facts: DemoCall, people: People, now: datetime) -> Call | None:
    project = Project.objects.select_related("lead").filter(title__startswith=facts.project).first()
    if project is None:
        return None
    said = CallFacts(
        title=facts.title,
        text=facts.text,
        places=facts.places,
        until=(now + timedelta(days=facts.days)).date(),
        wishes=facts.wishes,
        fields=facts.fields,
        countries=facts.countries,
    )
    return open_call(project=project, facts=said, by=people.administrator, now=now - timedelta(days=20))


def _answer(call: Call, people: People, now: datetime) -> None:
    partners = list(call.project.partners.order_by("pk")) or [call.project.lead]
    for number, facts in enumerate(ANSWERS):
        person = _person(facts, partners[number % len(partners)])
        said = now - timedelta(days=6 - number, hours=number)
        interest = _say(call, person, facts.state, facts.text, said, reason=facts.reason)
        if facts.reason_text:
            Interest.objects.filter(pk=interest.pk).update(reason_text=facts.reason_text)
        if facts.state == InterestState.SHORTLISTED:
            _talk(interest, people.researcher, said)


def _person(facts: DemoAnswer, university: University) -> User:
    person = User(
        email=f"{facts.first}.{facts.last}@example.org".lower(), first_name=facts.first, last_name=facts.last
    )
    person.set_unusable_password()
    add_people([person])
    ResearcherProfile.objects.create(
        person=person,
        key=token_hex(8),
        name=person.get_full_name(),
        about=facts.about,
        fields=list(facts.fields),
        open_to=[Openness.PROJECTS],
        university=university,
        verified=Verification.COORDINATOR,
        visibility=Visibility.EVERYONE,
    )
    return person


def _say(
    call: Call, person: User, state: InterestState, text: str, when: datetime, reason: str = ""
) -> Interest:
    return Interest.objects.create(
        call=call, person=person, state=state, text=text, reason=reason, created_at=when, moved_at=when
    )


def _talk(interest: Interest, lead: User, said: datetime) -> None:
    words = (
        (lead, "Could your squads begin in January, and do you have consent forms in Polish?"),
        (interest.person, "January is fine. We have the forms of our last study and would adapt them."),
    )
    for hours, (by, text) in enumerate(words, start=2):
        InterestMessage.objects.create(
            interest=interest, by=by, text=text, sent_at=said + timedelta(hours=hours)
        )
