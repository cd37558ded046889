"""The commands that change what a concept is: edit, add, merge, split, link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from align.cli import options
from align.errors import UsageError
from glossary.cli import common

if TYPE_CHECKING:
    from glossary.model import CaseRule, LinkType, Status, Term
    from glossary.review.actions import Action


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(short_help="Change a concept or one of its terms.")(edit)
    app.command(short_help="Add a concept that nobody proposed.")(add)
    app.command(short_help="Make one concept of several.")(merge)
    app.command(short_help="Make some terms of a concept another one.")(split)
    app.command(short_help="Link a concept to another.")(link)


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
    from glossary.review import actions as do

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
    from glossary.review.actions import AddConcept

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
    from glossary.review.actions import Merge

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
    from glossary.review.actions import Split, TermRef

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
    from glossary.model import Link
    from glossary.review.actions import AddLink, DropLink

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
