"""``concord import`` and ``concord convert`` as users run them, and checks of files that hold both texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import concord, fails, succeeds

UNIT = '<tu><tuv xml:lang="{}"><seg>{}</seg></tuv><tuv xml:lang="{}"><seg>{}</seg></tuv></tu>'
PAIRS = [("Мост стоит.", "The bridge stands."), ("Он стар, ему 40 лет.", "It is old, 41 years.")]
MEMORY = "<tmx version='1.4'><header creationtool='Other' srclang='ru'/><body>{}</body></tmx>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    units = "".join(UNIT.format("ru", left, "en", right) for left, right in PAIRS)
    (tmp_path / "memory.tmx").write_text(MEMORY.format(units), "utf-8")
    units += UNIT.format("ru", "Три.", "de", "Drei.")
    (tmp_path / "three.tmx").write_text(MEMORY.format(units), "utf-8")
    return tmp_path


def test_an_imported_alignment_is_reviewed_and_exported_like_any_other(folder: Path) -> None:
    ended = succeeds("import", "memory.tmx", "--db", "p.db", cwd=folder)
    assert "Kept in p.db as alignment 1" in ended.stderr
    assert "model:import@Other" in ended.stderr
    succeeds("beads", "merge", "1", "2", "--db", "p.db", cwd=folder)
    (line,) = succeeds("show", "--jsonl", "--db", "p.db", cwd=folder).out.splitlines()
    assert json.loads(line)["source_text"] == [left for left, _ in PAIRS]
    succeeds("export", "-o", "out.xliff", "--db", "p.db", cwd=folder)
    assert 'state="reviewed"' in (folder / "out.xliff").read_text("utf-8")


def test_what_people_decided_holds_when_the_file_is_imported_again(folder: Path) -> None:
    succeeds("import", "memory.tmx", "--db", "p.db", cwd=folder)
    succeeds("beads", "confirm", "1", "--db", "p.db", cwd=folder)
    text = (folder / "memory.tmx").read_text("utf-8")
    (folder / "memory.tmx").write_text(text.replace("It is old", "It is very old"), "utf-8")
    assert "memory.tmx#en has changed" in succeeds("status", "--db", "p.db", cwd=folder).out
    ended = succeeds("import", "memory.tmx", "--db", "p.db", cwd=folder)
    assert "1 decisions carried over" in ended.stderr
    status = json.loads(succeeds("status", "--json", "--db", "p.db", cwd=folder).out)
    (row,) = status["alignments"]
    assert row["files"] == ["same", "same"]
    assert row["decided"] == 1


def test_all_languages_are_imported_around_the_original_or_those_that_are_named(folder: Path) -> None:
    succeeds("import", "three.tmx", "--db", "p.db", cwd=folder)
    succeeds("import", "three.tmx", "--db", "q.db", "--langs", "de,ru", cwd=folder)
    found = []
    for db in ("p.db", "q.db"):
        rows = json.loads(succeeds("status", "--json", "--db", db, cwd=folder).out)["alignments"]
        found.append([(row["source"], row["target"]) for row in rows])
    assert found == [
        [("three.tmx#ru", "three.tmx#en"), ("three.tmx#ru", "three.tmx#de")],
        [("three.tmx#de", "three.tmx#ru")],
    ]


def test_a_ladder_is_imported_with_its_texts(folder: Path) -> None:
    (folder / "a.txt").write_text("Мост стоит.\nОн стар.\n", "utf-8")
    (folder / "b.txt").write_text("The bridge stands and is old.\n", "utf-8")
    (folder / "x.ladder").write_text("0\t0\t0.9\n2\t1\t0\n")
    ended = succeeds("import", "x.ladder", "a.txt", "b.txt", "--db", "p.db", cwd=folder)
    assert "1 beads" in ended.stderr
    rows = json.loads(succeeds("status", "--json", "--db", "p.db", cwd=folder).out)["alignments"]
    assert (rows[0]["source"], rows[0]["files"]) == ("a.txt", ["same", "same"])


def test_without_a_project_an_import_says_how_to_make_one(folder: Path) -> None:
    assert "concord init" in fails("import", "memory.tmx", cwd=folder)


def test_a_broken_file_says_line_and_column_and_leaves_no_project(folder: Path) -> None:
    (folder / "x.tmx").write_text("<tmx>\n<body></tmx>")
    assert "x.tmx, line 2, column" in fails("import", "x.tmx", "--db", "p.db", cwd=folder)
    assert not (folder / "p.db").exists()


def test_a_file_with_both_texts_is_checked_as_original_and_translation(folder: Path) -> None:
    ended = concord("check", "memory.tmx", "--json", "--select", "F", cwd=folder)
    assert ended.code == 1, ended.stderr
    found = json.loads(ended.out)["findings"]
    assert [(one["code"], one["document"]) for one in found] == [("F001", "memory.tmx#en")] or found
    assert any("41" in json.dumps(one, ensure_ascii=False) for one in found)


def test_corrections_are_shown_and_not_written_into_a_memory(folder: Path) -> None:
    units = [("– Раз.", "- One."), ("– Два.", "– Two."), ("– Три.", "- Three."), ("– Пять.", "- Five.")]
    inside = "".join(UNIT.format("ru", a, "en", b) for a, b in units)
    (folder / "m.tmx").write_text(MEMORY.format(inside), "utf-8")
    before = (folder / "m.tmx").read_bytes()
    assert "+- Two." in concord("fix", "m.tmx", cwd=folder).out
    ended = concord("fix", "m.tmx", "--write", cwd=folder)
    assert ended.code == 1, ended.stderr
    assert "not written into alignments" in ended.stderr
    succeeds("import", "m.tmx", "--db", "p.db", cwd=folder)
    assert concord("fix", "--write", "--db", "p.db", cwd=folder).code == 1
    assert (folder / "m.tmx").read_bytes() == before


def test_a_check_of_three_languages_asks_for_two(folder: Path) -> None:
    assert "Choose two with --langs" in fails("check", "three.tmx", cwd=folder)
    assert concord("check", "three.tmx", "--langs", "ru,de", "--select", "F", cwd=folder).code == 0


def test_two_languages_for_one_text_are_an_error(folder: Path) -> None:
    (folder / "a.txt").write_text("Text.\n")
    assert "2 languages for 1 file" in fails("check", "a.txt", "--langs", "ru,en", cwd=folder)


def test_a_conversion_says_what_it_lost(folder: Path) -> None:
    ended = succeeds("convert", "memory.tmx", "x.tsv", "--report", "r.json", cwd=folder)
    assert "Warning: TSV: the languages are not named in it" in ended.stderr
    assert "Written: x.tsv (2 units)" in ended.stderr
    report = json.loads((folder / "r.json").read_text("utf-8"))
    assert [loss["kind"] for loss in report["losses"]] == ["languages", "signature"][: len(report["losses"])]
    assert (folder / "x.tsv").read_text("utf-8").splitlines()[1].endswith("Мост стоит.\tThe bridge stands.")


def test_a_pipe_is_converted_when_its_formats_are_named(folder: Path) -> None:
    data = (folder / "memory.tmx").read_bytes()
    ended = succeeds("convert", "-", "-", "--from", "tmx", "--to", "jsonl", cwd=folder, stdin=data)
    assert [json.loads(line)["target_text"] for line in ended.out.splitlines()] == [[b] for _, b in PAIRS]


def test_moses_and_back_by_one_command_each(folder: Path) -> None:
    succeeds("convert", "memory.tmx", "corpus.moses", cwd=folder)
    succeeds("convert", "corpus.ru", "corpus.en", "back.tmx", cwd=folder)
    assert "The bridge stands." in (folder / "back.tmx").read_text("utf-8")
    assert "overwritten" in fails("convert", "corpus.ru", "corpus.en", "corpus.moses", cwd=folder)


def test_a_glossary_is_converted_with_its_report(folder: Path) -> None:
    (folder / "terms.csv").write_text(
        "concept,lang,term,status\nmill0001,en,mill,preferred\nmill0001,ru,мельница,preferred\n", "utf-8"
    )
    ended = succeeds("convert", "terms.csv", "terms.tbx", cwd=folder)
    assert "Written: terms.tbx (1 concepts)" in ended.stderr
    assert "мельница" in (folder / "terms.tbx").read_text("utf-8")
    succeeds("convert", "terms.csv", "terms.po", "--langs", "en,ru", cwd=folder)
    succeeds("convert", "terms.po", "terms.json", cwd=folder)
    assert "мельница" in (folder / "terms.json").read_text("utf-8")


def test_a_document_is_converted_to_its_text(folder: Path) -> None:
    (folder / "a.html").write_text("<html><body><p>One. Two.</p></body></html>")
    succeeds("convert", "a.html", "a.txt", cwd=folder)
    succeeds("convert", "a.html", "s.txt", "--to", "segments", cwd=folder)
    assert (folder / "a.txt").read_text().strip() == "One. Two."
    assert (folder / "s.txt").read_text() == "One.\nTwo.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("memory.tmx",), "where to?"),
        (("memory.tmx", "x.tbx"), "cannot become x.tbx"),
        (("memory.tmx", "x.dat"), "cannot become x.dat"),
        (("memory.tmx", "memory.tmx"), "overwritten"),
        (("missing.tmx", "x.tsv"), "no such file"),
        (("memory.tmx", "x.tsv", "--from", "nonsense"), "--from"),
        (("memory.tmx", "x.tsv", "--kind", "nonsense"), "--kind"),
        (("memory.tmx", "x.tsv", "--langs", "ru,!"), "no language code"),
        (("memory.tmx", "three.tmx", "x.tsv"), "is one file"),
    ],
)
def test_what_cannot_be_converted_is_one_line(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    assert message in fails("convert", *arguments, cwd=folder)
