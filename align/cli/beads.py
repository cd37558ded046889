"""``concord beads``: what people decide about beads, each decision an event that can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from align.cli import options
from align.cli.project import print_out
from align.console import Messages
from align.errors import UsageError

if TYPE_CHECKING:
    from align.anchor import StaleBead
    from align.edit import Action, EditRequest
    from align.model import Alignment
    from align.store import Event, Store

app = typer.Typer(
    help="Review the beads of an alignment in the project.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Number = Annotated[
    int | None,
    typer.Option(
        "--alignment",
        metavar="N",
        help="Which alignment, by its number in `concord status`. Default: the only one.",
    ),
]
Beads = Annotated[list[str], typer.Argument(metavar="BEAD...", help="Bead numbers and ranges: 3 7-9.")]
Bead = Annotated[int, typer.Argument(metavar="BEAD", help="The number of the bead.")]


class Side(StrEnum):
    """A side of a bead."""

    source = "source"
    target = "target"


class Direction(StrEnum):
    """Where a segment moves."""

    up = "up"
    down = "down"


@app.command("list", short_help="Print the beads with their numbers.")
def list_beads(
    alignment: Number = None,
    db: options.Db = None,
    format: options.Format = None,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    only_doubtful: options.OnlyDoubtful = False,
) -> None:
    """Prints the beads with their numbers, which the other commands take."""
    targets = options.destinations(None, format, json, jsonl)
    with project(db) as store:
        found = store.load_alignment(alignment)
    print_out(targets, [found], only_doubtful)


@app.command(short_help="Make one bead of neighbours.")
def merge(
    beads: Beads,
    alignment: Number = None,
    db: options.Db = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Makes one bead of neighbours: concord beads merge 3 4."""
    numbers = [number for pair in ranges(beads) for number in pair]
    change(Place(db, alignment, author, quiet), [asked("merge", first=min(numbers), last=max(numbers))])


@app.command(short_help="Cut a bead in two.")
def split(
    bead: Bead,
    source: Annotated[int, typer.Option("--source", metavar="N", help="So many source segments go first.")],
    target: Annotated[int, typer.Option("--target", metavar="N", help="So many target segments go first.")],
    alignment: Number = None,
    db: options.Db = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Cuts a bead in two: concord beads split 5 --source 1 --target 2."""
    request = asked("split", first=bead, source_at=source, target_at=target)
    change(Place(db, alignment, author, quiet), [request])


@app.command(short_help="Move a segment to the next bead.")
def move(
    bead: Bead,
    side: Annotated[Side, typer.Argument(metavar="source|target", help="The side of the segment.")],
    direction: Annotated[Direction, typer.Argument(metavar="up|down", help="To the bead above or below.")],
    alignment: Number = None,
    db: options.Db = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Hands the first (up) or last (down) segment of one side over: concord beads move 5 target up."""
    request = asked("move", first=bead, side=side.value, direction=direction.value)
    change(Place(db, alignment, author, quiet), [request])


@app.command(short_help="Approve beads as they stand.")
def confirm(
    beads: Beads,
    alignment: Number = None,
    db: options.Db = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Approves beads as they stand; a new alignment of a changed text keeps them."""
    requests = [asked("confirm", first=first, last=last) for first, last in ranges(beads)]
    change(Place(db, alignment, author, quiet), requests)


@app.command(short_help="Withdraw decisions.")
def unconfirm(
    beads: Beads,
    alignment: Number = None,
    db: options.Db = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Withdraws decisions: the beads are proposals again, and doubtful."""
    requests = [asked("unconfirm", first=first, last=last) for first, last in ranges(beads)]
    change(Place(db, alignment, author, quiet), requests)


@app.command(short_help="Let stale decisions go.")
def discard(
    beads: Annotated[
        list[str] | None, typer.Argument(metavar="[BEAD]...", help="Stale beads: numbers and ranges.")
    ] = None,
    decision: Annotated[
        int | None,
        typer.Option("--decision", metavar="N", help="One stale decision, by its number in `stale`."),
    ] = None,
    alignment: Number = None,
    db: options.Db = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Lets stale decisions go: what took their place is an ordinary proposal."""
    place = Place(db, alignment, author, quiet)
    if (decision is None) == (not beads):
        raise UsageError("name beads, or one decision", hint="`concord beads stale` lists both")
    if decision is None:
        change(place, [asked("discard", first=first, last=last) for first, last in ranges(beads or [])])
        return
    with project(db) as store:
        event = store.discard_stale(alignment, decision, place.who)
    place.messages.note(described(event))


@app.command(short_help="Take the last change back.")
def undo(
    realignment: Annotated[
        bool,
        typer.Option("--realignment", help="Even if the last change is a new alignment of changed texts."),
    ] = False,
    alignment: Number = None,
    db: options.Db = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Takes the last change back; again and again down to the first."""
    place = Place(db, alignment, author, quiet)
    with project(db) as store:
        event = store.undo(alignment, place.who, realignment=realignment)
        place.messages.note(described(event, taken_back(store, event)))


@app.command(short_help="Do again what was undone.")
def redo(
    alignment: Number = None,
    db: options.Db = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Does again what was undone last."""
    place = Place(db, alignment, author, quiet)
    with project(db) as store:
        event = store.redo(alignment, place.who)
        place.messages.note(described(event, taken_back(store, event)))


@app.command(short_help="Print who changed what and when.")
def history(
    alignment: Number = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Only the last N events.")
    ] = None,
    db: options.Db = None,
    format: options.StatusFormat = None,
    json: options.ShortJson = False,
) -> None:
    """Prints who changed what and when, the oldest first."""
    wanted = options.one_of(("text", "json"), format, "json" if json else None)
    with project(db) as store:
        events = store.events(store.resolve(alignment), limit=limit)
    if wanted == "json":
        typer.echo(dumps([{**asdict(event), "payload": dict(event.payload)} for event in events]))
        return
    for event in events:
        mark = "  (undone)" if event.undone else ""
        typer.echo(
            f"{event.id:>4}  {event.at[:16].replace('T', ' ')}  {event.author}: {described(event)}{mark}"
        )


@app.command(short_help="Print decisions whose texts changed.")
def stale(
    alignment: Number = None,
    db: options.Db = None,
    format: options.StatusFormat = None,
    json: options.ShortJson = False,
) -> None:
    """Prints the decisions whose texts have changed since, with the old and the new text."""
    from align.anchor import places

    wanted = options.one_of(("text", "json"), format, "json" if json else None)
    with project(db) as store, store.snapshot():
        found, records = store.load_alignment(alignment), store.stale(alignment)
    at = [None if position is None else position + 1 for position in places(found.beads, records)]
    entries = [stale_entry(found, record, bead) for record, bead in zip(records, at, strict=True)]
    if wanted == "json":
        typer.echo(dumps(entries))
        return
    for entry in entries:
        for line in stale_lines(entry):
            typer.echo(line)
    if entries:
        Messages().note("Confirm such a bead as it is now, correct it, or let the decision go with `discard`")
    else:
        Messages().note("No decision is stale")


# How they do it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change is made, by whom, and who hears of it."""

    db: Path | None
    alignment: int | None
    author: str | None
    quiet: bool

    @property
    def who(self) -> str:
        """The author of the event."""
        return options.login_name(self.author)

    @property
    def messages(self) -> Messages:
        """Where the command reports."""
        return Messages(self.quiet)


@contextmanager
def project(db: Path | None) -> Iterator[Store]:
    """The open project file."""
    from align import pipeline

    with pipeline.opened(pipeline.existing_project(db)) as store:
        yield store


def asked(action: Action, **what: int | str) -> EditRequest:
    """An edit as a person asks for it."""
    from align.edit import EditRequest

    return EditRequest(action, **what)  # type: ignore[arg-type]  # the names are checked by the commands above


def change(place: Place, requests: Sequence[EditRequest]) -> None:
    """Makes all changes, or none if one of them cannot be made."""
    with project(place.db) as store, store.transaction():
        events = [store.edit(place.alignment, request, place.who) for request in requests]
    made = [event for event in events if event is not None]
    for event in made:
        place.messages.note(described(event))
    if not made:
        place.messages.note("The beads are so already; nothing was changed")


def ranges(beads: Sequence[str]) -> list[tuple[int, int]]:
    """First and last bead of each argument: "3" or "7-9". Raises UsageError."""
    found = []
    for argument in beads:
        match = re.fullmatch(r"([0-9]{1,9})(?:-([0-9]{1,9}))?", argument)
        if match is None:
            raise UsageError(f"{argument!r} is no bead number", hint="Give numbers and ranges, as 3 7-9")
        first, last = int(match[1]), int(match[2] or match[1])
        found.append((min(first, last), max(first, last)))
    return found


def described(event: Event, of: Event | None = None) -> str:
    """An event in words: "merge, beads 3 to 4"."""
    payload = event.payload
    words = [event.action]
    first, last = payload.get("first"), payload.get("last")
    if first is not None:
        words.append(f"bead {first}" if last in (None, first) else f"beads {first} to {last}")
    if "source_at" in payload:
        words.append(f"after {payload['source_at']} source and {payload['target_at']} target segments")
    if "side" in payload:
        words.append(f"{payload['side']} segment {payload['direction']}")
    if "stale" in payload and event.action == "discard":
        words.append(f"stale decision {payload['stale']}")
    if event.action == "align":
        words.append(f"{payload['beads']} beads")
    if event.action == "realign":
        words.append(f"{payload['unchanged']} beads as before, {payload['changed']} new")
    if event.of is not None:
        words.append(f"event {event.of}" if of is None else f"event {event.of} ({described(of)})")
    return ", ".join(words)


def taken_back(store: Store, event: Event) -> Event | None:
    """The event that an undo or redo is about."""
    return next((e for e in store.events(event.alignment) if e.id == event.of), None)


def stale_entry(alignment: Alignment, record: StaleBead, bead: int | None) -> dict[str, object]:
    """A stale decision as an object."""
    return {
        "decision": record.id,
        "bead": bead,
        "state": record.bead.state,
        "author": record.author,
        "at": record.at,
        "source_before": list(record.source_texts),
        "target_before": list(record.target_texts),
        "source_now": [alignment.source.segment_text(i) for i in record.source_near],
        "target_now": [alignment.target.segment_text(i) for i in record.target_near],
    }


def stale_lines(entry: Mapping[str, Any]) -> list[str]:
    """A stale decision for people."""
    place = "no bead is there now" if entry["bead"] is None else f"bead {entry['bead']}"
    lines = [
        f"Decision {entry['decision']}, {place}; {entry['state']} by {entry['author']} on {entry['at'][:10]}"
    ]
    for when in ("before", "now"):
        for side in ("source", "target"):
            texts = " ".join(plain(text) for text in entry[f"{side}_{when}"])
            lines.append(f"  {side} {when}: {texts or '∅'}")
    return lines


def plain(text: str) -> str:
    """A text that is safe to print in a terminal."""
    from align.formats.display import plain as shown

    return shown(text)


def dumps(value: object) -> str:
    """JSON as Concord prints it."""
    from align.formats.jsonl import dumps as jsonl_dumps

    return jsonl_dumps(value)
