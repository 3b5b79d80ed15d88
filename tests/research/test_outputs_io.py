"""Outputs from and to BibTeX and CSL-JSON; faults are told with their place."""

from __future__ import annotations

import json

import pytest

from research.enums import OutputKind
from research.models import Output
from research.outputs_io import MOST_ITEMS, read_bibtex, read_csl, write_bibtex, write_csl

BIBTEX = r"""
@string{jss = {Journal of Sports Sciences}}
% a comment of somebody
@article{mueller2024,
  author  = {M{\"u}ller, J{\'e}r{\^o}me and van der Berg, Anna and {World Athletics}},
  title   = {The {VO2max} of rowers: 5\,\% more \& $\alpha$ less},
  journal = jss,
  year    = 2024,
  month   = mar,
  volume  = {42},
  number  = {3},
  pages   = {12--34},
  issn    = {0264-0414},
  doi     = {https://doi.org/10.1080/02640414.2024.123_4},
  url     = {https://example.org/a%20b\_c},
}

@inproceedings{iljina,
  author = {Ільіна, Вольга},
  title = {Сон и нагрузка},
  booktitle = {Труды},
  date = {2023-05-07},
}
"""


def test_bibtex_becomes_facts_with_its_accents_as_letters():
    read = read_bibtex(BIBTEX)
    assert read.faults == []
    article, paper = read.facts
    assert (article.kind, article.year, article.doi) == (
        OutputKind.ARTICLE,
        2024,
        "10.1080/02640414.2024.123_4",
    )
    assert article.title == "The VO2max of rowers: 5 % more & α less"
    assert article.url == "https://example.org/a%20b_c"
    assert article.csl["author"] == [
        {"family": "Müller", "given": "Jérôme"},
        {"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"},
        {"literal": "World Athletics"},
    ]
    assert article.csl["container-title"] == "Journal of Sports Sciences"
    assert article.csl["page"] == "12-34"
    assert article.csl["issued"] == {"date-parts": [[2024, 3]]}
    assert (paper.kind, paper.title, paper.year) == (OutputKind.CONFERENCE, "Сон и нагрузка", 2023)
    assert paper.csl["issued"] == {"date-parts": [[2023, 5, 7]]}


def test_faults_of_bibtex_are_told_by_line():
    read = read_bibtex(
        "@article{a,\n title = {Sleep},\n doi = {11.1/2},\n}\n"
        "@article{b,\n year = {2024},\n issn = {0317-8472}\n}\n"
        "@article{a,\n title = {Load}\n}\n"
        "@article{c,\n title = {Open\n"
    )
    told = {(fault.row, fault.column) for fault in read.faults}
    assert {(1, "doi"), (5, "title"), (5, "issn"), (9, "entry"), (12, "entry")} <= told
    assert any("is not a DOI" in fault.text for fault in read.faults)
    assert any("wrong check digit" in fault.text for fault in read.faults)


@pytest.mark.parametrize("text", ["", "no bibtex at all", "@comment{nothing}"])
def test_a_file_without_entries_says_so(text: str):
    assert [fault.text for fault in read_bibtex(text).faults] == ["The file holds no outputs."]


def test_csl_json_is_read_as_zotero_and_crossref_write_it():
    read = read_csl(
        json.dumps(
            [
                {
                    "id": "x",
                    "type": "dataset",
                    "title": ["Heart rates of <i>rowers</i> &amp; others"],
                    "DOI": "10.5281/ZENODO.1234",
                    "issued": {"date-parts": [["2025", 4]]},
                    "ISSN": ["0028-0836", "1476-4687"],
                },
                {
                    "type": "webpage",
                    "title": "A blog",
                    "issued": {"raw": "7 May 2022"},
                    "URL": "https://a.org",
                },
            ]
        )
    )
    assert read.faults == []
    assert [(one.kind, one.title, one.year, one.doi, one.url) for one in read.facts] == [
        (OutputKind.DATASET, "Heart rates of rowers & others", 2025, "10.5281/zenodo.1234", ""),
        (OutputKind.OTHER, "A blog", 2022, "", "https://a.org"),
    ]
    assert read.facts[0].csl["ISSN"] == "0028-0836"
    assert len(read_csl('{"items": [{"title": "One"}]}').facts) == 1
    assert len(read_csl('{"title": "One", "type": "book"}').facts) == 1


@pytest.mark.parametrize(
    ("text", "place", "column"),
    [
        ("{", 1, "file"),
        ('[\n{"title": "a",}\n]', 2, "file"),
        ("[]", 1, "file"),
        ("7", 1, "file"),
        ('["text"]', 1, "item"),
        ('[{"title": "a"}, {"type": "book"}]', 2, "title"),
        ('[{"title": "a", "URL": "javascript:alert(1)"}]', 1, "url"),
        ('[{"title": "a", "DOI": "10.1/2"}]', 1, "doi"),
        ('[{"title": "a", "DOI": "10.1000/x"}, {"title": "b", "DOI": "10.1000/X"}]', 2, "doi"),
        ('[{"title": "' + "a" * 501 + '"}]', 1, "title"),
        (json.dumps([{"title": "a"}] * (MOST_ITEMS + 1)), 1, "file"),
        ("[" * 100_000, 1, "file"),
    ],
)
def test_faults_of_csl_are_told_by_item(text: str, place: int, column: str):
    assert [(fault.row, fault.column) for fault in read_csl(text).faults] == [(place, column)]


def outputs_of(read) -> list[Output]:
    return [
        Output(
            pk=number, kind=one.kind, title=one.title, year=one.year, doi=one.doi, url=one.url, csl=one.csl
        )
        for number, one in enumerate(read.facts, start=1)
    ]


def test_what_is_written_as_bibtex_is_read_back_the_same():
    outputs = outputs_of(read_bibtex(BIBTEX))
    outputs.append(Output(pk=9, kind="report", title=r"50 % of {all} \ $5_000 ~ x^2 & #1", year=2024))
    text = write_bibtex(outputs)
    again = read_bibtex(text)
    assert again.faults == []
    assert [one.title for one in again.facts] == [one.title for one in outputs]
    assert [(one.kind, one.year, one.doi, one.url) for one in again.facts] == [
        (one.kind, one.year, one.doi, one.url) for one in outputs
    ]
    assert again.facts[0].csl["author"] == outputs[0].csl["author"]
    assert again.facts[0].csl["page"] == "12-34"
    assert text.count("@") == 3


def test_two_outputs_of_a_person_and_year_have_two_keys():
    csl = {"author": [{"family": "Iljina", "given": "Olga"}]}
    text = write_bibtex([Output(pk=n, kind="book", title="A", year=2024, csl=csl) for n in (1, 2)])
    assert "@book{iljina2024," in text
    assert "@book{iljina2024-2," in text


def test_what_was_typed_counts_in_csl_where_it_differs():
    output = Output(pk=4, kind="book", title="New", year=2025, csl={"type": "thesis", "DOI": "10.1/x"})
    assert json.loads(write_csl([output])) == [
        {
            "id": "output-4",
            "type": "book",
            "title": "New",
            "issued": {"date-parts": [[2025]]},
        }
    ]


def test_what_is_written_as_csl_is_read_back_the_same():
    outputs = outputs_of(read_bibtex(BIBTEX))
    assert read_csl(write_csl(outputs)).facts == read_bibtex(BIBTEX).facts
