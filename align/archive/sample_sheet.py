"""A sample as a sheet (CSV or spreadsheet) for people to judge, and back.

A row a bead, in mixed order; whoever judges writes right, partly or wrong into the column "verdict". Confidences are
not shown, so that nobody is led by them. What the estimate needs stands at the end of each row: the stratum, how many
beads it has and how many were drawn, the sample's name, the signature.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from align.archive.audit import VERDICTS, Stratum, Verdict
from align.archive.sample import Item, Sample
from align.errors import FormatError, InputError, UsageError
from align.formats import sheets
from align.text import decode

COLUMNS = (
    "id", "verdict", "source", "target", "source before", "source after", "target before", "target after", "note",
    "source document", "target document", "stratum", "beads", "drawn", "sample", "signature",
)  # fmt: skip
NEEDED = ("id", "verdict", "stratum", "beads", "drawn", "sample")
FORMATS = ("csv", "xlsx")
LARGEST = 200_000_000
_WIDTHS = {"A": 12, "B": 9, **dict.fromkeys("CDEFGH", 48)}


@dataclass(frozen=True, slots=True)
class Judged:
    """A sheet that came back: the verdict on each bead by id (None: none yet), the stratum of each, the strata."""

    sample: str
    signature: str
    verdicts: dict[str, Verdict | None]
    homes: dict[str, int]
    strata: tuple[Stratum, ...]


def format_of(path: Path | None, wanted: str | None) -> str:
    """The format to write: the one named, else what the name ends in, else CSV. Raises UsageError."""
    ends = "xlsx" if path is not None and path.suffix.lower() == ".xlsx" else "csv"
    found = wanted or ends
    if found not in FORMATS:
        raise UsageError(
            f"there is no format {found!r} here", where="--format", hint=f"Choose from: {', '.join(FORMATS)}"
        )
    return found


# Writing


def rows(sample: Sample) -> Iterator[tuple[str, ...]]:
    """The rows below the first."""
    strata = {stratum.number: stratum for stratum in sample.strata}
    for item in sample.items:
        own = strata[item.stratum]
        yield (*_texts(item), str(own.number), str(own.beads), str(own.drawn), sample.name, sample.signature)


def _texts(item: Item) -> tuple[str, ...]:
    return (
        item.id, "", item.source, item.target, item.source_before, item.source_after, item.target_before,
        item.target_after, "", item.source_document, item.target_document,
    )  # fmt: skip


def write(sample: Sample, format: str, stream: BinaryIO) -> None:
    """Writes the sheet. CSV has a byte order mark, by which spreadsheet programs know UTF-8.

    A text that a spreadsheet would take for a formula has an apostrophe in front in CSV; in .xlsx texts are texts.
    """
    if format == "xlsx":
        for chunk in _spreadsheet(sample):
            stream.write(chunk)
        return
    buffer = io.StringIO()
    lines = csv.writer(buffer, lineterminator="\n")
    lines.writerow(COLUMNS)
    for row in rows(sample):
        lines.writerow(map(sheets.no_formula, row))
    stream.write(("\ufeff" + buffer.getvalue()).encode("utf-8", "replace"))


def _spreadsheet(sample: Sample) -> Iterator[bytes]:
    book, sheet = sheets.begun("sample")
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.append(COLUMNS)
    for row in rows(sample):
        sheet.append([sheets.text_cell(sheet, cell, sheets.UNSAFE) for cell in row])
    return sheets.saved(book)


# Reading


def read(path: Path) -> Judged:
    """A sheet that people have filled in. Raises InputError, and FormatError with the line that is spoiled."""
    name = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot be read: {reason}", where=name, hint="Check the path") from error
    return parse(data, name)


def parse(data: bytes, name: str) -> Judged:
    """As :func:`read`, from the bytes of a file."""
    lines = _from_spreadsheet(data, name) if data[:4] == b"PK\x03\x04" else _from_csv(data, name)
    header = [cell.strip().casefold() for cell in next(lines, (0, []))[1]]
    missing = [column for column in NEEDED if column not in header]
    if missing:
        raise FormatError(
            f"the column “{missing[0]}” is missing",
            where=name,
            hint="Give the sheet that `concord archive sample` wrote, with all its columns",
        )
    return _judged(header, lines, name)


def _judged(header: Sequence[str], lines: Iterator[tuple[int, Sequence[str]]], name: str) -> Judged:
    verdicts: dict[str, Verdict | None] = {}
    homes: dict[str, int] = {}
    strata: dict[int, Stratum] = {}
    samples: dict[str, str] = {}
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{name}, line {line}"
        row = {column: cell.strip() for column, cell in zip(header, cells, strict=False)}
        bead = row.get("id", "")
        if not bead or bead in verdicts:
            raise FormatError(
                f"the bead {bead} is there twice" if bead else "it has no id",
                where=where,
                hint="Leave the column “id” as it was written",
            )
        verdicts[bead] = _verdict(row.get("verdict", ""), where)
        stratum = _stratum(row, where)
        if strata.setdefault(stratum.number, stratum) != stratum:
            raise FormatError(
                f"stratum {stratum.number} is another one in an earlier row",
                where=where,
                hint="Leave the columns behind “drawn” as they were written",
            )
        homes[bead] = stratum.number
        samples[row.get("sample", "")] = row.get("signature", "")
    return _whole(samples, verdicts, homes, strata, name)


def _whole(
    samples: dict[str, str],
    verdicts: dict[str, Verdict | None],
    homes: dict[str, int],
    strata: dict[int, Stratum],
    name: str,
) -> Judged:
    if not verdicts:
        raise FormatError("there is no bead in it", where=name, hint="Give the sheet that was judged")
    if len(samples) > 1:
        raise FormatError(
            f"it has rows of {len(samples)} samples",
            where=name,
            hint="Give the sheet of each sample by itself",
        )
    held = list(homes.values())
    for stratum in strata.values():
        if held.count(stratum.number) > stratum.drawn:
            raise FormatError(f"stratum {stratum.number} has more rows than were drawn", where=name)
    ((sample, signature),) = samples.items()
    ordered = tuple(strata[number] for number in sorted(strata))
    return Judged(sample, signature, verdicts, homes, ordered)


def _verdict(text: str, where: str) -> Verdict | None:
    found = text.casefold()
    if found and found not in VERDICTS:
        raise FormatError(
            f"the verdict {text[:40]!r} is not known",
            where=where,
            hint=f"Write {', '.join(VERDICTS)}, or nothing",
        )
    return found or None


def _stratum(row: dict[str, str], where: str) -> Stratum:
    figures = []
    for column in ("stratum", "beads", "drawn"):
        text = row.get(column, "")
        if not (text.isascii() and text.isdigit() and int(text) > 0):
            raise FormatError(
                f"{text[:40]!r} is no number for “{column}”",
                where=where,
                hint="Restore it from the sheet as written",
            )
        figures.append(int(text))
    number, beads, drawn = figures
    if drawn > beads:
        raise FormatError(
            "more beads were drawn than there are", where=where, hint="Restore the sheet as written"
        )
    return Stratum(number, beads, drawn)


def _from_csv(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    text = decode(data, name=name).text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise FormatError(f"it is no CSV: {error}", where=f"{name}, line {reader.line_num}") from None


def _from_spreadsheet(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    sheets.check_archive(data, name, LARGEST)
    with sheets.opening(name):
        sheet: Any = sheets.loaded(data).worksheets[0]
        sheet.reset_dimensions()
        found = [
            (number, [sheets.cell_text(value, keep_returns=True) for value in row])
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
        ]
    yield from found
