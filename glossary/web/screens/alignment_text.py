"""Corrections of sentences, the corrected text as a file, exports, the dot plot, several versions side by side."""

from __future__ import annotations

import io
from typing import Any, cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from align import pipeline
from align.edit import EditRequest, Side
from align.errors import ConflictError, UsageError
from align.formats.write import FORMATS, write
from align.model import Alignment
from align.multi import Group, groups
from align.store import Store
from align.store.notes import Notes
from align.store.texts import Window
from glossary.web.app import author_of, page, see, site_of
from glossary.web.forms import form_of, whole_number
from glossary.web.plot import plot
from glossary.web.screens.alignment_view import ABOVE, PAGE

MEDIA = {
    "tmx": "application/x-tmx+xml",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "json": "application/json",
}


def side_of(request: Request) -> Side:
    """The side in an address. Raises UsageError."""
    side = request.path_params["side"]
    if side not in ("source", "target"):
        raise UsageError(f"“{side[:40]}” is no side", hint="It is source or target")
    return cast(Side, side)


def sentence(request: Request) -> Response:
    """One sentence with its neighbours and counterpart, and a field for how it should read."""
    with site_of(request).opened() as glossary:
        return sentence_page(request, glossary.store)


def sentence_page(
    request: Request, store: Store, *, typed: str | None = None, conflict: str = "", status: int = 200
) -> Response:
    """The page of a sentence; ``typed`` is kept where it could not be taken."""
    alignment, side = int(request.path_params["id"]), side_of(request)
    segment = int(request.path_params["segment"])
    with store.snapshot():
        window = Window(store, alignment)
        version = window.version(side)
        texts = window.texts(side, range(max(0, segment - 1), segment + 2))
        if segment not in texts:
            raise UsageError(f"there is no sentence {segment + 1} in it", where=version.name)
        other: Side = "target" if side == "source" else "source"
        at = window.holders(side, [segment]).get(segment, 0)
        bead = window.beads(at, 1)[0].bead
        beside = bead.target if side == "source" else bead.source
        notes = Notes(store)
        held = next((note for note in notes.corrections(version.id) if note.segment == segment), None)
        counterpart = window.texts(other, beside)
    return page(
        request, "alignment_text.html", status, title=f"Sentence {segment + 1} of {version.name}",
        id=alignment, side=side, segment=segment, version=version, other=window.version(other), at=at + 1,
        before=texts.get(segment - 1, ""), read=texts[segment], after=texts.get(segment + 1, ""),
        beside=[counterpart[n] for n in beside], note=held, present=held.new if held else texts[segment],
        typed=typed, conflict=conflict, corrections=None, history=(), stale=(),
    )  # fmt: skip


def correct(request: Request) -> Response:
    """Keeps a correction; what was typed stays in the form where somebody else was faster."""
    form = form_of(request)
    alignment, side = int(request.path_params["id"]), side_of(request)
    with site_of(request).opened() as glossary:
        store = glossary.store
        with store.snapshot():
            window = Window(store, alignment)
        segment = int(request.path_params["segment"])
        new, seen = form.raw("new"), form.raw("seen") or None
        if form.text("as_read"):
            new = window.texts(side, [segment]).get(segment, "")
        try:
            Notes(store).correct(window.version(side).id, segment, new, author_of(request), seen=seen)
        except ConflictError as error:
            return sentence_page(request, store, typed=new, conflict=str(error), status=409)
        except UsageError as error:
            return sentence_page(request, store, typed=new, conflict=str(error), status=400)
        at = window.holders(side, [segment]).get(segment, 0) + 1
    return see(request, f"/alignment/{alignment}?at={at}#b{at}")


def corrections(request: Request) -> Response:
    """All corrections of one text, stale ones too, and who made them when."""
    alignment, side = int(request.path_params["id"]), side_of(request)
    with site_of(request).opened() as glossary:
        store, notes = glossary.store, Notes(glossary.store)
        with store.snapshot():
            window = Window(store, alignment)
            version = window.version(side)
            found = notes.corrections(version.id)
            history = notes.history(version.id, limit=200)
            holders = window.holders(side, [n.segment for n in found if n.segment is not None])
    return page(
        request, "alignment_texts.html", title=f"Corrections in {version.name}", id=alignment, side=side,
        version=version, found=[n for n in found if n.segment is not None], history=history[::-1],
        stale=[n for n in found if n.segment is None], at={k: v + 1 for k, v in holders.items()},
    )  # fmt: skip


def take_back(request: Request) -> Response:
    """Undo and redo of corrections."""
    form = form_of(request)
    alignment, side = int(request.path_params["id"]), side_of(request)
    with site_of(request).opened() as glossary:
        notes = Notes(glossary.store)
        with glossary.store.snapshot():
            document = Window(glossary.store, alignment).version(side).id
        step = notes.redo if form.text("do") == "redo" else notes.undo
        step(document, author_of(request))
    return see(request, f"/alignment/{alignment}/text/{side}")


def corrected(request: Request) -> Response:
    """The corrected text in its own format, as a file to save."""
    alignment, side = int(request.path_params["id"]), side_of(request)
    with site_of(request).opened() as glossary:
        with glossary.store.snapshot():
            version = Window(glossary.store, alignment).version(side)
        key, done = pipeline.corrected(glossary.store, version.id)
    if done.refused and not request.query_params.get("all"):
        return page(
            request, "alignment_refused.html", 409, title="Not all corrections could be made", done=done,
            id=alignment, side=side, version=version,
        )  # fmt: skip
    stem, dot, ending = key.rpartition("/")[2].rpartition(".")
    return download(done.data, f"{stem}.corrected.{ending}" if dot else f"{ending}.corrected")


def download(data: bytes, name: str, media: str = "application/octet-stream") -> Response:
    """A file to save; never shown in the page's place."""
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type=media, headers=headers)


def export(request: Request) -> Response:
    """An alignment in one of the formats of ``concord export``."""
    format = request.query_params.get("format", "tmx")
    if format not in MEDIA or format not in FORMATS:
        raise UsageError(f"there is no format “{format[:40]}”", hint=f"Choose from {', '.join(MEDIA)}")
    with site_of(request).opened() as glossary:
        found = glossary.store.load_alignment(int(request.path_params["id"]))
    out = io.BytesIO()
    write([found], format, out)
    return download(out.getvalue(), f"{found.source.name}–{found.target.name}.{format}", MEDIA[format])


def dots(request: Request) -> Response:
    """The whole of a pair as a picture; each mark leads to its place."""
    with site_of(request).opened() as glossary, glossary.store.snapshot():
        window = Window(glossary.store, int(request.path_params["id"]))
        beads = window.all_beads()
    source, target = window.source, window.target
    at = whole_number(request.query_params.get("at", ""), "at", 1)
    made = plot(beads, source.segments, target.segments, window.is_doubtful)
    here = next((mark for mark in made.marks if mark.first <= (at or 1) <= mark.last), None)
    return page(
        request, "alignment_plot.html", title=f"{source.name} – {target.name}: dot plot",
        id=int(request.path_params["id"]), plot=made, here=here, source=source, target=target, at=at,
    )  # fmt: skip


# Several versions of one original


def together(store: Store, alignment: int) -> tuple[list[int], list[Alignment], list[Group]]:
    """The alignments that start from the same text as this one, and their groups. Raises UsageError."""
    with store.snapshot():
        store.resolve(alignment)
        numbers = [
            n
            for (n,) in store.db.execute(
                "SELECT id FROM alignments WHERE source = (SELECT source FROM alignments WHERE id = ?) ORDER BY id",
                [alignment],
            )
        ]
        found = [store.load_alignment(n) for n in numbers]
    return numbers, found, groups(found)


def versions(request: Request) -> Response:
    """An original beside all its translations, a row for what stands together."""
    with site_of(request).opened() as glossary:
        numbers, found, every = together(glossary.store, int(request.path_params["id"]))
        seen = [glossary.store.last_event(n) for n in numbers]
    at = min(max(whole_number(request.query_params.get("at", ""), "at", 1) or 1, 1), max(len(every), 1))
    first = whole_number(request.query_params.get("first", ""), "first")
    if first is None or not first <= at < first + PAGE:
        first = max(1, at - ABOVE)
    return page(
        request, "alignment_versions.html", title=f"{found[0].source.name} and its translations",
        id=int(request.path_params["id"]), numbers=numbers, alignments=found, total=len(every), at=at, first=first,
        shown_groups=[group_row(n, every[n - 1], found) for n in range(first, min(first + PAGE, len(every) + 1))],
        seen=seen, page_size=PAGE,
    )  # fmt: skip


def group_row(number: int, group: Group, found: list[Alignment]) -> dict[str, Any]:
    """A group as it is shown."""
    cells = []
    for k, alignment in enumerate(found):
        beads = [alignment.beads[b] for b in group.beads[k]]
        cells.append(
            {
                "texts": [alignment.target.segment_text(t) for t in group.targets[k]],
                "at": group.beads[k][0] + 1 if group.beads[k] else None,
                "states": sorted({
                    "doubtful" if alignment.is_doubtful(b) and b.state == "proposed" else b.state for b in beads
                }),
            }
        )  # fmt: skip
    source = [found[0].source.segment_text(s) for s in group.source]
    return {"number": number, "source": source, "cells": cells, "kind": group.kind}


def confirm_group(request: Request) -> Response:
    """Confirms all beads of a row, in all its pairs, or none."""
    form = form_of(request)
    alignment, at = int(request.path_params["id"]), form.number("at", 1) or 1
    seen = [whole_number(text, "seen") for text in form.texts("seen")]
    with site_of(request).opened() as glossary, glossary.store.transaction():
        store = glossary.store
        numbers, _, every = together(store, alignment)
        if len(seen) not in (0, len(numbers)) or not 1 <= at <= len(every):
            raise ConflictError("another translation was added meanwhile", hint="Look at the row again")
        for k, number in enumerate(numbers):
            expected = seen[k] if seen else None
            for bead in every[at - 1].beads[k]:
                store.edit(number, EditRequest("confirm", bead + 1), author_of(request), expected=expected)
                expected = None
    return see(
        request, f"/alignment/versions/{alignment}?at={min(at + 1, len(every))}&first={form.text('first')}"
    )


ROUTES = (
    Route("/alignment/versions/{id:int}", versions),
    Route("/alignment/versions/{id:int}/confirm", confirm_group, methods=["POST"]),
    Route("/alignment/{id:int}/plot", dots),
    Route("/alignment/{id:int}/export", export),
    Route("/alignment/{id:int}/text/{side}", corrections),
    Route("/alignment/{id:int}/text/{side}/back", take_back, methods=["POST"]),
    Route("/alignment/{id:int}/text/{side}/{segment:int}", sentence, methods=["GET", "HEAD"]),
    Route("/alignment/{id:int}/text/{side}/{segment:int}", correct, methods=["POST"]),
    Route("/alignment/{id:int}/corrected/{side}", corrected),
)
