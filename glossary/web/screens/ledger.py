"""The screen of the ledger: each legal mark of the originals beside what became of it."""

from __future__ import annotations

from collections import Counter
from typing import get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from align.errors import UsageError
from align.store.save import AlignmentRow
from glossary.model import Verdict
from glossary.review.valid import fold, one_of
from glossary.store import Glossary
from glossary.web.app import page, site_of
from glossary.web.forms import whole_number
from glossary.web.screens.ledger_rows import Entry, entries_of

VERDICTS: tuple[str, ...] = get_args(Verdict)
ENTRIES, PAIRS = 40, 10
"""A page ends behind the pair that makes it so many entries, or after so many pairs."""


def show(request: Request) -> Response:
    """The entries of some pairs."""
    asked = request.query_params
    verdict, name, pair = asked.get("verdict", ""), asked.get("name", "").strip(), asked.get("pair", "")
    if verdict:
        one_of(VERDICTS, verdict, "verdict", "verdict")
    start = whole_number(asked.get("after", ""), "after", 0) or 0
    only = whole_number(pair, "pair", None)
    with site_of(request).opened() as glossary:
        every = glossary.store.alignments()
        if only is not None and only not in {row.id for row in every}:
            raise UsageError("there is no such pair", where=pair[:20], hint="Choose one of the list")
        rows = [row for row in every if row.id > start and only in (None, row.id)]
        found, looked = gathered(glossary, rows, verdict, name)
    last = looked[-1].id if looked and len(looked) < len(rows) else 0
    kept = {"verdict": verdict, "name": name, "pair": pair}
    return page(
        request, "ledger.html", title="Ledger", entries=found, verdict=verdict, name=name, pair=pair, pairs=every,
        verdicts=VERDICTS, looked=len(looked), counts=Counter(entry.verdict for entry in found),
        next=address({**kept, "after": str(last)}) if last else "",
    )  # fmt: skip


def gathered(
    glossary: Glossary, rows: list[AlignmentRow], verdict: str, name: str
) -> tuple[list[Entry], list[AlignmentRow]]:
    """The entries that are asked for, pair by pair until there are enough; the pairs that were looked at."""
    found: list[Entry] = []
    text = fold(name)
    for n, row in enumerate(rows):
        found += [
            entry
            for entry in entries_of(glossary, row.id)
            if verdict in ("", entry.verdict) and (not text or any(text in fold(one) for one in entry.names))
        ]
        if len(found) >= ENTRIES or n + 1 == PAIRS:
            return found, rows[: n + 1]
    return found, rows


def address(values: dict[str, str]) -> str:
    """The address of a page."""
    given = {key: value for key, value in values.items() if value}
    return f"/ledger?{urlencode(given)}" if given else "/ledger"


ROUTES = (Route("/ledger", show),)
