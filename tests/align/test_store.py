"""The project file: what is saved comes back, decisions survive, and nothing is ever half-written."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.edit import EditRequest, perform
from align.errors import ConflictError, NewerStoreError, StoreError, UsageError
from align.model import Alignment, Bead, Piece, Signature
from align.store import Store, find_store, init_store, open_store
from tests.align.strategies import alignments, changed, requests
from tests.bitexts import align, document, small

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("documents", "blocks", "segments", "alignments", "beads", "stale", "events")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "concord.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path, create=True) as store:
        yield store


@pytest.fixture
def saved(store: Store) -> Store:
    """A project with one alignment, number 1."""
    store.save_alignment(small(), author="Ada")
    return store


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is in the tables."""
    return {table: store.db.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def with_target(alignment: Alignment, position: int, text: str) -> Alignment:
    """The alignment after one segment of the translation was rewritten; all beads proposed by a machine."""
    texts = alignment.target.texts()
    texts[position] = text
    beads = [replace(bead, state="proposed") for bead in alignment.beads]
    return align(alignment.source, document(alignment.target.name, "en", texts), beads)


# Making, finding and opening the file.


def test_a_file_is_made_where_that_is_asked_for(path: Path) -> None:
    open_store(path, create=True).close()
    assert path.read_bytes().startswith(b"SQLite format 3\0")


def test_a_file_is_not_made_by_opening_it(path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no such file\. `concord init`"):
        open_store(path)
    assert not path.exists()


def test_nothing_lies_beside_the_file(saved: Store) -> None:
    assert [entry.name for entry in saved.path.parent.iterdir()] == ["concord.db"]


def test_a_file_in_a_folder_of_any_name_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "100% #1? Ünïcödé"
    folder.mkdir()
    open_store(folder / "a?b#c.db", create=True).close()
    assert [entry.name for entry in folder.iterdir()] == ["a?b#c.db"]


def test_the_project_is_found_from_a_folder_below(store: Store) -> None:
    below = store.path.parent / "texts" / "ru"
    below.mkdir(parents=True)
    assert find_store(below) == store.path


def test_without_a_project_none_is_found(tmp_path: Path) -> None:
    assert find_store(tmp_path) is None


def test_a_project_is_made_in_a_folder(tmp_path: Path) -> None:
    assert init_store(tmp_path) == (tmp_path / "concord.db", True)


def test_making_a_project_twice_leaves_the_first_as_it_is(saved: Store) -> None:
    assert init_store(saved.path) == (saved.path, False)
    assert len(saved.alignments()) == 1


def test_an_empty_file_becomes_a_project_if_that_is_asked_for(path: Path) -> None:
    path.touch()
    assert init_store(path) == (path, True)


def test_an_empty_file_is_not_a_project_otherwise(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="it is empty"):
        open_store(path)
    assert path.stat().st_size == 0


def test_a_file_of_another_kind_is_refused_and_left_as_it_is(path: Path) -> None:
    path.write_text("Dear diary, " * 100)
    with pytest.raises(StoreError, match="it is not a Concord project file"):
        open_store(path, create=True)
    assert path.read_text() == "Dear diary, " * 100


def test_a_database_of_another_program_is_refused_and_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="it is not a Concord project file"):
        open_store(path, create=True)
    assert path.read_bytes() == before


def test_a_folder_is_not_a_project_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="it is a folder"):
        open_store(tmp_path, create=True)


def test_a_file_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="its folder does not exist"):
        open_store(tmp_path / "nowhere" / "concord.db", create=True)


def test_a_damaged_file_is_called_damaged(saved: Store) -> None:
    saved.close()
    data = bytearray(saved.path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    saved.path.write_bytes(data)
    with pytest.raises(StoreError, match="it is damaged"), open_store(saved.path) as store:
        store.load_alignment()


def test_a_file_of_a_newer_version_is_left_alone(saved: Store) -> None:
    saved.db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('align', 'of_2031', '')"
    )
    with pytest.raises(NewerStoreError, match="written by a newer version of Concord"):
        open_store(saved.path)


def test_steps_of_another_package_do_not_make_a_file_newer(saved: Store) -> None:
    saved.db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('glossary', 'x', '')"
    )
    open_store(saved.path).close()


def test_another_package_keeps_its_tables_in_the_same_file(saved: Store) -> None:
    def concepts(db: object) -> None:
        saved.db.execute("CREATE TABLE concepts (id INTEGER PRIMARY KEY)")

    saved.migrate("glossary", (concepts,))
    saved.migrate("glossary", (concepts,))
    assert saved.db.table("concepts").exists()


def test_a_step_that_fails_leaves_nothing_of_itself(saved: Store) -> None:
    def concepts(db: object) -> None:
        saved.db.execute("CREATE TABLE concepts (id INTEGER PRIMARY KEY)")
        saved.db.execute("CREATE TABLE concepts (id INTEGER PRIMARY KEY)")

    with pytest.raises(StoreError):
        saved.migrate("glossary", (concepts,))
    assert not saved.db.table("concepts").exists()


# What is saved comes back.


def test_an_alignment_comes_back_as_it_was(store: Store) -> None:
    store.save_alignment(small(), author="Ada")
    assert store.load_alignment() == small()


def test_everything_about_a_document_comes_back(store: Store) -> None:
    pieces = (Piece(0, 3, 7, "word/document.xml", 2), Piece(3, 4, 0, "word/document.xml", 3, False, 6))
    whole = replace(
        small().source, pieces=pieces, metadata={"title": "Вечер"}, warnings=("cut",), format="docx"
    )
    store.save_alignment(replace(small(), source=whole), author="Ada")
    assert store.load_alignment().source == whole


@given(alignments(), st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=50)
def test_any_alignment_comes_back_as_it_was(alignment: Alignment, text: str) -> None:
    alignment = replace(
        alignment,
        source=replace(alignment.source, text=alignment.source.text + text),
        beads=tuple(replace(b, state="edited") if b.state == "stale" else b for b in alignment.beads),
    )
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder, "x.db"), create=True) as store:
        store.save_alignment(alignment, author="Ada")
        assert store.load_alignment() == alignment


def test_half_a_surrogate_pair_cannot_be_kept(store: Store) -> None:
    broken = replace(small().source, text="\ud83d" + small().source.text)
    with pytest.raises(StoreError, match=r"character U\+D83D"):
        store.save_alignment(replace(small(), source=broken), author="Ada")
    assert store.alignments() == []


@pytest.mark.parametrize(
    "beads",
    [small().beads[1:], (*small().beads[:-1], replace(small().beads[-1], score=float("nan")))],
    ids=["a segment in no bead", "a score that is no number"],
)
def test_an_alignment_that_is_not_whole_is_not_kept(store: Store, beads: tuple[Bead, ...]) -> None:
    with pytest.raises(StoreError, match="this alignment cannot be kept"):
        store.save_alignment(replace(small(), beads=beads), author="Ada")


def test_saving_the_same_again_changes_nothing(saved: Store) -> None:
    before = rows(saved)
    report = saved.save_alignment(small(), author="Ada")
    assert rows(saved) == before
    assert (report.created, report.changed, report.unchanged) == (False, 0, 6)


def test_saving_the_same_again_leaves_edits_alone(saved: Store) -> None:
    saved.edit(1, EditRequest("merge", 2, 3), "Ada")
    before = rows(saved)
    saved.save_alignment(small(), author="Ada")
    assert rows(saved) == before


def test_one_text_in_two_alignments_is_kept_once(saved: Store) -> None:
    other = document("talk.de.txt", "de", small().target.texts())
    saved.save_alignment(replace(small(), target=other), author="Ada")
    assert saved.db.table("documents").count == 3


def test_documents_are_known_by_their_place_in_the_project(store: Store) -> None:
    folder = store.path.parent
    store.save_alignment(
        small(), author="Ada", source_path=folder / "a" / "ru.txt", target_path=folder / "a" / "en.txt"
    )
    assert [(row.source, row.target) for row in store.alignments()] == [("a/ru.txt", "a/en.txt")]
    assert store.find(folder / "a" / "ru.txt", folder / "a" / "en.txt") == 1
    assert store.find(folder / "b" / "ru.txt", folder / "a" / "en.txt") is None


def test_a_file_name_that_is_no_unicode_is_kept_in_a_readable_way(store: Store) -> None:
    store.save_alignment(small(), author="Ada", source_path=os.fsdecode(b"/\xff.txt"), target_path="/b")
    assert store.alignments()[0].source == "/\\xff.txt"


def test_the_list_counts_what_is_doubtful_and_decided(saved: Store) -> None:
    saved.edit(1, EditRequest("confirm", 1), "Ada")
    (row,) = saved.alignments()
    assert (row.beads, row.doubtful, row.decided, row.stale) == (6, 2, 1, 0)


def test_the_only_alignment_needs_no_number(saved: Store) -> None:
    assert saved.load_alignment(None) == saved.load_alignment(1)


def test_of_several_alignments_one_has_to_be_named(saved: Store) -> None:
    saved.save_alignment(
        replace(small(), target=document("de.txt", "de", small().target.texts())), author="Ada"
    )
    with pytest.raises(
        UsageError, match=r"there are several alignments\. Name one of these: 1 \(разговор\.txt"
    ):
        saved.load_alignment()


def test_a_number_that_is_not_there_is_refused(saved: Store) -> None:
    with pytest.raises(UsageError, match="there is no alignment 7"):
        saved.load_alignment(7)


def test_an_empty_project_says_how_to_fill_it(store: Store) -> None:
    with pytest.raises(UsageError, match="`concord align ORIGINAL TRANSLATION` makes one"):
        store.load_alignment()


# Edits are events.


def test_an_edit_is_an_event_with_author_and_time(saved: Store) -> None:
    event = saved.edit(1, EditRequest("merge", 2, 3), "Ada Lovelace")
    assert event is not None
    assert (event.author, event.action, dict(event.payload)) == (
        "Ada Lovelace",
        "merge",
        {"action": "merge", "first": 2, "last": 3},
    )
    assert event.at.endswith("Z")


@pytest.mark.parametrize(
    "request_",
    [
        EditRequest("merge", 2, 3),
        EditRequest("split", 3, source_at=1, target_at=0),
        EditRequest("move", 3, side="source", direction="up"),
        EditRequest("confirm", 2),
    ],
    ids=lambda request: request.action,
)
def test_an_edit_is_there_when_the_file_is_opened_again(saved: Store, request_: EditRequest) -> None:
    expected, _ = perform(small().beads, request_)
    saved.edit(1, request_, "Ada")
    with open_store(saved.path) as again:
        assert again.load_alignment().beads == expected


def test_an_edit_that_changes_nothing_is_no_event(saved: Store) -> None:
    saved.edit(1, EditRequest("confirm", 1), "Ada")
    assert saved.edit(1, EditRequest("confirm", 1), "Ada") is None
    assert [event.action for event in saved.events(1)] == ["align", "confirm"]


def test_an_edit_that_cannot_be_done_leaves_no_trace(saved: Store) -> None:
    before = rows(saved)
    with pytest.raises(UsageError):
        saved.edit(1, EditRequest("merge", 6, 7), "Ada")
    assert rows(saved) == before


def test_a_change_without_an_author_is_refused(saved: Store) -> None:
    with pytest.raises(UsageError, match="needs an author"):
        saved.edit(1, EditRequest("confirm", 1), "  ")


def test_undoing_restores_the_beads_with_their_figures(saved: Store) -> None:
    saved.edit(1, EditRequest("merge", 2, 3), "Ada")
    saved.undo(1, "Ada")
    assert saved.load_alignment() == small()


def test_an_undo_is_an_event_of_its_own(saved: Store) -> None:
    saved.edit(1, EditRequest("merge", 2, 3), "Ada")
    saved.undo(1, "Bob")
    assert [(e.action, e.author, e.undone) for e in saved.events(1)] == [
        ("align", "Ada", False),
        ("merge", "Ada", True),
        ("undo", "Bob", False),
    ]


def test_redoing_does_the_edit_again(saved: Store) -> None:
    saved.edit(1, EditRequest("merge", 2, 3), "Ada")
    after = saved.load_alignment()
    saved.undo(1, "Ada")
    saved.redo(1, "Ada")
    assert saved.load_alignment() == after
    assert not saved.events(1)[1].undone


def test_there_is_nothing_to_undo_in_what_the_machine_did(saved: Store) -> None:
    with pytest.raises(UsageError, match="nothing to undo"):
        saved.undo(1, "Ada")


def test_there_is_nothing_to_redo_after_a_new_edit(saved: Store) -> None:
    saved.edit(1, EditRequest("merge", 2, 3), "Ada")
    saved.undo(1, "Ada")
    saved.edit(1, EditRequest("confirm", 1), "Ada")
    with pytest.raises(UsageError, match="nothing to redo"):
        saved.redo(1, "Ada")


@pytest.mark.parametrize("statement", ["DELETE FROM events", "UPDATE events SET author = 'Eve'"])
def test_events_can_neither_be_deleted_nor_changed(saved: Store, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        saved.db.execute(statement)


def test_the_last_events_are_listed_in_order(saved: Store) -> None:
    for number in (1, 2, 3):
        saved.edit(1, EditRequest("confirm", number), "Ada")
    assert [event.payload["first"] for event in saved.events(limit=2)] == [2, 3]


def test_an_edit_on_a_stale_view_is_refused(saved: Store) -> None:
    seen = saved.last_event(1)
    with open_store(saved.path) as other:
        other.edit(1, EditRequest("merge", 2, 3), "Bob", expected=seen)
    with pytest.raises(ConflictError, match=r"was changed in the meantime \(merge by Bob\)"):
        saved.edit(1, EditRequest("confirm", 1), "Ada", expected=seen)


@given(st.data())
@settings(max_examples=40)
def test_any_sequence_of_edits_undos_and_redos_is_a_walk_along_the_same_states(data: st.DataObject) -> None:
    alignment = data.draw(alignments())
    beads = tuple(replace(b, state="edited") if b.state == "stale" else b for b in alignment.beads)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder, "x.db"), create=True) as store:
        store.save_alignment(replace(alignment, beads=beads), author="Ada")
        past, future = [beads], list[tuple[Bead, ...]]()
        for action in data.draw(st.lists(st.sampled_from(["edit", "edit", "undo", "redo"]), max_size=8)):
            if action == "undo" and len(past) > 1:
                store.undo(1, "Ada")
                future.append(past.pop())
            elif action == "redo" and future:
                store.redo(1, "Ada")
                past.append(future.pop())
            elif action == "edit":
                request = data.draw(requests(past[-1]))
                try:
                    done = store.edit(1, request, "Ada")
                except UsageError:
                    continue
                if done:
                    past.append(perform(past[-1], request)[0])
                    future.clear()
            assert store.load_alignment(1).beads == past[-1]


# Changed texts.


def test_a_decision_survives_a_changed_text(saved: Store) -> None:
    saved.edit(1, EditRequest("merge", 2, 3), "Ada")
    report = saved.save_alignment(with_target(small(), 0, "A quiet evening"), author="Bob")
    assert (report.kept, report.stale) == (1, 0)
    assert saved.load_alignment().beads[1] == Bead((1, 2, 3), (2, 3, 4), 0.0, 1.0, state="edited")


def test_the_report_counts_what_changed(saved: Store) -> None:
    report = saved.save_alignment(with_target(small(), 0, "A quiet evening"), author="Bob")
    assert (report.created, report.changed, report.unchanged) == (False, 1, 5)


def test_a_stale_decision_is_kept_with_who_made_it(saved: Store) -> None:
    event = saved.edit(1, EditRequest("confirm", 1), "Ada")
    saved.save_alignment(with_target(small(), 0, "Another heading"), author="Bob")
    (record,) = saved.stale()
    assert event is not None
    assert (record.author, record.at, record.event) == ("Ada", event.at, event.id)
    assert (record.source_texts, record.target_texts) == (("Вечер у реки",), ("An evening by the river",))
    assert saved.load_alignment().beads[0].state == "stale"


@pytest.mark.parametrize("action", ["confirm", "discard"])
def test_a_stale_decision_is_resolved_by_confirming_or_discarding_its_bead(saved: Store, action: str) -> None:
    saved.edit(1, EditRequest("confirm", 1), "Ada")
    saved.save_alignment(with_target(small(), 0, "Another heading"), author="Bob")
    saved.edit(1, EditRequest("confirm" if action == "confirm" else "discard", 1), "Ada")
    assert saved.stale() == []


def test_undoing_the_resolution_opens_the_stale_decision_again(saved: Store) -> None:
    saved.edit(1, EditRequest("confirm", 1), "Ada")
    saved.save_alignment(with_target(small(), 0, "Another heading"), author="Bob")
    before = saved.stale()
    saved.edit(1, EditRequest("discard", 1), "Ada")
    saved.undo(1, "Ada")
    assert saved.stale() == before


def test_a_stale_decision_can_be_discarded_by_its_number(saved: Store) -> None:
    saved.edit(1, EditRequest("confirm", 1), "Ada")
    saved.save_alignment(with_target(small(), 0, "Another heading"), author="Bob")
    number = saved.stale()[0].id
    assert number is not None
    saved.discard_stale(1, number, "Ada")
    assert (saved.stale(), saved.load_alignment().beads[0].state) == ([], "proposed")


def test_a_stale_decision_cannot_be_resolved_twice(saved: Store) -> None:
    with pytest.raises(UsageError, match="there is no stale decision 1"):
        saved.discard_stale(1, 1, "Ada")


def test_a_stale_decision_holds_again_when_its_text_comes_back(saved: Store) -> None:
    event = saved.edit(1, EditRequest("confirm", 1), "Ada")
    confirmed = saved.load_alignment().beads[0]
    saved.save_alignment(with_target(small(), 0, "Another heading"), author="Bob")
    assert saved.save_alignment(small(), author="Bob").kept == 1
    assert (saved.stale(), saved.load_alignment().beads[0]) == ([], confirmed)
    assert event is not None
    assert saved.db.execute("SELECT event FROM beads WHERE n = 0").fetchone() == (event.id,)


def test_an_undo_does_not_reach_behind_changed_texts_unasked(saved: Store) -> None:
    saved.edit(1, EditRequest("confirm", 1), "Ada")
    saved.save_alignment(with_target(small(), 0, "Another heading"), author="Bob")
    with pytest.raises(UsageError, match="the texts were aligned anew, by Bob"):
        saved.undo(1, "Ada")


def test_a_realignment_is_undone_when_asked_and_redone(saved: Store) -> None:
    saved.edit(1, EditRequest("confirm", 1), "Ada")
    before = saved.load_alignment(), saved.stale()
    saved.save_alignment(with_target(small(), 0, "Another heading"), author="Bob")
    after = saved.load_alignment(), saved.stale()
    saved.undo(1, "Ada", realignment=True)
    assert (saved.load_alignment(), saved.stale()) == before
    saved.redo(1, "Ada")
    assert (saved.load_alignment(), saved.stale()) == after


def test_edits_before_a_realignment_can_be_undone_after_it_is(saved: Store) -> None:
    saved.edit(1, EditRequest("merge", 2, 3), "Ada")
    saved.save_alignment(with_target(small(), 0, "Another heading"), author="Bob")
    saved.undo(1, "Ada", realignment=True)
    saved.undo(1, "Ada")
    assert saved.load_alignment() == small()


def test_old_texts_that_nobody_decided_on_are_not_kept(saved: Store) -> None:
    saved.save_alignment(with_target(small(), 0, "Another heading"), author="Bob")
    assert saved.db.table("documents").count == 2
    assert saved.db.execute("SELECT count(*) FROM segments").fetchone() == (12,)


def test_old_texts_that_a_decision_speaks_of_are_kept(saved: Store) -> None:
    saved.edit(1, EditRequest("confirm", 1), "Ada")
    saved.save_alignment(with_target(small(), 0, "Another heading"), author="Bob")
    assert saved.db.table("documents").count == 3


def test_another_model_keeps_decisions_and_leaves_its_signature(saved: Store) -> None:
    saved.edit(1, EditRequest("confirm", 1), "Ada")
    signature = Signature("0.2.0", "another", "1", "a-segmenter-1")
    report = saved.save_alignment(replace(small(), signature=signature), author="Bob")
    assert (report.kept, saved.alignments()[0].signature) == (1, str(signature))


@given(st.data())
@settings(max_examples=40)
def test_no_decision_is_ever_lost_by_aligning_anew(data: st.DataObject) -> None:
    alignment = data.draw(alignments())
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder, "x.db"), create=True) as store:
        store.save_alignment(alignment, author="Ada")
        for _ in range(data.draw(st.integers(1, 3))):
            (before,) = store.alignments()
            old = store.load_alignment()
            source, target = data.draw(changed(old.source)), data.draw(changed(old.target))
            beads = [Bead((s.id,), ()) for s in source.segments] + [
                Bead((), (t.id,)) for t in target.segments
            ]
            report = store.save_alignment(align(source, target, beads), author="Ada")
            assert report.kept + report.stale == before.decided + before.stale


# Several programs, crashes, full disks.


def test_two_connections_see_each_others_changes(saved: Store) -> None:
    with open_store(saved.path) as other:
        other.edit(1, EditRequest("merge", 2, 3), "Bob")
        assert saved.load_alignment() == other.load_alignment()


def test_a_file_that_another_program_writes_to_is_in_use(saved: Store) -> None:
    with (
        closing(sqlite3.connect(saved.path, isolation_level=None)) as other,
        open_store(saved.path, timeout=0.01) as store,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="it is open in another program"):
            store.edit(1, EditRequest("merge", 2, 3), "Ada")
        other.execute("ROLLBACK")
        assert store.edit(1, EditRequest("merge", 2, 3), "Ada")


def test_a_full_disk_leaves_the_old_state(saved: Store) -> None:
    before = rows(saved)
    (pages,) = saved.db.execute("PRAGMA page_count").fetchone()
    saved.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    big = document("big.txt", "en", [f"Sentence number {n} of a long text." for n in range(2000)])
    with pytest.raises(StoreError, match="there is no space left on the disk"):
        saved.save_alignment(
            align(small().source, big, [Bead((n,), ()) for n in range(6)] + [Bead((), tuple(range(2000)))]),
            author="Ada",
        )
    assert rows(saved) == before


def test_an_interruption_leaves_the_old_state(saved: Store) -> None:
    def interrupt(_source: range, _target: range) -> list[Bead]:
        raise KeyboardInterrupt

    saved.edit(1, EditRequest("split", 3, source_at=1, target_at=0), "Ada")
    saved.edit(1, EditRequest("unconfirm", 4), "Ada")  # leaves a part of the machine's bead to be aligned
    before = rows(saved)
    with pytest.raises(KeyboardInterrupt):
        saved.save_alignment(with_target(small(), 0, "Another"), author="Bob", realign=interrupt)
    assert rows(saved) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from align.store import open_store
from tests.align.test_store import with_target
from tests.bitexts import small

store = open_store(Path(sys.argv[1]))
store.db.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the end
left = int(sys.argv[2])

def die(statement):
    global left
    left -= statement.startswith(("INSERT", "UPDATE", "DELETE"))
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

store.db.conn.set_trace_callback(die)
store.save_alignment(with_target(small(), 0, "Another heading" * 5000), author="Bob")
"""


@pytest.mark.parametrize("statements", [0, 3, 12, 18])
def test_a_killed_process_leaves_the_old_state(saved: Store, statements: int) -> None:
    saved.edit(1, EditRequest("confirm", 1), "Ada")
    before = rows(saved)
    saved.close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(saved.path), str(statements)], cwd=ROOT, check=False
    )
    assert done.returncode == -signal.SIGKILL
    with open_store(saved.path) as again:
        assert rows(again) == before
        assert again.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture
def guarded_folder() -> Iterator[Path]:
    """A folder with a project file, neither of which this process may write to while the test runs."""
    folder = Path(tempfile.mkdtemp())
    with open_store(folder / "concord.db", create=True) as store:
        store.save_alignment(small(), author="Ada")
    (folder / "concord.db").chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    try:
        if root:  # whom permissions do not stop: go on as nobody
            os.seteuid(65534)
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_project_that_may_only_be_read_is_read(guarded_folder: Path) -> None:
    with open_store(guarded_folder / "concord.db") as store:
        assert store.load_alignment() == small()


def test_a_project_that_may_only_be_read_is_not_changed(guarded_folder: Path) -> None:
    with (
        open_store(guarded_folder / "concord.db") as store,
        pytest.raises(StoreError, match=r"it cannot be written to\. Check the permissions"),
    ):
        store.edit(1, EditRequest("merge", 2, 3), "Ada")


def test_in_a_folder_that_may_only_be_read_no_project_is_made(guarded_folder: Path) -> None:
    with pytest.raises(StoreError, match="it cannot be opened"):
        open_store(guarded_folder / "new.db", create=True)
    assert [entry.name for entry in guarded_folder.iterdir()] == ["concord.db"]


def test_a_project_that_could_not_be_made_is_not_left_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("align.store.migrations.migrate", fail)
    with pytest.raises(KeyboardInterrupt):
        open_store(path, create=True)
    assert not path.exists()


def test_the_database_library_is_not_loaded_before_a_file_is_opened() -> None:
    code = "import sys, align.store; sys.exit('sqlite_utils' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
