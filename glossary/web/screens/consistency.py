"""The screen of consistency: what each name became, where; and the concordance behind each line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from align.errors import UsageError
from glossary.review.layers import STATUSES
from glossary.store import Evidence, Glossary
from glossary.web.app import page, site_of
from glossary.web.forms import whole_number
from glossary.web.screens.consistency_lines import (
    ROWS,
    SORTS,
    UNDECIDED,
    Decisions,
    Line,
    after,
    kept_lines,
    narrowed,
    wanted_of,
)

PLACES = 50
AROUND = 70
"""Code points on either side of the words."""


def show(request: Request) -> Response:
    """The table."""
    asked = request.query_params
    wanted = wanted_of(asked)
    with site_of(request).opened() as glossary:
        every = kept_lines(glossary)
        decisions = Decisions(glossary.standing())
        lines = narrowed(every, wanted, decisions)
        rest = after(lines, asked.get("after", "")) if asked.get("after") else lines
        shown = rest[:ROWS]
        known = {line.term: glossary.known(line.term) for line in shown}
    return page(
        request, "consistency.html", title="Consistency", wanted=wanted, lines=shown, count=len(lines),
        next=shown[-1].place if len(rest) > ROWS else "", checked=bool(every), columns=tuple(SORTS),
        statuses=(*STATUSES, UNDECIDED), standing_of=decisions.status, address=concordance_of, known=known,
        langs=sorted({line.lang for line in every}), kinds=sorted({line.kind for line in every}),
        documents=sorted({line.document for line in every}),
    )  # fmt: skip


def concordance_of(line: Line, concept: str) -> str:
    """The address of all places of a line."""
    asked = [("form", form) for form in line.forms[:20]]
    asked += [("lang", line.lang), ("document", line.document), ("term", line.term)]
    if concept:
        asked.append(("concept", concept))
    return f"/consistency/concordance?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a concordance: the words, and the sentence on both sides of them."""

    found: Evidence
    left: str
    right: str


def concordance(request: Request) -> Response:
    """Where words stand, each with what surrounds it and with its counterparts."""
    asked = request.query_params
    words: str | list[str] = asked.getlist("form") or asked.get("q", "").strip()
    start = whole_number(asked.get("start", ""), "start", -1)
    with site_of(request).opened() as glossary:
        found = (
            glossary.search(
                words, lang=asked.get("lang", ""), document=asked.get("document", ""), limit=PLACES + 1,
                concept=known_id(glossary, asked.get("concept", "")), after=(asked.get("from", ""), start or 0),
            )
            if words
            else []
        )  # fmt: skip
    shown = found[:PLACES]
    return page(
        request, "concordance.html", title="Concordance", places=[place(one) for one in shown], asked=asked,
        words=words if isinstance(words, str) else ", ".join(words), term=asked.get("term", ""),
        next=further(asked, shown[-1]) if len(found) > PLACES else "",
    )  # fmt: skip


def known_id(glossary: Glossary, number: str) -> str:
    """The concept if it is there still."""
    try:
        return glossary.get(number).entry.concept.id if number else ""
    except UsageError:
        return ""


def place(found: Evidence) -> Place:
    """A found place with some words before and after it, cut where there are many."""
    spans: Any = found.sentence.spans
    text = found.sentence.text
    start, end = next(((a, b) for a, b in spans if text[a:b] == found.text), (spans[0] if spans else (0, 0)))
    left, right = text[:start], text[end:]
    return Place(
        found,
        left if len(left) <= AROUND else f"… {left[-AROUND:].partition(' ')[2]}",
        right if len(right) <= AROUND else f"{right[:AROUND].rpartition(' ')[0]} …",
    )


def further(asked: QueryParams, last: Evidence) -> str:
    """The address of the places behind the last one."""
    kept = [(name, value) for name, value in asked.multi_items() if name not in ("from", "start")]
    return f"/consistency/concordance?{urlencode([*kept, ('from', last.document), ('start', last.start)])}"


ROUTES = (Route("/consistency", show), Route("/consistency/concordance", concordance))
