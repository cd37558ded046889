"""Groups of several versions around the pivot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import UsageError
from align.model import Alignment
from align.multi import Group, groups, versions
from tests.bitexts import align, alignments, bead, document, small, three_versions

WORDS = st.sampled_from(["a", "bc", "d e"])
SEVERAL = st.integers(2, 4).flatmap(lambda k: alignments(WORDS, versions=k, size=5))


def test_beads_that_share_a_pivot_segment_stand_in_one_group() -> None:
    found = groups(three_versions())
    assert found[0] == Group((0, 1, 2), ((0, 1), (0, 1)), ((0, 1), (0, 1)))
    assert [group.kind for group in found] == ["3-2-2", "0-1-0", "1-1-1"]


def test_an_insertion_stands_after_the_bead_that_it_follows() -> None:
    assert [group.targets[0] for group in groups(three_versions())] == [(0, 1), (2,), (3,)]


def test_an_insertion_before_everything_comes_first() -> None:
    one, two = document("a", "ru", ["x"]), document("b", "en", ["y", "z"])
    found = groups([align(one, two, [bead([], [0]), bead([0], [1])])])
    assert [group.targets for group in found] == [((0,),), ((1,),)]


def test_insertions_of_two_versions_at_one_place_keep_the_order_of_the_versions() -> None:
    pivot, b, c = document("a", "ru", ["x"]), document("b", "en", ["y", "z"]), document("c", "de", ["v", "w"])
    pairs = [align(pivot, d, [bead([0], [0]), bead([], [1])]) for d in (b, c)]
    assert [group.targets for group in groups(pairs)] == [((0,), (0,)), ((1,), ()), ((), (1,))]


def test_a_pair_has_its_beads_as_groups() -> None:
    alignment = small()
    assert [(g.source, g.targets[0]) for g in groups([alignment])] == [
        (b.source, b.target) for b in alignment.beads
    ]


def test_versions_of_different_texts_are_refused() -> None:
    with pytest.raises(UsageError, match="aligned to another text"):
        groups([small(), *three_versions()])


def test_no_alignment_at_all_is_refused() -> None:
    with pytest.raises(UsageError):
        versions([])


@given(SEVERAL)
def test_every_segment_of_every_version_is_in_exactly_one_group(pairs: list[Alignment]) -> None:
    found = groups(pairs)
    assert sorted(s for g in found for s in g.source) == [s.id for s in pairs[0].source.segments]
    for k, pair in enumerate(pairs):
        assert sorted(t for g in found for t in g.targets[k]) == [s.id for s in pair.target.segments]


@given(SEVERAL)
def test_every_bead_lies_whole_in_exactly_one_group(pairs: list[Alignment]) -> None:
    found = groups(pairs)
    for k, pair in enumerate(pairs):
        assert sorted(b for g in found for b in g.beads[k]) == list(range(len(pair.beads)))
        for group in found:
            for b in group.beads[k]:
                assert set(pair.beads[b].source) <= set(group.source)
                assert set(pair.beads[b].target) <= set(group.targets[k])


@given(SEVERAL)
def test_no_group_could_be_split(pairs: list[Alignment]) -> None:
    for group in groups(pairs):
        beads = [set(pairs[k].beads[b].source) for k, found in enumerate(group.beads) for b in found]
        joined = beads.pop()
        while meeting := [b for b in beads if b & joined]:
            joined = joined.union(*meeting)
            beads = [b for b in beads if b not in meeting]
        assert not beads


@given(SEVERAL)
def test_groups_follow_the_pivot(pairs: list[Alignment]) -> None:
    starts = [group.source[0] for group in groups(pairs) if group.source]
    assert starts == sorted(starts)


@given(st.integers(2, 4).flatmap(lambda k: alignments(WORDS, versions=k, size=5, moved=False)))
def test_insertions_of_a_version_keep_their_order(pairs: list[Alignment]) -> None:
    for k in range(len(pairs)):
        alone = [group.targets[k] for group in groups(pairs) if not group.source and group.targets[k]]
        assert alone == sorted(alone)


@given(SEVERAL)
def test_the_same_beads_give_the_same_groups(pairs: list[Alignment]) -> None:
    assert groups(pairs) == groups(list(pairs))
