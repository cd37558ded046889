"""``concord check``, ``findings``, ``explain`` and ``fix`` as a user runs them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ROOT, concord, fails, succeeds

ORIGINAL = """Отряд «Стальной щит» (запрещен в РФ) ушел за перевал ночью, никого не предупредив.
Школу в селе открыли в марте, и в нее сразу записались сорок детей.
За зиму «Стальной щит» дважды перекрывал дорогу к мельнице.
Мельник говорит, что мука в этом году вышла темная и сырая.
"""
TRANSLATION = """The Steel Shield unit left over the pass at night without warning anybody.
The school in the village opened in March, and forty children signed up at once.
During the winter Steel Shield closed the road to the mill twice.
The miller says that this year's flour has come out dark and damp.
"""
WORDED = """The Steel Shield (outlawed in Russia) left over the pass at night.
The Bitter Sage (banned in Russia) stayed in the valley.
The Long Ford (banned in Russia) closed the road to the mill twice.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a pair whose translation dropped a legal mark."""
    (tmp_path / "a.ru.txt").write_text(ORIGINAL, "utf-8")
    (tmp_path / "a.en.txt").write_text(TRANSLATION, "utf-8")
    (tmp_path / "worded.txt").write_text(WORDED, "utf-8")
    return tmp_path


@pytest.fixture
def project(folder: Path) -> Path:
    """The same as a project."""
    succeeds("init", cwd=folder)
    succeeds("align", "a.ru.txt", "a.en.txt", "--langs", "ru,en", cwd=folder)
    return folder


PAIR = ("a.ru.txt", "a.en.txt", "--langs", "ru,en")


def findings(*arguments: str, cwd: Path) -> list[dict[str, Any]]:
    """The findings of a check that has some, or none."""
    ended = concord("check", *arguments, "--jsonl", cwd=cwd)
    assert ended.code in (0, 1), ended.stderr
    return [json.loads(line) for line in ended.out.splitlines()]


def codes(*arguments: str, cwd: Path) -> list[str]:
    """The codes of the findings, in order."""
    return [one["code"] for one in findings(*arguments, cwd=cwd)]


# What is checked


def test_a_pair_is_checked_against_its_original(folder: Path) -> None:
    (found,) = findings(*PAIR, "--select", "A001", cwd=folder)
    assert (found["document"], found["severity"], found["rule"]) == ("a.en.txt", "error", "dropped-mark")
    assert found["evidence"][0]["document"] == "a.ru.txt"
    assert TRANSLATION[found["start"] : found["end"]] == found["text"]


def test_a_text_alone_is_checked_with_itself(folder: Path) -> None:
    assert codes("worded.txt", "--langs", "en", "--select", "A008", cwd=folder) == ["A008"]


def test_the_project_is_checked_without_files(project: Path) -> None:
    assert codes("--select", "A001", cwd=project) == ["A001"]


def test_more_than_two_files_are_refused_with_a_way_out(folder: Path) -> None:
    line = fails("check", "a.ru.txt", "a.en.txt", "worded.txt", cwd=folder)
    assert "3 files" in line
    assert "concord init" in line


def test_no_project_and_no_files_is_said_in_one_line(folder: Path) -> None:
    assert "no project" in fails("check", cwd=folder)


# Exit codes


def test_findings_make_the_exit_code_1(folder: Path) -> None:
    assert concord("check", *PAIR, "--select", "A001", cwd=folder).code == 1


def test_a_clean_text_makes_the_exit_code_0(folder: Path) -> None:
    assert concord("check", *PAIR, "--select", "A004", cwd=folder).code == 0


def test_findings_below_the_severity_asked_for_leave_the_exit_code_at_0(folder: Path) -> None:
    ended = concord("check", "worded.txt", "--select", "A008", "--fail-on", "error", cwd=folder)
    assert (ended.code, "A008" in ended.out) == (0, True)


def test_a_rule_that_does_not_exist_is_a_usage_error(folder: Path) -> None:
    assert "no rule" in fails("check", "worded.txt", "--select", "X9", cwd=folder)


# Baseline


def test_what_is_in_the_baseline_stays_quiet(folder: Path) -> None:
    succeeds("check", *PAIR, "--write-baseline", "old.json", cwd=folder)
    assert codes(*PAIR, "--baseline", "old.json", cwd=folder) == []


def test_a_baseline_survives_edits_elsewhere_in_the_text(folder: Path) -> None:
    succeeds("check", *PAIR, "--select", "A001", "--write-baseline", "old.json", cwd=folder)
    (folder / "a.ru.txt").write_text("Зимой в долине тихо.\n" + ORIGINAL, "utf-8")
    (folder / "a.en.txt").write_text("In winter the valley is quiet.\n" + TRANSLATION, "utf-8")
    assert codes(*PAIR, "--select", "A001", "--baseline", "old.json", cwd=folder) == []


def test_a_new_finding_speaks_beside_the_baseline(folder: Path) -> None:
    succeeds("check", "worded.txt", "--select", "A008", "--write-baseline", "old.json", cwd=folder)
    text = WORDED + "The Grey Heron (prohibited in the Russian Federation) went home.\n"
    (folder / "worded.txt").write_text(text, "utf-8")
    found = findings("worded.txt", "--select", "A008", "--baseline", "old.json", cwd=folder)
    assert [one["text"] for one in found] == ["prohibited in the Russian Federation"]


@pytest.mark.parametrize("content", ["", "[", "[]", "{}", '{"concord_baseline": 2, "findings": []}'])
def test_a_file_that_is_no_baseline_is_named(folder: Path, content: str) -> None:
    (folder / "old.json").write_text(content, "utf-8")
    assert "old.json" in fails("check", "worded.txt", "--baseline", "old.json", cwd=folder)


# Configuration


def test_the_configuration_in_the_folder_counts(folder: Path) -> None:
    (folder / "concord.toml").write_text('[check]\nselect = ["A008"]\n', "utf-8")
    assert set(codes("worded.txt", cwd=folder)) == {"A008"}


def test_an_edition_that_drops_marks_gets_no_findings_for_it(folder: Path) -> None:
    (folder / "concord.toml").write_text('[policy]\nlangs = ["en"]\nmarks = "drop"\n', "utf-8")
    assert codes(*PAIR, "--select", "A", cwd=folder) == []


def test_a_severity_can_be_configured(folder: Path) -> None:
    (folder / "concord.toml").write_text('[check.severity]\nA001 = "note"\n', "utf-8")
    assert findings(*PAIR, "--select", "A001", cwd=folder)[0]["severity"] == "note"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[check", "TOML"),
        ("[chek]", "chek"),
        ('[check]\nselect = "A"', "check.select"),
        ('[check]\nselect = ["X9"]', "X9"),
        ('[check.severity]\nA001 = "grave"', "check.severity.A001"),
        ('[policy]\nmarks = "some"', "policy.marks"),
        ("[check.rules.A001]\nnone = 1", "check.rules.A001.none"),
    ],
)
def test_a_mistake_in_the_configuration_is_named(folder: Path, content: str, named: str) -> None:
    (folder / "concord.toml").write_text(content, "utf-8")
    line = fails("check", "worded.txt", cwd=folder)
    assert "concord.toml" in line
    assert named in line


# Dismissals


def dismissed_one(project: Path) -> str:
    """Dismisses the only finding, and says which it was."""
    (one,) = findings("--select", "A001", cwd=project)
    mark: str = one["fingerprint"]
    succeeds(
        "findings", "dismiss", mark[:8], "--reason", "agreed with the author", "--author", "Ada", cwd=project
    )
    return mark


def test_a_dismissed_finding_stays_quiet(project: Path) -> None:
    dismissed_one(project)
    assert codes("--select", "A001", cwd=project) == []


def test_a_dismissal_survives_a_new_alignment_of_changed_texts(project: Path) -> None:
    dismissed_one(project)
    (project / "a.en.txt").write_text(TRANSLATION.replace("damp", "wet"), "utf-8")
    succeeds("align", "a.ru.txt", "a.en.txt", "--langs", "ru,en", cwd=project)
    assert codes("--select", "A001", cwd=project) == []


def test_a_dismissal_says_who_when_and_why(project: Path) -> None:
    mark = dismissed_one(project)
    (held,) = json.loads(succeeds("findings", "dismissed", "--json", cwd=project).out)
    assert (held["fingerprint"], held["author"], held["reason"]) == (mark, "Ada", "agreed with the author")
    assert held["at"].endswith("Z")


def test_a_dismissal_needs_a_reason(project: Path) -> None:
    assert "reason" in fails("findings", "dismiss", "0123", cwd=project)


def test_a_restored_finding_speaks_again(project: Path) -> None:
    succeeds("findings", "restore", dismissed_one(project), cwd=project)
    assert codes("--select", "A001", cwd=project) == ["A001"]


def test_undo_takes_a_dismissal_back_and_keeps_the_history(project: Path) -> None:
    dismissed_one(project)
    succeeds("findings", "undo", cwd=project)
    assert codes("--select", "A001", cwd=project) == ["A001"]
    events = json.loads(succeeds("findings", "dismissed", "--history", "--json", cwd=project).out)
    assert [event["action"] for event in events] == ["dismiss", "undo"]


def test_nothing_to_undo_is_said_in_one_line(project: Path) -> None:
    assert "nothing to undo" in fails("findings", "undo", cwd=project)


# Formats


def test_every_format_is_written_in_one_go(folder: Path) -> None:
    names = ["out.json", "out.jsonl", "out.sarif", "out.xml", "out.csv", "out.html", "out.docx", "out.txt"]
    outputs = [part for name in names for part in ("-o", name)]
    assert concord("check", *PAIR, *outputs, cwd=folder).code == 1
    assert [name for name in names if not (folder / name).stat().st_size] == []


def test_an_input_is_never_overwritten(folder: Path) -> None:
    assert "overwritten" in fails("check", *PAIR, "-o", "a.en.txt", cwd=folder)


def test_a_word_document_of_a_whole_project_is_refused(project: Path) -> None:
    assert "one translation" in fails("check", "--format", "docx", "-o", "out.docx", cwd=project)


# Explaining


def test_a_rule_is_explained_by_code_and_by_name(tmp_path: Path) -> None:
    page = succeeds("explain", "A001", cwd=tmp_path).out
    assert page == succeeds("explain", "dropped-mark", cwd=tmp_path).out
    assert "## How to set it right" in page


def test_an_unknown_rule_is_a_usage_error(tmp_path: Path) -> None:
    assert "no such rule" in fails("explain", "Z999", cwd=tmp_path)


# Correcting

HOUSE = '[policy.wording]\nen = "banned in Russia"\n'


@pytest.fixture
def house(folder: Path) -> Path:
    """The folder, with the house's wording in its configuration."""
    (folder / "concord.toml").write_text(HOUSE, "utf-8")
    return folder


def test_corrections_are_shown_and_not_made(house: Path) -> None:
    ended = concord("fix", "worded.txt", "--select", "A008", cwd=house)
    assert ended.code == 1
    assert "-The Steel Shield (outlawed in Russia)" in ended.out
    assert "+The Steel Shield (banned in Russia)" in ended.out
    assert (house / "worded.txt").read_text("utf-8") == WORDED


def test_corrections_are_made_when_told(house: Path) -> None:
    succeeds("fix", "worded.txt", "--select", "A008", "--write", cwd=house)
    assert (house / "worded.txt").read_text("utf-8") == WORDED.replace("outlawed", "banned")


def test_corrections_go_into_a_copy(house: Path) -> None:
    succeeds("fix", "worded.txt", "--select", "A008", "-o", "right.txt", cwd=house)
    assert (house / "right.txt").read_text("utf-8") == WORDED.replace("outlawed", "banned")
    assert (house / "worded.txt").read_text("utf-8") == WORDED


def test_a_project_s_translation_is_corrected_in_its_file(house: Path) -> None:
    succeeds("init", cwd=house)
    (house / "o.txt").write_text(
        "«Стальной щит» (запрещен в России) ушел за перевал ночью.\n"
        "«Горькая полынь» (запрещена в России) осталась в долине.\n"
        "«Долгий брод» (запрещен в России) дважды перекрыл дорогу к мельнице.\n",
        "utf-8",
    )
    succeeds("align", "o.txt", "worded.txt", "--langs", "ru,en", cwd=house)
    succeeds("fix", "--select", "A008", "--write", cwd=house)
    assert (house / "worded.txt").read_text("utf-8") == WORDED.replace("outlawed", "banned")


def test_a_file_that_changed_since_is_left_alone(project: Path) -> None:
    (project / "worded.ru.txt").write_text(ORIGINAL, "utf-8")
    shutil.copy(ROOT / "seeds" / "interview.en.txt", project / "a.en.txt")
    before = (project / "a.en.txt").read_bytes()
    concord("fix", "--write", cwd=project)
    assert (project / "a.en.txt").read_bytes() == before
