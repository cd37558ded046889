"""What each name became in all translations, as the writers show it; ``consistency`` folds the uses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from glossary.checks.terms.consistency import ConceptRow, RenderingRow, consistency
from glossary.model import Use


def renderings(uses: Iterable[Use]) -> list[ConceptRow]:
    """All concepts with their renderings: those with one that deviates first, then the frequent ones."""
    return sorted(consistency(uses), key=lambda row: (row.consistent, len(row.renderings) < 2, -row.count))


def time_of(row: RenderingRow) -> tuple[str, str]:
    """The first and the last date of a rendering (ISO 8601), "" where none is known."""
    days = sorted(date for date in row.dates if date)
    return (days[0], days[-1]) if days else ("", "")


def record_of(concept: ConceptRow) -> dict[str, Any]:
    """A concept with its renderings as a JSON object."""
    return {
        "key": concept.key,
        "term": concept.term,
        "kind": concept.kind,
        "source_lang": concept.source_lang,
        "target_lang": concept.target_lang,
        "count": concept.count,
        "forms": dict(concept.forms),
        "consistent": concept.consistent,
        "renderings": [
            {
                "text": row.text,
                "count": row.count,
                "deviates": row.deviates,
                "first": time_of(row)[0],
                "last": time_of(row)[1],
                "forms": dict(row.forms),
                "documents": dict(row.documents),
                "dates": {date: count for date, count in row.dates.items() if date},
            }
            for row in concept.renderings
        ],
    }
