"""``concord terms export``: the glossary in the formats of other tools, with a report of what is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from align.cli import options
from align.errors import UsageError
from glossary.cli import common

if TYPE_CHECKING:
    from glossary.formats.carry import How, Quote
    from glossary.formats.losses import Report
    from glossary.formats.registry import Format
    from glossary.model import Entry
    from glossary.store import Glossary

SourceLang = Annotated[
    str, typer.Option("--source-lang", metavar="CODE", help="The first language, where a format has two.")
]
TargetLang = Annotated[
    str, typer.Option("--target-lang", metavar="CODE", help="The second language, where a format has two.")
]
ALL_DECIDED = ("toml", "jsonl")
"""Formats for sharing, which have all that people decided unless states are given."""


def export_terms(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where to; its name says the format."),
    ] = None,
    state: Annotated[
        str,
        typer.Option(
            "--state",
            metavar="STATES",
            help="approved, candidate, rejected, with commas between them (default: approved; toml, jsonl: all "
            "that somebody decided).",
        ),
    ] = "",
    source_lang: SourceLang = "",
    target_lang: TargetLang = "",
    context: common.Context = "",
    db: options.Db = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="toml (default) or another; docs/formats.md has all."
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Write what the format loses to a file as JSON."),
    ] = None,
    jsonl: common.Jsonl = False,
    quiet: options.Quiet = False,
) -> None:
    """Writes what people have decided. What the format cannot say is listed on standard error.

    Terms that were decided against are left out wherever the format would make accepted ones of them.
    """
    from align.formats.write import write_file
    from glossary.cli.share import file_format
    from glossary.formats.losses import Report
    from glossary.formats.registry import FORMATS
    from glossary.formats.registry import export as written

    wanted = FORMATS[file_format(str(output or "-"), "jsonl" if jsonl and not format else format)]
    targets = [options.Destination(output, wanted.name), options.Destination(report, "json")]
    options.protect([], targets, db)
    losses = Report(wanted.name)
    with common.opened(db) as glossary:
        entries = chosen(glossary, wanted, state, context)
        how = settings(glossary, entries, wanted, source_lang, target_lang, output)

        def write(stream: BinaryIO) -> None:
            for chunk in written(entries, wanted, how, losses):
                stream.write(chunk)

        write_file(output or "-", write)
    tell(losses, output, report, common.Place(db, quiet=quiet))


def tell(losses: Report, output: Path | None, file: Path | None, place: common.Place) -> None:
    """Says what was written and what it lacks."""
    from align.formats.write import write_file

    for line in losses.lines():
        place.messages.warn(f"{losses.format}: {line}")
    if file is not None:
        text = f"{common.dumps(losses.to_json())}\n"
        write_file(file, lambda stream: stream.write(text.encode("utf-8")))
    if output is not None:
        place.messages.note(f"Written: {output} ({losses.written} concepts)")


def chosen(glossary: Glossary, format: Format, state: str, context: str) -> list[Entry]:
    """The entries in the states that are asked for, as they hold in a context if one is given."""
    from glossary.formats.toml import shared
    from glossary.review.valid import STATES, one_of
    from glossary.store import exports
    from glossary.store import share as store_share

    states = [one.strip() for one in state.split(",") if one.strip()]
    for one in states:
        one_of(STATES, one, "review state", "--state")
    if format.name in ALL_DECIDED:
        found = [e for e in store_share.shareable(glossary) if not states or e.concept.state in states]
    else:
        found = [shared(entry) for entry in exports.in_states(glossary, states or ["approved"])]
    return list(in_context(found, context)) if context else found


def in_context(entries: Iterable[Entry], context: str) -> Iterable[Entry]:
    """The entries with the terms and statuses that hold for a client, an edition or a field."""
    from glossary.review.layers import parse_scope, resolve

    scope = parse_scope(context)
    for entry in entries:
        terms = tuple(
            replace(layered.term, status=layered.status, scope="")
            for layered in resolve(entry.concept, scope)
        )
        if terms:
            yield replace(entry, concept=replace(entry.concept, terms=terms))


def settings(
    glossary: Glossary,
    entries: Sequence[Entry],
    format: Format,
    source_lang: str,
    target_lang: str,
    output: Path | None,
) -> How:
    """What the writer is told beside the entries."""
    from glossary.formats.carry import How
    from glossary.formats.cells import TABBED
    from glossary.store import exports

    source, target = source_lang, target_lang
    if format.pair:
        source, target = languages(entries, source_lang, target_lang, format.title)

    def evidence(number: str) -> list[Quote]:
        return exports.quotes(glossary, number, source if format.pair else "")

    tool = format.has is not None
    return How(
        source,
        target,
        tabs=str(output or "").lower().endswith(TABBED),
        evidence=evidence,
        attested=exports.attested(glossary) if tool else frozenset(),
        made=exports.made(glossary) if tool else {},
        header=glossary.note(f"po {source} {target}") if format.name == "po" else {},
    )


def languages(entries: Sequence[Entry], source: str, target: str, title: str) -> tuple[str, str]:
    """The two languages of a file of pairs: those given, else the only two. Raises UsageError."""
    there = dict.fromkeys(term.lang for entry in entries for term in entry.concept.terms)
    if source and target:
        return source, target
    others = [lang for lang in there if lang not in (source, target)]
    if len(there) == 2 and len(others) == 2 - bool(source) - bool(target):
        return source or others[0], target or others[-1]
    raise UsageError(
        f"{title} is from one language to another; there are {', '.join(there) or 'none'}",
        hint="Give --source-lang and --target-lang",
    )
