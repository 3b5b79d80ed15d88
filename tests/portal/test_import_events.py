"""`manage.py import_events`: a plan comes in whole, or not at all with each fault named."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from portal.models import Event, SearchEntry
from tests.factories import AgreementFactory, UniversityFactory

pytestmark = pytest.mark.django_db
HEADING = "number,title,kind,sport,starts_on,ends_on,country,city,host,public\n"


def imported(tmp_path: Path, rows: str, *options: str, heading: str = HEADING) -> str:
    path, out, err = tmp_path / "plan.csv", StringIO(), StringIO()
    path.write_text(heading + rows, encoding="utf-8")
    try:
        call_command("import_events", path, "--agreement", "plan", *options, stdout=out, stderr=err)
    except CommandError as fault:
        return f"{err.getvalue()}{fault}"
    return out.getvalue()


@pytest.fixture(autouse=True)
def agreement():
    return AgreementFactory(slug="plan")


def test_a_plan_comes_in_and_again_changes_only_what_changed(tmp_path, agreement):
    host = UniversityFactory(ror="05gqaka33")
    rows = "1,Judo cup,competition,JUD,2027-03-06,2027-03-07,by,Minsk,05gqaka33,\n"
    rows += "2,Congress,congress,,12.04.2027,,PL,Warsaw,,no\n"
    assert "2 rows read: 2 events added, 0 changed, 0 unchanged." in imported(tmp_path, rows)
    judo, congress = Event.objects.order_by("reference")
    assert (judo.host, judo.country.code, judo.ends_on, judo.public) == (host, "BY", date(2027, 3, 7), True)
    assert (congress.starts_on, congress.ends_on, congress.public) == (
        date(2027, 4, 12),
        date(2027, 4, 12),
        False,
    )
    assert [entry.title for entry in SearchEntry.objects.filter(kind="event")] == ["Judo cup"]
    again = imported(tmp_path, rows.replace("Judo cup", "Judo masters"))
    assert "0 events added, 1 changed, 1 unchanged." in again
    judo.refresh_from_db()
    assert judo.title == "Judo masters"
    assert [entry.title for entry in SearchEntry.objects.filter(kind="event")] == ["Judo masters"]
    assert ModelLogEntry.objects.filter(action="portal.import_events", object_id=agreement.pk).count() == 2


def test_a_dry_run_writes_nothing(tmp_path):
    told = imported(tmp_path, "1,Cup,competition,JUD,2027-03-06,,BY,Minsk,,\n", "--dry-run")
    assert "Nothing was written; it would be 1 events added" in told
    assert not Event.objects.exists()


def test_each_faulty_row_is_named_and_nothing_comes_in(tmp_path):
    rows = [
        "1,Fine,competition,JUD,2027-03-06,,BY,Minsk,,",
        "2,No such sport,competition,XXX,2027-03-06,,BY,Minsk,,",
        "3,No day,competition,JUD,soon,,BY,Minsk,,",
        "4,Backwards,competition,JUD,2027-03-06,2027-03-05,BY,Minsk,,",
        "5,No host,competition,JUD,2027-03-06,,BY,Minsk,05gqaka99,",
        "6,,competition,JUD,2027-03-06,,BY,Minsk,,",
        "7,Where,competition,JUD,2027-03-06,,Atlantis,Minsk,,",
        "8,Maybe,competition,JUD,2027-03-06,,BY,Minsk,,perhaps",
        ",Unnumbered,competition,JUD,2027-03-06,,BY,Minsk,,",
        "1,Twice,competition,JUD,2027-03-06,,BY,Minsk,,",
    ]
    told = imported(tmp_path, "\n".join(rows) + "\n")
    for words in (
        "Row 3: sport:",
        "Row 4: “soon” is not a date.",
        "Row 5: The last day cannot come before the first.",
        "Row 6: No university has the ROR id 05gqaka99.",
        "Row 7: title:",
        "Row 8: country:",
        "Row 9: Say yes or no",
        "Row 10: The number is missing",
        "Row 11: The number 1 stands in more than one row.",
        "10 of 10 rows have faults. Nothing was imported.",
    ):
        assert words in told
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("heading", "rows", "words"),
    [
        ("number,title\n", "1,Cup\n", "The heading does not fit."),
        (HEADING, "", "has no row below its heading"),
        (HEADING, "1,Cup,competition,JUD,2027-03-06,,BY,Minsk,,,more\n", "Row 2 has more cells"),
    ],
)
def test_a_file_that_is_no_plan_says_why(tmp_path, heading, rows, words):
    assert words in imported(tmp_path, rows, heading=heading)


def test_an_unknown_agreement_is_answered_with_the_known_ones(tmp_path):
    with pytest.raises(CommandError, match="known: plan"):
        call_command("import_events", tmp_path / "plan.csv", "--agreement", "other")


def test_eight_hundred_rows_cost_what_one_costs(tmp_path, django_assert_max_num_queries):
    rows = "".join(f"{n},Event {n},competition,JUD,2027-03-06,,BY,Minsk,,\n" for n in range(800))
    with django_assert_max_num_queries(40):
        assert "800 events added" in imported(tmp_path, rows)
    with django_assert_max_num_queries(10):
        assert "800 unchanged" in imported(tmp_path, rows)
