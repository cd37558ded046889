"""The alignment screen: two texts bead by bead, and what people decide there."""

from __future__ import annotations

from typing import Any, cast, get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from align import pipeline
from align.anchor.stretch import between_decisions
from align.errors import ConflictError, UsageError
from align.store import Store
from align.store.notes import Notes
from align.store.texts import Kind, Window
from glossary.web.app import author_of, page, see, site_of
from glossary.web.forms import Form, form_of, whole_number
from glossary.web.screens.alignment_edit import Conflict, Wish, conflict_of, perform
from glossary.web.screens.alignment_view import PAGE, SIDES, View, places, rows, view, words

LONGEST_STRETCH = 3_000
"""Beads that are aligned anew in one request; a whole text is for ``concord align``."""


def chooser(request: Request) -> Response:
    """All pairs, and the originals with several translations."""
    with site_of(request).opened() as glossary:
        alignments = glossary.store.alignments()
    groups: dict[str, list[Any]] = {}
    for row in alignments:
        groups.setdefault(row.source, []).append(row)
    several = {source: found for source, found in groups.items() if len(found) > 1}
    return page(request, "alignments.html", title="Alignment", alignments=alignments, several=several)


def show(request: Request) -> Response:
    """The beads around the one in focus."""
    alignment, at, first = place_of(request)
    with site_of(request).opened() as glossary:
        return rendered(request, glossary.store, view(glossary.store, alignment, at, first))


def place_of(request: Request, form: Form | None = None) -> tuple[int, int, int | None]:
    """Alignment, bead in focus, first bead on the page."""
    asked = request.query_params if form is None else form.data
    at, first = asked.get("at", ""), asked.get("first", "")
    numbers = whole_number(str(at), "at", 1), whole_number(str(first), "first")
    return int(request.path_params["id"]), cast(int, numbers[0]), numbers[1]


def address(alignment: int, at: int, first: int | None = None) -> str:
    """Where a bead is shown."""
    query = {"at": at} if first is None else {"at": at, "first": first}
    return f"/alignment/{alignment}?{urlencode(query)}#b{at}"


def rendered(
    request: Request,
    store: Store,
    found: View,
    *,
    said: str = "",
    status: int = 200,
    conflict: Conflict | None = None,
    focus: bool = True,
) -> Response:
    """The page, or its part with the beads. ``said`` is announced; ``focus`` puts the focus on the bead."""
    shown = None if conflict is None else conflict_rows(store, found, conflict)
    answer = page(
        request, "alignment.html", status, title=f"{found.source.name} – {found.target.name}",
        view=found, words=words, said=said, conflict=conflict, conflict_rows=shown, focus=focus, page_size=PAGE,
    )  # fmt: skip
    if request.headers.get("hx-request") == "true":
        answer.headers["HX-Replace-Url"] = address(
            found.id, found.at, found.rows[0].number if found.rows else 1
        )
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#work", "outerHTML"
    return answer


def conflict_rows(store: Store, found: View, conflict: Conflict) -> dict[str, Any]:
    """The beads of a conflict with their sentences, as they were seen and as they are."""
    from align.store.texts import Placed

    with store.snapshot():
        window = Window(store, found.id)
        marks = Notes(store).bookmarks(found.id)

        def of(beads: tuple[Any, ...]) -> list[Any]:
            return rows(
                window, [Placed(n, bead, "", "") for n, bead in enumerate(beads)], found.corrected, marks
            )

        return {"seen": None if conflict.seen is None else of(conflict.seen), "now": of(conflict.now)}


def edit(request: Request) -> Response:
    """Merge, split, move, confirm …, at the bead in focus."""
    form = form_of(request)
    alignment, at, first = place_of(request, form)
    wish = Wish(form.text("do"), at, form.number("seen"), form.number("source_at"), form.number("target_at"))
    with site_of(request).opened() as glossary:
        store = glossary.store
        try:
            done = perform(store, alignment, wish, author_of(request))
        except ConflictError as error:
            conflict = conflict_of(store, alignment, wish, error)
            found = view(store, alignment, conflict.at, first)
            return rendered(request, store, found, said=conflict.words, status=409, conflict=conflict)
        said = words(done.event) or "The beads are so already"
        return after(request, store, alignment, done.at, first, said)


def after(request: Request, store: Store, alignment: int, at: int, first: int | None, said: str) -> Response:
    """The page after a change; without the script, the browser is led there."""
    if request.headers.get("hx-request") != "true":
        return see(request, address(alignment, at, first))
    return rendered(request, store, view(store, alignment, at, first), said=said)


def take_back(request: Request) -> Response:
    """Undo and redo."""
    form = form_of(request)
    alignment, at, first = place_of(request, form)
    redo = request.url.path.endswith("/redo")
    with site_of(request).opened() as glossary:
        store = glossary.store
        undo_event, redo_event = store.next_steps(alignment)
        meant = redo_event if redo else undo_event
        seen = form.number("seen")
        if meant is not None and form.number("event") not in (None, meant.id):
            by = store.events(alignment, limit=1)[-1]
            raise ConflictError(
                f"{by.author} changed the beads in the meantime ({words(by)})",
                hint="Look at what undo would take back now",
            )
        done = (
            store.redo(alignment, author_of(request), expected=seen)
            if redo
            else store.undo(
                alignment, author_of(request), realignment=bool(form.text("realignment")), expected=seen
            )
        )
        payload = meant.payload if meant is not None else {}
        near = int(payload.get("first", at)) if isinstance(payload.get("first", at), int) else at
        return after(request, store, alignment, near, first, words(done, meant))


def find(request: Request) -> Response:
    """The next bead of a kind, or the bead with a number."""
    alignment, at, first = place_of(request)
    kind, back = request.query_params.get("kind", ""), bool(request.query_params.get("back"))
    with site_of(request).opened() as glossary:
        store = glossary.store
        if kind == "bookmark":
            place = next_bookmark(store, alignment, at - 1, back)
        elif kind in get_args(Kind):
            with store.snapshot():
                place = Window(store, alignment).next(cast(Kind, kind), at - 1, back=back)
        else:
            raise UsageError(f"“{kind[:40]}” is no kind of bead")
        to = at if place is None else place + 1
        if request.headers.get("hx-request") != "true":
            return see(request, address(alignment, to, first))
        names = {"uneven": "not one to one", "stale": "with changed text", "open": "undecided"}
        name = names.get(kind, kind)
        said = f"No bead {name} {'above' if back else 'below'}" if place is None else f"Bead {to}"
        return rendered(request, store, view(store, alignment, to, first), said=said)


def next_bookmark(store: Store, alignment: int, at: int, back: bool) -> int | None:
    """The position of the next bead with a bookmark."""
    with store.snapshot():
        window, found = Window(store, alignment), set()
        marks = Notes(store).bookmarks(alignment)
        for side in SIDES:
            segments = [note.segment for s, note in marks if s == side and note.segment is not None]
            found |= set(window.holders(side, segments).values())
    if back:
        return max((n for n in found if n < at), default=None)
    return min((n for n in found if n > at), default=None)


def bookmark(request: Request) -> Response:
    """Puts a bookmark at the bead in focus, or takes it away."""
    form = form_of(request)
    alignment, at, first = place_of(request, form)
    with site_of(request).opened() as glossary:
        store, notes = glossary.store, Notes(glossary.store)
        with store.transaction():
            found = Window(store, alignment).beads(at - 1, 1)
            if not found:
                raise UsageError(f"there is no bead {at}")
            segments = places(found[0].bead)
            there = {(side, note.segment) for side, note in notes.bookmarks(alignment)}
            marked = [key for key in segments if key in there]
            for side, segment in marked or segments[:1]:
                notes.bookmark(
                    alignment, side, segment, author_of(request), remark=form.text("remark"), on=not marked
                )
        said = f"Bookmark at bead {at} {'taken away' if marked else 'put'}"
        return after(request, store, alignment, at, first, said)


def realign(request: Request) -> Response:
    """Aligns a range anew: the beads named, else those around the one in focus up to what people decided."""
    form = form_of(request)
    alignment, at, first = place_of(request, form)
    start, end, seen = form.number("start"), form.number("end"), form.number("seen")
    with site_of(request).opened() as glossary:
        store = glossary.store
        whole = store.load_alignment(alignment)
        if start is None or end is None:
            if not 1 <= at <= len(whole.beads):
                raise UsageError(f"there is no bead {at}")
            start, end = (n + 1 for n in between_decisions(whole.beads, at - 1))
        if abs(end - start) > LONGEST_STRETCH:
            raise UsageError(
                f"{abs(end - start) + 1:,} beads are too many for this page",
                hint=f"Choose {LONGEST_STRETCH:,} or fewer, or use `concord align` for the whole text",
            )
        done = store.realign(
            alignment, (start, end), pipeline.stretch_aligner(whole), author_of(request), expected=seen
        )
        said = words(done) or f"Beads {start} to {end} come out as they are"
        return after(request, store, alignment, min(start, end), first, said)


def news(request: Request) -> Response:
    """Nothing where all is as it was seen, else the present beads, and who changed them."""
    alignment, at, first = place_of(request)
    asked = request.query_params
    with site_of(request).opened() as glossary:
        store = glossary.store
        now = store.last_event(alignment), Notes(store).last_event(alignment)
        if now == (
            whole_number(asked.get("seen", ""), "seen"),
            whole_number(asked.get("noted", ""), "noted"),
        ):
            return Response(status_code=204)
        by = store.events(alignment, limit=1)[-1]
        said = f"{by.author}: {words(by)}" if str(by.id) != asked.get("seen") else "A sentence was changed"
        return rendered(request, store, view(store, alignment, at, first), said=said, focus=False)


def count(request: Request) -> Response:
    """How many beads are of which kind, for long texts."""
    with site_of(request).opened() as glossary, glossary.store.snapshot():
        counts = Window(glossary.store, int(request.path_params["id"])).counts()
    return page(request, "alignment_counts.html", title="Beads", counts=counts)


ROUTES = (
    Route("/alignment", chooser),
    Route("/alignment/{id:int}", show),
    Route("/alignment/{id:int}/edit", edit, methods=["POST"]),
    Route("/alignment/{id:int}/undo", take_back, methods=["POST"]),
    Route("/alignment/{id:int}/redo", take_back, methods=["POST"]),
    Route("/alignment/{id:int}/bookmark", bookmark, methods=["POST"]),
    Route("/alignment/{id:int}/realign", realign, methods=["POST"]),
    Route("/alignment/{id:int}/find", find),
    Route("/alignment/{id:int}/news", news),
    Route("/alignment/{id:int}/counts", count),
)
