"""The estimate of precision: right on average, with an interval that keeps what it promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.archive.audit import Stratum, audit, counted, estimate, wilson


@st.composite
def judged(draw: st.DrawFn) -> list[Stratum]:
    """Strata with verdicts, at least one in each."""
    found = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        right, partly, wrong = (draw(st.integers(0, 30)) for _ in range(3))
        right += right + partly + wrong == 0
        n = right + partly + wrong
        found.append(Stratum(number, n + draw(st.integers(0, 1000)), n, right, partly, wrong))
    return found


@given(judged(), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_holds_its_estimate_and_lax_is_never_below_strict(
    strata: list[Stratum], level: float
) -> None:
    found = audit(strata, level)
    for one in (found.strict, found.lax):
        assert 0 <= one.low <= one.value + 1e-12
        assert one.value <= one.high + 1e-12
        assert one.high <= 1
    assert found.strict.value <= found.lax.value + 1e-12


@given(judged())
def test_a_higher_level_is_a_wider_interval(strata: list[Stratum]) -> None:
    narrow, wide = (estimate(strata, lax=False, level=level) for level in (0.8, 0.99))
    rounding = 1e-12
    assert wide.low <= narrow.low + rounding
    assert wide.high >= narrow.high - rounding


@given(st.integers(0, 50), st.integers(1, 50), st.integers(100_000, 10**9))
def test_one_large_stratum_has_wilsons_interval_for_about_its_own_size(
    right: int, wrong: int, beads: int
) -> None:
    n = right + wrong
    found = estimate([Stratum(1, beads, n, right, 0, wrong)], lax=False)
    low, high = wilson(right / n, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.001)


def test_wilsons_interval_is_the_published_one() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3: 81/263, 15/148, 0/20, 1/29
    shown = [
        tuple(round(x, 4) for x in wilson(x / n, n)) for x, n in ((81, 263), (15, 148), (0, 20), (1, 29))
    ]
    assert shown == [(0.2553, 0.3662), (0.0624, 0.1605), (0.0, 0.1611), (0.0061, 0.1718)]


def test_strata_count_by_the_beads_that_they_stand_for() -> None:
    found = estimate([Stratum(1, 100, 10, 0, 0, 10), Stratum(2, 900, 10, 10, 0, 0)], lax=False)
    assert found.value == pytest.approx(0.9)


def test_where_all_beads_were_judged_nothing_is_uncertain() -> None:
    found = estimate([Stratum(1, 4, 4, 3, 0, 1)], lax=False)
    assert (found.low, found.value, found.high) == (0.75, 0.75, 0.75)


def test_a_stratum_that_nobody_judged_is_counted_with_its_neighbour() -> None:
    strata = [
        Stratum(1, 100, 5),
        Stratum(2, 100, 5, 5, 0, 0),
        Stratum(3, 100, 5),
        Stratum(4, 100, 5, 0, 0, 5),
    ]
    found = audit(strata)
    assert found.pooled == (1, 3)
    assert found.strict.value == pytest.approx(300 / 400)
    assert (found.judged, found.drawn, found.beads) == (10, 20, 400)


def test_without_a_verdict_there_is_no_estimate() -> None:
    with pytest.raises(ValueError, match="no bead"):
        audit([Stratum(1, 100, 5)])


def test_verdicts_are_counted_in_their_strata() -> None:
    strata = (Stratum(1, 9, 3), Stratum(2, 9, 3))
    (one, two) = counted(strata, [(1, "right"), (1, None), (2, "wrong"), (2, "partly")])
    assert (one.right, one.judged, two.wrong, two.partly, two.right) == (1, 1, 1, 1, 0)


@pytest.mark.parametrize(
    "precisions",
    [(0.6, 0.9, 0.97, 0.99, 0.995), (0.98,) * 5, (0.3, 0.8, 0.95, 0.98, 0.99), (0.9, 0.97, 1.0, 1.0, 1.0)],
    ids=["rising", "level", "steep", "nearly-all"],
)
@pytest.mark.parametrize("drawn", [20, 40, 100])
def test_the_interval_covers_the_truth_as_often_as_it_says(precisions: tuple[float, ...], drawn: int) -> None:
    # 2,000 samples with a fixed seed: of 95 %, coverage strays by chance by about half a per cent, and the interval
    # of a discrete count itself by two or three.
    rng = np.random.default_rng(1)
    sizes = (10_000, 10_000, 12_000, 8_000, 10_000)
    truth = sum(p * size for p, size in zip(precisions, sizes, strict=True)) / sum(sizes)
    hits, sum_of_estimates = 0, 0.0
    for row in rng.binomial(drawn, precisions, size=(2000, len(precisions))):
        strata = [
            Stratum(n, size, drawn, int(x), 0, drawn - int(x))
            for n, (size, x) in enumerate(zip(sizes, row, strict=True), start=1)
        ]
        found = estimate(strata, lax=False)
        hits += found.low <= truth <= found.high
        sum_of_estimates += found.value
    assert 0.925 <= hits / 2000 <= 0.985
    assert sum_of_estimates / 2000 == pytest.approx(truth, abs=0.003)
