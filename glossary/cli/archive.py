"""``concord archive terms``, ``check`` and ``over-time``: what an archive of aligned documents says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.console import Messages
from glossary.cli import asked as ask
from glossary.cli import common
from glossary.configured import cores

if TYPE_CHECKING:
    from glossary.archive.kept import Kept
    from glossary.archive.running import Plan, Went
    from glossary.checks.settings import Settings
    from glossary.store import Glossary
    from glossary.store.checked import Dismissal

FAILED = 1
ArchiveFile = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive file.")]
Project = Annotated[
    Path | None,
    typer.Option(
        "--db", metavar="FILE", help="A project whose decided terms and dismissals hold here (default: none)."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", metavar="N", min=1, help="Processes that read pairs. Default: one a core, up to 8."
    ),
]


def register(app: typer.Typer) -> None:
    """Adds the commands to ``concord archive``."""
    from glossary.cli import archive_check, archive_over_time, archive_terms

    for command in (archive_terms, archive_check, archive_over_time):
        command.register(app)


@contextmanager
def opened(archive: Path) -> Iterator[Kept]:
    """The archive with what was read of it. Raises StoreError where there is none."""
    from align.archive.store import open_archive
    from glossary.archive.kept import Kept

    with open_archive(archive) as held:
        yield Kept(held)


@contextmanager
def project(db: Path | None) -> Iterator[Glossary | None]:
    """The project that is named; none where none is: an archive does not belong to the folder that one works in."""
    if db is None:
        yield None
    else:
        with common.opened(db) as glossary:
            yield glossary


def dismissed(glossary: Glossary | None) -> Mapping[str, Dismissal]:
    """The findings that people dismissed in the project."""
    from glossary.store.checked import Checks

    return {} if glossary is None else Checks(glossary.store).dismissed()


def settings_of(patterns: Path | None, config: Path | None) -> Settings:
    """What a reading goes by: the configuration's own wordings of legal marks, or those that are named."""
    return ask.prepare(ask.Asked(patterns=patterns, config=config)).settings


def read(kept: Kept, plan: Plan, workers: int | None, messages: Messages) -> Went:
    """Reads the pairs that wait."""
    from glossary.archive.running import update

    with messages.progress() as progress:
        went = update(kept, plan, workers=workers or cores(), progress=progress)
    told(went, messages)
    return went


def told(went: Went, messages: Messages) -> None:
    """Says which pairs could not be read, the first few by number."""
    for one in went.failed[:5]:
        messages.warn(f"pair {one.pair} was left out: {one.reason}")
    if len(went.failed) > 5:
        messages.warn(f"{len(went.failed) - 5} more pairs were left out; the next run tries them again")
