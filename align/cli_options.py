"""The options that several commands share, each described once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from align.errors import UsageError

READABLE = ("txt", "markdown", "html", "docx", "srt", "vtt")
WRITABLE = ("table", "jsonl", "json", "beads", "tsv", "tmx", "html")
EXTENSIONS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".beads": "beads",
    ".tsv": "tsv",
    ".tmx": "tmx",
    ".html": "html",
    ".htm": "html",
}

Db = Annotated[
    Path | None,
    typer.Option(
        "--db", metavar="FILE", help="The project file. Default: the concord.db in this folder or above."
    ),
]
Output = Annotated[
    list[Path] | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to FILE, in the format that its name ends in (.jsonl .json .beads .tsv .tmx .html). "
        "May be given several times.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"{', '.join(WRITABLE)}: of what is printed (default: table), or of an -o file whose name does "
        "not say.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json: one object.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="Short for --format jsonl: one bead a line.")]
OnlyDoubtful = Annotated[
    bool, typer.Option("--only-doubtful", help="Leave out all beads but those that a person should look at.")
]
DoubtfulBelow = Annotated[
    float | None,
    typer.Option(
        "--doubtful-below",
        metavar="X",
        min=0.0,
        max=1.0,
        help="Beads of a confidence below X are doubtful. Default: learnt from data.",
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME|DIR",
        help="A sentence-transformers model, by name or folder. Default: the embedded model, offline.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Encoding of all files (default: found for each)."),
]
ReadAs = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="FORMAT", help=f"Read all files as {', '.join(READABLE)} (default: found)."
    ),
]
Segmented = Annotated[
    bool, typer.Option("--segmented", help="The files hold one segment a line; leave the lines alone.")
]
Author = Annotated[
    str | None,
    typer.Option(
        "--author",
        metavar="NAME",
        envvar="CONCORD_AUTHOR",
        help="Who decides, for the project's history. Default: your login name.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No summary; warnings are still printed.")]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a result goes (None: standard output) and in which format."""

    path: Path | None
    format: str


def destinations(
    output: list[Path] | None, format: str | None, json: bool = False, jsonl: bool = False
) -> tuple[Destination, ...]:
    """What ``-o``, ``--format``, ``--json`` and ``--jsonl`` come to. Raises UsageError on a clash."""
    named = [f for f, asked in ((format, format is not None), ("json", json), ("jsonl", jsonl)) if asked]
    if len(named) > 1:
        raise UsageError("--format, --json and --jsonl exclude each other", hint="Give one of them")
    wanted = named[0] if named else None
    if wanted is not None and wanted not in WRITABLE:
        raise UsageError(
            f"there is no format {wanted!r}", where="--format", hint=f"Choose from: {', '.join(WRITABLE)}"
        )
    if not output:
        return (Destination(None, wanted or "table"),)
    found = [Destination(None if str(p) == "-" else p, format_of(p, wanted, len(output))) for p in output]
    if wanted is not None and not any(d.format == wanted for d in found):
        raise UsageError(
            f"the names of the -o files already say their formats, and none is {wanted}",
            where="--format",
            hint="Leave --format out, or name one file",
        )
    return tuple(found)


def format_of(path: Path, wanted: str | None, outputs: int) -> str:
    """The format of one ``-o`` file: ``--format`` for a single file, else what its name ends in."""
    by_name = EXTENSIONS.get(path.suffix.lower())
    if wanted is not None and (outputs == 1 or by_name is None):
        return wanted
    if by_name is None and str(path) == "-":
        return "table"
    if by_name is None:
        raise UsageError(
            "the name does not say which format to write",
            where=str(path),
            hint=f"End it in one of {' '.join(EXTENSIONS)}, or give --format",
        )
    return by_name


def login_name(author: str | None) -> str:
    """The author given, or who is logged in."""
    if author:
        return author
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no entry in the list of users
        return "unknown"
