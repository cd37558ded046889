"""Ladders: vecalign's lines of segment ids and hunalign's rungs. They hold no text: it stands in two other files.

hunalign counts lines from 0; ``3⇥4⇥0.53`` is a rung, and what stands between a rung and the next is a bead, with the
quality of the first; the last rung is the end of both texts. So the beads follow each other on both sides: a bead
out of order cannot be said, its segments stand as beads without a counterpart. With ``-text`` hunalign writes the
sentences instead of numbers, several parted by ``~~~``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TextIO

from align import __version__
from align.errors import EmptyInputError, FormatError, InputError, UsageError
from align.formats.beads import read as read_beads
from align.formats.bitext.carry import Losses
from align.formats.bitext.collect import SEGMENTER
from align.formats.bitext.units import Head, Source, Unit
from align.model import Alignment, Bead, Document, Signature

_RUNG = re.compile(r"\s*(\d{1,12})\s+(\d{1,12})(?:\s+(\S+))?\s*")
_SCORE = re.compile(r"\s*\[[^\]]*\]\s*:\s*\[[^\]]*\]\s*:\s*(\S+)\s*")
_JOIN = "~~~"


def write_vecalign(
    alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False
) -> tuple[str, ...]:
    """As "beads", but with a cost in the third field, as vecalign writes it: the lower the better."""
    alignment = _only(alignments, "vecalign")
    for bead in alignment.beads:
        if alignment.is_doubtful(bead) or not only_doubtful:
            stream.write(f"{list(bead.source)}:{list(bead.target)}:{0.0 - bead.score:.6f}\n")
    return ()


def write_hunalign(
    alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False
) -> tuple[str, ...]:
    """The rungs, scores with six decimals. Warns of beads that changed their place. ``only_doubtful`` is refused."""
    alignment = _only(alignments, "hunalign")
    if only_doubtful:
        raise UsageError("a ladder of hunalign has no gaps", where="--only-doubtful", hint="Choose beads")
    losses = Losses("hunalign")
    s = t = 0
    for bead in in_order(alignment, losses):
        stream.write(f"{s}\t{t}\t{bead.score:.6f}\n")
        s, t = s + len(bead.source), t + len(bead.target)
    stream.write(f"{s}\t{t}\t0.000000\n")
    return tuple(f"hunalign: {line}" for line in losses.lines())


def in_order(alignment: Alignment, losses: Losses) -> Iterator[Bead]:
    """The beads as a ladder has them: each begins where the last one ended; those out of order as two halves."""
    n, m = len(alignment.source.segments), len(alignment.target.segments)
    kept = _chain([b for b in alignment.beads if b.source and b.target and _whole(b)])
    joined = sum(1 for bead in alignment.beads if bead.source and bead.target)
    losses.counts["order"] += joined - len(kept)
    nulls = [b for b in alignment.beads if not (b.source and b.target)]
    scores = [
        {ids[0]: bead for bead in nulls if (ids := side(bead)) and _run(ids)} for side in (_source, _target)
    ]
    s = t = 0
    for bead in [*kept, Bead((n,), (m,))]:
        while s < bead.source[0]:
            null = scores[0].get(s)
            end = s + len(null.source) if null and s + len(null.source) <= bead.source[0] else s + 1
            yield Bead(tuple(range(s, end)), (), null.score if null else 0.0)
            s = end
        while t < bead.target[0]:
            null = scores[1].get(t)
            end = t + len(null.target) if null and t + len(null.target) <= bead.target[0] else t + 1
            yield Bead((), tuple(range(t, end)), null.score if null else 0.0)
            t = end
        if bead.source[0] < n:  # the last one only says where both texts end
            yield bead
        s, t = bead.source[-1] + 1, bead.target[-1] + 1


def _source(bead: Bead) -> tuple[int, ...]:
    return bead.source


def _target(bead: Bead) -> tuple[int, ...]:
    return bead.target


def _run(ids: tuple[int, ...]) -> bool:
    return ids[-1] - ids[0] == len(ids) - 1


def _whole(bead: Bead) -> bool:
    return _run(bead.source) and _run(bead.target)


def _chain(beads: Sequence[Bead]) -> list[Bead]:
    """As many beads as go up on both sides: the longest increasing chain by target, in order of the source."""
    from bisect import bisect_left

    ordered = sorted(beads, key=lambda b: b.source)
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, bead in enumerate(ordered):
        place = bisect_left(tails, bead.target[0])
        before.append(at[place - 1] if place else -1)
        tails[place : place + 1] = [bead.target[0]]
        at[place : place + 1] = [number]
    chain, number = [], at[-1] if at else -1
    while number >= 0:
        chain.append(ordered[number])
        number = before[number]
    return chain[::-1]


def _only(alignments: Sequence[Alignment], format: str) -> Alignment:
    if len(alignments) != 1:
        raise UsageError(
            f"the format “{format}” holds one pair of texts", hint="Write one pair at a time, or choose jsonl"
        )
    return alignments[0]


# Reading


def read(text: str, *, name: str, format: str, documents: Sequence[Document]) -> Alignment:
    """The alignment of two documents, cut into segments as they were when the ladder was made.

    ``format`` is beads, vecalign or hunalign. Segments that the ladder leaves out are beads without a counterpart.
    Raises UsageError where the texts are missing, InputError and FormatError with the line.
    """
    if len(documents) != 2:
        raise UsageError(
            "a ladder holds no text",
            where=name,
            hint=f"Give the two texts behind it, a segment a line: {name} ORIGINAL TRANSLATION",
        )
    source, target = documents
    beads = (
        _rungs(text, name)
        if format == "hunalign"
        else _vecalign(text, name, -1 if format == "vecalign" else 1)
    )
    sizes = len(source.segments), len(target.segments)
    checked = list(_within(beads, sizes, (source.name, target.name), name))
    parameters = (("format", format), ("file", name), ("confidence", "not given"))
    signature = Signature(__version__, "import", format, SEGMENTER, parameters)
    return Alignment(source, target, complete(checked, sizes), signature, 0.0)


def _vecalign(text: str, name: str, sign: int) -> Iterator[Bead]:
    scores = [match[1] for line in text.split("\n") if (match := _SCORE.fullmatch(line))]
    found = read_beads(text, where=name)
    known = scores if len(scores) == len(found) else [""] * len(found)
    for (source, target), score in zip(found, known, strict=True):
        yield Bead(source, target, sign * _number(score), 1.0)


def _number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if math.isfinite(found) else 0.0


def _rungs(text: str, name: str) -> Iterator[Bead]:
    last: tuple[int, int] | None = None
    score = 0.0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        match = _RUNG.fullmatch(line)
        if match is None:
            raise FormatError(
                "this is no rung of a ladder", where=f"{name}, line {number}", hint="One looks like: 3⇥4⇥0.53"
            )
        here = int(match[1]), int(match[2])
        if last is not None:
            if here[0] < last[0] or here[1] < last[1]:
                raise InputError(
                    "it goes back", where=f"{name}, line {number}", hint="Rungs go up on both sides"
                )
            if here != last:
                yield Bead(tuple(range(last[0], here[0])), tuple(range(last[1], here[1])), score, 1.0)
        last, score = here, _number(match[3] or "")
    if last is None:
        raise EmptyInputError("there are no rungs in it", where=name)


def _within(
    beads: Iterable[Bead], sizes: tuple[int, int], names: tuple[str, str], name: str
) -> Iterator[Bead]:
    for bead in beads:
        for ids, size, document in zip((bead.source, bead.target), sizes, names, strict=True):
            if ids and ids[-1] >= size:
                raise InputError(
                    f"it speaks of segment {ids[-1]}, and {document} has {size} (from 0)",
                    where=name,
                    hint="Give the texts that it was made of, a segment a line",
                )
        yield bead


def complete(beads: Sequence[Bead], sizes: tuple[int, int]) -> tuple[Bead, ...]:
    """In order of the source, every segment in one bead."""
    seen = {s for b in beads for s in b.source}, {t for b in beads for t in b.target}
    rest = [Bead((s,), (), 0.0, 1.0) for s in range(sizes[0]) if s not in seen[0]]
    ordered = sorted([*(b for b in beads if b.source), *rest], key=lambda b: b.source)
    after: dict[int, list[Bead]] = {}
    at = -1
    for bead in beads:
        if bead.source:
            at = bead.source[0]
        else:
            after.setdefault(at, []).append(bead)
    last = [Bead((), (t,), 0.0, 1.0) for t in range(sizes[1]) if t not in seen[1]]
    found = list(after.get(-1, []))
    for bead in ordered:
        found += [bead, *after.get(bead.source[0], [])]
    return tuple(_moved([*found, *last]))


def _moved(beads: Sequence[Bead]) -> Iterator[Bead]:
    """Beads off the main path are marked."""
    main = {id(bead) for bead in _chain([b for b in beads if b.source and b.target])}
    for bead in beads:
        off = bool(bead.source and bead.target and id(bead) not in main)
        yield replace(bead, moved=True) if off else bead


def is_text(first: str) -> bool:
    """Whether a line is of hunalign's output with texts: source, target, quality."""
    cells = first.rstrip("\r\n").split("\t")
    return len(cells) == 3 and _RUNG.fullmatch(first) is None and _is_number(cells[2])


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def read_text(lines: Iterable[str], *, name: str, langs: Sequence[str], warnings: list[str]) -> Source:
    """hunalign's output with texts."""

    def units() -> Iterator[Unit]:
        for number, line in enumerate(lines, 1):
            cells = line.split("\t")
            if len(cells) != 3:
                raise FormatError(
                    f"3 columns were expected, there are {len(cells)}", where=f"{name}, line {number}"
                )
            sides = tuple(
                tuple(part.strip() for part in cell.split(_JOIN) if part.strip()) for cell in cells[:2]
            )
            if any(sides):
                yield Unit(number, sides, (None,), score=_number(cells[2]))

    return Source(Head(tuple(langs), tool="hunalign"), units(), warnings)
