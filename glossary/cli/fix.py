"""``concord fix``: the corrections that need no reading, as a diff; written into the files only when told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli import options
from align.console import Messages
from align.errors import InputError, UsageError
from glossary.cli import asked as ask
from glossary.cli.asked import Asked
from glossary.cli.check import refuse_many
from glossary.configured import Prepared, read_bytes

if TYPE_CHECKING:
    from align.formats.rewrite import Edit
    from align.model import Document
    from glossary.model import Finding

FINDINGS = 1


def register(app: typer.Typer) -> None:
    """Adds the command to the root application."""
    app.command("fix", short_help="Show the safe corrections as a diff, and make them when told.")(fix)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document, its file, and the corrections that it gets."""

    document: Document
    path: Path
    edits: tuple[Edit, ...]


def fix(
    files: ask.Files = None,
    write: Annotated[
        bool, typer.Option("--write", help="Make the corrections in the files themselves.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write the corrected text to FILE; the files stay."
        ),
    ] = None,
    select: ask.Select = None,
    ignore: ask.Ignore = None,
    glossary: ask.GlossaryFile = None,
    dated_list: ask.DatedList = None,
    on: ask.On = "",
    patterns: ask.Patterns = None,
    config: ask.ConfigFile = None,
    langs: ask.Langs = None,
    encoding: options.Encoding = None,
    read_as: options.ReadAs = None,
    segmented: options.Segmented = False,
    force: ask.Force = False,
    db: options.Db = None,
    workers: ask.Workers = None,
    quiet: options.Quiet = False,
) -> None:
    """Shows the corrections that are safe without reading (house wording, house spelling) as a diff.

    With --write they are made in the files, with -o in a copy, in the files' own formats with their formatting.
    Only translations and texts that stand alone are corrected. Exit code 1 where corrections wait.
    """
    asked = Asked(
        tuple(files or ()), ask.parted(select), ask.parted(ignore), config, glossary, dated_list, on, patterns,
        langs, encoding, read_as, segmented, force, db, workers,
    )  # fmt: skip
    refuse_many(asked.files)
    check_options(asked, write, output)
    prepared = ask.prepare(asked)
    corrected = list(corrections(asked, prepared))
    messages = Messages(quiet)
    total = sum(len(one.edits) for one in corrected)
    if not total:
        messages.note("Nothing can be corrected without reading")
        if output is not None:
            copy(asked, output)
        return
    for one in corrected:
        typer.echo(difference(one), nl=False)
    if not write and output is None:
        many = f"{total} corrections" if total > 1 else "1 correction"
        messages.note(f"{many} shown, none made; --write makes them, -o FILE writes a copy")
        raise typer.Exit(FINDINGS)
    aligned = [one for one in corrected if is_alignment(one)]
    for one in corrected:
        if one not in aligned:
            put(one, output or one.path, messages)
    for one in aligned:
        messages.warn(
            f"{one.path}: corrections are not written into alignments; make them in the program that it is from"
        )
    if aligned:
        raise typer.Exit(FINDINGS)


def is_alignment(one: Corrected) -> bool:
    """Whether a text is one side of a file that holds both (TMX, XLIFF …)."""
    from align.formats import read
    from align.formats.bitext.registry import READ

    return one.document.format in READ and one.document.format not in read.FORMATS


def check_options(asked: Asked, write: bool, output: Path | None) -> None:
    """Raises UsageError where the options do not fit together."""
    if write and output is not None:
        raise UsageError("--write and -o exclude each other", hint="Give one of them")
    if output is not None and not asked.files:
        raise UsageError("-o is for the files given", where="-o", hint="Use --write for a project's files")
    if write and "-" in asked.files[-1:]:
        raise UsageError("standard input cannot be written to", where="--write", hint="Give -o FILE")
    if output is not None:
        options.protect(asked.files, [options.Destination(output, "")], asked.db)


def corrections(asked: Asked, prepared: Prepared) -> Iterator[Corrected]:
    """The documents that can be corrected, with their edits. Those of originals are left alone."""
    from align.formats.rewrite import Edit

    found, texts = ask.check(asked, prepared)
    quiet = ask.dismissed(asked)
    by_document: dict[str, list[Finding]] = {}
    for one in found.findings:
        if one.replacement is not None and one.fingerprint not in quiet:
            by_document.setdefault(one.spot.document, []).append(one)
    for looked in found.documents:
        if looked.role == "original" or looked.name not in by_document:
            continue
        edits = apart(Edit(f.spot.start, f.spot.end, f.replacement or "") for f in by_document[looked.name])
        if texts is not None:
            document = next(d for d in texts.documents if d.name == looked.name)
            yield Corrected(document, Path(looked.path), edits)
        else:
            yield stored(asked, looked.name, edits)


def apart(edits: Iterator[Edit]) -> tuple[Edit, ...]:
    """Edits in order of place; of two that overlap the first."""
    kept: list[Edit] = []
    for edit in sorted(set(edits), key=lambda e: (e.start, e.end, e.replacement)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return tuple(kept)


def stored(asked: Asked, key: str, edits: tuple[Edit, ...]) -> Corrected:
    """A document of the project with its file. Raises InputError where it came from no file."""
    from glossary.checking import StoredSources
    from glossary.cli import common

    with common.opened(asked.db) as glossary:
        document = StoredSources(glossary)[key].document
        path = glossary.store.path.absolute().parent / key
    if "#" in key and not path.exists():  # one side of an alignment: memory.tmx#en
        path = path.with_name(path.name.rpartition("#")[0])
    if not path.is_file():
        raise InputError(
            "its file is not there", where=key, hint="Put it back, or leave it out with --ignore"
        )
    return Corrected(document, path, edits)


def corrected_text(one: Corrected) -> str:
    """The document's text with its edits made."""
    parts, at = [], 0
    for edit in one.edits:
        parts += [one.document.text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*parts, one.document.text[at:]])


def difference(one: Corrected) -> str:
    """A unified diff of the document's text."""
    import difflib

    before, after = one.document.text.splitlines(), corrected_text(one).splitlines()
    lines = difflib.unified_diff(
        before, after, str(one.path), str(one.path), "", "corrected", n=1, lineterm=""
    )
    return "".join(f"{line}\n" for line in lines)


def put(one: Corrected, path: Path, messages: Messages) -> None:
    """Writes the corrected document in its own format, whole or not at all. Raises InputError if it has changed."""
    from align.formats.rewrite import rewrite
    from align.formats.write import write_file

    done = rewrite(read_bytes(one.path), one.document, one.edits)
    for edit, reason in done.refused:
        line = one.document.text.count("\n", 0, edit.start) + 1
        messages.warn(f"{one.document.name}, line {line}: not corrected: {reason}")
    write_file(path, lambda stream: stream.write(done.data))
    count = len(done.applied)
    messages.note(f"Written: {path} ({count} correction{'' if count == 1 else 's'})")


def copy(asked: Asked, output: Path) -> None:
    """Writes the text as it is, where -o asked for it and nothing had to be corrected."""
    from align.formats.write import write_file

    data = read_bytes(Path(asked.files[-1]))
    write_file(output, lambda stream: stream.write(data))
