"""Compares the figures of both sides of every bead: what answers for what, and what is left over. Pure.

A figure is answered by one of the same worth on the other side, however it is written, by its own value in another
unit (100 km, 62 miles), or by one rounded; a neighbouring bead may answer too where translators moved it there.
What is left on both sides makes a difference. What is left on one side alone does not: translators drop "in 2022"
for "that year" and add what a reader abroad has to know.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from glossary.checks.base import Draft, Place, Unchecked
from glossary.checks.figures.figure import DATES, DIGITS, NAMED, WORDS, Figure, Kind, Money, Reading
from glossary.checks.figures.grammar import SCALED
from glossary.checks.figures.numbers import read
from glossary.checks.figures.units import WORTH, converts, dimension
from glossary.checks.views import PairView, Side

_NEAR = 1  # beads to either side that may answer
_DIGITS_KEPT = 9
_NEARLY_SURE = 0.5  # confidence of a bead whose neighbours speak for it


class Difference(NamedTuple):
    """A figure of the translation that differs from one of the original; ``kind`` says which rule's it is."""

    kind: Kind
    source: Figure
    target: Figure


class Left(NamedTuple):
    """Figures of one bead that nothing on the other side answers for."""

    source: tuple[Figure, ...]
    target: tuple[Figure, ...]


class Compared:
    """The figures of a pair, read once and compared once for all rules. Lists go by position of the bead."""

    def __init__(self, pair: PairView) -> None:
        self.readings: dict[Side, list[Reading]] = {
            "source": _read_beads(pair, "source"),
            "target": _read_beads(pair, "target"),
        }
        if not {pair.source.lang, pair.target.lang} <= SCALED:
            self.readings = {side: [_unscaled(one) for one in found] for side, found in self.readings.items()}
        self.left = [
            Left(
                tuple(_unanswered(a.figures, b.figures, translated=False)),
                tuple(_unanswered(b.figures, a.figures, translated=True)),
            )
            for a, b in zip(self.readings["source"], self.readings["target"], strict=True)
        ]
        self.differences = [
            tuple(self._differ(n)) if trusted(pair, n) else () for n in range(len(pair.beads))
        ]

    def _differ(self, n: int) -> Iterator[Difference]:
        own = self.left[n]
        if not own.source and not own.target:
            return
        near = [m for m in range(n - _NEAR, n + _NEAR + 1) if m != n and 0 <= m < len(self.left)]
        source = [f for f in own.source if not any(_answered(f, self.left[m].target) for m in near)]
        target = [f for f in own.target if not any(_answered(f, self.left[m].source) for m in near)]
        if target and not source:
            source = _more_often(self.readings["source"][n].figures, self.readings["target"][n].figures)
        elif source and not target:
            target = _more_often(self.readings["target"][n].figures, self.readings["source"][n].figures)
        pairings = (
            (_alike, _of_one_sort, _both_digits) if own.source and own.target else (_alike, _of_one_sort)
        )
        for same in pairings:
            for figure in list(target):
                partner = next((f for f in source if same(f, figure)), None)
                if partner is not None:
                    source.remove(partner)
                    target.remove(figure)
                    yield Difference(_kind(partner, figure), partner, figure)


def trusted(pair: PairView, n: int) -> bool:
    """Whether a bead is sure, or nearly so, one sentence each, and between two that are."""
    if pair.is_sure(n):
        return True
    held = pair.beads[n]
    if len(held.source) != 1 or len(held.target) != 1 or held.confidence < _NEARLY_SURE:
        return False
    return all(pair.is_sure(m) for m in (n - 1, n + 1) if 0 <= m < len(pair.beads))


_COMPARED: WeakKeyDictionary[PairView, Compared] = WeakKeyDictionary()


def compared(pair: PairView) -> Compared:
    """The figures of a pair, compared; kept while the view lives."""
    found = _COMPARED.get(pair)
    if found is None:
        found = _COMPARED[pair] = Compared(pair)
    return found


def drafts(pair: PairView, kinds: Container[str], noun: str) -> Iterator[Draft]:
    """A draft for every difference of these kinds, at the figure of the translation."""
    for bead in compared(pair).differences:
        for kind, source, target in bead:
            if kind in kinds:
                here, there = shown(pair, "target", target), shown(pair, "source", source)
                yield Draft(
                    place(pair, "target", target),
                    f"{here} here, {there} in the original.",
                    (place(pair, "source", source, "original"),),
                    f"Compare the {noun} with the original.",
                    identity=(here, there),
                )


def shown(pair: PairView, side: Side, figure: Figure) -> str:
    """A figure in quotation marks, with its value where it is written in words."""
    spelt = pair.view(side).text[figure.start : figure.end]
    value = f" ({figure.readings[0]:g})" if figure.claim == WORDS and figure.kind not in NAMED else ""
    return f"“{spelt}”{value}"


def unknown(pair: PairView, known: Container[str], what: str) -> Iterator[Unchecked]:
    """What could not be compared because a language has no table; one for each of the two texts at most."""
    for view in (pair.source, pair.target):
        if view.lang not in known:
            yield Unchecked(f"{what} in this language ({view.lang}) are not known", view.name)


def place(pair: PairView, side: Side, found: Figure | Money, label: str = "") -> Place:
    """Where a figure or currency stands."""
    return Place(pair.view(side).name, found.start, found.end, label)


def _read_beads(pair: PairView, side: Side) -> list[Reading]:
    view = pair.view(side)
    readings: list[Reading] = []
    for n in range(len(pair.beads)):
        figures: list[Figure] = []
        money: list[Money] = []
        for segment in pair.segments(side, n):
            own = view.document.segments[segment]
            found = read(view.text, view.lang, own.start, own.end)
            figures += found.figures
            money += found.money
        readings.append(Reading(tuple(figures), tuple(money)))
    return readings


def _unscaled(reading: Reading) -> Reading:
    """The reading with what stands before "million" as a value too: the other language may have no such word here."""
    return reading._replace(
        figures=tuple(
            f if f.scale == 1 else f._replace(readings=(*f.readings, *(v / f.scale for v in f.readings)))
            for f in reading.figures
        )
    )


def _unanswered(own: Sequence[Figure], others: Sequence[Figure], *, translated: bool) -> Iterator[Figure]:
    if not any(figure.claim for figure in own):
        return
    pool = {_key(v, f.kind) for f in others for v in f.readings}
    for figure in own:
        if not figure.claim or any(_key(v, figure.kind) in pool for v in figure.readings):
            continue
        if not _near_enough(figure, others, translated):
            yield figure


def _answered(figure: Figure, others: Iterable[Figure]) -> bool:
    own = {_key(v, figure.kind) for v in figure.readings}
    return any(_key(v, f.kind) in own for f in others for v in f.readings)


def _more_often(own: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    """The last of figures that one side has twice or more, and more often than the other; in digits, or named."""
    found: list[Figure] = []
    for n, figure in enumerate(own):
        if figure.claim != DIGITS and figure.kind not in NAMED:
            continue
        key = {_key(v, figure.kind) for v in figure.readings}
        here = sum(1 for f in own if f.claim and not key.isdisjoint(_key(v, f.kind) for v in f.readings))
        there = sum(1 for f in others if not key.isdisjoint(_key(v, f.kind) for v in f.readings))
        later = any(not key.isdisjoint(_key(v, f.kind) for v in f.readings) for f in own[n + 1 :] if f.claim)
        if here >= 2 and 0 < there < here and not later:
            found.append(figure)
    return found


def _key(value: float, kind: Kind) -> tuple[str, float]:
    return kind if kind in NAMED else "", float(f"{value:.{_DIGITS_KEPT}g}")


def _near_enough(figure: Figure, others: Sequence[Figure], translated: bool) -> bool:
    """Whether another figure is this one in another unit, or the translation's is the original's, rounded."""
    if figure.kind in NAMED:
        return False
    others = [f for f in others if f.claim or not _is_part(f, others)]
    return any(
        (_may_round(figure, other, a, b) and (_rounded(b, a) if translated else _rounded(a, b)))
        or _converted(figure, a, other, b)
        for other in others
        if other.kind not in NAMED
        for a in figure.readings
        for b in other.readings
        if a > 0 and b > 0
    )


def _is_part(figure: Figure, others: Iterable[Figure]) -> bool:
    """Whether it is the 53 of 53.6: that answers for a figure spelt so, and is nothing that 53.3 is rounded to."""
    return any(f.claim and f.start <= figure.start and figure.end <= f.end for f in others)


def _may_round(figure: Figure, other: Figure, a: float, b: float) -> bool:
    """Only what has decimals or is told in thousands and millions is rounded: 100 are not 101."""
    if figure.kind in DATES or other.kind in DATES:
        return False
    return max(figure.scale, other.scale) > 1 or a != int(a) or b != int(b)


def _rounded(exact: float, short: float) -> bool:
    """Whether ``short`` is ``exact`` with fewer digits, of which two are left at least: 1,234,567, 1.23 million."""
    if abs(exact - short) > 0.04 * max(exact, short) or max(exact, short) < 10:
        return False
    kept, full = _digits(short), _digits(exact)
    return kept < full and float(f"{exact:.{max(2, kept)}g}") == short


def _digits(value: float) -> int:
    """How many digits of a number are more than zeros at its ends."""
    return len(f"{value:.9g}".replace(".", "").split("e")[0].strip("0"))


def _converted(figure: Figure, a: float, other: Figure, b: float) -> bool:
    return any(
        converts(a, unit, b, to)
        for unit in figure.units
        for to in other.units
        if unit in WORTH and to in WORTH
    )


def _sort(figure: Figure) -> str:
    if figure.kind in ("day", "year", "decade", "century"):
        return "date"
    return figure.kind


def _alike(a: Figure, b: Figure) -> bool:
    """Same kind, and units that measure the same or none."""
    return a.kind == b.kind and {dimension(u) for u in a.units} == {dimension(u) for u in b.units}


def _of_one_sort(a: Figure, b: Figure) -> bool:
    return _sort(a) == _sort(b)


def _both_digits(a: Figure, b: Figure) -> bool:
    return a.claim == b.claim == DIGITS and not {a.kind, b.kind} & NAMED


def _kind(source: Figure, target: Figure) -> Kind:
    if source.kind in DATES or source.kind == "percent":
        return source.kind
    return target.kind if target.kind == "percent" else source.kind
