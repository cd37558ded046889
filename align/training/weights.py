"""Learns the aligner's parameters from development data: ``python -m align.training.weights --data DIR``.

Three steps: the weights are learnt on ``FIT``, the calibration curve and the threshold of doubt on ``CALIBRATE``,
the threshold of kinship on pairs of documents that do and do not belong together. The hand-aligned document takes
part in the first two.
Every figure is a function of the data, the embedded model and the seed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.adapt import KINDS, Habits, null_rate, shape_counts, usual_shapes
from align.aligner import align_sides, make_lattice
from align.band import find_corridor
from align.embed import Embedder, load_embedder
from align.parameters import FILE, Parameters
from align.score import Side, Weights
from align.search import marginals
from align.sides import sides_of_texts
from align.training.cases import (
    Case,
    Damage,
    Freedom,
    damaged,
    freely_translated,
    hand_aligned,
    read_pairs,
    windows,
    with_paragraphs,
)
from align.training.field import example, fit

FIT = (
    "ru-en/wmt21_ruen_docid",
    "ru-en/wmt22_general_enru",
    "uk-en/wmt22_general_docid",
    "de-en/wmt22_general_deen",
    "zh-en/wmt22_general_zhen",
    "ja-en/wmt21_enja_docid",
    "cs-en/wmt24_encs_docid",
)
CALIBRATE = (
    "ru-en/wmt23_ruen_docid",
    "uk-en/wmt23_uken_docid",
    "de-en/wmt22_general_ende",
    "zh-en/wmt23_enzh",
    "ja-en/wmt21_jaen_docid",
    "es-en/wmt24_enes_docid",
)
WEAKEST = tuple(f"{lang}-en/tatoeba_laser_v1" for lang in ("ar", "fa", "he", "ko"))
"""The languages that the model knows least: their translations must not be taken for strangers."""
LINES = 700
"""How much of each file is used: none is to outweigh the others."""
HAND_IN_CURVE = 4
"""The hand-aligned document counts so often in the curve: it is real, but there is one only. In the weights it counts
once: with more, other texts and languages suffer, and so does whatever half of it was not learnt from."""
START = {
    "similarity × size": 4.0,
    "neighbours × size": -2.0,
    "length ²": -0.2,
    "null": -1.0,
    "gap open": -0.5,
}


def _report(line: str) -> None:
    sys.stderr.write(line + "\n")


def sides(case: Case, embedder: Embedder) -> tuple[Side, Side]:
    """Both sides of a case as the aligner sees them."""
    source, target = sides_of_texts(case.source, case.target, embedder)
    if case.breaks is None:
        return source, target
    left, right = (np.array(breaks, dtype=np.int8) for breaks in case.breaks)
    return replace(source, breaks=left), replace(target, breaks=right)


def cases_of(
    data: Path, names: Iterable[str], seed: int, lines: int = LINES, damage: Damage | None = None
) -> list[Case]:
    """Two damaged cases of the first ``lines`` of each development file: half bare, half with paragraphs."""
    found = []
    for k, name in enumerate(names):
        pairs = read_pairs(data / "dev" / f"{name}.tsv")[:lines]
        half = len(pairs) // 2
        found.append(damaged(name, pairs[:half], damage or Damage(), seed + k))
        found.append(with_paragraphs(damaged(name, pairs[half:], damage or Damage(), seed + k), seed + k))
    return found


def free_cases(data: Path, names: Iterable[str], seed: int, lines: int = LINES) -> list[Case]:
    """As ``cases_of``, but freely translated; what is bare there has paragraphs here."""
    found = []
    for k, name in enumerate(names):
        pairs = read_pairs(data / "dev" / f"{name}.tsv")[:lines]
        half = len(pairs) // 2
        found.append(freely_translated(name, pairs[half:], Freedom(), seed + k))
        found.append(with_paragraphs(freely_translated(name, pairs[:half], Freedom(), seed + k), seed + k))
    return found


def text_berg(data: Path, document: str = "dev") -> Case:
    """A hand-aligned German–French document."""
    folder = data / "gold" / "text_berg"
    return hand_aligned(
        f"text_berg/{document}",
        folder / f"{document}.de",
        folder / f"{document}.fr",
        folder / f"{document}.defr",
    )


def learn_weights(cases: Sequence[Case], embedder: Embedder, words: bool = True) -> dict[str, float]:
    """Weights from cases. ``words``: with what the words' vectors tell."""
    examples = []
    for piece in (piece for case in cases for piece in windows(case)):
        seen = sides(piece, embedder)
        if not words:
            seen = replace(seen[0], words=None), replace(seen[1], words=None)
        examples.append(example(piece, *seen))
    found = fit(examples, START, report=_report)
    return {name: round(value, 4) for name, value in found.items()}


def usual_habits(cases: Sequence[Case], weights: Weights, embedder: Embedder) -> Habits:
    """What the search sees in the cases: the share of nulls (their geometric mean), and the shapes of all beads."""
    rates = []
    counts = np.zeros(len(KINDS))
    for case in cases:
        seen = sides(case, embedder)
        corridor, scale, _ = find_corridor(*seen)
        found = marginals(make_lattice(*seen, corridor, scale, weights))
        rates.append(null_rate(found))
        counts += shape_counts(found)
    return Habits(round(float(np.exp(np.mean(np.log(rates)))), 4), usual_shapes(counts))


def judged(case: Case, embedder: Embedder, parameters: Parameters) -> tuple[list[float], list[bool]]:
    """Posterior of each bead found (nulls too), and whether the gold has it."""
    gold = set(case.gold)
    beads = align_sides(*sides(case, embedder), parameters).beads
    return [bead.score for bead in beads], [(bead.source, bead.target) in gold for bead in beads]


def calibrate(posteriors: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Platt's slope and intercept on the log-odds of the posteriors (logistic regression by Newton's method)."""
    p = np.clip(np.array(posteriors), 1e-6, 1 - 1e-6)
    x = np.stack([np.log(p / (1 - p)), np.ones(len(p))], axis=1)
    y = np.array(right, dtype=np.float64)
    line = np.array([1.0, 0.0])
    for _ in range(50):
        guess = 1 / (1 + np.exp(-x @ line))
        hessian = (x * (guess * (1 - guess))[:, None]).T @ x + 1e-3 * np.eye(2)
        line = line + np.linalg.solve(hessian, x.T @ (y - guess) - 1e-3 * (line - [1.0, 0.0]))
    return float(line[0]), float(line[1])


def threshold_of_doubt(
    confidences: NDArray[np.float64], right: NDArray[np.bool_], share: float = 0.8
) -> float:
    """The confidence below which ``share`` of the wrong beads lie."""
    wrong = confidences[~right]
    return round(float(np.quantile(wrong, share)), 2) if len(wrong) else 0.5


def threshold_of_kinship(embedder: Embedder, cases: Sequence[Case], parameters: Parameters) -> float:
    """Midway between the likest strangers and the least like translations, windows of 40 beads."""
    pieces = [piece for case in cases for piece in windows(case, 40)]
    pairs = [sides(piece, embedder) for piece in pieces]
    kin = [align_sides(s, t, parameters).similarity for s, t in pairs]
    far = len(pairs) // 2
    strangers = [
        align_sides(s, pairs[(k + far) % len(pairs)][1], parameters).similarity
        for k, (s, _) in enumerate(pairs)
    ]
    _report(f"similarity: kin {min(kin):.3f}…, strangers …{max(strangers):.3f}")
    return round((float(np.quantile(kin, 0.01)) + float(np.quantile(strangers, 0.99))) / 2, 3)


def learn(
    data: Path, seed: int, hand: bool = True, bare: bool = True
) -> tuple[Parameters, dict[str, object]]:
    """All parameters, and the record of how they were made.

    ``hand``: with the hand-aligned document. ``bare``: with weights for encoders without vectors of words.
    """
    embedder = load_embedder()
    cases = [*cases_of(data, FIT, seed), *free_cases(data, FIT, seed + 50)]
    cases += [text_berg(data)] if hand else []
    weights = learn_weights(cases, embedder)
    wordless = learn_weights(cases, embedder, words=False) if bare else {}
    raw = Parameters(weights, 1.0, 0.0, 0.5, 0.0, habits=usual_habits(cases, weights, embedder))
    held = cases_of(data, CALIBRATE, seed + 100)
    posteriors: list[float] = []
    right: list[bool] = []
    hand_aligned_times = [(text_berg(data), HAND_IN_CURVE)] if hand else []
    for case, times in [*((case, 1) for case in held), *hand_aligned_times]:
        some, hits = judged(case, embedder, raw)
        posteriors += some * times
        right += hits * times
    slope, intercept = calibrate(posteriors, right)
    curve = replace(raw, slope=round(slope, 4), intercept=round(intercept, 4))
    confidences = np.array([curve.confidence(p) for p in posteriors])
    doubt = threshold_of_doubt(confidences, np.array(right))
    weakest = cases_of(data, WEAKEST, seed + 200, lines=480)
    kinship = threshold_of_kinship(embedder, [*held, *weakest], curve)
    made: dict[str, object] = {
        "model": f"{embedder.name}@{embedder.revision}",
        "seed": seed,
        "fit": [*FIT, *(["text_berg/dev"] if hand else [])],
        "calibrate": list(CALIBRATE),
        "kinship": [*CALIBRATE, *WEAKEST],
    }
    return replace(curve, doubtful_below=doubt, unrelated_below=kinship, bare=wordless), made


def save(parameters: Parameters, made: dict[str, object], path: Path) -> None:
    """Writes the parameters as JSON, sorted, so that a new fit makes a readable difference."""
    content = {
        "made": made,
        "weights": dict(sorted(parameters.weights.items())),
        "bare": dict(sorted(parameters.bare.items())),
        "slope": parameters.slope,
        "intercept": parameters.intercept,
        "doubtful_below": parameters.doubtful_below,
        "unrelated_below": parameters.unrelated_below,
        "habits": _habits(parameters.habits),
    }
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _habits(habits: Habits | None) -> dict[str, object] | None:
    if habits is None:
        return None
    return {"null rate": habits.null_rate, "shapes": dict(zip(KINDS, habits.shapes, strict=True))}


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, help="folder with dev/ and gold/")
    parser.add_argument("--out", type=Path, default=FILE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--without-hand", action="store_true", help="leave the hand-aligned document out of the fit"
    )
    options = parser.parse_args(arguments)
    parameters, made = learn(options.data, options.seed, not options.without_hand)
    save(parameters, made, options.out)


if __name__ == "__main__":
    main()
