"""``concord terms``: proposing, listing, showing. Deciding is in ``cli_decide``, sharing in ``cli_share``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from align.cli import options
from align.errors import UsageError
from glossary.cli import common
from glossary.cli import decide as cli_decide
from glossary.cli import edit as cli_edit
from glossary.cli import review as cli_review
from glossary.cli import share as cli_share

if TYPE_CHECKING:
    from glossary.store import Query

app = typer.Typer(
    help="Propose terms from aligned texts, and decide them.", no_args_is_help=True, rich_markup_mode=None
)
KINDS = "organisation, person, place, programme, phrase, other"

Kind = Annotated[str, typer.Option("--kind", metavar="KIND", help=f"Only these: {KINDS}.")]
OnlyLang = Annotated[str, typer.Option("--lang", metavar="CODE", help="Only with terms in this language.")]
MinCount = Annotated[
    int, typer.Option("--min-count", metavar="N", min=0, help="Only what occurs N times or more.")
]


@app.command(short_help="Propose terms of one or two texts, without a project.")
def extract(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE [FILE]]",
            help="One text, or an original and its translation; - is standard input. None: the project.",
        ),
    ] = None,
    langs: Annotated[
        str | None, typer.Option("--langs", metavar="CODES", help="The files' languages, e.g. ru,en.")
    ] = None,
    encoding: options.Encoding = None,
    read_as: options.ReadAs = None,
    segmented: options.Segmented = False,
    kind: Kind = "",
    lang: OnlyLang = "",
    min_count: MinCount = 0,
    evidence: Annotated[
        int, typer.Option("--evidence", metavar="N", min=0, help="At most N sentences with each (default 3).")
    ] = 3,
    db: options.Db = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="table (default), jsonl or json.")
    ] = None,
    json: common.Json = False,
    jsonl: common.Jsonl = False,
) -> None:
    """Proposes terms: names, acronyms, recurring phrases, each with its forms and what it was rendered as.

    Nothing is kept; `concord terms build` keeps the proposals of a project's texts.
    """
    from glossary import pipeline
    from glossary.cli import extract as cli_extract

    wanted = common.format_of(("table", "jsonl", "json"), format, json=json, jsonl=jsonl)
    check_kind(kind)
    names = files or []
    texts = pipeline.texts(
        names,
        langs=common.languages(names, langs),
        encoding=encoding,
        format=read_as,
        segmented=segmented,
        db=db,
    )
    found = [
        candidate
        for candidate in pipeline.candidates(texts)
        if kind in ("", candidate.kind) and lang in ("", candidate.term.lang) and candidate.count >= min_count
    ]
    cli_extract.print_candidates(found, texts, wanted, evidence)


@app.command(short_help="Find the terms of all texts in the project.")
def build(
    db: options.Db = None,
    author: options.Author = None,
    json: common.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Finds the terms of all texts in the project, with their evidence.

    What people have decided stays as it is: decided concepts get new evidence, rejected ones are not proposed again.
    """
    from dataclasses import asdict

    from glossary import pipeline

    place = common.Place(db, author, quiet)
    with common.opened(db) as glossary:
        report = pipeline.build(glossary, place.who, place.messages)
    if json:
        typer.echo(common.dumps(asdict(report)))
    note = place.messages.note
    note(
        f"{report.documents} documents: {report.concepts} concepts ({report.decided} decided), "
        f"{report.new} new, {report.gone} gone"
    )
    if report.touched:
        note(f"New evidence for {len(report.touched)} decided concepts: see `concord terms list --new`")
    note("Decide them with `concord terms review`")


@app.command("list", short_help="Print the concepts, the surest first.")
def list_terms(
    text: Annotated[
        str, typer.Argument(metavar="[TEXT]", help="Only with a term that holds this text.")
    ] = "",
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="Only candidate, approved or rejected ones.")
    ] = "",
    kind: Kind = "",
    lang: OnlyLang = "",
    status: Annotated[
        str,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="Only with such a term: preferred, admitted, deprecated, superseded, forbidden, none.",
        ),
    ] = "",
    scope: Annotated[
        str, typer.Option("--scope", metavar="SCOPE", help="Only with a term decided for exactly this scope.")
    ] = "",
    document: Annotated[
        str, typer.Option("--document", metavar="PATH", help="Only what occurs in this document.")
    ] = "",
    min_count: MinCount = 0,
    new: Annotated[
        bool, typer.Option("--new", help="Only decided ones with evidence that came since.")
    ] = False,
    sort: Annotated[
        str, typer.Option("--sort", metavar="ORDER", help="score (default), count or label.")
    ] = "score",
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=1000, help="A page of N (default 50).")
    ] = 50,
    after: Annotated[
        str, typer.Option("--after", metavar="PLACE", help="Go on where the page before ended.")
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="All pages.")] = False,
    db: options.Db = None,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="table (default), ids (one a line), jsonl or json."),
    ] = None,
    json: common.Json = False,
    jsonl: common.Jsonl = False,
) -> None:
    """Prints concepts a page at a time. A star behind the state marks evidence that came since the decision."""
    from glossary.cli import view as cli_view
    from glossary.store import Query

    wanted = common.format_of(("table", "ids", "jsonl", "json"), format, json=json, jsonl=jsonl)
    query = checked(
        Query(state, kind, lang, status, text, scope_text(scope), document, min_count, new, sort)  # type: ignore[arg-type]
    )
    with common.opened(db) as glossary:
        page = glossary.page(query, after=after, limit=1000 if everything else limit)
        rows = list(page.rows)
        while everything and page.next:
            page = glossary.page(query, after=page.next, limit=1000)
            rows += page.rows
        total, builds = glossary.count(query), glossary.builds()
    objects = [cli_view.row_object(row) for row in rows]
    if wanted == "json":
        typer.echo(common.dumps({"total": total, "next": page.next or None, "concepts": objects}))
    elif wanted == "jsonl":
        typer.echo("".join(common.dumps(found) + "\n" for found in objects), nl=False)
    elif wanted == "ids":
        typer.echo("".join(f"{row.id}\n" for row in rows), nl=False)
    elif rows:
        typer.echo(cli_view.rows_text(rows))
    messages = common.Place(db).messages
    if page.next:
        messages.note(f"{len(rows)} of {total}; the next page: --after {page.next}")
    elif not rows and not builds:
        messages.note("There are no terms yet: `concord terms build` finds them")
    elif not rows:
        messages.note("No concept is like that")


@app.command(short_help="Print one concept with its evidence.")
def show(
    concepts: common.Concepts,
    evidence: Annotated[
        int, typer.Option("--evidence", metavar="N", min=0, help="At most N sentences (default 5).")
    ] = 5,
    lang: Annotated[str, typer.Option("--lang", metavar="CODE", help="Evidence from this language.")] = "",
    new: Annotated[bool, typer.Option("--new", help="Only evidence that came since the decision.")] = False,
    context: common.Context = "",
    db: options.Db = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="text (default), jsonl or json.")
    ] = None,
    json: common.Json = False,
    jsonl: common.Jsonl = False,
) -> None:
    """Prints concepts with terms, renderings, links, comments and the sentences that they stand in."""
    from glossary.cli import view as cli_view
    from glossary.review.layers import parse_scope

    wanted = common.format_of(("text", "jsonl", "json"), format, json=json, jsonl=jsonl)
    where = parse_scope(context)
    objects: list[dict[str, Any]] = []
    lines: list[str] = []
    with common.opened(db) as glossary:
        for number in common.resolved(glossary, concepts):
            held, figures = glossary.get(number), glossary.figures(number)
            few = evidence if wanted != "text" else 4 * evidence
            found = glossary.evidence(number, lang=lang, limit=few, only_new=new) if evidence else []
            if wanted != "text":
                objects.append(cli_view.concept_object(held, figures, found, where))
                continue
            lines += cli_view.concept_lines(held, figures, where, cli_view.link_names(glossary, held))
            for one in cli_view.sentences(found)[:evidence]:
                lines += cli_view.evidence_lines(one, colour=cli_view.colours())
    if wanted == "text":
        typer.echo("\n".join(lines))
    elif wanted == "jsonl" or len(objects) == 1:
        typer.echo("\n".join(map(common.dumps, objects)))
    else:
        typer.echo(common.dumps(objects))


@app.command(short_help="Print every sentence that a term stands in.")
def concordance(
    term: Annotated[
        str,
        typer.Argument(metavar="TERM", help="A concept, or any words: all places in the project's texts."),
    ],
    lang: Annotated[str, typer.Option("--lang", metavar="CODE", help="From texts in this language.")] = "",
    words: Annotated[
        bool, typer.Option("--words", help="Look for the words as they are, in any case.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most N (default 100).")] = 100,
    db: options.Db = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="text (default), jsonl or json.")
    ] = None,
    json: common.Json = False,
    jsonl: common.Jsonl = False,
) -> None:
    """Prints the sentences of a concept in all its forms, or of any words, with their counterparts."""
    from glossary.cli import view as cli_view

    wanted = common.format_of(("text", "jsonl", "json"), format, json=json, jsonl=jsonl)
    with common.opened(db) as glossary:
        number = "" if words else glossary.known(term)
        if number:
            found = glossary.evidence(number, lang=lang, limit=limit)
        else:
            found = glossary.search(term, lang=lang, limit=limit)
    if wanted == "json":
        typer.echo(common.dumps([cli_view.evidence_object(e) for e in found]))
    elif wanted == "jsonl":
        typer.echo("".join(common.dumps(cli_view.evidence_object(e)) + "\n" for e in found), nl=False)
    else:
        for one in cli_view.sentences(found):
            typer.echo("\n".join(cli_view.evidence_lines(one, colour=cli_view.colours())))
    if not found:
        common.Place(db).messages.note("It stands nowhere in the project's texts")


def checked(query: Query) -> Query:
    """The query, if it asks for what there is. Raises UsageError."""
    from typing import get_args

    from glossary.review.layers import STATUSES
    from glossary.review.valid import STATES
    from glossary.store.list import Sort

    for option, value, allowed in (
        ("--state", query.state, STATES),
        ("--status", query.status, (*STATUSES, "none")),
        ("--sort", query.sort, get_args(Sort)),
    ):
        if value and value not in allowed:
            raise UsageError(
                f"there is no {value!r}", where=option, hint=f"Choose from: {', '.join(allowed)}"
            )
    check_kind(query.kind)
    return query


def check_kind(kind: str) -> None:
    """Raises UsageError for a kind that there is not."""
    if kind and kind not in KINDS.split(", "):
        raise UsageError(f"there is no {kind!r}", where="--kind", hint=f"Choose from: {KINDS}")


def scope_text(scope: str) -> str:
    """A scope as the glossary spells it."""
    from glossary.review.layers import parse_scope

    return str(parse_scope(scope))


cli_decide.register(app)
cli_edit.register(app)
cli_review.register(app)
cli_share.register(app)
