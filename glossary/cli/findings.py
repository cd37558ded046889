"""``concord findings``: dismiss findings with a reason, take that back, see who dismissed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from align.cli import options
from align.console import Messages
from align.errors import UsageError
from glossary.cli import asked as ask
from glossary.cli import common
from glossary.cli.asked import Asked

if TYPE_CHECKING:
    from glossary.store.checked import Dismissal

T = TypeVar("T")

Fingerprints = Annotated[
    list[str],
    typer.Argument(
        metavar="FINGERPRINT...",
        help="Of the findings, or their beginnings, as `concord check` shows them; - reads standard input.",
    ),
]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept with the decision.")]

app = typer.Typer(help="Dismiss findings with a reason, and see what was dismissed.", no_args_is_help=True)


def register(root: typer.Typer) -> None:
    """Adds the group to the root application."""
    root.add_typer(app, name="findings")


@app.command(short_help="Set findings aside, with a reason.")
def dismiss(
    fingerprints: Fingerprints,
    reason: Why = "",
    files: Annotated[
        list[str] | None,
        typer.Option(
            "--file", metavar="FILE", help="The files that were checked, in order; none: the project."
        ),
    ] = None,
    langs: ask.Langs = None,
    config: ask.ConfigFile = None,
    db: options.Db = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Sets findings aside: they stay quiet in every later check, until they are restored.

    The decision is kept in the project, with author, time and reason. It holds as long as the sentence does.
    """
    from glossary.store.checked import Checks

    if not reason.strip():
        raise UsageError("a dismissal needs a reason", hint="Give one with --reason")
    asked = Asked(tuple(files or ()), config=config, langs=langs, db=db)
    found, _ = ask.check(asked, ask.prepare(asked))
    wanted = picked(common.from_stdin(fingerprints), {one.fingerprint: one for one in found.findings})
    with common.opened(db) as glossary:
        count = Checks(glossary.store).dismiss(wanted, author=options.login_name(author), reason=reason)
    known = len(wanted) - count
    Messages(quiet).note(f"{count} dismissed" + (f", {known} were so already" if known else ""))


@app.command(short_help="Let dismissed findings speak again.")
def restore(
    fingerprints: Fingerprints,
    reason: Why = "",
    db: options.Db = None,
    author: options.Author = None,
    quiet: options.Quiet = False,
) -> None:
    """Takes dismissals back: the findings speak again. The history keeps both decisions."""
    from glossary.store.checked import Checks

    with common.opened(db) as glossary:
        checks = Checks(glossary.store)
        held = checks.dismissed()
        wanted = [one.fingerprint for one in picked(common.from_stdin(fingerprints), held)]
        checks.restore(wanted, author=options.login_name(author), reason=reason)
    Messages(quiet).note(f"{len(wanted)} restored")


@app.command(short_help="What is dismissed now, or all that was decided.")
def dismissed(
    history: Annotated[
        bool, typer.Option("--history", help="Every decision in order of time, those taken back too.")
    ] = False,
    db: options.Db = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="table (default), json or jsonl.")
    ] = None,
    json: common.Json = False,
    jsonl: common.Jsonl = False,
) -> None:
    """Lists the findings that are dismissed, by whom, when and why."""
    from glossary.cli.view import plain_table
    from glossary.store.checked import Checks

    wanted = common.format_of(("table", "json", "jsonl"), format, json=json, jsonl=jsonl)
    with common.opened(db) as glossary:
        checks = Checks(glossary.store)
        events = checks.history() if history else list(checks.dismissed().values())
    objects = [as_object(event) for event in events]
    if wanted == "json":
        typer.echo(common.dumps(objects))
    elif wanted == "jsonl":
        typer.echo("".join(common.dumps(one) + "\n" for one in objects), nl=False)
    elif events:
        columns = ("fingerprint", "code", "document", "action", "author", "at", "reason", "message")
        typer.echo(plain_table(columns, ([str(one[name]) for name in columns] for one in objects)))
    else:
        Messages().note("Nothing is dismissed")


@app.command(short_help="Undo the last dismissal or restoration.")
def undo(db: options.Db = None, author: options.Author = None, quiet: options.Quiet = False) -> None:
    """Undoes the last decision about a finding; again and again down to the first."""
    from glossary.store.checked import Checks

    with common.opened(db) as glossary:
        event = Checks(glossary.store).undo(author=options.login_name(author))
    Messages(quiet).note(f"undone: {event.action} {event.fingerprint} ({event.code}, {event.document})")


def picked(names: Sequence[str], there: Mapping[str, T]) -> list[T]:
    """Those that the names stand for: fingerprints, their beginnings, or objects that hold one.

    Raises UsageError for a name that fits none or several.
    """
    found = []
    for line in names:
        name = fingerprint_in(line)
        fitting = [key for key in there if key.startswith(name)] if name else []
        if len(fitting) != 1:
            what = f"may be {len(fitting)} findings" if fitting else "there is no such finding"
            raise UsageError(
                what, where=name[:40] or "an empty line", hint="`concord check --jsonl` shows them"
            )
        found.append(there[fitting[0]])
    return found


def fingerprint_in(line: str) -> str:
    """The fingerprint that a line of input names: its field in a JSON object, else its first word."""
    import json

    if not line.lstrip().startswith("{"):
        return line.split()[0].strip().lower() if line.strip() else ""
    try:
        return str(json.loads(line)["fingerprint"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(
            f"{line[:60]!r} is no object with a “fingerprint”", where="standard input", hint="Give JSON Lines"
        ) from None


def as_object(event: Dismissal) -> dict[str, Any]:
    """A decision as JSON."""
    names = ("id", "at", "author", "action", "fingerprint", "reason", "code", "document", "message", "of")
    return {name: getattr(event, name) for name in names}
