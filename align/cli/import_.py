"""``concord import``: an alignment that another program made becomes one of the project's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from align.cli import options
from align.cli import project as project_commands
from align.console import Messages
from align.errors import UsageError

Langs = Annotated[
    str | None,
    typer.Option(
        "--langs",
        metavar="CODES",
        help="The languages to take, the original's first, e.g. ru,en (default: all that the file has).",
    ),
]


def codes(langs: str | None) -> list[str] | None:
    """The languages of ``--langs``; None for all. Raises UsageError for what is no language code."""
    if langs is None or langs.strip() == "all":
        return None
    found = [code.strip() for code in langs.split(",")]
    for code in found:
        if not options.LANGUAGE.fullmatch(code):
            raise UsageError(
                f"{code!r} is no language code", where="--langs", hint="Give some of two letters, as ru,en"
            )
    return found


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("import", short_help="Take in an alignment that another program made.")(import_alignment)


def import_alignment(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="TMX, XLIFF, PO, TSV, XLSX, JSON, Parquet or InterText; a ladder of vecalign or hunalign with "
            "its two texts, a segment a line; or the files of Moses.",
        ),
    ],
    langs: Langs = None,
    read_as: Annotated[
        str | None,
        typer.Option("--from", metavar="NAME", help="Its format, where its name does not say it."),
    ] = None,
    encoding: options.Encoding = None,
    db: Annotated[
        Path | None,
        typer.Option(
            "--db",
            metavar="FILE",
            help="Keep it in this project file, made if absent. Default: the concord.db in this folder or above.",
        ),
    ] = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Takes an alignment into the project, to be reviewed, checked and exported like one of Concord's own.

    What the file says is final or approved is confirmed. Where the same file was imported before, what people
    decided since holds.
    """
    from align import pipeline

    project = db if db is not None else pipeline.existing_project(None)
    messages = Messages(quiet)
    bitext, keys = pipeline.read_alignment(files, format=read_as, langs=codes(langs), encoding=encoding)
    for warning in bitext.warnings:
        messages.warn(f"{files[0]}: {warning}")
    with pipeline.opened(project, create=db is not None) as store:
        with store.transaction():
            alignments, reports = pipeline.keep(store, bitext.alignments, keys, options.login_name(author))
        for line in project_commands.summary(alignments):
            messages.note(line)
        for line in project_commands.kept_lines(store, reports):
            messages.note(line)
