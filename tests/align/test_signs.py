"""The signs by which the aligner tells a splitter's cut from the end of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.signs import ASKS, CALLS, LOWER, ODD, PAUSES, STOPS, ends_of, signs_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er ging.", STOPS),
        ("Он сказал: «Нет!»", STOPS | CALLS),
        ("«Почему?» — спросил он", ASKS),
        ("und ging weiter;", LOWER | PAUSES),
        ("中国政府宣布。", STOPS),
        ("( S. 12 – 34 )", ODD),
        ("", 0),
        ("…", STOPS | ODD),
    ],
)
def test_signs_of_a_text(text: str, expected: int) -> None:
    assert signs_of([text])[0] == expected


def test_a_sentence_has_not_ended_where_the_next_segment_begins_small() -> None:
    ends = ends_of(signs_of(["Siehe Nr.", "drei dazu:", "Ende.", "Gut."]))
    assert ends.tolist() == [2, 0, 1, 2, 2]


@given(st.lists(st.text(max_size=30), max_size=5))
def test_every_text_has_its_signs_and_both_ends_are_closed(texts: list[str]) -> None:
    signs = signs_of(texts)
    ends = ends_of(signs)
    assert len(signs) == len(texts)
    assert len(ends) == len(texts) + 1
    assert ends[0] == ends[-1] == 2
