"""``concord check``: what is inconsistent in a text, between a text and its translation, in a whole project."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from align.cli import options
from align.console import Messages
from align.errors import UsageError
from glossary.cli import asked as ask
from glossary.cli.asked import Asked
from glossary.configured import Prepared, read_baseline, read_bytes

if TYPE_CHECKING:
    from glossary.checking import Outcome
    from glossary.formats.findings.report import Report
    from glossary.pipeline import Texts
    from glossary.store.checked import Dismissal

FORMATS = ("text", "json", "jsonl", "sarif", "github", "junit", "csv", "html", "docx")
FINDINGS = 1

FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="SEVERITY",
        help="Exit code 1 from this severity on: error, warning, note (default) or never.",
    ),
]
Output = Annotated[
    list[Path] | None,
    typer.Option(
        "-o", "--output", metavar="FILE",
        help="Write to FILE, in the format that its name ends in (.txt .json .jsonl .sarif .xml .csv .html .docx). "
        "May be given several times.",
    ),
]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds the command to the root application."""
    app.command("check", short_help="Report what is inconsistent: terms, legal marks, sentences, figures.")(
        check
    )


def check(
    files: ask.Files = None,
    output: Output = None,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=f"{', '.join(FORMATS)}; default: text."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Short for --format json: one object.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Short for --format jsonl: one finding a line.")
    ] = False,
    select: ask.Select = None,
    ignore: ask.Ignore = None,
    fail_on: FailOn = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Findings that are in FILE stay quiet."),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(
            "--write-baseline", metavar="FILE", help="Write all present findings to FILE; exit code 0."
        ),
    ] = None,
    glossary: ask.GlossaryFile = None,
    dated_list: ask.DatedList = None,
    on: ask.On = "",
    patterns: ask.Patterns = None,
    config: ask.ConfigFile = None,
    langs: ask.Langs = None,
    encoding: options.Encoding = None,
    read_as: options.ReadAs = None,
    segmented: options.Segmented = False,
    srx: options.Srx = None,
    force: ask.Force = False,
    db: options.Db = None,
    workers: ask.Workers = None,
    quiet: options.Quiet = False,
) -> None:
    """Checks one text, an original with its translation, or all texts of the project.

    Each finding has a code (`concord explain CODE`), a place, one sentence, the evidence and a suggestion.
    The exit code is 0 where nothing was found, 1 where something was, 2 where the check could not run.
    """
    asked = Asked(
        tuple(files or ()), ask.parted(select), ask.parted(ignore), config, glossary, dated_list, on, patterns,
        langs, encoding, read_as, segmented, force, db, workers, srx,
    )  # fmt: skip
    targets = destinations(output, format, json=json, jsonl=jsonl)
    refuse_many(asked.files)
    options.protect(asked.files, targets, db)
    prepared = ask.prepare(asked)
    known = (
        read_baseline(prepared.file("baseline", baseline), asked_for=baseline is not None)
        if not write_baseline
        else None
    )
    fails = severity(fail_on, prepared)
    found, texts = ask.check(asked, prepared)
    report = reported(found, prepared, ask.dismissed(asked), known or frozenset(), fails)
    messages = Messages(quiet)
    if write_baseline is not None:
        put_baseline(write_baseline, report, messages)
        return
    for target in targets:
        for warning in put(target, report, texts):
            messages.warn(warning)
    said(report, targets, messages)
    if any(map(report.fails, report.findings)):
        raise typer.Exit(FINDINGS)


def refuse_many(files: Sequence[str]) -> None:
    """Raises UsageError for more than two files."""
    if len(files) > 2:
        raise UsageError(
            f"{len(files)} files are more than an original and its translation",
            hint="Align each pair into a project (`concord init`, `concord align`), then `concord check` "
            "without files checks them all",
        )


def destinations(
    output: list[Path] | None, format: str | None, *, json: bool, jsonl: bool
) -> tuple[options.Destination, ...]:
    """Where the findings go, and in which formats. Raises UsageError."""
    if json and jsonl:
        raise UsageError("--json and --jsonl exclude each other", hint="Give one of them")
    short = "json" if json else "jsonl" if jsonl else None
    wanted = options.one_of(FORMATS, format, short)
    if not output:
        return (options.Destination(None, wanted),)
    named = format is not None or short is not None
    if named and len(output) > 1:
        raise UsageError("one --format for several files", hint="Let the files' names say their formats")
    return tuple(destination(path, wanted if named or str(path) == "-" else "") for path in output)


def destination(path: Path, wanted: str) -> options.Destination:
    """One -o file in the format wanted, else in that which its name ends in. Raises UsageError."""
    from glossary.formats.findings.write import guess_format

    if not wanted:
        wanted = "docx" if path.suffix.lower() == ".docx" else guess_format(path)
    return options.Destination(None if str(path) == "-" else path, wanted)


def severity(given: str | None, prepared: Prepared) -> Any:
    """The severity from which on a check fails. Raises UsageError."""
    from glossary.checks.config import FAIL_ON

    wanted = given or prepared.config.fail_on
    if wanted not in FAIL_ON:
        raise UsageError(
            f"{wanted!r} is no severity", where="--fail-on", hint=f"Choose from: {', '.join(FAIL_ON)}"
        )
    return wanted


def reported(
    found: Outcome,
    prepared: Prepared,
    dismissed: dict[str, Dismissal] | Any,
    known: frozenset[str],
    fail_on: Any,
) -> Report:
    """The findings that speak, those that stay quiet counted."""
    from align import __version__
    from glossary.formats.findings.report import Dismissed, Report
    from glossary.units import settings_digest

    open_ = [one for one in found.findings if one.fingerprint not in dismissed]
    speaking = tuple(one for one in open_ if one.fingerprint not in known)
    quiet = [(one, dismissed[one.fingerprint]) for one in found.findings if one.fingerprint in dismissed]
    codes = " ".join(rule.code for rule in prepared.rules)
    return Report(
        speaking,
        found.gaps,
        found.documents,
        found.uses,
        prepared.rules,
        f"concord:{__version__}|rules:{codes}|settings:{settings_digest(prepared.settings, terms=True)[:8]}",
        len(open_) - len(speaking),
        tuple(Dismissed(one, held.reason, held.author, held.at) for one, held in quiet),
        fail_on,
    )


def put_baseline(path: Path, report: Report, messages: Messages) -> None:
    """Writes all findings that are not dismissed as a baseline."""
    from align.formats.write import write_file
    from glossary.checks import baseline

    data = baseline.write(report.findings).encode("utf-8", "surrogatepass")
    write_file(path, lambda stream: stream.write(data))
    messages.note(
        f"Written: {path} ({len(report.findings)} findings, which stay quiet with --baseline {path})"
    )


def put(target: options.Destination, report: Report, texts: Texts | None) -> tuple[str, ...]:
    """Writes the report to one place; warnings."""
    import sys

    from align.formats.write import write_file
    from glossary.formats.findings.write import write

    if target.format == "docx":
        return put_comments(target, report, texts)
    if target.path is None and target.format == "text" and sys.stdout is not None:
        return write(
            report, "text", sys.stdout
        )  # the terminal says how wide it is and whether it shows colours

    def to(stream: BinaryIO) -> tuple[str, ...]:
        return write(report, target.format, stream)

    return write_file(target.path or "-", to)


def put_comments(target: options.Destination, report: Report, texts: Texts | None) -> tuple[str, ...]:
    """Writes the translation as a Word document with the findings as comments. Raises UsageError."""
    from align.formats.write import write_file
    from glossary.formats.findings.comments import commented

    if texts is None:
        raise UsageError(
            "a Word document shows the findings of one translation", where="--format docx",
            hint="Give its files: `concord check ORIGINAL TRANSLATION --format docx -o OUT.docx`",
        )  # fmt: skip
    document = texts.documents[-1]
    path = next((one.path for one in report.documents if one.name == document.name), "")
    original = read_bytes(Path(path)) if document.format == "docx" and path not in ("", "-") else None
    out = io.BytesIO()
    warnings = commented(report, document, original, out)
    write_file(target.path or "-", lambda stream: stream.write(out.getvalue()))
    return warnings


def said(report: Report, targets: Sequence[options.Destination], messages: Messages) -> None:
    """The summary on stderr: what was written where, and what stayed quiet."""
    from glossary.formats.findings.report import counted, in_words

    for target in targets:
        if target.path is not None:
            messages.note(f"Written: {target.path} ({counted(len(report.findings), 'finding')})")
    if any(target.path is not None or target.format != "text" for target in targets):
        total = in_words(report.severities) or "no findings"
        messages.note(f"{total}; {report.signature}")
