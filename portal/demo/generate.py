"""The whole demonstration in one call."""

from portal.demo import sources
from portal.demo.clubs import clubs_of
from portal.demo.requests import requests_for
from portal.demo.types import DemoContent

SEED = 2027


def demo_content(seed: int = SEED) -> DemoContent:
    universities = sources.universities()
    clubs, venues, teams = [], [], []
    for university in universities:
        of_university = clubs_of(university, seed)
        clubs += of_university[0]
        venues += of_university[1]
        teams += of_university[2]
    return DemoContent(
        universities=universities,
        clubs=tuple(clubs),
        venues=tuple(venues),
        teams=tuple(teams),
        requests=tuple(requests_for(teams, clubs, universities, seed)),
        projects=sources.projects(),
    )
