"""Ctrl-C at many moments: one line, exit code 2, the project as it was or complete, nothing half-written."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from align.store import open_store
from tests.commands import ROOT, environment, succeeds

# "ready" comes with the first step of main; before that Ctrl-C is Python's own affair.
RUNNER = """
import sys
from glossary import cli
first = cli.take_debug
def ready(arguments):
    sys.stderr.write("ready\\n"); sys.stderr.flush()
    return first(arguments)
cli.take_debug = ready
sys.exit(cli.main())
"""
ALIGN = (
    "align",
    "interview.ru.txt",
    "interview.en.txt",
    "--db",
    "project.db",
    "-o",
    "out.tsv",
    "-o",
    "out.html",
)


@dataclass(frozen=True)
class Interrupted:
    """What an interrupted command left behind."""

    code: int
    lines: list[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sample interview."""
    for name in ("interview.ru.txt", "interview.en.txt"):
        (tmp_path / name).write_bytes((ROOT / "seeds" / name).read_bytes())
    return tmp_path


def interrupted(*arguments: str, after: float, folder: Path) -> Interrupted:
    """Presses Ctrl-C ``after`` seconds."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUNNER, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stderr is not None
    with process.stderr as errors:
        assert errors.readline() == b"ready\n"
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        lines = errors.read().decode().splitlines()
    return Interrupted(process.wait(60), lines)


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
@pytest.mark.parametrize("after", [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7])
def test_an_interrupt_leaves_all_or_nothing(folder: Path, after: float) -> None:
    before = files_in(folder)
    ended = interrupted(*ALIGN, "--quiet", after=after, folder=folder)
    assert not any("Traceback" in line for line in ended.lines), ended.lines
    new = files_in(folder) - before
    if ended.code == 0:  # it was faster
        assert ended.lines == []
        assert new == {"project.db", "out.tsv", "out.html"}
        return
    assert ended.code == 2
    assert len(ended.lines) == 1, ended.lines
    if "nothing was changed" in ended.lines[0]:
        assert new == set()
    else:
        assert "already written" in ended.lines[0]
        assert new == {"project.db", "out.tsv", "out.html"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
@pytest.mark.parametrize("after", [0.2, 0.4, 0.6])
def test_an_interrupt_leaves_a_project_that_can_be_used(folder: Path, after: float) -> None:
    succeeds(*ALIGN, cwd=folder)
    succeeds("beads", "confirm", "1-5", "--db", "project.db", cwd=folder)
    (folder / "interview.en.txt").write_text(
        (folder / "interview.en.txt").read_text("utf-8").replace("\n", " And so on.\n", 9), "utf-8"
    )
    interrupted(*ALIGN, "--quiet", after=after, folder=folder)
    with open_store(folder / "project.db") as store:
        (row,) = store.alignments()
        assert row.decided + row.stale == 5
        assert store.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    succeeds(*ALIGN, cwd=folder)
