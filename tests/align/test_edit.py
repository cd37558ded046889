"""Edits of beads: what each does, what it refuses, and that it can always be taken back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from align.edit import (
    EditRequest,
    Patch,
    Step,
    apply,
    confirm,
    discard,
    history,
    merge,
    misplaced,
    move,
    perform,
    split,
    unconfirm,
)
from align.errors import ConflictError, UsageError
from align.model import Bead
from tests.align.strategies import bead_lists, requests

ONE_TWO = Bead((0,), (0, 1), score=1.5, confidence=0.4)
NULL = Bead((), (2,), score=-1.0, confidence=0.7)
TWO_ONE = Bead((1, 2), (3,), score=2.5, confidence=0.9)
BEADS = (ONE_TWO, NULL, TWO_ONE)


def shapes(beads: tuple[Bead, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in beads]


def segments(beads: tuple[Bead, ...]) -> tuple[Counter[int], Counter[int]]:
    return Counter(s for b in beads for s in b.source), Counter(t for b in beads for t in b.target)


def test_merging_makes_one_bead_of_neighbours() -> None:
    assert shapes(merge(BEADS, 0, 1)[0]) == [((0,), (0, 1, 2)), ((1, 2), (3,))]


def test_merging_takes_the_beads_in_either_order() -> None:
    assert merge(BEADS, 2, 0) == merge(BEADS, 0, 2)


def test_a_merged_bead_is_a_persons_and_has_no_score_of_the_aligner() -> None:
    bead = merge(BEADS, 0, 1)[0][0]
    assert (bead.state, bead.score, bead.confidence) == ("edited", 0.0, 1.0)


def test_one_bead_cannot_be_merged_with_itself() -> None:
    with pytest.raises(UsageError, match="bead 2 alone"):
        merge(BEADS, 1, 1)


def test_beads_that_are_apart_in_a_text_cannot_be_merged() -> None:
    beads = (Bead((0,), (0,)), Bead((1,), (2,), moved=True), Bead((2,), (1,)))
    with pytest.raises(UsageError, match="not neighbours in the target text"):
        merge(beads, 0, 1)


def test_splitting_cuts_both_sides_where_it_is_told() -> None:
    beads = (Bead((0, 1), (0, 1, 2)),)
    assert shapes(split(beads, 0, 1, 2)[0]) == [((0,), (0, 1)), ((1,), (2,))]


def test_a_part_of_a_split_may_have_one_empty_side() -> None:
    assert shapes(split(BEADS, 0, 1, 0)[0])[:2] == [((0,), ()), ((), (0, 1))]


def test_a_part_of_a_split_may_not_be_empty_on_both_sides() -> None:
    with pytest.raises(UsageError, match="would be empty"):
        split(BEADS, 0, 1, 2)


@pytest.mark.parametrize("cut", [-1, 2])
def test_a_bead_cannot_be_split_outside_itself(cut: int) -> None:
    with pytest.raises(UsageError, match="bead 1 has 1 source segment, "):
        split(BEADS, 0, cut, 1)


def test_the_first_segment_moves_up_to_the_bead_above() -> None:
    beads = (Bead((0,), (0,)), Bead((1, 2), (1,)))
    assert shapes(move(beads, 1, "source", "up")[0]) == [((0, 1), (0,)), ((2,), (1,))]


def test_the_last_segment_moves_down_to_the_bead_below() -> None:
    beads = (Bead((0,), (0, 1)), Bead((1,), (2,)))
    assert shapes(move(beads, 1, "target", "down")[0]) == [((0,), (0,)), ((1,), (1, 2))]


def test_a_segment_moves_into_a_neighbour_that_has_nothing_on_its_side() -> None:
    assert shapes(move(BEADS, 1, "source", "up")[0]) == [((0,), (0, 1)), ((1,), (2,)), ((2,), (3,))]


def test_a_bead_that_gives_its_last_segment_away_is_gone() -> None:
    assert shapes(move(BEADS, 2, "target", "up")[0]) == [((0,), (0, 1, 2)), ((1, 2), (3,))]


def test_both_beads_of_a_move_are_a_persons() -> None:
    beads = (Bead((0,), (0,)), Bead((1, 2), (1,)))
    assert [bead.state for bead in move(beads, 1, "source", "up")[0]] == ["edited", "edited"]


def test_a_segment_of_a_moved_block_goes_to_its_neighbour_in_the_text() -> None:
    beads = (Bead((0,), (3,), moved=True), Bead((1,), (0, 1)), Bead((2,), (2,)))
    assert shapes(move(beads, 2, "target", "down")[0])[0] == ((0,), (2, 3))


def test_only_the_outermost_segment_can_move() -> None:
    with pytest.raises(
        UsageError, match=r"segment 2 is not the first of bead 3\. Only segment 1 can move up"
    ):
        move(BEADS, 2, "source", "up")


def test_a_segment_that_is_not_there_cannot_move() -> None:
    with pytest.raises(UsageError, match="there is no source segment 9"):
        move(BEADS, 9, "source", "up")


def test_nothing_moves_beyond_the_end_of_the_text() -> None:
    with pytest.raises(UsageError, match="no bead above that could take source segment 0"):
        move(BEADS, 0, "source", "up")


def test_confirming_keeps_the_score_and_makes_the_bead_certain() -> None:
    assert confirm(BEADS, 0)[0][0] == replace(ONE_TWO, state="confirmed", confidence=1.0)


def test_several_beads_are_confirmed_at_once() -> None:
    assert [bead.state for bead in confirm(BEADS, 0, 1)[0]] == ["confirmed", "confirmed", "proposed"]


def test_confirming_twice_changes_nothing() -> None:
    assert confirm(confirm(BEADS, 0)[0], 0)[1].changes_nothing()


def test_a_withdrawn_decision_leaves_a_doubtful_proposal() -> None:
    bead = unconfirm(confirm(BEADS, 0)[0], 0)[0][0]
    assert (bead.state, bead.confidence) == ("proposed", 0.0)


def test_withdrawing_leaves_alone_what_nobody_decided() -> None:
    assert unconfirm(BEADS, 0, 2)[0] == BEADS


def test_discarding_makes_a_stale_bead_an_ordinary_one() -> None:
    assert discard((replace(ONE_TWO, state="stale"),), 0)[0] == (ONE_TWO,)


@pytest.mark.parametrize("number", [0, 4, None])
def test_a_bead_number_that_is_not_in_the_list_is_refused(number: int | None) -> None:
    with pytest.raises(UsageError, match="no bead"):
        perform(BEADS, EditRequest("confirm", number))


@pytest.mark.parametrize(
    "request_",
    [EditRequest("move", 1), EditRequest("split", 1), EditRequest("move", 2, side="source", direction="up")],
)
def test_an_incomplete_request_is_refused(request_: EditRequest) -> None:
    with pytest.raises(UsageError):
        perform(BEADS, request_)


def test_a_request_counts_beads_from_one() -> None:
    assert perform(BEADS, EditRequest("merge", 1, 2)) == merge(BEADS, 0, 1)


def test_a_request_to_move_names_the_outermost_segment_of_a_bead() -> None:
    request = EditRequest("move", 3, side="source", direction="up")
    assert perform(BEADS, request) == move(BEADS, 1, "source", "up")


def test_a_patch_for_other_beads_is_refused() -> None:
    with pytest.raises(ConflictError):
        apply(BEADS, Patch(0, (NULL,), ()))


def test_every_segment_once_is_well_placed() -> None:
    assert misplaced(BEADS, 3, 4) == ""


@pytest.mark.parametrize(
    ("beads", "said"),
    [
        (BEADS[1:], "source segment 0 is in 0 beads"),
        ((*BEADS, NULL), "target segment 2 is in 2 beads"),
        ((*BEADS, Bead((), ())), "bead 4 is empty"),
        ((*BEADS, Bead((3,), ())), "bead 4 has source segment 3, which is not there"),
        ((Bead((2, 1), ()),), "the source segments of bead 1 do not follow each other"),
    ],
)
def test_what_is_misplaced_is_said(beads: tuple[Bead, ...], said: str) -> None:
    assert misplaced(beads, 3, 4) == said


@given(st.data())
def test_the_inverse_of_any_edit_restores_exactly_the_old_beads(data: st.DataObject) -> None:
    beads = data.draw(bead_lists())
    try:
        new, inverse = perform(beads, data.draw(requests(beads)))
    except UsageError:
        assume(False)
    assert apply(new, inverse) == beads


@given(st.data())
def test_any_sequence_of_edits_keeps_every_segment_exactly_once(data: st.DataObject) -> None:
    beads = data.draw(bead_lists())
    before = segments(beads)
    for _ in range(data.draw(st.integers(1, 8))):
        try:
            beads, _ = perform(beads, data.draw(requests(beads)))
        except UsageError:
            continue
    assert segments(beads) == before
    assert misplaced(beads, len(before[0]), len(before[1])) == ""


@given(st.data())
def test_edits_undone_one_by_one_lead_back_to_the_start_and_redone_to_the_end(data: st.DataObject) -> None:
    beads = start = data.draw(bead_lists())
    inverses = []
    for _ in range(data.draw(st.integers(1, 8))):
        try:
            beads, inverse = perform(beads, data.draw(requests(beads)))
        except UsageError:
            continue
        inverses.append(inverse)
    end = beads
    for inverse in reversed(inverses):
        beads = apply(beads, inverse)
    assert beads == start
    for inverse in inverses:
        beads = apply(beads, inverse.inverse())
    assert beads == end


@given(st.data())
def test_what_a_person_touched_is_a_persons(data: st.DataObject) -> None:
    beads = tuple(replace(bead, state="proposed") for bead in data.draw(bead_lists()))
    request = data.draw(requests(beads).filter(lambda r: r.action in ("merge", "split", "move", "confirm")))
    try:
        _, inverse = perform(beads, request)
    except UsageError:
        assume(False)
    assert all(bead.state in ("edited", "confirmed") for bead in inverse.removed if bead not in beads)


def test_the_last_edit_is_undone_first() -> None:
    assert history([Step(1, "merge", None), Step(2, "split", None)]) == ([1, 2], [])


def test_what_was_undone_can_be_redone_the_last_undone_first() -> None:
    steps = [Step(1, "merge", None), Step(2, "split", None), Step(3, "undo", 2), Step(4, "undo", 1)]
    assert history(steps) == ([], [2, 1])


def test_what_was_redone_can_be_undone_again() -> None:
    steps = [Step(1, "merge", None), Step(2, "undo", 1), Step(3, "redo", 1)]
    assert history(steps) == ([1], [])


def test_a_new_edit_ends_what_could_be_redone() -> None:
    steps = [Step(1, "merge", None), Step(2, "undo", 1), Step(3, "confirm", None)]
    assert history(steps) == ([3], [])
