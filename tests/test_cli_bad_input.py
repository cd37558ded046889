"""What the command line says to input that cannot be used: one line, exit code 2, nothing half-written."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands import CONCORD, concord, environment, fails, succeeds

RU = "Снег выпал ночью. Дорогу закрыли до весны.\n\nМельник остался в деревне. Мука кончилась в марте.\n"
EN = (
    "The snow fell at night. The road was closed until spring.\n\n"
    "The miller stayed in the village. The flour ran out in March.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small pair and nothing else."""
    (tmp_path / "ru.txt").write_text(RU, "utf-8")
    (tmp_path / "en.txt").write_text(EN, "utf-8")
    return tmp_path


def files_in(folder: Path) -> set[str]:
    """Everything there, hidden files and what is in subfolders among it."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_a_missing_file_is_named(folder: Path) -> None:
    assert "nowhere.txt" in fails("align", "ru.txt", "nowhere.txt", cwd=folder)


def test_a_folder_in_place_of_a_file_is_refused(folder: Path) -> None:
    (folder / "sub").mkdir()
    assert "sub" in fails("align", "ru.txt", "sub", cwd=folder)


@pytest.mark.parametrize(
    "content", [b"", b" \n\t\n", b"\xef\xbb\xbf"], ids=["nothing", "white space", "only a BOM"]
)
def test_an_empty_file_is_refused(folder: Path, content: bytes) -> None:
    (folder / "empty.txt").write_bytes(content)
    assert "empty.txt" in fails("align", "ru.txt", "empty.txt", cwd=folder)


def test_a_binary_is_refused(folder: Path) -> None:
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    assert "picture.txt" in fails("align", "ru.txt", "picture.txt", cwd=folder)


def test_a_wrong_encoding_is_refused(folder: Path) -> None:
    (folder / "ru1251.txt").write_bytes(RU.encode("windows-1251"))
    assert "utf-8" in fails("align", "ru1251.txt", "en.txt", "--encoding", "utf-8", cwd=folder).lower()


def test_an_encoding_that_does_not_exist_is_refused(folder: Path) -> None:
    assert "klingon-8" in fails("align", "ru.txt", "en.txt", "--encoding", "klingon-8", cwd=folder)


def test_a_right_encoding_that_was_given_is_used(folder: Path) -> None:
    (folder / "ru866.txt").write_bytes(RU.encode("cp866"))
    ended = succeeds("align", "ru866.txt", "en.txt", "--source-encoding", "cp866", "--jsonl", cwd=folder)
    assert "Мельник" in ended.out


def test_unrelated_texts_are_refused_with_the_figure(folder: Path) -> None:
    other = "Die Steuererklärung für das Jahr ist bis Ende Juli beim Finanzamt einzureichen. " * 3
    more = "Bitte legen Sie alle Belege bei. Die Gebühr beträgt zwölf Euro. Das Formular hat vier Seiten. "
    (folder / "other.txt").write_text(other + more, "utf-8")
    line = fails("align", "ru.txt", "other.txt", cwd=folder)
    assert "do not look like translations of each other" in line
    assert any(character.isdigit() for character in line)


def test_unrelated_texts_are_aligned_when_forced(folder: Path) -> None:
    (folder / "other.txt").write_text("Das Formular hat vier Seiten. Die Gebühr beträgt zwölf Euro.", "utf-8")
    ended = succeeds("align", "ru.txt", "other.txt", "--force", "--jsonl", cwd=folder)
    assert "Formular" in ended.out


def test_the_same_language_on_both_sides_is_a_warning(folder: Path) -> None:
    (folder / "other.txt").write_text(EN.replace("The miller stayed", "But the miller did stay"), "utf-8")
    ended = succeeds("align", "en.txt", "other.txt", "--json", cwd=folder)
    assert "same language" in ended.stderr
    assert "same language" in ended.out


def test_a_file_of_200_mb_is_refused(folder: Path) -> None:
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(201_000_000)
    assert "huge.txt" in fails("align", "ru.txt", "huge.txt", cwd=folder)


def test_a_line_of_5_mb_gets_one_line_of_an_answer(folder: Path) -> None:
    (folder / "line.txt").write_text("слово " * 500_000, "utf-8")
    assert "line.txt" in fails("align", "line.txt", "en.txt", cwd=folder)


def test_a_zip_bomb_is_refused(folder: Path) -> None:
    with zipfile.ZipFile(folder / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        with bomb.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(300):
                member.write(b" " * 1_000_000)
    assert "bomb.docx" in fails("align", "bomb.docx", "en.txt", cwd=folder)


def test_a_broken_docx_is_refused(folder: Path) -> None:
    (folder / "cut.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 60)
    assert "cut.docx" in fails("align", "cut.docx", "en.txt", cwd=folder)


def test_html_without_an_article_is_refused(folder: Path) -> None:
    (folder / "bare.html").write_text("<!doctype html><html><body><script>1</script></body></html>", "utf-8")
    assert "bare.html" in fails("align", "bare.html", "en.txt", cwd=folder)


def test_two_files_cannot_both_be_standard_input(folder: Path) -> None:
    assert "standard input" in fails("align", "-", "-", cwd=folder)


def test_an_empty_standard_input_is_refused(folder: Path) -> None:
    fails("align", "-", "en.txt", cwd=folder, stdin=b"")


def test_one_file_alone_is_answered_with_the_usage(folder: Path) -> None:
    ended = concord("align", "ru.txt", cwd=folder)
    assert ended.code == 2
    assert "Usage: concord align" in ended.stderr
    assert "TRANSLATION" in ended.error


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--langs", "ru"], "--langs"),
        (["--langs", "ru,en", "--source-lang", "ru"], "--source-lang"),
        (["--target-lang", "english!"], "english!"),
        (["--format", "pdf"], "pdf"),
        (["--json", "--jsonl"], "--jsonl"),
        (["-o", "result.xyz"], "result.xyz"),
        (["-o", "en.txt", "--format", "tsv"], "en.txt"),
        (["-o", "a.tsv", "-o", "a.tsv"], "a.tsv"),
        (["-o", "a.tsv", "-o", "b.tmx", "--json"], "--format"),
        (["-o", "no/such/folder/a.tsv"], "no/such/folder/a.tsv"),
        (["--from", "papyrus"], "papyrus"),
        (["--model", "./no-such-folder"], "no-such-folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_options_that_do_not_fit_are_refused(folder: Path, options: list[str], word: str) -> None:
    before = files_in(folder)
    assert word in fails("align", "ru.txt", "en.txt", *options, cwd=folder)
    assert files_in(folder) == before


def test_an_unknown_option_is_answered_with_the_usage(folder: Path) -> None:
    ended = concord("align", "ru.txt", "en.txt", "--nonsense", cwd=folder)
    assert ended.code == 2
    assert "Usage: concord align" in ended.stderr
    assert "--nonsense" in ended.error


def test_a_project_of_a_newer_version_is_refused_and_left_alone(folder: Path) -> None:
    succeeds("init", cwd=folder)
    with closing(sqlite3.connect(folder / "concord.db")) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
            ["align", "a_step_of_2031", "2031-01-01"],
        )
    before = (folder / "concord.db").read_bytes()
    assert "newer" in fails("align", "ru.txt", "en.txt", cwd=folder)
    assert (folder / "concord.db").read_bytes() == before


def test_a_project_file_that_is_no_database_is_refused_and_left_alone(folder: Path) -> None:
    (folder / "notes.db").write_text("shopping: flour, salt\n" * 100, "utf-8")
    assert "notes.db" in fails("align", "ru.txt", "en.txt", "--db", "notes.db", cwd=folder)
    assert (folder / "notes.db").read_text("utf-8").startswith("shopping")


def test_a_place_that_cannot_be_written_leaves_nothing_behind(folder: Path) -> None:
    before = files_in(folder)
    fails("align", "ru.txt", "en.txt", "--db", "ru.txt/concord.db", cwd=folder)
    fails("align", "ru.txt", "en.txt", "-o", "ru.txt/out.tmx", cwd=folder)
    assert files_in(folder) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_line_and_the_project_stays_as_it_was(folder: Path) -> None:
    succeeds("init", cwd=folder)
    before = succeeds("status", "--json", cwd=folder).out
    assert "full" in fails("align", "ru.txt", "en.txt", "-o", "/dev/full", "--format", "tsv", cwd=folder)
    assert succeeds("status", "--json", cwd=folder).out == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_standard_output_is_one_line(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*CONCORD, "align", "ru.txt", "en.txt", "--jsonl", "--quiet"],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert ended.returncode == 2
    assert len(ended.stderr.decode().strip().splitlines()) == 1


def test_a_reader_that_closes_the_pipe_early_is_no_error(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [*CONCORD, "align", "ru.txt", "en.txt", "--jsonl", "--quiet"],
        cwd=folder,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_defect_is_one_line_and_debug_shows_where(folder: Path) -> None:
    breakage = {"CONCORD_MODEL_DIR": str(folder)}
    fails("align", "ru.txt", "en.txt", cwd=folder, env=breakage)
    ended = concord("align", "ru.txt", "en.txt", "--debug", cwd=folder, env=breakage)
    assert ended.code == 2
    assert "Traceback" in ended.stderr
