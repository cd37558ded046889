"""``concord convert``: one file into another format; an alignment, a glossary, or the text of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal

import typer

from align.cli import import_, options
from align.console import Messages
from align.errors import UsageError

if TYPE_CHECKING:
    from glossary.formats.carry import How
    from glossary.formats.registry import Format

Kind = Literal["alignment", "glossary", "text"]
KINDS: tuple[Kind, ...] = ("alignment", "glossary", "text")
TEXTS = ("text", "segments")


def register(app: typer.Typer) -> None:
    """Adds the command to the root application."""
    app.command("convert", short_help="Turn a file into another format.")(convert)


def convert(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="IN... OUT",
            help="The file to read and the file to write; - is standard input and output. A ladder takes its two "
            "texts after it, Moses a file for each language.",
        ),
    ],
    read_as: Annotated[
        str | None,
        typer.Option("--from", metavar="NAME", help="The format of IN, where its name does not say it."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="NAME", help="The format of OUT, where its name does not say it."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="alignment, glossary or text: what a file is of which both kinds exist (.po .xlsx .json).",
        ),
    ] = None,
    langs: Annotated[
        str | None,
        typer.Option("--langs", metavar="CODES", help="The languages to take, the original's first: ru,en."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Write what the format loses to a file as JSON."),
    ] = None,
    encoding: options.Encoding = None,
    quiet: options.Quiet = False,
) -> None:
    """Turns an alignment or a glossary into another format, or a document into its text.

    What the new format cannot say is listed on standard error. Large alignments are converted unit by unit.
    """
    if len(files) < 2:
        raise UsageError("where to?", where=files[0], hint="Give two files: concord convert IN OUT")
    *given, out = files
    targets = [
        options.Destination(None if out == "-" else Path(out), ""),
        options.Destination(report, "json"),
    ]
    options.protect(given, targets, None)
    asked = Asked(given, out, read_as, to, import_.codes(langs), encoding, Messages(quiet), report)
    wanted = kind_of(asked, kind)
    {"alignment": alignments, "glossary": glossaries, "text": texts}[wanted](asked)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for; ``langs`` are None where all are wanted."""

    files: list[str]
    out: str
    read_as: str | None
    to: str | None
    langs: list[str] | None
    encoding: str | None
    messages: Messages
    report: Path | None

    def tell(self, format: str, lines: Sequence[str], losses: dict[str, Any], written: str) -> None:
        """Says what was written and what it lacks."""
        from align.formats.jsonl import dumps
        from align.formats.write import write_file

        for line in lines:
            self.messages.warn(f"{format}: {line}")
        if self.report is not None:
            write_file(self.report, lambda stream: stream.write(f"{dumps(losses)}\n".encode()))
        if self.out != "-":
            self.messages.note(f"Written: {self.out} ({written})")


# What it is


def kind_of(asked: Asked, kind: str | None) -> Kind:
    """Alignment, glossary or text: as told, else what the formats of both files have in common.

    Where both could be an alignment and a glossary, the beginning of the file says which. Raises UsageError.
    """
    if kind is not None:
        for one in KINDS:
            if kind == one:
                return one
        raise UsageError(f"{kind!r} is no kind", where="--kind", hint=f"Choose from: {', '.join(KINDS)}")
    first = asked.files[0]
    inside = kinds_in(first, asked.read_as)
    if len(asked.files) > 1 and "alignment" not in inside and asked.read_as is None:
        inside = ["alignment"]  # a file for each language
    both = [one for one in inside if one in kinds_out(asked.out, asked.to)]
    if not both:
        raise UsageError(
            f"{' or '.join(inside) or 'what this is'} cannot become {asked.to or asked.out}",
            where=first,
            hint="Name the formats with --from and --to; `concord convert --help`",
        )
    if "glossary" in both and "alignment" in both:
        return "glossary" if looks_like_glossary(first) else "alignment"
    return both[0]


def kinds_in(file: str, format: str | None) -> list[Kind]:
    """What a file to read can be."""
    from align.formats import read
    from align.formats.bitext import registry
    from align.formats.bitext.files import head_of_file
    from glossary.formats.registry import ENDINGS, FORMATS

    found: list[Kind] = []
    if format is not None:
        found += ["alignment"] if format in registry.READ else []
        found += ["glossary"] if format in FORMATS else []
        found += ["text"] if format in read.FORMATS else []
        return found
    ending = registry.ending(file)
    if registry.detect(file, head_of_file(file)) is not None:
        found.append("alignment")
    if ending in ENDINGS or ending in (".csv", ".tbx", ".utf8"):
        found.append("glossary")
    if not found or ending in (".html", ".htm", ".docx", ".md", ".markdown"):
        found.append("text")
    return found


def kinds_out(file: str, format: str | None) -> list[Kind]:
    """What a file to write can be."""
    from align.formats.bitext import registry
    from glossary.formats.registry import ENDINGS, FORMATS

    if format is not None:
        names: list[tuple[Kind, bool]] = [
            ("alignment", format in registry.FORMATS),
            ("glossary", format in FORMATS),
            ("text", format in TEXTS),
        ]
        return [kind for kind, there in names if there]
    ending = registry.ending(file)
    alignment = ending == ".txt" or (
        ending in registry.ENDINGS and ending not in (".sdlxliff", ".mqxliff", ".mxliff")
    )
    ends: list[tuple[Kind, bool]] = [
        ("alignment", alignment),
        ("glossary", ending in ENDINGS or ending == ".csv"),
        ("text", ending == ".txt"),
    ]
    return [kind for kind, there in ends if there]


def looks_like_glossary(file: str) -> bool:
    """Whether a file that could be both begins as Concord's glossaries do."""
    from align.formats.bitext.files import head_of_file
    from align.formats.bitext.registry import ending

    head = head_of_file(file)
    if ending(file) in (".json", ".jsonl", ".ndjson"):
        return b'"terms"' in head and b'"beads"' not in head
    if ending(file) == ".po":
        return b"#. concord {" in head or b"terminology" in head or b"Project-Id-Version: glossary" in head
    return head.lstrip(b"\xef\xbb\xbf").startswith((b"concept\t", b"concept,"))


# Alignments


def alignments(asked: Asked) -> None:
    """One format of alignments into another, unit by unit where both allow it."""
    from align.console import written
    from align.formats.bitext import convert as conversion
    from align.formats.bitext import registry
    from align.formats.bitext.files import opened, shown

    format = asked.to or registry.ENDINGS.get(registry.ending(asked.out), "table")
    if asked.read_as is not None:
        registry.named(asked.read_as)
    with opened(asked.files, format=asked.read_as, langs=asked.langs, encoding=asked.encoding) as (
        found,
        name,
    ):
        losses = conversion.convert(found, name, format, asked.out, shown(asked.files[0]), kept=asked.files)
    if asked.out != "-":
        written.append(asked.out)
    asked.tell(losses.format, losses.lines(), losses.to_json(), f"{losses.written:,} units")


# Glossaries


def glossaries(asked: Asked) -> None:
    """One format of glossaries into another, with the report of what is lost."""
    from align.formats.write import write_file
    from glossary.cli.share import read_entries
    from glossary.configured import read_file
    from glossary.formats.losses import Report
    from glossary.formats.registry import export, for_file, named

    if len(asked.files) > 1:
        raise UsageError("a glossary is one file", where=asked.files[1], hint="Give one file and where to")
    (file,) = asked.files
    wanted = for_file(asked.out) if asked.to is None else named(asked.to, asked.out)
    source, target = (*(asked.langs or ()), "", "")[:2]
    name = "standard input" if file == "-" else file
    entries, header = read_entries(
        read_file(file), name, asked.read_as, source, target, asked.encoding, asked.messages
    )
    how = how_to_write(entries, wanted, source, target, asked.out, header)
    losses = Report(wanted.name)

    def produce(stream: BinaryIO) -> None:
        for chunk in export(entries, wanted, how, losses):
            stream.write(chunk)

    write_file(asked.out, produce)
    asked.tell(wanted.name, losses.lines(), losses.to_json(), f"{losses.written:,} concepts")


def how_to_write(
    entries: Sequence[Any], wanted: Format, source: str, target: str, out: str, header: Any
) -> How:
    """What the writer is told beside the entries. Raises UsageError where two languages have to be named."""
    from glossary.cli.export import languages
    from glossary.formats.carry import How
    from glossary.formats.cells import TABBED

    if wanted.pair:
        try:
            source, target = languages(entries, source, target, wanted.title)
        except UsageError as error:
            raise UsageError(error.what, where=error.where, hint="Name them: --langs en,ru") from error
    return How(
        source,
        target,
        tabs=out.lower().endswith(TABBED),
        header=header[1] if header and wanted.name == "po" else {},
    )


# Texts


def texts(asked: Asked) -> None:
    """The text of a document as Concord reads it."""
    from align import pipeline
    from align.formats.write import write_file

    if len(asked.files) > 1:
        raise UsageError("a text is one file", where=asked.files[1], hint="Give one file and where to")
    lang = asked.langs[0] if asked.langs else None
    (given,) = pipeline.inputs(asked.files, langs=[lang], encodings=[asked.encoding], format=asked.read_as)
    document = pipeline.read_document(given)
    if asked.to == "segments":
        text = "".join(" ".join(segment.split()) + "\n" for segment in document.texts())
    else:
        text = document.text
    write_file(asked.out, lambda stream: stream.write(text.encode("utf-8", "surrogatepass")))
    warnings = [str(warning) for warning in document.warnings]
    losses = {"format": "text", "losses": [], "warnings": warnings}
    asked.tell(document.name, warnings, losses, f"{len(document.segments):,} sentences")
