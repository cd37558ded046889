"""Recurring phrases by their C-value."""

from __future__ import annotations

import math
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from glossary.extract.phrases import c_values, recurring_phrases
from tests.glossary.texts import document


def test_a_c_value_is_what_the_paper_says() -> None:
    found = c_values(Counter({("soft", "contact", "lens"): 4, ("contact", "lens"): 7}))
    assert found[("soft", "contact", "lens")] == 4 * math.log2(3)
    assert found[("contact", "lens")] == 7 - 4


def test_a_phrase_that_only_stands_within_a_longer_one_is_worth_nothing() -> None:
    assert c_values(Counter({("a", "b", "c"): 3, ("a", "b"): 3}))[("a", "b")] == 0


def test_recurring_noun_phrases_are_found_in_all_their_forms() -> None:
    lines = ["Строят железную дорогу.", "У железной дороги нет денег.", "О железной дороге молчат."]
    (found,) = recurring_phrases([document(lines, "ru")])
    assert found.kind == "phrase"
    assert set(found.term.variants) == {"железную дорогу", "железной дороги", "железной дороге"}


def test_small_words_and_marks_end_a_phrase() -> None:
    lines = ["the copper mine, railroad", "the copper of the mine", "copper and mine"] * 3
    assert [c.term.text for c in recurring_phrases([document(lines, "en")])] == ["copper mine"]


@given(
    st.lists(
        st.lists(st.sampled_from(["copper", "mine", "old", "road", "the", ","]), max_size=9).map(" ".join),
        max_size=9,
    )
)
def test_every_occurrence_is_what_stands_at_its_place(lines: list[str]) -> None:
    made = document(lines, "en")
    for candidate in recurring_phrases([made], least=2):
        assert candidate.count == len(candidate.occurrences) == sum(candidate.term.variants.values())
        for at in candidate.occurrences:
            assert made.text[at.start : at.end] == at.text
            assert made.segments[at.segment].start <= at.start < at.end <= made.segments[at.segment].end
