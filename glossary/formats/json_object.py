"""JSON without loss: one object for the whole glossary, or a line for each concept (JSON Lines)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from align.errors import ConcordError, EncodingError, FormatError
from glossary.formats.carry import How
from glossary.formats.cells import Found
from glossary.model import Entry
from glossary.review.entries import from_json, to_json
from glossary.review.valid import check

VERSION = 1


def write(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """``{"concord_glossary": 1, "concepts": […]}``, a line a concept."""
    yield f'{{"concord_glossary": {VERSION}, "concepts": ['.encode()
    for n, entry in enumerate(entries):
        yield (",\n" if n else "\n").encode() + json.dumps(to_json(entry), ensure_ascii=False).encode()
    yield b"\n]}\n"


def write_lines(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """An object a line."""
    for entry in entries:
        yield json.dumps(to_json(entry), ensure_ascii=False).encode() + b"\n"


def read(data: bytes, *, name: str, how: How) -> Found:
    """What :func:`write` writes. Raises FormatError with line and column, InputError."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise EncodingError("it is not UTF-8", where=name, hint="Save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise FormatError(
            f"it is broken JSON ({error.msg})",
            where=f"{name}, line {error.lineno}, column {error.colno}",
            hint="Mend it",
        ) from error
    except (ValueError, RecursionError) as error:
        raise FormatError("it is broken JSON", where=name, hint="Mend it") from error
    if not isinstance(value, dict) or not isinstance(value.get("concepts"), list):
        raise FormatError(
            "it is no glossary: there is no list “concepts”", where=name, hint="Give one of Concord's"
        )
    if value.get("concord_glossary") != VERSION:
        raise FormatError(
            f"it is a glossary of version {value.get('concord_glossary')!r}",
            where=name,
            hint=f"This program reads version {VERSION}",
        )
    return Found([_entry(item, f"{name}, concept {n}") for n, item in enumerate(value["concepts"], 1)])


def read_lines(data: bytes, *, name: str, how: How) -> Found:
    """The entries of JSON Lines as `export` writes them. Raises FormatError with the line."""
    found = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise FormatError("it is no JSON", where=where, hint="One object a line") from error
        found.append(_entry(value, where))
    return Found(found)


def _entry(value: Any, where: str) -> Entry:
    if not isinstance(value, dict):
        raise FormatError("it is no object", where=where, hint="One object for each concept")
    try:
        return check(replace(from_json(value, where), decided=True))
    except ConcordError as error:
        raise type(error)(error.what, where=where, hint=error.hint) from error
