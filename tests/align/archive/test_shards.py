"""Shards on any storage: whole or not there, done once, the same as an archive's export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.archive import shards
from align.archive.dates import date_in, iso, pattern_of
from align.archive.pool import Pool
from align.archive.storage import written
from align.archive.work import Outcome, Settings, Worker
from align.errors import InputError, OutputError, UsageError
from tests.align.archive.small import texts
from tests.commands import concord, fails

fsspec: Any = pytest.importorskip("fsspec", reason="shards need fsspec (the extra “cluster”)")
SETTINGS = Settings(langs=("ru", "en"))


@pytest.fixture
def memory() -> Iterator[Any]:
    """A storage in memory with two shards of two pairs, one of them with a broken pair."""
    fs = fsspec.filesystem("memory")
    for shard in range(2):
        rows = []
        for number in range(2):
            source, target = texts(2 * shard + number)
            rows.append(
                {
                    "source": f"r{shard}{number}",
                    "target": f"e{shard}{number}",
                    "source_text": source,
                    "target_text": target,
                }
            )
        if shard:
            rows.append({"source": "memory://in/missing", "target": "e"})
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        fs.pipe_file(f"/in/part-{shard}.jsonl", lines.encode())
    yield fs
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]


def align(output: str = "memory://out", settings: Settings = SETTINGS) -> list[tuple[shards.Shard, Any]]:
    """All shards in the storage by the built-in engine."""
    todo = shards.plan("memory://in/*.jsonl", output)
    return list(shards.run(Pool(settings, 1), todo, settings))


def test_shards_of_any_storage_become_shards_of_beads(memory: Any) -> None:
    (one, first), (two, second) = align()
    assert (first.pairs, first.failed, second.pairs, second.failed) == (2, 0, 3, 1)
    beads = [json.loads(line) for line in memory.cat_file(one.beads).decode().splitlines()]
    assert {bead["source_document"] for bead in beads} == {"r00", "r01"}
    (failure,) = memory.cat_file(two.failed).decode().splitlines()
    assert json.loads(failure)["source"] == "memory://in/missing"
    assert "memory://in/missing" in json.loads(failure)["error"]
    assert not [name for name in memory.find("/out") if name.endswith(".part")]


def test_a_worker_writes_the_same_shard_as_the_pairs_divided_among_many(memory: Any) -> None:
    ((one, _), *_) = align()
    divided = memory.cat_file(one.beads)
    memory.rm_file(one.beads)
    shards.align_shard(Worker.load(SETTINGS), one)
    assert memory.cat_file(one.beads) == divided


def test_a_shard_is_done_once_and_again_when_its_input_has_changed(memory: Any) -> None:
    align()
    assert align() == []
    more = memory.cat_file("/in/part-0.jsonl").splitlines()[0] + b"\n"
    memory.rm_file("/in/part-0.jsonl")
    memory.pipe_file("/in/part-0.jsonl", more)
    ((shard, report),) = align()
    assert (shard.name, report.pairs) == ("part-0", 1)


def test_a_shard_without_its_mark_is_done_again(memory: Any) -> None:
    ((shard, _), *_) = align()
    memory.rm_file(shard.mark)
    assert [again.name for again, _ in align()] == ["part-0"]


def test_a_folder_of_other_beads_is_not_mixed_with_these(memory: Any) -> None:
    align()
    with pytest.raises(UsageError, match="other settings"):
        align(settings=Settings(langs=("ru", "en"), segmented=True))


def test_a_broken_shard_does_not_stop_the_others(memory: Any) -> None:
    memory.pipe_file("/in/part-0.jsonl", b'{"source": "a", "target": "b"}\n{broken\n')
    (_, broken), (_, fine) = align()
    assert isinstance(broken, InputError)
    assert "line 2" in str(broken)
    assert fine.pairs == 3


def test_shards_that_are_not_there_are_named(memory: Any) -> None:
    with pytest.raises(InputError, match="no shards"):
        shards.plan("memory://in/*.parquet", "memory://out")
    with pytest.raises(UsageError, match="no storage"):
        shards.plan("nowhere://in/*", "memory://out")


def write(path: Path, parts: list[Any]) -> None:
    """Writes bytes; what is none of them ends it on the way."""
    with written(str(path)) as stream:
        for part in parts:
            stream.write(part)


def test_what_ends_before_its_end_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write(tmp_path / "a", [b"half", None])
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path / "file" / "a", [])


@given(st.permutations(range(1, 9)))
def test_outcomes_are_put_in_order(numbers: list[int]) -> None:
    found = shards.in_order(Outcome(number) for number in numbers)
    assert [outcome.number for outcome in found] == sorted(numbers)


def test_the_command_says_what_failed(tmp_path: Path) -> None:
    source, target = texts(1)
    (tmp_path / "in").mkdir()
    rows = [
        {"source": "a", "target": "b", "source_text": source, "target_text": target},
        {"source": "c", "target": "d"},
    ]
    (tmp_path / "in" / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    ended = concord("archive", "align", "in", "--output", "out", "--json", cwd=tmp_path)
    assert ended.code == 1
    assert (json.loads(ended.out)["pairs"], json.loads(ended.out)["failed"]) == (2, 1)
    assert "no shards" in fails("archive", "align", "none/*.jsonl", "--output", "out", cwd=tmp_path)


# Dates


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("YYYY/MM/DD", "ru/2021/03/04/port.html", "2021-03-04"),
        ("YYYY-MM", "news-2021-03.txt", "2021-03"),
        ("YYYYMMDD", "a/20211231-b.txt", "2021-12-31"),
        ("YYYYMMDD", "a/20210231-20210301.txt", "2021-03-01"),
        ("y*/YYYY", "yy-z/1999.txt", "1999"),
        ("YYYY", "a/0815.txt", ""),
        ("YYYY/MM", "C:\\texts\\2021\\03\\a.txt", "2021-03"),
    ],
)
def test_a_path_says_when_its_text_was_published(pattern: str, path: str, expected: str) -> None:
    assert date_in(path, pattern_of(pattern)) == expected


@pytest.mark.parametrize("pattern", ["", "MM", "YYYY/DD", "YYYY-YYYY", "year"])
def test_a_pattern_without_a_year_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError, match="--dates"):
        pattern_of(pattern)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2021-03-04T10:00:00Z", "2021-03-04"), ("2021-03", "2021-03"), ("2021", "2021"), ("2021-13-01", ""),
     ("March 4, 2021", ""), ("2021-3-4", ""), ("", ""), ("2021-03-04", "2021-03-04")],
)  # fmt: skip
def test_only_dates_in_iso_8601_are_taken(text: str, expected: str) -> None:
    assert iso(text) == expected
