"""What the commands of ``concord terms`` share: options, the open glossary, lists of concepts, reports."""

from __future__ import annotations

import json as jsons
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from align.cli import options
from align.console import Messages
from align.errors import UsageError

if TYPE_CHECKING:
    from glossary.review.actions import Action
    from glossary.store import Event, Glossary

Concepts = Annotated[
    list[str],
    typer.Argument(
        metavar="CONCEPT...",
        help="Ids, their beginnings, or terms; - reads them from standard input, one a line or as JSON Lines.",
    ),
]
Concept = Annotated[
    str, typer.Argument(metavar="CONCEPT", help="Its id, the beginning of it, or one of its terms.")
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the history.")]
Lang = Annotated[str, typer.Option("--lang", metavar="CODE", help="The term's language.")]
Scope = Annotated[
    str,
    typer.Option(
        "--scope", metavar="SCOPE", help="Decide for client=…, edition=…, field=… only (parts in any number)."
    ),
]
Context = Annotated[
    str,
    typer.Option("--context", metavar="SCOPE", help="Show what holds for this client=…, edition=…, field=…."),
]
Expect = Annotated[
    int | None,
    typer.Option(
        "--expect",
        metavar="N",
        help="Only if the concept is still at version N, as `show` and `list --json` print it.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="Short for --format jsonl: one object a line.")]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is decided, by whom, and who hears of it."""

    db: Path | None
    author: str | None = None
    quiet: bool = False
    json: bool = False

    @property
    def who(self) -> str:
        """The author of the event."""
        return options.login_name(self.author)

    @property
    def messages(self) -> Messages:
        """Where the command reports."""
        return Messages(self.quiet)


@contextmanager
def opened(db: Path | None) -> Iterator[Glossary]:
    """The glossary of the project given or found. Raises StoreError where there is none."""
    from align import pipeline
    from glossary.store import Glossary

    with pipeline.opened(pipeline.existing_project(db)) as store:
        yield Glossary(store)


def format_of(allowed: Sequence[str], format: str | None, *, json: bool = False, jsonl: bool = False) -> str:
    """The format chosen by --format or its short forms, else the first. Raises UsageError."""
    if json and jsonl:
        raise UsageError("--json and --jsonl exclude each other", hint="Give one of them")
    return options.one_of(allowed, format, "json" if json else "jsonl" if jsonl else None)


def dumps(value: object) -> str:
    """JSON on one line, readable in any script."""
    return jsons.dumps(value, ensure_ascii=False)


def languages(files: Sequence[str], langs: str | None) -> tuple[str | None, ...]:
    """The languages of one or two files; one file may be an alignment with two. Raises UsageError otherwise."""
    if len(files) == 1 and langs is not None and langs.count(",") == 1:
        files = [*files, *files]
    return options.languages(files, langs, None, None) if 0 < len(files) < 3 else ()


# Which concepts


def from_stdin(arguments: Sequence[str]) -> list[str]:
    """The arguments, with the lines of standard input in the place of "-". Raises UsageError for an empty list."""
    found: list[str] = []
    for argument in arguments:
        found += list(stdin_lines()) if argument == "-" else [argument]
    if not found:
        raise UsageError("no concept was named", hint="Name one, or write one a line to standard input")
    return found


def stdin_lines() -> Iterator[str]:
    """The lines of standard input that are not empty. Raises UsageError where they are not UTF-8."""
    if sys.stdin is None:
        return
    try:
        for line in sys.stdin.buffer.read().decode("utf-8-sig").split("\n"):
            if line.strip():
                yield line.strip("\r\n")
    except UnicodeDecodeError as error:
        raise UsageError("it is not UTF-8", where="standard input", hint="Convert it") from error


def name_in(line: str) -> str:
    """The concept that a line names: the field "id" of an object, else what stands before a tab."""
    if not line.lstrip().startswith("{"):
        return line.split("\t")[0].strip()
    try:
        return str(jsons.loads(line)["id"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(
            f"{line[:60]!r} is no object with an “id”", where="standard input", hint="Give ids, or JSON Lines"
        ) from None


def resolved(glossary: Glossary, arguments: Sequence[str]) -> tuple[str, ...]:
    """The ids of the concepts that are named, each once."""
    names = [name_in(line) for line in from_stdin(arguments)]
    return tuple(dict.fromkeys(glossary.resolve(name) for name in names))


def expecting(ids: Sequence[str], expect: int | None) -> Mapping[str, int]:
    """The versions that have been seen. Raises UsageError where one version is given for several."""
    if expect is None:
        return {}
    if len(ids) > 1:
        raise UsageError("--expect is about one concept", hint="Name one, or leave --expect out")
    return {ids[0]: expect}


# What was done


def decide(
    glossary: Glossary,
    place: Place,
    actions: Iterable[Action],
    *,
    reason: str = "",
    expected: Mapping[str, int] | None = None,
) -> list[Event]:
    """Does all, or nothing if one of them cannot be done, and says what was done."""
    with glossary.store.transaction():
        events = []
        for action in actions:
            event = glossary.perform(action, author=place.who, reason=reason, expected=expected or {})
            if event is not None:
                events.append(event)
                expected = None
    said(glossary, place, events)
    return events


def said(glossary: Glossary, place: Place, events: Sequence[Event]) -> None:
    """Reports events: a line each on stderr, or objects on stdout."""
    if place.json:
        typer.echo(dumps([event_object(event) for event in events]))
    for event in events:
        place.messages.note(in_words(glossary, event))
        for line in overruled(glossary, event):
            place.messages.note(line)
    if not events:
        place.messages.note("It is so already; nothing was changed")


def event_object(event: Event) -> dict[str, Any]:
    """An event as JSON."""
    return {
        "id": event.id,
        "at": event.at,
        "author": event.author,
        "action": event.action,
        "reason": event.reason,
        "concepts": list(event.concepts),
        "payload": dict(event.payload),
        "of": event.of,
        "undone": event.undone,
    }


def in_words(glossary: Glossary, event: Event) -> str:
    """An event in a line: "accept: мельница (k3f9a2xq)"."""
    shown = list(event.concepts[:3])
    names = []
    for number in shown:
        with_label = event.labels.get(number) or current_label(glossary, number)
        names.append(f"{with_label} ({number})" if with_label else number)
    more = f" and {len(event.concepts) - 3} more" if len(event.concepts) > 3 else ""
    what = event.action
    if event.of is not None:
        what = f"{event.action} of event {event.of}"
    return f"{what}: {', '.join(names)}{more}{detail(event)}"


def detail(event: Event) -> str:
    """What a decision is about beyond its concepts: a term, a link."""
    payload = event.payload
    term, link = payload.get("term"), payload.get("link")
    parts = []
    if isinstance(term, Mapping):
        parts += [str(term.get("text", "")), str(term.get("scope", ""))]
    if isinstance(link, Mapping):
        parts += [str(link.get("type", "")), str(link.get("target", ""))]
    if isinstance(payload.get("status"), str):
        parts.append(payload["status"])
    found = ", ".join(filter(None, parts))
    return f": {found}" if found else ""


def current_label(glossary: Glossary, number: str) -> str:
    """How the concept is called now, "" if it has gone."""
    from glossary.review.valid import label

    entry = glossary.state().get(number)
    return label(entry.concept) if entry is not None else ""


def overruled(glossary: Glossary, event: Event) -> list[str]:
    """Lines that say whose decisions an event has replaced, so that nobody overrules another unknowingly."""
    from glossary.store.events import said as in_the_past

    if event.of is not None or event.action == "comment":
        return []
    lines = []
    for number in event.concepts[:20]:
        before = [e for e in glossary.history(number, limit=4) if e.id < event.id and e.of is None]
        if before and before[-1].author != event.author and before[-1].action != "comment":
            lines.append(f"Note: {number} had been {in_the_past(before[-1])}")
    return lines
