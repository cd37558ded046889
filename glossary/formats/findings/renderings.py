"""What each name became in all translations: the table of consistency, folded from single uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from glossary.model import Use


@dataclass(frozen=True, slots=True)
class Rendered:
    """One rendering: how often, in which translations (name and count), from when to when (ISO 8601, "").

    ``dates`` counts the uses of each date that is known.
    """

    text: str
    count: int
    documents: tuple[tuple[str, int], ...]
    first: str
    last: str
    dates: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """One way a concept is named in originals of one language, with what it became in another, frequent first."""

    key: str
    term: str
    kind: str
    form: str
    source_lang: str
    target_lang: str
    count: int
    renderings: tuple[Rendered, ...]

    @property
    def is_consistent(self) -> bool:
        """Whether it was always rendered in the same way."""
        return len(self.renderings) < 2

    def as_record(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "key": self.key, "term": self.term, "kind": self.kind, "form": self.form,
            "source_lang": self.source_lang, "target_lang": self.target_lang, "count": self.count,
            "renderings": [
                {
                    "text": one.text, "count": one.count, "first": one.first, "last": one.last,
                    "documents": dict(one.documents),
                }
                for one in self.renderings
            ],
        }  # fmt: skip


def renderings(uses: Iterable[Use]) -> tuple[Named, ...]:
    """The uses by name, form and languages; those rendered in several ways first, then the frequent ones."""
    groups: dict[tuple[str, str, str, str], list[Use]] = {}
    for use in uses:
        groups.setdefault((use.key, use.form, use.source_lang, use.target_lang), []).append(use)
    named = [_named(group) for group in groups.values()]
    return tuple(
        sorted(named, key=lambda n: (n.is_consistent, -n.count, n.key, n.form, n.source_lang, n.target_lang))
    )


def _named(uses: list[Use]) -> Named:
    first = uses[0]
    by_text: dict[str, list[Use]] = {}
    for use in uses:
        by_text.setdefault(use.rendering, []).append(use)
    found = sorted((_rendered(own) for own in by_text.values()), key=lambda one: (-one.count, one.text))
    return Named(
        first.key, first.term, first.kind, first.form, first.source_lang, first.target_lang,
        sum(one.count for one in found), tuple(found),
    )  # fmt: skip


def _rendered(uses: list[Use]) -> Rendered:
    documents: Counter[str] = Counter()
    dates: Counter[str] = Counter()
    for use in uses:
        documents[use.target] += use.count
        if use.date:
            dates[use.date] += use.count
    ordered = tuple(sorted(documents.items(), key=lambda item: (-item[1], item[0])))
    days = sorted(dates)
    return Rendered(
        uses[0].rendering, sum(use.count for use in uses), ordered,
        days[0] if days else "", days[-1] if days else "", tuple(sorted(dates.items())),
    )  # fmt: skip
