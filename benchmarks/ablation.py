"""What each part of the aligner's score brings: the weights are learnt again without it, and measured.

    python -m benchmarks.ablation [--shared DIR]

News: development files that no weights were fitted on, damaged with the shared case maker. Text+Berg dev: either half
of the document (windows in turn) with weights that have seen the other half only. The interview: raw files, as users
have them. Strict F1.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from align import __version__
from align.aligner import align_documents, align_sides
from align.embed import Embedder, load_embedder
from align.evaluate import evaluate
from align.parameters import Parameters
from align.pipeline import inputs, read_document
from align.training.cases import Case, windows
from align.training.field import Example, example, feature_names, fit
from align.training.weights import FIT, START, cases_of, free_cases, sides, text_berg
from benchmarks.alignment import damaged_by, seeds_gold
from benchmarks.calibration import HELD

ROOT = Path(__file__).parents[1]
PARTS: dict[str, tuple[str, ...]] = {
    "words": ("covered", "left over", "beside", "worse covered × size"),
    "similarity of spans": ("similarity", "weakest", "neighbours", "hub"),
    "weakest segment": ("weakest",),
    "neighbours, hub": ("neighbours", "hub"),
    "letters in common": ("lexical",),
    "ends, questions, calls": ("ends", "questions", "calls", "null odd"),
    "length": ("length",),
    "paragraphs, turns": ("breaks", "paragraphs", "turns"),
}
STEPS = 40
"""Of the optimiser, from the weights with all parts on."""
Pieces = list[tuple[Case, Example]]
Pair = tuple[Sequence[int], Sequence[int]]


def pieces(cases: Sequence[Case], embedder: Embedder, size: int) -> Pieces:
    """Windows of the cases with their features."""
    return [
        (piece, example(piece, *sides(piece, embedder))) for case in cases for piece in windows(case, size)
    ]


def belongs(name: str, part: Sequence[str]) -> bool:
    """Whether a feature is of a part, by the beginning of its name."""
    return any(name.startswith(beginning) for beginning in part)


def figures(
    embedder: Embedder, news: Sequence[Case], halves: Sequence[tuple[Pieces, Mapping[str, float]]]
) -> tuple[float, float, float]:
    """Strict F1 on the news (mean of the files), on the halves with the weights of the others, on the interview."""
    weights = halves[0][1]
    found = [evaluate(case.gold, beads(case, embedder, weights)).strict.f1 for case in news]
    gold: list[Pair] = []
    test: list[Pair] = []
    for half, learnt in halves:
        for case, _ in half:
            shift = 1_000_000 * len(gold)
            for some, pool in ((case.gold, gold), (beads(case, embedder, learnt), test)):
                pool.extend(([i + shift for i in s], [j + shift for j in t]) for s, t in some)
    files = inputs([str(ROOT / "seeds" / f"interview.{lang}.txt") for lang in ("ru", "en")],
                   langs=(None, None), encodings=(None, None))  # fmt: skip
    source, target = map(read_document, files)
    result = align_documents(source, target, embedder, parameters=parameters(weights))
    interview = evaluate(seeds_gold("interview.gold.json"), [(b.source, b.target) for b in result.beads])
    return sum(found) / len(found), evaluate(gold, test).strict.f1, interview.strict.f1


def parameters(weights: Mapping[str, float]) -> Parameters:
    """Parameters of which only the weights matter here."""
    return Parameters(weights, 1.0, 0.0, 0.5, 0.0)


def beads(case: Case, embedder: Embedder, weights: Mapping[str, float]) -> list[Pair]:
    """The beads of a case under some weights."""
    return [(b.source, b.target) for b in align_sides(*sides(case, embedder), parameters(weights)).beads]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args(arguments).shared
    data, embedder = shared / "data", load_embedder()
    print(f"concord:{__version__}|ablation|model:{embedder.name}@{embedder.revision}|cases:1", flush=True)
    damaged, free = (pieces(make(data, FIT, 1), embedder, 90) for make in (cases_of, free_cases))
    hand = pieces([text_berg(data)], embedder, 60)
    halves = hand[0::2], hand[1::2]
    perturb = shared / "tools" / "perturb.py"
    news = [damaged_by(perturb, data / "dev" / f"{name}.tsv", 1) for name in HELD]
    names = feature_names([one for _, one in damaged + hand])

    def learn(
        base: Pieces, start: Mapping[str, float], without: Sequence[str] = (), *, hand: bool = True
    ) -> str:
        left_out = [name for name in names if belongs(name, without)]
        learnt = [
            fit(
                [one for _, one in (*base, *(half if hand else []))],
                start,
                steps=STEPS,
                without=left_out,
            )
            for half in halves
        ]
        found = figures(embedder, news, [(halves[1], learnt[0]), (halves[0], learnt[1])])
        full.update(full or learnt[0])
        return "  ".join(f"{figure:.4f}" for figure in found)

    full: dict[str, float] = {}
    print(f"{'':32s} news    T+B     interview", flush=True)
    print(f"{'all parts':32s} {learn(damaged + free, START)}", flush=True)
    for name, part in PARTS.items():
        print(f"{'without ' + name:32s} {learn(damaged + free, full, part)}", flush=True)
    print(f"{'without free translations':32s} {learn(damaged, full)}", flush=True)
    print(f"{'without the hand-aligned text':32s} {learn(damaged + free, full, hand=False)}", flush=True)


if __name__ == "__main__":
    main()
