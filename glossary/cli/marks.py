"""``concord annotations``: legal marks of one text, of an original and its translation, or of a whole project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from align.cli import options
from align.console import Messages
from align.errors import UsageError
from glossary.cli import common
from glossary.configured import read_listed, read_own

if TYPE_CHECKING:
    from datetime import date

    from align.model import Document
    from glossary.annotations import Pattern
    from glossary.dated import Listed, Mention
    from glossary.model import Annotation, LedgerEntry
    from glossary.pipeline import Texts

COLUMNS = ("document", "start", "end", "text", "concepts", "status", "jurisdiction", "form", "position")
LEDGER = ("verdict", "names", "original", "translation", "differs")


def register(app: typer.Typer) -> None:
    """Adds the command to the root application."""
    app.command("annotations", short_help="Find legal marks, and compare them with the original's.")(
        find_and_print
    )


def find_and_print(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE [FILE]]",
            help="One text, or an original and its translation; - is standard input. None: the project.",
        ),
    ] = None,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="What became of each mark: kept, dropped, added, moved, changed.")
    ] = False,
    clean: Annotated[
        bool, typer.Option("--clean", help="The texts without their marks; jsonl adds the way back.")
    ] = False,
    listed: Annotated[
        Path | None,
        typer.Option(
            "--list", metavar="FILE", help="Your own dated list (CSV, JSON): which names fall under it."
        ),
    ] = None,
    on: Annotated[
        str,
        typer.Option(
            "--date", metavar="DATE", help="With --list: the article's date; default: the text's own."
        ),
    ] = "",
    patterns: Annotated[
        Path | None, typer.Option("--patterns", metavar="FILE", help="Your own wordings (TOML).")
    ] = None,
    langs: Annotated[
        str | None, typer.Option("--langs", metavar="CODES", help="The files' languages, e.g. ru,en.")
    ] = None,
    encoding: options.Encoding = None,
    read_as: options.ReadAs = None,
    segmented: options.Segmented = False,
    force: Annotated[
        bool, typer.Option("--force", help="Go on where two texts do not look like translations.")
    ] = False,
    db: options.Db = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="table (default), jsonl or json.")
    ] = None,
    json: common.Json = False,
    jsonl: common.Jsonl = False,
) -> None:
    """Finds marks such as «запрещена в РФ» and "banned in Russia", with the names that they apply to.

    It says what a text says, and where a translation says otherwise; it says nothing about anybody's legal status.
    """
    from glossary import pipeline

    wanted = common.format_of(("table", "jsonl", "json"), format, json=json, jsonl=jsonl)
    if sum((ledger, clean, listed is not None)) > 1:
        raise UsageError("--ledger, --clean and --list exclude each other", hint="Give one of them")
    own, names = read_own(patterns), read_listed(listed)
    given = files or []
    texts = pipeline.texts(
        given,
        langs=common.languages(given, langs),
        encoding=encoding,
        format=read_as,
        segmented=segmented,
        db=db,
        force=force,
    )
    if listed is not None:
        print_listed(texts, names, on, wanted)
        return
    found = [Marked(document, marks_of(document, own, bool(files))) for document in texts.documents]
    if clean:
        print_clean(found, wanted)
    elif ledger:
        print_ledger(texts, found, wanted)
    else:
        print_marks(found, wanted)


@dataclass(frozen=True, slots=True)
class Marked:
    """A document and its marks."""

    document: Document
    marks: list[Annotation]


def marks_of(document: Document, patterns: Sequence[Pattern], asked_for: bool) -> list[Annotation]:
    """A document's marks, with warnings for signs that no footnote explains.

    Raises UsageError for a language without a grammar; in a project such a document is passed over with a warning.
    """
    from glossary.annotations import find_annotations, find_orphans

    try:
        found = find_annotations(document.text, document.lang, patterns)
    except UsageError as error:
        if asked_for:
            raise UsageError(error.what, where=document.name, hint=f"{error.hint}; see --langs") from error
        Messages().warn(f"{document.name}: {error.what}; it was passed over")
        return []
    for start, end in find_orphans(document.text, found):
        line = document.text.count("\n", 0, start) + 1
        Messages().warn(
            f"{document.name}, line {line}: no footnote explains the sign {document.text[start:end]}"
        )
    return found


# Printing


def mark_object(document: str, mark: Annotation) -> dict[str, Any]:
    """A mark as JSON: status and jurisdiction are a text, a list where there are several, null where none is."""
    found: dict[str, Any] = {
        "document": document,
        "start": mark.start,
        "end": mark.end,
        "text": mark.text,
        "lang": mark.lang,
        "concepts": [name.text for name in mark.concepts],
        "concept_spans": [[name.start, name.end] for name in mark.concepts],
        "status": one_or_list(mark.status),
        "jurisdiction": one_or_list(mark.jurisdiction),
        "form": mark.form,
        "position": mark.position,
    }
    for name in ("acronym", "owner"):
        if (value := getattr(mark, name)) is not None:
            found[name] = value.text
    if mark.marker:
        found["marker"] = mark.marker
    if mark.agreement is not None and not mark.agreement.ok:
        found["agreement"] = {"found": mark.agreement.found, "expected": mark.agreement.expected}
    if mark.flags:
        found["flags"] = list(mark.flags)
    return found


def one_or_list(values: Sequence[str]) -> str | list[str] | None:
    """The only value, several as a list, None for none."""
    return None if not values else values[0] if len(values) == 1 else list(values)


def print_objects(objects: Sequence[dict[str, Any]], format: str) -> None:
    """JSON Lines, or one array."""
    if format == "json":
        typer.echo(common.dumps(list(objects)))
    else:
        typer.echo("".join(common.dumps(value) + "\n" for value in objects), nl=False)


def print_marks(found: Sequence[Marked], format: str) -> None:
    """All marks, in order of the documents."""
    objects = [mark_object(one.document.name, mark) for one in found for mark in one.marks]
    if format != "table":
        print_objects(objects, format)
    elif objects:
        print_table(COLUMNS, ([cell(value[name]) for name in COLUMNS] for value in objects))
    else:
        Messages().note("No marks were found")


def cell(value: object) -> str:
    """A value in a table."""
    if value is None:
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def print_table(columns: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    """A table; in a terminal as wide as it is."""
    from glossary.cli.view import plain_table

    typer.echo(plain_table(columns, rows))


def print_clean(found: Sequence[Marked], format: str) -> None:
    """The texts without their marks. Raises UsageError for several as plain text."""
    from glossary.annotations import clean_text

    cleaned = [(one.document, clean_text(one.document.text, one.marks)) for one in found]
    if format != "table":
        print_objects(
            [
                {
                    "document": document.name,
                    "text": clean.text,
                    "pieces": [list(piece) for piece in clean.pieces],
                }
                for document, clean in cleaned
            ],
            format,
        )
        return
    if len(cleaned) != 1:
        raise UsageError(
            "several texts cannot be one", where="--clean", hint="Give one text, or --format jsonl"
        )
    from align.formats.write import write_file

    data = cleaned[0][1].text.encode("utf-8", "surrogatepass")
    write_file("-", lambda stream: stream.write(data))


def print_ledger(texts: Texts, found: Sequence[Marked], format: str) -> None:
    """What became of the marks in each translation. Raises UsageError for one text."""
    from glossary.annotations import ledger

    if not texts.alignments:
        raise UsageError(
            "a ledger compares an original with its translation", where="--ledger", hint="Give two files"
        )
    by_name = {one.document.name: one.marks for one in found}
    objects: list[dict[str, Any]] = []
    rows: list[list[str]] = []
    for alignment in texts.alignments:
        source, target = by_name[alignment.source.name], by_name[alignment.target.name]
        for entry in ledger(source, target, alignment):
            objects.append(entry_object(entry, alignment.source.name, source, alignment.target.name, target))
            rows.append(
                [
                    entry.verdict,
                    ", ".join(entry.names),
                    "–" if entry.source is None else source[entry.source].text,
                    "–" if entry.target is None else target[entry.target].text,
                    ", ".join(entry.differs),
                ]
            )
    if format != "table":
        print_objects(objects, format)
    elif rows:
        print_table(LEDGER, iter(rows))
    else:
        Messages().note("There are no marks in either text")


def entry_object(
    entry: LedgerEntry,
    source: str,
    source_marks: Sequence[Annotation],
    target: str,
    target_marks: Sequence[Annotation],
) -> dict[str, Any]:
    """A line of the ledger as JSON."""
    return {
        "verdict": entry.verdict,
        "names": list(entry.names),
        "differs": list(entry.differs),
        "source": None if entry.source is None else mark_object(source, source_marks[entry.source]),
        "target": None if entry.target is None else mark_object(target, target_marks[entry.target]),
    }


# The newsroom's own list


def print_listed(texts: Texts, names: Sequence[Listed], on: str, format: str) -> None:
    """Which names of the list stand in the texts, and whether their entries were in force at the date."""
    from glossary.dated import find_listed

    objects = []
    for document in texts.documents:
        day = day_of(document, on)
        objects += [
            mention_object(document.name, mention, day) for mention in find_listed(document.text, names, day)
        ]
    if format != "table":
        print_objects(objects, format)
        return
    columns = ("document", "start", "end", "text", "name", "date", "in_force", "source")
    if objects:
        print_table(columns, ([cell(value[name]) for name in columns] for value in objects))
    else:
        Messages().note("No name of the list stands there")


def day_of(document: Document, on: str) -> date:
    """The date asked for, else the one that the text's file gives. Raises UsageError where there is none."""
    from datetime import date

    text = on or document.metadata.get("date", "")[:10]
    try:
        return date.fromisoformat(text)
    except ValueError:
        what = f"{text!r} is no date" if text else "its date is not known"
        raise UsageError(what, where=document.name, hint="Give --date 2024-05-31") from None


def mention_object(document: str, mention: Mention, day: date) -> dict[str, Any]:
    """A mention as JSON."""
    entry = mention.entry
    return {
        "document": document,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "name": entry.name,
        "kind": entry.kind,
        "jurisdiction": entry.jurisdiction,
        "from": entry.since.isoformat() if entry.since else None,
        "to": entry.until.isoformat() if entry.until else None,
        "date": day.isoformat(),
        "in_force": mention.in_force,
        "source": entry.source,
    }
