"""Spreadsheets through openpyxl (the extra ``office``): a row for each unit, a column for each version.

Texts are written as texts, so that none becomes a formula; formulas that a file holds are read as texts too, never
computed. Characters that XML cannot hold stand as spreadsheets spell them (``_x0007_``). The same alignment gives the
same bytes: the archive has no dates. Rows are written and read one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from align.errors import EmptyInputError, FormatError, OutputError
from align.formats import sheets, tsv
from align.formats.bitext.carry import Room
from align.formats.bitext.stream import whole
from align.formats.bitext.table_read import columns_of, of_rows
from align.formats.bitext.units import Head, Source, Unit

LONGEST_CELL = 32_767
"""UTF-16 code units of a cell."""
MOST_ROWS = 1_048_576
LARGEST = 64 << 20
"""Bytes of a file to be read, and below of its members when they are unpacked."""
LARGEST_UNPACKED = 400_000_000
_WIDTHS = {"A": 8, "B": 8, "C": 11, "D": 11, "E": 10, "F": 8}


def fitting(text: str) -> str:
    """As much of a text as a cell holds."""
    if len(text) * 7 <= LONGEST_CELL or _units(_safe(text)) <= LONGEST_CELL:
        return text
    size = 0
    for at, char in enumerate(text):
        size += _units(_safe(char)) + (6 if char == "_" else 0)
        if size > LONGEST_CELL:
            return text[:at].rstrip()
    return text


def _safe(text: str) -> str:
    return sheets.spelled(text, sheets.UNSAFE)


def _units(text: str) -> int:
    return len(text) + sum(1 for char in text if char > "\uffff")


ROOM = Room(cuts=False, pairs=False, names=False, signature=False, shorten=fitting)


def put(head: Head, units: Iterable[Unit], stream: BinaryIO) -> None:
    """Writes units. Raises UsageError without openpyxl, OutputError for more rows than a sheet has."""
    book, sheet = sheets.begun("Alignment")
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    for k in range(len(head.langs)):
        sheet.column_dimensions["GHIJKLMNOPQRSTUVWXYZ"[min(k, 19)]].width = 60
    names = ["number", "kind", "confidence", "state", "doubtful", "moved"]
    sheet.append([*names, *tsv.numbered(head.langs)])
    for row, unit in enumerate(units, 2):
        if row > MOST_ROWS:
            raise OutputError(
                f"a sheet has {MOST_ROWS:,} rows at most",
                hint="Write a smaller part, or choose tsv or parquet",
            )
        cells = [unit.number, unit.kind, unit.confidence, None if unit.state == "proposed" else unit.state]
        cells += ["yes" if unit.doubtful else None, "yes" if unit.moved else None]
        texts = (side[0] if side else "" for side in unit.sides)
        sheet.append([*cells, *(sheets.text_cell(sheet, text, sheets.UNSAFE) for text in texts)])
    for chunk in sheets.saved(book):
        stream.write(chunk)


# Reading


def read(stream: BinaryIO, *, name: str, langs: Sequence[str] | None, encoding: str | None) -> Source:
    """The first sheet that has rows. Raises FormatError, TooLargeError, EmptyInputError."""
    sheets.openpyxl()  # that it is missing is said before the file is read
    data = whole(stream, LARGEST, name)
    sheets.check_archive(data, name, LARGEST_UNPACKED)
    with sheets.opening(name):
        rows = _rows(sheets.loaded(data), name)
        first = next(rows, None)
    if first is None:
        raise EmptyInputError("there is nothing in it", where=name)
    columns = columns_of(first, name)
    if not columns.header:
        rows = _again(first, rows)
    return of_rows(rows, columns, name=name, langs=langs)


def _again(first: list[str], rows: Iterator[list[str]]) -> Iterator[list[str]]:
    yield first
    yield from rows


def _rows(book: Any, name: str) -> Iterator[list[str]]:
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs write wrong ones
        width = 0
        for row in _guarded(sheet.iter_rows(values_only=True), name):
            cells = [sheets.cell_text(value, keep_returns=True) for value in row]
            if width or any(cell.strip() for cell in cells):
                width = width or len(cells)
                yield cells + [""] * (width - len(cells))
        if width:
            return


def _guarded(rows: Iterator[Any], name: str) -> Iterator[Any]:
    while True:
        try:
            row = next(rows, None)
        except Exception as error:  # whatever openpyxl raises
            raise FormatError("this spreadsheet is broken", where=name, hint="Save it again") from error
        if row is None:
            return
        yield row
