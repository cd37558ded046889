"""What a check is asked to do: files or the project, rules, settings; from the command line and ``concord.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.errors import FormatError, InputError, UsageError
from glossary.cli import common
from glossary.cli.marks import read_bytes, read_listed, read_own

if TYPE_CHECKING:
    from glossary.checking import Outcome
    from glossary.checks.base import Rule
    from glossary.checks.config import Config
    from glossary.checks.settings import Settings, Terminology
    from glossary.pipeline import Texts
    from glossary.store import Glossary
    from glossary.store.checked import Dismissal

CONFIG = "concord.toml"

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE [FILE]]",
        help="One text, or an original and its translation; - is standard input. None: the project.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="RULES",
        help="Only these: codes, their beginnings, names, families or ALL; parted by commas, or several times.",
    ),
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="RULES", help="All but these; named as for --select.")
]
GlossaryFile = Annotated[
    Path | None,
    typer.Option("--glossary", metavar="FILE", help="A glossary file. Default: the project's decided terms."),
]
DatedList = Annotated[
    Path | None,
    typer.Option("--dated-list", metavar="FILE", help="Your own dated list of names (CSV, JSON)."),
]
On = Annotated[
    str, typer.Option("--date", metavar="DATE", help="The texts' date. Default: what their files say.")
]
Patterns = Annotated[
    Path | None, typer.Option("--patterns", metavar="FILE", help="Your own wordings of legal marks (TOML).")
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="Default: the concord.toml in this folder or above, if there is one."
    ),
]
Langs = Annotated[
    str | None, typer.Option("--langs", metavar="CODES", help="The files' languages, e.g. ru,en.")
]
Force = Annotated[bool, typer.Option("--force", help="Go on where two texts do not look like translations.")]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", metavar="N", min=1, help="Processes for a project. Default: one a core, up to 8."
    ),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """Options that the commands on findings share, as given."""

    files: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: Path | None = None
    glossary: Path | None = None
    dated_list: Path | None = None
    on: str = ""
    patterns: Path | None = None
    langs: str | None = None
    encoding: str | None = None
    read_as: str | None = None
    segmented: bool = False
    force: bool = False
    db: Path | None = None
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was read before a check: the configuration, the rules to run, the settings; the folder that paths in
    the configuration start from."""

    config: Config
    rules: tuple[Rule, ...]
    settings: Settings
    folder: Path

    def file(self, key: str, given: Path | None = None) -> Path | None:
        """A file given on the command line, else that of the configuration."""
        named = self.config.files.get(key)
        return given or (self.folder / named if named else None)


def parted(names: Sequence[str] | None) -> tuple[str, ...]:
    """Names that may be given several at once, parted by commas."""
    return tuple(part.strip() for name in names or () for part in name.split(",") if part.strip())


def prepare(asked: Asked) -> Prepared:
    """Reads the configuration and all that it or the command line names.

    Raises UsageError, InputError, FormatError and their kinds; all before anything is checked.
    """
    from glossary.checks import chosen
    from glossary.checks.config import Config

    path = asked.config or find_config()
    config = read_config(path) if path else Config()
    rules = chosen(asked.select or config.select, (*config.ignore, *asked.ignore))
    found = Prepared(config, rules, config.settings(), path.absolute().parent if path else Path.cwd())
    listed = found.file("dated-list", asked.dated_list)
    given = found.file("glossary", asked.glossary)
    settings = replace(
        found.settings,
        dated=read_listed(listed) if listed else None,
        patterns=read_own(found.file("patterns", asked.patterns)),
        on=day(asked.on) if asked.on else None,
    )
    if given is not None:
        settings = replace(settings, terminology=read_terminology(given))
    return replace(found, settings=settings)


def find_config() -> Path | None:
    """The ``concord.toml`` in this folder or the nearest one above."""
    here = Path.cwd()
    return next((folder / CONFIG for folder in (here, *here.parents) if (folder / CONFIG).is_file()), None)


def read_config(path: Path) -> Config:
    """A configuration file. Raises InputError, FormatError with the line."""
    import tomllib

    from glossary.checks.config import parse

    data = read_bytes(path)
    try:
        held = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError("it is not UTF-8", where=str(path), hint="Save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FormatError(
            f"this is no valid TOML: {error}", where=str(path), hint="See docs/checks.md"
        ) from None
    return parse(held, name=str(path))


def day(text: str) -> date:
    """A date as --date takes it. Raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no date", where="--date", hint="Give --date 2024-05-31") from None


def read_terminology(path: Path) -> Terminology:
    """The approved concepts of a glossary file, whatever its format. Raises InputError, FormatError."""
    from glossary.checking import terminology
    from glossary.cli.share import file_format, read_entries, read_file

    name = str(path)
    entries, _ = read_entries(read_file(name), name, file_format(name, None), "", "")
    return terminology(entry.concept for entry in entries)


def check(asked: Asked, prepared: Prepared) -> tuple[Outcome, Texts | None]:
    """Runs the check: of the files, or of the project where none is given. The texts are those of files."""
    from align.console import Messages
    from glossary import checking, pipeline

    if not asked.files:
        with common.opened(asked.db) as glossary:
            settings = with_project_terms(prepared.settings, glossary, asked)
            with Messages().progress() as progress:
                found = checking.check_stored(
                    glossary, prepared.rules, settings, workers=asked.workers or cores(), progress=progress
                )
        return found, None
    texts = pipeline.texts(
        asked.files,
        langs=common.languages(asked.files, asked.langs),
        encoding=asked.encoding,
        format=asked.read_as,
        segmented=asked.segmented,
        force=asked.force,
    )
    settings = prepared.settings
    with project(asked) as glossary:
        if glossary is not None:
            settings = with_project_terms(settings, glossary, asked)
    found = checking.check_files(texts, prepared.rules, settings)
    paths = dict(zip((d.name for d in texts.documents), asked.files, strict=True))
    looked = tuple(replace(one, path=paths[one.name]) for one in found.documents)
    return replace(found, documents=looked), texts


def with_project_terms(settings: Settings, glossary: Glossary, asked: Asked) -> Settings:
    """The settings with the project's decided terms, where no glossary file takes their place."""
    from glossary.checking import decided_terms

    if asked.glossary is not None or settings.terminology.concepts:
        return settings
    return replace(settings, terminology=decided_terms(glossary))


@contextmanager
def project(asked: Asked) -> Iterator[Glossary | None]:
    """The project given or found; None where files are checked and there is none."""
    from align import pipeline

    if not asked.files or asked.db is not None or pipeline.find_project(None) is not None:
        with common.opened(asked.db) as glossary:
            yield glossary
    else:
        yield None


def dismissed(asked: Asked) -> Mapping[str, Dismissal]:
    """The dismissals that hold in the project, by fingerprint; none without a project."""
    from glossary.store.checked import Checks

    with project(asked) as glossary:
        return {} if glossary is None else Checks(glossary.store).dismissed()


def cores() -> int:
    """How many processes this machine runs well, up to 8."""
    import os

    return min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
