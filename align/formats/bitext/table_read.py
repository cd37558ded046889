r"""Tables of text: TSV with a header of columns, or with two columns and no header; read line by line.

A header names "source" and "target", or the languages ("ru", "en"); columns of other names are passed over. Only in
Concord's own tables, which begin with "kind" and "confidence", is ``\n`` a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, cast, get_args

from align.errors import EmptyInputError, FormatError
from align.formats import tsv
from align.formats.bitext import langs as languages
from align.formats.bitext.collect import confidence_of
from align.formats.bitext.stream import lines
from align.formats.bitext.units import Head, Source, Unit
from align.formats.rows import language_tag
from align.model import BeadState

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*(\.\d+)?")
_KNOWN = ("kind", "confidence", "state", "doubtful", "moved", "score", "number", "no")
_STATES = get_args(BeadState)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row what stands. ``texts``: place and language ("und" where the header does not say)."""

    texts: tuple[tuple[int, str], ...]
    known: dict[str, int]
    ours: bool = False
    header: bool = True


def read(stream: BinaryIO, *, name: str, langs: Sequence[str] | None, encoding: str | None) -> Source:
    """The rows of a table with tabs. Raises EmptyInputError, EncodingError, FormatError with the line."""
    warnings: list[str] = []
    found = lines(stream, name=name, encoding=encoding, warnings=warnings)
    rows = (line.split("\t") for line in found)
    first = next(rows, None)
    if first is None:
        raise EmptyInputError("there is nothing in it", where=name)
    columns = columns_of(first, name)
    source = of_rows(rows if columns.header else chain([first], rows), columns, name=name, langs=langs)
    source.units = _decoded(source.units) if columns.ours else source.units
    source.warnings = warnings
    return source


def _decoded(units: Iterable[Unit]) -> Iterator[Unit]:
    for unit in units:
        sides = tuple([tuple([tsv.unescape(text) for text in side]) for side in unit.sides])
        yield Unit(unit.number, sides, unit.confidences, unit.doubtful, unit.moved, unit.state, unit.score)


def columns_of(first: Sequence[str], name: str) -> Columns:
    """What the columns are, by the first row. Raises FormatError."""
    header = [cell.strip().removeprefix("\ufeff").strip() for cell in first]
    lower = [cell.lower() for cell in header]
    known = {cell: at for at, cell in reversed(list(enumerate(lower))) if cell in _KNOWN}
    ours = lower[:2] == ["kind", "confidence"]
    if "source" in lower and "target" in lower:
        pair = ((lower.index("source"), "und"), (lower.index("target"), "und"))
        return Columns(pair, known, ours)
    texts = tuple(
        (at, language_tag(cell.partition(".")[0]))
        for at, cell in enumerate(header)
        if _LANGUAGE.fullmatch(cell) and cell.lower() not in _KNOWN
    )
    if len(texts) > 1 and (known or (all(header) and len(texts) == len(header))):
        return Columns(texts, known, ours)
    if len(first) == 2:
        return Columns(((0, "und"), (1, "und")), {}, header=False)
    raise FormatError(
        "the first line does not say which columns are the texts",
        where=f"{name}, line 1",
        hint="Begin with a line of column names, as: source, target; or ru, en",
    )


def of_rows(
    rows: Iterable[Sequence[str]], columns: Columns, *, name: str, langs: Sequence[str] | None
) -> Source:
    """Units out of rows of cells, in the languages asked for."""
    there = [lang for _, lang in columns.texts]
    if set(there) == {"und"}:
        pair = languages.pair(langs, name)
        there = list(pair) if pair else there
        order = [0, 1]
    else:
        order = languages.wanted(there, langs, name)
    places = [columns.texts[k][0] for k in order]
    source = Source(Head(tuple(there[k] for k in order)), iter(()))
    source.units = _units(rows, columns, places, name, 2 if columns.header else 1)
    return source


def _units(
    rows: Iterable[Sequence[str]], columns: Columns, places: Sequence[int], name: str, first: int
) -> Iterator[Unit]:
    number, last = 0, max(places)
    known = columns.known
    for line, row in enumerate(rows, first):
        if len(row) <= last:
            if not any(cell.strip() for cell in row):
                continue
            raise FormatError(
                f"{last + 1} columns were expected, there are {len(row)}", where=f"{name}, line {line}"
            )
        sides = tuple([(row[at],) if row[at].strip() else () for at in places])
        if any(sides):
            number += 1
            confidence = confidence_of(_cell(row, known.get("confidence")))
            state = _cell(row, known.get("state"))
            yield Unit(
                number,
                sides,
                (confidence,) * (len(sides) - 1),
                _cell(row, known.get("doubtful")).lower() in ("true", "yes", "1", "?"),
                _cell(row, known.get("moved")).lower() in ("true", "yes", "1"),
                cast(BeadState, state if state in _STATES else "proposed"),
            )


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at] if at is not None and at < len(row) else ""
