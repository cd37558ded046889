"""Rows of cells as text: CSV, and lines with tabs between the cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from align.errors import ConcordError, FormatError
from align.text import decode
from glossary.formats.carry import OUR_ID, How, language
from glossary.model import Concept, Entry, Status, Term
from glossary.review.entries import make_id
from glossary.review.layers import ACCEPTED
from glossary.review.valid import check

MARK = "\ufeff"
LONGEST_CELL = 10_000_000
TABBED = (".tsv", ".tab", ".txt", ".utf8", ".utx")


class Line(NamedTuple):
    """The cells of a row, and the line of the file that it ends in, from 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds: entries, what was passed over, and a PO file's header by its name, to be remembered."""

    entries: Sequence[Entry]
    warnings: tuple[str, ...] = ()
    header: tuple[str, dict[str, str]] | None = None


# Writing


def separated(rows: Iterable[Sequence[str]], delimiter: str = ",") -> Iterator[bytes]:
    """CSV (RFC 4180) in UTF-8, with line feeds between the rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    for n, row in enumerate(rows):
        writer.writerow(row)
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        yield encoded(text, first=n == 0)


def tabbed(rows: Iterable[Sequence[str]], end: str = "\n", *, headed: bool = False) -> Iterator[bytes]:
    """Lines of cells that hold neither tabs nor line breaks; ``headed``: something stands before them."""
    for n, row in enumerate(rows):
        yield encoded("\t".join(row) + end, first=n == 0 and not headed)


def encoded(text: str, *, first: bool) -> bytes:
    """UTF-8; a file whose text begins with the sign that is also the byte order mark gets a real one before it."""
    return (MARK + text if first and text.startswith(MARK) else text).encode("utf-8")


# Reading


def text_of(data: bytes, *, name: str, how: How) -> str:
    """The text of a file in any encoding. Raises FormatError where there is none in it."""
    text = decode(data, how.encoding, name=name).text
    if not text.strip():
        raise FormatError("there is nothing in it", where=name, hint="Give a glossary")
    return text


def separated_rows(text: str, delimiter: str, *, name: str) -> Iterator[Line]:
    """The rows of CSV that are not empty. Raises FormatError with the line."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Line(reader.line_num, cells)
    except csv.Error as error:
        raise FormatError(
            f"it is broken CSV ({error})", where=f"{name}, line {reader.line_num}", hint="Mend that line"
        ) from error


def tabbed_rows(text: str) -> Iterator[Line]:
    """The rows of lines with tabs that are not empty."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Line(number, line.removesuffix("\r").split("\t"))


def rows(text: str, *, name: str) -> Iterator[Line]:
    """The rows of a file of either kind, by its name's end, else by what its first line looks like."""
    first = text.lstrip("\n").partition("\n")[0]
    if name.lower().endswith(TABBED) or ("\t" in first and not name.lower().endswith(".csv")):
        return tabbed_rows(text)
    counts = {mark: first.count(mark) for mark in (",", ";", "\t")}
    return separated_rows(text, max(counts, key=lambda mark: counts[mark]), name=name)


def first_of(lines: Iterator[Line], name: str) -> Line:
    """The first row. Raises FormatError where all are empty."""
    found = next(lines, None)
    if found is None:
        raise FormatError("there is nothing in it", where=name, hint="Give a glossary")
    return found


# Pairs of terms


@dataclass(frozen=True, slots=True)
class Row:
    """A source term and one of its translations ("" for none). ``accepted`` leaves the rank to the order."""

    line: int
    source: str
    target: str
    status: Status | None = None
    accepted: bool = True
    id: str = ""
    definition: str = ""
    note: str = ""
    source_note: str = ""


def pairs(entry: Entry, how: How) -> list[tuple[Term, Term | None]]:
    """The rows that an entry comes to: its first source term with every target, the others with the first."""
    lefts = [t for t in entry.concept.terms if t.lang == language(how.source)]
    rights = [t for t in entry.concept.terms if t.lang == language(how.target)]
    main = next((t for t in rights if t.status in (*ACCEPTED, None)), None)
    found: list[tuple[Term, Term | None]] = [(lefts[0], right) for right in rights] or [(lefts[0], None)]
    return found + [(left, main) for left in lefts[1:]]


def from_pairs(found: Iterable[Row], how: How, *, name: str) -> list[Entry]:
    """Concepts out of rows: those with one id of ours are one, else those with one source term.

    Raises FormatError where the languages are not known or a source term is empty, InputError.
    """
    need_languages(how, name)
    groups: dict[str, list[Row]] = {}
    for row in found:
        if not row.source:
            raise FormatError(
                "there is no source term",
                where=f"{name}, line {row.line}",
                hint="Fill the cell, or drop the row",
            )
        number = row.id.partition("/")[0]
        groups.setdefault(number if OUR_ID.fullmatch(number) else f"/{row.source}", []).append(row)
    return [_concept(number, group, how, name) for number, group in groups.items()]


def need_languages(how: How, name: str) -> None:
    """Raises FormatError where a file of pairs does not say its languages and nobody else did."""
    for lang, option in ((how.source, "--source-lang"), (how.target, "--target-lang")):
        if not lang:
            raise FormatError(
                "it does not say in which language it is", where=name, hint=f"Give {option} CODE"
            )


def _concept(number: str, group: Sequence[Row], how: How, name: str) -> Entry:
    source, target = language(how.source), language(how.target)
    lefts: dict[str, Term] = {}
    rights: dict[tuple[str, Status | None, bool], Term] = {}
    for row in group:
        lefts.setdefault(row.source, Term(row.source, source, note=row.source_note))
        if row.target:
            key = (row.target, row.status, row.accepted)
            rights.setdefault(key, Term(row.target, target, status=row.status, note=row.note))
    undecided = bool(rights) and all(status is None and not accepted for _, status, accepted in rights)
    terms: list[Term] = []
    for n, term in enumerate(lefts.values()):
        terms.append(replace(term, status=None if undecided else "admitted" if n else "preferred"))
    ranked = 0
    for (_, _, accepted), term in rights.items():
        terms.append(replace(term, status="admitted" if ranked else "preferred") if accepted else term)
        ranked += accepted
    first = group[0]
    concept = Concept(
        make_id(f"{source}\n{first.source}") if number.startswith("/") else number,
        "other",
        tuple(terms),
        "candidate" if undecided else "approved",
        definition=next((row.definition for row in group if row.definition), ""),
    )
    return checked(Entry(concept, decided=True), f"{name}, line {first.line}")


def checked(entry: Entry, where: str) -> Entry:
    """The entry, if it may stand in a glossary; the error says where in the file it is."""
    try:
        return check(entry)
    except ConcordError as error:
        raise type(error)(error.what, where=where, hint=error.hint) from error
