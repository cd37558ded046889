"""Learns the weights of matching: ``python -m align.archive.match_learn --data DATA_FOLDER``.

Cases come from two places. News and other texts of the development files of some languages, documents as they are;
and documents put together from training lines of one source, one to sixteen lines long, of which a few are missing
on either side. In every case a sixth of the documents lose their original and a sixth their translation, so that a
fifth of either side has no counterpart; cases have from four to all documents, since an archive may be small.

A case weighs as the square root of its candidates, and those of real documents three times that. The regression is
fitted by Newton's method with a slight penalty. Languages that are left out here (``HELD_OUT``) are those on which
``benchmarks/matching.py`` reports.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align import __version__
from align.archive.match_content import candidates_of
from align.archive.match_parameters import FILE
from align.archive.match_reading import Text, collected, kept_of
from align.archive.match_score import FEATURES, Candidates
from align.embed import Embedder, load_embedder
from align.formats.write import write_file

DEV = ("cs-en", "es-en", "uk-en", "zh-en")
HELD_OUT = ("de-en", "ja-en", "ru-en")
MADE = ("ar-en", "de-en", "fi-en", "hu-en", "ja-en", "ko-en", "ru-en", "tr-en")
ALONE = 1 / 6
"""Of the documents lose their original, and as many their translation: a fifth of what is left on either side."""

_SIZES = (4, 6, 10, 20, 40, 80, 160)
_PENALTY = 1e-3
_REAL = 3.0  # times what a case of made documents weighs


@dataclass(frozen=True, slots=True)
class Case:
    """Two sides; ``gold[i]`` is the target of source i, -1 for none. ``real``: documents as they are."""

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    gold: tuple[int, ...]
    real: bool = True


def case_of(name: str, documents: Sequence[tuple[str, str]], seed: int, *, real: bool = True) -> Case:
    """The documents (both texts) as a case: some without counterpart, the targets in another order."""
    rng = random.Random(seed)
    order = list(range(len(documents)))
    rng.shuffle(order)
    alone = round(len(documents) * ALONE)
    sources = sorted(order[alone:])  # the first have lost their original
    targets = [i for i in order if i not in set(order[alone : 2 * alone])]
    rng.shuffle(targets)
    place = {document: row for row, document in enumerate(targets)}
    return Case(
        name,
        tuple(documents[i][0] for i in sources),
        tuple(documents[i][1] for i in targets),
        tuple(place.get(i, -1) for i in sources),
        real,
    )


def documents_of(folder: Path, *, news: bool = False) -> list[tuple[str, str]]:
    """Both texts of every document of a pair of languages in the development files, in order."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for path in sorted(folder.glob("*docid.tsv")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            cells = line.split("\t")
            # WMT 2021 is news alone; the later ones name the domain.
            if len(cells) >= 3 and (not news or "news" in cells[2] or "wmt21" in path.name):
                found.setdefault((path.name, cells[2]), []).append((cells[0], cells[1]))
    return [("\n".join(a for a, _ in rows), "\n".join(b for _, b in rows)) for rows in found.values()]


def lines_of(path: Path) -> dict[str, list[tuple[str, str]]]:
    """The lines of a training file by their source, each text once on its side."""
    found: dict[str, list[tuple[str, str]]] = {}
    seen: tuple[set[str], set[str]] = (set(), set())
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 3 and cells[0] not in seen[0] and cells[1] not in seen[1]:
                seen[0].add(cells[0])
                seen[1].add(cells[1])
                found.setdefault(cells[2], []).append((cells[0], cells[1]))
    return found


def made(lines: Sequence[tuple[str, str]], count: int, rng: random.Random) -> list[tuple[str, str]]:
    """Documents of one to sixteen lines of one source; of half of them a few lines are missing on either side."""
    documents: list[tuple[str, str]] = []
    at = 0
    while len(documents) < count and at < len(lines):
        size = min(rng.choice((1, 2, 3, 4, 6, 8, 12, 16)), len(lines) - at)
        some, at = lines[at : at + size], at + size
        missing = rng.choice((0.0, 0.0, 0.1, 0.3))
        sides = [
            [pair[side] for pair in some if rng.random() >= missing] or [some[0][side]] for side in (0, 1)
        ]
        documents.append(("\n".join(sides[0]), "\n".join(sides[1])))
    return documents


def cases(data: Path) -> Iterator[Case]:
    """The cases to learn from, always the same."""
    for pair in DEV:
        documents = documents_of(data / "dev" / pair)
        for seed in range(4):
            yield case_of(f"{pair} {seed}", documents, seed)
        for number, size in enumerate(_SIZES * 4):
            some = random.Random(number).sample(documents, min(size, len(documents)))
            yield case_of(f"{pair} {size}", some, number)
    for pair in MADE:
        for number, (source, lines) in enumerate(sorted(lines_of(data / "train" / f"{pair}.tsv.xz").items())):
            if len(lines) >= 1000 and not source.startswith("dict_"):
                rng = random.Random(number)
                rng.shuffle(lines)
                documents = made(lines, _SIZES[number % len(_SIZES)] * 4, rng)
                yield case_of(f"{pair} {source}", documents, number, real=False)


def scored(case: Case, embedder: Embedder) -> tuple[Candidates, NDArray[np.bool_]]:
    """The candidates of a case, and which of them are right."""
    sides = []
    for texts in (case.source, case.target):
        read = [
            found
            for at in range(0, len(texts), 64)
            for found in kept_of([Text(t) for t in texts[at : at + 64]], embedder)
        ]
        sides.append(collected(read, len(read)).contents)
    found = candidates_of(sides[0], sides[1])
    return found, np.array(case.gold)[found.source] == found.target


def fitted(
    x: NDArray[np.float64], y: NDArray[np.bool_], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Logistic regression by Newton's method: coefficients (features,) in the features' own units, and intercept."""
    weights = weights * len(weights) / weights.sum()
    middle, spread = np.average(x, axis=0, weights=weights), x.std(axis=0) + 1e-9
    z = np.column_stack([(x - middle) / spread, np.ones(len(x))])
    beta = np.zeros(z.shape[1])
    penalty = np.full(z.shape[1], _PENALTY * weights.sum())
    penalty[-1] = 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(z @ beta, -30, 30)))
        gradient = z.T @ (weights * (y - p)) - penalty * beta
        hessian = (z * (weights * p * (1 - p))[:, None]).T @ z + np.diag(penalty + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    slopes = beta[:-1] / spread
    return slopes, float(beta[-1] - slopes @ middle)


def learn(data: Path, embedder: Embedder) -> dict[str, object]:
    """The content of ``match_parameters.json``."""
    rows, right, weights, names = [], [], [], []
    for case in cases(data):
        found, good = scored(case, embedder)
        rows.append(found.features)
        right.append(good)
        weights.append(np.full(len(good), (_REAL if case.real else 1.0) * len(good) ** -0.5))
        names.append(case.name)
    slopes, intercept = fitted(np.concatenate(rows), np.concatenate(right), np.concatenate(weights))
    return {
        "how": "logistic regression on candidate pairs of documents: python -m align.archive.match_learn",
        "version": __version__,
        "model": f"{embedder.name}@{embedder.revision}",
        "cases": len(names),
        "candidates": int(sum(len(good) for good in right)),
        "development": list(DEV),
        "made of training lines": list(MADE),
        "weights": {name: round(float(w), 6) for name, w in zip(FEATURES, slopes, strict=True)},
        "intercept": round(intercept, 6),
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, help="the folder with dev/ and train/")
    parser.add_argument("--model", help="a folder or name; without it the embedded default")
    arguments = parser.parse_args()
    found = learn(arguments.data, load_embedder(arguments.model))
    data = (json.dumps(found, indent=1, ensure_ascii=False) + "\n").encode()
    write_file(FILE, lambda stream: stream.write(data))
    print(data.decode(), end="")  # noqa: T201  the command's result


if __name__ == "__main__":
    main()
