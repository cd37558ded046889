"""The terms of an archive with what people have decided about them, and as table, CSV, JSON and JSON Lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from align.formats.display import plain
from align.formats.jsonl import dumps
from align.formats.sheets import no_formula
from glossary.archive.dates import Dates, shown
from glossary.archive.kept import Kept
from glossary.archive.names import Mined, RenderedAs, Support, mine_names, rank
from glossary.archive.phrases import mine_phrases, support_of
from glossary.extract.morphology import fold
from glossary.model import ReviewState
from glossary.store import Glossary
from glossary.store.build import without_kind

COLUMNS = (
    "term", "kind", "lang", "count", "pairs", "first", "last", "renderings", "variants", "state", "score", "key",
)  # fmt: skip
_MANY = 6


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms found. ``least`` is the least number of mentions that a name needed, ``pairs`` were looked at."""

    found: tuple[Mined, ...]
    pairs: int
    least: int


def mine(kept: Kept, version: str, support: Support) -> Terms:
    """All names and phrases with the support asked for, the surest and most widespread first."""
    dates, pairs = Dates(kept.archive), kept.pairs(version)
    names, least = mine_names(kept, version, dates, support)
    phrases = mine_phrases(kept, version, dates, support_of(support, pairs))
    return Terms(tuple(sorted([*names, *phrases], key=rank)), pairs, least)


class Decided:
    """What people decided about terms in a project: by candidates' keys, whatever their kind, and by the words."""

    def __init__(self, glossary: Glossary | None) -> None:
        self._by_key: dict[tuple[str, str], ReviewState] = {}
        self._by_text: dict[tuple[str, str], ReviewState] = {}
        if glossary is None:
            return
        with glossary.store.snapshot():
            for held in glossary.decided():
                entry = held.entry
                if entry.merged_into:
                    continue
                self._by_key |= dict.fromkeys(map(without_kind, entry.keys), entry.concept.state)
                for term in entry.concept.terms:
                    self._by_text[term.lang, fold(term.text)] = entry.concept.state

    def state(self, one: Mined) -> ReviewState | None:
        """The state that people gave a term, None where nobody decided."""
        lang, _, lemmas = one.key.partition(":")
        return self._by_key.get((lang, lemmas)) or self._by_text.get((one.lang, fold(one.text)))


def record(one: Mined, state: ReviewState | None) -> dict[str, Any]:
    """A term as JSON."""
    return {
        "term": one.text,
        "kind": one.kind,
        "lang": one.lang,
        "count": one.count,
        "pairs": one.pairs,
        "first": shown(one.first) or None,
        "last": shown(one.last) or None,
        "score": one.score,
        "variants": one.surfaces,
        "renderings": [_rendering(rendering) for rendering in one.renderings],
        "state": state,
        "note": one.note,
        "key": one.key,
    }


def _rendering(one: RenderedAs) -> dict[str, Any]:
    return {
        "text": one.text,
        "lang": one.lang,
        "count": one.count,
        "pairs": one.pairs,
        "confidence": one.confidence,
        "first": shown(one.first) or None,
        "last": shown(one.last) or None,
        "variants": one.variants,
    }


Rows = Sequence[tuple[Mined, ReviewState | None]]


def as_jsonl(rows: Rows) -> str:
    """A term a line."""
    return "".join(dumps(record(*row)) + "\n" for row in rows)


def as_json(rows: Rows) -> str:
    """One array, a term a line."""
    return "[\n" + ",\n".join(dumps(record(*row)) for row in rows) + "\n]\n"


def as_csv(rows: Rows) -> str:
    """A header and a line a term; what a spreadsheet would take for a formula has an apostrophe in front."""
    stream = io.StringIO()
    lines = csv.writer(stream, lineterminator="\n")
    lines.writerow(COLUMNS)
    for one, state in rows:
        cells = _cells(one, state, most=None)
        lines.writerow(map(no_formula, cells))
    return stream.getvalue()


def as_table(rows: Rows) -> str:
    """A line a term, for the terminal."""
    if not rows:
        return ""
    cells = [list(COLUMNS[:10]), *([*_cells(one, state, most=_MANY)[:10]] for one, state in rows)]
    widths = [min(44, max(len(row[at]) for row in cells)) for at in range(len(cells[0]))]
    return "".join(
        "  ".join(_fitted(cell, w) for cell, w in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in cells
    )


def _fitted(cell: str, width: int) -> str:
    return (cell if len(cell) <= width else f"{cell[: width - 1]}…").ljust(width)


def _cells(one: Mined, state: ReviewState | None, most: int | None) -> list[str]:
    renderings = _listed((r.text or "(left out)", r.count) for r in one.renderings[:most])
    variants = _listed(list(one.surfaces.items())[:most])
    return [
        plain(one.text), one.kind, one.lang, str(one.count), str(one.pairs), shown(one.first), shown(one.last),
        renderings, variants, state or "", f"{one.score:.4f}", plain(one.key),
    ]  # fmt: skip


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return plain("; ".join(f"{text} {count}" for text, count in counts))


FORMATS: dict[str, Callable[[Rows], str]] = {
    "table": as_table,
    "csv": as_csv,
    "jsonl": as_jsonl,
    "json": as_json,
}
