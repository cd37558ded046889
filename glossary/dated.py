"""A newsroom's own dated list of names: what falls under it at an article's date. No list is shipped.

The list says what its owner says; nothing here states anybody's legal status. Its format is in docs/annotations.md.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from align.errors import EmptyInputError, EncodingError, FormatError, TooLargeError

COLUMNS = ("name", "aliases", "kind", "jurisdiction", "from", "to", "source")
MAX_BYTES, MAX_NAME = 20_000_000, 500
_WORD = re.compile(r"\w+(?:[-’']\w+)*")


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry: in force from ``since`` on and before ``until`` (the first day on which it no longer is)."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    jurisdiction: str = ""
    since: date | None = None
    until: date | None = None
    source: str = ""

    def in_force(self, on: date) -> bool:
        """Whether the entry holds at this date; an open end holds for ever."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the list in a text: ``text[start:end]``, its entry, whether it was in force at the date asked for."""

    start: int
    end: int
    text: str
    entry: Listed
    in_force: bool


def read_list(data: bytes, *, name: str = "list") -> tuple[Listed, ...]:
    """The entries of a CSV file (first row: the column names) or of a JSON list of objects, in UTF-8.

    Dates are ISO 8601 or day.month.year. Aliases are parted by ``;`` or ``|`` in CSV, a list in JSON.

    Raises:
        TooLargeError, EncodingError, EmptyInputError: as they say.
        FormatError: neither CSV nor JSON of this shape, a name missing or too long, a date that is none.
    """
    if len(data) > MAX_BYTES:
        raise TooLargeError(f"the list has {len(data)} bytes, over {MAX_BYTES}", where=name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EncodingError("the list is not UTF-8", where=name, hint="save it as UTF-8") from None
    if not text.strip():
        raise EmptyInputError("the list is empty", where=name)
    rows = _json_rows(text, name) if text.lstrip()[0] in "[{" else _csv_rows(text, name)
    return tuple(_entry(row, f"{name}, {where}") for where, row in rows)


def _json_rows(text: str, name: str) -> list[tuple[str, Mapping[str, object]]]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(
            f"this is no valid JSON: {error.msg}", where=f"{name}, line {error.lineno}"
        ) from None
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise FormatError(
            "the list must be a JSON list of objects", where=name, hint="see docs/annotations.md"
        )
    return [(f"entry {n}", row) for n, row in enumerate(data, 1)]


def _csv_rows(text: str, name: str) -> list[tuple[str, Mapping[str, object]]]:
    first = text.splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    if "name" not in (reader.fieldnames or ()):
        raise FormatError("there is no column called name", where=name, hint=f"columns: {', '.join(COLUMNS)}")
    try:
        return [(f"line {reader.line_num}", row) for row in reader]
    except csv.Error as error:
        raise FormatError(f"this is no valid CSV: {error}", where=f"{name}, line {reader.line_num}") from None


def _entry(row: Mapping[str, object], where: str) -> Listed:
    unknown = sorted(str(key) for key in row if key not in COLUMNS)
    if unknown:
        raise FormatError(f"unknown column {unknown[0]}", where=where, hint=f"columns: {', '.join(COLUMNS)}")
    name = str(row.get("name") or "").strip()
    aliases = row.get("aliases") or ()
    listed = re.split(r"[;|]", aliases) if isinstance(aliases, str) else aliases
    if not isinstance(listed, Iterable):
        raise FormatError("aliases must be a text or a list", where=where)
    spellings = tuple(text for alias in listed if (text := str(alias).strip()))
    if not name or any(len(text) > MAX_NAME or not _WORD.search(text) for text in (name, *spellings)):
        raise FormatError(f"a name must have letters and at most {MAX_NAME} characters", where=where)
    since, until = _date(row.get("from"), where), _date(row.get("to"), where)
    if since and until and until <= since:
        raise FormatError(
            "the entry ends before it begins", where=where, hint="to is the first day without it"
        )
    texts = {key: str(row.get(key) or "").strip() for key in ("kind", "jurisdiction", "source")}
    return Listed(name, spellings, texts["kind"], texts["jurisdiction"], since, until, texts["source"])


def _date(value: object, where: str) -> date | None:
    text = str(value or "").strip()
    if not text:
        return None
    german = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    try:
        return date(int(german[3]), int(german[2]), int(german[1])) if german else date.fromisoformat(text)
    except ValueError:
        raise FormatError(f"{text!r} is no date", where=where, hint="write 2003-02-14") from None


def find_listed(text: str, entries: Sequence[Listed], on: date) -> list[Mention]:
    """Mentions in ``text`` of the list's names and aliases, in order; the longest name wins where several fit.

    Words are compared without case and, but for those in plain Latin letters, without endings of up to three
    letters. A name counts only where it begins with a capital letter, if it does so in the list; an acronym only
    in capitals.
    """
    words = list(_WORD.finditer(text))
    index: dict[str, list[tuple[list[str], Listed]]] = {}
    for entry in entries:
        for spelling in (entry.name, *entry.aliases):
            parts = _WORD.findall(spelling)
            index.setdefault(_plain(parts[0])[:3], []).append((parts, entry))
    found: list[Mention] = []
    n = 0
    while n < len(words):
        fits = [
            (len(parts), entry)
            for parts, entry in index.get(_plain(words[n].group())[:3], ())
            if _fits(parts, [w.group() for w in words[n : n + len(parts)]])
        ]
        if not fits:
            n += 1
            continue
        length, entry = max(fits, key=lambda fit: (fit[0], fit[1].in_force(on)))
        start, end = words[n].start(), words[n + length - 1].end()
        found.append(Mention(start, end, text[start:end], entry, entry.in_force(on)))
        n += length
    return found


def _plain(word: str) -> str:
    return word.lower().replace("ё", "е").replace("’", "'")


def _fits(parts: Sequence[str], words: Sequence[str]) -> bool:
    if len(parts) != len(words):
        return False
    acronym = len(parts) == 1 and parts[0].isupper() and len(parts[0]) > 1
    if (acronym and words[0] != parts[0]) or (parts[0][0].isupper() and not words[0][0].isupper()):
        return False
    stem = 4 if len(parts) == 1 else 3
    return all(_same_word(_plain(a), _plain(b), stem) for a, b in zip(parts, words, strict=True))


def _same_word(a: str, b: str, stem: int) -> bool:
    """Whether two words are the same but for an ending behind at least ``stem`` letters; Latin ones have none."""
    if a == b:
        return True
    common = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= stem and max(len(a), len(b)) - common <= 3 and not (a + b).isascii()
