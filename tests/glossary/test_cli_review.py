"""The review loop: by keys in a real terminal (a pseudo-terminal), by lines in a pipe."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from align.store import open_store
from glossary.cli.review import key_of
from glossary.store import Glossary, Query
from tests.commands import CONCORD, concord, environment, succeeds
from tests.glossary.samples import built

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
termios = pytest.importorskip("termios", reason="this system has no terminals of that kind")
MILL, GUILD = "мельница", "цех мельников"
PATIENCE = 60.0  # seconds for a slow machine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a project whose glossary has been built by hand: a mill and a guild."""
    built(tmp_path)
    return tmp_path


def states(folder: Path) -> dict[str, str]:
    """What has been decided."""
    with open_store(folder / "concord.db") as store:
        return {row.label: row.state for row in Glossary(store).page(Query()).rows}


class Terminal:
    """A program in a terminal, and a person before it."""

    def __init__(self, process: subprocess.Popen[bytes], fd: int) -> None:
        self.process, self.fd, self.screen = process, fd, ""

    def press(self, keys: str) -> None:
        """Types."""
        os.write(self.fd, keys.encode())

    def wait_for(self, text: str) -> str:
        """What is shown up to and with this text."""
        until = time.monotonic() + PATIENCE
        while text not in self.screen:
            ready, _, _ = select.select([self.fd], [], [], max(0.0, until - time.monotonic()))
            assert ready, f"{text!r} was never shown:\n{self.screen}"
            try:
                data = os.read(self.fd, 65536)
            except OSError:  # the program has ended
                data = b""
            assert data, f"{text!r} was never shown:\n{self.screen}"
            self.screen += data.decode("utf-8", "replace")
        shown, _, self.screen = self.screen.partition(text)
        return shown + text

    def end(self) -> int:
        """The exit code; reads what is left, so that the program can end."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            if select.select([self.fd], [], [], 0.05)[0]:
                try:
                    self.screen += os.read(self.fd, 65536).decode("utf-8", "replace")
                except OSError:
                    break
        return self.process.wait(PATIENCE)


@contextmanager
def review(folder: Path, *arguments: str) -> Iterator[Terminal]:
    """``concord terms review`` in a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*CONCORD, "terms", "review", "--author", "Ada", *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment({"TERM": "xterm"}),
        start_new_session=True,
    )
    try:
        yield Terminal(process, ours)
        process.wait(PATIENCE)
        assert termios.tcgetattr(theirs)[3] & termios.ICANON  # the terminal is as it was
    finally:
        process.kill()
        process.wait()
        os.close(theirs)
        os.close(ours)


def test_one_key_accepts_and_the_next_candidate_comes(folder: Path) -> None:
    with review(folder) as terminal:
        shown = terminal.wait_for("2 left")
        assert "[Мельница] стояла" in shown
        assert "The [mill] stood" in shown
        terminal.press("a")
        terminal.wait_for("1 left")
        terminal.press("q")
        assert terminal.end() == 0
    assert states(folder) == {MILL: "approved", GUILD: "candidate"}


def test_rejecting_asks_why(folder: Path) -> None:
    with review(folder) as terminal:
        terminal.wait_for("2 left")
        terminal.press("r")
        terminal.wait_for("Why")
        terminal.press("редкое слово\n")
        terminal.wait_for("1 left")
        terminal.press("q")
        assert terminal.end() == 0
    assert "редкое слово" in succeeds("terms", "history", MILL, cwd=folder).out


def test_a_cyrillic_keyboard_works_as_well(folder: Path) -> None:
    with review(folder) as terminal:
        terminal.wait_for("2 left")
        terminal.press("ф")
        terminal.wait_for("1 left")
        terminal.press("й")
        assert terminal.end() == 0
    assert states(folder)[MILL] == "approved"


def test_the_last_decision_can_be_undone_by_a_key(folder: Path) -> None:
    with review(folder) as terminal:
        terminal.wait_for("2 left")
        terminal.press("a")
        terminal.wait_for("1 left")
        terminal.press("u")
        terminal.wait_for("2 left")
        terminal.press("q")
        assert terminal.end() == 0
    assert states(folder)[MILL] == "candidate"


def test_a_term_is_forbidden_by_its_number(folder: Path) -> None:
    with review(folder) as terminal:
        terminal.wait_for("3) en  windmill")
        terminal.wait_for("2 left")
        terminal.press("f")
        terminal.wait_for("Number")
        terminal.press("3\n")
        terminal.wait_for("windmill: forbidden")
        terminal.press("q")
        assert terminal.end() == 0


def test_ctrl_c_keeps_what_was_decided_and_gives_the_terminal_back(folder: Path) -> None:
    with review(folder) as terminal:
        terminal.wait_for("2 left")
        terminal.press("a")
        terminal.wait_for("1 left")
        os.kill(terminal.process.pid, signal.SIGINT)
        assert terminal.end() == 0
        assert "1 decisions (1 accepted)" in terminal.screen
    assert states(folder)[MILL] == "approved"


def test_what_somebody_else_decided_meanwhile_is_shown_and_not_overruled(folder: Path) -> None:
    with review(folder) as terminal:
        terminal.wait_for("2 left")
        succeeds("terms", "reject", MILL, "--author", "Bo", "--reason", "an ordinary word", cwd=folder)
        terminal.press("a")
        assert "rejected by Bo" in terminal.wait_for("1 left")
        terminal.press("q")
        assert terminal.end() == 0
    assert states(folder)[MILL] == "rejected"


def test_after_the_last_candidate_it_ends(folder: Path) -> None:
    with review(folder, "--kind", "organisation") as terminal:
        terminal.wait_for("1 left")
        terminal.press("a")
        terminal.wait_for("That was the last one")
        assert terminal.end() == 0


# In a pipe


def test_in_a_pipe_each_line_is_a_decision(folder: Path) -> None:
    script = b"p 2\na\nr an ordinary word\n"
    ended = succeeds("terms", "review", cwd=folder, stdin=script)
    assert "3 decisions (1 preferred, 1 accepted, 1 rejected); 0 left" in ended.stderr
    assert states(folder) == {MILL: "approved", GUILD: "rejected"}


def test_the_end_of_the_input_is_the_end_of_the_review(folder: Path) -> None:
    ended = succeeds("terms", "review", cwd=folder)
    assert "[Мельница]" in ended.out
    assert states(folder) == {MILL: "candidate", GUILD: "candidate"}


@pytest.mark.parametrize("line", ["p 9", "p", "p x", "f 0", "m nowhere", "m", "c", "x", "hello", ""])
def test_a_line_that_says_nothing_useful_changes_nothing(folder: Path, line: str) -> None:
    succeeds("terms", "review", cwd=folder, stdin=f"{line}\n".encode())
    assert states(folder) == {MILL: "candidate", GUILD: "candidate"}


def test_a_candidate_can_be_merged_into_another(folder: Path) -> None:
    succeeds("terms", "review", cwd=folder, stdin=f"n\nm {MILL}\n".encode())
    assert states(folder) == {MILL: "candidate"}


def test_back_and_next_walk_through_the_list(folder: Path) -> None:
    out = succeeds("terms", "review", cwd=folder, stdin=b"n\nb\nq\n").out
    heads = [line for line in out.splitlines() if ", candidate, " in line]
    assert [MILL in heads[0], GUILD in heads[1], MILL in heads[2]] == [True, True, True]


def test_a_review_needs_something_to_go_through(folder: Path) -> None:
    ended = succeeds("terms", "review", "--kind", "person", cwd=folder)
    assert ended.out.strip() == "That was the last one."


def test_an_unknown_state_is_refused(folder: Path) -> None:
    assert concord("terms", "review", "--state", "perfect", cwd=folder).code == 2


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("a", "a"),
        ("A", "a"),
        ("ф", "a"),
        ("Ф", "a"),
        (" ", "n"),
        ("\x1b[C", "n"),
        ("\x1b[D", "b"),
        ("\x1b", ""),
    ],
)
def test_keys_are_what_was_meant(typed: str, key: str) -> None:
    assert key_of(typed) == key


def test_json_of_a_reviewed_project_is_whole(folder: Path) -> None:
    succeeds("terms", "review", cwd=folder, stdin=b"a\na\n")
    found = json.loads(succeeds("terms", "list", "--state", "approved", "--json", cwd=folder).out)
    assert found["total"] == 2
