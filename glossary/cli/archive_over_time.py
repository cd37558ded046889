"""``concord archive over-time``: wordings, legal marks and renderings by month, quarter or year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli import options
from align.console import Messages
from align.errors import UsageError
from glossary.cli import archive as cli_archive
from glossary.cli import asked as ask
from glossary.cli import common
from glossary.cli.archive_terms import form_of, put

if TYPE_CHECKING:
    from glossary.archive.dates import By
    from glossary.archive.kept import Kept
    from glossary.archive.over_time import Chart
    from glossary.archive.running import Plan

FORMATS = ("table", "csv", "jsonl", "json", "svg", "html")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("over-time", short_help="Show how wordings and renderings change over the years.")(over_time)


def over_time(
    archive: cli_archive.ArchiveFile,
    term: Annotated[
        list[str] | None,
        typer.Option(
            "--term",
            metavar="WORDS",
            help="Where these words stand, inflected or not, in originals and translations. Several are compared.",
        ),
    ] = None,
    annotation: Annotated[
        str | None,
        typer.Option(
            "--annotation",
            metavar="STATUS",
            help="What legal marks say, and what became of them: banned, extremist, terrorist, undesirable, "
            "foreign-agent, liquidated, or any.",
        ),
    ] = None,
    rendering_of: Annotated[
        str | None, typer.Option("--rendering-of", metavar="NAME", help="What this name was rendered as.")
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="PERIOD", help="month (default), quarter or year.")
    ] = "month",
    lang: Annotated[
        str, typer.Option("--lang", metavar="CODE", help="Only words or names of this language.")
    ] = "",
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to FILE (.csv .jsonl .json .svg .html). May be given several times.",
        ),
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=f"{', '.join(FORMATS)}; default: table.")
    ] = None,
    json: common.Json = False,
    jsonl: common.Jsonl = False,
    patterns: ask.Patterns = None,
    config: ask.ConfigFile = None,
    workers: cli_archive.Workers = None,
    quiet: options.Quiet = False,
) -> None:
    """Counts wordings by the date of the translation, or else of the original, as a table, numbers or a plot.

    Pairs without a date that tells the period are counted apart.
    """  # fmt: skip
    from glossary.archive.chart_formats import FORMATS as WRITERS
    from glossary.formats.findings.report import counted

    given = {"--term": term, "--annotation": annotation, "--rendering-of": rendering_of}
    asked = [name for name, value in given.items() if value]
    if len(asked) != 1:
        raise UsageError(
            "--term, --annotation and --rendering-of exclude each other" if asked else "nothing to count",
            hint="Give one of --term WORDS, --annotation STATUS and --rendering-of NAME",
        )
    wanted = common.format_of(FORMATS, format, json=json, jsonl=jsonl) if format or json or jsonl else ""
    places: list[Path | None] = [*output] if output else [None]
    targets = [(path, form_of(path, wanted, FORMATS)) for path in places]
    messages = Messages(quiet)
    with cli_archive.opened(archive) as kept:
        chart = _chart(
            kept, term, annotation, rendering_of, _by(by), lang, (patterns, config, workers), messages
        )
    for path, form in targets:
        put(path, WRITERS[form](chart))
    if not chart.total:
        messages.note("It stands nowhere in the archive")
    if chart.undated:
        messages.note(
            f"{counted(chart.undated, 'pair')} without a date that tells the {chart.by}, counted apart"
        )


def _by(text: str) -> By:
    from glossary.archive.dates import PERIODS

    found = next((one for one in PERIODS if one == text), None)
    if found is None:
        raise UsageError(f"{text!r} is no period", where="--by", hint=f"Choose from: {', '.join(PERIODS)}")
    return found


def _chart(
    kept: Kept,
    terms: list[str] | None,
    annotation: str | None,
    rendering_of: str | None,
    by: By,
    lang: str,
    reading: tuple[Path | None, Path | None, int | None],
    messages: Messages,
) -> Chart:
    from glossary.archive import over_time as time
    from glossary.archive.dates import Dates

    dates = Dates(kept.archive)
    if terms:
        with messages.progress() as progress:
            return time.terms_over_time(kept.archive, dates, terms, by, lang=lang, progress=progress)
    if annotation and annotation not in time.STATUSES:
        time.marks_over_time(kept, "", dates, annotation, by)  # says what there is, before anything is read
    plan = _plan(reading)
    cli_archive.read(kept, plan, reading[2], messages)
    if annotation:
        return time.marks_over_time(kept, plan.version, dates, annotation, by)
    return time.renderings_over_time(kept, plan.version, dates, rendering_of or "", by, lang=lang)


def _plan(reading: tuple[Path | None, Path | None, int | None]) -> Plan:
    from glossary.archive.running import Plan

    return Plan(cli_archive.settings_of(reading[0], reading[1]))
