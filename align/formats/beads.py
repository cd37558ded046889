r"""Beads as lines of segment ids, as vecalign writes them, and the reader of every bead file.

::

    [0]:[0]:1.318240
    [1]:[1, 2]:0.870012
    [2]:[]:-0.401000

Ids count from 0. The third field is the aligner's own score of the bead, ``Bead.score``, six decimals: the
higher the better, on a scale of its own (vecalign writes a cost there, which runs the other way; scorers pass
the field over). It is not the confidence. The format holds one pair and no text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from align.errors import EmptyInputError, EncodingError, InputError, UsageError
from align.formats import jsonl
from align.model import Alignment

Ids = tuple[tuple[int, ...], tuple[int, ...]]
_JSON_LIST = re.compile(r"\s*\[\s*(\[|\]\s*\Z)")
_LINE = re.compile(r"\s*\[([^\[\]]*)\]\s*:\s*\[([^\[\]]*)\]\s*(:.*)?")
_LARGEST_ID = 10**12


def write(alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False) -> tuple[str, ...]:
    """Writes a line for each bead. Returns no warnings. Raises UsageError for more than one pair."""
    if len(alignments) != 1:
        raise UsageError(
            "the format “beads” holds one pair of texts", hint="Write one pair at a time, or choose jsonl"
        )
    for alignment in alignments:
        for bead in alignment.beads:
            if alignment.is_doubtful(bead) or not only_doubtful:
                stream.write(f"{list(bead.source)}:{list(bead.target)}:{bead.score:.6f}\n")
    return ()


def read(data: bytes | str, *, where: str, unique: bool = True, version: int | None = None) -> list[Ids]:
    """The beads of a file: source and target ids, each ascending, in the order of the file.

    Reads vecalign's lines (the third field is passed over), a JSON list ``[[[source ids], [target ids]], …]``,
    JSON Lines and the JSON object as Concord writes them; which one is found by looking. ``version`` chooses a
    pair where the last two hold several. With ``unique`` an id may not occur in two beads; published gold
    alignments sometimes break that, so pass False for a file that is not Concord's own. UTF-8, with or without
    a BOM. Raises EmptyInputError, EncodingError, FormatError or InputError, with the line (or, in a JSON list,
    the number of the bead).
    """
    text = _decode(data, where)
    if not text.strip():
        raise EmptyInputError("there are no beads in it", where=where)
    if _JSON_LIST.match(text):
        found = _from_list(jsonl.loads(text, where=where), where)
    elif text.lstrip().startswith("{"):
        whole = _json_object(text)
        if whole is None:
            found = jsonl.read(text, where=where, version=version)
        else:
            found = _from_object(whole, where, version)
    else:
        found = _from_lines(text, where)
    return _checked(found, unique=unique)


def _decode(data: bytes | str, where: str) -> str:
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(
            "bytes that are not UTF-8", where=f"{where}, line {line}", hint="A bead file is text in UTF-8"
        ) from None


def _json_object(text: str) -> dict[str, Any] | None:
    """The whole text as one object with beads, or None: then it is lines, or broken."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return whole if isinstance(whole, dict) and "beads" in whole else None


def _from_lines(text: str, where: str) -> Iterator[tuple[str, Any, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{where}, line {number}"
        match = _LINE.fullmatch(line)
        if match is None:
            raise InputError("not a bead", where=place, hint="One looks like [0]:[0, 1], a score may follow")
        yield place, _ids(match.group(1), place), _ids(match.group(2), place)


def _ids(field: str, place: str) -> list[object]:
    """The entries of "0, 1": integers where they are such, else as they stand, to be named in the error."""
    entries = [entry.strip() for entry in field.split(",")]
    if entries[-1] == "":
        entries.pop()
    return [int(e) if e.isascii() and e.isdecimal() and len(e) < 20 else e for e in entries]


def _from_list(beads: Any, where: str) -> Iterator[tuple[str, Any, Any]]:
    for number, bead in enumerate(beads, start=1):
        place = f"{where}, bead {number}"
        if not isinstance(bead, list) or len(bead) < 2:
            raise InputError("not a pair of lists", where=place, hint="A bead looks like [[0], [0, 1]]")
        yield place, bead[0], bead[1]


def _from_object(whole: dict[str, Any], where: str, version: int | None) -> Iterator[tuple[str, Any, Any]]:
    beads = whole["beads"]
    if not isinstance(beads, list):
        raise InputError("“beads” is not a list", where=where)
    records = ((f"{where}, bead {number}", bead) for number, bead in enumerate(beads, start=1))
    return jsonl.select(records, where=where, version=version)


def _checked(found: Iterable[tuple[str, Any, Any]], *, unique: bool) -> list[Ids]:
    """The beads with their ids looked at: integers from 0, none twice."""
    beads: list[Ids] = []
    places: tuple[dict[int, str], dict[int, str]] = ({}, {})
    for place, *sides in found:
        bead = tuple(_side(ids, name, place) for ids, name in zip(sides, ("source", "target"), strict=True))
        if not any(bead):  # some tools write them; they say nothing
            continue
        for ids, name, seen in zip(bead, ("source", "target"), places, strict=True):
            for segment in ids:
                first = seen.setdefault(segment, place)
                if unique and first != place:
                    raise InputError(
                        f"{name} id {segment} occurs twice",
                        where=place,
                        hint=f"It is already in a bead at {first}",
                    )
        beads.append((bead[0], bead[1]))
    return beads


def _side(ids: Any, name: str, place: str) -> tuple[int, ...]:
    if not isinstance(ids, list):
        raise InputError(f"the {name} is not a list of ids", where=place)
    for segment in ids:
        if type(segment) is not int or not 0 <= segment < _LARGEST_ID:  # a bool is an int too
            shown = json.dumps(segment, ensure_ascii=False)[:40]
            raise InputError(f"{name} id {shown} is not a whole number from 0", where=place)
    if len(set(ids)) < len(ids):
        raise InputError(f"a {name} id occurs twice in one bead", where=place)
    return tuple(sorted(ids))
