"""Many candidates at once: ticked ones or all that a filter finds, looked at before, taken back at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from align.errors import ConflictError, UsageError
from glossary.review import actions as do
from glossary.review.valid import label
from glossary.store import Glossary
from glossary.web.app import author_of, page, see, site_of
from glossary.web.forms import Form, form_of
from glossary.web.screens.candidates import choices, undo_values
from glossary.web.screens.candidates_queue import Filter, filter_of

ROWS = 50
FIRST = 10
ACTIONS = ("accept", "reject", "reopen", "comment", "merge")
PHRASES = {
    "accept": "Accept",
    "reject": "Reject",
    "reopen": "Make candidates again:",
    "comment": "Comment on",
    "merge": "Make one concept of",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a bulk action is about: ids with the versions that were seen, and a digest of these."""

    ids: tuple[tuple[str, int], ...]
    everything: bool

    @property
    def digest(self) -> str:
        """Another whenever a concept comes, goes or changes."""
        return hashlib.sha256(json.dumps(self.ids).encode()).hexdigest()[:20]


def table(request: Request) -> Response:
    """The list with boxes to tick."""
    asked = request.query_params
    wanted = filter_of(asked)
    with site_of(request).opened() as glossary, glossary.store.snapshot():
        query = wanted.query()
        rows = glossary.page(query, after=asked.get("after", ""), limit=ROWS)
        total = glossary.count(query)
        offered = undo_values(glossary, request)
    return page(request, "candidates_bulk.html", title="Many at once", filter=wanted, rows=rows, total=total,
                phrases=PHRASES, **offered, **choices())  # fmt: skip


def preview(request: Request) -> Response:
    """How many, and the first of them, before anything is done."""
    form = form_of(request)
    wanted = filter_of(form.data)
    with site_of(request).opened() as glossary:
        chosen = _chosen(glossary, form, wanted)
        return _preview(request, glossary, form, wanted, chosen, "")


def perform(request: Request) -> Response:
    """Does what the preview showed, as one decision; shows it anew where anything has changed since."""
    form = form_of(request)
    wanted = filter_of(form.data)
    with site_of(request).opened() as glossary:
        try:
            with glossary.store.transaction():
                chosen = _chosen(glossary, form, wanted)
                if chosen.digest != form.text("digest"):
                    raise ConflictError("the list has changed since you looked; nothing was done")
                action = _action(glossary, form, chosen)
                glossary.perform(
                    action, author=author_of(request), reason=form.text("reason"), expected=dict(chosen.ids)
                )
        except ConflictError as error:
            now = Chosen(tuple((n, glossary.get(n).version) for n, _ in chosen.ids), chosen.everything)
            return _preview(request, glossary, form, wanted, now, str(error), 409)
    return see(request, wanted.url("/candidates/bulk"))


def _chosen(glossary: Glossary, form: Form, wanted: Filter) -> Chosen:
    """The ticked rows with the versions that stood beside them, or all that the filter finds now."""
    if form.text("scope") == "all":
        return Chosen(tuple((n, version) for n, version in glossary.versions(wanted.query())), True)
    found: dict[str, int] = {}
    for value in form.texts("ids"):
        number, _, version = value.rpartition(":")
        if not number or not version.isdecimal():
            raise UsageError("this is no row of the list", where=value[:40])
        found[number] = int(version)
    if not found:
        raise UsageError("nothing was ticked", hint="Tick some rows, or choose all of the list")
    return Chosen(tuple(found.items()), False)


def _action(glossary: Glossary, form: Form, chosen: Chosen) -> do.Action:
    ids = tuple(number for number, _ in chosen.ids)
    name = form.text("action")
    if not ids:
        raise UsageError("the list is empty", hint="Choose another filter")
    if name == "merge":
        if chosen.everything:
            raise UsageError("only ticked concepts can be merged", hint="Tick those that are one thing")
        return do.Merge(ids[0], ids[1:])
    if name == "comment":
        return do.AddComment(ids, form.raw("reason").strip())
    if name == "accept":
        return do.Accept(ids)
    if name == "reject":
        return do.Reject(ids)
    if name == "reopen":
        return do.Reopen(ids)
    raise UsageError("there is no such action", where=name[:40], hint="Choose one")


def _preview(
    request: Request,
    glossary: Glossary,
    form: Form,
    wanted: Filter,
    chosen: Chosen,
    note: str,
    status: int = 200,
) -> Response:
    _action(glossary, form, chosen)  # what cannot be done is said at once
    return page(
        request, "candidates_preview.html", status, title="Before it is done", filter=wanted, note=note,
        action=form.text("action"), phrase=PHRASES[form.text("action")], reason=form.text("reason"),
        count=len(chosen.ids), first=_first(glossary, chosen.ids[:FIRST]), digest=chosen.digest,
        ids=() if chosen.everything else chosen.ids, scope="all" if chosen.everything else "ticked",
    )  # fmt: skip


def _first(glossary: Glossary, ids: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    with glossary.store.snapshot():
        held = [glossary.get(number) for number, _ in ids]
    return [
        {"id": one.entry.concept.id, "label": label(one.entry.concept), "terms": one.entry.concept.terms[:6],
         "state": one.entry.concept.state, "kind": one.entry.concept.kind, "count": one.count}
        for one in held
    ]  # fmt: skip


ROUTES = (
    Route("/candidates/bulk", table),
    Route("/candidates/bulk/preview", preview, methods=["POST"]),
    Route("/candidates/bulk/perform", perform, methods=["POST"]),
)
