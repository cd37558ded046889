r"""The list of documents that belong together: what ``archive match`` writes, and what the next steps read.

As JSON Lines, an object a line::

    {"source": "ru/0417.html", "target": "en/port-closed.html", "confidence": 0.9973, "how": "content"}

As tab-separated values, a line of names (``source``, ``target``, ``confidence``, ``how``) and a line for each pair;
a cell without a figure is empty. ``confidence`` is a probability in [0, 1] with four decimals, or null where nobody
computed one; ``how`` says what the pair rests on: "content", "name", "url" or "list".

A list that a person brings may be plainer: two columns of paths, with tabs, commas or semicolons between them, with
or without a line of names. Its pairs are "list". UTF-8, "\n" after each line.
"""

from __future__ import annotations

import csv
import io
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeGuard, get_args

from align.errors import EmptyInputError, InputError, UsageError
from align.formats.jsonl import dumps, loads
from align.formats.tsv import escape, unescape

How = Literal["content", "name", "url", "list"]
HOWS: tuple[How, ...] = get_args(How)
COLUMNS = ("source", "target", "confidence", "how")
FORMATS = ("jsonl", "tsv")
_READ_HINT = (
    "Give two columns, an original's path and its translation's, or JSON Lines with “source” and “target”"
)


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """An original and its translation, by path (or by ``SHARD.jsonl#ID`` for a document inside a shard).

    ``confidence``: the calibrated probability that they belong together, in [0, 1]; None where none was computed.
    ``how``: what the pair rests on.
    """

    source: str
    target: str
    confidence: float | None = None
    how: How = "list"

    def as_object(self) -> dict[str, Any]:
        """The pair as a line of JSON Lines."""
        rounded = None if self.confidence is None else round(self.confidence, 4)
        return {"source": self.source, "target": self.target, "confidence": rounded, "how": self.how}

    def as_row(self) -> str:
        """The pair as a line of TSV."""
        figure = "" if self.confidence is None else f"{self.confidence:.4f}"
        return "\t".join((escape(self.source), escape(self.target), figure, self.how))


def format_of(path: str | Path, wanted: str | None = None) -> str:
    """The format to write: the one named, else what the path ends in. Raises UsageError."""
    found = wanted or {".jsonl": "jsonl", ".ndjson": "jsonl", ".tsv": "tsv"}.get(
        Path(path).suffix.lower(), ""
    )
    if found not in FORMATS:
        raise UsageError(
            f"there is no format {wanted!r} for pairs"
            if wanted
            else "the name does not say which format to write",
            where="--format" if wanted else str(path),
            hint="End the name in .jsonl or .tsv, or choose --format jsonl or tsv",
        )
    return found


def lines_of(pairs: Iterable[DocumentPair], format: str) -> Iterator[str]:
    """The lines of a list of pairs in "jsonl" or "tsv", without their ends."""
    if format == "tsv":
        yield "\t".join(COLUMNS)
        yield from (pair.as_row() for pair in pairs)
    else:
        yield from (dumps(pair.as_object()) for pair in pairs)


def write_pairs(pairs: Iterable[DocumentPair], path: str | Path, *, format: str | None = None) -> None:
    """Writes a list of pairs, whole or not at all; "-" is standard output. Raises UsageError and OutputError."""
    from align.formats.write import write_file

    chosen = format_of(path, format)

    def put(stream: BinaryIO) -> None:
        stream.writelines(f"{line}\n".encode() for line in lines_of(pairs, chosen))

    write_file(path, put)


def read_pairs(path: str | Path) -> tuple[DocumentPair, ...]:
    """The pairs of a list, in its order; a pair that stands there twice is taken once. "-" is standard input.

    Raises InputError where the file cannot be read, and with the line where it holds no pair; EmptyInputError where
    there is none at all; what decoding raises.
    """
    from align.text import decode

    where = "standard input" if str(path) == "-" else str(path)
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else Path(path).read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot be read: {reason}", where=where, hint="Check the name") from error
    found = parse_pairs(decode(data, name=where).text, where=where)
    if not found:
        raise EmptyInputError("there is no pair of documents in it", where=where, hint=_READ_HINT)
    return found


def parse_pairs(text: str, *, where: str) -> tuple[DocumentPair, ...]:
    """The pairs in the text of a list; the format is told by its first sign. Raises as :func:`read_pairs`."""
    read = _from_jsonl if text.lstrip()[:1] == "{" else _from_columns
    return tuple(dict.fromkeys(read(text, where)))


def _from_jsonl(text: str, where: str) -> Iterator[DocumentPair]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            record, place = loads(line, where=where, line=number), f"{where}, line {number}"
            if not isinstance(record, dict):
                raise InputError("no object with “source” and “target”", where=place, hint=_READ_HINT)
            yield pair_of(record, place)


def _from_columns(text: str, where: str) -> Iterator[DocumentPair]:
    rows = _rows(text)
    first = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    named = "source" in first and "target" in first
    # Only a list with its line of names has escapes in it: in a plain one a backslash is part of a path.
    own = tuple(first) == COLUMNS
    at = (
        {name: first.index(name) if name in first else None for name in COLUMNS}
        if named
        else {"source": 0, "target": 1}
    )
    for number, row in rows[1:] if named else rows:
        cells = {name: row[i] if i is not None and i < len(row) else None for name, i in at.items()}
        source, target = ((unescape(c) if own and c else c) for c in (cells["source"], cells["target"]))
        yield pair_of({**cells, "source": source, "target": target}, f"{where}, line {number}")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line that it ends in."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if "\t" in first:
        lines = enumerate(text.split("\n"), start=1)
        return [(number, line.rstrip("\r").split("\t")) for number, line in lines if line.strip()]
    delimiter = ";" if len(_cells(first, ";")) == 2 and len(_cells(first, ",")) != 2 else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]


def _cells(line: str, delimiter: str) -> Sequence[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def pair_of(record: Mapping[str, Any], place: str) -> DocumentPair:
    """A pair of what stands in a list under the names of ``COLUMNS``. Raises InputError, which names ``place``."""
    source, target, confidence, how = (record.get(name) for name in COLUMNS)
    if not (_is_path(source) and _is_path(target)):
        raise InputError("two paths are needed here", where=place, hint=_READ_HINT)
    if how not in (None, "", *HOWS):
        raise InputError(
            f"{how!r} is no way to find a pair", where=place, hint=f"Choose from {', '.join(HOWS)}"
        )
    return DocumentPair(source, target, _confidence(confidence, place), how or "list")


def _is_path(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _confidence(given: Any, place: str) -> float | None:
    """A probability, or None where there is none. Raises InputError."""
    if given is None or given == "":
        return None
    try:
        found = float(given)
    except (TypeError, ValueError):
        found = math.nan
    if not 0 <= found <= 1:
        raise InputError(f"the confidence {given!r} is no figure between 0 and 1", where=place)
    return found
