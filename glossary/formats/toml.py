"""The shared form of a glossary: TOML, one stanza a concept, sorted by id, one line a term.

It is made for version control: the same glossary is always the same file, a decision changes the lines that it is
about and no others, and two people's decisions about different concepts merge. What only the machine proposed
(counts, evidence, links that nobody confirmed) is not in it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from align.errors import ConcordError, EncodingError, FormatError
from glossary.model import Entry
from glossary.review.entries import from_json, to_json
from glossary.review.valid import check

HEADER = "# A Concord glossary: one stanza a concept. Decisions made here come in with `concord terms sync`."
VERSION = 1
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_PLAIN = ("kind", "state", "merged_into", "definition", "note", "reason")
_LISTS = ("terms", "links", "comments", "keys")


def shared(entry: Entry) -> Entry:
    """What of an entry is shared: all but links that nobody has confirmed."""
    links = tuple(link for link in entry.concept.links if not link.proposed)
    return replace(
        entry, concept=replace(entry.concept, links=links), keys=tuple(sorted(entry.keys)), decided=True
    )


def write(entries: Iterable[Entry]) -> str:
    """The text form. Entries are written as :func:`shared` has them."""
    stanzas = [_stanza(shared(entry)) for entry in sorted(entries, key=lambda e: e.concept.id)]
    return "\n".join([HEADER, f"concord_glossary = {VERSION}", "", *stanzas])


def read(data: bytes, *, name: str) -> list[Entry]:
    """The entries of a text form, decided, in the order of the file.

    Raises FormatError (with the line) for what is no such file, InputError for what may not stand in a glossary.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(
            "it is not UTF-8", where=f"{name}, line {line}", hint="Save it as UTF-8"
        ) from error
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise FormatError(
            "there are conflict marks in it",
            where=f"{name}, line {line}",
            hint="Resolve the merge, then try again",
        )
    try:
        tables = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FormatError(f"it is no TOML: {error}", where=name, hint="Mend that line") from error
    version = tables.pop("concord_glossary", None)
    if version != VERSION:
        found = "without a version" if version is None else f"of version {version!r}"
        raise FormatError(
            f"it is a glossary {found}", where=name, hint=f"It begins with concord_glossary = {VERSION}"
        )
    return [_entry(number, table, name) for number, table in tables.items()]


def _entry(number: str, table: Any, name: str) -> Entry:
    where = f"{name}, [{number}]"
    if not isinstance(table, dict) or "id" in table or "decided" in table:
        raise FormatError(
            "it is no stanza of a concept", where=where, hint=f"A stanza begins with [{number}]"
        )
    try:
        return check(from_json({"id": number, "decided": True, **table}, where))
    except ConcordError as error:
        raise type(error)(error.what, where=where, hint=error.hint) from error


def _stanza(entry: Entry) -> str:
    value = to_json(entry)
    lines = [f"[{_key(value['id'])}]"]
    lines += [f"{name} = {_value(value[name])}" for name in _PLAIN if name in value]
    for name in _LISTS:
        if name in value:
            lines += [f"{name} = [", *(f"  {_value(item)}," for item in value[name]), "]"]
    return "\n".join(lines) + "\n"


def _key(text: str) -> str:
    return text if _BARE.fullmatch(text) else _string(text)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return _string(value)


def _string(text: str) -> str:
    """A basic string; control characters are escaped, everything else stands as it is."""
    return (
        '"'
        + "".join(_ESCAPES.get(c) or (c if ord(c) >= 32 and ord(c) != 127 else _escape(c)) for c in text)
        + '"'
    )


def _escape(character: str) -> str:
    return f"\\u{ord(character):04x}"
