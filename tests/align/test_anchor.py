"""What people decided survives changed texts: kept where the texts are found, stale where they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.anchor import CarryResult, carry_over, realign_changed, unchanged_anchors
from align.anchor.matching import NONE, key, match
from align.anchor.splice import splice
from align.edit import misplaced
from align.model import Alignment, Bead, BeadState
from tests.align.strategies import alignments, beads, realigned, texts
from tests.bitexts import align, document

RU = [
    "Вечер у реки был тихим и тёплым.",
    "– Когда вы вернулись домой?",
    "– Да.",
    "Лёд на реке уже сошёл к апрелю.",
    "Никто из соседей нас не ждал.",
]
EN = [
    "The evening by the river was quiet and warm.",
    "– When did you come back home?",
    "– Yes.",
    "The ice on the river was gone by April.",
    "None of the neighbours expected us.",
]


def pair(source: Sequence[str], target: Sequence[str], found: Sequence[Bead] | None = None) -> Alignment:
    """An alignment, 1-1 as far as that goes unless it is said otherwise."""
    if found is None:
        n = max(len(source), len(target))
        found = [
            Bead((i,) if i < len(source) else (), (i,) if i < len(target) else (), 1.0, 0.9) for i in range(n)
        ]
    return align(document("ru.txt", "ru", source), document("en.txt", "en", target), found)


def decided(alignment: Alignment, *positions: int, state: BeadState = "confirmed") -> Alignment:
    """The alignment with a person's decision on these beads."""
    found = [
        replace(bead, state=state, confidence=1.0) if at in positions else bead
        for at, bead in enumerate(alignment.beads)
    ]
    return replace(alignment, beads=tuple(found))


def kept(result: CarryResult) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(result.beads[at].source, result.beads[at].target) for at in sorted(result.kept)]


def no_realign(_source: range, _target: range) -> list[Bead]:
    raise AssertionError("nothing needs to be aligned anew")


def one_bead(source: range, target: range) -> list[Bead]:
    return [Bead(tuple(source), tuple(target), 7.0, 0.7)]


# Which segment is which.


def test_an_inserted_segment_shifts_what_follows() -> None:
    assert match(["a", "b", "c"], ["a", "x", "b", "c"]) == [0, 2, 3]


def test_a_changed_segment_has_no_counterpart() -> None:
    assert match(["a", "b", "c"], ["a", "B", "c"]) == [0, NONE, 2]


def test_a_repeated_text_is_told_by_its_neighbours() -> None:
    assert match(["q1", "yes", "q2", "yes", "end"], ["q2", "yes", "end"]) == [NONE, NONE, 0, 1, 2]


def test_repetitions_that_nothing_tells_apart_are_left_unmatched() -> None:
    old = ["start", "a", "yes", "b", "yes", "c", "end"]
    new = ["start", "A", "yes", "B", "yes", "C", "yes", "D", "end"]
    assert match(old, new) == [0, NONE, NONE, NONE, NONE, NONE, 8]


def test_a_long_stretch_is_found_in_another_place() -> None:
    moved = "a sentence long enough to tell"
    assert match([moved, "b", "c", "d"], ["b", "c", "d", moved]) == [3, 0, 1, 2]


def test_a_short_text_elsewhere_is_not_the_same() -> None:
    assert match(["yes", "b", "c", "d"], ["b", "c", "d", "yes"]) == [NONE, 0, 1, 2]


def test_a_short_text_in_rewritten_surroundings_is_not_the_same() -> None:
    old = [f"old {i}" for i in range(20)]
    new = [f"new {i}" for i in range(20)]
    assert match([*old, "yes", *old], [*new, "yes", *new]) == [NONE] * 41


def test_a_short_text_between_two_changes_is_still_the_same() -> None:
    assert match(["a", "b", "yes", "c", "d"], ["a", "B", "yes", "C", "d"]) == [0, NONE, 2, NONE, 4]


def test_white_space_and_composition_do_not_make_another_text() -> None:
    assert key("Cafe\u0301 \n  noir") == key("Café noir")


@given(texts(), texts())
def test_matched_texts_are_equal_and_never_shared(old: list[str], new: list[str]) -> None:
    found = match(old, new)
    images = [j for j in found if j != NONE]
    assert len(found) == len(old)
    assert len(set(images)) == len(images)
    assert all(old[i] == new[j] for i, j in enumerate(found) if j != NONE)


@given(texts())
def test_an_unchanged_text_is_matched_segment_by_segment(same: list[str]) -> None:
    assert match(same, same) == list(range(len(same)))


# Decisions that hold.


def test_a_decision_shifts_with_its_texts() -> None:
    old = decided(pair(RU, EN), 3)
    new = pair(["Предисловие.", *RU], ["A foreword.", *EN])
    assert kept(carry_over(old, new)) == [((4,), (4,))]


@pytest.mark.parametrize("state", ["confirmed", "edited"])
def test_a_kept_bead_keeps_its_state_and_figures(state: BeadState) -> None:
    old = decided(pair(RU, EN), 3, state=state)
    assert carry_over(old, pair(RU, EN)).beads[3] == old.beads[3]


def test_a_repeated_text_keeps_its_decision_in_its_own_place() -> None:
    old = decided(pair([*RU, RU[2]], [*EN, EN[2]]), 2)
    new = pair([RU[0], *RU[2:], RU[2]], [EN[0], *EN[2:], EN[2]])
    assert kept(carry_over(old, new)) == [((1,), (1,))]


def test_a_persons_bead_wins_over_the_machines() -> None:
    old = decided(pair(RU, EN, [*pair(RU, EN).beads[:3], Bead((3, 4), (3, 4))]), 3, state="edited")
    result = carry_over(old, pair(RU, EN))
    assert [(b.source, b.target) for b in result.beads[3:]] == [((3, 4), (3, 4))]


def test_what_a_persons_bead_leaves_of_a_machines_bead_is_smaller_and_doubtful() -> None:
    old = decided(pair(RU, EN), 3)
    new = pair(RU, EN, [*pair(RU, EN).beads[:3], Bead((3, 4), (3, 4), 2.0, 0.9)])
    assert carry_over(old, new).beads[4] == Bead((4,), (4,), 0.0, 0.0)


def test_what_a_persons_bead_crosses_is_taken_apart() -> None:
    old = decided(pair(RU, EN, [Bead((0, 1, 2), (0,)), Bead((3,), (1,)), Bead((4,), (2, 3, 4))]), 1)
    result = carry_over(old, pair(RU, EN))
    assert [(b.source, b.target) for b in result.beads] == [
        ((0,), (0,)),
        ((1,), ()),
        ((2,), ()),
        ((3,), (1,)),
        ((), (2,)),
        ((), (3,)),
        ((4,), (4,)),
    ]


def test_around_a_persons_bead_the_caller_aligns_anew() -> None:
    old = decided(pair(RU, EN, [Bead((0, 1, 2), (0,)), Bead((3,), (1,)), Bead((4,), (2, 3, 4))]), 1)
    result = carry_over(old, pair(RU, EN), realign=one_bead)
    assert [(b.source, b.target) for b in result.beads] == [
        ((0, 1, 2), (0,)),
        ((3,), (1,)),
        ((4,), (2, 3, 4)),
    ]


def test_beads_far_from_a_decision_are_left_alone() -> None:
    old = decided(pair(RU, EN), 0)
    new = pair(RU, EN)
    assert carry_over(old, new, realign=no_realign).beads[1:] == new.beads[1:]


def test_a_decision_holds_when_its_text_is_cut_into_other_segments() -> None:
    old = decided(pair(["Вечер. Река текла.", RU[3]], ["An evening. The river ran.", EN[3]]), 0)
    new = pair(["Вечер.", "Река текла.", RU[3]], ["An evening.", "The river ran.", EN[3]])
    assert kept(carry_over(old, new)) == [((0, 1), (0, 1))]


def test_a_block_that_moved_in_both_texts_takes_its_decision_along() -> None:
    old = decided(pair(RU, EN), 0)
    bead = carry_over(old, pair([*RU[1:], RU[0]], [*EN[1:], EN[0]])).beads[4]
    assert (bead.source, bead.target, bead.state, bead.moved) == ((4,), (4,), "confirmed", False)


def test_a_block_that_moved_in_one_text_only_is_marked_as_moved() -> None:
    old = decided(pair(RU, EN), 0)
    found = [Bead((), (0,)), *(Bead((i,), (i + 1,)) for i in range(4)), Bead((4,), ())]
    bead = carry_over(old, pair([*RU[1:], RU[0]], EN, found)).beads[4]
    assert (bead.source, bead.target, bead.state, bead.moved) == ((4,), (0,), "confirmed", True)


def test_a_confirmed_omission_is_kept() -> None:
    found = [*pair(RU[:4], EN[:4]).beads, Bead((4,), ())]
    old = decided(pair(RU, EN[:4], found), 4)
    assert kept(
        carry_over(
            old,
            pair(
                ["Предисловие.", *RU],
                EN[:4],
                [Bead((0,), ()), *[Bead((i + 1,), (i,)) for i in range(4)], Bead((5,), ())],
            ),
        )
    ) == [((5,), ())]


def test_without_decisions_the_new_alignment_stands_as_it_is() -> None:
    new = pair(RU[1:], EN)
    assert carry_over(pair(RU, EN), new) == CarryResult(new.beads)


# Decisions that do not hold.


def test_a_changed_text_makes_a_decision_stale_and_keeps_its_old_texts() -> None:
    old = decided(pair(RU, EN), 3)
    record = carry_over(old, pair(RU, [*EN[:3], "The ice had gone.", EN[4]])).stale[0]
    assert (record.source_texts, record.target_texts) == ((RU[3],), (EN[3],))


def test_a_stale_decision_points_to_the_new_texts() -> None:
    old = decided(pair(RU, EN), 3)
    new = pair(["Предисловие.", *RU], ["A foreword.", *EN[:3], "The ice had gone.", EN[4]])
    record = carry_over(old, new).stale[0]
    assert (record.source_near, record.target_near) == ((4,), (4,))


def test_the_bead_in_the_place_of_a_stale_decision_is_marked() -> None:
    old = decided(pair(RU, EN), 3)
    result = carry_over(old, pair(RU, [*EN[:3], "The ice had gone.", EN[4]]))
    assert [bead.state for bead in result.beads] == ["proposed"] * 3 + ["stale", "proposed"]


def test_a_deleted_text_is_stale_too_and_is_remembered_beside_its_neighbour() -> None:
    old = decided(pair(RU, EN), 3)
    record = carry_over(old, pair(RU[:3] + RU[4:], EN[:3] + EN[4:])).stale[0]
    assert (record.source_near, record.target_near, record.side, record.segment) == ((), (), "source", 2)


def test_a_segment_put_into_a_bead_makes_it_stale() -> None:
    old = decided(pair(RU[:2], ["One long sentence for both of them."], [Bead((0, 1), (0,))]), 0)
    new = pair([RU[0], "Новое.", RU[1]], ["One long sentence for both of them."], [Bead((0, 1, 2), (0,))])
    assert carry_over(old, new).stale[0].source_near == (0, 1, 2)


def test_the_most_similar_of_several_new_texts_takes_the_place() -> None:
    old = decided(pair(RU, EN), 3)
    changed = [*EN[:3], "Something quite different.", "By April, the ice on the river was gone.", EN[4]]
    new = pair(RU, changed, [*pair(RU, EN).beads[:4], Bead((), (4,)), Bead((4,), (5,))])
    assert carry_over(old, new).stale[0].target_near == (4,)


def test_a_stale_decision_holds_again_when_its_texts_come_back() -> None:
    original = decided(pair(RU, EN), 3)
    changed = pair(RU, [*EN[:3], "The ice had gone.", EN[4]])
    first = carry_over(original, changed)
    between = replace(changed, beads=first.beads)
    result = carry_over(between, pair(RU, EN), stale=first.stale)
    assert result.beads[3] == original.beads[3]
    assert (result.revived, result.stale) == ({3: first.stale[0]}, ())


def test_a_stale_decision_stays_stale_while_its_texts_are_gone() -> None:
    changed = pair(RU, [*EN[:3], "The ice had gone.", EN[4]])
    first = carry_over(decided(pair(RU, EN), 3), changed)
    later = pair(["Предисловие.", *RU], ["A foreword.", *changed.target.texts()])
    result = carry_over(replace(changed, beads=first.beads), later, stale=first.stale)
    assert [(record.source_near, record.target_near) for record in result.stale] == [((4,), (4,))]
    assert result.beads[4].state == "stale"


# Only what changed is aligned anew.


def test_with_unchanged_texts_nothing_is_aligned_anew() -> None:
    old = decided(pair(RU, EN), 1)
    assert realign_changed(old, old.source, old.target, no_realign) == old.beads


def test_only_the_changed_segment_and_its_neighbours_are_aligned_anew() -> None:
    asked = []

    def realign(source: range, target: range) -> list[Bead]:
        asked.append((source, target))
        return one_bead(source, target)

    old = pair(RU, EN)
    new = pair(RU, [EN[0], EN[1], EN[2], "The ice had gone.", EN[4]])
    realign_changed(old, new.source, new.target, realign)
    assert asked == [(range(2, 5), range(2, 5))]


def test_beads_away_from_the_change_stay_equal() -> None:
    old = pair(RU, EN)
    assert (
        realign_changed(old, old.source, document("en.txt", "en", [*EN[:4], "x"]), one_bead)[:3]
        == old.beads[:3]
    )


def test_a_decision_beside_a_change_is_not_aligned_anew() -> None:
    old = decided(pair(RU, EN), 3)
    beads = realign_changed(old, old.source, document("en.txt", "en", [*EN[:4], "x"]), one_bead)
    assert beads[3:] == (old.beads[3], Bead((4,), (4,), 7.0, 0.7))


def test_anchors_leave_stale_marks_behind() -> None:
    old = decided(pair(RU, EN), 2, state="stale")
    assert [bead.state for bead in unchanged_anchors(old, old.source, old.target)] == ["proposed"] * 5


# What always holds.


def in_order(found: Sequence[Bead]) -> bool:
    """Whether beads are in order of the source, and straight ones on both sides."""
    straight = [b for b in found if b.source and b.target and not b.moved]
    sources = [b.source[0] for b in found if b.source]
    return sources == sorted(sources) and all(a.target < b.target for a, b in pairwise(straight))


@given(realigned(), st.booleans())
@settings(max_examples=200)
def test_every_segment_is_in_exactly_one_bead_and_the_beads_are_in_order(
    both: tuple[Alignment, Alignment], with_realign: bool
) -> None:
    old, new = both
    result = carry_over(old, new, realign=one_bead if with_realign else None)
    assert misplaced(result.beads, len(new.source.segments), len(new.target.segments)) == ""
    assert in_order(result.beads)


@given(realigned())
@settings(max_examples=200)
def test_every_decision_is_kept_with_its_texts_or_is_stale(both: tuple[Alignment, Alignment]) -> None:
    old, new = both
    result = carry_over(old, new)
    was_decided = {at for at, bead in enumerate(old.beads) if bead.state in ("confirmed", "edited")}
    assert was_decided == {*result.kept.values(), *(r.old for r in result.stale)}
    for position, at in result.kept.items():
        now, then = result.beads[position], old.beads[at]
        assert (now.state, now.score, now.confidence) == (then.state, then.score, then.confidence)
        for document_now, ids_now, document_then, ids_then in (
            (new.source, now.source, old.source, then.source),
            (new.target, now.target, old.target, then.target),
        ):
            assert [*map(document_now.segment_text, ids_now)] == [*map(document_then.segment_text, ids_then)]


@given(realigned())
def test_a_decision_is_stale_only_where_its_bead_is_marked_or_decided(
    both: tuple[Alignment, Alignment],
) -> None:
    result = carry_over(*both)
    for record in result.stale:
        holders = [
            b for b in result.beads if record.segment in (b.source if record.side == "source" else b.target)
        ]
        assert [bead.state != "proposed" for bead in holders] == [True]


@given(alignments(), st.data())
def test_the_same_texts_keep_every_decision(old: Alignment, data: st.DataObject) -> None:
    found = data.draw(beads(len(old.source.segments), len(old.target.segments)))
    new = replace(old, beads=tuple(replace(bead, state="proposed") for bead in found))
    assert carry_over(old, new).stale == ()


@given(realigned())
@settings(max_examples=200)
def test_aligning_anew_what_changed_puts_every_segment_into_exactly_one_bead(
    both: tuple[Alignment, Alignment],
) -> None:
    old, new = both
    found = realign_changed(old, new.source, new.target, one_bead)
    assert misplaced(found, len(new.source.segments), len(new.target.segments)) == ""
    assert in_order(found)


@given(alignments(), st.data())
def test_beads_given_from_outside_stand_whatever_is_proposed(
    proposed: Alignment, data: st.DataObject
) -> None:
    sources, targets = len(proposed.source.segments), len(proposed.target.segments)
    given_beads = [b for b in data.draw(beads(sources, targets)) if data.draw(st.booleans())]
    found = splice(given_beads, proposed.beads, sources, targets)
    assert {(b.source, b.target, b.state) for b in given_beads} <= {
        (b.source, b.target, b.state) for b in found
    }
    assert misplaced(found, sources, targets) == ""


@given(alignments())
def test_nothing_given_changes_nothing(proposed: Alignment) -> None:
    sizes = len(proposed.source.segments), len(proposed.target.segments)
    assert splice((), proposed.beads, *sizes) == proposed.beads
    assert splice((), proposed.beads, *sizes, no_realign) == proposed.beads
