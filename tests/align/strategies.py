"""Hypothesis strategies for alignments, the edits that people make to them, and the ways texts change."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from align.edit import Action, Direction, EditRequest, Side
from align.model import Alignment, Bead, BeadState, Document
from tests.bitexts import align, document

Ids = tuple[int, ...]

# Short ones that are repeated, and long ones that are told apart by themselves.
REPEATED = st.sampled_from(["Yes.", "No.", "– Why?", "Да."])
SENTENCES = st.one_of(
    REPEATED, st.integers(0, 40).map(lambda n: f"A sentence that is numbered {n} and long enough to tell.")
)


def texts(max_size: int = 10) -> st.SearchStrategy[list[str]]:
    """The segments of a document."""
    return st.lists(SENTENCES, min_size=1, max_size=max_size)


SHAPES = st.sampled_from([(1, 1), (1, 2), (2, 1), (1, 0), (0, 1), (2, 2), (0, 3)])
STATES: st.SearchStrategy[BeadState] = st.sampled_from(["proposed", "edited", "confirmed", "stale"])
ACTIONS: st.SearchStrategy[Action] = st.sampled_from(
    ["merge", "split", "move", "confirm", "unconfirm", "discard"]
)
SIDES: st.SearchStrategy[Side] = st.sampled_from(["source", "target"])
DIRECTIONS: st.SearchStrategy[Direction] = st.sampled_from(["up", "down"])
FIGURES = st.sampled_from([(0.25, 0.5), (-1.5, 0.0), (1e-7, 0.123456), (1e300, 1.0)])


@st.composite
def beads(draw: st.DrawFn, sources: int, targets: int) -> tuple[Bead, ...]:
    """Beads of any shape, state and figures; sometimes two of them have changed places on the target side."""
    sides: list[tuple[Ids, Ids]] = []
    s = t = 0
    while s < sources or t < targets:
        a, b = draw(SHAPES)
        a, b = min(a, sources - s), min(b, targets - t)
        if a + b == 0:
            a, b = sources - s, targets - t
        sides.append((tuple(range(s, s + a)), tuple(range(t, t + b))))
        s, t = s + a, t + b
    full = [at for at, (a, b) in enumerate(sides) if a and b]
    crossed: set[int] = set()
    if len(full) > 1 and draw(st.integers(0, 3)) == 0:
        i, j = draw(st.sampled_from(full)), draw(st.sampled_from(full))
        sides[i], sides[j] = (sides[i][0], sides[j][1]), (sides[j][0], sides[i][1])
        crossed = {i, j} if i != j else set()
    found = []
    for at, (source, target) in enumerate(sides):
        found.append(Bead(source, target, *draw(FIGURES), moved=at in crossed, state=draw(STATES)))
    return tuple(found)


@st.composite
def bead_lists(draw: st.DrawFn) -> tuple[Bead, ...]:
    """At least one bead, without documents."""
    return draw(beads(draw(st.integers(1, 9)), draw(st.integers(0, 9))))


@st.composite
def alignments(draw: st.DrawFn, max_size: int = 10) -> Alignment:
    """An alignment of two documents of at least one segment each."""
    source = document("talk.ru.txt", "ru", draw(texts(max_size)))
    target = document("talk.en.txt", "en", draw(texts(max_size)))
    found = draw(beads(len(source.segments), len(target.segments)))
    return align(source, target, found)


@st.composite
def changed(draw: st.DrawFn, original: Document) -> Document:
    """The document with segments changed, dropped, put in, or with two halves in each other's place."""
    result: list[str] = []
    for text in original.texts():
        kind = draw(st.sampled_from(["same", "same", "same", "same", "edited", "dropped", "followed"]))
        if kind != "dropped":
            result.append(f"{text} Indeed." if kind == "edited" else text)
        if kind == "followed":
            result.append(draw(SENTENCES))
    if draw(st.integers(0, 5)) == 0:
        half = len(result) // 2
        result = result[half:] + result[:half]
    return document(original.name, original.lang, result or ["Nothing of it is left."])


@st.composite
def realigned(draw: st.DrawFn) -> tuple[Alignment, Alignment]:
    """An alignment with people's decisions, and the machine's of documents that changed since."""
    old = draw(alignments())
    source, target = draw(changed(old.source)), draw(changed(old.target))
    found = draw(beads(len(source.segments), len(target.segments)))
    return old, align(source, target, [replace(bead, state="proposed") for bead in found])


@st.composite
def requests(draw: st.DrawFn, found: tuple[Bead, ...]) -> EditRequest:
    """An edit of these beads; it need not be a possible one."""
    number = st.integers(1, len(found))
    action = draw(ACTIONS)
    first = draw(number)
    if action == "split":
        at = st.integers(0, 3)
        return EditRequest("split", first, source_at=draw(at), target_at=draw(at))
    if action == "move":
        return EditRequest("move", first, side=draw(SIDES), direction=draw(DIRECTIONS))
    if action == "merge":
        return EditRequest("merge", first, min(first + draw(st.integers(1, 3)), len(found)))
    return EditRequest(action, first, draw(st.none() | number))
