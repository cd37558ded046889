"""The formats of alignments by their names: what each is for, what it has a place for, who writes and who reads it.

A format's module is imported when it is first used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, TextIO, cast

from align.errors import UsageError

if TYPE_CHECKING:
    from align.formats.bitext.carry import Room
    from align.formats.bitext.collect import Bitext
    from align.formats.bitext.units import Head, Source, Unit

Shape = Literal["units", "alignments", "files"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    ``writes``: unit by unit (``put`` of its module), from whole alignments (the writer of its name in
    ``write.FORMATS``), or into several files. ``reader`` is the function that reads one file of it; ladders,
    Moses and InterText are read with other files beside them (``files``). ``people``: it is only written.
    """

    name: str
    title: str
    module: str
    writes: Shape
    endings: tuple[str, ...] = ()
    put: str = "put"
    room: str = "ROOM"
    reader: str = ""
    read_in: str = ""
    binary: bool = False
    extra: tuple[str, ...] = ()  # further endings that are read

    @property
    def has(self) -> Room | None:
        """What it has a place for; None for formats for people, and for Concord's own object."""
        return cast("Room", _get(self.module, self.room)) if self.room else None

    def write(self, head: Head, units: Iterable[Unit], stream: BinaryIO | TextIO) -> None:
        """Writes units as :func:`carry.carried` gives them; a binary format to bytes, the others to text."""
        _get(self.module, self.put)(head, units, stream)

    def read(
        self, stream: BinaryIO, *, name: str, langs: Sequence[str] | None, encoding: str | None
    ) -> Source | Bitext:
        """Reads one file. Raises what its reader raises, UsageError for a format for people."""
        if not self.reader:
            raise UsageError(f"{self.title} is only written", where=name, hint="Read another format")
        found = _get(self.read_in or self.module, self.reader)
        return cast("Source | Bitext", found(stream, name=name, langs=langs, encoding=encoding))


def _get(module: str, name: str) -> Any:
    return getattr(import_module(f"align.formats.{module}"), name)


FORMATS = {
    format.name: format
    for format in (
        Format("tmx", "TMX 1.4b", "tmx", "units", (".tmx",), reader="read", read_in="bitext.tmx_read"),
        Format("xliff", "XLIFF 2.1", "bitext.xliff", "units", (".xlf", ".xliff"), reader="read",
               read_in="bitext.xliff_read", extra=(".sdlxliff", ".mqxliff", ".mxliff")),
        Format("po", "PO", "bitext.po", "units", (".po",), reader="read"),
        Format("tsv", "TSV", "tsv", "units", (".tsv", ".tab"), reader="read", read_in="bitext.table_read"),
        Format("xlsx", "XLSX", "bitext.xlsx", "units", (".xlsx",), reader="read", binary=True),
        Format("parquet", "Parquet", "bitext.parquet", "units", (".parquet",), reader="read", binary=True),
        Format("jsonl", "JSON Lines", "jsonl", "units", (".jsonl", ".ndjson"), reader="read",
               read_in="bitext.json_read"),
        Format("json", "JSON", "json_object", "alignments", (".json",), room="", reader="read_object",
               read_in="bitext.json_read"),
        Format("moses", "Moses line pairs", "bitext.moses", "files", (".moses",)),
        Format("intertext", "InterText", "bitext.intertext", "files", (".intertext",), room=""),
        Format("beads", "lines of segment ids", "beads", "alignments", (".beads",), room=""),
        Format("vecalign", "vecalign's ladder", "bitext.ladders", "alignments", (".vecalign",), room=""),
        Format("hunalign", "hunalign's ladder", "bitext.ladders", "alignments", (".ladder", ".hunalign"), room=""),
        Format("html", "HTML", "page", "alignments", (".html", ".htm"), room=""),
        Format("docx", "DOCX", "side_by_side", "alignments", (".docx",), room="", binary=True),
        Format("table", "a table", "table", "alignments", (), room=""),
    )
}  # fmt: skip
"""Every format by name."""

LADDERS = ("beads", "vecalign", "hunalign")
PEOPLE = ("html", "docx", "table")
READ = tuple(name for name in FORMATS if name not in PEOPLE)
"""The formats that are read."""
ENDINGS = {ending: f.name for f in FORMATS.values() for ending in (*f.endings, *f.extra)}
_XML = {"<tmx": "tmx", "<xliff": "xliff", "<linkGrp": "intertext", "<cesAlign": "intertext"}
_SURE = ("tmx", "xliff", "po", "parquet", "xlsx", "moses", "intertext")
_OURS = re.compile(
    r'kind\tconfidence\t|(?:source|src)\t(?:target|trg|tgt)\b|\{.{0,40}"(?:source|source_text)":', re.I
)
SNIFFED = 4096


def named(name: str, option: str = "--from") -> Format:
    """The format with this name. Raises UsageError."""
    if name not in FORMATS:
        raise UsageError(
            f"there is no format {name!r} for alignments",
            where=option,
            hint=f"Choose from: {', '.join(FORMATS)}",
        )
    return FORMATS[name]


def ending(file: str) -> str:
    """What a file's name ends in, with the dot."""
    last = file.replace("\\", "/").rpartition("/")[2]
    return f".{last.rpartition('.')[2].lower()}" if "." in last else ""


def detect(name: str, head: bytes) -> str | None:
    """The format of an alignment by its name, and by how it begins where that is needed; None where it is none."""
    found = ENDINGS.get(ending(name))
    if found in PEOPLE:
        return None
    if found is not None:
        return found
    text = _text(head)
    if text.startswith("<"):
        return next((format for mark, format in _XML.items() if mark in text), None)
    return None


def is_bitext(name: str, head: bytes) -> bool:
    """Whether a file that could be any text is an alignment: by its name, for tables and JSON by its beginning."""
    found = detect(name, head)
    if found in _SURE:
        return True
    text = _text(head)
    if found in ("tsv", "jsonl"):
        return _OURS.match(text) is not None
    return found == "json" and '"documents": [' in text and '"pairs": [' in text


def _text(head: bytes) -> str:
    codec = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(head[:2], "utf-8")
    return head[:SNIFFED].decode(codec, "replace").lstrip("\ufeff \t\r\n")
