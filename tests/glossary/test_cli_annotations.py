"""``concord annotations`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ROOT, fails, succeeds

TEXT = (
    "Отряд «Стальной щит» (запрещен в РФ) ушел за перевал. Школу открыли в марте.\n\n"
    "Группировки «Белый обух» и «Полынь» (обе запрещены в России) о перемирии не слышали.\n"
)
PATTERNS = """
[[pattern]]
text = "под санкциями Мерхистана"
status = "undesirable"
jurisdiction = "MH"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one text and the sample interview."""
    (tmp_path / "one.txt").write_text(TEXT, "utf-8")
    for lang in ("ru", "en"):
        (tmp_path / f"{lang}.txt").write_bytes((ROOT / "seeds" / f"interview.{lang}.txt").read_bytes())
    return tmp_path


def lines(*arguments: str, cwd: Path, stdin: bytes = b"") -> list[Any]:
    """The objects that a command prints."""
    ended = succeeds("annotations", *arguments, "--jsonl", cwd=cwd, stdin=stdin)
    return [json.loads(line) for line in ended.out.splitlines()]


def test_one_text_is_answered_with_its_marks(folder: Path) -> None:
    found = lines("one.txt", "--langs", "ru", cwd=folder)
    fields = ("document", "text", "concepts", "status", "jurisdiction", "form", "position")
    assert [[mark[name] for name in fields] for mark in found] == [
        ["one.txt", "запрещен в РФ", ["Стальной щит"], "banned", "RU", "verb", "parenthesis"],
        ["one.txt", "обе запрещены в России", ["Белый обух", "Полынь"], "banned", "RU", "verb", "joint"],
    ]
    assert all(TEXT[mark["start"] : mark["end"]] == mark["text"] for mark in found)


def test_a_text_comes_from_standard_input(folder: Path) -> None:
    assert len(lines("-", "--langs", "ru", cwd=folder, stdin=TEXT.encode())) == 2


def test_two_texts_are_answered_with_the_marks_of_both(folder: Path) -> None:
    found = lines("ru.txt", "en.txt", "--langs", "ru,en", cwd=folder)
    assert {mark["document"] for mark in found} == {"ru.txt", "en.txt"}
    assert {(mark["document"], mark["lang"]) for mark in found} == {("ru.txt", "ru"), ("en.txt", "en")}


def test_the_ledger_says_what_became_of_each_mark(folder: Path) -> None:
    found = lines("ru.txt", "en.txt", "--langs", "ru,en", "--ledger", cwd=folder)
    assert {entry["verdict"] for entry in found} == {"kept", "changed", "dropped", "added"}
    (dropped,) = [entry for entry in found if entry["verdict"] == "dropped"]
    assert (dropped["target"], dropped["source"]["document"]) == (None, "ru.txt")


def test_the_clean_text_has_no_marks_and_a_way_back(folder: Path) -> None:
    plain = succeeds("annotations", "one.txt", "--langs", "ru", "--clean", cwd=folder).out
    assert plain.startswith("Отряд «Стальной щит» ушел за перевал.")
    (found,) = lines("one.txt", "--langs", "ru", "--clean", cwd=folder)
    assert found["text"] == plain
    for clean, original, length in found["pieces"]:
        assert found["text"][clean : clean + length] == TEXT[original : original + length]


def test_a_project_is_answered_with_the_marks_of_all_its_texts(folder: Path) -> None:
    succeeds("init", cwd=folder)
    succeeds("align", "ru.txt", "en.txt", "--langs", "ru,en", cwd=folder)
    assert {mark["document"] for mark in lines(cwd=folder)} == {"ru.txt", "en.txt"}
    assert lines("--ledger", cwd=folder) == lines(
        "ru.txt", "en.txt", "--langs", "ru,en", "--ledger", cwd=folder
    )


def test_a_newsroom_s_own_wording_is_found(folder: Path) -> None:
    (folder / "own.toml").write_text(PATTERNS, "utf-8")
    (folder / "two.txt").write_text("Отряд «Стальной щит» (под санкциями Мерхистана) ушел.\n", "utf-8")
    (mark,) = lines("two.txt", "--langs", "ru", "--patterns", "own.toml", cwd=folder)
    assert (mark["concepts"], mark["status"], mark["jurisdiction"]) == (["Стальной щит"], "undesirable", "MH")


def test_a_newsroom_s_own_list_is_applied_at_the_article_s_date(folder: Path) -> None:
    (folder / "own.csv").write_text(
        "name,aliases,kind,jurisdiction,from,to,source\n"
        "Стальной щит,,organisation,MH,2020-01-01,2022-01-01,our own\n",
        "utf-8",
    )
    options = ("one.txt", "--langs", "ru", "--list", "own.csv", "--date")
    (then,) = lines(*options, "2021-05-01", cwd=folder)
    (later,) = lines(*options, "2023-05-01", cwd=folder)
    assert (then["text"], then["in_force"], then["source"]) == ("Стальной щит", True, "our own")
    assert later["in_force"] is False


def test_a_text_without_marks_is_no_error(folder: Path) -> None:
    ended = succeeds("annotations", "-", "--langs", "en", cwd=folder, stdin=b"The road was closed.")
    assert (ended.out, "No marks" in ended.stderr) == ("", True)


def test_the_table_has_a_line_for_each_mark(folder: Path) -> None:
    table = succeeds("annotations", "one.txt", "--langs", "ru", cwd=folder).out.splitlines()
    assert len(table) == 3
    assert table[0].split() == [
        "document", "start", "end", "text", "concepts", "status", "jurisdiction", "form", "position",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("nowhere.txt",), "nowhere.txt"),
        (("one.txt", "--ledger", "--langs", "ru"), "original"),
        (("one.txt", "--ledger", "--clean"), "--ledger"),
        (("ru.txt", "en.txt", "--clean", "--langs", "ru,en"), "jsonl"),
        (("one.txt", "--langs", "fa"), "fa"),
        (("one.txt", "--patterns", "nowhere.toml"), "nowhere.toml"),
        (("one.txt", "--patterns", "one.txt"), "one.txt"),
        (("one.txt", "--list", "one.txt"), "one.txt"),
        (("one.txt", "--format", "pdf"), "pdf"),
        (("one.txt", "--langs", "ru,en"), "--langs"),
        (("a.txt", "b.txt", "c.txt"), "concord init"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_one_line(folder: Path, arguments: tuple[str, ...], word: str) -> None:
    assert word in fails("annotations", *arguments, cwd=folder)


def test_a_list_needs_a_date(folder: Path) -> None:
    (folder / "own.csv").write_text("name\nСтальной щит\n", "utf-8")
    assert "--date" in fails("annotations", "one.txt", "--list", "own.csv", "--langs", "ru", cwd=folder)
