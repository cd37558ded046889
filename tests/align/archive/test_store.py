"""The archive file: what goes in comes out, whole, and readers see what is new."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.archive.packed import pack, unpack
from align.archive.store import Archive, Listed, open_archive
from align.errors import NewerStoreError, StoreError, UsageError
from align.model import Alignment, Bead, Block, Document, Piece, Segment, Signature
from align.store.rows import signature_json, signature_of

SIGNATURE = Signature("1", "m", "r", "s", (("weights", "abc"), ("doubtful_below", 0.5)), 3)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of a few segments, with odd characters in them."""
    parts = draw(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=6))
    blocks, segments, pieces, at = [], [], [], 0
    for number, part in enumerate(parts):
        gap = draw(st.integers(0, 2))
        start, end = at + gap, at + gap + len(part)
        blocks.append(Block(number, start, end, "turn", draw(st.sampled_from([None, "", "Иван"])), True))
        segments.append(Segment(number, start, end, number))
        pieces.append(
            Piece(start, end, number, draw(st.sampled_from(["", "word/document.xml"])), None, False, 3)
        )
        at = end
    text = "".join(parts).ljust(at, " ")
    return Document(
        "имя", text, "ru", tuple(blocks), tuple(segments), "docx", "00", tuple(pieces), {"date": "2020"}, ("w",)
    )  # fmt: skip


@st.composite
def alignments(draw: st.DrawFn) -> Alignment:
    """Alignments of such documents, one bead for all and a figure of four decimals in it."""
    source, target = draw(documents()), draw(documents())
    figure = draw(st.integers(0, 10_000)) / 10_000
    ids = tuple(range(len(source.segments))), tuple(range(len(target.segments)))
    bead = Bead(*ids, figure, figure, draw(st.booleans()), draw(st.sampled_from(["proposed", "confirmed"])))
    return Alignment(source, target, (bead,), SIGNATURE, 0.5, figure, ("one",))


@given(alignments())
def test_an_alignment_comes_back_as_it_was(alignment: Alignment) -> None:
    assert unpack(pack(alignment), SIGNATURE) == alignment


def test_scores_keep_four_decimals() -> None:
    bead = Bead((0,), (0,), 0.123456, 0.98765)
    document = Document("a", "x", "ru", (Block(0, 0, 1),), (Segment(0, 0, 1, 0),))
    found = unpack(pack(Alignment(document, document, (bead,), SIGNATURE, 0.5, 0.33333)), SIGNATURE)
    assert (found.beads[0].score, found.beads[0].confidence, found.similarity) == (0.1235, 0.9877, 0.3333)


def test_a_signature_comes_back_as_it_was() -> None:
    assert signature_of(signature_json(SIGNATURE)) == SIGNATURE


def simple(text: str = "x") -> Alignment:
    """A pair of one segment each."""
    document = Document("a", text, "ru", (Block(0, 0, len(text)),), (Segment(0, 0, len(text), 0),))
    return Alignment(document, document, (Bead((0,), (0,), 1.0, 0.9),), SIGNATURE, 0.5, 0.4)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of three pairs that wait, and a run."""
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.list_pairs([Listed(f"ru/{n}", f"en/{n}") for n in range(3)])
        archive.begin(
            engine="local", workers=1, signature=signature_json(SIGNATURE), text=str(SIGNATURE), settings={}
        )
        yield archive


def do(archive: Archive, number: int, text: str = "x") -> None:
    """Puts a result for a pair."""
    archive.put(replace(archive.pair(number), state="done", run=1, beads=1), pack(simple(text)))


def test_pairs_are_numbered_as_they_are_listed_and_wait(archive: Archive) -> None:
    assert [(r.number, r.source, r.state) for r in archive.pairs()] == [
        (1, "ru/0", "waiting"),
        (2, "ru/1", "waiting"),
        (3, "ru/2", "waiting"),
    ]


def test_a_pair_that_is_listed_again_keeps_number_and_result(archive: Archive) -> None:
    do(archive, 2)
    numbers = archive.list_pairs([Listed("ru/9", "en/9"), *[Listed("ru/1", "en/1", 0.75, "content")] * 2])
    assert list(numbers) == [2, 4]
    found = archive.pair(2)
    assert (found.state, found.match, found.how) == ("done", 0.75, "content")
    assert archive.pair(4).source == "ru/9"


def test_a_result_comes_back_with_the_signature_of_its_run(archive: Archive) -> None:
    do(archive, 1)
    assert archive.alignment(1) == simple()
    assert [record.number for record, _ in archive.alignments()] == [1]


def test_a_reader_who_remembers_the_last_change_sees_what_was_done_since(archive: Archive) -> None:
    do(archive, 3)
    last = max(record.change for record in archive.pairs())
    do(archive, 1)
    do(archive, 3, "y")
    assert [record.number for record, _ in archive.alignments(changed_after=last)] == [1, 3]


def test_a_pair_that_failed_later_has_no_alignment_any_more(archive: Archive) -> None:
    do(archive, 1)
    archive.put(replace(archive.pair(1), state="failed", error="a: no such file"), None)
    assert archive.counts() == {"waiting": 2, "done": 0, "failed": 1}
    with pytest.raises(UsageError, match="failed"):
        archive.alignment(1)


def test_many_pairs_are_read_in_portions_without_one_missing(archive: Archive) -> None:
    archive.list_pairs(Listed(f"s{n}", f"t{n}") for n in range(1200))
    assert [record.number for record in archive.pairs(after=3)] == list(range(4, 1204))
    assert len(list(archive.pairs("waiting", changed_after=0))) == 1203


def test_texts_of_the_list_are_kept_with_their_pair(archive: Archive) -> None:
    archive.list_pairs([Listed("s", "t", inputs=b"abc")])
    assert (archive.inputs(4), archive.inputs(1)) == (b"abc", None)


def test_some_pairs_are_found_by_their_numbers(archive: Archive) -> None:
    archive.list_pairs(Listed(f"s{n}", f"t{n}") for n in range(1200))
    wanted = [n for n in archive.numbers() if n % 2]
    assert [record.number for record in archive.some(wanted)] == wanted


def test_other_dates_are_a_change(archive: Archive) -> None:
    do(archive, 1)
    last = archive.pair(1).change
    archive.dated(1, "2020-05", "2021")
    (found,) = archive.pairs(changed_after=last)
    assert (found.source_date, found.target_date, found.state) == ("2020-05", "2021", "done")


def test_another_may_read_while_one_writes(archive: Archive) -> None:
    with archive.transaction():
        archive.put(replace(archive.pair(1), state="done", run=1), pack(simple()))
        with open_archive(archive.path) as other:
            assert other.counts()["done"] == 0
    with open_archive(archive.path) as other:
        assert other.counts()["done"] == 1


def test_damaged_bytes_are_named_by_their_pair(archive: Archive) -> None:
    archive.put(replace(archive.pair(2), state="done", run=1), b"nothing")
    with pytest.raises(StoreError, match="pair 2"):
        archive.alignment(2)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("hello " * 10)
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (a)").connection.close()
    for name in ("text.db", "other.db", "missing.db"):
        with pytest.raises(StoreError), open_archive(tmp_path / name):
            pass
    with (
        pytest.raises(StoreError, match="not a Concord archive"),
        open_archive(tmp_path / "other.db", create=True),
    ):
        pass
    assert not (tmp_path / "missing.db").exists()


def test_a_project_file_is_named_as_one(tmp_path: Path) -> None:
    from align.store import open_store

    with open_store(tmp_path / "p.db", create=True):
        pass
    with pytest.raises(StoreError, match="project file"), open_archive(tmp_path / "p.db", create=True):
        pass


def test_an_archive_of_a_newer_version_is_refused(archive: Archive) -> None:
    archive.db.execute("UPDATE _sqlite_migrations SET name = 'from_the_future'")
    with pytest.raises(NewerStoreError), open_archive(archive.path):
        pass
