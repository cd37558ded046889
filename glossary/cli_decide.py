"""The commands by which people decide: each decision an event with author, time and reason, undoable without end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from align import cli_options as options
from align.errors import UsageError
from glossary import cli_common as common

if TYPE_CHECKING:
    from glossary.actions import Action
    from glossary.model import CaseRule, LinkType, Status, Term
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
    app.command(short_help="Change a concept or one of its terms.")(edit)
    app.command(short_help="Add a concept that nobody proposed.")(add)
    app.command(short_help="Make one concept of several.")(merge)
    app.command(short_help="Make some terms of a concept another one.")(split)
    app.command(short_help="Link a concept to another.")(link)
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
    from glossary.actions import Accept

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
    from glossary.actions import Reject

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
    from glossary.actions import Reopen

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
        from glossary.actions import SetStatus, TermRef

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


def edit(
    concept: common.Concept,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Organisation, person, place …")
    ] = None,
    definition: Annotated[
        str | None, typer.Option("--definition", metavar="TEXT", help="What it is.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A note on the concept.")] = None,
    term: Annotated[
        str | None, typer.Option("--term", metavar="TERM", help="The term that the following options change.")
    ] = None,
    lang: common.Lang = "",
    scope: common.Scope = "",
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", help="Its new spelling.")] = None,
    lemma: Annotated[str | None, typer.Option("--lemma", metavar="TEXT", help="Its new lemma.")] = None,
    case: Annotated[
        str | None, typer.Option("--case", metavar="RULE", help="any, or as-written: capitals count.")
    ] = None,
    translate: Annotated[
        bool | None, typer.Option("--translate/--no-translate", help="Whether other languages translate it.")
    ] = None,
    term_note: Annotated[
        str | None, typer.Option("--term-note", metavar="TEXT", help="A note on the term.")
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="Its status; none takes it away.")
    ] = None,
    new_scope: Annotated[
        str | None, typer.Option("--new-scope", metavar="SCOPE", help="Its new scope.")
    ] = None,
    add_term: Annotated[
        str | None, typer.Option("--add-term", metavar="TEXT", help="One more term, in the language --lang.")
    ] = None,
    drop_term: Annotated[
        str | None, typer.Option("--drop-term", metavar="TERM", help="A term that does not belong here.")
    ] = None,
    reason: common.Reason = "",
    expect: common.Expect = None,
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Changes a concept, or with --term one of its terms; --add-term and --drop-term add and remove one."""
    from glossary import actions as do

    with common.opened(db) as glossary:
        number = glossary.resolve(concept)
        wanted: list[Action] = []
        if (kind, definition, note) != (None, None, None):
            wanted.append(do.EditConcept(number, as_kind(kind), definition, note))
        of_term = (text, lemma, case, translate, term_note, new_scope)
        if term is None and (any(value is not None for value in of_term) or status is not None):
            raise UsageError("which term?", where=number, hint="Name it with --term")
        if term is not None:
            ref = do.TermRef(term, lang, scope)
            if status is not None:
                wanted.append(do.SetStatus(number, ref, None if status == "none" else as_status(status)))
            if any(value is not None for value in of_term):
                wanted.append(
                    do.EditTerm(
                        number, ref, text, None, lemma, as_case(case), translate, new_scope, term_note
                    )
                )
        if add_term is not None:
            wanted.append(do.AddTerm(number, new_term(add_term, lang, scope)))
        if drop_term is not None:
            wanted.append(do.DropTerm(number, do.TermRef(drop_term, lang, scope)))
        if not wanted:
            raise UsageError(
                "nothing to change was named", where=number, hint="See `concord terms edit --help`"
            )
        place, expected = common.Place(db, author, quiet, json), common.expecting([number], expect)
        common.decide(glossary, place, wanted, reason=reason, expected=expected)


def as_kind(kind: str | None) -> Any:
    """The kind; what is none is refused when the concept is checked."""
    return kind.lower() if kind is not None else None


def as_status(status: str) -> Status:
    """The status; what is none is refused when the concept is checked."""
    return status  # type: ignore[return-value]


def as_case(case: str | None) -> CaseRule | None:
    """The case rule as the glossary spells it."""
    return case.replace("-", " ") if case else None  # type: ignore[return-value]


def new_term(text: str, lang: str, scope: str) -> Term:
    """A term with its language. Raises UsageError without one."""
    from glossary.model import Term

    if not lang:
        raise UsageError("a new term needs a language", where=text[:60], hint="Give --lang CODE")
    return Term(text, lang, scope=scope)


def add(
    text: Annotated[str, typer.Argument(metavar="TERM", help="Its first term.")],
    lang: Annotated[str, typer.Option("--lang", metavar="CODE", help="The term's language.")],
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="Organisation, person … (default other).")
    ] = "other",
    translation: Annotated[
        list[str] | None,
        typer.Option("--translation", metavar="LANG:TERM", help="A term in another language; several times."),
    ] = None,
    definition: Annotated[str, typer.Option("--definition", metavar="TEXT", help="What it is.")] = "",
    reason: common.Reason = "",
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Adds a concept that nobody proposed, approved: concord terms add мельница --lang ru --translation en:mill."""
    from glossary.actions import AddConcept

    terms = [new_term(text, lang, "")]
    for pair in translation or []:
        code, colon, other = pair.partition(":")
        if not colon:
            raise UsageError(f"{pair!r} is no LANG:TERM", where="--translation", hint="Write en:mill")
        terms.append(new_term(other, code, ""))
    with common.opened(db) as glossary:
        number = glossary.new_id(f"{lang}/{kind}/{text}")
        action = AddConcept(number, as_kind(kind), tuple(terms), definition)
        common.decide(glossary, common.Place(db, author, quiet, json), [action], reason=reason)


def merge(
    concepts: Annotated[
        list[str],
        typer.Argument(metavar="INTO OTHER...", help="The concept that stays, then those that it takes in."),
    ],
    reason: common.Reason = "",
    expect: common.Expect = None,
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Makes one concept of several: the first takes the others' terms, evidence and comments."""
    from glossary.actions import Merge

    with common.opened(db) as glossary:
        into, *others = common.resolved(glossary, concepts)
        place, expected = common.Place(db, author, quiet, json), common.expecting([into], expect)
        common.decide(glossary, place, [Merge(into, tuple(others))], reason=reason, expected=expected)


def split(
    concept: common.Concept,
    terms: Annotated[list[str], typer.Argument(metavar="TERM...", help="The terms that are another thing.")],
    lang: common.Lang = "",
    reason: common.Reason = "",
    expect: common.Expect = None,
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Makes some terms of a concept another concept, with the evidence that is theirs."""
    from glossary.actions import Split, TermRef

    with common.opened(db) as glossary:
        number = glossary.resolve(concept)
        refs = tuple(TermRef(term, lang) for term in terms)
        new = glossary.new_id(f"{number}/{'/'.join(terms)}")
        place, expected = common.Place(db, author, quiet, json), common.expecting([number], expect)
        common.decide(glossary, place, [Split(number, refs, new)], reason=reason, expected=expected)


LINKS = {"short-form-of": "short form of", "narrower": "narrower", "renamed-to": "renamed to"}


def link(
    concept: common.Concept,
    type: Annotated[
        str,
        typer.Argument(metavar="TYPE", help="short-form-of, narrower (this one is broader), or renamed-to."),
    ],
    target: Annotated[str, typer.Argument(metavar="TARGET", help="The other concept.")],
    date: Annotated[str, typer.Option("--date", metavar="DATE", help="Since when: 2021, 2021-08-15.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take such a link away.")] = False,
    reason: common.Reason = "",
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Links a concept to another, or confirms a link that was proposed."""
    from glossary.actions import AddLink, DropLink
    from glossary.model import Link

    if type not in LINKS and type not in LINKS.values():
        raise UsageError(
            f"there is no type of link {type!r}", where="TYPE", hint=f"Choose from: {', '.join(LINKS)}"
        )
    wanted: LinkType = LINKS.get(type, type)  # type: ignore[assignment]
    with common.opened(db) as glossary:
        number, other = glossary.resolve(concept), glossary.resolve(target)
        action: Action = (
            DropLink(number, other, wanted) if remove else AddLink(number, Link(wanted, other, reason, date))
        )
        common.decide(glossary, common.Place(db, author, quiet, json), [action], reason=reason)


def comment(
    concepts: common.Concepts,
    text: Annotated[str, typer.Option("--text", "-m", metavar="TEXT", help="What to say.")],
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Says something about concepts; `concord terms show` prints it."""
    from glossary.actions import AddComment

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
