"""``concord archive terms``: names, acronyms and recurring phrases of an archive, with what they became."""

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
from glossary.cli import terms as cli_terms

if TYPE_CHECKING:
    from glossary.archive.kept import Kept
    from glossary.archive.terms import Rows, Terms

FORMATS = ("table", "csv", "jsonl", "json")
LIMIT = 50


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("terms", short_help="Find the terms of all pairs, and what they became.")(terms)


def terms(
    archive: cli_archive.ArchiveFile,
    kind: cli_terms.Kind = "",
    lang: cli_terms.OnlyLang = "",
    min_count: Annotated[
        int, typer.Option("--min-count", metavar="N", min=1, help="Only what occurs N times or more (2).")
    ] = 2,
    min_pairs: Annotated[
        int, typer.Option("--min-pairs", metavar="N", min=1, help="Only what occurs in N pairs or more (1).")
    ] = 1,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="The N surest (default: 50 in a table, else all)."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to FILE (.csv, .jsonl or .json)."),
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="table (default), csv, jsonl or json.")
    ] = None,
    json: common.Json = False,
    jsonl: common.Jsonl = False,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="FILE",
            help="Also put them into this project (made if need be), with sentences, as candidates for review.",
        ),
    ] = None,
    db: cli_archive.Project = None,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="Also list terms that people rejected in the project.")
    ] = False,
    patterns: ask.Patterns = None,
    config: ask.ConfigFile = None,
    workers: cli_archive.Workers = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Finds the terms of all pairs: names, acronyms, recurring phrases, with renderings, first and last dates.

    Pairs that were read before are not read again. With --into they wait in a project for `concord terms review`;
    what people decided there stays as it is.
    """  # fmt: skip
    from glossary.archive.running import Plan
    from glossary.archive.terms import FORMATS as WRITERS

    cli_terms.check_kind(kind)
    form = form_of(
        output, common.format_of(FORMATS, format, json=json, jsonl=jsonl) if format or json or jsonl else ""
    )
    messages = Messages(quiet)
    plan = Plan(cli_archive.settings_of(patterns, config))
    with cli_archive.opened(archive) as kept:
        cli_archive.read(kept, plan, workers, messages)
        found = mined(kept, plan.version, min_count, min_pairs)
        decided_in = db or (into if into is not None and into.exists() else None)
        rows = listed(found, decided_in, kind, lang, rejected)
        shown = rows[: limit or (LIMIT if form == "table" else len(rows))]
        put(output, WRITERS[form](shown))
        said(found, rows, shown, min_count, messages)
        if into is not None:
            propose(kept, rows[:limit] if limit else rows, into, options.login_name(author), messages)


def form_of(output: Path | None, wanted: str, allowed: tuple[str, ...] = FORMATS) -> str:
    """The format: the one named, else what the file's name ends in, else a table. Raises UsageError."""
    if wanted or output is None:
        return wanted or allowed[0]
    end = output.suffix.lower().removeprefix(".")
    found = {"ndjson": "jsonl", "txt": "table", "htm": "html"}.get(end, end)
    if found not in allowed:
        raise UsageError(
            "the name does not say which format to write",
            where=str(output),
            hint=f"End it in .{', .'.join(allowed[1:])}, or give --format",
        )
    return found


def put(output: Path | None, text: str) -> None:
    """Writes to a file, or to standard output."""
    from align.console import written
    from align.formats.write import write_file

    data = text.encode("utf-8", "replace")
    write_file(output or "-", lambda stream: stream.write(data))
    if output is not None:
        written.append(str(output))


def mined(kept: Kept, version: str, min_count: int, min_pairs: int) -> Terms:
    """The terms with this support. Raises UsageError where no pair is aligned."""
    from glossary.archive.names import Support
    from glossary.archive.terms import mine

    if not kept.pairs(version):
        raise UsageError(
            "there is no aligned pair in it",
            where=str(kept.archive.path),
            hint="Align its pairs first: `concord archive align`",
        )
    return mine(kept, version, Support(min_count, min_pairs))


def listed(found: Terms, db: Path | None, kind: str, lang: str, rejected: bool) -> Rows:
    """The terms asked for, each with what people decided about it; rejected ones are left out."""
    from glossary.archive.terms import Decided

    wanted = [one for one in found.found if kind in ("", one.kind) and lang in ("", one.lang)]
    with cli_archive.project(db) as glossary:
        decided = Decided(glossary)
    rows = [(one, decided.state(one)) for one in wanted]
    return [row for row in rows if rejected or row[1] != "rejected"]


def said(found: Terms, rows: Rows, shown: Rows, min_count: int, messages: Messages) -> None:
    """The summary."""
    from align import __version__
    from glossary.formats.findings.report import counted

    if found.least > min_count:
        messages.warn(f"there are too many names: those with fewer than {found.least} mentions are left out")
    more = f", the first {len(shown)} shown" if len(shown) < len(rows) else ""
    total = f"{counted(len(rows), 'term')} of {counted(found.pairs, 'pair')}{more}"
    messages.note(f"{total}; concord:{__version__}|archive terms")


def propose(kept: Kept, rows: Rows, into: Path, author: str, messages: Messages) -> None:
    """Puts the terms into a project."""
    from align import pipeline
    from glossary.archive.proposing import propose_into
    from glossary.store import Glossary

    wanted = [one for one, state in rows if state != "rejected"]
    with pipeline.opened(into, create=True) as store, messages.progress() as progress:
        report = propose_into(Glossary(store), kept.archive, wanted, author=author, progress=progress)
    messages.note(
        f"{into}: {report.concepts} concepts ({report.decided} decided), {report.new} new, {report.gone} gone. "
        f"Decide them with `concord terms review --db {into}`"
    )
