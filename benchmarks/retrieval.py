"""Nearest-neighbour error of an embedding model, per language, on parallel sentences.

    python -m benchmarks.retrieval DEV_FOLDER [--model FOLDER_OR_NAME] [--markdown]

DEV_FOLDER holds ``XX-en/*.tsv`` of ``foreign⇥English[⇥document]`` lines. For each file every foreign sentence
looks for its English one among all of the file and the other way round; the error is the share that does not
find it first, the mean of both directions. Neighbours are ranked by the difference margin
cos(x, y) − (r(x) + r(y)) / 2, r the mean cosine to the k = 4 nearest of the other side (Artetxe & Schwenk 2019).
Lines whose text occurs twice on either side are left out: there is no telling them apart.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from align import __version__
from align.embed import Embedder, load_embedder
from align.spans import unit

K = 4
Vectors = NDArray[np.float32]


def read_parallel(path: Path) -> tuple[list[str], list[str]]:
    """Both sides of a file, without the lines that occur twice on either side."""
    rows = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
    left, right = Counter(row[0] for row in rows), Counter(row[1] for row in rows)
    once = [row for row in rows if left[row[0]] == 1 and right[row[1]] == 1]
    return [row[0] for row in once], [row[1] for row in once]


def errors(left: Vectors, right: Vectors, k: int = K) -> tuple[float, float]:
    """Error rates left→right and right→left of two (n, d) matrices whose rows translate each other."""
    cosines = unit(left) @ unit(right).T
    k = min(k, len(left))
    r_left = np.partition(cosines, -k, axis=1)[:, -k:].mean(axis=1)
    r_right = np.partition(cosines, -k, axis=0)[-k:].mean(axis=0)
    margin = cosines - (r_left[:, None] + r_right[None, :]) / 2
    truth = np.arange(len(left))
    return float((margin.argmax(axis=1) != truth).mean()), float((margin.argmax(axis=0) != truth).mean())


def measure(folder: Path, embedder: Embedder) -> dict[str, dict[str, tuple[float, float, int]]]:
    """Per pair of languages and kind of text ("tatoeba", "wmt"): errors both ways and the sentences looked at."""
    cells: dict[str, dict[str, list[tuple[float, float, int]]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(folder.glob("*/*.tsv")):
        left, right = read_parallel(path)
        there, back = errors(embedder.encode(left).vectors, embedder.encode(right).vectors)
        kind = "tatoeba" if path.name.startswith("tatoeba") else "wmt"
        cells[path.parent.name][kind].append((there, back, len(left)))
    return {pair: {kind: _mean(files) for kind, files in kinds.items()} for pair, kinds in cells.items()}


def _mean(files: Sequence[tuple[float, float, int]]) -> tuple[float, float, int]:
    return mean(f[0] for f in files), mean(f[1] for f in files), sum(f[2] for f in files)


def summary(cells: dict[str, dict[str, tuple[float, float, int]]]) -> dict[str, float]:
    """The mean error over the pairs of languages, per kind of text."""
    kinds = sorted({kind for row in cells.values() for kind in row})
    return {k: mean((row[k][0] + row[k][1]) / 2 for row in cells.values() if k in row) for k in kinds}


def table(cells: dict[str, dict[str, tuple[float, float, int]]]) -> str:
    """A Markdown table: error in percent, foreign → English / English → foreign, per kind of text."""
    kinds = sorted({kind for row in cells.values() for kind in row})
    lines = ["| languages | " + " | ".join(kinds) + " |", "|---" * (len(kinds) + 1) + "|"]
    for pair, row in sorted(cells.items()):
        shown = [
            f"{100 * row[k][0]:.1f} / {100 * row[k][1]:.1f} ({row[k][2]})" if k in row else "–" for k in kinds
        ]
        lines.append(f"| {pair} | " + " | ".join(shown) + " |")
    means = summary(cells)
    return "\n".join(
        [*lines, "| **mean** | " + " | ".join(f"**{100 * means[k]:.2f}**" for k in kinds) + " |"]
    )


def main() -> None:
    """Print the table and the signature."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", help="a folder or name; without it the embedded default")
    parser.add_argument("--brief", action="store_true", help="the means only")
    arguments = parser.parse_args()
    embedder = load_embedder(arguments.model)
    cells = measure(arguments.folder, embedder)
    if not arguments.brief:
        print(table(cells))
    means = " ".join(f"{kind}:{100 * value:.2f}" for kind, value in summary(cells).items())
    print(
        f"{means}  concord:{__version__}|retrieval|margin:difference|k:{K}|model:{embedder.name}@{embedder.revision}"
    )


if __name__ == "__main__":
    main()
