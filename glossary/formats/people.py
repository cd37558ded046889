"""Tables as people have them: a first line that names languages, a row a concept, synonyms in one cell.

Columns are known by a language's code or by its name in English or in itself; “definition”, “note” and their like go
to the concept. Several terms in one cell stand on lines of their own or have “|” between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from align.errors import FormatError
from glossary.formats import cells
from glossary.formats.carry import OUR_ID, How, Room, in_order, language
from glossary.formats.cells import Found, Line
from glossary.model import Concept, Entry, Status, Term
from glossary.review.entries import make_id
from glossary.review.layers import STATUSES
from glossary.review.valid import LANG

_NAMES = """
    ar arabic العربية|be belarusian беларуская|bg bulgarian български|cs czech čeština|da danish dansk
    |de german deutsch|el greek ελληνικά|en english|es spanish español|et estonian eesti|fa persian farsi فارسی
    |fi finnish suomi|fr french français
    |he hebrew עברית|hi hindi हिन्दी|hr croatian hrvatski|hu hungarian magyar|hy armenian հայերեն
    |id indonesian|it italian italiano|ja japanese 日本語|ka georgian ქართული|kk kazakh қазақша|ko korean 한국어
    |lt lithuanian lietuvių|lv latvian latviešu|nl dutch nederlands|no norwegian norsk|pl polish polski
    |ps pashto پښتو|pt portuguese português|ro romanian română|ru russian русский|sk slovak slovenčina
    |sl slovenian slovene slovenščina|sr serbian српски|sv swedish svenska|tg tajik тоҷикӣ|tr turkish türkçe
    |uk ukrainian українська|ur urdu اردو|uz uzbek oʻzbekcha|vi vietnamese|zh chinese 中文 汉语
"""
LANGUAGES = {word: line.split()[0] for line in _NAMES.split("|") for word in line.split()}
"""Codes by names, in lower case."""
_COLUMNS = {
    "definition": ("definition", "description", "meaning", "определение", "описание"),
    "note": ("note", "notes", "comment", "comments", "remark", "remarks", "примечание", "комментарий"),
    "status": ("status", "term status", "статус"),
    "id": ("id", "entry id", "concept id", "concept"),
}
_ROLES = {word: role for role, words in _COLUMNS.items() for word in words}
_STATUS_WORDS: dict[str, Status | None] = {
    **{status: status for status in STATUSES},
    "approved": "preferred", "standard": "preferred", "accepted": "admitted", "allowed": "admitted",
    "obsolete": "deprecated", "not recommended": "deprecated", "non-standard": "deprecated", "banned": "forbidden",
    "do not use": "forbidden", "provisional": None, "proposed": None, "candidate": None, "new": None,
}  # fmt: skip
_LONG_CODES = frozenset(
    ["ast", "bal", "ceb", "ckb", "fil", "haw", "haz", "hsb", "kab", "kmr", "krc", "nds", "prs", "sah", "syr", "tyv"]
)  # fmt: skip
"""Codes of three letters, for languages that have none of two; any others would be words like “one”."""
_BETWEEN = re.compile(r"[|\n]")


def language_of(cell: str) -> str:
    """The code of the language that a column's name stands for, "" if it stands for none."""
    word = cell.strip().lower()
    if word in LANGUAGES:
        return LANGUAGES[word]
    bare = re.match(r"[\w ʻ]+?(?= *\()", word)  # "English (United States)"
    if bare and bare.group() in LANGUAGES:
        return LANGUAGES[bare.group()]
    code = cell.strip()
    main = re.split("[-_]", code)[0]
    known = main in LANGUAGES or main in _LONG_CODES or (len(main) == 2 and main.islower())
    return language(code) if LANG.fullmatch(code) and known else ""


def known_column(cell: str) -> bool:
    """Whether a column's name says what is in it."""
    return cell.strip().lower() in _ROLES or bool(language_of(cell))


# Reading


def read(data: bytes, *, name: str, how: How) -> Found:
    """A table as CSV or TSV. Raises FormatError."""
    lines = cells.rows(cells.text_of(data, name=name, how=how), name=name)
    return read_lines(cells.first_of(lines, name), lines, how, name)


def read_lines(first: Line, lines: Iterable[Line], how: How, name: str) -> Found:
    """The concepts of a table. Raises FormatError where its first line names fewer than two languages."""
    roles = [_role(cell, how) for cell in first.cells]
    langs = [role for role in roles if role.startswith("lang ")]
    passed = [
        cell.strip() for cell, role in zip(first.cells, roles, strict=True) if not role and cell.strip()
    ]
    if not langs or (passed and len(set(langs)) < 2):
        raise FormatError(
            "its first line does not name two languages",
            where=f"{name}, line {first.number}",
            hint="Name the columns en, ru, … or English, Russian, …, or give --format",
        )
    passed = [
        cell.strip() for cell, role in zip(first.cells, roles, strict=True) if not role and cell.strip()
    ]
    entries = [_concept(roles, line, name) for line in lines]
    warning = f"columns that were passed over: {', '.join(passed)}"
    return Found([entry for entry in entries if entry is not None], (warning,) if passed else ())


def _role(cell: str, how: How) -> str:
    word = cell.strip().lower()
    if word in ("source", "source term") and how.source:
        return f"lang {language(how.source)}"
    if word in ("target", "target term", "translation") and how.target:
        return f"lang {language(how.target)}"
    if word in _ROLES:
        return _ROLES[word]
    found = language_of(cell)
    return f"lang {found}" if found else ""


def _concept(roles: Sequence[str], line: Line, name: str) -> Entry | None:
    where = f"{name}, line {line.number}"
    if len(line.cells) > len(roles) and any(line.cells[len(roles) :]):
        raise FormatError("there are more cells than columns", where=where, hint="Mend that line")
    terms: dict[tuple[str, str], Term] = {}
    said = {role: cell for role, cell in zip(roles, line.cells, strict=False) if role and cell}
    status = _status(said.get("status", ""), where)
    langs = list(dict.fromkeys(role for role in roles if role.startswith("lang ")))
    for role, cell in zip(roles, line.cells, strict=False):
        if role.startswith("lang "):
            lang = role.removeprefix("lang ")
            for text in filter(None, map(str.strip, _BETWEEN.split(cell))):
                first = not any(lang == other for other, _ in terms)
                rank: Status | None = "preferred" if first else "admitted"
                if status != "" and role == langs[-1]:
                    rank = cast("Status | None", status)
                terms.setdefault((lang, text), Term(text, lang, status=rank))
    if not terms:
        return None
    found = list(terms.values())
    number = said.get("id", "").strip()
    concept = Concept(
        number if OUR_ID.fullmatch(number) else make_id(f"{found[0].lang}\n{found[0].text}"),
        "other",
        tuple(found),
        "approved",
        definition=said.get("definition", ""),
        note=said.get("note", ""),
    )
    return cells.checked(Entry(concept, decided=True), where)


def _status(cell: str, where: str) -> Status | str | None:
    """What a column of statuses says of the last language's terms; "" for nothing."""
    word = cell.strip().lower()
    if not word:
        return ""
    if word not in _STATUS_WORDS:
        raise FormatError(
            f"there is no status {word[:30]!r}", where=where, hint=f"Statuses: {', '.join(STATUSES)}"
        )
    return _STATUS_WORDS[word]


# Writing: Google's equivalent term sets and Trados


def _fits_trados(text: str) -> bool:
    return "|" not in text


def _fits_google(text: str) -> bool:
    return "|" not in text and "\n" not in text


TRADOS = Room(concept=frozenset(["definition", "note"]), fits=_fits_trados)
GOOGLE_SET = Room(one_target=True, concept=frozenset(["definition"]), fits=_fits_google)


def write_trados(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """A row an entry, a column a language, synonyms with “|” between them."""
    return cells.separated(rows(list(entries), ("Definition", "Note"), how))


def write_google_set(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """A row a concept, a column a language, one term in a cell; the first line has the codes."""
    found = list(entries)
    described = any(entry.concept.definition for entry in found)
    return cells.separated(rows(found, ("description",) if described else (), how))


def rows(entries: Sequence[Entry], columns: Sequence[str], how: How) -> Iterator[list[str]]:
    """The table of these concepts: their languages, then these columns."""
    langs = in_order({term.lang for entry in entries for term in entry.concept.terms}, how)
    yield [*langs, *columns]
    for entry in entries:
        concept = entry.concept
        said = {"Definition": concept.definition, "description": concept.definition, "Note": concept.note}
        yield [
            *("|".join(term.text for term in concept.terms if term.lang == lang) for lang in langs),
            *(said[column] for column in columns),
        ]
