"""Which format a glossary file has: by its name where that says it, else by what it begins with."""

from __future__ import annotations

from align.errors import ConcordError, UsageError
from align.text import decode
from glossary.formats import people
from glossary.formats.carry import How
from glossary.formats.registry import ENDINGS, FORMATS, Format, for_file

AMBIGUOUS = (".csv", ".tsv", ".tab", ".txt")
_HEAD = 100_000


def detect(data: bytes, name: str, how: How) -> Format:
    """The format of a file to be read. Raises UsageError where neither name nor content says it for sure."""
    ending = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if ending in AMBIGUOUS:
        return _by_content(data, name, how)
    if ending in (".xml", ".tbx", ".martif"):
        return FORMATS["tbx"]
    return FORMATS[ENDINGS[ending]] if ending in ENDINGS else for_file(name)


def _by_content(data: bytes, name: str, how: How) -> Format:
    try:
        text = decode(data, how.encoding, name=name).text
    except ConcordError:
        if data.startswith(b"PK"):
            return FORMATS["xlsx"]
        raise
    line = text[:_HEAD].lstrip().partition("\n")[0].strip()
    if line.startswith("#UTX"):
        return FORMATS["utx"]
    if line.startswith(("Entry_ID", '"Entry_ID')):
        return FORMATS["memoq"]
    for mark in (",", ";", "\t"):
        found = _by_header([cell.strip().strip('"').strip() for cell in line.split(mark)], how)
        if found:
            return FORMATS[found]
    raise UsageError(
        "neither its name nor its first line says a format",
        where=name,
        hint="Give --format with one of: csv, weblate, memoq, trados, deepl, google, google-set, omegat",
    )


def _by_header(header: list[str], how: How) -> str:
    names = set(header)
    if {"concept", "lang", "term"} <= names:
        return "csv"
    if {"source", "target"} <= names and names & {"location", "ID", "context", "developer_comments", "fuzzy"}:
        return "weblate"
    if {"source", "target"} <= {cell.lower() for cell in header} and how.source and how.target:
        return "csv"
    langs = {found for cell in header if (found := people.language_of(cell))}
    known = all(people.known_column(cell) for cell in header if cell)
    return "csv" if len(langs) > 1 and known else ""
