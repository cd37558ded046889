"""Matching of documents: precision, recall and F1; time and memory; how true the confidence is.

    python -m benchmarks.matching [--data DIR] [--seeds 3] [--made 10000]

*Real documents*: the development files whose lines name their document, by pair of languages, and their news alone. A
sixth of the documents lose their original and a sixth their translation, by seed: a fifth of either side has no
counterpart. The languages that the weights were learnt on are marked.

*Made documents*: ``--made N`` documents of twelve to twenty training lines (``--lines``), every line used once, as N
files a side in names of no help; the command itself, in a process of its own, reading and embedding included.

*Small archives*: how F1 holds there (real documents, held-out languages).
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import numpy as np

from align.archive import match_score as scoring
from align.archive.match_content import candidates_of
from align.archive.match_learn import DEV, HELD_OUT, Case, case_of, documents_of, lines_of
from align.archive.match_parameters import default_match_parameters
from align.archive.match_reading import Text, collected, kept_of
from align.archive.pairs import read_pairs
from align.embed import Embedder, load_embedder

DATA = Path(__file__).parents[2] / "shared" / "data"
Scored = tuple[float, float, float]


def scored(right: int, chosen: int, gold: int) -> Scored:
    """Precision, recall and F1."""
    return right / max(chosen, 1), right / max(gold, 1), 2 * right / max(chosen + gold, 1)


def matched(case: Case, embedder: Embedder) -> tuple[Scored, list[tuple[float, bool]]]:
    """The figures of a case, and the confidence of each pair with whether it is right."""
    sides = []
    for texts in (case.source, case.target):
        parts = [texts[at : at + 64] for at in range(0, len(texts), 64)]
        read = [found for part in parts for found in kept_of([Text(text) for text in part], embedder)]
        sides.append(collected(read, len(read)).contents)
    found = candidates_of(sides[0], sides[1])
    confidence = default_match_parameters().confidence(found.features)
    chosen = scoring.one_to_one(found, confidence, 0.5)
    right = np.array(case.gold)[chosen.source] == chosen.target
    gold = sum(1 for target in case.gold if target >= 0)
    pairs = [(float(p), bool(r)) for p, r in zip(chosen.confidence, right, strict=True)]
    return scored(int(right.sum()), len(right), gold), pairs


def calibration_error(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """The expected calibration error of the pairs' confidences, in bins of equal width."""
    error = 0.0
    for number in range(bins):
        inside = [
            (p, r) for p, r in pairs if number <= p * bins < number + 1 or (number == bins - 1 and p == 1)
        ]
        if inside:
            error += len(inside) / len(pairs) * abs(mean(p for p, _ in inside) - mean(r for _, r in inside))
    return error


def real(data: Path, seeds: int, embedder: Embedder) -> None:
    """The table of real documents."""
    print(
        "| languages | documents | P | R | F1 | of news | P | R | F1 |\n|---|---|---|---|---|---|---|---|---|"
    )
    told: list[tuple[float, bool]] = []
    means: dict[bool, list[float]] = {True: [], False: []}
    for pair in (*HELD_OUT, *DEV):
        cells = [pair + ("" if pair in HELD_OUT else " (learnt on)")]
        for news in (False, True):
            documents = documents_of(data / "dev" / pair, news=news)
            found = [matched(case_of(pair, documents, 100 + seed), embedder) for seed in range(seeds)]
            figures = [mean(figure[k] for figure, _ in found) for k in range(3)]
            cells += [str(len(documents)), *(f"{figure:.4f}" for figure in figures)]
            if pair in HELD_OUT:
                means[news].append(figures[2])
                told += [] if news else [each for _, pairs in found for each in pairs]
        print(f"| {' | '.join(cells)} |", flush=True)
    print(f"held-out languages: F1 {mean(means[False]):.4f}, of news alone {mean(means[True]):.4f}; ", end="")
    print(f"calibration error {calibration_error(told):.4f} over {len(told):,} pairs")


def small(data: Path, embedder: Embedder) -> None:
    """F1 of small archives: the mean over twenty draws and the held-out languages."""
    for size in (4, 6, 12, 25, 50, 100):
        found = []
        for pair in HELD_OUT:
            documents = documents_of(data / "dev" / pair)
            for seed in range(20):
                some = random.Random(seed).sample(documents, size)
                found.append(matched(case_of(pair, some, seed), embedder)[0])
        figures = " ".join(
            f"{name}:{mean(f[k] for f in found):.4f}" for k, name in enumerate(("P", "R", "F1"))
        )
        print(f"of {size:3d} documents: {figures}", flush=True)


def made_documents(
    data: Path, pair: str, count: int, least: int, most: int, seed: int
) -> list[tuple[str, str]]:
    """Documents of so many lines of one source, each line used once."""
    rng = random.Random(seed)
    blocks = []
    for source, lines in sorted(lines_of(data / "train" / f"{pair}.tsv.xz").items()):
        if source.startswith("dict_"):
            continue
        rng.shuffle(lines)
        at = 0
        while len(lines) - at >= least:
            size = min(rng.randint(least, most), len(lines) - at)
            blocks.append(lines[at : at + size])
            at += size
    rng.shuffle(blocks)
    if len(blocks) < count:
        raise SystemExit(f"there are lines for {len(blocks):,} documents only")
    return [("\n".join(a for a, _ in b), "\n".join(b_ for _, b_ in b)) for b in blocks[:count]]


def made(data: Path, pair: str, count: int, lines: tuple[int, int], workers: int) -> None:
    """The command on made documents, timed."""
    documents = made_documents(data, pair, round(count * 1.2), *lines, seed=1)
    case = case_of(pair, documents, 1)
    with tempfile.TemporaryDirectory() as name:
        folder, rng = Path(name), random.Random(2)
        paths: list[list[str]] = []
        for side, texts in (("a", case.source), ("b", case.target)):
            (folder / side).mkdir()
            numbers = rng.sample(range(10**6), len(texts))
            paths.append([f"{side}/{number:06d}.txt" for number in numbers])
            for path, text in zip(paths[-1], texts, strict=True):
                (folder / path).write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "glossary", "archive", "match", "a", "b", "-o", "pairs.jsonl"]
        command += ["--workers", str(workers)]
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        began = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, env=env, stderr=subprocess.DEVNULL)
        wall = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        found = {(pair.source, pair.target) for pair in read_pairs(folder / "pairs.jsonl")}
    gold = {(paths[0][i], paths[1][j]) for i, j in enumerate(case.gold) if j >= 0}
    p, r, f1 = scored(len(found & gold), len(found), len(gold))
    print(
        f"made, {pair}, {lines[0]}-{lines[1]} lines: {len(case.source):,} × {len(case.target):,} documents, "
        f"{len(gold):,} with a counterpart: "
        f"P:{p:.4f} R:{r:.4f} F1:{f1:.4f}; {wall:.1f} s with {workers} workers "
        f"({used.ru_utime + used.ru_stime:.1f} s of processor), largest process {used.ru_maxrss / 1024:.0f} MB"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument(
        "--made", type=int, default=0, metavar="N", help="only this: N made documents a side, timed"
    )
    parser.add_argument("--lines", default="12-20", help="of a made document")
    parser.add_argument("--pair", default="ru-en")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    embedder = load_embedder()
    parameters = default_match_parameters().digest
    print(
        f"match|model:{embedder.name}@{embedder.revision}|parameters:{parameters}|alone:1/6+1/6|seeds:{options.seeds}"
    )
    if options.made:
        least, _, most = options.lines.partition("-")
        lines = int(least), int(most or least)
        made(options.data, options.pair, options.made, lines, options.workers)
        return
    real(options.data, options.seeds, embedder)
    small(options.data, embedder)


if __name__ == "__main__":
    main()
