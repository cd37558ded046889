"""The scores agree with the field's scorer, and mean what their docstrings say."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.evaluate import calibration, evaluate

SCORER = Path(__file__).parents[3] / "shared" / "tools" / "score_alignment.py"

ids = st.lists(st.integers(0, 9), max_size=3, unique=True)
alignments = st.lists(st.tuples(ids, ids), max_size=12)


def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_alignment", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_alignment"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer is not beside this checkout")
@given(gold=alignments, test=alignments)
def test_scores_agree_with_the_reference_scorer_on_any_alignments(
    gold: list[tuple[list[int], list[int]]], test: list[tuple[list[int], list[int]]]
) -> None:
    def sort(beads: list[tuple[list[int], list[int]]]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        return [(tuple(sorted(s)), tuple(sorted(t))) for s, t in beads]

    expected = reference().score(sort(gold), sort(test))
    scores = evaluate(gold, test)
    ours = {
        name: {"P": round(m.precision, 4), "R": round(m.recall, 4), "F1": round(m.f1, 4)}
        for name, m in (("strict", scores.strict), ("lax", scores.lax), ("null", scores.null))
    }
    assert ours == expected


def test_an_alignment_agrees_wholly_with_itself() -> None:
    beads = [([0], [0]), ([1, 2], [1]), ([3], []), ([], [2])]
    scores = evaluate(beads, beads)
    assert (scores.strict.f1, scores.lax.f1, scores.null.f1) == (1.0, 1.0, 1.0)


def test_a_bead_with_a_segment_too_many_is_laxly_right_only() -> None:
    scores = evaluate([([0], [0])], [([0, 1], [0])])
    assert (scores.strict.f1, scores.lax.f1) == (0.0, 1.0)


def test_nulls_do_not_change_the_score_of_the_beads() -> None:
    with_nulls = evaluate([([0], [0]), ([1], [])], [([0], [0]), ([], [1])])
    assert with_nulls.strict.f1 == 1.0


def test_no_agreement_is_zero_not_an_error() -> None:
    assert evaluate([], [([0], [0])]).strict.f1 == 0.0


def test_confidences_that_are_right_as_often_as_they_say_have_no_calibration_error() -> None:
    confidences = [0.75] * 4 + [0.25] * 4
    right = [True, True, True, False, True, False, False, False]
    assert calibration(confidences, right).error == pytest.approx(0.0)


def test_the_least_certain_tenth_is_rounded_up_and_holds_the_wrong_bead() -> None:
    found = calibration([0.2] + [0.9] * 10, [False] + [True] * 10)
    assert (found.wrong, found.wrong_in_least_certain) == (1, 1.0)
