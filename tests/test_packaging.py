"""What an installed Concord has to bring along besides its modules."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def data_files(package: str) -> list[str]:
    """Files of a package that are no modules, as git knows them, relative to the package."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    listed = subprocess.run(
        ["git", "ls-files", package], cwd=ROOT, capture_output=True, check=True, text=True
    )
    names = [name.removeprefix(f"{package}/") for name in listed.stdout.splitlines()]
    return [name for name in names if not name.endswith(".py")]


def covered(name: str, patterns: list[str]) -> bool:
    """Whether setuptools takes this file along: ``*`` stops at a slash, ``**/`` does not."""
    as_regex = [re.escape(p).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*") for p in patterns]
    return any(re.fullmatch(pattern, name) for pattern in as_regex)


@pytest.mark.parametrize("package", ["align", "glossary"])
def test_every_data_file_is_packaged(package: str) -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"][package]
    assert [name for name in data_files(package) if not covered(name, patterns)] == []


def test_a_pattern_covers_what_setuptools_takes_along() -> None:
    assert covered("models/a/b.json", ["models/**/*"])
    assert covered("py.typed", ["py.typed"])
    assert not covered("formats/page.html", ["*.html"])


def test_what_is_needed_to_run_has_a_lower_bound_and_a_pinned_version() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    extras = [one for group in PROJECT["project"]["optional-dependencies"].values() for one in group]
    for requirement in [*PROJECT["project"]["dependencies"], *extras]:
        name, bound, _ = requirement.partition(">=")
        assert bound, requirement
        assert name.lower() in pinned, requirement


def test_constraints_name_versions_and_no_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [
        line for line in lines if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line)
    ] == []
