"""The documentation is a test: its commands run, its help texts are the real ones, its links lead somewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import ROOT, environment
from tests.help_blocks import BLOCK, PAGE, help_texts, with_help

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("seeds/*.md")])
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)\s#]+)(#[^)\s]*)?\)")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
REST = "…"
FINDS = re.compile(r"concord (check|fix)\b")  # 1: findings
SHELL = ("bash", "-euo", "pipefail", "-c")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def examples(page: Path) -> list[tuple[str, list[str]]]:
    """The commands of a page's console blocks, each with the output that the page shows (none: no claim)."""
    found: list[tuple[str, list[str]]] = []
    for block in CONSOLE.findall(page.read_text("utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.startswith("> ") and found and not found[-1][1]:
                found[-1] = (f"{found[-1][0]}\n{line[2:]}", [])
            else:
                found[-1][1].append(line)
    return found


def folded(line: str) -> str:
    """A line of output without its figures and its spacing, which may change with the model."""
    return " ".join(NUMBER.sub("#", line).split())


def shown(expected: list[str], output: str) -> bool:
    """Whether the lines are in the output in this order; only after a line "…" may others come between."""
    lines = [folded(line) for line in output.splitlines() if line.strip()]
    wanted = [folded(line) for line in expected if line.strip()]
    at, skipping = 0, True
    for line in wanted:
        if line == REST:
            skipping = True
            continue
        while skipping and at < len(lines) and lines[at] != line:
            at += 1
        if at >= len(lines) or lines[at] != line:
            return False
        at, skipping = at + 1, False
    return True


@pytest.mark.parametrize("page", [page for page in PAGES if examples(page)], ids=name_of)
def test_the_examples_of_this_page_run_one_after_the_other(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "interview"
    folder.mkdir()
    for seed in ROOT.glob("seeds/interview.*"):
        shutil.copy(seed, folder)
    scripts = tmp_path / "bin"
    scripts.mkdir()
    (scripts / "concord").write_text('#!/bin/sh\nexec "$PYTHON" -m glossary "$@"\n', "utf-8")
    (scripts / "concord").chmod(0o755)
    env = environment({"COLUMNS": "100"})
    env |= {"PYTHON": sys.executable, "PATH": f"{scripts}:{env['PATH']}"}
    for command, expected in examples(page):
        ended = subprocess.run(
            [*SHELL, command], cwd=folder, capture_output=True, env=env, timeout=120, check=False
        )
        output = ended.stdout.decode() + ended.stderr.decode()
        right = (0, 1) if FINDS.match(command) else (0,)
        assert ended.returncode in right, f"$ {command}\n{output}"
        assert shown(expected, output), f"$ {command}\n{output}"


def test_the_help_texts_on_the_page_are_the_real_ones() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_help(page), "run `make docs`"


def test_every_command_is_on_the_page() -> None:
    assert set(BLOCK.findall(PAGE.read_text("utf-8"))) == set(help_texts())


def test_every_option_has_a_help_text() -> None:
    bare = [
        line
        for text in help_texts().values()
        for line in text.splitlines()
        if re.fullmatch(r"  -\S*( \S+)?", line)
    ]
    assert bare == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_links_of_this_page_lead_to_a_file(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    missing = [target for target, _ in LINK.findall(text) if not (page.parent / target).exists()]
    assert missing == []


def test_shown_output_is_compared_line_by_line() -> None:
    output = "a 1\nb 2\nc 3\nd 4\n"
    assert shown(["a 9", "b 9"], output)
    assert shown(["a 1", "…", "d 4"], output)
    assert not shown(["a 1", "d 4"], output)
    assert not shown(["a 1", "…", "x"], output)
