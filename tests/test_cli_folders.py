"""``concord align`` with folders, zip archives and patterns."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import concord, fails, put, succeeds

TEXTS = {
    "ru/port.ru.txt": "Порт закрыт. Кран стоит.",
    "en/port.en.txt": "The port is closed. The crane stands.",
    "ru/bad.txt": "",
    "en/bad.txt": "The crane stands.",
    "en/alone.txt": "Nobody wrote this in Russian.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path, TEXTS)


@pytest.fixture
def project(folder: Path) -> Path:
    succeeds("init", cwd=folder)
    return folder


def test_without_a_project_one_is_asked_for(folder: Path) -> None:
    assert "concord init" in fails("align", "ru", "en", cwd=folder)


def test_a_pair_that_fails_is_reported_and_the_others_are_kept(project: Path) -> None:
    ended = concord("align", "ru", "en", cwd=project)
    assert ended.code == 1
    assert "ru/port.ru.txt – en/port.en.txt: 2 beads" in ended.out
    assert "ru/bad.txt – en/bad.txt: failed" in ended.out
    assert "Error: ru/bad.txt: the file is empty" in ended.stderr
    assert "en/alone.txt has no original of its name" in ended.stderr
    assert "2 pairs: 1 aligned, 1 failed" in ended.stderr
    assert "port.ru.txt" in succeeds("status", cwd=project).out


def test_json_says_what_became_of_every_file(project: Path) -> None:
    found = json.loads(concord("align", "ru", "en", "--json", cwd=project).out)
    assert [("error" in pair, pair["source"]) for pair in found["pairs"]] == [
        (True, "ru/bad.txt"),
        (False, "ru/port.ru.txt"),
    ]
    assert found["unmatched"] == {"source": [], "target": ["en/alone.txt"]}


def test_without_a_failure_the_exit_code_is_0(project: Path) -> None:
    (project / "ru/bad.txt").unlink()
    ended = succeeds("align", "ru", "en", "--jsonl", cwd=project)
    assert [json.loads(line)["beads"] for line in ended.out.splitlines()] == [2]


def test_archives_are_aligned_and_known_again(project: Path) -> None:
    for side in ("ru", "en"):
        shutil.make_archive(str(project / side), "zip", project / side)
        shutil.rmtree(project / side)
    assert concord("align", "ru.zip", "en.zip", cwd=project).code == 1
    assert "not there any more" not in succeeds("status", cwd=project).out


def test_patterns_choose_what_is_aligned(project: Path) -> None:
    assert "1 pair: 1 aligned" in succeeds("align", "ru/p*.txt", "en/p*.txt", cwd=project).stderr


def test_one_folder_for_both_is_divided_by_languages(project: Path) -> None:
    assert "1 aligned" in concord("align", ".", ".", "--langs", "ru,en", cwd=project).stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ru", "en/port.en.txt"), "two by two"),
        (("ru", "en", "en"), "two by two"),
        (("ru", "en", "-o", "a.tmx"), "concord export"),
        (("ru", "en", "--format", "tmx"), "for one alignment"),
        ((".", "."), "--langs"),
        (("ru", "нет*"), "no document"),
    ],
)
def test_what_cannot_be_done_says_what_can(arguments: tuple[str, ...], message: str, project: Path) -> None:
    assert message in fails("align", *arguments, cwd=project)


@pytest.mark.parametrize("command", ["check", "text"])
def test_other_commands_say_what_is_possible_with_a_folder(command: str, folder: Path) -> None:
    assert "`concord align` takes two folders" in fails(command, "ru", cwd=folder)


def test_rules_for_sentences_are_used_and_signed(folder: Path) -> None:
    (folder / "own.srx").write_text(
        '<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="no" cascade="no"/><body>'
        '<languagerules><languagerule languagerulename="Own"><rule break="yes"><beforebreak>;</beforebreak>'
        "<afterbreak/></rule></languagerule></languagerules><maprules>"
        '<languagemap languagepattern=".*" languagerulename="Own"/></maprules></body></srx>',
        "utf-8",
    )
    (folder / "a.txt").write_text("Раз; два. Три.", "utf-8")
    ended = succeeds("text", "a.txt", "--srx", "own.srx", "--format", "segments", cwd=folder)
    assert ended.out == "Раз;\nдва. Три.\n"
