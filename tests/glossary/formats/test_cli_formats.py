"""`concord terms export` and `import` with the formats of other tools, in processes of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import concord, fails, succeeds
from tests.glossary.samples import built

MILL = "мельница"
PAIR = ("--source-lang", "ru", "--target-lang", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with a mill, whose windmill is forbidden and whose mylne holds for one client, and a guild."""
    built(tmp_path)
    succeeds("terms", "accept", MILL, cwd=tmp_path)
    succeeds("terms", "forbid", MILL, "windmill", "--lang", "en", cwd=tmp_path)
    succeeds("terms", "prefer", MILL, "mylne", "--lang", "en", "--scope", "client=Acme", cwd=tmp_path)
    return tmp_path


def statuses(cwd: Path) -> dict[str, str | None]:
    """The mill's terms."""
    found = json.loads(succeeds("terms", "show", MILL, "--json", cwd=cwd).out)["terms"]
    return {term["text"]: term.get("status") for term in found}


def test_what_a_format_loses_is_a_line_each_and_a_report(folder: Path) -> None:
    ended = succeeds(
        "terms", "export", "-o", "d.csv", "--format", "deepl", *PAIR, "--report", "lost.json", cwd=folder
    )
    assert (folder / "d.csv").read_text("utf-8") == "мельница,mill\n"
    assert "Warning: deepl: forbidden terms are left out: 1 (мельница)" in ended.stderr
    report = json.loads((folder / "lost.json").read_text("utf-8"))
    losses = {loss["kind"]: loss for loss in report["losses"]}
    assert (report["format"], report["concepts"], report["written"]) == ("deepl", 1, 1)
    assert losses["forbidden"]["count"] == losses["scope"]["count"] == 1
    assert losses["forbidden"]["concepts"][0]["label"] == MILL
    assert {"evidence", "dates"} <= set(losses)


def test_a_context_writes_what_holds_there(folder: Path) -> None:
    ended = succeeds("terms", "export", "--format", "deepl", *PAIR, "--context", "client=Acme", cwd=folder)
    assert ended.out == "мельница,mylne\n"


def test_candidates_are_written_only_when_they_are_asked_for(folder: Path) -> None:
    assert "цех" not in succeeds("terms", "export", "--format", "csv", cwd=folder).out
    found = succeeds("terms", "export", "--format", "csv", "--state", "approved,candidate", cwd=folder).out
    assert "цех" in found
    assert "windmill" in found


def test_an_import_is_one_decision_that_one_undo_takes_back(folder: Path) -> None:
    before = statuses(folder)
    (folder / "t.csv").write_text("Russian,English\nмельница,mill | watermill\nброд,ford\n", "utf-8")
    ended = succeeds("terms", "import", "t.csv", cwd=folder)
    assert "2 taken over" in ended.stderr
    assert statuses(folder) == {**before, "watermill": "admitted"}
    succeeds("terms", "undo", cwd=folder)
    assert statuses(folder) == before
    assert "брод" not in succeeds("terms", "list", cwd=folder).out


def test_an_import_overrules_nobody_in_silence(folder: Path) -> None:
    (folder / "o.txt").write_text("мельница\twindmill\n", "utf-8")
    ended = concord("terms", "import", "o.txt", "--format", "omegat", *PAIR, cwd=folder)
    assert ended.code == 1
    assert "windmill" in ended.out
    assert statuses(folder)["windmill"] == "forbidden"


@pytest.mark.parametrize("name", ["t.tbx", "t.json", "t.xlsx", "t.csv"])
def test_what_was_exported_is_recognised_and_changes_nothing(folder: Path, name: str) -> None:
    succeeds("terms", "export", "-o", name, cwd=folder)
    before = statuses(folder)
    ended = concord("terms", "import", name, cwd=folder)
    assert ended.code == (1 if name == "t.tbx" else 0), ended.stderr  # TBX has no “forbidden”
    assert statuses(folder) == before


def test_a_file_that_could_be_anything_is_asked_about(folder: Path) -> None:
    (folder / "x.csv").write_text("a,b\nc,d\n", "utf-8")
    assert "--format" in fails("terms", "import", "x.csv", cwd=folder)
    assert "only written" in fails("terms", "import", "x.csv", "--format", "markdown", cwd=folder)


def test_nothing_to_say_is_an_error_and_writes_no_file(folder: Path) -> None:
    ended = concord(
        "terms", "export", "-o", "x.utf8", "--source-lang", "en", "--target-lang", "fa", cwd=folder
    )
    assert ended.code == 2
    assert not (folder / "x.utf8").exists()


def test_without_the_extra_a_spreadsheet_says_which_to_install(folder: Path) -> None:
    (folder / "without").mkdir()
    (folder / "without" / "openpyxl.py").write_text("raise ImportError\n", "utf-8")
    env = {"PYTHONPATH": str(folder / "without")}
    assert "concord-align[office]" in concord("terms", "export", "-o", "x.xlsx", cwd=folder, env=env).error


def test_a_state_that_there_is_not_is_refused(folder: Path) -> None:
    assert "perfect" in fails("terms", "export", "--format", "csv", "--state", "perfect", cwd=folder)
