"""Term mining and checks over an archive: pairs a second, bytes a pair, and memory while the archive grows.

    python -m benchmarks.archive_terms [--pairs 1000 4000] [--workers 2] [--check]

The pairs are made of the ru-en lines beside the repository (``../shared/data/train``), a hundred lines a pair, each
line once while they last. ``read`` is what is done once for every pair, ``again`` a run that finds nothing new,
``terms`` adding up and printing, ``over_time`` a name's renderings by month. Times are of whole processes of the
command; memory is that of the largest process.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from align import __version__
from align.archive.packed import pack
from align.archive.store import Listed, PairRecord, open_archive
from align.model import Alignment, Bead, Block, Document, Segment, Signature
from align.store.rows import signature_json

LINES = Path(__file__).resolve().parents[2] / "shared/data/train/ru-en.tsv.xz"
SEGMENTS = 100
SIGNATURE = Signature(__version__, "lines", "1", "lines")


def document(name: str, lang: str, sentences: list[str]) -> Document:
    """A text with a line break behind every fifth sentence."""
    text, segments = "", []
    for number, sentence in enumerate(sentences):
        text += ("" if not text else "\n" if number % 5 == 0 else " ") + sentence
        segments.append(Segment(number, len(text) - len(sentence), len(text), 0))
    return Document(name, text, lang, (Block(0, 0, len(text)),), tuple(segments))


def lines() -> Iterator[tuple[str, str]]:
    """Pairs of sentences, from the beginning again when they are all used up."""
    while True:
        with lzma.open(LINES, "rt", encoding="utf-8") as file:
            for line in file:
                source, target, *_ = line.rstrip("\n").split("\t")
                if source.strip() and target.strip():
                    yield source.strip(), target.strip()


def made(path: Path, pairs: int) -> None:
    """An archive of so many pairs, from 2015 to 2024."""
    source = lines()
    with open_archive(path, create=True) as archive:
        archive.list_pairs(Listed(f"ru/{n}.txt", f"en/{n}.txt") for n in range(1, pairs + 1))
        run = archive.begin(
            engine="local", workers=1, signature=signature_json(SIGNATURE), text=str(SIGNATURE), settings={}
        )
        for n in range(1, pairs + 1):
            rows = list(itertools.islice(source, SEGMENTS))
            beads = tuple(Bead((i,), (i,), 1.0, 0.97) for i in range(len(rows)))
            alignment = Alignment(
                document(f"{n}.txt", "ru", [row[0] for row in rows]),
                document(f"{n}.txt", "en", [row[1] for row in rows]), beads, SIGNATURE, 0.5, 0.9,
            )  # fmt: skip
            date = f"{2015 + n % 10}-{1 + n % 12:02d}-{1 + n % 28:02d}"
            record = PairRecord(
                n, f"ru/{n}.txt", f"en/{n}.txt", state="done", run=run, source_lang="ru", target_lang="en",
                source_date=date, target_date=date, source_segments=SEGMENTS, target_segments=SEGMENTS,
                beads=SEGMENTS,
            )  # fmt: skip
            archive.put(record, pack(alignment))


def ran(*arguments: str) -> tuple[float, float]:
    """Wall seconds and seconds of processor of one run of the command, all its processes together."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "glossary", "archive", *arguments, "--quiet"]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode not in (0, 1):
        raise SystemExit(ended.stderr)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def figures(pairs: int, workers: int, check: bool) -> dict[str, float]:
    """The figures of one archive."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        made(path, pairs)
        before = path.stat().st_size
        first = ("check" if check else "terms", str(path), "--workers", str(workers))
        read, processor = ran(*first)
        again, _ = ran(*first)
        terms, _ = ran("terms", str(path), "--min-pairs", "2", "-o", str(Path(folder) / "terms.jsonl"))
        over, _ = ran("over-time", str(path), "--rendering-of", "Debian", "--lang", "ru")
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        return {
            "pairs": pairs,
            "read_s": read,
            "pairs_a_second": pairs / read,
            "processor_ms_a_pair": 1000 * processor / pairs,
            "again_s": again,
            "terms_s": terms,
            "over_time_s": over,
            "bytes_a_pair_before": before / pairs,
            "bytes_a_pair_after": path.stat().st_size / pairs,
            "largest_process_mb": largest,
        }


def main() -> None:
    """Makes the archives, runs the commands, prints the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, nargs="+", default=[1000, 4000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--check", action="store_true", help="check the pairs as well as read them")
    given = parser.parse_args()
    for pairs in given.pairs:
        found = figures(pairs, given.workers, given.check)
        print(json.dumps({key: round(value, 2) for key, value in found.items()}), flush=True)
    what = "check" if given.check else "terms"
    print(f"concord:{__version__}|archive {what}|segments:{SEGMENTS}|workers:{given.workers}")


if __name__ == "__main__":
    main()
