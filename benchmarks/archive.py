"""How many pairs of documents are aligned a second, by one worker and by several.

    python -m benchmarks.archive [--pairs 10000] [--segments 100] [--workers 1,2] [--engine local]

The documents are made of the lines of parallel training files, each line used once; a document has so many lines of
one sentence each, in paragraphs of one to six. All are in the page cache when the clock starts; no vector is known
and every archive is new. The clock runs from the start of the workers to the last commit. Processor time is that of
the workers and of this process, which reads the list and writes the archive.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from align.archive.export import export
from align.archive.pool import Pool
from align.archive.running import Tally, run
from align.archive.store import Listed, open_archive
from align.archive.work import Settings

if TYPE_CHECKING:
    from align.archive.queue import Engine

DATA = Path(__file__).parents[2] / "shared" / "data" / "train"
LANGUAGES = ("tr", "el", "uk", "cs", "hu", "da", "sv", "nl", "it", "pl", "pt", "es", "fr", "de", "ru")
"""Those with fewer lines first: what they lack, the others have."""

ONE = re.compile(r"[^.!?…]{15,400}[.!?…]")
TICK = os.sysconf("SC_CLK_TCK")


def sentences(data: Path, lang: str) -> Iterator[tuple[str, str]]:
    """Lines of one sentence each, with their translations into English."""
    with lzma.open(data / f"{lang}-en.tsv.xz", "rt", encoding="utf-8") as lines:
        seen: set[str] = set()
        for line in lines:
            source, target = (part.strip() for part in line.rstrip("\n").split("\t")[:2])
            if ONE.fullmatch(source) and ONE.fullmatch(target) and not {source, target} & seen:
                seen |= {source, target}
                yield source, target


def write_documents(folder: Path, data: Path, pairs: int, segments: int) -> list[Listed]:
    """Files of documents, a share of each language, in one order."""
    listed: list[Listed] = []
    rng = random.Random(1)
    for lang in LANGUAGES:
        lines = sentences(data, lang)
        wanted = -(-(pairs - len(listed)) // (len(LANGUAGES) - LANGUAGES.index(lang)))
        for number in range(wanted):
            some = list(islice(lines, segments))
            if len(some) < segments:
                break  # the next language has more of it
            breaks = [rng.random() < 0.3 for _ in some]
            names = []
            for side, code in enumerate((lang, "en")):
                path = folder / f"{lang}-en" / code / f"{number:05d}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                text = "".join(
                    pair[side] + ("\n\n" if last else " ") for pair, last in zip(some, breaks, strict=True)
                )
                path.write_text(text.rstrip() + "\n", encoding="utf-8")
                names.append(str(path))
            listed.append(Listed(names[0], names[1]))
    rng.shuffle(listed)
    return listed


def processor_seconds(pid: int) -> float:
    """Processor time of a process and of those that it waited for."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICK
    return 0.0


def processes() -> dict[int, float]:
    """Processor time of every process of this user below this one, by its id."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(fields[1])
    below = {os.getpid()}
    for _ in range(5):
        below |= {pid for pid, parent in parents.items() if parent in below}
    return {pid: processor_seconds(pid) for pid in below}


def measured(engine: Engine, listed: Sequence[Listed], path: Path) -> tuple[Tally, float, float]:
    """A run into a new archive: what it says, wall seconds from the start of the workers, processor seconds."""
    spent: dict[int, float] = {}

    def told(tally: Tally) -> None:
        if tally.ended == tally.total or tally.ended % 200 == 0:
            spent.update(processes())

    before = processes()
    start = time.perf_counter()
    tally = run(path, listed, engine, engine_settings(), told=told)
    wall = time.perf_counter() - start
    return tally, wall, sum(seconds - before.get(pid, 0.0) for pid, seconds in spent.items())


def engine_settings() -> Settings:
    """What is aligned with."""
    return Settings()


def make_engine(name: str, workers: int) -> Engine:
    """An engine by its name."""
    if name == "local":
        return Pool(engine_settings(), workers)
    from align.archive.engine_ray import RayEngine

    return RayEngine(engine_settings(), workers)


def beads_of(path: Path) -> tuple[bytes, float, float]:
    """The exported beads of an archive, and its mean numbers of segments a side."""
    with open_archive(path) as archive:
        out = path.with_suffix(".jsonl")
        export(archive, str(out), "jsonl")
        sums = archive.db.execute("SELECT avg(source_segments), avg(target_segments) FROM pairs").fetchone()
    return out.read_bytes(), *sums


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--segments", type=int, default=100)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--engine", default="local", choices=["local", "ray"])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--keep", type=Path, help="A folder for the documents, which are made there once.")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        listed = documents(folder, options)
        print(
            f"{'engine':8s} {'workers':>7s} {'pairs':>7s} {'wall s':>8s} {'pairs/s':>8s} {'processor ms/pair':>18s}"
        )
        first, rates = b"", []
        for workers in map(int, options.workers.split(",")):
            path = Path(temporary) / f"{workers}.db"
            tally, wall, spent = measured(make_engine(options.engine, workers), listed, path)
            rates.append(tally.done / wall)
            print(
                f"{options.engine:8s} {workers:7d} {tally.done:7,d} {wall:8.1f} {rates[-1]:8.1f} "
                f"{1000 * spent / tally.total:18.1f}",
                flush=True,
            )
            found, source, target = beads_of(path)
            if first and found != first:
                sys.exit("the beads are not the same")
            first = found
        with open_archive(path) as archive:
            print(
                f"ratio to the first: {', '.join(f'{rate / rates[0]:.2f}' for rate in rates)}; the same beads"
            )
            size = path.stat().st_size / len(listed)
            print(
                f"{source:.1f} × {target:.1f} segments a pair on average; {size / 1024:.1f} KiB a pair in the archive"
            )
            print(archive.signature(1))


def documents(folder: Path, options: argparse.Namespace) -> list[Listed]:
    """The documents, made now or found in a folder that is kept."""
    listing = folder / "list.tsv"
    if not listing.exists():
        found = write_documents(folder, options.data, options.pairs, options.segments)
        listing.write_text("".join(f"{each.source}\t{each.target}\n" for each in found), encoding="utf-8")
    lines = listing.read_text(encoding="utf-8").splitlines()[: options.pairs]
    return [Listed(source, target) for source, target in (line.split("\t") for line in lines)]


if __name__ == "__main__":
    main()
