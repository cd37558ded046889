"""The queue of candidates: what is asked for, the rows around the one in focus, where the next one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, cast, get_args
from urllib.parse import urlencode

from align.errors import UsageError
from glossary.review.valid import KINDS, STATES, one_of
from glossary.store import Glossary, Query, Row
from glossary.store.list import Sort

ALL = "all"
SORTS: tuple[str, ...] = get_args(Sort)
BEFORE, AFTER = 4, 14
"""Rows of the queue around the one in focus."""
LIMITS = ("", "0.2", "0.4", "0.6", "0.8")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a queue is narrowed to, as an address says it; the fields as they are when it says nothing."""

    state: str = "candidate"
    lang: str = ""
    kind: str = ""
    status: str = ""
    q: str = ""
    score: str = ""
    document: str = ""
    sort: str = "score"

    def query(self) -> Query:
        """What the store is asked. Raises UsageError for words that it does not know."""
        if self.state not in (ALL, "new"):
            one_of(STATES, self.state, "review state", "state")
        if self.kind:
            one_of(KINDS, self.kind, "kind", "kind")
        one_of(SORTS, self.sort, "order", "sort")
        return Query(
            state="" if self.state in (ALL, "new") else self.state,
            kind=self.kind,
            lang=self.lang,
            status=self.status,
            text=self.q,
            document=self.document,
            new=self.state == "new",
            sort=cast(Sort, self.sort),
            min_score=_number(self.score),
        )

    def given(self) -> list[tuple[str, str]]:
        """The fields that are not as they are anyway."""
        return [(f.name, getattr(self, f.name)) for f in fields(self) if getattr(self, f.name) != f.default]

    def url(self, path: str = "/candidates", **more: Any) -> str:
        """An address with this filter."""
        asked = [
            *self.given(),
            *((name, str(value)) for name, value in more.items() if value not in ("", None)),
        ]
        return f"{path}?{urlencode(asked)}" if asked else path


def filter_of(values: Mapping[str, Any]) -> Filter:
    """The filter that an address or a form holds."""
    return Filter(**{
        f.name: value.strip() for f in fields(Filter) if isinstance(value := values.get(f.name), str)
    })  # fmt: skip


def _number(text: str) -> float:
    if not text:
        return 0.0
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UsageError(f"{text[:20]!r} is no score", where="score", hint="Give a number from 0 to 1")
    return value


@dataclass(frozen=True, slots=True)
class Queue:
    """Some rows of the queue. ``focus`` is "" behind the last; ``next`` and ``previous`` are ids or "".

    ``earlier`` and ``later`` are cursors, "" where there is nothing more. ``outside``: the concept in focus is not
    one of the list (any more).
    """

    rows: tuple[Row, ...]
    focus: str
    next: str = ""
    previous: str = ""
    earlier: str = ""
    later: str = ""
    outside: bool = False


def queue(glossary: Glossary, wanted: Filter, *, focus: str = "", after: str = "", before: str = "") -> Queue:
    """The rows around a concept, or around the first after (the last before) a cursor. Raises UsageError."""
    query = wanted.query()
    with glossary.store.snapshot():
        if not focus:
            back = glossary.page(query, after=before, limit=1, back=True).rows if before else ()
            rows = back or glossary.page(query, after=after, limit=1).rows
            focus = rows[0].id if rows else ""
        place = glossary.place_of(focus, query) if focus else after
        ahead = glossary.page(query, after=place, limit=BEFORE, back=True) if place else None
        behind = ahead.rows if ahead else ()
        start = glossary.place_of(behind[-1].id, query) if behind else ""
        found = glossary.page(query, after=start, limit=AFTER + 1) if focus else None
    rows = found.rows if found else ()
    inside = bool(rows) and rows[0].id == focus
    following = rows[1:] if inside else rows
    return Queue(
        (*behind, *rows),
        focus,
        following[0].id if following else "",
        behind[-1].id if behind else "",
        glossary.place_of(behind[0].id, query) if ahead and ahead.next else "",
        found.next if found else "",
        outside=bool(focus) and not inside,
    )
