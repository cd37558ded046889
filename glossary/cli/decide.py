"""The commands by which people decide: each decision an event with author, time and reason, undoable without end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli import options
from align.errors import UsageError
from glossary.cli import common

if TYPE_CHECKING:
    from glossary.model import Status
    from glossary.store import Glossary

Terms = Annotated[
    list[str],
    typer.Argument(
        metavar="CONCEPT TERM",
        help="A concept and one of its terms; - reads pairs from standard input, a tab between them.",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(short_help="Approve candidates.")(accept)
    app.command(short_help="Reject candidates; they are not proposed again.")(reject)
    app.command(short_help="Make decided concepts candidates again.")(reopen)
    for status, (name, short) in STATUS_COMMANDS.items():
        app.command(name, short_help=short, help=STATUS_HELP[status])(status_command(status))
    app.command(short_help="Say something about concepts.")(comment)
    app.command(short_help="Print who decided what, when and why.")(history)
    app.command(short_help="Take the last decision back.")(undo)
    app.command(short_help="Do again what was undone.")(redo)


def accept(
    concepts: common.Concepts,
    bare: Annotated[
        bool,
        typer.Option(
            "--bare", help="Leave the terms undecided; else the first in each language is preferred."
        ),
    ] = False,
    reason: common.Reason = "",
    expect: common.Expect = None,
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Approves candidates. In a language without a decided term the first becomes preferred."""
    from glossary.review.actions import Accept

    with common.opened(db) as glossary:
        ids = common.resolved(glossary, concepts)
        expected = common.expecting(ids, expect)
        place = common.Place(db, author, quiet, json)
        common.decide(glossary, place, [Accept(ids, not bare)], reason=reason, expected=expected)


def reject(
    concepts: common.Concepts,
    reason: common.Reason = "",
    expect: common.Expect = None,
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Rejects candidates. A later build does not propose them again, and they say why."""
    from glossary.review.actions import Reject

    with common.opened(db) as glossary:
        ids = common.resolved(glossary, concepts)
        expected = common.expecting(ids, expect)
        place = common.Place(db, author, quiet, json)
        common.decide(glossary, place, [Reject(ids)], reason=reason, expected=expected)


def reopen(
    concepts: common.Concepts,
    reason: common.Reason = "",
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Makes decided concepts candidates again."""
    from glossary.review.actions import Reopen

    with common.opened(db) as glossary:
        action = Reopen(common.resolved(glossary, concepts))
        common.decide(glossary, common.Place(db, author, quiet, json), [action], reason=reason)


STATUS_COMMANDS: dict[Status, tuple[str, str]] = {
    "preferred": ("prefer", "Prefer a term."),
    "admitted": ("admit", "Allow a term beside the preferred one."),
    "deprecated": ("deprecate", "Advise against a term."),
    "superseded": ("supersede", "Mark a term as out of date."),
    "forbidden": ("forbid", "Forbid a term."),
}
STATUS_HELP: dict[Status, str] = {
    "preferred": "Prefers a term; the one preferred before becomes admitted. A candidate becomes approved by it.",
    "admitted": "Allows a term beside the preferred one. A candidate becomes approved by it.",
    "deprecated": "Advises against a term. A candidate becomes approved by it.",
    "superseded": "Marks a term as out of date. A candidate becomes approved by it.",
    "forbidden": "Forbids a term. A candidate becomes approved by it.",
}


def status_command(status: Status) -> Callable[..., None]:
    """The command that gives terms a status."""

    def give_status(
        terms: Terms,
        lang: common.Lang = "",
        scope: common.Scope = "",
        beside: Annotated[
            bool, typer.Option("--beside", help="With prefer: leave other preferred terms preferred.")
        ] = False,
        reason: common.Reason = "",
        expect: common.Expect = None,
        db: options.Db = None,
        author: options.Author = None,
        json: common.Json = False,
        quiet: options.Quiet = False,
    ) -> None:
        from glossary.review.actions import SetStatus, TermRef

        with common.opened(db) as glossary:
            pairs = [(glossary.resolve(c), text) for c, text in concept_and_term(terms)]
            actions = [SetStatus(n, TermRef(text, lang, scope), status, beside) for n, text in pairs]
            expected = common.expecting([n for n, _ in pairs], expect)
            place = common.Place(db, author, quiet, json)
            common.decide(glossary, place, actions, reason=reason, expected=expected)

    return give_status


def concept_and_term(arguments: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of a concept and a term: two arguments, or lines with a tab from standard input."""
    if list(arguments) == ["-"]:
        pairs = [line.split("\t") for line in common.stdin_lines()]
        if not pairs or not all(len(pair) == 2 and all(map(str.strip, pair)) for pair in pairs):
            raise UsageError(
                "a line has to hold a concept, a tab, and a term",
                where="standard input",
                hint="One pair a line",
            )
        return [(concept.strip(), term.strip()) for concept, term in pairs]
    if len(arguments) == 1:  # a term that names its concept, and itself
        return [(arguments[0], arguments[0])]
    if len(arguments) != 2:
        raise UsageError(
            "name a concept and one of its terms", hint="Put words that belong together in quotes"
        )
    return [(arguments[0], arguments[1])]


def comment(
    concepts: common.Concepts,
    text: Annotated[str, typer.Option("--text", "-m", metavar="TEXT", help="What to say.")],
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Says something about concepts; `concord terms show` prints it."""
    from glossary.review.actions import AddComment

    with common.opened(db) as glossary:
        action = AddComment(common.resolved(glossary, concepts), text)
        common.decide(glossary, common.Place(db, author, quiet, json), [action])


def history(
    concept: Annotated[str, typer.Argument(metavar="[CONCEPT]", help="Only about this one.")] = "",
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Only the last N events.")
    ] = None,
    db: options.Db = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="text (default), jsonl or json.")
    ] = None,
    json: common.Json = False,
    jsonl: common.Jsonl = False,
) -> None:
    """Prints who decided what, when and why, the oldest first."""
    wanted = common.format_of(("text", "jsonl", "json"), format, json=json, jsonl=jsonl)
    with common.opened(db) as glossary:
        events = glossary.history(glossary.resolve(concept) if concept else None, limit=limit)
        words = [common.in_words(glossary, event) for event in events] if wanted == "text" else []
    if wanted == "json":
        typer.echo(common.dumps([common.event_object(event) for event in events]))
    elif wanted == "jsonl":
        typer.echo("".join(common.dumps(common.event_object(e)) + "\n" for e in events), nl=False)
    for event, line in zip(events, words, strict=False):
        why = f" – {event.reason}" if event.reason else ""
        mark = "  (undone)" if event.undone else ""
        typer.echo(f"{event.id:>4}  {event.at[:16].replace('T', ' ')}  {event.author}: {line}{why}{mark}")


def undo(
    concept: Annotated[str, typer.Argument(metavar="[CONCEPT]", help="The last about this one.")] = "",
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Takes the last decision back; again and again down to the first."""
    take_back("undo", concept, common.Place(db, author, quiet, json))


def redo(
    concept: Annotated[str, typer.Argument(metavar="[CONCEPT]", help="The last about this one.")] = "",
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Does again what was undone last."""
    take_back("redo", concept, common.Place(db, author, quiet, json))


def take_back(action: str, concept: str, place: common.Place) -> None:
    """Undoes or does again, and says what."""
    with common.opened(place.db) as glossary:
        number = known_anywhere(glossary, concept) if concept else None
        method = glossary.undo if action == "undo" else glossary.redo
        event = method(author=place.who, concept=number)
        common.said(glossary, place, [event])


def known_anywhere(glossary: Glossary, concept: str) -> str:
    """The id of a concept, also of one that an undo has taken away."""
    return concept if glossary.history(concept, limit=1) else glossary.resolve(concept)
