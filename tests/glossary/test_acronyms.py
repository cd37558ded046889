"""Acronyms and what they stand for, in Latin and Cyrillic letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.extract.acronyms import find_acronyms, stands_for


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Фронта обновления Мерхистана (ФОМ) сообщили", "ФОМ", "Фронта обновления Мерхистана"),
        (
            "the Islamic Movement of Southern Merhistan (IMSM).",
            "IMSM",
            "Islamic Movement of Southern Merhistan",
        ),
        ("the “Renewal Front” (RF, banned in Russia) said", "RF", "Renewal Front"),
        ("die Freie Bergwacht Nord (FBN) teilte mit", "FBN", "Freie Bergwacht Nord"),
        ("ФОМ (Фронт обновления Мерхистана) заявил", "ФОМ", "Фронт обновления Мерхистана"),
        ("the Department of Defence (DoD)", "DoD", "Department of Defence"),
    ],
)
def test_an_acronym_is_found_with_its_long_form(text: str, short: str, long: str) -> None:
    (found,) = find_acronyms(text)
    assert (text[found.start : found.end], text[found.long_start : found.long_end]) == (short, long)


@pytest.mark.parametrize(
    "text",
    [
        "He came home (IT was late).",
        "the road (see MAP) goes on",
        "в горах (РФ) холодно",
        "the mine (1999)",
        "()(A)",
    ],
)
def test_a_parenthesis_whose_letters_do_not_fit_is_no_acronym(text: str) -> None:
    assert find_acronyms(text) == []


def test_a_long_form_does_not_reach_over_the_end_of_a_sentence() -> None:
    text = "It was Fair. Our Meeting (FOM) began."
    assert all(text[a.long_start] != "F" for a in find_acronyms(text))


@given(st.text("AaBb Фф(),.\n«»", max_size=60))
def test_both_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    for found in find_acronyms(text):
        assert 0 <= found.start < found.end <= len(text)
        assert 0 <= found.long_start < found.long_end <= len(text)
        assert found.end <= found.long_start or found.long_end <= found.start


def test_an_acronym_may_leave_out_small_words_and_a_country_at_the_end() -> None:
    assert stands_for("RFM", ("Renewal", "Front", "of", "Merhistan"), "en")
    assert stands_for("ВМФ", ("Военно-морского", "флота"), "ru")
    assert stands_for("ВМФ", ("Военно-морского", "флота", "Мерхистана"), "ru")


def test_an_acronym_does_not_leave_out_the_first_word_of_another_name() -> None:
    assert not stands_for("ВМФ", ("Дня", "Военно-морского", "флота"), "ru")


def test_a_parenthesis_between_a_long_form_and_its_acronym_is_stepped_over() -> None:
    text = "The Mountain Ferry Union (banned in Elbonia) (MFU) met."
    (one,) = find_acronyms(text)
    assert text[one.long_start : one.long_end] == "Mountain Ferry Union"
