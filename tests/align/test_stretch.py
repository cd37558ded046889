"""Aligning a stretch of beads anew."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.anchor.stretch import between_decisions, realigned
from align.edit import apply, misplaced
from align.errors import UsageError
from align.model import Bead, BeadState

STATES: tuple[BeadState, ...] = ("proposed", "confirmed", "edited", "stale")


def one_to_one(source: range, target: range) -> Sequence[Bead]:
    """Pairs from the front; what is left over stands alone."""
    pairs = [Bead((s,), (t,), confidence=0.5) for s, t in zip(source, target, strict=False)]
    rest = [Bead((s,), ()) for s in source[len(pairs) :]] + [Bead((), (t,)) for t in target[len(pairs) :]]
    return [*pairs, *rest]


@st.composite
def alignments(draw: st.DrawFn) -> tuple[Bead, ...]:
    beads: list[Bead] = []
    s = t = 0
    for _ in range(draw(st.integers(1, 8))):
        a, b = draw(st.sampled_from([(1, 1), (2, 1), (1, 2), (0, 1), (1, 0), (2, 2)]))
        state = draw(st.sampled_from(STATES))
        beads.append(Bead(tuple(range(s, s + a)), tuple(range(t, t + b)), state=state))
        s, t = s + a, t + b
    return tuple(beads)


@given(alignments(), st.data())
def test_every_segment_stays_in_exactly_one_bead(beads: tuple[Bead, ...], data: st.DataObject) -> None:
    first, last = (data.draw(st.integers(0, len(beads) - 1)) for _ in range(2))
    after = apply(beads, realigned(beads, first, last, one_to_one))
    assert misplaced(after, sum(len(b.source) for b in beads), sum(len(b.target) for b in beads)) == ""


@given(alignments(), st.data())
def test_what_people_decided_stays_and_so_does_all_outside(
    beads: tuple[Bead, ...], data: st.DataObject
) -> None:
    first, last = sorted(data.draw(st.integers(0, len(beads) - 1)) for _ in range(2))
    after = apply(beads, realigned(beads, first, last, one_to_one))
    assert [b for b in after if b.state != "proposed"] == [b for b in beads if b.state != "proposed"]
    assert after[:first] == beads[:first]
    assert after[len(after) - (len(beads) - 1 - last) :] == beads[last + 1 :]


def test_two_wrong_beads_between_two_confirmed_ones_are_aligned_anew() -> None:
    beads = (
        Bead((0,), (0,), state="confirmed"), Bead((1, 2), (1,)), Bead((), (2,)), Bead((3,), (3,), state="confirmed"),
    )  # fmt: skip
    after = apply(beads, realigned(beads, 0, 3, one_to_one))
    assert [(bead.source, bead.target) for bead in after] == [((n,), (n,)) for n in range(4)]


def test_a_bead_that_changed_its_place_stays() -> None:
    moved = Bead((5,), (0,), moved=True)
    beads = (Bead((0,), (1,)), moved, Bead((1,), (2,)))
    assert moved in apply(beads, realigned(beads, 0, 2, one_to_one))


def test_a_stretch_with_one_side_only_stays_as_it_is() -> None:
    beads = (Bead((0,), ()), Bead((1,), ()))
    assert realigned(beads, 0, 1, one_to_one).changes_nothing()


def test_a_bead_that_is_not_there_cannot_be_aligned_anew() -> None:
    with pytest.raises(UsageError, match="no bead 3"):
        realigned((Bead((0,), (0,)),), 0, 2, one_to_one)


def test_a_stretch_reaches_up_to_what_people_decided() -> None:
    beads = [Bead((n,), (n,), state="confirmed" if n in (1, 5) else "proposed") for n in range(8)]
    assert between_decisions(beads, 3) == (2, 4)
    assert between_decisions(beads, 0) == (0, 0)
    assert between_decisions(beads, 5) == (5, 5)
    assert between_decisions(beads, 6) == (6, 7)
