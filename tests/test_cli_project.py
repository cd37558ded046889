"""A project as a user meets it: kept results, people's decisions, changed texts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ROOT, concord, fails, succeeds

PAIR = ("interview.ru.txt", "interview.en.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sample interview, aligned in a project."""
    for name in PAIR:
        shutil.copy(ROOT / "seeds" / name, tmp_path)
    succeeds("init", cwd=tmp_path)
    succeeds("align", *PAIR, "--quiet", "-o", "first.jsonl", cwd=tmp_path)
    return tmp_path


def beads(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in succeeds("show", "--jsonl", cwd=folder).out.splitlines()]


def status(folder: Path, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(succeeds("status", "--json", *options, cwd=folder).out)[
        "alignments"
    ]
    return found


def test_init_makes_a_project_once(tmp_path: Path) -> None:
    assert "Made" in succeeds("init", cwd=tmp_path).stderr
    before = (tmp_path / "concord.db").read_bytes()
    assert "already" in succeeds("init", cwd=tmp_path).stderr
    assert (tmp_path / "concord.db").read_bytes() == before


def test_without_a_project_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    for command in (["show"], ["status"], ["export", "-o", "a.tmx"], ["beads", "undo"]):
        assert "concord init" in fails(*command, cwd=tmp_path)


def test_the_project_of_a_folder_above_is_used(folder: Path) -> None:
    inner = folder / "chapter" / "one"
    inner.mkdir(parents=True)
    assert "1 alignment" in succeeds("status", cwd=inner).out


def test_a_project_file_that_was_named_is_made_and_wins(folder: Path) -> None:
    succeeds("align", *PAIR, "--db", "other.db", cwd=folder)
    succeeds("beads", "confirm", "1", "--db", "other.db", cwd=folder)
    assert status(folder, "--db", "other.db")[0]["decided"] == 1
    assert status(folder)[0]["decided"] == 0


def test_export_writes_what_show_prints(folder: Path) -> None:
    succeeds("export", "-o", "a.jsonl", cwd=folder)
    assert (folder / "a.jsonl").read_bytes() == succeeds("show", "--jsonl", cwd=folder).stdout
    assert (folder / "a.jsonl").read_bytes() == (folder / "first.jsonl").read_bytes()


def test_aligning_the_same_texts_again_changes_nothing(folder: Path) -> None:
    before = (folder / "concord.db").read_bytes()
    assert "0 new" in succeeds("align", *PAIR, cwd=folder).stderr
    assert (folder / "concord.db").read_bytes() == before


def test_a_confirmed_bead_survives_a_new_alignment_and_is_in_what_it_writes(folder: Path) -> None:
    succeeds("beads", "confirm", "2", "5-7", cwd=folder)
    confirmed = [bead["source_text"] for bead in beads(folder) if bead.get("state") == "confirmed"]
    english = (folder / PAIR[1]).read_text("utf-8")
    (folder / PAIR[1]).write_text(english + "\nOne more line, about the weather in the mountains.\n", "utf-8")
    succeeds("align", *PAIR, "-o", "second.jsonl", cwd=folder)
    written = [json.loads(line) for line in (folder / "second.jsonl").read_text("utf-8").splitlines()]
    assert len(confirmed) == 4
    assert [bead["source_text"] for bead in written if bead.get("state") == "confirmed"] == confirmed


def test_a_decision_whose_text_changed_is_shown_with_both_texts(folder: Path) -> None:
    succeeds("beads", "confirm", "1", cwd=folder)
    english = (folder / PAIR[1]).read_text("utf-8")
    (folder / PAIR[1]).write_text(english.replace("In Winter", "In Spring", 1), "utf-8")
    assert "stale" in succeeds("align", *PAIR, "-o", "a.tsv", cwd=folder).stderr
    (entry,) = json.loads(succeeds("beads", "stale", "--json", cwd=folder).out)
    assert "In Winter" in entry["target_before"][0]
    assert "In Spring" in entry["target_now"][0]
    succeeds("beads", "discard", "--decision", str(entry["decision"]), cwd=folder)
    assert json.loads(succeeds("beads", "stale", "--json", cwd=folder).out) == []


def test_status_says_which_file_has_changed_or_gone(folder: Path) -> None:
    (folder / PAIR[0]).unlink()
    (folder / PAIR[1]).write_text("Another text. It is short.\n", "utf-8")
    assert status(folder)[0]["files"] == ["missing", "changed"]
    shown = succeeds("status", cwd=folder).out
    assert "interview.ru.txt is not there any more" in shown
    assert "interview.en.txt has changed" in shown


def test_undoing_every_edit_gives_the_first_alignment_again(folder: Path) -> None:
    succeeds("beads", "merge", "1", "2", cwd=folder)
    succeeds("beads", "split", "1", "--source", "1", "--target", "1", cwd=folder)
    succeeds("beads", "move", "2", "target", "up", cwd=folder)
    succeeds("beads", "confirm", "4-6", cwd=folder)
    succeeds("beads", "unconfirm", "5", cwd=folder)
    assert succeeds("show", "--jsonl", cwd=folder).stdout != (folder / "first.jsonl").read_bytes()
    for _ in range(5):
        succeeds("beads", "undo", cwd=folder)
    assert succeeds("show", "--jsonl", cwd=folder).stdout == (folder / "first.jsonl").read_bytes()
    assert "nothing to undo" in fails("beads", "undo", cwd=folder)


def test_redo_does_again_what_was_undone(folder: Path) -> None:
    succeeds("beads", "merge", "1-3", cwd=folder)
    merged = succeeds("show", "--jsonl", cwd=folder).stdout
    succeeds("beads", "undo", cwd=folder)
    succeeds("beads", "redo", cwd=folder)
    assert succeeds("show", "--jsonl", cwd=folder).stdout == merged


def test_the_history_names_who_did_what(folder: Path) -> None:
    succeeds("beads", "confirm", "3", "--author", "Ada", cwd=folder)
    succeeds("beads", "confirm", "4", cwd=folder, env={"CONCORD_AUTHOR": "Grace"})
    succeeds("beads", "undo", "--author", "Ada", cwd=folder)
    events = json.loads(succeeds("beads", "history", "--json", cwd=folder).out)
    assert [(e["author"], e["action"], e["undone"]) for e in events[1:]] == [
        ("Ada", "confirm", False),
        ("Grace", "confirm", True),
        ("Ada", "undo", False),
    ]
    assert "Grace: confirm, bead 4  (undone)" in succeeds("beads", "history", cwd=folder).out


@pytest.mark.parametrize(
    "edit",
    [
        ["confirm", "9999"],
        ["confirm", "first"],
        ["confirm", "1", "9999"],
        ["merge", "1"],
        ["split", "1", "--source", "1", "--target", "1"],
        ["split", "1", "--source", "7", "--target", "0"],
        ["move", "1", "source", "up"],
        ["discard"],
        ["discard", "--decision", "7"],
    ],
    ids=" ".join,
)
def test_an_edit_that_cannot_be_made_changes_nothing(folder: Path, edit: list[str]) -> None:
    before = (folder / "concord.db").read_bytes()
    fails("beads", *edit, cwd=folder)
    assert (folder / "concord.db").read_bytes() == before


def test_with_several_originals_one_has_to_be_named(folder: Path) -> None:
    (folder / "b.ru.txt").write_text("Зима кончилась. Дорога открыта.", "utf-8")
    (folder / "b.en.txt").write_text("The winter is over. The road is open.", "utf-8")
    succeeds("align", "b.ru.txt", "b.en.txt", cwd=folder)
    assert "--alignment" in fails("show", cwd=folder)
    assert "The road is open." in succeeds("show", "--alignment", "2", "--jsonl", cwd=folder).out
    assert concord("beads", "undo", "--alignment", "3", cwd=folder).code == 2


def test_several_versions_are_kept_pair_by_pair_and_exported_together(tmp_path: Path) -> None:
    for name in (*PAIR, "interview.de.txt"):
        shutil.copy(ROOT / "seeds" / name, tmp_path)
    succeeds("align", *PAIR, "interview.de.txt", "--db", "p.db", "-o", "now.tmx", cwd=tmp_path)
    assert [row["target"] for row in status(tmp_path, "--db", "p.db")] == [
        "interview.en.txt",
        "interview.de.txt",
    ]
    succeeds("export", "--db", "p.db", "-o", "later.tmx", cwd=tmp_path)
    assert (tmp_path / "later.tmx").read_bytes() == (tmp_path / "now.tmx").read_bytes()
