"""The commands for a project: ``init``, ``status``, ``show``, ``export``; and what becomes of a new alignment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from align.cli import options
from align.console import Messages, shielded, written
from align.errors import OutputError, UsageError

if TYPE_CHECKING:
    from align.model import Alignment
    from align.pipeline import FileStates
    from align.store import AlignmentRow, SaveReport, Store

Numbers = Annotated[
    list[int] | None,
    typer.Option(
        "--alignment",
        metavar="N",
        help="Which alignment, by its number in `concord status`. Several of one original may be given. "
        "Default: all, if there is one original.",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    app.command(short_help="Make a project file in this folder.")(init)
    app.command(short_help="Say what is in the project.")(status)
    app.command(short_help="Print an alignment of the project.")(show)
    app.command(short_help="Write an alignment of the project to files.")(export)


# What becomes of a new alignment


def publish(
    alignments: Sequence[Alignment],
    targets: Sequence[options.Destination],
    *,
    store: Store | None,
    paths: Sequence[str],
    author: str,
    only_doubtful: bool,
    messages: Messages,
) -> None:
    """Keeps and writes a new alignment, all of it or nothing, then prints what belongs on standard output.

    Files are written beside their places, then the project is changed, then the files take their places.
    """
    from align import pipeline

    reports: tuple[SaveReport, ...] = ()
    with shielded(), ExitStack() as stack:
        if store is not None:
            stack.enter_context(store.transaction())
            alignments, reports = pipeline.keep(store, alignments, paths, author)
        files = [target for target in targets if target.path is not None]
        warnings = write_files(files, alignments, only_doubtful, then=stack.close, kept=paths)
        if store is not None:
            written.append(str(store.path))
    warnings += print_out(targets, alignments, only_doubtful)
    for alignment in alignments:
        for warning in alignment.warnings:
            messages.warn(warning)
    for warning in warnings:
        messages.warn(warning)
    for line in summary(alignments):
        messages.note(line)
    for line in written_lines(files):
        messages.note(line)
    for line in kept_lines(store, reports):
        messages.note(line)


def write_files(
    files: Sequence[options.Destination],
    alignments: Sequence[Alignment],
    only_doubtful: bool,
    then: Callable[[], object] = lambda: None,
    kept: Sequence[str] = (),
) -> tuple[str, ...]:
    """Writes all files, or none if one of them or ``then`` fails; ``then`` is called when all are complete.

    Raises UsageError where one of several files of a format would take the place of one of those to be ``kept``.
    """
    from align.formats.several import SEVERAL, parts, write_parts

    found = [
        part
        for file in files
        for part in parts(alignments, file.format, str(file.path), only_doubtful=only_doubtful)
    ]
    several = any(file.format in SEVERAL for file in files)
    return write_parts(found, then=then, kept=kept if several else (), done=written.append)


def print_out(
    targets: Sequence[options.Destination], alignments: Sequence[Alignment], only_doubtful: bool
) -> tuple[str, ...]:
    """Prints what is to go to standard output, if anything is."""
    import sys

    from align.formats.write import write, write_file

    warnings: tuple[str, ...] = ()
    for target in targets:
        if target.path is not None:
            continue
        if sys.stdout is None:
            raise OutputError("standard output is closed", hint="Write to a file with -o")
        if target.format == "table":  # the terminal's own stream knows its width and colours
            warnings += write(alignments, target.format, sys.stdout, only_doubtful=only_doubtful)
            sys.stdout.flush()
        else:

            def produce(stream: BinaryIO, form: str = target.format) -> tuple[str, ...]:
                return write(alignments, form, stream, only_doubtful=only_doubtful)

            warnings += write_file("-", produce)
    return warnings


def summary(alignments: Sequence[Alignment]) -> list[str]:
    """A line for each pair, and the signature of the figures in it."""
    from align.formats.rows import summarise

    lines = []
    for alignment in alignments:
        counts = summarise(alignment)
        source, target = alignment.source, alignment.target
        parts = [
            f"{source.name} ({source.lang}, {len(source.segments)}) – "
            f"{target.name} ({target.lang}, {len(target.segments)}): {counts.beads} beads",
            f"{counts.doubtful} doubtful",
        ]
        if counts.source_only or counts.target_only:
            parts.append(f"without a counterpart {counts.source_only} and {counts.target_only}")
        if counts.moved:
            parts.append(f"{counts.moved} in blocks that changed their place")
        if alignment.similarity:  # what was imported was not measured
            parts.append(f"similarity {alignment.similarity:.2f}")
        lines.append(", ".join(parts))
    lines += [f"Made with {s}" for s in dict.fromkeys(str(alignment.signature) for alignment in alignments)]
    return lines


def written_lines(files: Sequence[options.Destination]) -> list[str]:
    """Which files there are now."""
    return [f"Written: {', '.join(str(file.path) for file in files)}"] if files else []


def kept_lines(store: Store | None, reports: Sequence[SaveReport]) -> list[str]:
    """What the project has kept, or how to keep the result."""
    if store is None:
        return ["Not kept. To keep it, make a project here with `concord init`, or give --db FILE"]
    lines = []
    for report in reports:
        what = f"Kept in {store.path} as alignment {report.alignment_id}"
        if not report.created:
            what += f": {report.unchanged} beads as before, {report.changed} new"
        if report.kept:
            what += f", {report.kept} decisions carried over"
        lines.append(what)
        if report.stale:
            stale = "1 decision is" if report.stale == 1 else f"{report.stale} decisions are"
            lines.append(
                f"{stale} stale, since the text changed: see `concord beads stale "
                f"--alignment {report.alignment_id}`"
            )
    return lines


# The commands


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="The folder, or the name of the file to make.")
    ] = Path(),
    quiet: options.Quiet = False,
) -> None:
    """Makes an empty project file, concord.db, in this folder or in DIR."""
    from align.store import init_store

    file, made = init_store(folder)
    messages = Messages(quiet)
    messages.note(f"Made {file}" if made else f"{file} is there already; nothing was changed")
    if made:
        messages.note("`concord align ORIGINAL TRANSLATION` in this folder or below keeps its results in it")


def status(
    db: options.Db = None,
    format: options.StatusFormat = None,
    json: options.ShortJson = False,
) -> None:
    """Says what is in the project, and which files have changed since they were aligned."""
    from align import pipeline

    wanted = options.one_of(("text", "json"), format, "json" if json else None)
    with pipeline.opened(pipeline.existing_project(db)) as store:
        rows, states = store.alignments(), pipeline.file_states(store)
        project = str(store.path)
    if wanted == "json":
        found = [{**asdict(row), "files": states[row.id]} for row in rows]
        from align.formats.jsonl import dumps

        typer.echo(dumps({"project": project, "alignments": found}))
        return
    typer.echo(f"{project}: {len(rows)} alignment{'' if len(rows) == 1 else 's'}")
    for row in rows:
        for line in status_lines(row, states[row.id]):
            typer.echo(line)


def status_lines(row: AlignmentRow, states: FileStates) -> list[str]:
    """One alignment in a few lines."""
    head = f"{row.id:>3}  {row.source} ({row.source_lang}) – {row.target} ({row.target_lang})"
    counts = f"{row.beads} beads, {row.doubtful} doubtful, {row.decided} decided, {row.stale} stale"
    lines = [head, f"     {counts}; aligned {row.updated_at[:16].replace('T', ' ')} UTC"]
    for name, state in zip((row.source, row.target), states, strict=True):
        if state == "changed":
            lines.append(f"     {name} has changed since; align it again")
        elif state == "missing":
            lines.append(f"     {name} is not there any more")
    return lines


def show(
    numbers: Numbers = None,
    db: options.Db = None,
    format: options.Format = None,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    only_doubtful: options.OnlyDoubtful = False,
) -> None:
    """Prints an alignment of the project, with what people decided."""
    from align import pipeline

    targets = options.destinations(None, format, json, jsonl)
    with pipeline.opened(pipeline.existing_project(db)) as store:
        alignments = chosen(store, numbers)
    report(print_out(targets, alignments, only_doubtful))


def export(
    numbers: Numbers = None,
    db: options.Db = None,
    output: options.Output = None,
    format: options.Format = None,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    only_doubtful: options.OnlyDoubtful = False,
    quiet: options.Quiet = False,
) -> None:
    """Writes an alignment of the project to files, with what people decided."""
    from align import pipeline

    project = pipeline.existing_project(db)
    targets = options.destinations(output, format, json, jsonl)
    options.protect([], targets, project)
    with pipeline.opened(project) as store:
        alignments = chosen(store, numbers)
        folder = store.path.absolute().parent
        kept = [str(folder / key) for row in store.alignments() for key in (row.source, row.target)]
    files = [target for target in targets if target.path is not None]
    warnings = write_files(files, alignments, only_doubtful, kept=kept)
    report(warnings + print_out(targets, alignments, only_doubtful))
    for line in written_lines(files):
        Messages(quiet).note(line)


def report(warnings: Sequence[str]) -> None:
    """Prints what a format could not say."""
    for warning in warnings:
        Messages().warn(warning)


def chosen(store: Store, numbers: Sequence[int] | None) -> tuple[Alignment, ...]:
    """The alignments with these numbers; without numbers all, if they are of one original."""
    rows = store.alignments()
    if not numbers:
        if len({row.source for row in rows}) > 1:
            there = ", ".join(f"{row.id} ({row.source} – {row.target})" for row in rows[:5])
            more = " …" if len(rows) > 5 else ""
            raise UsageError(
                "there are alignments of several originals",
                where=str(store.path),
                hint=f"Choose with --alignment N: {there}{more}",
            )
        numbers = [row.id for row in rows] or [store.resolve(None)]
    return tuple(store.load_alignment(number) for number in numbers)
