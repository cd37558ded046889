"""Passages: a noted sentence is found again in a newer version of its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.passages import find_passages, passage_at

texts = st.lists(st.sampled_from(["A.", "B.", "C.", "D."]), min_size=1, max_size=12)


@given(texts)
def test_in_the_same_text_every_passage_is_where_it_was(sentences: list[str]) -> None:
    passages = [passage_at(sentences, segment) for segment in range(len(sentences))]
    assert find_passages(passages, sentences) == list(range(len(sentences)))


@given(texts, texts)
def test_no_segment_is_two_passages_and_each_has_its_text(old: list[str], new: list[str]) -> None:
    passages = [passage_at(old, segment) for segment in range(len(old))]
    found = [segment for segment in find_passages(passages, new) if segment is not None]
    assert len(set(found)) == len(found)
    assert all(
        segment is None or new[segment] == passage.text
        for passage, segment in zip(passages, find_passages(passages, new), strict=True)
    )


def test_a_sentence_that_moved_down_is_found() -> None:
    old = ["The mill stood still.", "Nobody came.", "It rained."]
    new = ["A new beginning.", *old]
    assert find_passages([passage_at(old, 1)], new) == [2]


def test_of_two_equal_sentences_the_one_between_the_old_neighbours_is_meant() -> None:
    old = ["Why?", "Yes.", "I was there."]
    new = ["Yes.", "Who?", "No.", "Why?", "Yes.", "I was there."]
    assert find_passages([passage_at(old, 1)], new) == [4]


def test_of_two_equal_sentences_without_neighbours_the_nearest_is_meant() -> None:
    old = ["Why?", "Yes.", "I was there."]
    new = ["Yes.", "Who?", "Yes."]
    assert find_passages([passage_at(old, 1)], new) == [0]


def test_a_sentence_that_was_changed_has_no_place() -> None:
    assert find_passages([passage_at(["Nobody came."], 0)], ["Nobody ever came."]) == [None]


def test_there_is_no_passage_before_the_first_sentence() -> None:
    with pytest.raises(IndexError):
        passage_at(["A."], -1)
