"""What every spreadsheet (.xlsx) needs, whatever is in its rows: openpyxl, the guard of the archive, cells as texts.

A file is a ZIP of XML. Texts are written as texts, so that none becomes a formula; formulas that a file holds are
read as texts too, never computed. Characters that XML cannot hold stand as spreadsheets spell them (``_x0007_``).
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from align.errors import FormatError, TooLargeError, UsageError

LOOKS_SPELLED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""The underscore of what a spreadsheet would read as the spelling of a character."""
UNSAFE = re.compile(f"{LOOKS_SPELLED.pattern}|[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The same, and each character that XML cannot hold or would change."""
_SPELLED = re.compile("_x([0-9A-Fa-f]{4})_")
_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r]")
_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_CHUNK = 1 << 20


def no_formula(text: str) -> str:
    """The text of a cell of CSV, with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def openpyxl() -> Any:
    """The package. Raises UsageError where it is not installed."""
    try:
        import openpyxl as package
    except ImportError as error:
        raise UsageError(
            "spreadsheets need the package openpyxl", hint="Install it: pip install 'concord-align[office]'"
        ) from error
    return package


# Writing


def begun(title: str) -> tuple[Any, Any]:
    """A workbook to be written row by row, and its one sheet, whose first row stays in sight. Raises UsageError."""
    book = openpyxl().Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    return book, sheet


def spelled(text: str, which: re.Pattern[str]) -> str:
    """A text with each character that ``which`` finds spelled as ``_xHHHH_``: ``LOOKS_SPELLED`` or ``UNSAFE``."""
    return which.sub(lambda match: f"_x{ord(match.group()):04X}_", text)


def text_cell(sheet: Any, text: str, which: re.Pattern[str]) -> Any:
    """A cell that holds a text as it is, ``which`` as in ``spelled``; None for an empty one."""
    if not text:
        return None
    text = spelled(text, which)
    if text[0] not in "=0123456789+-.#" and not text[0].isspace():
        return text
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def saved(book: Any) -> Iterator[bytes]:
    """The file without the time at which it was made, so that the same rows are the same bytes."""
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as undated:
        book.save(file)
        _without_dates(file, undated)
        undated.seek(0)
        while chunk := undated.read(_CHUNK):
            yield chunk


def _without_dates(file: IO[bytes], undated: IO[bytes]) -> None:
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(undated, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name == "docProps/core.xml":
                new.writestr(info, _DATE.sub(rb"\g<1>1980-01-01T00:00:00Z", old.read(name)))
                continue
            with old.open(name) as source, new.open(info, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, _CHUNK)


# Reading


def check_archive(data: bytes, name: str, most: int) -> None:
    """Checks a file before openpyxl sees it. Raises FormatError for what is no archive or declares a document type,
    TooLargeError for over ``most`` bytes when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            for member in archive.namelist():
                if member.endswith((".xml", ".rels")):
                    _refuse_entities(archive, member, name)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError) as error:
        raise _no_spreadsheet(name) from error
    if size > most:
        raise TooLargeError(f"over {most // 1_000_000} MB when unpacked", where=name, hint="Split it")


def _refuse_entities(archive: zipfile.ZipFile, member: str, name: str) -> None:
    with archive.open(member) as file:
        if b"<!" in file.read(4096).replace(b"\0", b"").replace(b"<!--", b""):
            raise FormatError("it declares a document type", where=name, hint="Save it again as .xlsx")


def loaded(data: bytes) -> Any:
    """The workbook of an archive that was checked, to be read row by row within ``opening``."""
    return openpyxl().load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)


@contextmanager
def opening(name: str) -> Iterator[None]:
    """Raises FormatError for whatever openpyxl raises: also what its XML parser and dictionaries raise."""
    try:
        yield
    except (FormatError, TooLargeError):
        raise
    except Exception as error:
        raise _no_spreadsheet(name) from error


def _no_spreadsheet(name: str) -> FormatError:
    return FormatError("it is no spreadsheet (.xlsx)", where=name, hint="Save it again as .xlsx")


def cell_text(value: object, *, keep_returns: bool) -> str:
    """The value of a cell as a text, "" for none; line breaks are line feeds.

    ``keep_returns``: a carriage return that is spelled out (``_x000D_``) is one, not a line break.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _unspelled(_breaks(value)) if keep_returns else _breaks(_unspelled(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _unspelled(text: str) -> str:
    return _SPELLED.sub(lambda match: chr(int(match[1], 16)), text)


def _breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
