"""``concord archive status`` and ``export``: how far an archive is, and what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from align.cli import options
from align.console import Messages
from align.errors import UsageError

if TYPE_CHECKING:
    from align.archive.store import Archive

File = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive.")]
Langs = Annotated[
    str | None,
    typer.Option("--langs", metavar="CODES", help="The languages of the two sides, e.g. ru,en."),
]


def register(app: typer.Typer) -> None:
    """Adds the commands to ``concord archive``."""
    app.command("status", short_help="Say how far an archive is.")(status)
    app.command("export", short_help="Write the beads of an archive.")(export)


def status(
    archive: File, json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False
) -> None:
    """Says how far an archive is, also while it is being aligned: pairs done, failed, waiting; rate, time left."""
    from align.archive.store import open_archive

    with open_archive(archive) as opened:
        found = state_of(opened, with_failed=json)
    if json:
        typer.echo(dumps(found))
        return
    counts = found["pairs"]
    typer.echo(
        f"{count_of(counts['all'])}: {counts['done']:,} aligned, {counts['failed']:,} failed, "
        f"{counts['waiting']:,} waiting"
    )
    if (last := found["run"]) is not None:
        progress, state = last["progress"], "running now" if found["running"] else "not running"
        left = f", about {span(progress['left'])} left" if found["running"] and progress.get("left") else ""
        rate = (
            f", {progress['rate']:,.1f} pairs a second" if found["running"] and progress.get("rate") else ""
        )
        typer.echo(
            f"last run: {last['engine']}, {last['workers']} workers, since {last['started_at'][:19]}Z, "
            f"{state}{rate}{left}"
        )
        typer.echo(f"signature: {last['signature']}")


def export(
    archive: File,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to FILE, in the format that its name ends in. Default: standard output.",
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="jsonl (default), parquet, tsv, tmx, xliff, po, xlsx or moses."
        ),
    ] = None,
    langs: Langs = None,
    only_doubtful: options.OnlyDoubtful = False,
    quiet: options.Quiet = False,
) -> None:
    """Writes the beads of all aligned pairs, in the order of the pairs, whatever order they were aligned in.

    jsonl and parquet name both documents of every bead; the other formats hold one pair of languages.
    """  # fmt: skip
    from align.archive import export as exporting
    from align.archive.store import open_archive

    wanted = format or (exporting.format_of(output) if output not in (None, "-") else "jsonl")
    codes = options.languages(("", ""), langs, None, None)
    if (codes[0] is None) != (codes[1] is None):
        raise UsageError("two languages are needed", where="--langs", hint="As in --langs ru,en")
    chosen = (codes[0], codes[1]) if codes[0] and codes[1] else None
    with open_archive(archive) as opened:
        count, warnings = exporting.export(
            opened, output or "-", wanted, langs=chosen, only_doubtful=only_doubtful
        )
    messages = Messages(quiet)
    for warning in warnings:
        messages.warn(warning)
    if output not in (None, "-"):
        messages.note(f"{count:,} beads in {output}")


def count_of(count: int) -> str:
    """A number of pairs in words."""
    return f"{count:,} pair{'' if count == 1 else 's'}"


def span(seconds: float) -> str:
    """A stretch of time in words: "41 s", "3 min", "2 h 10 min"."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60:,} h {minutes % 60} min"


def state_of(archive: Archive, *, with_failed: bool) -> dict[str, Any]:
    """How far an archive is, as JSON has it."""
    from align.archive.lock import is_locked

    counts = archive.counts()
    last = archive.last_run()
    found: dict[str, Any] = {
        "archive": str(archive.path),
        "pairs": {"all": sum(counts.values()), **counts},
        "running": is_locked(archive.path),
        "run": None if last is None else {
            "id": last.id, "engine": last.engine, "workers": last.workers, "started_at": last.started_at,
            "ended_at": last.ended_at, "signature": str(last.signature), "settings": last.settings,
            "progress": last.progress,
        },
    }  # fmt: skip
    if with_failed:
        found["failed"] = [
            {"number": r.number, "source": r.source, "target": r.target, "error": r.error}
            for r in archive.pairs("failed")
        ]
    return found


def dumps(value: object) -> str:
    """JSON as Concord prints it."""
    from align.formats import jsonl

    return jsonl.dumps(value)
