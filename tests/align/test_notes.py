"""Corrections and bookmarks in a project: events, undo, conflicts, and a newer version of the text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from align import pipeline
from align.edit import EditRequest
from align.errors import ConflictError, InputError, UsageError
from align.model import Alignment, Bead
from align.store import Store, open_store
from align.store.notes import Notes
from align.store.texts import Window
from tests.bitexts import align, document

RU = ["Мельница стояла.", "Никто не пришёл.", "Шёл дождь.", "Мы ждали."]
EN = ["The mill stood still.", "Nobody came.", "It was raining.", "We waited."]


def pair(target: list[str] = EN) -> Alignment:
    beads = [Bead((n,), (n,), confidence=0.9) for n in range(min(len(RU), len(target)))]
    return align(document("talk.ru.txt", "ru", RU), document("talk.en.txt", "en", target), beads)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "concord.db", create=True) as store:
        store.save_alignment(pair(), author="Ada", source_path="-", target_path="-")
        yield store


def target_of(store: Store) -> int:
    return Window(store, 1).target.id


def texts(store: Store) -> dict[int | None, str]:
    return {note.segment: note.new for note in Notes(store).corrections(target_of(store))}


def test_a_corrected_sentence_stands_beside_the_text_as_read(store: Store) -> None:
    Notes(store).correct(target_of(store), 1, "No one came.", "Ada")
    (note,) = Notes(store).corrections(target_of(store))
    assert (note.segment, note.text, note.new, note.author) == (1, "Nobody came.", "No one came.", "Ada")


def test_a_correction_leaves_the_beads_and_their_history_alone(store: Store) -> None:
    before = store.last_event(1)
    Notes(store).correct(target_of(store), 1, "No one came.", "Ada")
    assert store.last_event(1) == before


def test_undo_brings_the_text_as_read_back_and_redo_the_correction(store: Store) -> None:
    notes, target = Notes(store), target_of(store)
    notes.correct(target, 1, "No one came.", "Ada")
    notes.correct(target, 1, "No one at all came.", "Ada")
    notes.undo(target, "Ada")
    assert texts(store) == {1: "No one came."}
    notes.undo(target, "Ada")
    assert texts(store) == {}
    notes.redo(target, "Ada")
    notes.redo(target, "Ada")
    assert texts(store) == {1: "No one at all came."}


def test_there_is_nothing_to_undo_at_first(store: Store) -> None:
    with pytest.raises(UsageError, match="no correction to undo"):
        Notes(store).undo(target_of(store), "Ada")


def test_the_text_as_read_takes_a_correction_back(store: Store) -> None:
    notes, target = Notes(store), target_of(store)
    notes.correct(target, 1, "No one came.", "Ada")
    event = notes.correct(target, 1, "Nobody came.", "Ada")
    assert event is not None
    assert event.action == "restore"
    assert texts(store) == {}


def test_the_history_says_who_changed_what(store: Store) -> None:
    notes, target = Notes(store), target_of(store)
    notes.correct(target, 1, "No one came.", "Ada")
    notes.undo(target, "Ben")
    assert [(e.author, e.action, e.old, e.new, bool(e.undone)) for e in notes.history(target)] == [
        ("Ada", "correct", None, "No one came.", True), ("Ben", "undo", "No one came.", None, False),
    ]  # fmt: skip


def test_events_about_sentences_are_never_deleted(store: Store) -> None:
    Notes(store).correct(target_of(store), 1, "No one came.", "Ada")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        store.db.execute("DELETE FROM passage_events")


def test_a_sentence_that_somebody_else_corrected_is_not_overwritten(store: Store) -> None:
    notes, target = Notes(store), target_of(store)
    notes.correct(target, 1, "No one came.", "Ada", seen="Nobody came.")
    with pytest.raises(ConflictError, match="by Ada"):
        notes.correct(target, 1, "Not a soul came.", "Ben", seen="Nobody came.")
    assert texts(store) == {1: "No one came."}


def test_a_sentence_is_not_corrected_to_nothing(store: Store) -> None:
    with pytest.raises(UsageError, match="to nothing"):
        Notes(store).correct(target_of(store), 1, " \n", "Ada")


def test_a_correction_needs_an_author(store: Store) -> None:
    with pytest.raises(UsageError, match="author"):
        Notes(store).correct(target_of(store), 1, "No one came.", " ")


def realigned(store: Store, target: list[str]) -> None:
    new = pair(target)
    beads = [*new.beads, *(Bead((), (n,)) for n in range(len(RU), len(target)))]
    store.save_alignment(replace(new, beads=tuple(beads)), author="Ada", source_path="-", target_path="-")


def test_a_correction_follows_its_sentence_into_a_newer_text(store: Store) -> None:
    Notes(store).correct(target_of(store), 1, "No one came.", "Ada")
    realigned(store, ["A talk.", *EN])
    assert texts(store) == {2: "No one came."}


def test_a_correction_of_a_sentence_that_changed_is_stale_and_not_lost(store: Store) -> None:
    Notes(store).correct(target_of(store), 1, "No one came.", "Ada")
    realigned(store, [EN[0], "Nobody ever came.", *EN[2:]])
    assert texts(store) == {None: "No one came."}
    realigned(store, EN)
    assert texts(store) == {1: "No one came."}


def test_a_bookmark_is_put_and_taken_away(store: Store) -> None:
    notes = Notes(store)
    notes.bookmark(1, "source", 2, "Ada")
    assert [(side, note.segment) for side, note in notes.bookmarks(1)] == [("source", 2)]
    notes.bookmark(1, "source", 2, "Ada", on=False)
    assert notes.bookmarks(1) == []


def test_a_bookmark_is_not_a_correction(store: Store) -> None:
    Notes(store).bookmark(1, "target", 2, "Ada")
    assert Notes(store).corrections(target_of(store)) == []


def test_a_note_is_something_that_others_can_see_has_changed(store: Store) -> None:
    notes = Notes(store)
    before = notes.last_event(1)
    notes.correct(target_of(store), 1, "No one came.", "Ada")
    between = notes.last_event(1)
    notes.bookmark(1, "source", 0, "Ada")
    assert before < between < notes.last_event(1)


def test_the_corrected_text_is_written_in_its_own_format(tmp_path: Path) -> None:
    ru, en = tmp_path / "talk.ru.txt", tmp_path / "talk.en.txt"
    ru.write_text("\n".join(RU), "utf-8")
    en.write_bytes("\r\n".join(EN).encode("utf-16"))
    documents = [pipeline.read_document(one) for one in pipeline.inputs(
        [str(ru), str(en)], langs=["ru", "en"], encodings=[None, None])]  # fmt: skip
    with open_store(tmp_path / "concord.db", create=True) as store:
        with store.transaction():
            pipeline.keep(store, pipeline.align_versions(documents, force=True), [str(ru), str(en)], "Ada")
        target = target_of(store)
        Notes(store).correct(target, 1, "No one came.", "Ada")
        key, done = pipeline.corrected(store, target)
        assert key == "talk.en.txt"
        assert done.data.decode("utf-16") == "\r\n".join([EN[0], "No one came.", *EN[2:]])
        en.write_text("Something else.", "utf-8")
        with pytest.raises(InputError, match="has changed"):
            pipeline.corrected(store, target)


# Windows, and aligning beads anew


def test_a_window_finds_the_next_bead_of_a_kind(store: Store) -> None:
    store.edit(1, EditRequest("merge", 2, 3), "Ada")
    with store.snapshot():
        window = Window(store, 1)
        assert len(window) == 3
        assert window.next("uneven", 0) == 1
        assert window.next("uneven", 1) is None
        assert window.next("open", 2, back=True) == 0
        assert window.holders("target", [0, 2]) == {0: 0, 2: 1}
        assert [placed.author for placed in window.beads(0, 2)] == ["", "Ada"]


def test_beads_aligned_anew_are_one_event_that_can_be_undone(store: Store) -> None:
    store.edit(1, EditRequest("confirm", 1), "Ada")
    before = store.load_alignment(1).beads
    event = store.realign(1, (1, 4), lambda s, t: [Bead(tuple(s), tuple(t), confidence=0.5)], "Ada")
    assert event is not None
    assert event.action == "realign beads"
    assert store.load_alignment(1).beads == (before[0], Bead((1, 2, 3), (1, 2, 3), confidence=0.5))
    store.undo(1, "Ada")
    assert store.load_alignment(1).beads == before


def test_beads_that_somebody_changed_meanwhile_are_not_aligned_anew(store: Store) -> None:
    seen = store.last_event(1)
    store.edit(1, EditRequest("confirm", 1), "Ben")
    with pytest.raises(ConflictError):
        store.realign(1, (1, 4), lambda s, t: [Bead(tuple(s), tuple(t))], "Ada", expected=seen)


def test_the_beads_that_somebody_saw_are_known_from_the_event_that_they_saw_last(store: Store) -> None:
    states = [(store.last_event(1), store.load_alignment(1).beads)]
    for request in (
        EditRequest("merge", 2, 3),
        EditRequest("confirm", 1),
        EditRequest("split", 2, None, 1, 0),
    ):
        store.edit(1, request, "Ada")
        states.append((store.last_event(1), store.load_alignment(1).beads))
    store.undo(1, "Ada")
    states.append((store.last_event(1), store.load_alignment(1).beads))
    assert [store.beads_at(1, event) for event, _ in states] == [beads for _, beads in states]
    assert store.beads_at(1, 999) is None


def test_what_undo_and_redo_would_do_is_known(store: Store) -> None:
    store.edit(1, EditRequest("confirm", 1), "Ada")
    store.edit(1, EditRequest("merge", 2, 3), "Ada")
    store.undo(1, "Ada")
    undo, redo = store.next_steps(1)
    assert undo is not None
    assert undo.action == "confirm"
    assert redo is not None
    assert redo.action == "merge"
