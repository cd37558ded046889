"""memoQ's term bases as CSV: semicolons, UTF-8, entry fields, then each language's fields and its terms' fields.

Columns as memoQ documents them for its services; a language's columns are repeated as often as an entry has terms in
it. Dates are in UTC, "M/d/yyyy h:mm:ss tt". memoQ numbers its entries itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from align.errors import FormatError
from glossary.formats import cells
from glossary.formats.carry import How, Made, Room, in_order
from glossary.formats.cells import Found
from glossary.formats.people import language_of
from glossary.model import Concept, Entry, Term
from glossary.review.entries import make_id

ENTRY = (
    "Entry_ID", "Entry_Subject", "Entry_Domain", "Entry_ClientID", "Entry_ProjectID", "Entry_Created",
    "Entry_Creator", "Entry_LastModified", "Entry_Modifier", "Entry_Note",
)  # fmt: skip
ROOM = Room(dates=True, concept=frozenset(["definition", "note"]))
_NO_FLAGS = ""


def write(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """The term base. Terms that are not wanted are left out: what their mark is called, memoQ does not document."""
    return cells.separated(_rows(list(entries), how), ";")


def _rows(entries: Sequence[Entry], how: How) -> Iterator[list[str]]:
    most: dict[str, int] = {}
    for entry in entries:
        for lang in {term.lang for term in entry.concept.terms}:
            count = sum(term.lang == lang for term in entry.concept.terms)
            most[lang] = max(most.get(lang, 0), count)
    langs = in_order(most, how)
    header = list(ENTRY)
    for lang in langs:
        header += [f"{lang}_Def", *([lang, "Term_Info", "Term_Example"] * most[lang])]
    yield header
    for number, entry in enumerate(entries, 1):
        yield _row(number, entry, langs, most, how)


def _row(number: int, entry: Entry, langs: Sequence[str], most: dict[str, int], how: How) -> list[str]:
    concept = entry.concept
    made = how.made.get(concept.id, Made("", "", "", ""))
    row = [str(number), "", "", "", "", date(made.created), made.creator, date(made.modified), made.modifier]
    row.append(concept.note)
    for n, lang in enumerate(langs):
        texts = [term.text for term in concept.terms if term.lang == lang]
        row.append(concept.definition if n == 0 else "")
        for text in texts + [""] * (most[lang] - len(texts)):
            row += [text, _NO_FLAGS, ""]
    return row


def date(text: str) -> str:
    """A moment as memoQ writes it: "2024-05-06T17:08:09Z" is "5/6/2024 5:08:09 PM"."""
    if len(text) < 19:
        return ""
    year, month, day = (int(part) for part in text[:10].split("-"))
    hour, rest = int(text[11:13]), text[13:19]
    return f"{month}/{day}/{year} {hour % 12 or 12}{rest} {'PM' if hour >= 12 else 'AM'}"


@dataclass
class _Columns:
    """Where a language's definitions and terms stand: for each term its place, with that of its marks."""

    definitions: dict[str, int] = field(default_factory=dict)
    terms: list[tuple[str, int, int | None]] = field(default_factory=list)
    note: int | None = None


def read(data: bytes, *, name: str, how: How) -> Found:
    """A term base of memoQ. Raises FormatError where its first line is not that of one."""
    lines = cells.rows(cells.text_of(data, name=name, how=how), name=name)
    first = cells.first_of(lines, name)
    columns = _columns([cell.strip() for cell in first.cells])
    if not columns.terms:
        raise FormatError(
            "its first line names no languages",
            where=f"{name}, line {first.number}",
            hint="Export with field headers",
        )
    return Found(
        [
            entry
            for number, row in lines
            if (entry := _entry(columns, row, f"{name}, line {number}")) is not None
        ]
    )


def _columns(header: Sequence[str]) -> _Columns:
    found = _Columns()
    for n, cell in enumerate(header):
        if cell == "Entry_Note":
            found.note = n
        elif cell.endswith("_Def") and (lang := memoq_language(cell.removesuffix("_Def"))):
            found.definitions[lang] = n
        elif not cell.startswith(("Entry_", "Term_")) and (lang := memoq_language(cell)):
            info = n + 1 if n + 1 < len(header) and header[n + 1] == "Term_Info" else None
            found.terms.append((lang, n, info))
    return found


def memoq_language(name: str) -> str:
    """The code of a language as memoQ names its columns: a code, "English", "English_United_States"."""
    return language_of(name) or language_of(name.partition("_")[0])


def _entry(columns: _Columns, row: Sequence[str], where: str) -> Entry | None:
    def cell(n: int | None) -> str:
        return row[n] if n is not None and n < len(row) else ""

    terms: dict[tuple[str, str], Term] = {}
    for lang, at, info in columns.terms:
        text, marks = cell(at).strip(), cell(info).lower()
        if not text:
            continue
        ranked = any(other == lang and term.status == "preferred" for (other, _), term in terms.items())
        refused = "forbidden" in marks
        term = Term(
            text,
            lang,
            status="forbidden" if refused else "admitted" if ranked else "preferred",
            case="as written" if "casesens" in marks else "any",
        )
        terms.setdefault((lang, text), term)
    if not terms:
        return None
    found = tuple(terms.values())
    definitions = [cell(at) for at in columns.definitions.values() if cell(at)]
    concept = Concept(
        make_id(f"{found[0].lang}\n{found[0].text}"),
        "other",
        found,
        "approved",
        definition="\n".join(dict.fromkeys(definitions)),
        note=cell(columns.note),
    )
    return cells.checked(Entry(concept, decided=True), where)
