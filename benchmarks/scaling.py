"""How time and memory grow with the length of texts: whole processes, from two files to beads.

    python -m benchmarks.scaling [--sizes 1000,10000,100000] [--data ../shared/data]

The texts are lines of the Russian-English training data, each used once, in paragraphs of one to five, a few left out
on either side; they are plain text, so that sentences have to be found too. The last column is what one more segment
has cost since the row before: it stays the same where cost is linear.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from align import __version__
from align.embed import load_embedder
from align.parameters import default_parameters

ROOT = Path(__file__).parents[1]
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
LEFT_OUT = 0.03  # of the paragraphs, a sentence on one side


def lines_of(data: Path) -> list[tuple[str, str]]:
    """Pairs of lines that are a sentence on either side."""
    found = []
    with lzma.open(data / "train" / "ru-en.tsv.xz", "rt", encoding="utf-8") as rows:
        for row in rows:
            pair = row.rstrip("\n").split("\t")[:2]
            if all(25 <= len(text) <= 250 and text[-1] in ".!?" for text in pair) and pair[0][0].isupper():
                found.append((pair[0], pair[1]))
    return found


def texts(lines: Sequence[tuple[str, str]], rng: random.Random) -> tuple[str, str]:
    """The two sides as plain text in paragraphs."""
    sides: tuple[list[str], list[str]] = ([], [])
    for some in _paragraphs(lines, rng):
        for side, paragraphs in enumerate(sides):
            own = [pair[side] for pair in some]
            paragraphs.append(" ".join(own[: len(own) - (len(own) > 1 and rng.random() < LEFT_OUT)]))
    return "\n\n".join(sides[0]) + "\n", "\n\n".join(sides[1]) + "\n"


def _paragraphs(lines: Sequence[tuple[str, str]], rng: random.Random) -> Iterator[Sequence[tuple[str, str]]]:
    at = 0
    while at < len(lines):
        size = rng.randint(1, 5)
        yield lines[at : at + size]
        at += size


def run(command: Sequence[str]) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and the most memory (MB of a million bytes) of a process."""
    start = time.perf_counter()
    process = os.posix_spawn(command[0], list(command), os.environ, file_actions=_silent())
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6


def _silent() -> list[tuple[int, int, str, int, int]]:
    return [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    embedder = load_embedder()
    print(
        f"concord:{__version__}|model:{embedder.name}@{embedder.revision}"
        f"|parameters:{default_parameters().digest}|python:{sys.version.split()[0]}|seed:{options.seed}"
    )
    rng = random.Random(options.seed)
    lines = lines_of(options.data)
    rng.shuffle(lines)
    print("| segments of either side | s | processor s | MB | ms for each more |\n|---|---|---|---|---|")
    before = (0, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"text.{lang}.txt" for lang in ("ru", "en")]
        command = [sys.executable, "-m", "glossary", "align", *map(str, paths), "--format", "beads", "-o"]
        for size in map(int, options.sizes.split(",")):
            for path, text in zip(paths, texts(lines[:size], rng), strict=True):
                path.write_text(text, encoding="utf-8")
            wall, busy, most = run([*command, str(Path(folder) / f"{size}.beads")])
            more = (busy - before[1]) / (size - before[0]) * 1000
            print(f"| {size:,} | {wall:.1f} | {busy:.1f} | {most:.0f} | {more:.2f} |", flush=True)
            before = (size, busy)


if __name__ == "__main__":
    main()
