"""The help texts in docs/cli.md: ``python -m tests.help_blocks`` (``make docs``) writes them into the page.

A block stands between ``<!-- help: concord align -->`` and ``<!-- end -->``; a command without one gets a section
behind those of its group, or at the end, where somebody can say more about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from glossary.cli import build

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
BLOCK = re.compile(r"<!-- help: (concord[a-z -]*) -->\n.*?<!-- end -->", re.DOTALL)
WIDTH = 100


def help_texts() -> dict[str, str]:
    """The help text of every command by its full name, the root's and the groups' among them."""
    return dict(walk(typer.main.get_command(build()), None, "concord"))


def walk(command: Any, parent: Any, name: str) -> Iterator[tuple[str, str]]:
    """A command's help and that of the commands below it."""
    settings = {**command.context_settings, "terminal_width": WIDTH}
    context = command.context_class(command, info_name=name.split()[-1], parent=parent, **settings)
    yield name, command.get_help(context).rstrip() + "\n"
    for key, child in getattr(command, "commands", {}).items():
        yield from walk(child, context, f"{name} {key}")


def with_help(page: str) -> str:
    """The page with every help block as it should be. A block of an unknown command is left empty."""
    texts = help_texts()
    return BLOCK.sub(
        lambda m: f"<!-- help: {m[1]} -->\n```text\n{texts.get(m[1], '')}```\n<!-- end -->", page
    )


def with_sections(page: str) -> str:
    """The page with an empty block for every command that had none."""
    for name in help_texts():
        if name in BLOCK.findall(page):
            continue
        section = f"{'#' * max(len(name.split()), 2)} {name}\n\n<!-- help: {name} -->\n<!-- end -->\n"
        group = name.rpartition(" ")[0]
        inside = [m.end() for m in BLOCK.finditer(page) if m[1] == group or m[1].startswith(f"{group} ")]
        at = inside[-1] + 1 if inside and " " in group else len(page)
        page = f"{page[:at].rstrip()}\n\n{section}{page[at:]}"
    return page


if __name__ == "__main__":
    PAGE.write_text(with_help(with_sections(PAGE.read_text("utf-8"))), "utf-8")
