"""Files that somebody put into the page, kept in the project's folder; nothing there is ever overwritten."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path, PurePosixPath

from align.errors import ConcordError, InputError, OutputError, UsageError

LONGEST_NAME = 120
"""Bytes of a file's name with its number; file systems have a limit at 255."""
_FORBIDDEN = set('<>:"/\\|?*')
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def safe_name(name: str) -> str:
    """A file's name without a path, and without what a file system or a terminal would stumble over."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join("_" if c in _FORBIDDEN or unicodedata.category(c)[0] == "C" else c for c in last)
    kept = unicodedata.normalize("NFC", kept).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    stem, ending = (stem, dot + ending) if dot and stem and len(ending) <= 12 else (kept, "")
    while len(stem.encode("utf-8")) > LONGEST_NAME - len(ending.encode("utf-8")):
        stem = stem[:-1]
    if not stem or stem.lower() in _DEVICES:
        stem = f"text_{stem}".rstrip("_")
    return stem + ending


def keep_all(folder: Path, given: Sequence[tuple[str, bytes]]) -> tuple[list[Path], list[Path]]:
    """The files with these names and bytes, and those of them that were made; all are kept, or none.

    Raises UsageError where two are the same, and as :func:`keep`.
    """
    paths: list[Path] = []
    made: list[Path] = []
    try:
        for name, data in given:
            path, new = keep(folder, name, data)
            made += [path] if new else []
            if path in paths:
                raise UsageError("this file was chosen twice", where=path.name, hint="Choose two files")
            paths.append(path)
    except ConcordError:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    return paths, made


def keep(folder: Path, name: str, data: bytes) -> tuple[Path, bool]:
    """The file in the folder that holds these bytes, and whether it was made.

    A file of this name with the same bytes is taken as it is; beside one with others a number is put behind the
    name. Raises InputError for an empty file, OutputError where the folder cannot be written to.
    """
    wanted = safe_name(name)
    if not data.strip():
        raise InputError("it is empty", where=wanted, hint="Choose a file with text in it")
    digest = hashlib.sha256(data).digest()
    try:
        for path in _numbered(folder / wanted):
            try:
                with path.open("xb") as file:
                    file.write(data)
                return path, True
            except FileExistsError:
                if path.is_file() and hashlib.sha256(path.read_bytes()).digest() == digest:
                    return path, False
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(
            f"it cannot be kept: {reason}", where=wanted, hint="Check the project's folder"
        ) from error
    raise AssertionError("not reached")


def _numbered(path: Path) -> Iterator[Path]:
    """talk.txt, talk-2.txt, talk-3.txt …"""
    yield path
    name = PurePosixPath(path.name)
    for number in count(2):
        yield path.with_name(f"{name.stem}-{number}{name.suffix}")
