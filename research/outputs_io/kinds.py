"""What BibTeX and CSL call a kind of output."""

from __future__ import annotations

from research.enums import OutputKind

#: Types of CSL 1.0.2; the first of a kind is the one that is written.
CSL_TYPES = {
    OutputKind.ARTICLE: ("article-journal", "article-magazine", "article-newspaper", "article", "review"),
    OutputKind.CHAPTER: ("chapter", "entry-encyclopedia", "entry-dictionary", "entry"),
    OutputKind.BOOK: ("book", "collection"),
    OutputKind.CONFERENCE: ("paper-conference", "speech"),
    OutputKind.THESIS: ("thesis",),
    OutputKind.REPORT: ("report", "standard"),
    OutputKind.DATASET: ("dataset",),
    OutputKind.SOFTWARE: ("software",),
    OutputKind.OTHER: ("document",),
}
#: Types of entries, of BibTeX first and of BibLaTeX behind them; the first of a kind is written.
BIBTEX_TYPES = {
    OutputKind.ARTICLE: ("article", "suppperiodical"),
    OutputKind.CHAPTER: ("incollection", "inbook", "inreference"),
    OutputKind.BOOK: ("book", "booklet", "proceedings", "collection", "mvbook"),
    OutputKind.CONFERENCE: ("inproceedings", "conference"),
    OutputKind.THESIS: ("phdthesis", "mastersthesis", "thesis"),
    OutputKind.REPORT: ("techreport", "report", "manual"),
    OutputKind.DATASET: ("dataset",),
    OutputKind.SOFTWARE: ("software",),
    OutputKind.OTHER: ("misc", "online", "unpublished", "electronic"),
}
_KIND_OF_CSL = {name: kind for kind, names in CSL_TYPES.items() for name in names}
_KIND_OF_BIBTEX = {name: kind for kind, names in BIBTEX_TYPES.items() for name in names}


def kind_of_csl(name: object) -> OutputKind:
    return _KIND_OF_CSL.get(str(name), OutputKind.OTHER)


def kind_of_bibtex(name: str) -> OutputKind:
    return _KIND_OF_BIBTEX.get(name.lower(), OutputKind.OTHER)


def csl_type(kind: str) -> str:
    return CSL_TYPES[OutputKind(kind)][0]


def bibtex_type(kind: str) -> str:
    return BIBTEX_TYPES[OutputKind(kind)][0]
