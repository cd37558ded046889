"""Reports → bytes: the registry of formats. A writer's module is imported when it is first used."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast

from align.errors import UsageError
from align.formats.write import as_text
from glossary.formats.findings.report import Report

Writer = Callable[[Report, TextIO], tuple[str, ...]]
BinaryWriter = Callable[[Report, BinaryIO], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """How findings are written in one format; the writer returns warnings: what the format could not say.

    ``binary`` is True for a writer of bytes. ``extensions`` are the ends of file names that stand for it.
    """

    write: Writer | BinaryWriter
    extensions: tuple[str, ...] = ()
    binary: bool = False


def _lazy(module: str, function: str = "write") -> Writer:
    def write(report: Report, stream: TextIO) -> tuple[str, ...]:
        found: Any = getattr(import_module(f"glossary.formats.findings.{module}"), function)
        return cast(tuple[str, ...], found(report, stream))

    return write


FORMATS: dict[str, Format] = {
    "text": Format(_lazy("terminal"), (".txt",)),
    "json": Format(_lazy("records", "write_json"), (".json",)),
    "jsonl": Format(_lazy("records", "write_jsonl"), (".jsonl", ".ndjson")),
    "sarif": Format(_lazy("sarif"), (".sarif", ".sarif.json")),
    "github": Format(_lazy("github")),
    "junit": Format(_lazy("junit"), (".xml",)),
    "csv": Format(_lazy("records", "write_csv"), (".csv",)),
    "html": Format(_lazy("page"), (".html", ".htm")),
}
"""Every format by name."""


def register(name: str, format: Format) -> None:
    """Adds a format, or puts another in its place."""
    FORMATS[name] = format


def guess_format(path: str | os.PathLike[str]) -> str:
    """The format that a file name's end stands for. Raises UsageError where it stands for none."""
    name = Path(path).name.lower()
    ends = {end: key for key, format in FORMATS.items() for end in format.extensions}
    fitting = [end for end in ends if name.endswith(end)]
    if not fitting:
        raise UsageError(
            "the name does not say which format to write",
            where=os.fspath(path),
            hint=f"End it in one of {', '.join(ends)}, or name the format: {', '.join(FORMATS)}",
        )
    return ends[max(fitting, key=len)]


def write(report: Report, format: str, out: BinaryIO | TextIO) -> tuple[str, ...]:
    r"""Writes a report in a format of FORMATS; returns warnings for stderr.

    A binary stream gets UTF-8 without BOM, "\n" after each line; a text stream gets text, and where its encoding
    is not UTF-8 what that lacks is escaped, with a warning. The same report gives the same bytes. Raises
    UsageError where the format is unknown, or is binary and the stream is one of text.
    """
    found = FORMATS.get(format)
    if found is None:
        raise UsageError(f"there is no format “{format}”", hint=f"Choose from {', '.join(FORMATS)}")
    if found.binary:
        if isinstance(out, io.TextIOBase):
            raise UsageError(f"{format} is not text", hint="Write it to a file")
        return cast(BinaryWriter, found.write)(report, cast(BinaryIO, out))
    stream, lossy = as_text(out)
    return cast(Writer, found.write)(report, stream) + lossy
