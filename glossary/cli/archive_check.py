"""``concord archive check``: what is inconsistent in an archive, pair by pair and over all pairs."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, TextIO

import typer

from align.cli import options
from align.console import Messages, written
from align.errors import UsageError
from glossary.cli import archive as cli_archive
from glossary.cli import asked as ask
from glossary.cli import check as cli_check
from glossary.cli import common
from glossary.configured import Prepared, cores, read_baseline

if TYPE_CHECKING:
    from glossary.archive.checks import OfPair, Quiet
    from glossary.archive.kept import Kept
    from glossary.archive.running import Plan
    from glossary.formats.findings.report import Report

FORMATS = ("summary", "jsonl", "csv", "sarif", "json", "text", "html")
STREAMED = ("jsonl", "csv")
MOST = 50_000
"""Findings that a format can hold which has to be written as a whole."""
FINDINGS = 1


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("check", short_help="Report what is inconsistent in all pairs.")(check)


@dataclass(slots=True)
class Counts:
    """What was found, counted while it is written."""

    findings: int = 0
    quiet: int = 0
    pairs: int = 0
    failing: bool = False
    by_rule: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    pairs_by_rule: Counter[str] = field(default_factory=Counter)


def check(
    archive: cli_archive.ArchiveFile,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to FILE, in the format that its name ends in (.jsonl .csv .sarif .json .txt .html).",
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=f"{', '.join(FORMATS)}; default: summary."),
    ] = None,
    json: common.Json = False,
    jsonl: common.Jsonl = False,
    select: ask.Select = None,
    ignore: ask.Ignore = None,
    fail_on: cli_check.FailOn = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Findings that are in FILE stay quiet."),
    ] = None,
    glossary: ask.GlossaryFile = None,
    dated_list: ask.DatedList = None,
    patterns: ask.Patterns = None,
    config: ask.ConfigFile = None,
    db: cli_archive.Project = None,
    workers: cli_archive.Workers = None,
    quiet: options.Quiet = False,
) -> None:
    """Checks all pairs of an archive by the rules of `concord check`, and what names became over all of them.

    Pairs that were checked before, by the same rules and settings, are not checked again. Findings are written pair
    by pair. The exit code is 0 where nothing was found, 1 where something was, 2 where the check could not run.
    """  # fmt: skip
    from glossary.archive import checks
    from glossary.archive.running import Plan
    from glossary.configured import with_project_terms

    asked = ask.Asked(
        (), ask.parted(select), ask.parted(ignore), config, glossary, dated_list, "", patterns, db=db,
        workers=workers,
    )  # fmt: skip
    form = _format(output, format, json=json, jsonl=jsonl)
    prepared = ask.prepare(asked)
    known = read_baseline(prepared.file("baseline", baseline), asked_for=baseline is not None)
    fails = cli_check.severity(fail_on, prepared)
    messages = Messages(quiet)
    with cli_archive.opened(archive) as kept:
        with cli_archive.project(db) as project:
            settings = prepared.settings
            if project is not None and glossary is None:
                settings = with_project_terms(settings, project)
            silent = checks.Quiet(dict(cli_archive.dismissed(project)), known)
        plan = Plan(settings, prepared.rules)
        with messages.progress() as progress:
            went = checks.check(kept, plan, workers=workers or cores(), progress=progress)
        cli_archive.told(went, messages)
        counts = _write(kept, plan, silent, output, form, _signature(prepared, plan), fails)
    if output is not None:
        written.append(str(output))
    _said(counts, _signature(prepared, plan), messages)
    if counts.failing:
        raise typer.Exit(FINDINGS)


def _format(output: Path | None, format: str | None, *, json: bool, jsonl: bool) -> str:
    from glossary.formats.findings.write import guess_format

    if format or json or jsonl or output is None:
        return common.format_of(FORMATS, format, json=json, jsonl=jsonl)
    found = guess_format(output)
    if found not in FORMATS:
        raise UsageError(
            f"{found} is for one pair", where=str(output), hint=f"Choose from: {', '.join(FORMATS[1:])}"
        )
    return found


def _signature(prepared: Prepared, plan: Plan) -> str:
    from align import __version__
    from glossary.units import settings_digest

    codes = " ".join(rule.code for rule in prepared.rules)
    return f"concord:{__version__}|rules:{codes}|settings:{settings_digest(plan.settings, terms=True)[:8]}"


def _write(
    kept: Kept, plan: Plan, silent: Quiet, output: Path | None, form: str, signature: str, fails: Any
) -> Counts:
    """Writes the findings as they are read, or a report as a whole where the format asks for it."""
    from align.formats.write import write_file
    from glossary.archive.checks import findings

    counts = Counts()
    pairs = _counted(findings(kept, plan), silent, counts, plan, fails)

    def put(stream: BinaryIO) -> None:
        if form in STREAMED:
            _stream(pairs, form, plan, signature, stream)
        elif form == "summary":
            for _ in pairs:
                pass
            stream.write(_summary(counts).encode("utf-8", "replace"))
        else:
            _whole(pairs, form, plan, signature, stream, counts, fails)

    write_file(output or "-", put)
    return counts


def _counted(
    pairs: Iterator[OfPair], silent: Quiet, counts: Counts, plan: Plan, fails: Any
) -> Iterator[OfPair]:
    """The pairs with what is to be told, counted."""
    from glossary.formats.findings.report import Report

    for own in pairs:
        heard = silent.speaking(own)
        counts.pairs += 1
        counts.quiet += len(own.findings) - len(heard.findings)
        counts.findings += len(heard.findings)
        counts.by_rule.update((one.code, one.rule, one.severity) for one in heard.findings)
        counts.pairs_by_rule.update({one.code for one in heard.findings})
        failing = Report(heard.findings, fail_on=fails)
        counts.failing |= any(map(failing.fails, heard.findings))
        yield heard


def _stream(pairs: Iterator[OfPair], form: str, plan: Plan, signature: str, stream: BinaryIO) -> None:
    """JSON Lines or CSV, a pair at a time; the header of the CSV once."""
    from glossary.archive.checks import report_of
    from glossary.formats.findings.records import write_csv, write_jsonl

    for position, own in enumerate(pairs):
        if not own.findings and position:
            continue
        text = io.StringIO()
        (write_csv if form == "csv" else write_jsonl)(report_of(own, plan, signature), text)
        lines = text.getvalue()
        if form == "csv" and position:
            lines = lines.partition("\n")[2]
        stream.write(lines.encode("utf-8", "surrogatepass"))


def _whole(
    pairs: Iterator[OfPair],
    form: str,
    plan: Plan,
    signature: str,
    stream: BinaryIO,
    counts: Counts,
    fails: Any,
) -> None:
    """A report in one piece. Raises UsageError where it would be too long."""
    from glossary.formats.findings.report import Report
    from glossary.formats.findings.write import write

    held = []
    for own in pairs:
        if counts.findings > MOST:
            raise UsageError(
                f"over {MOST:,} findings are too many for {form}",
                hint="Write .jsonl or .csv, or choose rules with --select",
            )
        if own.findings or own.gaps:
            held.append(own)
    report: Report = Report(
        tuple(one for own in held for one in own.findings),
        tuple(dict.fromkeys(gap for own in held for gap in own.gaps)),
        tuple({d.name: d for own in held for d in own.documents}.values()),
        (), plan.rules, signature, counts.quiet, (), fails,
    )  # fmt: skip
    out: BinaryIO | TextIO = stream
    write(report, form, out)


def _summary(counts: Counts) -> str:
    """How often each rule speaks, in how many pairs."""
    if not counts.findings:
        return f"No findings in {counts.pairs} pairs.\n"
    rows = [("rule", "name", "severity", "findings", "pairs")]
    for (code, name, severity), number in sorted(counts.by_rule.items()):
        rows.append((code, name, severity, str(number), str(counts.pairs_by_rule[code])))
    widths = [max(len(row[at]) for row in rows) for at in range(5)]
    lines = []
    for row in rows:
        left = [cell.ljust(width) for cell, width in zip(row[:3], widths[:3], strict=True)]
        right = [cell.rjust(width) for cell, width in zip(row[3:], widths[3:], strict=True)]
        lines.append("  ".join([*left, *right]))
    return "\n".join(lines) + "\n"


def _said(counts: Counts, signature: str, messages: Messages) -> None:
    from glossary.formats.findings.report import counted

    quiet = f", {counts.quiet} dismissed or in the baseline" if counts.quiet else ""
    total = f"{counted(counts.findings, 'finding')} in {counted(counts.pairs, 'pair')}{quiet}"
    messages.note(f"{total}; {signature}")
