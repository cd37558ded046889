"""How long large alignments take to write, read and convert, and how much memory; every step a process of its own.

    python -m benchmarks.formats [--units 1000000] [--keep FOLDER]

The texts are put together from words at random (seed 0), two sentences of about 80 characters a unit. What is asked
for: a TMX of 1,000,000 units is written and read in under 60 seconds each, in less than 300 MB.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from align.formats.bitext import registry
from align.formats.bitext.carry import Losses, carried
from align.formats.bitext.files import opened
from align.formats.bitext.units import Head, Source, Unit
from align.formats.write import as_text, write_file

HEAD = Head(("ru", "en"), ("a.ru.txt", "b.en.txt"), ("concord:0|model:none@0|segmenter:none|seed:0",))
WORDS = (
    ["река", "мост", "дорога", "вечер", "окно", "город", "письмо", "ветер"],
    ["river", "bridge", "road", "evening", "window", "town", "letter", "wind"],
)
CONCORD = [sys.executable, "-m", "glossary"]


def units(count: int) -> Iterator[Unit]:
    """So many units; every tenth has two sentences on the right."""
    chance = random.Random(0)
    for number in range(1, count + 1):
        left, right = ([" ".join(chance.choices(words, k=11)) + "." for _ in "12"] for words in WORDS)
        sides = (left[0],), tuple(right if number % 10 == 0 else right[:1])
        confidence = chance.random()
        yield Unit(number, sides, (confidence,), confidence < 0.1)


def write(path: Path, count: int) -> None:
    """Writes a memory."""
    chosen = registry.FORMATS["tmx"]
    assert chosen.has is not None
    kept = carried(HEAD, units(count), chosen.has, Losses("TMX"))
    write_file(path, lambda stream: chosen.write(HEAD, kept, as_text(stream)[0]))


def read(path: Path) -> None:
    """Reads a memory to its end."""
    with opened([str(path)]) as (found, _):
        assert isinstance(found, Source)
        print(sum(1 for _ in found.units), "units")


def row(name: str, command: list[str], folder: Path) -> None:
    """Runs one step and prints its time by the clock, that of the processor, and the most memory that it had."""
    before = time.perf_counter()
    code = (
        "import resource, subprocess, sys; "
        "ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(ended.returncode, used.ru_maxrss, used.ru_utime + used.ru_stime)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, *command], cwd=folder, capture_output=True, check=True
    )
    returned, peak, cpu = ended.stdout.split()
    failed = "" if returned == b"0" else f"  exit code {returned.decode()}"
    wall = time.perf_counter() - before
    print(f"{name:24s}{wall:8.1f} s{float(cpu):8.1f} s{int(peak) / 1024:8.0f} MB{failed}", flush=True)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="leave the files in this folder")
    parser.add_argument("--step", choices=("write", "read"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        assert arguments.keep is not None
        path = arguments.keep / "big.tmx"
        write(path, arguments.units) if arguments.step == "write" else read(path)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.keep or Path(temporary)).absolute()
        here = [
            sys.executable,
            "-m",
            "benchmarks.formats",
            "--units",
            str(arguments.units),
            "--keep",
            str(folder),
        ]
        root = Path(__file__).parents[1]
        print(f"{'':24s}{'clock':>10s}{'processor':>10s}{'memory':>11s}")
        for step in ("write", "read"):
            row(f"TMX, {step}", [*here, "--step", step], root)
        print(f"{'':24s}{(folder / 'big.tmx').stat().st_size / 1e6:8.0f} MB of TMX")
        for source, target in (
            ("big.tmx", "big.tsv"), ("big.tsv", "t.tmx"), ("big.tmx", "big.jsonl"), ("big.jsonl", "j.tmx"),
            ("big.tmx", "big.xliff"), ("big.xliff", "x.tmx"), ("big.tmx", "big.parquet"), ("big.parquet", "p.tmx"),
            ("big.tmx", "big.moses"),
        ):  # fmt: skip
            command = [*CONCORD, "convert", str(folder / source), str(folder / target), "--langs", "ru,en"]
            row(f"{source} → {target}", command, root)
        print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
