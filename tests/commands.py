"""Runs the real command line in processes of its own, as a user's shell does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONCORD = (sys.executable, "-m", "glossary")


@dataclass(frozen=True)
class Ended:
    """What a command came to."""

    code: int
    stdout: bytes
    stderr: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.stdout.decode("utf-8")

    @property
    def error(self) -> str:
        """The last line on stderr."""
        return self.stderr.strip().rpartition("\n")[2]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment, with nothing in it that changes what Concord prints or keeps."""
    kept = {k: v for k, v in os.environ.items() if k not in ("CONCORD_AUTHOR", "CONCORD_DEBUG", "COLUMNS")}
    paths = [str(ROOT), kept.get("PYTHONPATH", "")]
    return {**kept, "PYTHONPATH": os.pathsep.join(p for p in paths if p), "NO_COLOR": "1", **(extra or {})}


def concord(
    *arguments: str | Path,
    cwd: Path,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    timeout: float = 120,
) -> Ended:
    """``concord ARGUMENTS`` in the folder ``cwd``."""
    ended = subprocess.run(
        [*CONCORD, *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=environment(env),
        timeout=timeout,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr.decode("utf-8"))


def succeeds(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> Ended:
    """As :func:`concord`, for a command that has to end with code 0."""
    ended = concord(*arguments, cwd=cwd, stdin=stdin, env=env)
    assert ended.code == 0, ended.stderr
    return ended


def fails(*arguments: str | Path, cwd: Path, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> str:
    """As :func:`concord`, for one that has to end with code 2 and one line on stderr, which is returned."""
    ended = concord(*arguments, cwd=cwd, stdin=stdin, env=env)
    assert ended.code == 2, (ended.code, ended.out, ended.stderr)
    assert "Traceback" not in ended.stderr
    lines = [line for line in ended.stderr.splitlines() if not line.startswith("Warning: ")]
    assert len(lines) == 1, ended.stderr
    assert ended.stdout == b""
    return lines[0]


def put(folder: Path, texts: Mapping[str, str]) -> Path:
    """The folder, with these texts in it: by the path below it, UTF-8."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder
