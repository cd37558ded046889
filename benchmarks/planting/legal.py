"""Where errors of legal marks could go, in a document that ``prepare`` gave marks. All pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.planting import carriers
from benchmarks.planting.marks import OTHER_WORDINGS, PLACES, WORDINGS, mark
from benchmarks.planting.model import Bitext, Change, Marked, Mention, Row
from benchmarks.planting.names import Name, ends, names

HOUSE_AT_LEAST = 3  # marks of one wording, so that another wording stands out


def changes(bitext: Bitext) -> Iterator[Change]:
    """Every possible change of the annotations family."""
    if not bitext.marks or bitext.target_lang != "en":
        return
    status, place = bitext.house
    by_id = {row.id: row for row in bitext.rows}
    known = names(bitext, 1)
    for marked in bitext.marks:
        row = by_id[marked.removal.row]
        if row.target.count(" (") != 1 + row.target.count(f"({_acronym_of(marked)})"):
            continue  # another parenthesis would make it a different error
        yield _change("mark-dropped", bitext, marked, marked.removal, "")
        yield from _in_other_words(bitext, marked, status, place)
        yield _change(
            "mark-footnote", bitext, marked, marked.removal, "*",
            footer=f"* {mark('en', status, place)[:1].upper()}{mark('en', status, place)[1:]}.",
        )  # fmt: skip
        yield from _on_another_name(bitext, marked, row, known)
    yield from _added(bitext, status, place)


def _acronym_of(marked: Marked) -> str:
    english = carriers.LANGS.index("en")
    return next((f[english][1] for f in carriers.FRONTS if f[english][0] == marked.name), "\0")


def _change(
    kind: str, bitext: Bitext, marked: Marked, at: Mention, new: str, footer: str = "", subject: str = ""
) -> Change:
    others = [m for m in bitext.marks if m.name == marked.name and m.removal.row != at.row]
    related = tuple(m.removal for m in others)
    support = tuple(m.row for m in related[:1])
    return Change(
        kind, at.row, (at.row,), subject or f"mark:{marked.name}:{at.row}", edits=((at, new),), related=related,
        support=support, footer=footer,
    )  # fmt: skip


def _in_other_words(bitext: Bitext, marked: Marked, status: str, place: str) -> Iterator[Change]:
    for other in PLACES["en"]:
        if other in ("kazakhstan", "usa"):
            yield _change(
                "mark-place", bitext, marked, marked.words, WORDINGS["en"][status].format(PLACES["en"][other])
            )
    for other in WORDINGS["en"]:
        if other != status and "banned" not in (status, other):
            yield _change("mark-status", bitext, marked, marked.words, mark("en", other, place))
    if status == "banned":
        yield _change("mark-status", bitext, marked, marked.words, mark("en", "extremist", place))
    if len(bitext.marks) >= HOUSE_AT_LEAST:
        for words in OTHER_WORDINGS[status]:
            yield _change("mark-wording", bitext, marked, marked.words, words.format(PLACES["en"][place]))


def _on_another_name(bitext: Bitext, marked: Marked, row: Row, known: Sequence[Name]) -> Iterator[Change]:
    """The mark behind another name of the same row, one that the document never marks."""
    for name in _unmarked(bitext, row, known):
        at = row.target.index(name) + len(name)
        if row.target.count(name) != 1 or marked.removal.start <= at <= marked.removal.end:
            continue
        shown = row.target[marked.removal.start : marked.removal.end]
        change = _change("mark-other-name", bitext, marked, Mention(row.id, at, at), shown)
        yield Change(
            change.kind, change.row, change.rows, change.subject, edits=(*change.edits, (marked.removal, "")),
            related=change.related, support=change.support,
        )  # fmt: skip


def _unmarked(bitext: Bitext, row: Row, known: Sequence[Name]) -> list[str]:
    """Names in this row, on both sides, that no mark of the document stands behind."""
    marked = {m.name for m in bitext.marks}
    english, own = carriers.LANGS.index("en"), carriers.LANGS.index(bitext.source_lang)
    towns = [t[english] for t in carriers.TOWNS if t[english] in row.target and t[own] in row.source]
    found = [n.text for n in known if any(m.row == row.id for m in n.mentions)]
    parts = {word for name in marked for word in name.split()}
    whole = [name for name in found if ends(name, row.target.partition(name)[2])]
    return [name for name in dict.fromkeys(towns + whole) if name not in marked | parts]


def _added(bitext: Bitext, status: str, place: str) -> Iterator[Change]:
    """A mark behind a name that the original leaves without one, everywhere."""
    with_marks = {m.removal.row for m in bitext.marks}
    by_id = {row.id: row for row in bitext.rows}
    marked = {part for m in bitext.marks for part in m.name.split()}
    for name in names(bitext, 2):
        if name.text in marked:
            continue
        for mention in name.mentions:
            row = by_id[mention.row]
            behind = row.target[mention.end :]
            if mention.row in with_marks or not ends(name.text, behind):
                continue
            at = Mention(mention.row, mention.end, mention.end)
            others = tuple(m for m in name.mentions if m.row != mention.row)
            yield Change(
                "mark-added", mention.row, (mention.row,), f"mark:{name.text}",
                edits=((at, f" ({mark('en', status, place)})"),), related=others,
            )  # fmt: skip
