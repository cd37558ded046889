"""The commands ``concord align``, ``concord text`` and ``concord evaluate``; the root's own options.

Each command gathers its options and hands them to ``align.pipeline``; what it needs beyond is imported inside
it, so that ``--help`` stays fast.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align import __version__
from align.cli import beads as beads_commands
from align.cli import folders as folder_commands
from align.cli import import_, options
from align.cli import project as project_commands
from align.console import Messages

if TYPE_CHECKING:
    from align.model import Document

app = typer.Typer(rich_markup_mode=None)


def print_version(asked: bool) -> None:
    """Prints the version and ends."""
    if asked:
        typer.echo(f"concord {__version__}")
        raise typer.Exit


def root(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an error comes from; may stand anywhere on the line.")
    ] = False,
) -> None:
    """Aligns a translation with its original sentence by sentence, offline, and marks the doubtful places.

    Start with: concord align ORIGINAL TRANSLATION
    """


@app.command("align", short_help="Align a translation with its original.")
def align(
    original: Annotated[
        str,
        typer.Argument(
            metavar="ORIGINAL",
            help="The original; - is standard input. Or a folder, a zip archive or a quoted pattern.",
        ),
    ],
    translation: Annotated[
        str,
        typer.Argument(
            metavar="TRANSLATION",
            help="Its translation; - is standard input. Or as many as there are originals.",
        ),
    ],
    more: Annotated[
        list[str] | None, typer.Argument(metavar="MORE", help="Further translations of it.")
    ] = None,
    langs: Annotated[
        str | None,
        typer.Option("--langs", metavar="CODES", help="The files' languages in their order, e.g. ru,en,de."),
    ] = None,
    source_lang: Annotated[
        str | None, typer.Option("--source-lang", metavar="CODE", help="Language of the original.")
    ] = None,
    target_lang: Annotated[
        str | None, typer.Option("--target-lang", metavar="CODE", help="Language of the translation.")
    ] = None,
    encoding: options.Encoding = None,
    source_encoding: Annotated[
        str | None, typer.Option("--source-encoding", metavar="NAME", help="Encoding of the original.")
    ] = None,
    target_encoding: Annotated[
        str | None, typer.Option("--target-encoding", metavar="NAME", help="Encoding of the translations.")
    ] = None,
    read_as: options.ReadAs = None,
    segmented: options.Segmented = False,
    srx: options.Srx = None,
    model: options.Model = None,
    db: Annotated[
        Path | None,
        typer.Option(
            "--db",
            metavar="FILE",
            help="Keep the result in this project file, made if absent. Default: the concord.db in this "
            "folder or above; without one the result is not kept.",
        ),
    ] = None,
    output: options.Output = None,
    format: options.Format = None,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    only_doubtful: options.OnlyDoubtful = False,
    doubtful_below: options.DoubtfulBelow = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Go on where the texts do not look like translations of each other."),
    ] = False,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Aligns a translation (or several) with its original, sentence by sentence.

    Prints a table, or with -o writes files. The languages and encodings are found where they are not given.
    Beads that a person should look at are marked as doubtful.

    Two folders, zip archives or quoted patterns ("ru/*.docx") are paired up by names that are alike but for a mark of
    the language, and every pair is aligned into the project. Exit code 1 where one of them failed.
    """
    from align import pipeline

    files = [original, translation, *(more or [])]
    targets = options.destinations(output, format, json, jsonl)
    messages = Messages(quiet)
    if folder_commands.looks_so(files):
        wanted = folder_commands.Wanted(
            options.languages(files, langs, source_lang, target_lang),
            (source_encoding or encoding, target_encoding or encoding),
            read_as, segmented, srx, model, doubtful_below, force, options.login_name(author),
        )  # fmt: skip
        folder_commands.align_all(files, wanted, targets, db=db, messages=messages)
        return
    options.protect(files, targets, db)
    given = pipeline.inputs(
        files,
        langs=options.languages(files, langs, source_lang, target_lang),
        encodings=[source_encoding or encoding, *[target_encoding or encoding] * (len(files) - 1)],
        format=read_as,
        segmented=segmented,
        srx=srx,
    )
    project = pipeline.find_project(db)
    with ExitStack() as stack:
        store = stack.enter_context(pipeline.opened(project, create=db is not None)) if project else None
        documents = tuple(pipeline.read_document(one) for one in given)
        with messages.progress() as progress:
            alignments = pipeline.align_versions(
                documents, model=model, doubtful_below=doubtful_below, force=force, progress=progress
            )
        project_commands.publish(
            alignments,
            targets,
            store=store,
            paths=files,
            author=options.login_name(author),
            only_doubtful=only_doubtful,
            messages=messages,
        )


@app.command("text", short_help="Print a file's text as Concord reads it.")
def text(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to read; - is standard input.")],
    lang: Annotated[str | None, typer.Option("--lang", metavar="CODE", help="Its language.")] = None,
    encoding: options.Encoding = None,
    read_as: options.ReadAs = None,
    segmented: options.Segmented = False,
    srx: options.Srx = None,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="text (default), segments (one a line) or json."),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Short for --format json: text, blocks, segments, way back.")
    ] = False,
) -> None:
    """Prints the text of a file as Concord reads it; all offsets count its characters."""
    from align import pipeline
    from align.formats.jsonl import dumps
    from align.formats.write import write_file

    wanted = options.one_of(("text", "segments", "json"), format, "json" if json else None)
    (given,) = pipeline.inputs(
        [file],
        langs=options.languages([file], None, lang, None),
        encodings=[encoding],
        format=read_as,
        segmented=segmented,
        srx=srx,
    )
    document = pipeline.read_document(given)
    if wanted == "text":
        data = document.text
    elif wanted == "segments":
        data = "".join(" ".join(segment.split()) + "\n" for segment in document.texts())
    else:
        data = dumps(as_object(document)) + "\n"
    write_file("-", lambda stream: stream.write(data.encode("utf-8", "surrogatepass")))
    for warning in document.warnings:
        Messages().warn(f"{document.name}: {warning}")


def as_object(document: Document) -> dict[str, object]:
    """A document as the one JSON object that ``concord text --json`` prints; see docs/formats.md."""
    from dataclasses import asdict

    return {
        "name": document.name,
        "format": document.format,
        "lang": document.lang,
        "sha256": document.sha256,
        "metadata": dict(document.metadata),
        "warnings": list(document.warnings),
        "text": document.text,
        "blocks": [asdict(block) for block in document.blocks],
        "segments": [asdict(segment) for segment in document.segments],
        "map": [asdict(piece) for piece in document.pieces],
    }


@app.command("evaluate", short_help="Compare an alignment with one made by hand.")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Beads made by hand.")],
    test: Annotated[Path, typer.Argument(metavar="TEST", help="Beads to judge.")],
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="table (default) or json.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
) -> None:
    """Compares an alignment with a gold one: strict, lax, and the segments without a counterpart.

    Reads JSON Lines and JSON as Concord writes them, vecalign's lines ([0]:[0, 1]), and JSON lists of
    [[source ids], [target ids]].
    """
    from align.evaluating import evaluate_files
    from align.formats.jsonl import dumps

    wanted = options.one_of(("table", "json"), format, "json" if json else None)
    scores, signature = evaluate_files(gold, test)
    measures = {"strict": scores.strict, "lax": scores.lax, "null": scores.null}
    if wanted == "json":
        found = {n: {"P": m.precision, "R": m.recall, "F1": m.f1} for n, m in measures.items()}
        typer.echo(dumps({**found, "signature": signature}))
        return
    typer.echo("        precision  recall      F1")
    for name, m in measures.items():
        typer.echo(f"{name:<8}{m.precision:>9.4f}{m.recall:>8.4f}{m.f1:>8.4f}")
    typer.echo(f"signature: {signature}")


project_commands.register(app)
import_.register(app)
app.add_typer(beads_commands.app, name="beads")
