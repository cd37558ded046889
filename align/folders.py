"""Folders, globs and zip archives of documents → pairs of an original and its translation, by their names.

Two files are a pair where their paths below what was given are the same but for the ending and the marks of a
language: ``ru/one.docx`` and ``en/one.txt``, ``one.ru.txt`` and ``one_en.txt``.
"""

from __future__ import annotations

import glob
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from align.errors import InputError, TooLargeError, UsageError
from align.formats.read import EXTENSIONS
from align.formats.zipped import is_archive, members

MAX_FILES = 100_000
_TEXTS = frozenset((*EXTENSIONS, ".txt", ".text", ""))
_GLOB = re.compile(r"[*?\[]")
_CODES = """
    af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko
    ky lo lt lv mk ml mn mr ms mt my nb ne nl nn no or pa pl ps pt ro ru sd si sk sl so sq sr sv sw ta te tg th tk tr
    tt uk ur uz vi yi zh rus eng ukr deu ger fra fre spa ita pol por zho chi jpn kor ara heb tur bel kaz
"""
CODES = frozenset(_CODES.split())
_SUFFIX = re.compile(r"^(?P<stem>.+?)[._\- ]*[._\- (\[](?P<code>[A-Za-z]{2,3})(?:[-_][A-Za-z]{2,4})?[)\]]?$")
_FOLDER = re.compile(r"^(?P<code>[A-Za-z]{2,3})(?:[-_][A-Za-z]{2,4})?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document: its path, and that below what was given, without ending, "/" between its parts."""

    path: str
    stem: str


@dataclass(frozen=True, slots=True)
class Collection:
    """The documents of a folder, glob or archive, and the files that are none by their names."""

    given: str
    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """What belongs together and what is left; ``ambiguous`` are files that share a name with others of their side."""

    pairs: tuple[tuple[str, str], ...]
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = field(default=())


def is_collection(path: str) -> bool:
    """Whether this names a folder, a zip archive, or files by a pattern."""
    return Path(path).is_dir() or is_archive(path) or is_glob(path)


def is_glob(path: str) -> bool:
    """Whether this is a pattern rather than the name of a file."""
    return bool(_GLOB.search(path)) and not Path(path).exists()


def collect(given: str, *, most: int = MAX_FILES) -> Collection:
    """The documents in a folder (and the folders in it), an archive, or by a glob; hidden files are left out.

    Raises ``InputError`` where there is nothing, ``TooLargeError`` for more than ``most``, and what an archive
    that cannot be read raises.
    """
    found = sorted(_below(given, most))
    if len(found) > most:
        raise TooLargeError(f"there are more than {most:,} files", where=given, hint="Give a part of them")
    entries = [
        Entry(path, str(PurePosixPath(inner).with_suffix("")))
        for path, inner in found
        if PurePosixPath(inner).suffix.lower() in _TEXTS
    ]
    known = {entry.path for entry in entries}
    if not entries:
        raise InputError("there is no document in it", where=given, hint="Give a folder with documents in it")
    return Collection(given, tuple(entries), tuple(path for path, _ in found if path not in known))


def _below(given: str, most: int) -> Iterator[tuple[str, str]]:
    """All files, each with its path below what was given."""
    if is_archive(given):
        for member in members(given):
            yield f"{given}/{member.name}", member.name
        return
    if is_glob(given):
        root = _fixed(given)
        paths: Iterable[Path] = (Path(path) for path in glob.iglob(given, recursive=True))  # noqa: PTH207  a pattern of a path, "~" and ".." in it
    else:
        root = Path(given)
        paths = root.rglob("*")
    for number, path in enumerate(paths):
        inner = path.relative_to(root)
        if number <= most * 2 and path.is_file() and not any(part.startswith(".") for part in inner.parts):
            yield str(path), inner.as_posix()


def _fixed(pattern: str) -> Path:
    """The folder in front of the first part that is a pattern."""
    parts = Path(pattern).parts
    length = next((i for i, part in enumerate(parts) if _GLOB.search(part)), len(parts))
    return Path(*parts[: min(length, len(parts) - 1)]) if length else Path()


def pair_up(
    source: Collection, target: Collection, *, langs: tuple[str | None, str | None] = (None, None)
) -> Pairs:
    """The pairs of two collections, in the order of their names.

    First by the same path, then by the same path without marks of languages; with ``langs`` only these two count as
    marks. One collection given twice is divided by the marks: then ``langs`` must say which is which, and
    ``UsageError`` is raised without. It is raised too where no pair is found.
    """
    sides = source.entries, target.entries
    if source.given == target.given:
        sides = _divided(source, langs)
    found: list[tuple[str, str]] = []
    left = list(sides[0]), list(sides[1])
    ambiguous: set[str] = set()
    codes = frozenset(code.lower().split("-")[0] for code in langs if code) or CODES
    for known in (frozenset[str](), codes):
        keyed = tuple(_by_key((marked(entry.stem, known)[0], entry) for entry in side) for side in left)
        for name in sorted(keyed[0].keys() & keyed[1].keys()):
            ours, theirs = keyed[0][name], keyed[1][name]
            if len(ours) == len(theirs) == 1:
                found.append((ours[0].path, theirs[0].path))
            else:
                ambiguous |= {entry.path for entry in (*ours, *theirs)}
        taken = {path for pair in found for path in pair} | ambiguous
        left = tuple([entry for entry in side if entry.path not in taken] for side in left)  # type: ignore[assignment]
    if not found:
        raise UsageError(
            "no two names in them belong together",
            where=f"{source.given}, {target.given}",
            hint="Name both files of a pair alike, but for a mark of the language: one.ru.txt and one.en.txt",
        )
    rest = tuple(tuple(entry.path for entry in side) for side in left)
    return Pairs(tuple(sorted(found)), rest[0], rest[1], tuple(sorted(ambiguous)))


def _divided(
    source: Collection, langs: tuple[str | None, str | None]
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """One collection as originals and translations, by the marks of their languages."""
    if langs[0] is None or langs[1] is None:
        raise UsageError(
            "originals and translations are in one place",
            where=source.given,
            hint="Say by which marks in the names to tell them: --langs ru,en",
        )
    wanted = [code.lower().split("-")[0] for code in langs if code]
    by_code: dict[str, list[Entry]] = {code: [] for code in wanted}
    for entry in source.entries:
        code = marked(entry.stem, frozenset(wanted))[1]
        if code in by_code:
            by_code[code].append(entry)
    return tuple(by_code[wanted[0]]), tuple(by_code[wanted[1]])


def _by_key(pairs: Iterable[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for key, entry in pairs:
        found.setdefault(key, []).append(entry)
    return found


def _plain(stem: str) -> str:
    """A path as it is compared: composed, without capitals."""
    return unicodedata.normalize("NFC", stem).casefold()


def marked(stem: str, codes: frozenset[str] = CODES) -> tuple[str, str]:
    """A path without the marks of languages in it, as it is compared, and the innermost mark ("" for none)."""
    *folders, name = _plain(stem).split("/")
    code = ""
    kept = []
    for folder in folders:
        match = _FOLDER.match(folder)
        if match and match["code"] in codes:
            code = match["code"]
        else:
            kept.append(folder)
    match = _SUFFIX.match(name)
    if match and match["code"] in codes:
        name, code = match["stem"], match["code"]
    elif (alone := _FOLDER.match(name)) and alone["code"] in codes:
        name, code = "", alone["code"]  # ru.txt and en.txt, a folder each
    return "/".join([*kept, name]), code


def described(passed_over: Sequence[str]) -> str:
    """What was passed over, by its endings: "3 files (.jpg, .png)"."""
    endings = sorted({PurePosixPath(path).suffix.lower() or path for path in passed_over})
    more = " …" if len(endings) > 5 else ""
    return f"{len(passed_over)} file{'' if len(passed_over) == 1 else 's'} ({', '.join(endings[:5])}{more})"
