"""``concord terms import``, ``export`` and ``sync``: glossaries as files, and what two people made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from align.cli import options
from align.errors import UsageError
from glossary.cli import common, export
from glossary.configured import read_file

if TYPE_CHECKING:
    from align.console import Messages
    from glossary.model import Entry
    from glossary.review.sync import Conflict, Outcome, Side
    from glossary.store import Glossary

FINDINGS = 1
"""The exit code where conflicts are left."""

SourceLang = export.SourceLang
TargetLang = export.TargetLang
Ours = Annotated[
    list[str] | None,
    typer.Option("--ours", metavar="CONCEPT", help="In conflict, the project's version holds; all for all."),
]
Theirs = Annotated[
    list[str] | None,
    typer.Option("--theirs", metavar="CONCEPT", help="In conflict, the file's version holds; all for all."),
]


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("import", short_help="Take a glossary in from a file.")(import_terms)
    app.command("export", short_help="Write the decided terms to a file.")(export.export_terms)
    app.command(short_help="Bring the project and a shared file together.")(sync)


def put(stream: BinaryIO, data: str) -> None:
    """Writes a text as UTF-8."""
    stream.write(data.encode("utf-8"))


def file_format(name: str, format: str | None) -> str:
    """The format given, else what a file's name ends in, else toml. Raises UsageError."""
    from glossary.formats import registry

    if format is None and name == "-":
        return "toml"
    return (registry.for_file(name) if format is None else registry.named(format, name)).name


def import_terms(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A glossary of any format; - is standard input.")
    ],
    source_lang: SourceLang = "",
    target_lang: TargetLang = "",
    ours: Ours = None,
    theirs: Theirs = None,
    reason: common.Reason = "",
    db: options.Db = None,
    author: options.Author = None,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="Its format, where name and content do not say it."),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="NAME", help="Of a text file (default: found by looking)."),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print what was done and the conflicts as JSON.")
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Takes a glossary in. What it adds is added; where it says otherwise than the project, both are shown.

    Concepts in conflict stay as they are, and the exit code is 1, until --ours or --theirs says which holds.
    """
    from glossary.review.claims import settle
    from glossary.review.sync import bring_together, by_id
    from glossary.store import share as store_share

    data, name = read_file(file), "standard input" if file == "-" else file
    place = common.Place(db, author, quiet)
    wanted = "toml" if file == "-" and format is None else format
    incoming, note = read_entries(data, name, wanted, source_lang, target_lang, encoding, place.messages)
    with common.opened(db) as glossary, glossary.store.transaction():
        incoming = store_share.known_here(glossary, incoming)
        present = store_share.present_entries(glossary, [entry.concept.id for entry in incoming])
        sides = taking(glossary, ours, theirs)
        outcome = bring_together({}, present, by_id(incoming), sides)
        outcome = settle(outcome, store_share.owners(glossary, outcome.to_us), sides)
        taken = take_over(glossary, place, outcome, name, reason)
        if note:
            glossary.remember(*note)
    report(outcome, taken, place, json, f"{len(incoming)} concepts in {name}")


def read_entries(
    data: bytes,
    name: str,
    format: str | None,
    source_lang: str,
    target_lang: str,
    encoding: str | None = None,
    messages: Messages | None = None,
) -> tuple[list[Entry], tuple[str, Mapping[str, str]] | None]:
    """The entries of a file, and a PO file's header to remember. Without a format it is found by looking."""
    from glossary.formats.carry import How
    from glossary.formats.detect import detect
    from glossary.formats.registry import named

    how = How(source_lang, target_lang, encoding=encoding)
    chosen = detect(data, name, how) if format is None else named(format, name)
    found = chosen.read(data, name=name, how=how)
    for warning in found.warnings if messages else ():
        messages.warn(f"{name}: {warning}")  # type: ignore[union-attr]
    return list(found.entries), found.header


def taking(glossary: Glossary, ours: Sequence[str] | None, theirs: Sequence[str] | None) -> dict[str, Side]:
    """Whose version holds, by id. Raises UsageError where both are to hold."""
    found: dict[str, Side] = {}
    sides: tuple[tuple[Side, Sequence[str] | None], ...] = (("ours", ours), ("theirs", theirs))
    for side, names in sides:
        for name in names or ():
            number = "*" if name == "all" else name if len(name) == 8 else glossary.known(name) or name
            if found.setdefault(number, side) != side:
                raise UsageError(f"{name} cannot be both", where="--ours, --theirs", hint="Say which holds")
    return found


def take_over(glossary: Glossary, place: common.Place, outcome: Outcome, source: str, reason: str) -> int:
    """Puts into the project what it has to take over, as one event; how many concepts that were."""
    from glossary.review.actions import Put
    from glossary.store import share as store_share

    if not outcome.to_us:
        return 0
    claims = {key: entry.concept.id for entry in outcome.to_us for key in entry.keys}
    whole = []
    for entry in outcome.to_us:
        elsewhere = {key for key, number in claims.items() if number != entry.concept.id}
        whole.append(store_share.with_proposed(glossary, entry, elsewhere))
    event = glossary.perform(Put(tuple(whole), source=source), author=place.who, reason=reason)
    return len(event.concepts) if event is not None else 0


def report(outcome: Outcome, taken: int, place: common.Place, json: bool, head: str) -> None:
    """Says what was taken over and what is in conflict; ends with code 1 where something is."""
    left = sorted({conflict.id for conflict in outcome.conflicts})
    if json:
        conflicts = [conflict_object(conflict) for conflict in outcome.conflicts]
        typer.echo(common.dumps({"taken": taken, "conflicts": conflicts}))
    else:
        for conflict in outcome.conflicts:
            typer.echo(
                f"{conflict.id}  {conflict.label}: {conflict.field}: "
                f"here {conflict.ours}, in the file {conflict.theirs}"
            )
    place.messages.note(f"{head}: {taken} taken over")
    if left:
        place.messages.note(
            f"{len(left)} in conflict, left as they are on both sides. Say which holds: "
            f"--ours {left[0]} or --theirs {left[0]}"
        )
        raise typer.Exit(FINDINGS)


def conflict_object(conflict: Conflict) -> dict[str, Any]:
    """A conflict as JSON."""
    return {
        "id": conflict.id,
        "label": conflict.label,
        "field": conflict.field,
        "ours": conflict.ours,
        "theirs": conflict.theirs,
    }


def sync(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The shared file (.toml); made if it is not there.")
    ],
    ours: Ours = None,
    theirs: Theirs = None,
    reason: common.Reason = "",
    db: options.Db = None,
    author: options.Author = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print what was done and the conflicts as JSON.")
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Brings the project and a shared file together, both ways.

    What one side changed since the last time goes to the other. What both changed, each in another way, is shown
    and stays as it is on both sides, and the exit code is 1, until --ours or --theirs says which holds.
    """
    from align.formats.write import write_file
    from glossary.formats import toml
    from glossary.review.claims import settle
    from glossary.review.sync import bring_together, by_id, renumbered
    from glossary.store import share as store_share

    if file_format(str(file), None) != "toml":
        raise UsageError(
            "a shared glossary is a .toml file", where=str(file), hint="Use import and export for others"
        )
    place = common.Place(db, author, quiet)
    with common.opened(db) as glossary, glossary.store.transaction():
        key = glossary.store.key(file, file.name)
        present = by_id(store_share.shareable(glossary))
        agreed = glossary.agreed(key) if file.exists() else {}
        found = toml.read(read_file(str(file)), name=str(file)) if file.exists() else []
        names = glossary.note(f"ids {key}")
        incoming, names = store_share.known_in_sync(glossary, found, names, present, agreed)
        sides = taking(glossary, ours, theirs)
        outcome = bring_together(agreed, present, by_id(incoming), sides)
        outcome = settle(outcome, store_share.owners(glossary, outcome.to_us), sides)
        taken = take_over(glossary, place, outcome, str(file), reason)
        taken += withdraw(glossary, place, outcome, str(file), reason)
        glossary.agree(key, {**only(agreed, outcome), **outcome.agreed})
        glossary.remember(f"ids {key}", names)
        theirs_of = {here: there for there, here in names.items()}
        kept = [*outcome.agreed.values(), *outcome.left_theirs.values()]
        text = toml.write(renumbered(entry, theirs_of) for entry in kept)
        if not file.exists() or file.read_text("utf-8") != text:
            write_file(file, lambda stream: put(stream, text))  # last: if it fails, the project is as it was
    report(outcome, taken, place, json, f"{file}: {len(outcome.to_them)} written")


def only(agreed: Mapping[str, Entry], outcome: Outcome) -> dict[str, Entry]:
    """What was agreed on before about concepts that are in conflict now; it stays the common ground."""
    left = {conflict.id for conflict in outcome.conflicts}
    return {number: entry for number, entry in agreed.items() if number in left}


def withdraw(glossary: Glossary, place: common.Place, outcome: Outcome, source: str, reason: str) -> int:
    """Takes out of the project what the others have taken out of the file."""
    from glossary.review.actions import Put

    there = tuple(number for number in outcome.gone if glossary.state().get(number) is not None)
    if there:
        glossary.perform(Put((), removed=there, source=source), author=place.who, reason=reason)
    return len(there)
