"""``concord archive match``: which documents of two folders belong together."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from align.cli import options
from align.cli.archive_show import Langs, count_of, span
from align.console import Messages, StatusLine, say, written
from align.errors import UsageError

if TYPE_CHECKING:
    from align.archive.match import Matching

FAILED = 1
FORMATS = ("tsv", "jsonl", "json")
SETTLED = 0.5  # seconds of a step before its rate says anything
SHOWN = 20  # documents that could not be read, by name


def register(app: typer.Typer) -> None:
    """Adds the command to ``concord archive``."""
    app.command("match", short_help="Find which documents of two folders belong together.")(match)


def match(
    originals: Annotated[
        str,
        typer.Argument(
            metavar="ORIGINALS",
            help="A folder, a zip archive, a quoted pattern or a shard of documents (.jsonl).",
        ),
    ],
    translations: Annotated[
        str, typer.Argument(metavar="TRANSLATIONS", help="The same, with the translations.")
    ],
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="STEPS",
            help="content, names, url, or several in their order (names,content): each pairs what is left.",
        ),
    ] = "content",
    pairs: Annotated[
        Path | None,
        typer.Option(
            "--pairs", metavar="FILE", help="Pairs that are known: two columns of paths. They come first."
        ),
    ] = None,
    pattern: Annotated[
        list[str] | None,
        typer.Option(
            "--pattern",
            metavar="'ORIGINAL TRANSLATION'",
            help="How names or addresses belong together, as in 'ru/{key}.html en/{key}.html', or two regular "
            "expressions with named groups. May be given several times; comes before the steps.",
        ),
    ] = None,
    many: Annotated[
        bool,
        typer.Option(
            "--many", help="By content, a document may be in several pairs. Default: in one at most."
        ),
    ] = False,
    min_confidence: Annotated[
        float,
        typer.Option(
            "--min-confidence",
            metavar="X",
            min=0.0,
            max=1.0,
            help="By content, pairs from this probability on (0.9: fewer, and nearly all right).",
        ),
    ] = 0.5,
    langs: Langs = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write the pairs to FILE (.jsonl, .tsv or .json)."
        ),
    ] = None,
    unmatched: Annotated[
        Path | None,
        typer.Option(
            "--unmatched", metavar="FILE", help="Write what has no counterpart to FILE (.jsonl or .tsv)."
        ),
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="tsv (default), jsonl or json.")
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Short for --format json: pairs and all that is left, one object.")
    ] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Short for --format jsonl: one pair a line.")
    ] = False,
    encoding: options.Encoding = None,
    read_as: options.ReadAs = None,
    model: options.Model = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", metavar="N", min=1, help="Processes that read. Default: one for every core."
        ),
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Finds which documents of two folders belong together, and lists those that have no counterpart.

    By what they say, in whatever two languages, unless --by or --pattern asks for something else. Prints the pairs
    with their confidence; `concord archive align` takes the list. Exit code 1 where a document could not be read.
    """
    from align.archive import match as matching
    from align.archive.match_listing import listings
    from align.archive.match_names import pattern_of
    from align.archive.match_neighbours import patience
    from align.archive.pairs import read_pairs
    from align.machine import cores

    messages = Messages(quiet)
    form = _format(output, format, json=json, jsonl=jsonl)
    codes = options.languages((originals, translations), langs, None, None)
    wanted = matching.Wanted(
        matching.steps_of(by),
        read_pairs(pairs) if pairs else (),
        str(pairs or ""),
        tuple(pattern_of(*_two(given)) for given in pattern or ()),
        (codes[0], codes[1]),
        many=many,
        least=min_confidence,
        model=model,
        encoding=encoding,
        read_as=read_as,
        workers=workers or cores(),
    )
    _protect(originals, translations, pairs, output, unmatched)
    source, target = listings(originals, translations, wanted.langs)
    if "content" in wanted.steps:
        notice = patience(len(source.documents), len(target.documents), wanted.workers)
        if notice:
            messages.warn(notice)
    with StatusLine(quiet=quiet, drawn=0.2, said=10.0, first=1.0) as line:
        found = matching.match(source, target, wanted, _View(line))
    _put(found, output, form)
    if unmatched is not None:
        _put_left(found, unmatched)
    for warning in found.warnings:
        messages.warn(warning)
    for each in found.unreadable[:SHOWN]:
        say(f"Error: {each.error}")
    if len(found.unreadable) > SHOWN:
        say(
            f"Error: {len(found.unreadable) - SHOWN:,} more cannot be read; --json and --unmatched name them all"
        )
    messages.note(_summary(found))
    if found.unreadable:
        raise typer.Exit(FAILED)


def _format(output: Path | None, format: str | None, *, json: bool, jsonl: bool) -> str:
    """The format of the pairs. Raises UsageError."""
    if json and jsonl:
        raise UsageError("--json and --jsonl exclude each other", hint="Give one of them")
    short = "json" if json else "jsonl" if jsonl else None
    if format is None and short is None and output is not None and str(output) != "-":
        if output.suffix.lower() == ".json":
            return "json"
        from align.archive.pairs import format_of

        return format_of(output)
    return options.one_of(FORMATS, format, short)


def _two(pattern: str) -> tuple[str, str]:
    """The two halves of a ``--pattern``. Raises UsageError."""
    halves = pattern.split()
    if len(halves) != 2:
        raise UsageError(
            f"{pattern!r} is not one pattern for the originals and one for the translations",
            where="--pattern",
            hint="As in --pattern 'ru/{key}.html en/{key}.html'",
        )
    return halves[0], halves[1]


def _protect(originals: str, translations: str, pairs: Path | None, *outputs: Path | None) -> None:
    """Raises UsageError where a result would take the place of an input, or of the other."""
    given = [path for path in outputs if path is not None and str(path) != "-"]
    kept = [originals, translations, *([str(pairs)] if pairs else [])]
    options.protect(kept, [options.Destination(path, "jsonl") for path in given], None)


class _View:
    """Says how far the reading and comparing is."""

    def __init__(self, line: StatusLine) -> None:
        self._line = line
        self._began = time.monotonic()
        self._what = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if what != self._what:
            self._what, self._began = what, now
        if not self._line.due or now - self._began < SETTLED:
            return
        rate = done / (now - self._began)
        left = span((total - done) / rate)
        self._line.show(f"{done:,} of {total:,} documents {what}, {rate:,.0f} a second, {left} left")


def _put(found: Matching, output: Path | None, form: str) -> None:
    """Prints the pairs or writes them to a file."""
    from align.archive.pairs import write_pairs
    from align.formats.jsonl import dumps

    if form == "json":
        _lines([dumps(_as_object(found))], output)
    else:
        write_pairs(found.pairs, output or "-", format=form)
        _note_written(output)


def _put_left(found: Matching, path: Path) -> None:
    from align.archive.pairs import format_of
    from align.formats.jsonl import dumps
    from align.formats.tsv import escape

    rows = [*_left(found), *({"path": each.path, "error": each.error} for each in found.unreadable)]
    names = ("side", "path", "nearest", "confidence", "error")
    if format_of(path) == "jsonl":
        lines = [dumps(row) for row in rows]
    else:
        cells = (["" if row.get(name) is None else escape(str(row[name])) for name in names] for row in rows)
        lines = ["\t".join(names), *("\t".join(row) for row in cells)]
    _lines(lines, path)


def _lines(lines: list[str], output: Path | None) -> None:
    from align.formats.write import write_file

    data = "".join(f"{line}\n" for line in lines).encode()
    write_file(output or "-", lambda stream: stream.write(data))
    _note_written(output)


def _note_written(output: Path | None) -> None:
    if output is not None and str(output) != "-":
        written.append(str(output))


def _as_object(found: Matching) -> dict[str, Any]:
    """The whole result as JSON."""
    return {
        "pairs": [pair.as_object() for pair in found.pairs],
        "unmatched": _left(found),
        "unreadable": [{"path": each.path, "error": each.error} for each in found.unreadable],
        "warnings": list(found.warnings),
        "signature": found.signature,
    }


def _left(found: Matching) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for each in found.left:
        row: dict[str, Any] = {"side": each.side, "path": each.path}
        if each.nearest:
            row |= {"nearest": each.nearest, "confidence": round(each.confidence or 0.0, 4)}
        rows.append(row)
    return rows


def _summary(found: Matching) -> str:
    """What came of it, in one line."""
    ways = {
        way: sum(1 for pair in found.pairs if pair.how == way) for way in ("list", "name", "url", "content")
    }
    parts = ", ".join(f"{count:,} by {way}" for way, count in ways.items() if count)
    left = [sum(1 for each in found.left if each.side == side) for side in ("source", "target")]
    text = f"{count_of(len(found.pairs))}{f' ({parts})' if parts else ''}; "
    text += f"without a counterpart: {left[0]:,} of the originals, {left[1]:,} of the translations"
    return f"{text}; {len(found.unreadable):,} could not be read" if found.unreadable else text
