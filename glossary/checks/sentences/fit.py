"""How well the two sides of a bead fit: lengths by the document's own ratio, and what a part of a side does alone.

The figures of the two judgements are logistic regressions on professional translations (ru, uk, de, cs, zh with
en, both ways) in which halves and whole sentences had been taken out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from align.model import Bead
from glossary.checks.views import PairView, Side, TextView

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

WIDE = 2.8
"""A Chinese or Japanese character says about as much as so many letters."""
LONG = 40
"""Units of this length (in letters) and more say what the ratio of the two texts is."""
EVEN = 1.2
"""Standard deviations up to which both sides of a bead are about as long as each other."""
PRIOR = 4
"""So many beads of ratio 1 are added to a text's own, so that a short one has a sensible ratio too."""

Ids = tuple[int, ...]
_NUMBER = re.compile(r"\d+")
_WIDE = re.compile(r"[\u2e80-\uffff]")


class Unit(NamedTuple):
    """Segments that translate each other: a bead, or a part of one that can be told apart. Neither side is empty."""

    bead: int
    source: Ids
    target: Ids


class Extra(NamedTuple):
    """A part of a side without counterpart: ``text[start:end]``; ``score`` (log odds) says how surely."""

    start: int
    end: int
    score: float


def size(text: str) -> float:
    """A text's length in letters, spaces left out; a wide character counts as ``WIDE``."""
    signs = sum(map(len, text.split()))
    return signs if text.isascii() else signs + (WIDE - 1) * len(_WIDE.findall(text))


@dataclass(frozen=True)
class Fit:
    """One pair's lengths: ``ratio`` target letters to a source letter, ``spread`` of their residuals."""

    pair: PairView
    units: tuple[Unit, ...]
    ratio: float
    spread: float

    def excess(self, side: Side, own: float, other: float) -> float:
        """By how many standard deviations ``side`` is too long, from its length and the other side's.

        The residual of a length grows with the root of the lengths (Gale and Church 1993).
        """
        mine, their = (own, other * self.ratio) if side == "target" else (own * self.ratio, other)
        return (mine - their) / math.sqrt(max(1.0, mine + their)) / self.spread

    def text(self, side: Side, ids: Sequence[int]) -> str:
        """The segments of one side, joined by a space, without legal marks: those are other rules' business."""
        return _joined(self.pair, side, ids)

    def excess_of(self, side: Side, unit: Unit) -> float:
        """``excess`` of one side of a unit."""
        sizes = size(self.text("source", unit.source)), size(self.text("target", unit.target))
        return self.excess(side, *(sizes if side == "source" else sizes[::-1]))


@lru_cache(maxsize=1)
def fit_of(pair: PairView) -> Fit:
    """The lengths of a pair, measured once for all rules."""
    whole = [Unit(n, b.source, b.target) for n, b in enumerate(pair.beads) if b.source and b.target]
    lengths = [
        (size(_joined(pair, "source", unit.source)), size(_joined(pair, "target", unit.target)))
        for unit in whole
    ]
    ratio = _ratio(lengths)
    residuals = [abs(t - ratio * s) / math.sqrt(max(1.0, t + ratio * s)) for s, t in lengths]
    spread = max(0.8, 1.4826 * median(residuals)) if len(residuals) >= 8 else 1.0
    rough = Fit(pair, (), ratio, spread)
    units = _rescued(rough, whole) if pair.embedder is not None else whole
    if pair.embedder is not None:
        units = sorted([*units, *_facing(rough, units)], key=lambda unit: unit.source)
    return Fit(pair, tuple(_apart(rough, units)), ratio, spread)


def _joined(pair: PairView, side: Side, ids: Sequence[int]) -> str:
    view = pair.view(side)
    return " ".join(_unmarked(view, number) for number in ids)


def _unmarked(view: TextView, number: int) -> str:
    """A sentence without the legal marks in it."""
    held = view.document.segments[number]
    text, at = "", held.start
    for start, end in _marks(view):
        if at <= start and end <= held.end:
            text += view.text[at:start]
            at = end
    return text + view.text[at : held.end]


@lru_cache(maxsize=2)
def _marks(view: TextView) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(view.mark_spans))


def _ratio(lengths: Sequence[tuple[float, float]]) -> float:
    """exp of the median logarithm of target by source; the long beads', where there are some."""
    own = [math.log(t / s) for s, t in lengths if s >= LONG and t > 0]
    if len(own) < PRIOR:
        own = [math.log(t / s) for s, t in lengths if s > 0 and t > 0]
    if not own:
        return 1.0
    weight = len(own) / (len(own) + PRIOR) if len(own) < 4 * PRIOR else 1.0
    return math.exp(weight * median(own))


def _rescued(fit: Fit, units: Sequence[Unit]) -> list[Unit]:
    """The units, and nulls paired with the segment of a neighbouring bead that says what they say.

    Where half a sentence is missing the aligner likes to fill the gap with the sentence before or behind.
    """
    found = list(units)
    for side in ("source", "target"):
        for number in sorted(
            n
            for b in fit.pair.beads
            if not (b.source and b.target)
            for n in (b.source if side == "source" else b.target)
        ):
            for k, unit in enumerate(found):
                own, across = (unit.source, unit.target) if side == "source" else (unit.target, unit.source)
                if len(across) < 2 or number not in (own[0] - 1, own[-1] + 1):
                    continue
                edge = across[0] if number < own[0] else across[-1]
                rest = tuple(n for n in across if n != edge)
                far: Side = "target" if side == "source" else "source"
                near: Side = "source" if side == "source" else "target"
                texts = [fit.text(near, (number,)), fit.text(far, (edge,)), fit.text(near, own)]
                vectors = encode(fit.pair, texts)
                like = cosine(vectors[0], vectors[1])
                if like < 0.35 or like < cosine(vectors[2], vectors[1]) + 0.1:
                    continue
                one, two = ((number,), (edge,)), (own, rest)
                pairs = [one, two] if number < own[0] else [two, one]
                found[k : k + 1] = [
                    Unit(unit.bead, a, b) if side == "source" else Unit(unit.bead, b, a) for a, b in pairs
                ]
                break
    return found


_FACING = 0.2
"""Likeness from which nulls of both texts in one place are a pair of which the aligner thought too little."""


def _facing(fit: Fit, units: Sequence[Unit]) -> Iterator[Unit]:
    """Nulls of both texts that stand in one place, as many on either side, and are like each other one by one.

    A sentence that is cut in half costs the aligner more than two nulls do.
    """
    taken = {side: {n for unit in units for n in _ids(unit, side)} for side in _SIDES}
    run: list[int] = []
    beads = fit.pair.beads
    for number in range(len(beads) + 1):
        if number < len(beads) and not (beads[number].source and beads[number].target):
            run.append(number)
            continue
        ours, theirs = (
            [n for k in run for n in _ids(beads[k], side) if n not in taken[side]] for side in _SIDES
        )
        if run and len(ours) == len(theirs):
            vectors = encode(fit.pair, [fit.text("source", (n,)) for n in ours])
            others = encode(fit.pair, [fit.text("target", (n,)) for n in theirs])
            for one, other, a, b in zip(ours, theirs, vectors, others, strict=True):
                if cosine(a, b) >= _FACING:
                    yield Unit(run[0], (one,), (other,))
        run = []


_SIDES: tuple[Side, Side] = ("source", "target")


def _ids(held: Unit | Bead, side: Side) -> Ids:
    """The segments on one side."""
    return held.source if side == "source" else held.target


def _apart(fit: Fit, units: Sequence[Unit]) -> Iterator[Unit]:
    """The units, those with as many segments on either side sentence by sentence where these fit each other.

    Where one pair is too long on one side and another on the other, the translator moved words between them: then
    the whole is about as long as it should be.
    """
    pair = fit.pair
    for unit in units:
        count = len(unit.source)
        if count < 2 or count != len(unit.target) or pair.embedder is None:
            yield unit
            continue
        vectors = encode(pair, [_joined(pair, "source", (n,)) for n in unit.source])
        others = encode(pair, [_joined(pair, "target", (n,)) for n in unit.target])
        pairs = [
            Unit(unit.bead, (own,), (other,)) for own, other in zip(unit.source, unit.target, strict=True)
        ]
        longer = [fit.excess_of("source", one) for one in pairs]
        even = abs(fit.excess_of("source", unit)) < EVEN
        crossed = even and max(longer) > 1 and min(longer) < -1
        if not crossed and all(cosine(vectors[k], others[k]) >= 0.2 for k in range(count)):
            yield from pairs
        else:
            yield unit


def encode(pair: PairView, texts: Sequence[str]) -> Vectors:
    """Vectors of texts by the pair's model, which must be there; float32 (texts, dimension)."""
    assert pair.embedder is not None
    return pair.embedder.encode(texts).vectors


def cosine(one: Vectors, other: Vectors) -> float:
    """The cosine of two vectors, 0 where one is zero."""
    import numpy as np

    norm = float(np.linalg.norm(one)) * float(np.linalg.norm(other))
    return float(one @ other) / norm if norm else 0.0


def other_side(side: Side) -> Side:
    """The side across."""
    return "target" if side == "source" else "source"


# A whole segment without counterpart in a bead


def strangers(fit: Fit, unit: Unit, side: Side, *, always: bool = False) -> list[tuple[int, float]]:
    """Segments of one side of a bead with the odds that the other side says nothing of them, the surest first.

    Nothing where the side is not too long, unless ``always``. The scores are log odds: from the gain in likeness
    when the segment is left out, its own likeness to the other side, and how the lengths fit with and without it.
    """
    own = unit.source if side == "source" else unit.target
    across = unit.target if side == "source" else unit.source
    if len(own) < 2 or fit.pair.embedder is None:
        return []
    texts = [fit.text(side, (number,)) for number in own]
    other = fit.text(other_side(side), across)
    lengths, length = [size(text) for text in texts], size(other)
    before = fit.excess(side, sum(lengths), length)
    if before < 0 and not always:
        return []
    rests = [" ".join(text for n, text in enumerate(texts) if n != k) for k in range(len(own))]
    vectors = encode(fit.pair, [other, " ".join(texts), *texts, *rests])
    whole = cosine(vectors[0], vectors[1])
    found = []
    for k, number in enumerate(own):
        alone = cosine(vectors[0], vectors[2 + k])
        gain = cosine(vectors[0], vectors[2 + len(own) + k]) - whole
        after = abs(fit.excess(side, sum(lengths) - lengths[k], length))
        found.append((number, stranger_score(gain, alone, before, after)))
    return sorted(found, key=lambda row: -row[1])


def stranger_score(gain: float, alone: float, before: float, after: float) -> float:
    """Log odds that a segment has no counterpart (see ``strangers``)."""
    return 0.05 + 43.5 * gain - 2.0 * alone + 1.32 * max(-3.0, min(6.0, before)) - 0.86 * min(6.0, after)


# A part of a sentence without counterpart


def missing_part(fit: Fit, unit: Unit, side: Side) -> Extra | None:
    """The beginning or end of ``side`` that the other side says nothing of, where its lengths do not fit."""
    own = unit.source if side == "source" else unit.target
    across = unit.target if side == "source" else unit.source
    view = fit.pair.view(side)
    segments = view.document.segments
    start, end = segments[own[0]].start, segments[own[-1]].end
    text, other = view.text[start:end], fit.text(other_side(side), across)
    long, length = size(fit.text(side, own)), size(other)
    before = fit.excess(side, long, length)
    if before < 1.5:
        return None
    if fit.pair.embedder is None:
        return Extra(start, end, before) if before > 4 else None
    cuts = _cuts(text)
    if not cuts:
        return None
    parts = [text[:at] for at in cuts] + [text[at:] for at in cuts]
    whole, likes = _likes(fit.pair, other, text, cuts)
    numbers = set(_NUMBER.findall(other))
    best: tuple[float, Extra] | None = None
    for k, part in enumerate(parts):
        kept = likes[k]
        after = abs(fit.excess(side, size(part), length))
        rank = kept - whole - 0.02 * after
        if best is not None and rank <= best[0]:
            continue
        cut = start + cuts[k % len(cuts)]
        span = (cut, end) if k < len(cuts) else (start, cut)
        gone = [number for number in _NUMBER.findall(view.text[slice(*span)]) if number not in numbers]
        lost = 1 - size(part) / long
        score = part_score(kept - whole, kept, before, after, lost, len(gone), long, length)
        best = rank, Extra(*span, score)
    return best[1] if best else None


def _likes(pair: PairView, other: str, text: str, cuts: Sequence[int]) -> tuple[float, list[float]]:
    """The likeness of a text to the other one, and that of its beginnings and its ends up to and from each cut.

    Where vectors are sums over tokens, the pieces between the cuts are encoded once and added up.
    """
    import numpy as np

    assert pair.embedder is not None
    if pair.embedder.additive:
        pieces = [text[a:b] for a, b in zip((0, *cuts), (*cuts, len(text)), strict=True)]
        vectors = encode(pair, [other, *pieces])
        sums = np.cumsum(vectors[1:], axis=0)
        parts = [*sums[:-1], *(sums[-1] - sums[:-1])]
        return cosine(vectors[0], sums[-1]), [cosine(vectors[0], part) for part in parts]
    vectors = encode(pair, [other, text, *(text[:at] for at in cuts), *(text[at:] for at in cuts)])
    return cosine(vectors[0], vectors[1]), [cosine(vectors[0], part) for part in vectors[2:]]


def part_score(
    gain: float,
    kept: float,
    before: float,
    after: float,
    lost: float,
    numbers: int,
    long: float,
    length: float,
) -> float:
    """Log odds that a part of a sentence has no counterpart.

    From the gain in likeness when it is left out and the likeness then, how the lengths fit with and without it, its
    share of the sentence, the numbers in it that the other side has not, and both lengths in letters.
    """
    fitting = 1.69 * min(7.0, before) - 0.86 * min(6.0, after) + 5.0 * lost
    sizes = 4.2 * math.log(long) - 5.35 * math.log(max(1.0, length))
    return 22.0 * gain - 3.0 * kept + fitting + 1.44 * min(2, numbers) + sizes - 1.6


def _cuts(text: str) -> list[int]:
    """At most ten places between words where a text may be parted, from a fifth to four fifths of it."""
    spaced = text.count(" ") > len(text) / 15
    places = [n for n, sign in enumerate(text) if not spaced or sign == " "]
    inner = [n for n in places if 0.2 * len(text) < n < 0.8 * len(text)]
    if len(inner) > 10:
        inner = [inner[round(k * (len(inner) - 1) / 9)] for k in range(10)]
    return inner
