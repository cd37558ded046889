"""Runs a check over a bitext: writes the two texts and the glossary to a folder, calls the command, reads its
lines.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.planting.data import ROOT
from benchmarks.planting.model import Bitext, Concept, Side

SOURCE, TARGET, GLOSSARY = "original.txt", "translation.txt", "glossary.toml"
FILES: dict[str, Side] = {SOURCE: "source", TARGET: "target"}


@dataclass(frozen=True, slots=True)
class Options:
    """How two files are checked: their languages and, if there is one, the glossary's file."""

    langs: tuple[str, str]
    glossary: Path | None = None


Check = Callable[[Path, Path, Options], list[dict[str, Any]]]


class CheckFailedError(Exception):
    """The check did not come to an end: what it said."""


def by_command(original: Path, translation: Path, options: Options) -> list[dict[str, Any]]:
    """``concord check`` in a process of its own. Raises CheckFailedError for any exit code but 0 and 1."""
    arguments = [original.name, translation.name, "--langs", ",".join(options.langs)]
    if options.glossary is not None:
        arguments += ["--glossary", options.glossary.name]
    return command(original.parent, *arguments)


def command(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    """The findings that ``concord check ARGUMENTS --jsonl`` prints in this folder. Raises as ``by_command`` does."""
    path = os.pathsep.join(p for p in (str(ROOT), os.environ.get("PYTHONPATH", "")) if p)
    ended = subprocess.run(
        [sys.executable, "-m", "glossary", "check", *arguments, "--jsonl"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "NO_COLOR": "1"},
        capture_output=True,
        check=False,
        timeout=600,
    )
    if ended.returncode not in (0, 1):
        raise CheckFailedError(ended.stderr.decode("utf-8", "replace").strip()[-2000:])
    lines = ended.stdout.decode("utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def checked(bitext: Bitext, glossary: Sequence[Concept], check: Check = by_command) -> list[dict[str, Any]]:
    """The findings in a bitext, in the order in which they come."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sides: Mapping[str, Side] = FILES
        for file, side in sides.items():
            (folder / file).write_bytes(bitext.text(side).encode("utf-8"))
        path = None
        if glossary:
            path = folder / GLOSSARY
            path.write_text(as_toml(glossary, bitext.source_lang, bitext.target_lang), "utf-8")
        options = Options((bitext.source_lang, bitext.target_lang), path)
        return check(folder / SOURCE, folder / TARGET, options)


def as_toml(glossary: Sequence[Concept], source: str, target: str) -> str:
    """A glossary file of approved concepts (docs/terms.md)."""
    stanzas = ["concord_glossary = 1\n"]
    for number, concept in enumerate(glossary):
        fixed = "" if concept.translate else ", translate = false"
        terms = [
            f'{{ lang = "{source}", text = {quoted(concept.source)}, status = "preferred"{fixed} }},',
            f'{{ lang = "{target}", text = {quoted(concept.target)}, status = "preferred"{fixed} }},',
        ]
        if concept.forbidden:
            terms.append(
                f'{{ lang = "{target}", text = {quoted(concept.forbidden)}, status = "forbidden" }},'
            )
        lines = "\n".join(f"  {term}" for term in terms)
        stanzas.append(f'[plant{number:03d}]\nkind = "other"\nstate = "approved"\nterms = [\n{lines}\n]\n')
    return "\n".join(stanzas)


def quoted(text: str) -> str:
    """A TOML string: JSON's is one."""
    return json.dumps(text, ensure_ascii=False)
