"""The screen of candidates: a queue, one candidate in focus, a decision, the next one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from align.errors import ConflictError, UsageError
from glossary.review.layers import STATUSES
from glossary.review.valid import KINDS, LINK_TYPES, STATES, label
from glossary.store import Event, Glossary
from glossary.store.events import said
from glossary.web.app import author_of, page, see, site_of
from glossary.web.forms import Form, form_of
from glossary.web.screens.candidates_actions import MOVES_ON, REASONS, action_of, others
from glossary.web.screens.candidates_focus import (
    MORE,
    focus_on,
    in_words,
    marks_at_mentions,
    sentences,
    term_value,
)
from glossary.web.screens.candidates_queue import ALL, LIMITS, SORTS, Filter, filter_of, queue

STATUS_KEYS = (
    ("preferred", "p", "Prefer"),
    ("forbidden", "f", "Forbid"),
    ("deprecated", "d", "Deprecate"),
)
"""The statuses that are given most often, each by a key and the number of the term."""
PANELS = (
    ("edit", "e", "Edit"),
    ("status", "i", "Statuses"),
    ("merge", "m", "Merge"),
    ("link", "l", "Link"),
    ("split", "x", "Split"),
)


def show(request: Request) -> Response:
    """The queue with one candidate in focus."""
    asked = request.query_params
    wanted = filter_of(asked)
    with site_of(request).opened() as glossary:
        values = shown(glossary, request, wanted, focus=asked.get("id", ""), after=asked.get("after", ""),
                       before=asked.get("before", ""))  # fmt: skip
    return page(request, "candidates.html", **values)


def shown(
    glossary: Glossary,
    request: Request,
    wanted: Filter,
    *,
    focus: str = "",
    after: str = "",
    before: str = "",
    announce: str = "",
) -> dict[str, Any]:
    """All that the template needs. Raises UsageError for a concept that is not there."""
    with glossary.store.snapshot():
        rows = queue(glossary, wanted, focus=focus, after=after, before=before)
        held = focus_on(glossary, rows.focus) if rows.focus else None
        offered = undo_values(glossary, request)
    return {
        "title": held.label if held else "Candidates",
        "filter": wanted,
        "queue": rows,
        "focus": held,
        "announce": announce,
        **choices(),
        **offered,
    }


def choices() -> dict[str, Any]:
    """What the fields of the screen can be set to."""
    return {
        "states": ("candidate", "approved", "rejected", "new", ALL),
        "kinds": KINDS,
        "sorts": SORTS,
        "limits": LIMITS,
        "reasons": REASONS,
        "status_keys": STATUS_KEYS,
        "link_types": LINK_TYPES,
        "statuses": STATUSES,
        "panels": PANELS,
        "all_states": STATES,
        "term_value": term_value,
    }


def undo_values(glossary: Glossary, request: Request) -> dict[str, Any]:
    """What an undo and a redo of this person's would be about, and the last event that the page knows of."""
    done, undone = glossary.upcoming(author_of(request))
    return {
        "undo": done,
        "redo": undone,
        "undo_words": in_words(done),
        "redo_words": in_words(undone),
        "seen": glossary.last_event(),
    }


# Deciding


def decide(request: Request) -> Response:
    """Does what a form asks for, and shows the next candidate."""
    form = form_of(request)
    wanted, number = filter_of(form.data), form.text("id")
    with site_of(request).opened() as glossary:
        query = wanted.query()
        try:
            with glossary.store.transaction():
                place, name = glossary.place_of(number, query), label(glossary.get(number).entry.concept)
                action = action_of(glossary, form, number)
                reason = form.text("typed") or form.text("reason")
                expected = {number: form.number("version") or 0}
                event = glossary.perform(action, author=author_of(request), reason=reason, expected=expected)
        except ConflictError:
            return conflict(request, glossary, form, wanted)
        if form.text("action") in MOVES_ON:
            following = glossary.page(query, after=place, limit=1).rows
            after = place if not following else ""
            return answer(request, glossary, wanted, focus=following[0].id if following else "", after=after,
                          announce=words(event, name))  # fmt: skip
        return answer(request, glossary, wanted, focus=number, announce=words(event, name))


def words(event: Event | None, name: str) -> str:
    """What was done, for the live region."""
    said_now = in_words(event, name) or "it is so already"
    return said_now[:1].upper() + said_now[1:]


def answer(
    request: Request,
    glossary: Glossary,
    wanted: Filter,
    *,
    focus: str = "",
    after: str = "",
    announce: str = "",
) -> Response:
    """The screen after a decision: at once for the page's own script, else by leading the browser there."""
    url = wanted.url(id=focus, after=after)
    if request.headers.get("hx-request") != "true":
        return see(request, url)
    values = shown(glossary, request, wanted, focus=focus, after=after, announce=announce)
    held = values["focus"]
    if held:
        values["announce"] = f"{announce}. {held.label}" if announce else held.label
    response = page(request, "candidates.html", **values)
    response.headers["HX-Replace-Url"] = wanted.url(id=values["queue"].focus, after=after)
    return response


def conflict(request: Request, glossary: Glossary, form: Form, wanted: Filter) -> Response:
    """Somebody else was faster: both versions, and what was asked for, to send again or let be."""
    number, version = form.text("id"), form.number("version") or 0
    with glossary.store.snapshot():
        now = glossary.get(number)
        seen = glossary.as_of(number, version)
        last = glossary.history(number, limit=1)
    kept = [
        (name, value)
        for name, value in form.data.multi_items()
        if isinstance(value, str) and name not in ("version",)
    ]
    return page(
        request,
        "candidates_conflict.html",
        409,
        title="Changed since you looked",
        label=label(now.entry.concept),
        now=now,
        before=seen,
        last=said(last[0]) if last else "changed by a new extraction",
        typed=[(name, value) for name, value in kept if name in TYPED and value.strip()],
        kept=[(name, value) for name, value in kept if name not in TYPED or not value.strip()],
        long=LONG,
        url=wanted.url(id=number),
        number=number,
        action=form.text("action"),
    )


LONG = ("comment", "definition", "note")
TYPED = (*LONG, "reason", "typed", "into", "date", "new-text", "new-lang", "kind",
         *(f"{name}-{at}" for name in ("text", "lemma", "note") for at in range(500)))  # fmt: skip


def take_back(request: Request) -> Response:
    """Undoes or redoes the decision that the button named."""
    form = form_of(request)
    wanted = filter_of(form.data)
    event = form.number("event")
    if event is None:
        raise UsageError("no decision was named", hint="Look at the page again")
    with site_of(request).opened() as glossary:
        method = glossary.redo if form.text("action") == "redo" else glossary.undo
        done = method(author=author_of(request), event=event)
        state = glossary.state()
        focus = next((number for number in done.concepts[:5] if number in state), "")
        name = label(state[focus].concept) if focus else ""
        if form.text("bulk"):
            return see(request, wanted.url("/candidates/bulk"))
        return answer(request, glossary, wanted, focus=focus or form.text("id"), announce=words(done, name))


# Parts


def panel(request: Request) -> Response:
    """A form for one candidate: edit, statuses, merge, link, split."""
    asked = request.query_params
    name, number = asked.get("do", ""), asked.get("id", "")
    if name not in {panel for panel, _, _ in PANELS}:
        raise UsageError("there is no such form", where=name[:40])
    with site_of(request).opened() as glossary:
        held = glossary.get(number)
        found = others(glossary, number, asked.get("into", ""))
    return page(
        request, "candidates_panel.html", title=f"{name.capitalize()}: {label(held.entry.concept)}",
        panel=name, held=held, label=label(held.entry.concept), filter=filter_of(asked), into=asked.get("into", ""),
        found=found, **choices(),
    )  # fmt: skip


def search(request: Request) -> Response:
    """Other concepts, while one is typed."""
    asked = request.query_params
    with site_of(request).opened() as glossary:
        found = others(glossary, asked.get("id", ""), asked.get("into", ""))
    return page(request, "candidates_found.html", title="Found", found=found, into=asked.get("into", ""))


def more(request: Request) -> Response:
    """Further sentences of a candidate, after the last one seen."""
    asked = request.query_params
    number, document = asked.get("id", ""), asked.get("document", "")
    start = asked.get("start", "-1")
    if not start.lstrip("-").isdecimal():
        raise UsageError("this is no place in a text", where="start")
    with site_of(request).opened() as glossary:
        name = label(glossary.get(number).entry.concept)
        found = glossary.evidence(number, limit=MORE, after=(document, int(start)))
    return page(request, "candidates_sentences.html", title=f"Sentences with {name}", name=name, number=number,
                sentences=sentences(found), more=len(found) == MORE, wanted=filter_of(asked))  # fmt: skip


def marks(request: Request) -> Response:
    """The legal marks at a candidate's mentions."""
    number = request.query_params.get("id", "")
    with site_of(request).opened() as glossary:
        name = label(glossary.get(number).entry.concept)
        found, looked = marks_at_mentions(glossary, number)
    return page(
        request, "candidates_marks.html", title=f"Marks at {name}", name=name, marks=found, looked=looked
    )


def pulse(request: Request) -> Response:
    """Nothing, while nobody decides anything; else what others did, and the queue as it is now."""
    asked = request.query_params
    seen, number, wanted = asked.get("seen", ""), asked.get("id", ""), filter_of(asked)
    with site_of(request).opened() as glossary:
        last = glossary.last_event()
        if str(last) == seen:
            return Response(status_code=204)
        after = int(seen) if seen.isdecimal() else last
        fresh = [e for e in glossary.history(limit=20, brief=True) if e.id > after]
        here = [e for e in glossary.history(number, limit=3, brief=True) if number and e.id > after]
        rows = queue(glossary, wanted, focus=number)
    return page(request, "candidates_pulse.html", title="Changes", seen=last, queue=rows, filter=wanted,
                here=[said(e) for e in here], elsewhere=lines_of(fresh, here), **choices())  # fmt: skip


def lines_of(fresh: Sequence[Event], here: Sequence[Event]) -> list[str]:
    """What others did elsewhere, a line each."""
    return [f"{event.author}: {in_words(event)}" for event in fresh if event.id not in {e.id for e in here}][
        -3:
    ]


ROUTES = (
    Route("/candidates", show),
    Route("/candidates/decide", decide, methods=["POST"]),
    Route("/candidates/undo", take_back, methods=["POST"]),
    Route("/candidates/panel", panel),
    Route("/candidates/search", search),
    Route("/candidates/sentences", more),
    Route("/candidates/marks", marks),
    Route("/candidates/pulse", pulse),
)
