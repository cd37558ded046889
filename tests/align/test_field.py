"""The fit of the aligner's weights: its gradient is the slope of its likelihood, and learning helps."""

from __future__ import annotations

import numpy as np
import pytest

from align.score import Side
from align.sides import no_breaks
from align.spans import Spans, additive_spans
from align.training.cases import Case, Damage, damaged
from align.training.field import Example, example, feature_names, fit, log_likelihood

PAIRS = [(f"{k}", f"{k}") for k in range(24)]


def side(texts: tuple[str, ...], seed: int) -> Side:
    """Vectors that are sums of one direction for each line of ``PAIRS``, with noise."""
    meaning = np.random.default_rng(0).normal(size=(len(PAIRS), 24))
    noise = np.random.default_rng(seed).normal(size=(len(texts), 24)) * 0.4
    vectors = np.array([sum(meaning[int(k)] for k in text.split()) for text in texts]) + noise
    lengths = np.array([50.0 * len(text.split()) for text in texts])
    return Side(
        count=len(texts),
        spans=additive_spans(vectors.astype(np.float32), lengths),
        lexical=Spans(np.zeros((len(texts), 4), np.float32)),
        lengths=lengths,
        breaks=no_breaks(len(texts)),
        weights=np.ones(len(texts), np.float32),
        signs=np.zeros(len(texts), np.int8),
    )


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    cases = [damaged("x", PAIRS, Damage(), seed) for seed in (1, 2)]
    return [example(case, side(case.source, 3), side(case.target, 4)) for case in cases]


def test_the_gradient_is_the_slope_of_the_likelihood(examples: list[Example]) -> None:
    names = feature_names(examples)
    rng = np.random.default_rng(5)
    weights = dict(zip(names, rng.normal(0, 0.5, len(names)).tolist(), strict=True))
    _, gradient = log_likelihood(examples[0], weights, names)
    for name, slope in zip(names, gradient, strict=True):
        up, down = ({**weights, name: weights[name] + step} for step in (1e-2, -1e-2))
        rise = log_likelihood(examples[0], up, names)[0] - log_likelihood(examples[0], down, names)[0]
        assert slope == pytest.approx(rise / 2e-2, rel=0.02, abs=0.02), name


def test_the_gold_is_likelier_after_the_fit(examples: list[Example]) -> None:
    names = feature_names(examples)
    start = {"similarity": 1.0}
    learnt = fit(examples, start, steps=15)
    before, after = (sum(log_likelihood(one, w, names)[0] for one in examples) for w in (start, learnt))
    assert after > before + 10


def test_a_case_of_one_bead_has_a_likelihood_of_at_most_one() -> None:
    case = Case("x", ("1",), ("1",), (((0,), (0,)),))
    one = example(case, side(("1",), 1), side(("1",), 2))
    value, _ = log_likelihood(one, {"similarity": 2.0}, feature_names([one]))
    assert value <= 1e-9
