"""What a fresh process imports: the start must stay cheap, and the embedded model needs no torch."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import ROOT, environment

HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "scipy",
    "sklearn",
    "pandas",
    "ray",
    "fsspec",
    "pyarrow",
)
NOT_FOR_HELP = (
    "numpy",
    "sqlite3",
    "sqlite_utils",
    "rich",
    "lxml",
    "trafilatura",
    "tokenizers",
    "docx",
    "asyncio",
)
RUNNER = """
import json, sys
from glossary.cli import main
code = main(sys.argv[2:])
with open(sys.argv[1], "w") as out:
    json.dump({"code": code, "modules": sorted(sys.modules)}, out)
"""


def modules_after(*arguments: str, folder: Path) -> set[str]:
    """The modules that a fresh process holds after ``concord ARGUMENTS``, which has to succeed."""
    report = folder / "report.json"
    ended = subprocess.run(
        [sys.executable, "-c", RUNNER, str(report), *arguments],
        cwd=folder,
        capture_output=True,
        env=environment(),
        timeout=120,
        check=False,
    )
    found = json.loads(report.read_text("utf-8"))
    assert found["code"] == 0, ended.stderr.decode()
    return set(found["modules"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sample interview."""
    for name in ("interview.ru.txt", "interview.en.txt"):
        (tmp_path / name).write_bytes((ROOT / "seeds" / name).read_bytes())
    return tmp_path


def test_the_runner_sees_a_heavy_import(folder: Path) -> None:
    code = RUNNER.replace("code =", "import sqlite3; code =")
    report = folder / "report.json"
    subprocess.run(
        [sys.executable, "-c", code, str(report), "--version"], cwd=folder, env=environment(), check=True
    )
    assert "sqlite3" in json.loads(report.read_text("utf-8"))["modules"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["align", "--help"],
        ["beads", "confirm", "--help"],
        ["archive", "align", "--help"],
    ],
    ids=" ".join,
)
def test_help_imports_nothing_heavy(folder: Path, arguments: list[str]) -> None:
    found = modules_after(*arguments, folder=folder)
    assert found.isdisjoint(HEAVY + NOT_FOR_HELP), found & set(HEAVY + NOT_FOR_HELP)


def test_an_alignment_with_the_embedded_model_does_not_import_torch(folder: Path) -> None:
    found = modules_after("align", "interview.ru.txt", "interview.en.txt", folder=folder)
    assert "tokenizers" in found
    assert found.isdisjoint(HEAVY), found & set(HEAVY)


def test_keeping_it_in_a_project_does_not_import_torch(folder: Path) -> None:
    found = modules_after(
        "align", "interview.ru.txt", "interview.en.txt", "--db", "p.db", "-o", "a.html", folder=folder
    )
    assert "sqlite_utils" in found
    assert found.isdisjoint(HEAVY), found & set(HEAVY)


def test_an_alignment_without_a_project_does_not_import_a_database(folder: Path) -> None:
    found = modules_after("align", "interview.ru.txt", "interview.en.txt", "--jsonl", folder=folder)
    assert "sqlite_utils" not in found
