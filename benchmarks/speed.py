"""How long the aligner takes: the whole cold command on the interview, its parts, and long texts.

    python -m benchmarks.speed [--long 10000] [--runs 7]

The cold figures are of whole processes, the least and the median of several runs; start-up of the interpreter is
given beside, as the yardstick of the machine. The long texts are put together at random from the beads of
the seeds interview, with sentences joined and left out.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from align import __version__
from align.aligner import align_sides
from align.embed import load_embedder
from align.sides import sides_of_texts
from align.training.cases import Damage, damaged

ROOT = Path(__file__).parents[1]
CONCORD = [sys.executable, "-m", "glossary"]


def seconds(command: Sequence[str], runs: int) -> tuple[float, float]:
    """Least and median wall time of a command's whole process."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(
            command,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
        )
        times.append(time.perf_counter() - start)
    return min(times), median(times)


def row(name: str, least: float, middle: float) -> None:
    """One line of the table."""
    print(f"{name:44s} {least:8.3f} {middle:8.3f}", flush=True)


def alignment_alone(runs: int) -> tuple[float, float]:
    """The alignment of the interview's segments, their vectors given."""
    lines = [
        (ROOT / f"seeds/interview.{lang}.segments.txt").read_text().splitlines() for lang in ("ru", "en")
    ]
    sides = sides_of_texts(lines[0], lines[1], load_embedder())
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        align_sides(*sides)
        times.append(time.perf_counter() - start)
    return min(times), median(times)


def long_pair(sentences: int, seed: int = 1) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two texts of about so many sentences: beads of the seeds, two at random and a number of their own each."""
    rng = random.Random(seed)
    seeds = ROOT / "seeds"
    lines = [
        (seeds / f"interview.{lang}.segments.txt").read_text(encoding="utf-8").splitlines()
        for lang in ("ru", "en")
    ]
    beads = [bead for bead in json.loads((seeds / "interview.gold.json").read_text()) if bead[0] and bead[1]]

    def text(side: int, chosen: Sequence[list[list[int]]], number: int) -> str:
        return " ".join([f"№ {number}.", *(lines[side][i] for bead in chosen for i in bead[side])])

    pairs = []
    for number in range(1000, 1000 + sentences):
        chosen = rng.sample(beads, 2)
        pairs.append((text(0, chosen, number), text(1, chosen, number)))
    case = damaged("long", pairs, Damage(), seed)
    return case.source, case.target


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--long", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args(arguments)
    embedder = load_embedder()
    print(f"concord:{__version__}|model:{embedder.name}@{embedder.revision}|python:{sys.version.split()[0]}")
    print(f"{'seconds':44s} {'least':>8s} {'median':>8s}")
    row("python -c pass", *seconds([sys.executable, "-c", "pass"], options.runs))
    row("python -c 'import numpy'", *seconds([sys.executable, "-c", "import numpy"], options.runs))
    row("concord --help", *seconds([*CONCORD, "--help"], options.runs))
    files = [str(ROOT / f"seeds/interview.{lang}.txt") for lang in ("ru", "en")]
    row("concord align (interview, cold)", *seconds([*CONCORD, "align", *files], options.runs))
    row("the alignment itself (interview)", *alignment_alone(options.runs))
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "long.ru.txt", Path(folder) / "long.en.txt"]
        for path, lines in zip(paths, long_pair(options.long), strict=True):
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [*CONCORD, "align", "--segmented", "--format", "beads", *map(str, paths)]
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"concord align, {options.long:,} × {options.long:,} segments: {wall:.1f} s, {peak:.0f} MiB at most"
    )


if __name__ == "__main__":
    main()
