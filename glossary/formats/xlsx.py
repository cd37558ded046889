"""Spreadsheets through openpyxl (the extra ``office``): Concord's own table out, that and people's tables in.

A file is a ZIP of XML. Texts are written as texts, so that none becomes a formula; formulas that a file holds are
read as texts too, never computed. What a cell cannot hold is cut off before: see ``carried``.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import IO, Any

from align.errors import FormatError, TooLargeError, UsageError
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
MOST_ROWS = 1_048_576
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_CHUNK = 1 << 20


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise UsageError(
            "spreadsheets need the package openpyxl", hint="Install it: pip install 'concord-align[office]'"
        ) from error
    return openpyxl


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
    openpyxl = _openpyxl()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        while row and not row[-1]:
            row.pop()
        sheet.append([_text(sheet, text) for text in row])
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as undated:
        book.save(file)
        _without_dates(file, undated)
        undated.seek(0)
        while chunk := undated.read(_CHUNK):
            yield chunk


def _without_dates(file: IO[bytes], undated: IO[bytes]) -> None:
    """The same archive without the time at which it was made, so that the same glossary is the same file."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(undated, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name == "docProps/core.xml":
                new.writestr(info, _DATE.sub(rb"\g<1>1980-01-01T00:00:00Z", old.read(name)))
                continue
            with old.open(name) as source, new.open(info, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, _CHUNK)


def _text(sheet: Any, text: str) -> Any:
    """A cell that holds a text as it is; None for an empty one."""
    if not text:
        return None
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)  # "_x000D_" in a cell is how spreadsheets spell a character
    if text[0] not in "=0123456789+-.#" and not text[0].isspace():
        return text
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


# Reading


def read(data: bytes, *, name: str, how: How) -> Found:
    """The first sheet that has rows. Raises FormatError, TooLargeError."""
    openpyxl = _openpyxl()
    _check_size(data, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        lines = _lines(book, name)
    except (FormatError, TooLargeError):
        raise
    except Exception as error:  # openpyxl raises what its XML parser and dictionaries raise
        raise FormatError(
            "it is no spreadsheet (.xlsx)", where=name, hint="Save it again as .xlsx"
        ) from error
    if not lines:
        raise FormatError("there is nothing in it", where=name, hint="Give a glossary")
    return own_table.read_lines(iter(lines), how, name)


def _check_size(data: bytes, name: str) -> None:
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
    if size > LARGEST:
        raise TooLargeError(f"over {LARGEST // 1_000_000} MB when unpacked", where=name, hint="Split it")


def _refuse_entities(archive: zipfile.ZipFile, member: str, name: str) -> None:
    with archive.open(member) as file:
        if b"<!" in file.read(4096).replace(b"\0", b"").replace(b"<!--", b""):
            raise FormatError("it declares a document type", where=name, hint="Save it again as .xlsx")


def _lines(book: Any, name: str) -> list[Line]:
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs write wrong ones
        found = []
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = ["" if value is None else _cell(value) for value in row]
            if any(cell.strip() for cell in cells):
                found.append(Line(number, cells))
        if found:
            width = max(len(line.cells) for line in found)
            return [Line(n, cells + [""] * (width - len(cells))) for n, cells in found]
    return []


def _cell(value: object) -> str:
    if isinstance(value, str):
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
        return text.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
