"""What a check is asked to do: files or the project, rules, settings; from the command line and ``concord.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glossary import configured
from glossary.cli import common
from glossary.configured import Prepared, cores, find_config, with_project_terms

if TYPE_CHECKING:
    from glossary.checking import Outcome
    from glossary.checks.settings import Settings
    from glossary.pipeline import Texts
    from glossary.store import Glossary
    from glossary.store.checked import Dismissal

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
    srx: Path | None = None


def parted(names: Sequence[str] | None) -> tuple[str, ...]:
    """Names that may be given several at once, parted by commas."""
    return tuple(part.strip() for name in names or () for part in name.split(",") if part.strip())


def prepare(asked: Asked) -> Prepared:
    """Reads the configuration and all that it or the command line names.

    Raises UsageError, InputError, FormatError and their kinds; all before anything is checked.
    """
    return configured.prepare(
        asked.config or find_config(),
        configured.Named(
            asked.select, asked.ignore, asked.glossary, asked.dated_list, asked.on, asked.patterns
        ),
    )


def check(asked: Asked, prepared: Prepared) -> tuple[Outcome, Texts | None]:
    """Runs the check: of the files, or of the project where none is given. The texts are those of files."""
    from align.console import Messages
    from glossary import checking, pipeline

    if not asked.files:
        with common.opened(asked.db) as glossary:
            settings = with_terms(prepared.settings, glossary, asked)
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
        srx=asked.srx,
        force=asked.force,
    )
    settings = prepared.settings
    with project(asked) as glossary:
        if glossary is not None:
            settings = with_terms(settings, glossary, asked)
    found = checking.check_files(texts, prepared.rules, settings)
    files = asked.files if len(asked.files) > 1 else asked.files * len(texts.documents)  # both in one file
    paths = dict(zip((d.name for d in texts.documents), files, strict=True))
    looked = tuple(replace(one, path=paths[one.name]) for one in found.documents)
    return replace(found, documents=looked), texts


def with_terms(settings: Settings, glossary: Glossary, asked: Asked) -> Settings:
    """The settings with the project's decided terms, where no glossary file takes their place."""
    return settings if asked.glossary is not None else with_project_terms(settings, glossary)


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
