"""Spreadsheets through openpyxl (the extra ``office``): Concord's own table out, that and people's tables in.

A file is a ZIP of XML. Texts are written as texts, so that none becomes a formula; formulas that a file holds are
read as texts too, never computed. What a cell cannot hold is cut off before: see ``carried``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from align.errors import FormatError
from align.formats import sheets
from glossary.formats import own_table, people
from glossary.formats.carry import How, carry, printable, whole
from glossary.formats.cells import Found, Line
from glossary.model import Entry
from glossary.review.entries import term_to_json, to_json

TRADOS = people.TRADOS

LONGEST_CELL = 32_767
"""Characters (UTF-16 units are what the program counts; code points beyond them are rare) that a cell holds."""
LARGEST = 400_000_000
"""Bytes that the members of a file may have when they are unpacked."""


def carried(entry: Entry, how: How) -> tuple[Entry, ...]:
    """The whole entry, but for characters that XML cannot hold and lists that are too long for a cell."""
    (found,) = whole(entry)
    concept = found.concept
    value = to_json(found)
    fields: dict[str, Any] = {
        name: printable(getattr(concept, name)) for name in ("definition", "note", "reason")
    }
    terms = []
    for term in concept.terms:
        json = term_to_json(term)
        lists: dict[str, Any] = {
            name: {} for name in ("variants", "extra") if name in json and _too_much(json[name])
        }
        if printable(term.text) == term.text:
            terms.append(replace(term, note=printable(term.note), lemma=printable(term.lemma), **lists))
    if not terms and not found.merged_into:
        return ()
    rest: dict[str, Any] = {
        name: () for name in ("comments", "keys") if name in value and _too_much(value[name])
    }
    links = () if "links" in value and _too_much(value["links"]) else concept.links
    return (replace(found, concept=replace(concept, terms=tuple(terms), links=links, **fields), **rest),)


def _too_much(value: object) -> bool:
    text = own_table.dumps(value)
    return _units(text) > LONGEST_CELL or printable(text) != text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


# Writing


def write(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """The table of ``own_table`` as a spreadsheet, row by row."""
    return _book(own_table.to_rows(entries), "Terms")


def write_trados(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """A row an entry, a column a language, synonyms with “|” between them."""
    return _book(people.rows(list(entries), ("Definition", "Note"), how), "Terms")


def carried_trados(entry: Entry, how: How) -> tuple[Entry, ...]:
    """What a sheet for Trados carries."""
    return carry(entry, replace(people.TRADOS, xml=True, fits=_fits_trados), how)


def _fits_trados(text: str) -> bool:
    return people.TRADOS.fits(text) and printable(text) == text


def _book(rows: Iterator[list[str]], title: str) -> Iterator[bytes]:
    book, sheet = sheets.begun(title)
    for row in rows:
        while row and not row[-1]:
            row.pop()
        sheet.append([sheets.text_cell(sheet, text, sheets.LOOKS_SPELLED) for text in row])
    yield from sheets.saved(book)


# Reading


def read(data: bytes, *, name: str, how: How) -> Found:
    """The first sheet that has rows. Raises FormatError, TooLargeError."""
    sheets.openpyxl()  # that it is missing is said first
    sheets.check_archive(data, name, LARGEST)
    with sheets.opening(name):
        lines = _lines(sheets.loaded(data))
    if not lines:
        raise FormatError("there is nothing in it", where=name, hint="Give a glossary")
    return own_table.read_lines(iter(lines), how, name)


def _lines(book: Any) -> list[Line]:
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs write wrong ones
        found = []
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [sheets.cell_text(value, keep_returns=False) for value in row]
            if any(cell.strip() for cell in cells):
                found.append(Line(number, cells))
        if found:
            width = max(len(line.cells) for line in found)
            return [Line(n, cells + [""] * (width - len(cells))) for n, cells in found]
    return []
