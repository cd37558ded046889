"""A newsroom's own wordings, read from TOML and added to the grammar.

The format is described in docs/annotations.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from align.errors import FormatError
from glossary.model import AnnotationForm, AnnotationStatus

if TYPE_CHECKING:
    from glossary.annotations.chunks import Reader
    from glossary.annotations.tokens import Token

_KEYS = {"lang", "text", "status", "jurisdiction", "form"}
_SLOTS = ("place", "date", "court")
_PIECE = re.compile(r"\{(\w+)\}|[^\s{}]+")
MAX_PATTERNS, MAX_TEXT = 1_000, 300


@dataclass(frozen=True, slots=True)
class Pattern:
    """One wording: ``parts`` are words (with ``*`` and ``|``) and slots; ``lang`` None is any language."""

    text: str
    parts: tuple[tuple[str, re.Pattern[str] | None, bool], ...]
    status: tuple[str, ...]
    jurisdiction: tuple[str, ...]
    form: AnnotationForm
    lang: str | None
    first: re.Pattern[str]


def read_patterns(text: str, *, name: str = "patterns") -> tuple[Pattern, ...]:
    """Patterns from the text of a TOML file.

    Raises:
        FormatError: the TOML is broken, a key or status is unknown, a pattern is empty or too long.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(
            f"this is no valid TOML: {error}", where=name, hint="see docs/annotations.md"
        ) from None
    entries = data.get("pattern", [])
    if not isinstance(entries, list) or set(data) - {"pattern"}:
        raise FormatError("only [[pattern]] tables are read", where=name, hint="see docs/annotations.md")
    if len(entries) > MAX_PATTERNS:
        raise FormatError(f"more than {MAX_PATTERNS} patterns", where=name, hint="split the file")
    return tuple(_pattern(entry, f"{name}, pattern {n}") for n, entry in enumerate(entries, 1))


def _pattern(entry: object, where: str) -> Pattern:
    if not isinstance(entry, dict) or set(entry) - _KEYS or not isinstance(entry.get("text"), str):
        raise FormatError(f"a pattern has the keys {', '.join(sorted(_KEYS))}; text is needed", where=where)
    text = entry["text"].strip()
    if not text or len(text) > MAX_TEXT:
        raise FormatError(f"text must have between 1 and {MAX_TEXT} characters", where=where)
    status = _strings(entry, "status", where)
    unknown = set(status) - set(get_args(AnnotationStatus))
    if unknown or not status:
        raise FormatError(
            f"unknown status {', '.join(sorted(unknown))}" if unknown else "a status is needed",
            where=where, hint=f"one or more of {', '.join(get_args(AnnotationStatus))}",
        )  # fmt: skip
    form = entry.get("form", "noun")
    if form not in get_args(AnnotationForm):
        raise FormatError(
            f"unknown form {form!r}", where=where, hint=f"one of {', '.join(get_args(AnnotationForm))}"
        )
    parts = _parts(text, where)
    lang = entry.get("lang")
    first = next((p for _, p, _ in parts if p is not None), re.compile(""))
    return Pattern(text, parts, status, _strings(entry, "jurisdiction", where), form, lang, first)


def _strings(entry: dict[str, object], key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise FormatError(f"{key} must be a string or a list of strings", where=where)
    return tuple(values)


def _parts(text: str, where: str) -> tuple[tuple[str, re.Pattern[str] | None, bool], ...]:
    parts: list[tuple[str, re.Pattern[str] | None, bool]] = []
    for found in _PIECE.finditer(text.lower().replace("ё", "е").replace("’", "'")):
        optional = found.group().endswith("?") and len(found.group()) > 1
        piece = found.group()[:-1] if optional else found.group()
        if found.group(1):
            if found.group(1) not in _SLOTS:
                raise FormatError(
                    f"unknown slot {{{found.group(1)}}}", where=where, hint="place, date or court"
                )
            parts.append((found.group(1), None, text[found.end() : found.end() + 1] == "?"))
        elif piece != "?":
            words = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in piece.split("|"))
            parts.append(("", re.compile(words), optional))
    if all(pattern is None for _, pattern, _ in parts):
        raise FormatError("a pattern needs a word of its own", where=where)
    return tuple(parts)


def match_pattern(
    pattern: Pattern, tokens: Sequence[Token], i: int, limit: int, reader: Reader
) -> int | None:
    """The end of the pattern if it begins at token ``i``."""
    from glossary.annotations.reading import Reading

    steps = {"place": reader.place, "date": reader.date, "court": reader.agency}
    k = i
    for slot, words, optional in pattern.parts:
        if words is not None:
            if k < limit and words.fullmatch(tokens[k].norm):
                k += 1
            elif not optional:
                return None
            continue
        end = steps[slot](k, Reading(k, k))
        if end is not None and end > k:
            k = end
        elif not optional:
            return None
    return k if k > i else None
