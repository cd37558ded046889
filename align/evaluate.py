"""Strict and lax precision, recall and F1 of an alignment against a gold one, and calibration figures.

As in Sennrich & Volk (2010) and the scorer of vecalign (Thompson & Koehn 2019): null beads count neither in
precision nor in recall of the beads; the nulls have figures of their own. Strict: the bead is in the gold as
it stands. Lax: it shares a source and a target segment with some gold bead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

Ids = Sequence[int]
_Bead = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and their harmonic mean, each in [0, 1]."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """How one alignment agrees with another: beads strictly, beads laxly, nulls segment by segment."""

    strict: Measure
    lax: Measure
    null: Measure


def evaluate(gold: Iterable[tuple[Ids, Ids]], test: Iterable[tuple[Ids, Ids]]) -> Scores:
    """Scores of ``test`` against ``gold``: beads as (source ids, target ids); order does not matter."""
    gold_beads, test_beads = _normal(gold), _normal(test)
    gold_pairs, test_pairs = _pairs(gold_beads), _pairs(test_beads)
    gold_nulls, test_nulls = _nulls(gold_beads), _nulls(test_beads)
    return Scores(
        strict=_measure(gold_pairs, test_pairs, _found),
        lax=_measure(gold_pairs, test_pairs, _touched),
        null=_measure(gold_nulls, test_nulls, _found),
    )


def _normal(beads: Iterable[tuple[Ids, Ids]]) -> list[_Bead]:
    return [(tuple(sorted(source)), tuple(sorted(target))) for source, target in beads]


def _pairs(beads: Iterable[_Bead]) -> list[_Bead]:
    return [bead for bead in beads if bead[0] and bead[1]]


def _nulls(beads: Iterable[_Bead]) -> list[_Bead]:
    """Every segment of a null bead by itself: how a run of nulls is grouped does not count."""
    left: list[_Bead] = [((s,), ()) for source, target in beads if not target for s in source]
    right: list[_Bead] = [((), (t,)) for source, target in beads if not source for t in target]
    return left + right


def _measure(
    gold: list[_Bead], test: list[_Bead], share: Callable[[list[_Bead], list[_Bead]], float]
) -> Measure:
    return Measure(precision=share(test, gold), recall=share(gold, test))


def _found(beads: list[_Bead], others: Collection[_Bead]) -> float:
    """The share of ``beads`` that stand among ``others``; 0 of none."""
    known = set(others)
    return sum(bead in known for bead in beads) / len(beads) if beads else 0.0


def _touched(beads: list[_Bead], others: Iterable[_Bead]) -> float:
    """The share of ``beads`` with a source-target pair that some other bead has too; 0 of none."""
    near = {(s, t) for source, target in others for s in source for t in target}
    hits = sum(any((s, t) in near for s in source for t in target) for source, target in beads)
    return hits / len(beads) if beads else 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """How honest confidences are.

    ``error`` is the expected calibration error in [0, 1] over ten bins of equal width (Guo et al. 2017);
    ``wrong_in_least_certain`` the share of all wrong beads that the least certain tenth of the beads holds.
    """

    error: float
    wrong_in_least_certain: float
    beads: int
    wrong: int


def calibration(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> Calibration:
    """Calibration of confidences in [0, 1] against what was right; two sequences of the same length."""
    judged = sorted(zip(confidences, right, strict=True), key=lambda pair: pair[0])
    count, wrong = len(judged), sum(not hit for _, hit in judged)
    error = 0.0
    for k in range(bins):
        inside = [pair for pair in judged if min(int(pair[0] * bins), bins - 1) == k]
        if inside:
            said = sum(c for c, _ in inside) / len(inside)
            was = sum(hit for _, hit in inside) / len(inside)
            error += abs(said - was) * len(inside) / count
    tenth = judged[: -(-count // 10)]
    caught = sum(not hit for _, hit in tenth) / wrong if wrong else 1.0
    return Calibration(error, caught, count, wrong)
