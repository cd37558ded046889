"""The glossary formats by their names: what each is for, what it cannot say, who writes and who reads it.

A format's module is imported when it is first used. Writers give bytes chunk by chunk, so that a large glossary is
never held as a file in memory; what a tool lacks is in the report once all is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from align.errors import OutputError, UsageError

if TYPE_CHECKING:
    from glossary.formats.carry import How, Made, Room
    from glossary.formats.cells import Found
    from glossary.formats.losses import Report
    from glossary.model import Entry

_LEFT_OUT = ("merged", "rejected", "concept", "forbidden", "deprecated", "superseded", "undecided", "scope")
_FIELDS = ("status", "translate", "case", "lemma", "variants", "term note", "extra", "kind", "state", "definition",
           "note", "reason", "links", "comments", "keys", "id", "evidence", "dates")  # fmt: skip
_PAIR = ("language", "target")
_ALL = (*_LEFT_OUT, *_PAIR, "characters", "synonyms", "homographs", *_FIELDS)


def _but(*kept: str) -> tuple[str, ...]:
    return tuple(kind for kind in _ALL if kind not in kept)


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``cannot`` are the kinds of loss that its export may report (``losses.KINDS``).

    ``endings`` are the names that stand for it alone; ``pair``: it is from one language to another; ``room`` and
    ``carried`` name what says what it carries in its module: the first alone is the general way, none is all.
    ``largest`` is what the tool takes, in bytes.
    """

    name: str
    title: str
    module: str
    writer: str
    reader: str = ""
    room: str = ""
    carried: str = ""
    endings: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    pair: bool = False
    largest: int = 0

    def _get(self, name: str) -> Any:
        return getattr(import_module(f"glossary.formats.{self.module}"), name)

    @property
    def has(self) -> Room | None:
        """What it has a place for; None for Concord's own formats."""
        return cast("Room", self._get(self.room)) if self.room else None

    def carry(self, entry: Entry, how: How) -> tuple[Entry, ...]:
        """What comes back of an entry when the file is read."""
        from glossary.formats.carry import carry, whole

        if self.carried:
            return cast("tuple[Entry, ...]", self._get(self.carried)(entry, how))
        return whole(entry) if self.has is None else carry(entry, self.has, how)

    def write(self, entries: Iterable[Entry], how: How) -> Iterator[bytes]:
        """The file, of entries as :meth:`carry` gives them."""
        return cast("Callable[[Iterable[Entry], How], Iterator[bytes]]", self._get(self.writer))(entries, how)

    def read(self, data: bytes, *, name: str, how: How) -> Found:
        """The entries of a file. Raises FormatError, EncodingError, InputError; UsageError where it is not read."""
        if not self.reader:
            raise UsageError(f"{self.title} is only written", where=name, hint="Import another format")
        return cast("Found", self._get(self.reader)(data, name=name, how=how))


FORMATS = {
    format.name: format
    for format in (
        Format("toml", "TOML", "own_forms", "write_toml", "read_toml", endings=(".toml",)),
        Format("jsonl", "JSON Lines", "json_object", "write_lines", "read_lines", endings=(".jsonl", ".ndjson")),
        Format("json", "JSON", "json_object", "write", "read", endings=(".json",)),
        Format("csv", "CSV (Concord's own, and people's tables in)", "own_table", "write_csv", "read_csv",
               endings=(".csv", ".tsv")),
        Format("xlsx", "XLSX (the same in a spreadsheet)", "xlsx", "write", "read", carried="carried",
               endings=(".xlsx",), cannot=("concept", "characters", "forbidden", "deprecated", "superseded",
               "undecided", "target", "definition", "note", "reason", "term note", "lemma", "variants", "extra",
               "links", "comments", "keys")),
        Format("po", "PO (Weblate, Pontoon and others)", "own_forms", "write_po", "read_po", room="PO",
               carried="carried_po", endings=(".po",), pair=True,
               cannot=("merged", "rejected", "concept", "language", "dates")),
        Format("tbx", "TBX-Basic v3 (ISO 30042:2019)", "tbx", "write", "read", room="V3", carried="carried",
               endings=(".tbx",), cannot=_but("evidence", "dates", "synonyms", "homographs", "language", "id")),
        Format("tbx-v2", "TBX v2 (OmegaT, Pontoon and others)", "tbx", "write_v2", "read", room="V2",
               cannot=_but("synonyms", "language")),
        Format("weblate-tbx", "TBX v2 as Weblate uses it", "tbx", "write_weblate", "read", room="WEBLATE",
               carried="carried_weblate", pair=True,
               cannot=_but("synonyms")),
        Format("weblate", "CSV of Weblate", "pairs", "write_weblate", "read_weblate", room="WEBLATE", pair=True,
               cannot=_but("synonyms", "undecided", "evidence")),
        Format("memoq", "CSV of memoQ", "memoq", "write", "read", room="ROOM", cannot=_but("language", "synonyms",
               "dates")),
        Format("trados", "CSV for Trados", "people", "write_trados", "read", room="TRADOS",
               cannot=_but("language", "synonyms")),
        Format("trados-xlsx", "XLSX for Trados", "xlsx", "write_trados", "read", room="TRADOS",
               carried="carried_trados", cannot=_but("language", "synonyms")),
        Format("google-set", "equivalent term set of Google (CSV)", "people", "write_google_set", "read",
               room="GOOGLE_SET", cannot=_but("language", "synonyms")),
        Format("google", "unidirectional glossary of Google (CSV, TSV)", "pairs", "write_pairs", "read_pairs",
               room="GOOGLE", pair=True, cannot=_ALL),
        Format("deepl", "glossary of DeepL (CSV, TSV)", "pairs", "write_pairs", "read_pairs", room="DEEPL",
               pair=True, cannot=_ALL, largest=10 << 20),
        Format("omegat", "glossary of OmegaT (text with tabs)", "pairs", "write_omegat", "read_omegat",
               room="OMEGAT", endings=(".utf8",), pair=True, cannot=_ALL),
        Format("utx", "UTX 1.11", "pairs", "write_utx", "read_utx", room="UTX", endings=(".utx",), pair=True,
               cannot=_ALL),
        Format("markdown", "Markdown, for people (written only)", "markdown", "write", carried="carried",
               endings=(".md", ".markdown"), cannot=("merged", "lemma", "variants", "extra", "links", "reason",
               "keys")),
    )
}  # fmt: skip
"""Every format by name."""

ENDINGS = {ending: format.name for format in FORMATS.values() for ending in format.endings}


def named(name: str, file: str = "") -> Format:
    """The format with this name; Trados' in a spreadsheet where the file is one. Raises UsageError."""
    if name not in FORMATS:
        raise UsageError(
            f"there is no format {name!r} for glossaries" if name else "its name does not say a format",
            where=file or "--format",
            hint=f"Give --format with one of: {', '.join(FORMATS)}",
        )
    return FORMATS["trados-xlsx" if name == "trados" and file.lower().endswith(".xlsx") else name]


def for_file(file: str) -> Format:
    """The format that a file's name stands for. Raises UsageError."""
    ending = f".{file.rpartition('.')[2].lower()}" if "." in file else ""
    return named(ENDINGS.get(ending, ending.removeprefix(".")), file)


def export(entries: Iterable[Entry], format: Format, how: How, report: Report) -> Iterator[bytes]:
    """The file, chunk by chunk; what it loses is in the report when the last one has been taken.

    Raises OutputError, before the first chunk, where a tool's format could say nothing of any entry.
    """
    names: dict[str, str] = {}
    made = dict(how.made)
    carried = _carried(entries, format, how, report, names, made)
    told = replace(how, evidence=lambda number: how.evidence(names.get(number, number)), made=made)
    first = next(carried, None)
    if first is None and format.has is not None:
        raise OutputError(
            f"there is nothing to write that {format.title} could say",
            hint="; ".join(report.lines()[:3]) or "Approve some terms first, or give --state",
        )
    size = 0
    for chunk in format.write(carried if first is None else chain([first], carried), told):
        size += len(chunk)
        yield chunk
    if format.largest and size > format.largest:
        report.warnings.append(
            f"the file has {size:,} bytes; {format.name} takes {format.largest:,} at most: export less at a time"
        )


def _carried(
    entries: Iterable[Entry],
    format: Format,
    how: How,
    report: Report,
    names: dict[str, str],
    made: dict[str, Made],
) -> Iterator[Entry]:
    """What is carried; evidence and dates are found again under the ids that entries have in the file."""
    for entry in entries:
        found = format.carry(entry, how)
        report.add(entry, found, format.has, how)
        number = entry.concept.id
        for back in found:
            if back.concept.id != number:
                names[back.concept.id] = number
                if number in how.made:
                    made[back.concept.id] = how.made[number]
            yield back
