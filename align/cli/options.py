"""The options that several commands share, each described once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from align.errors import UsageError

READABLE = ("txt", "markdown", "html", "docx", "odt", "rtf", "pdf", "epub", "mhtml", "cms", "srt", "vtt")
WRITABLE = (
    "table", "jsonl", "json", "beads", "tsv", "tmx", "html", "docx", "xliff", "po", "xlsx", "parquet", "vecalign",
    "hunalign", "moses", "intertext",
)  # fmt: skip
LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")

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
        help="Write to FILE, in the format that its name ends in (.jsonl .json .tsv .tmx .xliff .po "
        ".xlsx .parquet .html .docx .beads .vecalign .ladder .moses .intertext). May be given several times.",
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
        help="A sentence-transformers model, by name or folder, or 'accurate'. Default: the embedded model, offline.",
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
Srx = Annotated[
    Path | None,
    typer.Option(
        "--srx",
        metavar="FILE",
        help="Cut sentences by the rules in this file (SRX 2.0) instead of Concord's.",
    ),
]
StatusFormat = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help="text (default) or json.")
]
ShortJson = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
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


def one_of(allowed: Sequence[str], format: str | None, short: str | None) -> str:
    """The format chosen by ``--format`` or its short form, else the first. Raises UsageError."""
    if format is not None and short is not None and format != short:
        raise UsageError(f"--format {format} and --{short} exclude each other", hint="Give one of them")
    wanted = format or short or allowed[0]
    if wanted not in allowed:
        raise UsageError(
            f"there is no format {wanted!r} here", where="--format", hint=f"Choose from: {', '.join(allowed)}"
        )
    return wanted


def format_of(path: Path, wanted: str | None, outputs: int) -> str:
    """The format of one ``-o`` file: ``--format`` for a single file, else what its name ends in."""
    from align.formats.write import EXTENSIONS, guess_format

    if wanted is not None and (outputs == 1 or path.suffix.lower() not in EXTENSIONS):
        return wanted
    return "table" if str(path) == "-" else guess_format(path)


def languages(
    files: Sequence[str], langs: str | None, source: str | None, target: str | None
) -> tuple[str | None, ...]:
    """A language for each file, None where it is to be found. Raises UsageError where they do not fit."""
    if langs is None:
        given = [source, *[target] * (len(files) - 1)]
    elif source is not None or target is not None:
        raise UsageError("--langs excludes --source-lang and --target-lang", hint="Give either")
    else:
        given = [code.strip() or None for code in langs.split(",")]
    if len(given) != len(files):
        raise UsageError(
            f"{len(given)} languages for {len(files)} files",
            where="--langs",
            hint="Give one for each, in order",
        )
    for code in given:
        if code is not None and not LANGUAGE.fullmatch(code):
            raise UsageError(f"{code!r} is no language code", hint="Give one of two letters, as ru, en, de")
    return tuple(code.lower() if code and len(code) <= 3 else code for code in given)


def protect(files: Sequence[str], targets: Sequence[Destination], db: Path | None) -> None:
    """Raises UsageError where an ``-o`` file would take the place of an input, the project or another."""
    kept = [Path(name).resolve() for name in files if name != "-"] + ([db.resolve()] if db else [])
    for target in targets:
        if target.path is None:
            continue
        path = target.path.resolve()
        if path in kept:
            raise UsageError(
                "would be overwritten by the result",
                where=str(target.path),
                hint="Choose another name for -o",
            )
        if path.is_file() or not path.exists():
            kept.append(path)


def login_name(author: str | None) -> str:
    """The author given, or who is logged in."""
    if author:
        return author
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no entry in the list of users
        return "unknown"
