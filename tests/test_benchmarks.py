"""The benchmarks measure what they say they measure."""

from __future__ import annotations

from align.training.weights import CALIBRATE, FIT
from benchmarks.calibration import HELD


def test_documents_for_the_weights_the_curve_and_the_figures_are_three_separate_sets() -> None:
    assert not {*FIT} & {*CALIBRATE}
    assert not {*HELD} & {*FIT, *CALIBRATE}
