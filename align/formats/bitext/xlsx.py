"""Spreadsheets through openpyxl (the extra ``office``): a row for each unit, a column for each version.

Texts are written as texts, so that none becomes a formula; formulas that a file holds are read as texts too, never
computed. Characters that XML cannot hold stand as spreadsheets spell them (``_x0007_``). The same alignment gives the
same bytes: the archive has no dates. Rows are written and read one by one.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, BinaryIO

from align.errors import EmptyInputError, FormatError, OutputError, TooLargeError, UsageError
from align.formats import tsv
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
_UNSAFE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_CHUNK = 1 << 20
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
    return _UNSAFE.sub(lambda match: f"_x{ord(match.group()):04X}_", text)


def _units(text: str) -> int:
    return len(text) + sum(1 for char in text if char > "\uffff")


ROOM = Room(cuts=False, pairs=False, names=False, signature=False, shorten=fitting)


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise UsageError(
            "spreadsheets need the package openpyxl", hint="Install it: pip install 'concord-align[office]'"
        ) from error
    return openpyxl


def put(head: Head, units: Iterable[Unit], stream: BinaryIO) -> None:
    """Writes units. Raises UsageError without openpyxl, OutputError for more rows than a sheet has."""
    openpyxl = _openpyxl()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Alignment")
    sheet.freeze_panes = "A2"
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
        sheet.append([*cells, *(_text(sheet, side[0] if side else "") for side in unit.sides)])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        _without_dates(file, stream)


def _without_dates(file: IO[bytes], stream: BinaryIO) -> None:
    with tempfile.TemporaryFile() as undated:
        with zipfile.ZipFile(file) as old, zipfile.ZipFile(undated, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                if name == "docProps/core.xml":
                    new.writestr(info, _DATE.sub(rb"\g<1>1980-01-01T00:00:00Z", old.read(name)))
                    continue
                with old.open(name) as source, new.open(info, "w", force_zip64=True) as target:
                    shutil.copyfileobj(source, target, _CHUNK)
        undated.seek(0)
        shutil.copyfileobj(undated, stream, _CHUNK)


def _text(sheet: Any, text: str) -> Any:
    """A cell that holds a text as it is; None for an empty one."""
    if not text:
        return None
    text = _safe(text)
    if text[0] not in "=0123456789+-.#" and not text[0].isspace():
        return text
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


# Reading


def read(stream: BinaryIO, *, name: str, langs: Sequence[str] | None, encoding: str | None) -> Source:
    """The first sheet that has rows. Raises FormatError, TooLargeError, EmptyInputError."""
    openpyxl = _openpyxl()
    data = whole(stream, LARGEST, name)
    _check_archive(data, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        rows = _rows(book, name)
        first = next(rows, None)
    except (FormatError, TooLargeError):
        raise
    except Exception as error:  # openpyxl raises what its XML parser and dictionaries raise
        raise FormatError(
            "it is no spreadsheet (.xlsx)", where=name, hint="Save it again as .xlsx"
        ) from error
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
            cells = ["" if value is None else _cell(value) for value in row]
            if width or any(cell.strip() for cell in cells):
                width = width or len(cells)
                yield cells + [""] * (width - len(cells))
        if width:
            return


def _guarded(rows: Iterator[Any], name: str) -> Iterator[Any]:
    while True:
        try:
            row = next(rows, None)
        except Exception as error:  # as above
            raise FormatError("this spreadsheet is broken", where=name, hint="Save it again") from error
        if row is None:
            return
        yield row


def _check_archive(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            for member in archive.namelist():
                if member.endswith((".xml", ".rels")):
                    _refuse_entities(archive, member, name)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError) as error:
        raise FormatError(
            "it is no spreadsheet (.xlsx)", where=name, hint="Save it again as .xlsx"
        ) from error
    if size > LARGEST_UNPACKED:
        raise TooLargeError(
            f"over {LARGEST_UNPACKED // 1_000_000} MB when unpacked", where=name, hint="Split it"
        )


def _refuse_entities(archive: zipfile.ZipFile, member: str, name: str) -> None:
    with archive.open(member) as file:
        if b"<!" in file.read(4096).replace(b"\0", b"").replace(b"<!--", b""):
            raise FormatError("it declares a document type", where=name, hint="Save it again as .xlsx")


def _cell(value: object) -> str:
    if isinstance(value, str):
        return _ESCAPED.sub(
            lambda match: chr(int(match[1], 16)), value.replace("\r\n", "\n").replace("\r", "\n")
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
