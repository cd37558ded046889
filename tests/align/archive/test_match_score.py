"""Neighbours, candidates and who gets whom: on made vectors, without a model."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.archive.match_neighbours import EXACT, nearest, nearest_by_index, patience
from align.archive.match_parameters import default_match_parameters
from align.archive.match_score import (
    FEATURES,
    PARTS,
    Candidates,
    Contents,
    Floats,
    lead,
    many_to_many,
    one_to_one,
    whole,
)


def units(rows: int, seed: int, dimension: int = 16) -> Floats:
    vectors = np.random.default_rng(seed).standard_normal((rows, dimension)).astype(np.float32)
    found: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found


def contents(rows: int, seed: int) -> Contents:
    rng = np.random.default_rng(seed)
    vectors = rng.standard_normal((rows, PARTS, 8)).astype(np.float16)
    signs = np.concatenate([np.unique(rng.integers(0, 50, 6)) for _ in range(rows)]).astype(np.uint32)
    lengths = np.full(rows, len(signs) // rows, dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    signs = np.sort(signs[: starts[-1]].reshape(rows, -1), axis=1).ravel()
    return Contents(vectors, rng.uniform(100, 900, rows), signs, starts)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.integers(1, 700), st.integers(1, 9), st.integers(0, 99))
def test_the_nearest_are_those_of_a_full_comparison(left: int, right: int, k: int, seed: int) -> None:
    a, b = units(left, seed), units(right, seed + 1)
    found = nearest(a, b, k)
    wanted = np.sort(a @ b.T, axis=1)[:, ::-1][:, : min(k, right)]
    assert np.allclose(found.cosines, wanted, atol=1e-6)
    assert np.allclose((a @ b.T)[np.arange(left)[:, None], found.rows], wanted, atol=1e-6)


def test_the_nearest_are_the_same_with_any_number_of_threads() -> None:
    a, b = units(1500, 1), units(900, 2)
    one, four = nearest(a, b, 8), nearest(a, b, 8, threads=4)
    assert np.array_equal(one.rows, four.rows)
    assert np.array_equal(one.cosines, four.cosines)


def test_the_index_finds_nearly_all_of_the_nearest_and_is_the_same_again() -> None:
    pytest.importorskip("faiss")
    a, b = units(300, 1), units(2000, 2)
    exact, found, again = nearest(a, b, 8), nearest_by_index(a, b, 8), nearest_by_index(a, b, 8, threads=2)
    assert np.mean(found.rows[:, 0] == exact.rows[:, 0]) > 0.9
    assert np.array_equal(found.rows, again.rows)


def test_only_what_takes_long_is_announced() -> None:
    assert patience(1000, 1000, 2) == ""
    few = int(EXACT**0.5) - 1
    assert patience(few, few, 2) == ""


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(0, 1)), unique_by=lambda c: c[:2]))
def test_one_to_one_takes_the_likeliest_first_and_no_document_twice(
    rows: list[tuple[int, int, float]],
) -> None:
    rows.sort()
    found = Candidates(
        np.array([r[0] for r in rows], np.int64),
        np.array([r[1] for r in rows], np.int64),
        np.zeros((len(rows), 1)),
    )
    confidence = np.array([r[2] for r in rows])
    chosen = one_to_one(found, confidence, 0.5)
    pairs = list(zip(chosen.source.tolist(), chosen.target.tolist(), strict=True))
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    for i, j, p in rows:  # whatever was not taken is too unlikely, or a document has something as likely
        rivals = [q for (a, b), q in zip(pairs, chosen.confidence.tolist(), strict=True) if a == i or b == j]
        assert p < 0.5 or max(rivals) >= p


def test_many_takes_all_that_are_likely_enough() -> None:
    found = Candidates(np.array([0, 0, 1]), np.array([0, 1, 1]), np.zeros((3, 1)))
    chosen = many_to_many(found, np.array([0.9, 0.6, 0.4]), 0.5)
    assert list(zip(chosen.source.tolist(), chosen.target.tolist(), strict=True)) == [(0, 0), (0, 1)]


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 4), st.floats(-1, 1)),
        min_size=1,
        unique_by=lambda c: c[:2],
    )
)
def test_the_lead_is_the_distance_to_the_best_rival(rows: list[tuple[int, int, float]]) -> None:
    i, j = (np.array([row[k] for row in rows], np.int64) for k in (0, 1))
    score = np.array([row[2] for row in rows])
    for number, (a, b, own) in enumerate(rows):
        rivals = [s for k, (x, y, s) in enumerate(rows) if k != number and (x == a or y == b)]
        assert lead(i, j, score)[number] == pytest.approx(own - max(rivals) if rivals else 1.0)


def test_some_of_the_documents_are_the_same_as_they_were_among_all() -> None:
    every = contents(5, 1)
    some = every.only(np.array([3, 1]))
    assert np.array_equal(some.vectors, every.vectors[[3, 1]])
    for row, before in itertools.zip_longest((0, 1), (3, 1)):
        assert np.array_equal(
            some.signs[some.starts[row] : some.starts[row + 1]],
            every.signs[every.starts[before] : every.starts[before + 1]],
        )


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_the_vectors_of_few_documents_are_finite_and_of_length_1(rows: int) -> None:
    assert np.allclose(np.linalg.norm(whole(contents(rows, 4)), axis=1), 1, atol=1e-5)


def test_there_is_a_weight_for_every_feature() -> None:
    assert len(default_match_parameters().weights) == len(FEATURES)


def test_the_confidence_is_a_probability() -> None:
    features = np.random.default_rng(1).standard_normal((100, len(FEATURES))) * 1000
    found = default_match_parameters().confidence(features)
    assert ((found >= 0) & (found <= 1)).all()
