"""Words and their counterparts: what a bead covers, what it leaves over, what lies beside it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.cover import FEATURES, TYPICAL, TextWords, TileCover, covers
from align.spans import LARGEST, Floats, unit

SHAPES = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3)]
NOTHING = (np.zeros(0, np.int64), np.zeros(0, np.int64))


def words_of(texts: list[str], units: np.ndarray) -> TextWords:
    """Every letter is a word: "a" has the first vector."""
    rows = [ord(letter) - ord("a") for text in texts for letter in text]
    starts = np.concatenate([[0], np.cumsum([len(text) for text in texts])])
    weights = np.linspace(1, 2, len(units)).astype(np.float32)
    return TextWords(starts.astype(np.int64), np.array(rows, dtype=np.int64), units, weights)


def tile(source: TextWords, target: TextWords) -> dict[str, dict[tuple[int, int], np.ndarray]]:
    """Every feature of every bead of two short texts: [name][shape][i, j]."""
    rows, columns = (
        np.arange(-LARGEST, len(side.starts) + 1)[None] for side in (source, target)
    )  # LARGEST before the nodes, one behind
    seen = TileCover(covers(source, target, NOTHING), rows, columns)
    found = {name: seen.terms({name: 1.0}, SHAPES) for name in FEATURES}
    return {name: {shape: found[name][shape][0] for shape in SHAPES} for name in FEATURES}


def units(count: int, seed: int = 0) -> Floats:
    return unit(np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32))


def expected(source: TextWords, target: TextWords, bead: tuple[int, int, int, int]) -> tuple[float, float]:
    """What is covered and what is left over, word by word, of the bead (start, stop, start, stop)."""
    covered = left = 0.0
    for one, other, own, there in (
        (source.heavier(), target.heavier(), bead[:2], bead[2:]),
        (target.heavier(), source.heavier(), bead[2:], bead[:2]),
    ):
        cosines = one.units[one.rows] @ other.units[other.rows].T
        by_segment = [
            cosines[:, other.starts[k] : other.starts[k + 1]].max(axis=1, initial=-1)
            if other.starts[k] < other.starts[k + 1]
            else np.zeros(len(one.rows))
            for k in range(len(other.starts) - 1)
        ]
        best = np.maximum(np.array(by_segment), -1).max(axis=0, initial=0)
        typical = max(float(np.quantile(best, TYPICAL)), 0.05) if len(best) else 1.0
        mean = max(float(one.weights[one.rows].sum()) / (len(one.starts) - 1), 1e-9)
        for word in range(one.starts[own[0]], one.starts[own[1]]):
            reached = max(by_segment[k][word] for k in range(*there))
            share = float(np.clip(2 * reached / typical - 1, 0, 1))
            weight = float(one.weights[one.rows[word]]) / mean
            covered, left = covered + weight * share / 2, left + weight * (1 - share) / 2
    return covered, left


texts = st.lists(st.text("abcdef", max_size=4), min_size=3, max_size=6)


@settings(max_examples=40, deadline=None)
@given(texts, texts)
def test_features_are_those_counted_word_by_word(left: list[str], right: list[str]) -> None:
    source, target = words_of(left, units(6)), words_of(right, units(6, 1))
    found = tile(source, target)
    for a, b in SHAPES:
        i, j = len(left), len(right) - 1
        covered, rest = expected(source, target, (i - a, i, j - b, j)) if j >= b else (0, 0)
        if j >= b:
            assert found["covered"][a, b][i, j] == pytest.approx(covered, abs=1e-4)
            assert found["left over"][a, b][i, j] == pytest.approx(rest, abs=1e-4)


def test_a_clause_that_stands_beside_the_bead_is_noticed() -> None:
    same = units(8)
    found = tile(words_of(["abcd", "efgh"], same), words_of(["abcdef", "gh"], same))
    assert found["beside"][1, 1][1, 1] > 0.2
    assert found["beside"][2, 2][2, 2] == pytest.approx(0, abs=1e-5)
    assert found["covered"][2, 2][2, 2] > found["covered"][1, 1][1, 1] + found["covered"][1, 1][2, 2] + 0.2


def test_an_addition_leaves_more_over_than_a_translation() -> None:
    same = units(8)
    found = tile(words_of(["abcd"], same), words_of(["abcd", "efgh"], same))
    assert found["left over"][1, 2][1, 2] > found["left over"][1, 1][1, 1] + 0.2


def test_words_of_a_part_are_those_of_its_texts() -> None:
    whole = words_of(["ab", "", "cde", "f"], units(6))
    part = whole.part(1, 3)
    assert part.rows.tolist() == [2, 3, 4]
    assert part.starts.tolist() == [0, 0, 3]


def test_a_jump_of_the_path_is_followed() -> None:
    count, extra = 30, 60
    alphabet = units(count * 2 + extra)
    source = TextWords(
        np.arange(0, 2 * count + 1, 2), np.arange(2 * count), alphabet, np.ones(len(alphabet), np.float32)
    )
    order = np.concatenate([np.arange(30), np.arange(2 * count, 2 * count + extra), np.arange(30, 2 * count)])
    target = TextWords(np.arange(0, len(order) + 1, 2), order, alphabet, np.ones(len(alphabet), np.float32))
    chain = np.array([2, 14, 15, 27]), np.array([2, 14, 15 + extra // 2, 27 + extra // 2])
    cover, _ = covers(source, target, chain)
    for i in range(count):
        j = i if i < 15 else i + extra // 2
        assert cover.covered[0, i, j + 1 - cover.first[i]] > 0.9
