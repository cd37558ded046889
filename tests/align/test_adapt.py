"""A pair's own habits: how often its segments stand alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from align.adapt import adapted, null_rate
from align.band import Corridor
from align.search import Lattice, Marginals


def seen(source: list[float], target: list[float]) -> Marginals:
    return Marginals((), np.array(source), np.array(target), 0.0)


def lattice() -> Lattice:
    whole = Corridor(np.zeros(3, np.int64), np.full(3, 3, np.int64))
    return Lattice(whole, lambda i: np.zeros((15, 3), np.float32), np.zeros(2), np.zeros(2), -1.0, 0.0)


@given(*[st.lists(st.floats(0, 1), max_size=30)] * 2)
def test_a_rate_is_a_share(source: list[float], target: list[float]) -> None:
    assert 0 < null_rate(seen(source, target)) < 1


def test_a_missing_block_says_nothing_of_habits() -> None:
    scattered = seen([1.0, *[0.0] * 9] * 4, [0.0] * 40)
    block = seen([1.0] * 10 + [0.0] * 30, [0.0] * 40)
    assert null_rate(block) < null_rate(scattered) / 2


def test_nulls_are_cheaper_where_there_are_many() -> None:
    many = adapted(lattice(), seen([1.0, 0.0, 0.0] * 8, [0.0] * 20), 0.05)
    assert many is not None
    assert (many.source_null > 0).all()
    assert (many.target_null > 0).all()


def test_a_usual_pair_is_not_searched_again() -> None:
    found = seen([0.05] * 40, [0.05] * 40)
    assert adapted(lattice(), found, null_rate(found) * 1.1) is None


@given(st.integers(20, 300))
def test_where_there_are_few_a_missing_block_costs_the_same_however_long(missing: int) -> None:
    few = adapted(lattice(), seen([0.0] * 50 + [1.0] * missing + [0.0] * 50, [0.0] * 100), 0.1)
    assert few is not None
    assert few.gap_open < lattice().gap_open
    assert not few.source_null.any()
    assert not few.target_null.any()
