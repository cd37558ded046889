"""What ``concord terms`` prints: concepts and evidence as text, and as the objects of --json and --jsonl."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glossary.model import Concept, Entry
    from glossary.review.layers import Scope
    from glossary.store import Evidence, Glossary, Held, Row, Sentence

MARKS = {"preferred": "✓", "admitted": "+", "deprecated": "−", "superseded": "−", "forbidden": "✗", "": ""}
BOLD, PLAIN = "\x1b[1;4m", "\x1b[0m"


def colours() -> bool:
    """Whether standard output is a terminal that shows them."""
    return sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def marked(text: str, spans: Iterable[tuple[int, int]], *, colour: bool) -> str:
    """A sentence on one line with its terms marked: [so], or bold and underlined in a terminal."""
    before, after = (BOLD, PLAIN) if colour else ("[", "]")
    parts, at = [], 0
    for start, end in spans:
        parts += [printable(text[at:start]), before, printable(text[start:end]), after]
        at = end
    return "".join([*parts, printable(text[at:])])


def printable(text: str) -> str:
    """A text on one line, without characters that would steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


# Lists


def row_object(row: Row) -> dict[str, Any]:
    """A line of a list as JSON."""
    return {
        "id": row.id,
        "state": row.state,
        "kind": row.kind,
        "label": row.label,
        "count": row.count,
        "score": row.score,
        "version": row.version,
        "new_evidence": row.has_new,
        "reason": row.reason,
        "terms": [{"lang": lang, "text": text, "status": status or None} for lang, text, status in row.terms],
    }


def rows_text(rows: Sequence[Row]) -> str:
    """A list as a table; in a terminal as wide as it is."""
    cells = (
        (
            row.id,
            row.state + (" *" if row.has_new else ""),
            row.kind,
            str(row.count),
            terms_line(row) + why(row),
        )
        for row in rows
    )
    return plain_table(("concept", "state", "kind", "count", "terms"), cells)


def why(row: Row) -> str:
    """Why a concept was rejected, behind its terms."""
    return f"  ({row.reason})" if row.reason else ""


FIXED = frozenset(
    ("concept", "state", "kind", "lang", "count", "document", "start", "end", "verdict", "date")
)


def plain_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table without frame. In a terminal it has its width, elsewhere every row stays on one line."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in columns:
        right = "right" if name in ("count", "start", "end") else "left"
        table.add_column(name, no_wrap=name in FIXED, overflow="fold", justify=right)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    terminal = sys.stdout is not None and sys.stdout.isatty()
    width = None if terminal or os.environ.get("COLUMNS", "").isdecimal() else 4000
    console = Console(width=width, highlight=False, no_color=bool(os.environ.get("NO_COLOR")))
    with console.capture() as capture:
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def terms_line(row: Row) -> str:
    """The terms of a concept, by language: "ru мельница ✓ · en mill ✓, windmill ✗"."""
    by_lang: dict[str, list[str]] = {}
    for lang, text, status in row.terms:
        mark = MARKS[status]
        by_lang.setdefault(lang, []).append(f"{printable(text)} {mark}".rstrip())
    return " · ".join(f"{lang} {', '.join(texts)}" for lang, texts in by_lang.items())


# One concept


def concept_object(
    held: Held, figures: Sequence[Any], evidence: Sequence[Evidence], context: Scope
) -> dict[str, Any]:
    """A concept with all that is known of it, as JSON."""
    from glossary.review.entries import to_json
    from glossary.review.layers import resolve

    found = to_json(held.entry)
    found["terms"] = [
        {**_term(layered.term), "holds": layered.status, "by": str(layered.by)}
        for layered in resolve(held.entry.concept, context)
    ]
    return {
        **found,
        "version": held.version,
        "count": held.count,
        "new_evidence": held.has_new,
        "candidates": [
            {
                "key": f["key"],
                "lang": f["lang"],
                "lemma": f["lemma"],
                "count": f["count"],
                "reason": f["reason"],
                "variants": f["variants"],
                "renderings": [_rendering(r) for r in f["renderings"]],
            }
            for f in figures
        ],
        "evidence": [evidence_object(e) for e in evidence],
    }


def _term(term: Any) -> dict[str, Any]:
    from glossary.review.entries import term_to_json

    return term_to_json(term)


def _rendering(row: Sequence[Any]) -> dict[str, Any]:
    lang, text, count, confidence, variants, _ = row
    return {"lang": lang, "text": text, "count": count, "confidence": confidence, "variants": variants}


def evidence_object(found: Evidence) -> dict[str, Any]:
    """One occurrence as JSON."""
    return {
        "document": found.document,
        "lang": found.lang,
        "segment": found.segment,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "new": found.is_new,
        "stale": found.stale,
        "sentence": _sentence(found.sentence),
        "counterparts": [
            {"document": c.document, "lang": c.lang, **_sentence(c)} for c in found.counterparts
        ],
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "segments": list(sentence.segments),
        "text": sentence.text,
        "spans": [list(span) for span in sentence.spans],
    }


def link_names(glossary: Glossary, held: Held) -> dict[str, str]:
    """The labels of the concepts that a concept is linked to, by their ids."""
    from glossary.review.valid import label

    state = glossary.state()
    found = {link.target: state.get(link.target) for link in held.entry.concept.links}
    return {number: label(entry.concept) for number, entry in found.items() if entry is not None}


def concept_lines(held: Held, figures: Sequence[Any], context: Scope, names: Mapping[str, str]) -> list[str]:
    """A concept as text: head, terms with what holds and who says so, renderings, links, comments.

    ``names`` are the labels of the concepts that it is linked to.
    """
    entry, concept = held.entry, held.entry.concept
    lines = [head(held)]
    lines += [f"  {name}: {value}" for name, value in plain_fields(entry) if value]
    lines += terms_lines(concept, context)
    lines += rendering_lines(figures, held)
    lines += [f"  proposed: {printable(f['reason'])}" for f in figures if f["reason"]]
    for link in concept.links:
        what = "perhaps " if link.proposed else ""
        when = f" {link.date}" if link.date else ""
        why = f" ({printable(link.reason)})" if link.reason else ""
        name = f"{printable(names.get(link.target, ''))} {link.target}".strip()
        lines.append(f"  {what}{link.type}{when}: {name}{why}")
    for comment in entry.comments:
        lines.append(f"  {comment.at[:10]} {comment.author}: {printable(comment.text)}")
    return lines


def head(held: Held) -> str:
    """The first line of a concept."""
    from glossary.review.valid import label

    concept = held.entry.concept
    state = f"merged into {held.entry.merged_into}" if held.entry.merged_into else concept.state
    why = f" ({printable(concept.reason)})" if concept.reason and concept.state == "rejected" else ""
    new = ", new evidence" if held.has_new else ""
    return (
        f"{concept.id}  {printable(label(concept))}  –  {concept.kind}, {state}{why}, "
        f"{held.count}×{new}, version {held.version}"
    )


def plain_fields(entry: Entry) -> list[tuple[str, str]]:
    """The fields of a concept that are texts."""
    concept = entry.concept
    why = "" if concept.state == "rejected" or not entry.decided else concept.reason
    fields = ("definition", concept.definition), ("note", concept.note), ("reason", why)
    return [(name, printable(value)) for name, value in fields]


def terms_lines(concept: Concept, context: Scope) -> list[str]:
    """Each term with its status in a context, the scope that says so, and what it says against wider ones."""
    from glossary.review.layers import resolve

    lines = []
    numbers = {id(term): n for n, term in enumerate(concept.terms, 1)}
    for layered in resolve(concept, context):
        term = layered.term
        parts: list[str] = [layered.status or "undecided"]
        if str(layered.by):
            parts.append(f"by {layered.by}")
        parts += [f"not {t.status} as {t.scope or 'everywhere else'}" for t in layered.beaten]
        if term.case == "as written":
            parts.append("case as written")
        if not term.translate:
            parts.append("not translated")
        forms = ", ".join(
            f"{form} {count}×" for form, count in sorted(term.variants.items(), key=lambda v: -v[1])[:8]
        )
        note = f"; {printable(term.note)}" if term.note else ""
        tail = f" [{printable(forms)}]" if forms else ""
        lines.append(
            f"  {numbers[id(term)]}) {term.lang:<3} {printable(term.text)}: {', '.join(parts)}{note}{tail}"
        )
    elsewhere = {t.scope for t in concept.terms if t.scope and not _applies(t.scope, context)}
    lines += [f"      also decided for {scope}" for scope in sorted(elsewhere)]
    return lines


def _applies(scope: str, context: Scope) -> bool:
    from glossary.review.layers import parse_scope

    return parse_scope(scope).holds_in(context)


def rendering_lines(figures: Sequence[Any], held: Held) -> list[str]:
    """What each candidate was rendered as, with counts; new ones are said to be new."""
    lines = []
    for figure in figures:
        shown = []
        for lang, text, count, confidence, _, since in figure["renderings"][:8]:
            new = " new" if held.entry.decided and since > held.seen else ""
            shown.append(f"{lang} {printable(text) or '(left out)'} {count}× {confidence:.2f}{new}")
        if shown:
            lines.append(f"  {printable(figure['text'])} → {'; '.join(shown)}")
    return lines


def sentences(found: Iterable[Evidence]) -> list[Evidence]:
    """Each sentence once, however often a term stands in it."""
    seen: dict[tuple[str, int], Evidence] = {}
    for one in found:
        seen.setdefault((one.document, one.segment if not one.stale else -1 - one.start), one)
    return list(seen.values())


def evidence_lines(found: Evidence, *, colour: bool) -> list[str]:
    """One occurrence: where, its sentence, and its counterparts below."""
    new = "  new" if found.is_new else ""
    where = f"  {printable(found.document)}, sentence {found.segment + 1}{new}"
    if found.stale:
        return [
            where,
            f"    {found.text}  (the text has been read anew; `concord terms build` finds it again)",
        ]
    lines = [where, f"    {marked(found.sentence.text, found.sentence.spans, colour=colour)}"]
    for other in found.counterparts:
        text = marked(other.text, other.spans, colour=colour) or "(left out)"
        lines.append(f"    {other.lang}: {text}")
    return lines
