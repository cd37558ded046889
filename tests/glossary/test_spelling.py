"""Spellings of one name, and names that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.extract.spelling import likeness, phrase_likeness, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [("Andrey", "Andrei"), ("Turkestan", "Turkistani"), ("Karhani", "Karkhani"), ("Timofey", "Timofei"),
     ("Кэйел", "Кейэл"), ("Тенук", "Тенк")],
)  # fmt: skip
def test_romanisations_and_slips_are_spellings_of_one_name(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Austria", "Australia"), ("Slovakia", "Slovenia"), ("Iran", "Iraq"), ("Niger", "Nigeria"),
     ("Ivanov", "Ivanova"), ("Martin", "Martina"), ("Mali", "Malta"), ("Dara", "Lara")],
)  # fmt: skip
def test_names_that_look_alike_are_not_spellings_of_one(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Хэмилтон", "Hamilton"), ("Кархани", "Karhani"), ("Харків", "Kharkiv"), ("طالبان", "Taliban")],
)
def test_a_name_sounds_like_itself_in_another_alphabet(one: str, other: str) -> None:
    assert likeness(one, other) > 0.6


def test_words_of_another_sound_are_unlike() -> None:
    assert likeness("Китай", "China") < 0.4


words = st.text("abcdeghikmnorstuvyz", min_size=1, max_size=10)


@given(words, words)
def test_likeness_is_symmetric_and_between_nought_and_one(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)


@given(words, words)
def test_being_spellings_of_one_name_is_symmetric(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)


@given(st.lists(words, min_size=1, max_size=4))
def test_a_phrase_is_wholly_like_itself_in_any_order(phrase: list[str]) -> None:
    assert phrase_likeness(phrase, phrase[::-1]) == 1
