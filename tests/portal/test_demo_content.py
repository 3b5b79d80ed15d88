"""The demonstration's content, before it is written to a database."""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from portal.demo import sources
from portal.demo.generate import demo_content
from portal.demo.requests import OPEN_AIR_START, SEASON_END, SEASON_START, kilometres
from portal.demo.texts import club_intro, university_intro
from portal.identifiers import check_ror
from portal.sports import sport

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "universities.csv"


@pytest.fixture(scope="module")
def content():
    return demo_content()


@pytest.fixture(scope="module")
def teams(content):
    return {team.key: team for team in content.teams}


@pytest.fixture(scope="module")
def homes(content):
    """The university of each team."""
    universities = {university.ror: university for university in content.universities}
    clubs = {club.key: universities[club.university] for club in content.clubs}
    return {team.key: clubs[team.club] for team in content.teams}


def test_the_same_seed_makes_the_same_content(content):
    assert demo_content() == content
    assert demo_content(seed=1).requests != content.requests


def test_universities_of_many_countries(content):
    countries = Counter(university.country for university in content.universities)
    assert len(content.universities) >= 150
    assert len(countries) >= 20
    assert countries["BY"] >= 12
    assert countries["RU"] >= 20


def test_ror_ids_and_short_names_are_unique_and_right(content):
    ids = [university.ror for university in content.universities]
    assert [check_ror(ror) for ror in ids] == ids
    assert len(set(ids)) == len(ids)
    labels = [university.label for university in content.universities]
    assert len(set(labels)) == len(labels)


def test_places_and_zones(content):
    for university in content.universities:
        ZoneInfo(university.time_zone)
        assert -90 <= university.lat <= 90
        assert -180 <= university.lon <= 180
        assert len(sources.region_of(university.country).sports) >= 4
    zones = {university.city: university.time_zone for university in content.universities}
    assert zones["Minsk"] == "Europe/Minsk"
    assert zones["Kaliningrad"] == "Europe/Kaliningrad"
    assert zones["Vladivostok"] == "Asia/Vladivostok"


def test_names_in_other_languages_are_of_their_countries(content):
    for university in content.universities:
        assert not university.name_be or university.country == "BY"
        assert not university.name_ru or university.country in ("BY", "RU")


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data/universities.csv is not on this machine")
def test_facts_are_those_of_the_registry(content):
    with SHARED.open(encoding="utf-8", newline="") as lines:
        registry = {row["id"].rpartition("/")[2]: row for row in csv.DictReader(lines)}
    for university in content.universities:
        row = registry[university.ror]
        assert (university.name, university.country, university.city) == (
            row["name"],
            row["country"],
            row["city"],
        )
        assert (university.lat, university.lon) == (float(row["lat"]), float(row["lon"]))


def test_keys_are_unique_and_lead_somewhere(content, teams, homes):
    for rows in (content.clubs, content.venues, content.teams, content.projects):
        assert len({row.key for row in rows}) == len(rows)
    clubs = {club.key for club in content.clubs}
    assert {venue.club for venue in content.venues} <= clubs
    assert {team.club for team in content.teams} == clubs
    assert len({request.team for request in content.requests}) == len(content.requests)
    for request in content.requests:
        own = teams[request.team]
        for key in (*request.avoid, *request.prefer):
            assert (teams[key].sport, teams[key].category) == (own.sport, own.category)
            assert homes[key] != homes[request.team]


def test_each_university_has_one_or_two_clubs_with_names_of_their_own(content):
    clubs = Counter(club.university for club in content.clubs)
    assert clubs.keys() == {university.ror for university in content.universities}
    assert set(clubs.values()) == {1, 2}
    assert len({club.name for club in content.clubs}) == len(content.clubs)
    owners = {club.key: club.university for club in content.clubs}
    assert len({(owners[venue.club], venue.name) for venue in content.venues}) == len(content.venues)
    assert len({(team.club, team.name) for team in content.teams}) == len(content.teams)


def test_only_reserved_domains_are_used(content):
    assert all(re.fullmatch(r"club[12]@\w+\.example", club.email) for club in content.clubs)


def test_teams_play_where_their_sport_is_played(content):
    venues = {venue.key: venue for venue in content.venues}
    assert {venue.capacity for venue in content.venues} == {1, 2, 3}
    for team in content.teams:
        assert team.category in sport(team.sport).categories
        assert (venues[team.venue].kind == "hall") == sport(team.sport).hall
        assert venues[team.venue].club == team.club


def test_ratings(content):
    ratings = [team.rating for team in content.teams]
    assert 1450 < sum(ratings) / len(ratings) < 1550
    assert all(900 <= rating <= 2100 for rating in ratings)
    assert all(50 <= team.rating_deviation <= 140 for team in content.teams)


def test_requests(content, teams):
    assert 600 <= len(content.requests) <= 700
    assert len({teams[request.team].sport for request in content.requests}) >= 14
    for request in content.requests:
        assert 1 <= request.wanted <= 3
        assert 1 <= request.min_rest_days <= 6
        assert 0 <= request.waiting_days <= 120
    assert {request.max_rating_gap for request in content.requests} >= {None, 300}
    for some in ("avoid", "prefer", "note"):
        assert (
            0.02
            < sum(bool(getattr(request, some)) for request in content.requests) / len(content.requests)
            < 0.3
        )


def test_dates_lie_in_the_season_and_mostly_on_weekends(content, homes, teams):
    days = [day for request in content.requests for day in (*request.host_dates, *request.travel_dates)]
    assert min(days) >= SEASON_START
    assert max(days) <= SEASON_END
    assert sum(day.weekday() >= 5 for day in days) / len(days) > 0.8
    for request in content.requests:
        assert request.host_dates
        assert list(request.travel_dates) == sorted(set(request.travel_dates)) != []
        if homes[request.team].lat > 55 and teams[request.team].sport == "FBL":
            assert min(request.host_dates) >= OPEN_AIR_START


def test_most_requests_have_an_opponent_and_some_have_none(content, teams, homes):
    pools = defaultdict(list)
    for request in content.requests:
        pools[teams[request.team].sport, teams[request.team].category].append(request)

    def possible(host, guest):
        gap = abs(teams[host.team].rating - teams[guest.team].rating)
        return (
            homes[host.team] != homes[guest.team]
            and not set(host.host_dates).isdisjoint(guest.travel_dates)
            and kilometres(homes[host.team], homes[guest.team]) <= guest.max_distance_km
            and all(side.max_rating_gap is None or gap <= side.max_rating_gap for side in (host, guest))
            and host.team not in guest.avoid
            and guest.team not in host.avoid
        )

    met = {
        side.team
        for pool in pools.values()
        for host in pool
        for guest in pool
        if possible(host, guest)
        for side in (host, guest)
    }
    assert 0.8 < len(met) / len(content.requests) < 0.98


def test_projects(content):
    known = {university.ror for university in content.universities}
    assert 20 <= len(content.projects) <= 30
    assert {project.status for project in content.projects} == {"idea", "seeking", "running", "finished"}
    for project in content.projects:
        assert {project.lead, *project.partners} <= known
        assert project.lead not in project.partners
        assert project.fields
        assert all(re.fullmatch(r"[1-6]\.\d{1,2}", field) for field in project.fields)
        assert 2 <= len(re.findall(r"[.?](?:\s|$)", project.summary)) <= 5


@pytest.mark.parametrize("name", ["home", "universities", "clubs", "projects"])
def test_pages_say_that_clubs_and_teams_are_examples(name):
    text = sources.page_text(name)
    assert text.startswith("# ")
    assert "example" in text
    assert "orem ipsum" not in text


def test_introductions_use_the_facts_given():
    text = university_intro("University of Tartu", "Tartu", "Estonia", ["VVO", "BKB"])
    assert "University of Tartu" in text
    assert "Tartu, Estonia" in text
    assert "basketball and volleyball" in text
    text = club_intro(
        "BSU Sports Club", "Belarusian State University", "Minsk", "Belarus", ["BK3", "CHS", "TEN"]
    )
    assert "BSU Sports Club" in text
    assert "3x3 basketball, tennis and chess" in text


def test_a_university_without_clubs_gets_one_sentence():
    assert university_intro("University of Tartu", "Tartu", "Estonia", []).count(".") == 1
