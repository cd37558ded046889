"""Many processes, one archive: whatever happens to them, every pair is done once, and the beads are the same."""

from __future__ import annotations

import itertools
import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.archive import queue
from align.archive.export import export
from align.archive.lists import listed, rows_of
from align.archive.lock import is_locked, locked
from align.archive.pool import Pool
from align.archive.queue import Chunk, Queue, chunks
from align.archive.running import Tally, run
from align.archive.store import Listed, open_archive
from align.archive.work import Outcome, Settings, Task, Worker
from align.errors import ConflictError, EmptyInputError, ModelError
from align.model import Signature
from tests.align.archive.small import load_deadly, load_hopeless, write_pairs

SETTINGS = Settings(langs=("ru", "en"))
SIGNATURE = Signature("1", "m", "r", "s")


# Portions


@given(
    st.lists(st.integers(0, 3 * queue.MOST_BYTES), max_size=60),
    st.integers(1, 5),
    st.lists(st.sampled_from(["done", "dies", "dies half way"]), max_size=80),
)
def test_every_pair_has_one_outcome_whatever_workers_die(
    sizes: list[int], workers: int, fates: list[str]
) -> None:
    tasks = [Task(n, f"s{n}", f"t{n}", size) for n, size in enumerate(sizes, 1)]
    work, fate = Queue(tasks, len(tasks)), itertools.chain(fates, itertools.repeat("done"))
    outcomes: list[Outcome] = []
    held: list[Chunk] = []
    while True:
        while len(held) < workers and (chunk := work.take()):
            held.append(chunk)
        if not held:
            break
        chunk, how = held.pop(0), next(fate)
        share = {"done": len(chunk.tasks), "dies": 0, "dies half way": len(chunk.tasks) // 2}[how]
        outcomes += [Outcome(task.number) for task in chunk.tasks[:share]]
        if how != "done":
            outcomes += work.died(chunk, chunk.tasks[share:], "it died")
    assert Counter(outcome.number for outcome in outcomes) == Counter(range(1, len(tasks) + 1))


@given(st.lists(st.integers(0, 3 * queue.MOST_BYTES), max_size=100))
def test_chunks_hold_every_task_in_order_and_bounded(sizes: list[int]) -> None:
    tasks = [Task(n, "", "", size) for n, size in enumerate(sizes)]
    found = list(chunks(tasks, len(tasks)))
    assert [task for chunk in found for task in chunk.tasks] == tasks
    assert all(chunk.size <= queue.MOST_BYTES or len(chunk.tasks) == 1 for chunk in found)
    assert all(0 < len(chunk.tasks) <= queue.MOST_PAIRS for chunk in found)


def test_a_pair_whose_worker_dies_twice_over_it_alone_has_failed() -> None:
    work = Queue([Task(1, "a", "b")], 1)
    first = work.take()
    assert first is not None
    assert work.died(first, first.tasks, "it died") == []
    again = work.take()
    assert again is not None
    (outcome,) = work.died(again, again.tasks, "it died")
    assert outcome.record is not None
    assert (outcome.record.state, work.take()) == ("failed", None)


# Runs


def align(path: Path, pairs: Sequence[Listed] | None, workers: int = 1, **options: Any) -> Tally:
    """A run of the built-in engine."""
    load = options.pop("load", Worker.load)
    return run(path, pairs, Pool(SETTINGS, workers, load=load), SETTINGS, **options)


def exported(path: Path) -> bytes:
    """All beads of an archive."""
    with open_archive(path) as archive:
        export(archive, str(path.with_suffix(".jsonl")), "jsonl")
    return path.with_suffix(".jsonl").read_bytes()


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[Listed]:
    """A dozen pairs."""
    return write_pairs(tmp_path_factory.mktemp("docs"), 12)


@pytest.fixture(scope="module")
def expected(pairs: list[Listed], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Their beads, as one worker makes them."""
    path = tmp_path_factory.mktemp("one") / "a.db"
    tally = align(path, pairs)
    assert (tally.done, tally.failed) == (12, 0)
    return exported(path)


@pytest.mark.parametrize("workers", [2, 5])
def test_the_beads_are_the_same_with_any_number_of_workers(
    pairs: list[Listed], expected: bytes, tmp_path: Path, workers: int
) -> None:
    align(tmp_path / "a.db", pairs, workers)
    assert exported(tmp_path / "a.db") == expected


def test_what_is_done_is_not_done_again(pairs: list[Listed], tmp_path: Path) -> None:
    align(tmp_path / "a.db", pairs[:3])
    with open_archive(tmp_path / "a.db") as archive:
        before = list(archive.pairs())
    tally = align(tmp_path / "a.db", pairs[:5])
    assert (tally.done, tally.same) == (5, 3)
    with open_archive(tmp_path / "a.db") as archive:
        assert list(archive.pairs())[:3] == before


def test_a_changed_file_is_done_again_and_no_other(tmp_path: Path) -> None:
    pairs = write_pairs(tmp_path, 3)
    align(tmp_path / "a.db", pairs)
    Path(pairs[1].target).write_text(Path(pairs[1].target).read_text("utf-8") + "One more.\n", "utf-8")
    assert align(tmp_path / "a.db", pairs).same == 2
    with open_archive(tmp_path / "a.db") as archive:
        assert [record.run for record in archive.pairs()] == [1, 2, 1]
        assert "One more." in archive.alignment(2).target.text


def test_other_settings_do_all_again(pairs: list[Listed], tmp_path: Path) -> None:
    align(tmp_path / "a.db", pairs[:2])
    other = Settings(langs=("ru", "en"), doubtful_below=0.5)
    tally = run(tmp_path / "a.db", pairs[:2], Pool(other, 1), other)
    assert tally.same == 0
    with open_archive(tmp_path / "a.db") as archive:
        assert archive.alignment(1).doubtful_below == 0.5


def test_a_bad_document_is_recorded_and_the_others_go_on(tmp_path: Path) -> None:
    pairs = write_pairs(tmp_path, 3)
    Path(pairs[1].source).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    pairs.append(Listed(str(tmp_path / "missing"), pairs[0].target))
    tally = align(tmp_path / "a.db", pairs)
    assert (tally.done, tally.failed) == (2, 2)
    with open_archive(tmp_path / "a.db") as archive:
        errors = {record.number: record.error for record in archive.pairs("failed")}
    assert "an image" in errors[2]
    assert "no such file" in errors[4]


def test_what_failed_is_tried_again_when_asked_or_when_the_file_is_another(tmp_path: Path) -> None:
    pairs = write_pairs(tmp_path, 2)
    text = Path(pairs[0].source).read_bytes()
    Path(pairs[0].source).write_bytes(b"")
    align(tmp_path / "a.db", pairs)
    assert align(tmp_path / "a.db", pairs).same == 2
    assert align(tmp_path / "a.db", pairs, retry_failed=True).same == 1
    Path(pairs[0].source).write_bytes(text)
    tally = align(tmp_path / "a.db", pairs)
    assert (tally.done, tally.failed, tally.same) == (2, 0, 1)


def test_without_a_list_the_archive_goes_on_with_its_own(pairs: list[Listed], tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.list_pairs(pairs[:2])
    assert align(tmp_path / "a.db", None).done == 2


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyInputError):
        align(tmp_path / "a.db", [])


def test_texts_of_the_list_itself_are_aligned(tmp_path: Path) -> None:
    (pair,) = write_pairs(tmp_path, 1)
    texts = {f"{side}_text": Path(getattr(pair, side)).read_text("utf-8") for side in ("source", "target")}
    row = {"source": "a", "target": "b", **texts, "source_date": "2020-03-04"}
    (tmp_path / "list.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    align(tmp_path / "a.db", list(listed(str(tmp_path / "list.jsonl"), None, (None, None))))
    with open_archive(tmp_path / "a.db") as archive:
        record = archive.pair(1)
        assert (record.state, record.source, record.source_date) == ("done", "a", "2020-03-04")
        assert archive.alignment(1).source.text == texts["source_text"]
    assert align(tmp_path / "a.db", None).same == 1


def test_documents_of_a_shard_are_found_by_their_ids(tmp_path: Path) -> None:
    pair = write_pairs(tmp_path, 2)
    names = []
    for side in ("source", "target"):
        shard = tmp_path / f"{side}.jsonl"
        texts = [Path(getattr(each, side)).read_text("utf-8") for each in pair]
        shard.write_text(
            "".join(
                json.dumps({"id": f"d{n}", "text": text, "date": "2019"}) + "\n"
                for n, text in enumerate(texts)
            )
        )
        names.append(f"{shard}#d1")
    align(tmp_path / "a.db", [Listed(names[0], names[1]), Listed(names[0] + "9", names[1])])
    with open_archive(tmp_path / "a.db") as archive:
        assert (archive.pair(1).state, archive.pair(1).source_date) == ("done", "2019")
        assert "№ 1." in archive.alignment(1).source.text
        assert "no such document" in archive.pair(2).error


def test_dates_of_paths_reach_pairs_that_were_done_before(tmp_path: Path) -> None:
    from align.archive.dates import pattern_of

    pairs = write_pairs(tmp_path / "2019" / "07", 1)
    align(tmp_path / "a.db", pairs)
    assert align(tmp_path / "a.db", pairs, dates=pattern_of("YYYY/MM")).same == 1
    with open_archive(tmp_path / "a.db") as archive:
        assert archive.pair(1).source_date == "2019-07"


# Workers that die


def test_a_worker_that_is_killed_changes_nothing(
    pairs: list[Listed], expected: bytes, tmp_path: Path
) -> None:
    pool = Pool(SETTINGS, 2)
    killed: list[int] = []

    def told(tally: Tally) -> None:
        if tally.ended in (2, 6):
            victim = next(hand for hand in pool._hands if hand.chunk is not None).process.pid
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

    tally = run(tmp_path / "a.db", pairs, pool, SETTINGS, told=told)
    assert (len(set(killed)), tally.done) == (2, 12)
    assert exported(tmp_path / "a.db") == expected


def test_a_pair_that_kills_its_workers_is_recorded_and_the_others_are_done(tmp_path: Path) -> None:
    pairs = write_pairs(tmp_path, 4)
    deadly = Path(pairs[1].source).rename(tmp_path / "deadly.txt")
    once = Path(pairs[2].source).rename(tmp_path / "deadly-once.txt")
    pairs[1:3] = [Listed(str(deadly), pairs[1].target), Listed(str(once), pairs[2].target)]
    tally = align(tmp_path / "a.db", pairs, 2, load=load_deadly)
    assert (tally.done, tally.failed) == (3, 1)
    with open_archive(tmp_path / "a.db") as archive:
        (failed,) = archive.pairs("failed")
    assert failed.source == str(deadly)
    assert "SIGKILL" in failed.error


def test_workers_that_never_load_end_the_run_with_a_reason(pairs: list[Listed], tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="before they have loaded"):
        align(tmp_path / "a.db", pairs, 1, load=load_hopeless)
    assert not (tmp_path / "a.db").exists()


def test_a_model_that_is_not_there_is_named(tmp_path: Path, pairs: list[Listed]) -> None:
    settings = Settings(model=str(tmp_path / "none"))
    with pytest.raises(ModelError, match="no such folder"):
        run(tmp_path / "a.db", pairs, Pool(settings, 1), settings)
    assert not (tmp_path / "a.db").exists()


class Sleepy:
    """An engine that waits until it is told to go on."""

    name, workers = "sleepy", 1

    def __init__(self, wait: Callable[[], Any]) -> None:
        self._wait = wait

    def __enter__(self) -> Sleepy:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def signature(self) -> Signature:
        self._wait()
        return SIGNATURE

    def run(self, queue: Queue) -> Iterator[Outcome]:
        return iter(())

    def shards(self, shards: Any) -> Iterator[Any]:
        return iter(())


def test_a_second_run_on_the_same_archive_is_refused(pairs: list[Listed], tmp_path: Path) -> None:
    inside, go = threading.Event(), threading.Event()

    def wait() -> None:
        inside.set()
        go.wait(60)

    path = tmp_path / "a.db"
    first = threading.Thread(target=run, args=(path, pairs, Sleepy(wait), SETTINGS))
    first.start()
    assert inside.wait(60)
    try:
        assert is_locked(path)
        with pytest.raises(ConflictError, match="another program is aligning"):
            run(path, pairs, Sleepy(lambda: None), SETTINGS)
    finally:
        go.set()
        first.join()
    assert not is_locked(path)


def test_a_lock_that_a_dead_program_left_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "a.db-lock").write_text("123\n")
    with locked(tmp_path / "a.db"):
        assert is_locked(tmp_path / "a.db")
    assert not (tmp_path / "a.db-lock").exists()


# Lists


def test_rows_are_read_alike_from_lines_and_from_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows: list[dict[str, Any]] = [
        {"source": "a", "target": "b", "confidence": 0.5, "how": "content"},
        {"source_text": "Да.", "target_text": "Yes.", "source_lang": "ru"},
    ]
    names = {name: None for row in rows for name in row}
    (tmp_path / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    parquet.write_table(pa.Table.from_pylist([{**names, **row} for row in rows]), tmp_path / "p.parquet")
    lines = list(rows_of(str(tmp_path / "p.jsonl")))
    assert [row.pair.source for row in lines] == ["a", "p.jsonl#2/source"]
    assert lines[1].texts == rows[1]
    table = list(rows_of(str(tmp_path / "p.parquet")))
    assert [(row.texts, row.pair.confidence) for row in table] == [
        (row.texts, row.pair.confidence) for row in lines
    ]
