"""Concord's own table, as CSV or in a spreadsheet: a row a term, and nothing lost.

The first line names the columns. What is about the concept stands in its first row; lists are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from align.errors import FormatError
from glossary.formats import cells, people
from glossary.formats.carry import How
from glossary.formats.cells import Found, Line
from glossary.model import Entry
from glossary.review.entries import Json, from_json, term_to_json, to_json

COLUMNS = (
    "concept", "lang", "term", "status", "case", "translate", "scope", "term note", "kind", "state", "definition",
    "note", "reason", "links", "comments", "lemma", "variants", "extra", "keys", "merged into",
)  # fmt: skip
_OF_TERM = {"lang": "lang", "text": "term", "status": "status", "case": "case", "scope": "scope", "note": "term note",
            "lemma": "lemma"}  # fmt: skip
_OF_CONCEPT = {"kind": "kind", "state": "state", "definition": "definition", "note": "note", "reason": "reason",
               "merged_into": "merged into"}  # fmt: skip
_JSON_OF_TERM = ("variants", "extra")
_JSON_OF_CONCEPT = ("links", "comments", "keys")


def write_csv(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """The table as CSV, with ``how.tabs`` as TSV (quoted as CSV is)."""
    return cells.separated(to_rows(entries), "\t" if how.tabs else ",")


def read_csv(data: bytes, *, name: str, how: How) -> Found:
    """The table, or what people have: a first line that names languages. Raises FormatError."""
    text = cells.text_of(data, name=name, how=how)
    first = text.partition("\n")[0]
    marks = {mark: first.count(mark) for mark in (",", ";", "\t")}
    lines = cells.separated_rows(text, max(marks, key=lambda mark: marks[mark]), name=name)
    return read_lines(lines, how, name)


def read_lines(lines: Iterator[Line], how: How, name: str) -> Found:
    """As :func:`read_csv`, from the rows of any kind of table."""
    first = cells.first_of(lines, name)
    header = [cell.strip() for cell in first.cells]
    if is_ours(header):
        return Found(list(from_rows(header, lines, name)))
    return people.read_lines(first, lines, how, name)


def is_ours(header: Sequence[str]) -> bool:
    """Whether a first line is that of our own table."""
    return {"concept", "lang", "term"} <= set(header)


def to_rows(entries: Iterable[Entry]) -> Iterator[list[str]]:
    """The rows, with the columns' names first."""
    yield list(COLUMNS)
    for entry in entries:
        value = to_json(entry)
        about = {column: value.get(name, "") for name, column in _OF_CONCEPT.items()}
        about |= {name: dumps(value[name]) for name in _JSON_OF_CONCEPT if name in value}
        for n, term in enumerate(entry.concept.terms or (None,)):
            row = about if n == 0 else {}
            if term is not None:
                fields = term_to_json(term)
                row = row | {column: fields.get(name, "") for name, column in _OF_TERM.items()}
                row |= {name: dumps(fields[name]) for name in _JSON_OF_TERM if name in fields}
                row |= {} if term.translate else {"translate": "no"}
            yield [entry.concept.id, *(row.get(column, "") for column in COLUMNS[1:])]


def dumps(value: object) -> str:
    """JSON in a cell."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_rows(header: Sequence[str], lines: Iterable[Line], name: str) -> Iterator[Entry]:
    """The entries of the rows below the first line. Raises FormatError with the line."""
    unknown = [column for column in header if column and column not in COLUMNS]
    if unknown:
        raise FormatError(
            f"there is no column {unknown[0][:60]!r}",
            where=f"{name}, line 1",
            hint=f"Columns: {', '.join(COLUMNS)}",
        )
    concepts: dict[str, tuple[int, Json]] = {}
    for number, row in lines:
        where = f"{name}, line {number}"
        if len(row) > len(header) and any(row[len(header) :]):
            raise FormatError("there are more cells than columns", where=where, hint="Mend that line")
        cell = dict(zip(header, row, strict=False))
        id = cell.get("concept", "").strip()
        if not id:
            raise FormatError("there is no id in the column “concept”", where=where, hint="Give one")
        _, value = concepts.setdefault(id, (number, {"id": id, "decided": True, "terms": []}))
        _add_concept(value, cell, where)
        if cell.get("lang") or cell.get("term"):
            value["terms"].append(_term(cell, where))
    for number, value in concepts.values():
        where = f"{name}, line {number}"
        value.setdefault("kind", "other")
        yield cells.checked(from_json(value, where), where)


def _add_concept(value: Json, cell: Mapping[str, str], where: str) -> None:
    said: dict[str, Any] = {key: cell[column] for key, column in _OF_CONCEPT.items() if cell.get(column)}
    said |= {key: _loads(cell[key], key, where) for key in _JSON_OF_CONCEPT if cell.get(key)}
    for key, item in said.items():
        if value.setdefault(key, item) != item:
            raise FormatError(
                f"“{key}” is not the same as in an earlier row of {value['id']}",
                where=where,
                hint="Say it in the concept's first row alone",
            )


def _term(cell: Mapping[str, str], where: str) -> Json:
    term: Json = {name: cell[column] for name, column in _OF_TERM.items() if cell.get(column)}
    term |= {name: _loads(cell[name], name, where) for name in _JSON_OF_TERM if cell.get(name)}
    word = cell.get("translate", "").strip().lower()
    if word not in ("", "yes", "no"):
        raise FormatError("“translate” is neither yes nor no", where=where, hint="Write yes or no")
    return {**term, "translate": False} if word == "no" else term


def _loads(text: str, name: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"“{name}” is no JSON", where=where, hint="Mend the cell, or empty it") from error
