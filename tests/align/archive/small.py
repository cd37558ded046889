"""Small documents for tests of archives: stretches of the sample interview, each with a mark of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from align.archive.store import Listed
from align.archive.work import Outcome, Settings, Task, Worker

SEEDS = Path(__file__).parents[3] / "seeds"


@cache
def _beads() -> list[tuple[str, str]]:
    """The interview's pairs of one sentence each."""
    sides = [
        (SEEDS / f"interview.{lang}.segments.txt").read_text("utf-8").splitlines() for lang in ("ru", "en")
    ]
    gold = json.loads((SEEDS / "interview.gold.json").read_text("utf-8"))
    return [(sides[0][s[0]], sides[1][t[0]]) for s, t in gold if len(s) == len(t) == 1]


def texts(number: int, sentences: int = 6) -> tuple[str, str]:
    """A text and its translation; no two numbers give the same."""
    beads = _beads()
    chosen = [beads[(number * 7 + k) % len(beads)] for k in range(sentences)]
    left, right = ("\n".join(part) + "\n" for part in zip(*chosen, strict=True))
    return f"№ {number}.\n{left}", f"No. {number}.\n{right}"


def write_pairs(folder: Path, count: int, sentences: int = 6) -> list[Listed]:
    """Files of so many pairs in ``ru`` and ``en`` below a folder, as an archive lists them."""
    found = []
    for number in range(count):
        paths: list[str] = []
        for lang, text in zip(("ru", "en"), texts(number, sentences), strict=True):
            path = folder / lang / f"{number:03d}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        found.append(Listed(paths[0], paths[1]))
    return found


class Deadly(Worker):
    """A worker whose process ends at once over a document with "deadly" in its name, as if it had run out of memory.

    Where the name has "once" in it, only the first that meets it dies, and leaves a file to say so.
    """

    __slots__ = ()

    def align(self, tasks: Sequence[Task]) -> list[Outcome]:  # type: ignore[override]
        """The outcomes, if it lives that long."""
        import os
        import signal

        found: list[Outcome] = []
        for task in tasks:
            mark = Path(f"{task.source}.met")
            if "deadly" in task.source and not ("once" in task.source and mark.exists()):
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            found.extend(super().align([task]))
        return found


def load_deadly(settings: Settings) -> Deadly:
    """Loads such a worker."""
    return Deadly.load(settings)


def load_hopeless(settings: Settings) -> Worker:
    """Ends before it has loaded."""
    import os

    os._exit(3)
