"""``concord terms review``: one candidate, its evidence, one key. In a terminal by keys, in a pipe by lines."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli import options
from align.errors import ConcordError
from glossary.cli import common

if TYPE_CHECKING:
    from glossary.review.actions import Action
    from glossary.store import Glossary, Held, Query

KEYS = {
    "a": "accept",
    "r": "reject",
    "p": "prefer a term",
    "f": "forbid a term",
    "d": "deprecate a term",
    "c": "comment",
    "m": "merge into another",
    "n": "next",
    "b": "back",
    "e": "more evidence",
    "u": "undo",
    "q": "quit",
    "?": "help",
}
WITH_TEXT = {
    "r": "Why (Enter: no reason): ",
    "p": "Number of the term: ",
    "f": "Number of the term: ",
    "d": "Number of the term: ",
    "c": "Comment: ",
    "m": "Into which concept: ",
}
# The same keys on a Russian or Ukrainian keyboard.
ELSEWHERE = dict(zip("фкзавсьтиугй", "arpfdcmnbeuq", strict=True))
ARROWS = {"\x1b[C": "n", "\x1b[D": "b", " ": "n", "\r": "n", "\n": "n", "\x04": "q", "\x1b": ""}
FEW = 3
"""Sentences shown at first; more on asking."""
CLEAR = "\x1b[2J\x1b[H"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(short_help="Decide candidates one after the other, by keys.")(review)


def review(
    text: Annotated[
        str, typer.Argument(metavar="[TEXT]", help="Only with a term that holds this text.")
    ] = "",
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="Go through these (default candidate).")
    ] = "candidate",
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Only organisations, people …")] = "",
    lang: Annotated[
        str, typer.Option("--lang", metavar="CODE", help="Only with terms in this language.")
    ] = "",
    document: Annotated[
        str, typer.Option("--document", metavar="PATH", help="Only what occurs in this document.")
    ] = "",
    min_count: Annotated[
        int, typer.Option("--min-count", metavar="N", min=0, help="Only what occurs N times or more.")
    ] = 0,
    new: Annotated[
        bool, typer.Option("--new", help="Go through decided concepts with evidence that came since.")
    ] = False,
    db: options.Db = None,
    author: options.Author = None,
) -> None:
    """Shows one candidate with its sentences in both languages, and waits for a key.

    a accept, r reject, p prefer, f forbid, d deprecate, c comment, m merge, n next, b back, e more evidence, u undo,
    q quit. In a pipe each line is a key, with what belongs to it behind: "r an ordinary word".
    """
    from glossary.cli.terms import checked
    from glossary.store import Query

    query = checked(Query("" if new else state, kind, lang, "", text, "", document, min_count, new))
    place = common.Place(db, author)
    with common.opened(db) as glossary:
        loop = Loop(glossary, query, place.who)
        keyboard = sys.stdin is not None and sys.stdin.isatty() and has_keys()
        source = Keyboard() if keyboard else Lines()
        try:
            loop.run(source)
        except KeyboardInterrupt:  # what was decided is kept
            source.write("")
        place.messages.note(loop.summary())


def has_keys() -> bool:
    """Whether this system can read single keys."""
    try:
        import termios  # noqa: F401
    except ImportError:
        return False
    return True


class Lines:
    """Commands by lines: what is not a terminal."""

    clears = False

    def command(self) -> tuple[str, str] | None:
        """A key and what stands behind it; None at the end."""
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line:
            return None
        line = line.strip()
        key, _, rest = line.partition(" ")
        return (key_of(key), rest.strip()) if len(key) <= 1 else ("?", "")

    def ask(self, key: str) -> str:
        """Nothing more: a line says all at once."""
        return ""

    def write(self, text: str) -> None:
        """Prints a text."""
        typer.echo(text)


class Keyboard:
    """Single keys from a terminal; the terminal is as it was whenever nobody waits for a key."""

    clears = True

    def command(self) -> tuple[str, str] | None:
        """The next key; None when the terminal has gone."""
        with single_keys(sys.stdin.fileno()) as fd:
            data = os.read(fd, 16)
        if not data:
            return None
        key = key_of(data.decode("utf-8", "replace"))
        return ("q", "") if key == "q" else (key, "")

    def ask(self, key: str) -> str:
        """A line that belongs to a key, with the terminal's own editing."""
        sys.stdout.write(WITH_TEXT[key])
        sys.stdout.flush()
        return sys.stdin.readline().strip()

    def write(self, text: str) -> None:
        """Prints a text."""
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


@contextmanager
def single_keys(fd: int) -> Iterator[int]:
    """The terminal gives each key at once and does not show it; Ctrl-C still interrupts."""
    import termios
    import tty

    before = termios.tcgetattr(fd)
    try:
        tty.setcbreak(fd, termios.TCSADRAIN)
        yield fd
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


def key_of(text: str) -> str:
    """The key that was meant, "" for none: also from a Cyrillic keyboard, from arrows, in capitals."""
    text = ARROWS.get(text, text)
    text = text[:1].lower()
    return ELSEWHERE.get(text, text)


class Loop:
    """The candidates of a query one after the other, each decision on what was shown."""

    def __init__(self, glossary: Glossary, query: Query, author: str) -> None:
        self.glossary = glossary
        self.query = query
        self.author = author
        self.visited: list[tuple[str, str]] = []  # cursor before it, id
        self.cursor = ""
        self.done: Counter[str] = Counter()
        self.few = FEW
        self.message = ""

    def run(self, source: Lines | Keyboard) -> None:
        """Until the end of the list, of the input, or "q"."""
        number = self._next()
        while number:
            held = self.glossary.get(number)
            source.write((CLEAR if source.clears else "") + self.view(held))
            asked = source.command()
            if asked is None or asked[0] == "q":
                return
            key, rest = asked
            if key in WITH_TEXT and not rest:
                rest = source.ask(key)
            number = self._obey(held, key, rest)
        source.write(self.message)

    def view(self, held: Held) -> str:
        """The candidate as the screen shows it."""
        from glossary.cli import view as cli_view
        from glossary.review.layers import Scope

        number = held.entry.concept.id
        lines = [self.message] if self.message else []
        self.message = ""
        names = cli_view.link_names(self.glossary, held)
        lines += cli_view.concept_lines(held, self.glossary.figures(number), Scope(), names)
        evidence = self.glossary.evidence(number, limit=4 * self.few, only_new=self.query.new)
        for found in cli_view.sentences(evidence)[: self.few]:
            lines += cli_view.evidence_lines(found, colour=cli_view.colours())
        left = self.glossary.count(self.query)
        lines.append(f"{left} left. {'  '.join(f'{key} {what}' for key, what in KEYS.items())}")
        return "\n".join(lines)

    def summary(self) -> str:
        """What was done in all."""
        done = ", ".join(f"{count} {name}" for name, count in self.done.items())
        left = self.glossary.count(self.query)
        return f"{sum(self.done.values())} decisions{f' ({done})' if done else ''}; {left} left"

    def _next(self) -> str:
        """The next candidate, "" after the last."""
        page = self.glossary.page(self.query, after=self.cursor, limit=1)
        if not page.rows:
            self.message = self.message or "That was the last one."
            return ""
        self.visited.append((self.cursor, page.rows[0].id))
        self.cursor = self.glossary.place_of(page.rows[0].id, self.query)
        self.few = FEW
        return page.rows[0].id

    def _back(self) -> str:
        """The candidate before, the same one at the beginning."""
        if len(self.visited) > 1:
            self.visited.pop()
        before, number = self.visited[-1]
        self.cursor = self.glossary.place_of(number, self.query) or before
        return number

    def _obey(self, held: Held, key: str, rest: str) -> str:
        """Does what a key says; the candidate to show next."""
        number = held.entry.concept.id
        try:
            if key == "n":
                return self._next()
            if key == "b":
                return self._back()
            if key == "e":
                self.few *= 4
            elif key == "u":
                event = self.glossary.undo(author=self.author)
                self.done["undone"] += 1
                self.message = f"Undone: {common.in_words(self.glossary, event)}"
                shown = self.glossary.state().get(event.concepts[0])
                return event.concepts[0] if shown is not None else number
            elif key in DECISIONS:
                return self._decide(held, key, rest)
            else:
                self.message = "One key decides: " + ", ".join(f"{k} {what}" for k, what in KEYS.items())
        except ConcordError as error:  # somebody else was faster, or it cannot be done: the screen says so
            self.message = f"Not done: {error}"
        return number

    def _decide(self, held: Held, key: str, rest: str) -> str:
        number = held.entry.concept.id
        name, make = DECISIONS[key]
        action = make(self.glossary, held, rest)
        if action is None:
            self.message = (
                "Not done: say which, by its number" if key in "pfd" else "Not done: nothing was said"
            )
            return number
        reason = rest if key == "r" else ""
        event = self.glossary.perform(
            action, author=self.author, reason=reason, expected={number: held.version}
        )
        if event is not None:
            self.done[name] += 1
        return self._next() if key in "arm" else number


def _term_action(status: str) -> Callable[[Glossary, Held, str], Action | None]:
    def make(glossary: Glossary, held: Held, rest: str) -> Action | None:
        from glossary.review.actions import SetStatus, TermRef

        terms = held.entry.concept.terms
        if not rest.isdecimal() or not 1 <= int(rest) <= len(terms):
            return None
        term = terms[int(rest) - 1]
        ref = TermRef(term.text, term.lang, term.scope)
        return SetStatus(held.entry.concept.id, ref, status)  # type: ignore[arg-type]  # of the three below

    return make


def _accept(glossary: Glossary, held: Held, rest: str) -> Action | None:
    from glossary.review.actions import Accept

    return Accept((held.entry.concept.id,))


def _reject(glossary: Glossary, held: Held, rest: str) -> Action | None:
    from glossary.review.actions import Reject

    return Reject((held.entry.concept.id,))


def _comment(glossary: Glossary, held: Held, rest: str) -> Action | None:
    from glossary.review.actions import AddComment

    return AddComment((held.entry.concept.id,), rest) if rest else None


def _merge(glossary: Glossary, held: Held, rest: str) -> Action | None:
    from glossary.review.actions import Merge

    return Merge(glossary.resolve(rest), (held.entry.concept.id,)) if rest else None


DECISIONS: dict[str, tuple[str, Callable[[Glossary, Held, str], Action | None]]] = {
    "a": ("accepted", _accept),
    "r": ("rejected", _reject),
    "p": ("preferred", _term_action("preferred")),
    "f": ("forbidden", _term_action("forbidden")),
    "d": ("deprecated", _term_action("deprecated")),
    "c": ("commented", _comment),
    "m": ("merged", _merge),
}
