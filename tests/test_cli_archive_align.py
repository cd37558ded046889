"""``concord archive align``, ``status`` and ``export`` as a shell runs them: stopped, killed, gone on with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from align.archive.store import open_archive
from tests.align.archive.small import write_pairs
from tests.commands import CONCORD, concord, environment, fails, succeeds

PAIRS = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with forty pairs."""
    found = tmp_path_factory.mktemp("archive")
    write_pairs(found, PAIRS)
    return found


@pytest.fixture(scope="module")
def expected(folder: Path) -> bytes:
    """The beads of all pairs, made without any interruption."""
    succeeds("archive", "align", "ru", "en", "--into", "whole.db", "--workers", "1", cwd=folder)
    return succeeds("archive", "export", "whole.db", cwd=folder).stdout


def start(folder: Path, archive: str, *more: str) -> subprocess.Popen[bytes]:
    """The command in the background, in a group of its own."""
    arguments = [*CONCORD, "archive", "align", "ru", "en", "--into", archive, "--workers", "2", *more]
    return subprocess.Popen(
        arguments,
        cwd=folder,
        env=environment(),
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_for(archive: Path, done: int, running: subprocess.Popen[bytes]) -> None:
    """Waits until so many pairs are done, or the command has ended."""
    while running.poll() is None:
        if archive.exists() and archive.stat().st_size:
            with open_archive(archive) as opened:
                if opened.counts()["done"] >= done:
                    return
        time.sleep(0.01)


def results(archive: Path) -> dict[int, tuple[int, int]]:
    """By which run each pair was done, and as which change."""
    with open_archive(archive) as opened:
        return {record.number: (record.run, record.change) for record in opened.pairs("done")}


def test_a_command_that_is_killed_goes_on_where_it_was(folder: Path, expected: bytes) -> None:
    archive, before = folder / "killed.db", dict[int, tuple[int, int]]()
    for done in (1, 9, 20):
        with start(folder, archive.name) as running:
            wait_for(archive, done, running)
            os.kill(running.pid, signal.SIGKILL)
        now = results(archive)
        assert before.items() <= now.items(), "what was done is not done again"
        assert len(now) >= done
        before = now
    succeeds("archive", "align", "ru", "en", "--into", archive.name, cwd=folder)
    assert before.items() <= results(archive).items()
    assert succeeds("archive", "export", archive.name, cwd=folder).stdout == expected


def test_ctrl_c_ends_in_one_line_that_says_how_to_go_on(folder: Path) -> None:
    archive = folder / "stopped.db"
    with start(folder, archive.name) as running:
        wait_for(archive, 3, running)
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: the workers hear it too
        _, stderr = running.communicate(timeout=60)
    assert running.returncode == 2
    (line,) = stderr.decode().splitlines()
    assert "the same command goes on from there" in line
    with open_archive(archive) as opened:
        assert 3 <= opened.counts()["done"] < PAIRS
    assert not Path(f"{archive}-lock").exists()


def test_status_can_be_asked_for_while_it_runs_and_a_second_run_is_refused(folder: Path) -> None:
    archive = folder / "running.db"
    with start(folder, archive.name) as running:
        wait_for(archive, 1, running)
        os.kill(running.pid, signal.SIGSTOP)
        try:
            found = status(folder, archive.name)
            refused = fails("archive", "align", "ru", "en", "--into", archive.name, cwd=folder)
        finally:
            os.kill(running.pid, signal.SIGCONT)
        running.communicate(timeout=120)
    assert (found["running"], found["run"]["ended_at"]) == (True, None)
    assert found["pairs"]["all"] == PAIRS
    assert "another program is aligning into it" in refused
    after = status(folder, archive.name)
    assert (after["running"], after["pairs"]["done"]) == (False, PAIRS)


def status(folder: Path, archive: str) -> dict[str, Any]:
    """What ``archive status --json`` says."""
    found: dict[str, Any] = json.loads(succeeds("archive", "status", archive, "--json", cwd=folder).out)
    return found


def test_one_bad_document_gives_exit_code_1_and_its_line(tmp_path: Path) -> None:
    write_pairs(tmp_path, 3)
    (tmp_path / "ru" / "001.txt").write_bytes(b"")
    ended = concord("archive", "align", "ru", "en", "--into", "a.db", "--json", cwd=tmp_path)
    assert ended.code == 1
    found = json.loads(ended.out)
    assert found["pairs"] == {"all": 3, "waiting": 0, "done": 2, "failed": 1}
    assert found["failed"][0]["number"] == 2
    assert "ru/001.txt" in found["failed"][0]["error"]
    assert "--retry-failed" in ended.error
    assert "Traceback" not in ended.stderr


def test_a_list_of_matched_pairs_is_aligned_with_its_confidence(tmp_path: Path) -> None:
    write_pairs(tmp_path, 2)
    (tmp_path / "pairs.tsv").write_text(
        "source\ttarget\tconfidence\thow\nru/001.txt\ten/001.txt\t0.9700\tcontent\n"
    )
    ended = succeeds("archive", "align", "pairs.tsv", "--into", "a.db", cwd=tmp_path)
    assert "1 pair in" in ended.error
    with open_archive(tmp_path / "a.db") as opened:
        assert (opened.pair(1).match, opened.pair(1).how) == (0.97, "content")


@pytest.mark.parametrize("name", ["beads.tsv", "beads.tmx", "beads.parquet", "beads.jsonl"])
def test_every_format_holds_the_beads_of_all_pairs(
    folder: Path, expected: bytes, name: str, tmp_path: Path
) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    lines = [json.loads(line) for line in expected.decode().splitlines()]
    succeeds("archive", "export", "whole.db", "-o", tmp_path / name, cwd=folder)
    if name.endswith(".jsonl"):
        assert (tmp_path / name).read_bytes() == expected
    elif name.endswith(".parquet"):
        from pyarrow import parquet

        assert parquet.read_table(tmp_path / name).to_pylist() == lines
    elif name.endswith(".tsv"):
        assert len((tmp_path / name).read_text("utf-8").splitlines()) == len(lines) + 1
    else:
        both = [line for line in lines if line["source"] and line["target"]]
        assert (tmp_path / name).read_text("utf-8").count("<tu ") >= len(both)


def test_figures_have_four_decimals(expected: bytes) -> None:
    for line in expected.decode().splitlines():
        bead = json.loads(line)
        assert all(round(bead[name], 4) == bead[name] for name in ("score", "confidence"))


def test_a_format_for_one_pair_of_languages_wants_to_know_which(tmp_path: Path) -> None:
    write_pairs(tmp_path, 2)
    for number, codes in enumerate(("ru,en", "uk,en")):
        one = (f"ru/00{number}.txt", f"en/00{number}.txt")
        (tmp_path / "list.tsv").write_text("\t".join(one) + "\n")
        succeeds("archive", "align", "list.tsv", "--into", "a.db", "--langs", codes, cwd=tmp_path)
    assert "--langs" in fails("archive", "export", "a.db", "--format", "tmx", cwd=tmp_path)
    chosen = succeeds("archive", "export", "a.db", "--format", "tsv", "--langs", "uk,en", cwd=tmp_path)
    assert "№ 1." in chosen.out
    assert "№ 0." not in chosen.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["archive", "align", "ru", "en"], "--into"),
        (["archive", "align", "ru/001.txt", "en/001.txt", "--into", "x.db"], "no folder"),
        (["archive", "align", "none.tsv", "--into", "x.db"], "no such file"),
        (["archive", "align", "ru", "en", "--into", "ru/001.txt"], "not a Concord archive"),
        (["archive", "align", "ru", "en", "--into", "x.db", "--engine", "abacus"], "local, ray"),
        (["archive", "align", "ru", "en", "--into", "x.db", "--address", "auto"], "--engine ray"),
        (["archive", "align", "ru", "en", "--into", "x.db", "--dates", "MM"], "YYYY"),
        (["archive", "align", "ru", "--into", "x.db", "--output", "y"], "--output takes shards"),
        (["archive", "align", "--into", "x.db"], "no such file"),
        (["archive", "status", "none.db"], "no such file"),
        (["archive", "export", "none.db"], "no such file"),
    ],
    ids=lambda value: "-".join(value[1:]).replace("/", "_") if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_in_one_line(folder: Path, arguments: Sequence[str], words: str) -> None:
    assert words in fails(*arguments, cwd=folder)
    assert not (folder / "x.db").exists()
