"""``concord archive align``: every pair of documents aligned into one archive."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli import options
from align.cli.archive_show import Langs, count_of, dumps, span, state_of
from align.console import Messages, StatusLine, say, written
from align.errors import UsageError

if TYPE_CHECKING:
    from align.archive.queue import Engine
    from align.archive.running import Tally
    from align.archive.work import Settings

FAILED = 1
SHOWN = 20  # failures that are named on stderr
ENGINES = ("local", "ray")


def register(app: typer.Typer) -> None:
    """Adds the command to ``concord archive``."""
    app.command("align", short_help="Align all pairs of documents.")(align)


def align(
    pairs: Annotated[
        str | None,
        typer.Argument(
            metavar="PAIRS",
            help="A list of pairs, as `archive match` writes it, or a shard with texts (.jsonl, .parquet). Or the "
            "folder of the originals. Without it: what the archive lists already.",
        ),
    ] = None,
    translations: Annotated[
        str | None,
        typer.Argument(
            metavar="TRANSLATIONS", help="The folder of the translations; names that are alike are pairs."
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="FILE", help="The archive, made if absent."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar="FOLDER",
            help="Instead of an archive: a shard of beads for every shard of PAIRS, in this folder. Both may be on "
            "any storage that fsspec knows (s3://…), PAIRS with * in it.",
        ),
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--output-format",
            metavar="FORMAT",
            help="Of the shards of beads: jsonl or parquet (default: as PAIRS).",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, max=4096, help="So many at once. Default: one a core."),
    ] = None,
    engine: Annotated[
        str,
        typer.Option("--engine", metavar="NAME", help="Who runs the workers: local (default) or ray."),
    ] = "local",
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            metavar="ADDRESS",
            help="With ray: the cluster, auto or HOST:PORT. Default: this machine.",
        ),
    ] = None,
    gpus: Annotated[
        float,
        typer.Option(
            "--gpus", metavar="N", min=0, help="With ray: GPUs for each worker; .25 is a fourth of one."
        ),
    ] = 0.0,
    model: options.Model = None,
    langs: Langs = None,
    encoding: options.Encoding = None,
    read_as: options.ReadAs = None,
    segmented: options.Segmented = False,
    srx: options.Srx = None,
    doubtful_below: options.DoubtfulBelow = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Align pairs too that do not look like translations of each other."),
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try those again that failed before.")
    ] = False,
    dates: Annotated[
        str | None,
        typer.Option(
            "--dates",
            metavar="PATTERN",
            help="Where the paths say when a text was published, e.g. YYYY/MM/DD.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print how it went as one JSON object.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Aligns all pairs of documents, each as `concord align` would, with as many workers as there are cores.

    Every pair is kept as soon as it is aligned. However it is stopped, the same command goes on from there, and does
    a pair again only if its files or the settings have changed. A pair that cannot be aligned is recorded with the
    reason, and the others go on. Exit code 1 where one failed.
    """
    from align.archive.dates import pattern_of
    from align.archive.work import Settings

    codes = options.languages(("", ""), langs, None, None)
    settings = Settings(
        model, (codes[0], codes[1]), (encoding, encoding), read_as, segmented, str(srx.absolute()) if srx else None,
        doubtful_below, force,
    )  # fmt: skip
    chosen = _engine(engine, settings, workers, address, gpus)
    messages = Messages(quiet)
    if output is not None:
        if into is not None or pairs is None or translations is not None or retry_failed or dates:
            raise UsageError(
                "--output takes shards of pairs, and neither --into, --retry-failed nor --dates",
                hint="Give PAIRS and --output FOLDER",
            )
        _shards(pairs, output, output_format, chosen, settings, json=json, messages=messages)
        return
    if into is None:
        raise UsageError(
            "it is not said where the alignments are to be kept", hint="Name an archive with --into FILE"
        )
    from align.archive.lists import listed
    from align.archive.running import run

    found = None if pairs is None else listed(pairs, translations, settings.langs)
    pattern = pattern_of(dates) if dates else None
    with StatusLine(quiet=quiet, drawn=0.5, said=30.0) as line:
        view = _View(line)
        try:
            tally = run(into, found, chosen, settings, retry_failed=retry_failed, dates=pattern, told=view)
        except KeyboardInterrupt:
            if view.last is not None:
                written.append(f"{into} ({_so_far(view.last)}; the same command goes on from there)")
            raise
    _report(into, tally, json=json, messages=messages)


def _engine(name: str, settings: Settings, workers: int | None, address: str | None, gpus: float) -> Engine:
    """The engine of this name. Raises UsageError for one that is not there, or options that it does not have."""
    if name not in ENGINES:
        raise UsageError(
            f"there is no engine {name!r}", where="--engine", hint=f"Choose from: {', '.join(ENGINES)}"
        )
    if name == "local":
        if address is not None or gpus:
            raise UsageError("--address and --gpus are for another engine", hint="Add --engine ray")
        from align.archive.pool import Pool

        return Pool(settings, workers)
    from align.archive.engine_ray import RayEngine

    return RayEngine(settings, workers, address=address, gpus=gpus)


def _shards(
    pairs: str,
    output: str,
    format: str | None,
    engine: Engine,
    settings: Settings,
    *,
    json: bool,
    messages: Messages,
) -> None:
    """Aligns shards into shards; exits with 1 where a pair or a shard has failed."""
    from align.archive.shards import plan, report_of, run
    from align.errors import ConcordError

    began, shards = time.monotonic(), plan(pairs, output, format)
    failed: dict[str, str] = {}
    done = 0
    try:
        for shard, found in run(engine, shards, settings):
            done += 1
            if isinstance(found, ConcordError):
                failed[shard.name] = str(found)
                say(f"Error: {found}")
            else:
                messages.note(f"{done:,} of {len(shards):,}: {shard.beads}, {count_of(found.pairs)}")
    except KeyboardInterrupt:
        written.append(f"{output} ({done:,} of {len(shards):,} shards; the same command goes on from there)")
        raise
    reports = [report_of(shard) for shard in shards if shard.name not in failed]
    sums = {
        name: sum(getattr(each, name) for each in reports)
        for name in ("pairs", "failed", "segments", "beads")
    }
    seconds = time.monotonic() - began
    if json:
        told = {
            "output": output,
            "shards": len(shards),
            **sums,
            "seconds": round(seconds, 1),
            "unreadable": failed,
        }
        typer.echo(dumps(told))
    messages.note(
        f"{len(shards):,} shard{'' if len(shards) == 1 else 's'} in {span(seconds)}: {count_of(sums['pairs'])}, "
        f"{sums['failed']:,} failed (in {output}/failed), {len(failed):,} shards cannot be read"
    )
    if failed or sums["failed"]:
        raise typer.Exit(FAILED)


def _report(path: Path, tally: Tally, *, json: bool, messages: Messages) -> None:
    """Says how a run went; exits with 1 where a pair has failed."""
    from align.archive.store import open_archive

    if str(path) not in written:
        written.append(str(path))
    with open_archive(path) as archive:
        if json:
            typer.echo(dumps(state_of(archive, with_failed=True)))
        if tally.failed:
            for record in islice(archive.pairs("failed"), SHOWN):
                say(f"Error: {record.source} – {record.target}: {record.error}")
    more = f"; the first {SHOWN} are above" if tally.failed > SHOWN else ""
    again = "" if not tally.failed else f"{more}. --retry-failed tries again"
    before = f", {tally.same:,} of them before" if tally.same else ""
    rate = (tally.ended - tally.same) / tally.seconds if tally.seconds else 0.0
    messages.note(
        f"{count_of(tally.total)} in {span(tally.seconds)} ({rate:,.1f} a second): {tally.done:,} aligned, "
        f"{tally.failed:,} failed{before}{again}. Kept in {path}"
    )
    if tally.failed:
        raise typer.Exit(FAILED)


# What is said


class _View:
    """Says how far a run is, and keeps it for the last line."""

    def __init__(self, line: StatusLine) -> None:
        self._line = line
        self.last: Tally | None = None

    def __call__(self, tally: Tally) -> None:
        self.last = tally
        if not self._line.due:
            return
        text = _so_far(tally)
        if tally.rate:
            text += f", {tally.rate:,.1f} a second"
        if tally.left is not None and tally.ended < tally.total:
            text += f", {span(tally.left)} left"
        self._line.show(text)


def _so_far(tally: Tally) -> str:
    failed = f", {tally.failed:,} of them failed" if tally.failed else ""
    return f"{tally.ended:,} of {count_of(tally.total)}{failed}"
