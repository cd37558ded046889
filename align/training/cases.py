"""Alignment cases with known beads, made of parallel text in document order.

Lines are joined, left out and shuffled about on one side, as translators and editors do; hand-aligned texts
are taken as they are. Long cases are cut into windows, so that the search over a whole case stays small.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from align.score import SHAPES

Ids = tuple[int, ...]
Gold = list[tuple[Ids, Ids]]
WINDOW = 90
_SHAPES = frozenset(SHAPES)


@dataclass(frozen=True, slots=True)
class Case:
    """Segments of either side and their beads, in order; nulls are beads of one segment.

    ``breaks``: for either side what stands before each segment and at the end, as in ``align.score.Side``; None
    where a case has no paragraphs.
    """

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    gold: tuple[tuple[Ids, Ids], ...]
    breaks: tuple[Ids, Ids] | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """How often (per line) lines are joined on one side, left out, left out in blocks of ``longest`` at most."""

    join: float = 0.2
    omit: float = 0.06
    block: float = 0.004
    longest: int = 25


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """The first two columns of a tab-separated file."""
    with path.open(encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return [(row[0], row[1]) for row in rows if len(row) > 1 and row[0].strip() and row[1].strip()]


def damaged(name: str, pairs: Sequence[tuple[str, str]], damage: Damage, seed: int) -> Case:
    """A case made of line-parallel text."""
    rng = random.Random(seed)
    sides: tuple[list[str], list[str]] = ([], [])
    gold: Gold = []

    def put(*texts_of_side: Sequence[str]) -> None:
        ids = []
        for side, texts in zip(sides, texts_of_side, strict=True):
            ids.append(tuple(range(len(side), len(side) + len(texts))))
            side.extend(texts)
        gold.append((ids[0], ids[1]))

    i = 0
    while i < len(pairs):
        chance = rng.random()
        keep_source = rng.random() < 0.5
        if chance < damage.join:
            lines = pairs[i : i + rng.choices((2, 3, 4), (0.78, 0.18, 0.04))[0]]
            source, target = [s for s, _ in lines], [t for _, t in lines]
            put([" ".join(source)], target) if keep_source else put(source, [" ".join(target)])
            i += len(lines)
            continue
        omitted = 0
        if chance < damage.join + damage.omit:
            omitted = 1
        elif chance < damage.join + damage.omit + damage.block:
            omitted = rng.randint(5, damage.longest)
        for source_line, target_line in pairs[i : i + omitted]:
            put([source_line], []) if keep_source else put([], [target_line])
        if not omitted:
            put([pairs[i][0]], [pairs[i][1]])
        i += max(omitted, 1)
    return Case(name, tuple(sides[0]), tuple(sides[1]), tuple(gold))


@dataclass(frozen=True, slots=True)
class Freedom:
    """How often (per line) a free translation joins lines, cuts one, moves a clause over the end of a sentence, keeps
    of two sentences one and a half, leaves one out, or leaves out a block."""

    join: float = 0.12
    cut: float = 0.14
    shift: float = 0.07
    condense: float = 0.05
    omit: float = 0.01
    block: float = 0.002
    longest: int = 25


_CLAUSE = re.compile(r"[;:,–—]\s+|[，；：、]")


def freely_translated(name: str, pairs: Sequence[tuple[str, str]], freedom: Freedom, seed: int) -> Case:
    """A case made of line-parallel text as translators of books treat it: sentences are cut and clauses move."""
    rng = random.Random(seed)
    sides: tuple[list[str], list[str]] = ([], [])
    gold: Gold = []
    kinds = ("join", "cut", "shift", "condense", "omit", "block")
    chances = [getattr(freedom, kind) for kind in kinds]
    i = 0
    while i < len(pairs):
        (kind,) = rng.choices((*kinds, "keep"), (*chances, 1 - sum(chances)))
        free = rng.randrange(2)  # the side that is treated freely
        count = rng.choices((2, 3, 4), (0.8, 0.16, 0.04))[0] if kind == "join" else 2
        lines = pairs[i : i + count]
        strict, loose = [line[1 - free] for line in lines], [line[free] for line in lines]
        taken, own, other = _treated(kind, strict, loose, rng)
        if kind in ("omit", "block"):
            taken = 1 if kind == "omit" else rng.randint(5, freedom.longest)
            for line in pairs[i : i + taken]:
                _put(sides, gold, free, [line[free]], [])
        else:
            _put(sides, gold, free, own, other)
        i += taken
    return Case(name, tuple(sides[0]), tuple(sides[1]), tuple(gold))


def _put(
    sides: tuple[list[str], list[str]], gold: Gold, free: int, own: Sequence[str], other: Sequence[str]
) -> None:
    """Adds a bead: texts of the side treated freely, and of the other."""
    ids: list[Ids] = [(), ()]
    for side, texts in ((free, own), (1 - free, other)):
        ids[side] = tuple(range(len(sides[side]), len(sides[side]) + len(texts)))
        sides[side].extend(texts)
    gold.append((ids[0], ids[1]))


def _treated(
    kind: str, strict: Sequence[str], loose: Sequence[str], rng: random.Random
) -> tuple[int, list[str], list[str]]:
    """How many lines it takes, what the free side makes of them, the other side; a line as it is where it cannot."""
    if kind == "join":
        return len(loose), [" ".join(loose)], list(strict)
    if kind == "cut" and (parts := _clauses(loose[0], rng)):
        more = _clauses(parts[1], rng) if rng.random() < 0.15 else None
        return 1, [parts[0], *(more or parts[1:])], [strict[0]]
    if kind == "shift" and len(loose) > 1:
        later = rng.random() < 0.5
        if parts := _clauses(loose[later], rng):
            first = [f"{loose[0]} {parts[0]}", parts[1]] if later else [parts[0], f"{parts[1]} {loose[1]}"]
            return 2, first, list(strict)
    if kind == "condense" and len(loose) > 1 and (parts := _clauses(loose[1], rng)):
        return 2, [f"{loose[0]} {rng.choice(parts)}"], list(strict)
    return 1, [loose[0]], [strict[0]]


def _clauses(text: str, rng: random.Random) -> tuple[str, str] | None:
    """The text in two, cut behind a mark in its middle half."""
    ends = [mark.end() for mark in _CLAUSE.finditer(text)]
    middle = [end for end in ends if len(text) <= 4 * end <= 3 * len(text)]
    if not middle:
        return None
    at = rng.choice(middle)
    return text[:at].strip(), text[at:].strip()


def with_paragraphs(
    case: Case, seed: int, paragraph: float = 0.3, turn: float = 0.15, kept: float = 0.93
) -> Case:
    """The case with paragraphs and speaker turns put between its beads.

    Each break is kept on either side with the chance ``kept``, and now and then one falls inside a bead: editors
    and translators move them, which is why they may only advise.
    """
    rng = random.Random(seed)
    marks = [[0] * (len(side) + 1) for side in (case.source, case.target)]
    for bead in case.gold:
        drawn = rng.random()
        strength = 2 if drawn < turn else 1 if drawn < turn + paragraph else 0
        for side in (0, 1):
            if bead[side] and rng.random() < kept:
                marks[side][bead[side][0]] = strength
            for inner in bead[side][1:]:
                if rng.random() < 0.02:
                    marks[side][inner] = 1
    for side in (0, 1):
        marks[side][0] = marks[side][-1] = 2
    return replace(case, name=f"{case.name} with paragraphs", breaks=(tuple(marks[0]), tuple(marks[1])))


def hand_aligned(name: str, source: Path, target: Path, gold: Path) -> Case:
    """A case of two files of a segment a line and one of ``[source ids]:[target ids]`` lines."""
    beads = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        if line.strip():
            left, right = (tuple(ast.literal_eval(field)) for field in line.split(":")[:2])
            beads.append((left, right))
    lines = [tuple(path.read_text(encoding="utf-8").splitlines()) for path in (source, target)]
    return Case(name, lines[0], lines[1], tuple(beads))


def windows(case: Case, size: int = WINDOW) -> list[Case]:
    """The case in pieces of ``size`` beads. Cut too where the gold leaves segments out or a shape is not ours."""
    pieces: list[Gold] = [[]]
    for bead in case.gold:
        if not _fits(bead):
            pieces.append([])
            continue
        if len(pieces[-1]) >= size or not _follows(pieces[-1], bead):
            pieces.append([])
        pieces[-1].append(bead)
    return [_piece(case, piece) for piece in pieces if _both_sides(piece)]


def _fits(bead: tuple[Ids, Ids]) -> bool:
    consecutive = all(list(ids) == list(range(ids[0], ids[0] + len(ids))) for ids in bead if ids)
    return consecutive and (not bead[0] or not bead[1] or (len(bead[0]), len(bead[1])) in _SHAPES)


def _follows(piece: Gold, bead: tuple[Ids, Ids]) -> bool:
    for side in (0, 1):
        before = [i for other in piece for i in other[side]]
        if before and bead[side] and bead[side][0] != before[-1] + 1:
            return False
    return True


def _both_sides(piece: Iterable[tuple[Ids, Ids]]) -> bool:
    return sum(bool(s and t) for s, t in piece) >= 4


def _piece(case: Case, piece: Gold) -> Case:
    first = [next(bead[side][0] for bead in piece if bead[side]) for side in (0, 1)]
    stop = [max(bead[side][-1] for bead in piece if bead[side]) + 1 for side in (0, 1)]
    gold = tuple((tuple(i - first[0] for i in s), tuple(i - first[1] for i in t)) for s, t in piece)
    breaks = None
    if case.breaks:
        ours = [(2, *case.breaks[side][first[side] + 1 : stop[side]], 2) for side in (0, 1)]
        breaks = ours[0], ours[1]
    return Case(case.name, case.source[first[0] : stop[0]], case.target[first[1] : stop[1]], gold, breaks)
