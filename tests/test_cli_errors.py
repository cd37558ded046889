"""How the root command turns what went wrong into its one line."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from align.errors import EncodingError
from glossary.cli import answer, explain, take_debug
from tests.commands import concord, succeeds


def raised(inner: BaseException, outer: BaseException) -> BaseException:
    """``outer``, raised while ``inner`` was handled."""
    try:
        try:
            raise inner
        except BaseException:
            raise outer  # noqa: B904  the context is the point
    except BaseException as error:
        return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            EncodingError("no text in cp866", where="a.txt", hint="Leave --encoding out"),
            "a.txt: no text in cp866. Leave",
        ),
        (KeyboardInterrupt(), "interrupted; nothing was changed"),
        (MemoryError(), "not enough memory"),
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a.db"),
            "a.db: No space left on device. Free some space",
        ),
        (
            PermissionError(errno.EACCES, "Permission denied", "a.tsv"),
            "a.tsv: Permission denied. Choose a place",
        ),
        (OSError("of no number"), "of no number"),
        (sqlite3.OperationalError("database is locked"), "the project file: database is locked"),
        (UnicodeEncodeError("ascii", "да", 0, 2, "ordinal not in range"), "'да' cannot be written in ascii"),
        (KeyError("x"), "KeyError: 'x'. This is a defect in Concord"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_an_error_is_put_in_words(error: BaseException, words: str) -> None:
    assert words in explain(error)


def test_an_interrupt_that_a_library_wrapped_is_still_one() -> None:
    assert "interrupted" in explain(raised(KeyboardInterrupt(), ImportError("numpy could not be imported")))


def test_a_line_on_stderr_holds_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(EncodingError("bad", where="a\x1b[31m\nb.txt"), debug=False) == 2
    assert capsys.readouterr().err == "Error: a\\x1b[31m b.txt: bad\n"


def test_debug_is_taken_from_anywhere_but_behind_two_dashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONCORD_DEBUG", raising=False)
    assert take_debug(["align", "--debug", "a"]) == (["align", "a"], True)
    assert take_debug(["align", "--", "--debug"]) == (["align", "--", "--debug"], False)


def test_debug_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_DEBUG", "1")
    assert take_debug(["align"]) == (["align"], True)


def test_output_is_utf8_whatever_the_locale_says(tmp_path: Path) -> None:
    (tmp_path / "ru.txt").write_text("Дорога открыта.", "utf-8")
    ended = succeeds("text", "ru.txt", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert ended.out == "Дорога открыта."


def test_a_file_name_in_another_script_is_spelt_in_the_error(tmp_path: Path) -> None:
    assert "нет.txt" in concord("text", "нет.txt", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"}).error


def test_without_a_command_the_help_is_printed_with_code_2(tmp_path: Path) -> None:
    ended = concord(cwd=tmp_path)
    assert ended.code == 2
    assert "concord align ORIGINAL TRANSLATION" in ended.stdout.decode() + ended.stderr


def test_the_version_is_printed(tmp_path: Path) -> None:
    assert succeeds("--version", cwd=tmp_path).out.split()[0] == "concord"
