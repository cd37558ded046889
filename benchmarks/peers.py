"""Concord's aligner beside hunalign, vecalign's and bertalign's cores, over the same vectors, in one run.

    python -m benchmarks.peers --vecalign DIR --bertalign DIR --hunalign BINARY --python PYTHON [--test]
    python -m benchmarks.peers … --scale 1000,5000,10000

How to obtain and build them: ``benchmarks/README.md``. What is not given is not measured. Accuracy: Text+Berg
dev, damaged news and the failure probes (``--test``: Text+Berg's test documents and nothing else; note the run in
``benchmarks/test_runs.md``). ``--scale``: seconds of the cores on long texts, and of the whole command from files to
beads beside hunalign's; made of lines that the model was trained on, so that seconds are what counts there.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from align import __version__
from align.embed import Embedder, load_embedder
from align.evaluate import evaluate
from align.parameters import default_parameters
from align.training.cases import Case, Damage, damaged, read_pairs
from align.training.weights import text_berg
from benchmarks.alignment import damaged_by
from benchmarks.probes import deleted, moved, reordered, swapped
from benchmarks.systems import ONE_THREAD, Beads, Outcome, Pair, System, embedded, systems

ROOT = Path(__file__).parents[1]
NEWS = (
    "ru-en/wmt22_general_docid",
    "uk-en/wmt24_enuk_docid",
    "de-en/wmt24_ende_docid",
    "zh-en/wmt24_enzh_docid",
    "ja-en/wmt22_general_docid",
)


def news(shared: Path) -> dict[str, Case]:
    """Damaged development news, by the shared case maker."""
    return {
        name: damaged_by(shared / "tools" / "perturb.py", shared / "data" / "dev" / f"{name}.tsv", 1)
        for name in NEWS
    }


def probes(data: Path) -> dict[str, Case]:
    """The failure probes on Text+Berg dev, as in ``benchmarks.probes``."""
    case = text_berg(data)
    strangers = [foreign for foreign, _ in read_pairs(data / "dev" / "fr-en" / "tatoeba_laser_v1.tsv")]
    everything = range(len(case.target))
    return {
        "150 deleted": deleted(case, 150),
        "150 in front": reordered(case, everything, strangers[:150]),
        "500 in front": reordered(case, everything, strangers[:500]),
        "60 moved": moved(case, 60),
        "10 swaps": swapped(case, 10),
    }


def row(name: str, gold: Beads, outcome: Outcome) -> str:
    """A line of the table: strict and lax F1, F1 of nulls, seconds."""
    if outcome.error:
        return f"{name:36s} {outcome.error}"
    found = evaluate(gold, outcome.beads)
    figures = f"{found.strict.f1:.4f}  {found.lax.f1:.4f}  {found.null.f1:.4f}"
    return f"{name:36s} {figures}  {outcome.process:8.3f} {outcome.wall:8.3f}"


def compare(title: str, cases: Sequence[Case], embedder: Embedder, by_name: dict[str, System]) -> None:
    """A table of all systems on these documents together: beads are counted, not documents."""
    pairs = [embedded(case, embedder) for case in cases]
    size = f"{sum(len(c.source) for c in cases)} × {sum(len(c.target) for c in cases)}"
    print(f"\n{title} ({size})\n{'':36s} strict  lax     null    process     wall")
    gold = pooled([case.gold for case in cases])
    for name, system in by_name.items():
        found = [system(pair) for pair in pairs]
        together = Outcome(
            pooled([outcome.beads for outcome in found]),
            sum(outcome.process for outcome in found),
            sum(outcome.wall for outcome in found),
            next((outcome.error for outcome in found if outcome.error), ""),
        )
        print(row(name, gold, together), flush=True)


def pooled(documents: Sequence[Sequence[tuple[tuple[int, ...], tuple[int, ...]]]]) -> Beads:
    """The beads of several documents with ids that tell them apart."""
    return [
        (tuple(i + number * 1_000_000 for i in source), tuple(j + number * 1_000_000 for j in target))
        for number, beads in enumerate(documents)
        for source, target in beads
    ]


def literal_ids(text: str) -> tuple[int, ...]:
    """The numbers of "[1, 2]"."""
    return tuple(map(int, text.strip("[] ").split(","))) if text.strip("[] ") else ()


def whole_command(pair: Pair) -> Outcome:
    """``concord align`` from two files of a segment a line to beads, as a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("source.txt", "target.txt")]
        for path, lines in zip(paths, (pair.case.source, pair.case.target), strict=True):
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        command = [sys.executable, "-m", "glossary", "align", "--segmented", "--format", "beads"]
        before, wall = getrusage(RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(
            [*command, *map(str, paths)], capture_output=True, check=False, env={**os.environ, **ONE_THREAD}
        )
        wall = time.perf_counter() - wall
        after = getrusage(RUSAGE_CHILDREN)
    error = "" if done.returncode in (0, 1) else done.stderr.decode().strip()
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rows = (line.split(":") for line in done.stdout.decode().splitlines() if line.count(":") >= 2)
    return Outcome([(literal_ids(row[0]), literal_ids(row[1])) for row in rows], seconds, wall, error)


def long_case(data: Path, size: int, seed: int = 1) -> Case:
    """About so many segments: German training lines and their English, each used once, damaged."""
    with lzma.open(data / "train" / "de-en.tsv.xz", "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        pairs = sorted({(row[0], row[1]) for row in rows if all(30 <= len(text) <= 300 for text in row[:2])})
    return damaged("long", random.Random(seed).sample(pairs, size), Damage(), seed)


def scaling(
    sizes: Sequence[int], data: Path, embedder: Embedder, by_name: dict[str, System], limit: float
) -> Iterator[str]:
    """Lines of seconds by length; a system that took longer than ``limit`` seconds is not asked for more."""
    slow: set[str] = set()
    for size in sizes:
        case = long_case(data, size)
        pair = embedded(case, embedder)
        yield f"\n{len(case.source)} × {len(case.target)} segments"
        yield f"{'':36s} strict  lax     null    process     wall"
        for name, system in {**by_name, "concord align, the whole command": whole_command}.items():
            if name in slow:
                yield f"{name:36s} not asked: it took over {limit:.0f} s on the shorter text"
                continue
            outcome = system(pair)
            slow |= {name} if outcome.process > limit or outcome.error else set()
            yield row(name, list(case.gold), outcome)


def parser_of_peers(doc: str | None) -> argparse.ArgumentParser:
    """The options that say where the other aligners are."""
    parser = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--model", default=None)
    parser.add_argument("--vecalign", type=Path, metavar="DIR", help="its checkout, built in place")
    parser.add_argument("--bertalign", type=Path, metavar="DIR", help="its checkout")
    parser.add_argument("--hunalign", type=Path, metavar="BINARY")
    parser.add_argument("--python", default=sys.executable, help="a Python that has what the peers need")
    return parser


def peers_at_hand(stack: ExitStack, options: argparse.Namespace, runs: int = 1) -> dict[str, System]:
    """The systems that the options name."""
    return systems(
        stack,
        vecalign=options.vecalign,
        bertalign=options.bertalign,
        hunalign_binary=options.hunalign,
        python=options.python,
        runs=runs,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = parser_of_peers(__doc__)
    parser.add_argument("--test", action="store_true", help="Text+Berg's test documents alone: note the run")
    parser.add_argument(
        "--scale", default="", metavar="SEGMENTS,…", help="seconds by length, and no accuracy"
    )
    parser.add_argument("--limit", type=float, default=120.0, help="seconds after which a system is let off")
    parser.add_argument("--runs", type=int, default=3, help="of which the fastest counts")
    options = parser.parse_args(arguments)
    data = options.shared / "data"
    embedder = load_embedder(options.model)
    print(
        f"concord:{__version__}|model:{embedder.name}@{embedder.revision}|parameters:{default_parameters().digest}"
    )
    with ExitStack() as stack:
        by_name = peers_at_hand(stack, options, 1 if options.scale else options.runs)
        if options.scale:
            sizes = [int(size) for size in options.scale.split(",")]
            for line in scaling(sizes, data, embedder, by_name, options.limit):
                print(line, flush=True)
            return
        if options.test:
            tests = [text_berg(data, f"test{k}") for k in range(7)]
            compare("Text+Berg test", tests, embedder, by_name)
            return
        compare("Text+Berg dev", [text_berg(data)], embedder, by_name)
        for title, case in {**news(options.shared), **probes(data)}.items():
            compare(title, [case], embedder, by_name)


if __name__ == "__main__":
    main()
