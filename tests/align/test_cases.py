"""Cases with known beads: what is made of parallel text, and how it is cut."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from align.training.cases import (
    Case,
    Damage,
    Freedom,
    damaged,
    freely_translated,
    hand_aligned,
    windows,
    with_paragraphs,
)

PAIRS = [(f"исходная {k}", f"source {k}") for k in range(200)]
seeds = st.integers(0, 10_000)


@given(seeds)
def test_every_segment_of_a_damaged_case_is_in_exactly_one_bead(seed: int) -> None:
    case = damaged("x", PAIRS, Damage(), seed)
    assert [i for source, _ in case.gold for i in source] == list(range(len(case.source)))
    assert [j for _, target in case.gold for j in target] == list(range(len(case.target)))


@given(seeds)
def test_a_bead_holds_the_same_lines_on_both_sides(seed: int) -> None:
    case = damaged("x", PAIRS, Damage(), seed)
    for source, target in case.gold:
        if source and target:
            left = " ".join(case.source[i] for i in source).replace("исходная", "source")
            assert left == " ".join(case.target[j] for j in target)


CLAUSES = [(f"а{k}, б{k}; в{k}", f"a{k} a a, b{k} b b; c{k} c c") for k in range(200)]


@given(seeds)
def test_every_segment_of_a_free_translation_is_in_exactly_one_bead(seed: int) -> None:
    case = freely_translated("x", CLAUSES, Freedom(), seed)
    assert [i for source, _ in case.gold for i in source] == list(range(len(case.source)))
    assert [j for _, target in case.gold for j in target] == list(range(len(case.target)))


@given(seeds)
def test_a_bead_of_a_free_translation_speaks_of_the_same_lines(seed: int) -> None:
    case = freely_translated("x", CLAUSES, Freedom(), seed)
    for source, target in case.gold:
        if source and target:
            left, right = (
                {int(number) for text in texts for number in re.findall(r"\d+", text)}
                for texts in ([case.source[i] for i in source], [case.target[j] for j in target])
            )
            assert left == right


def test_clauses_move_over_the_ends_of_sentences() -> None:
    case = freely_translated("x", CLAUSES, Freedom(0, 0, 1, 0, 0, 0), 1)
    assert {(len(s), len(t)) for s, t in case.gold} == {(2, 2)}


def test_half_a_sentence_may_be_missing() -> None:
    case = freely_translated("x", CLAUSES, Freedom(0, 0, 0, 1, 0, 0), 1)
    assert {(len(s), len(t)) for s, t in case.gold} == {(1, 2), (2, 1)}


def test_the_same_seed_makes_the_same_case() -> None:
    assert damaged("x", PAIRS, Damage(), 7) == damaged("x", PAIRS, Damage(), 7)


def test_no_damage_leaves_lines_one_to_one() -> None:
    case = damaged("x", PAIRS, Damage(join=0, omit=0, block=0), 1)
    assert case.gold == tuple(((k,), (k,)) for k in range(200))


@given(seeds, st.integers(5, 60))
def test_windows_hold_consecutive_beads_of_the_case(seed: int, size: int) -> None:
    case = damaged("x", PAIRS, Damage(), seed)
    texts = [
        (tuple(case.source[i] for i in source), tuple(case.target[j] for j in target))
        for source, target in case.gold
    ]
    for piece in windows(case, size):
        inside = [
            (tuple(piece.source[i] for i in source), tuple(piece.target[j] for j in target))
            for source, target in piece.gold
        ]
        start = texts.index(inside[0])
        assert texts[start : start + len(inside)] == inside


def test_a_window_ends_before_a_shape_that_the_aligner_does_not_know() -> None:
    one = tuple(((k,), (k,)) for k in range(6))
    huge = (tuple(range(6, 14)), (6, 7))
    case = Case("x", tuple("abcdefghijklmn"), tuple("abcdefgh"), (*one, huge))
    assert [piece.gold for piece in windows(case)] == [one]


@given(seeds)
def test_paragraphs_stand_before_segments_and_at_both_ends(seed: int) -> None:
    case = with_paragraphs(damaged("x", PAIRS, Damage(), seed), seed)
    assert case.breaks is not None
    assert [len(breaks) for breaks in case.breaks] == [len(case.source) + 1, len(case.target) + 1]
    assert all(breaks[0] == breaks[-1] == 2 for breaks in case.breaks)


def test_a_hand_aligned_case_is_read_from_its_three_files(tmp_path: Path) -> None:
    for name, content in (("a", "eins\nzwei\n"), ("b", "un deux\n"), ("gold", "[0, 1]:[0]\n")):
        (tmp_path / name).write_text(content, encoding="utf-8")
    case = hand_aligned("x", tmp_path / "a", tmp_path / "b", tmp_path / "gold")
    assert (case.source, case.target, case.gold) == (("eins", "zwei"), ("un deux",), (((0, 1), (0,)),))


def test_a_segment_that_the_gold_leaves_out_is_in_no_window() -> None:
    gold = tuple(((k,), (k,)) for k in range(12) if k != 5)
    case = Case("x", tuple("abcdefghijkl"), tuple("abcdefghijkl"), gold)
    assert ["".join(piece.source) for piece in windows(case, 20)] == ["abcde", "ghijkl"]
