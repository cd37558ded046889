"""What is to be matched: the documents of a folder, pattern or zip archive, or the records of a JSON Lines shard.

A shard holds a document a line, ``{"id": "0417", "text": "…", "url": "…", "date": "2021-03-04", "lang": "ru"}``. All
but "text" may be missing; the id is then the number of the line. Its documents are called ``SHARD.jsonl#ID``.
Only the places of the lines are kept, never their texts.
"""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from align.errors import EmptyInputError, InputError, TooLargeError, UsageError
from align.folders import Collection, Entry, collect, is_collection, is_glob, marked
from align.formats.jsonl import loads

MAX_DOCUMENTS = 2_000_000
"""A side; the vectors of so many take some gigabytes."""

SHARDS = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Listed:
    """A document that was found, not read yet.

    ``path`` is what lists call it, ``stem`` its path below what was given, without ending. ``offset`` is where the
    line of a document in a shard begins, in bytes, and ``length`` how long it is; -1 for a file of its own.
    """

    path: str
    stem: str
    url: str = ""
    lang: str = ""
    offset: int = -1
    length: int = -1

    @property
    def file(self) -> str:
        """The file that holds it."""
        return self.path if self.offset < 0 else self.path.rpartition("#")[0]


@dataclass(frozen=True, slots=True)
class Listing:
    """The documents of one side, in the order of their names, and files that are none by their names."""

    given: str
    documents: tuple[Listed, ...]
    passed_over: tuple[str, ...] = ()

    def collection(self) -> Collection:
        """The same as ``align.folders`` knows it, for pairing by names."""
        return Collection(self.given, tuple(Entry(each.path, each.stem) for each in self.documents))


def listings(
    source: str, target: str, langs: tuple[str | None, str | None] = (None, None)
) -> tuple[Listing, Listing]:
    """Both sides. What is given twice is divided by languages, as shards or the marks in names tell them.

    Raises UsageError where one place is given twice and ``langs`` do not say how to divide it, or nothing tells;
    what :func:`listing` raises.
    """
    if _same(source, target):
        return _divided(listing(source), langs)
    return listing(source), listing(target)


def listing(given: str) -> Listing:
    """The documents of a folder, quoted pattern, zip archive, shard, or folder or pattern of shards.

    Raises InputError where there is nothing, TooLargeError for more than ``MAX_DOCUMENTS``, and FormatError for a
    line of a shard that is no JSON.
    """
    shards = _shards(given)
    if shards:
        documents = tuple(document for path in shards for document in _records(path))
        if len(documents) > MAX_DOCUMENTS:
            raise TooLargeError(
                f"there are more than {MAX_DOCUMENTS:,} documents", where=given, hint="Give a part"
            )
        return Listing(given, _named_once(documents))
    if not is_collection(given):
        what = "there is no such folder" if not Path(given).exists() else "this is one document, not many"
        raise InputError(
            what, where=given, hint="Give a folder, a zip archive, a quoted pattern or a .jsonl shard"
        )
    found = collect(given, most=MAX_DOCUMENTS)
    return Listing(given, tuple(Listed(entry.path, entry.stem) for entry in found.entries), found.passed_over)


def _same(source: str, target: str) -> bool:
    return source == target or (Path(source).exists() and Path(source).resolve() == Path(target).resolve())


def _divided(found: Listing, langs: tuple[str | None, str | None]) -> tuple[Listing, Listing]:
    wanted = [(code or "").lower().split("-")[0] for code in langs]
    if not all(wanted):
        raise UsageError(
            "originals and translations are in one place",
            where=found.given,
            hint="Say by which languages to tell them: --langs ru,en",
        )
    codes = frozenset(wanted)
    sides: dict[str, list[Listed]] = {code: [] for code in wanted}
    for document in found.documents:
        code = document.lang.lower().split("-")[0] or marked(document.stem, codes)[1]
        if code in sides:
            sides[code].append(document)
    for code in wanted:
        if not sides[code]:
            raise UsageError(
                f"nothing in it is marked as {code}",
                where=found.given,
                hint="Mark the language in the names (one.ru.txt, ru/one.txt) or as “lang” in the shard",
            )
    left, right = (Listing(found.given, tuple(sides[code]), found.passed_over) for code in wanted)
    return left, right


def _shards(given: str) -> list[str]:
    """The shards that this names; [] where it names anything else."""
    path = Path(given)
    if path.is_file():
        return [given] if path.suffix.lower() in SHARDS else []
    if is_glob(given):
        names = [Path(name) for name in glob.iglob(given, recursive=True)]  # noqa: PTH207  a pattern of a path
    elif path.is_dir():
        names = [name for name in path.rglob("*") if not name.name.startswith(".")]
    else:
        return []
    files = sorted(str(name) for name in names if name.is_file())
    shards = [name for name in files if Path(name).suffix.lower() in SHARDS]
    return shards if len(shards) == len(files) else []


def _records(path: str) -> Iterator[Listed]:
    """The documents of a shard, without their texts. Raises InputError and FormatError."""
    at = 0
    try:
        with Path(path).open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    record = record_of(line, path, number)
                    name = str(record.get("id", number))
                    url, lang = (str(record.get(key) or "") for key in ("url", "lang"))
                    yield Listed(f"{path}#{name}", name, url, lang, at, len(line))
                at += len(line)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot be read: {reason}", where=path) from error


def record_of(line: bytes, path: str, number: int) -> dict[str, Any]:
    """The object of a shard's line. Raises FormatError, and InputError where it is no document."""
    text = line.decode("utf-8", "replace").strip("\ufeff\r\n")
    record = loads(text, where=path, line=number)
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InputError(
            "no document with a “text”", where=f"{path}, line {number}", hint="Give an object a line"
        )
    return record


def _named_once(documents: Sequence[Listed]) -> tuple[Listed, ...]:
    """The same documents; raises InputError where two have one name."""
    twice = next((path for path, count in Counter(d.path for d in documents).items() if count > 1), None)
    if twice is not None:
        raise InputError("two documents have this id", where=twice, hint="Give every line an “id” of its own")
    if not documents:
        raise EmptyInputError("there is no document in it", hint="Give a shard with a document a line")
    return tuple(documents)


def record_at(document: Listed) -> dict[str, Any]:
    """The line of a document in a shard. Raises InputError where the shard has changed."""
    with Path(document.file).open("rb") as stream:
        stream.seek(document.offset)
        line = stream.read(document.length)
    return record_of(line, document.file, 0)


def kept(found: Listing, wanted: Callable[[Listed], bool]) -> Listing:
    """The side with some of its documents only."""
    return replace(found, documents=tuple(each for each in found.documents if wanted(each)))
