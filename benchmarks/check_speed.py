"""How long checking takes: 100,000 beads on two cores, and again after one document has changed.

    python -m benchmarks.check_speed [--pairs 1000] [--workers 2]

The texts are those of ``benchmarks.glossary``: invented names in sentences of the sample's kind, the same for the
same numbers, with figures, legal marks and quotation marks put in. The times are of whole processes of
``concord check``, from start to exit.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from align import __version__
from align.model import Alignment, Document
from benchmarks.glossary import BEADS, document, names, pair

FURTHER = (
    ("В {0} году здесь жили {1} человек.", "In {0} {1} people lived here."),
    ("Мост длиной {1} км открыли 3 марта {0} года.", "The bridge, {1} km long, opened on March 3, {0}."),
    ("«Никто не спросил», – ответил он.", "“Nobody asked,” he replied."),
    ("Цены выросли на {1} процентов.", "Prices rose by {1} percent."),
    ("«Стальной щит» (запрещен в РФ) не ответил.", "Steel Shield (banned in Russia) did not answer."),
)


def richer(alignment: Alignment, number: int) -> Alignment:
    """The pair with every fourth sentence put in the place of one with something to compare."""
    rng = random.Random(number)
    sides = [alignment.source.texts(), alignment.target.texts()]
    for at in range(0, BEADS, 4):
        template = rng.choice(FURTHER)
        year, count = rng.randrange(1950, 2020), rng.randrange(12, 900)
        for side, words in zip(sides, template, strict=True):
            side[at] = words.format(year, count)
    source = in_paragraphs(document(alignment.source.name, "ru", sides[0]))
    target = in_paragraphs(document(alignment.target.name, "en", sides[1]))
    return replace(alignment, source=source, target=target)


def in_paragraphs(whole: Document) -> Document:
    """The document with a line break in the place of every fifth space between sentences."""
    text = list(whole.text)
    for segment in whole.segments[4:-1:5]:
        text[segment.end] = "\n"
    return replace(whole, text="".join(text))


def checked(project: Path, workers: int) -> tuple[float, int]:
    """Seconds of one run of the command, and the findings that it printed."""
    command = [sys.executable, "-m", "glossary", "check", "--db", str(project), "--jsonl", "--quiet"]
    # as an installed program runs: its modules are compiled once
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command += ["--workers", str(workers)]
    started = time.perf_counter()
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    seconds = time.perf_counter() - started
    if ended.returncode not in (0, 1):
        raise SystemExit(ended.stderr)
    return seconds, len(ended.stdout.splitlines())


def main() -> None:
    """Builds the project, runs the command, prints the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    from align.store import open_store

    known = names(max(200, given.pairs))
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "concord.db"
        with open_store(project, create=True) as store, store.transaction():
            for number in range(given.pairs):
                store.save_alignment(richer(pair(number, known), number), author="benchmark")
        first, findings = checked(project, given.workers)
        again, _ = checked(project, given.workers)
        with open_store(project) as store:
            changed = richer(pair(0, known), given.pairs)
            store.save_alignment(changed, author="benchmark")
        one, _ = checked(project, given.workers)
        size = project.stat().st_size / 1e6
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    figures = {
        "beads": given.pairs * BEADS, "findings": findings, "first_s": first, "unchanged_s": again,
        "one_changed_s": one, "largest_process_mb": memory, "file_mb": size,
    }  # fmt: skip
    print(json.dumps({key: round(value, 2) for key, value in figures.items()}, indent=1))
    print(f"concord:{__version__}|check|pairs:{given.pairs}|workers:{given.workers}")


if __name__ == "__main__":
    main()
