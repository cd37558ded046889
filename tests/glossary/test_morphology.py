"""Lemmas, and forms of names that no dictionary has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.extract.morphology import bases, fold, group_forms, is_common, is_noun, lemma, proper


@pytest.mark.parametrize(
    ("word", "lang", "base"),
    [
        ("Талибаном", "ru", "талибан"),
        ("комитета", "ru", "комитет"),
        ("Києві", "uk", "київ"),
        ("networks", "en", "network"),
        ("Häusern", "de", "haus"),
    ],
)
def test_forms_of_a_word_have_its_lemma_among_their_bases(word: str, lang: str, base: str) -> None:
    assert base in bases(word, lang)


def test_inflected_forms_of_an_unknown_name_are_one() -> None:
    forms = ["Велегуров", "Велегурова", "Велегурову", "Велегуровым", "Велегурове"]
    assert len(set(group_forms(((form, 1) for form in forms), "ru").values())) == 1


def test_forms_of_an_unknown_feminine_name_are_one() -> None:
    forms = ["Зелдара", "Зелдары", "Зелдаре", "Зелдару", "Зелдарой"]
    assert set(group_forms(((form, 1) for form in forms), "ru").values()) == {"зелдара"}


def test_two_unknown_names_stay_two() -> None:
    found = group_forms([("Тенрук", 2), ("Тенрука", 1), ("Ревтик", 1), ("Ревтика", 1)], "ru")
    assert found["Тенрук"] == found["Тенрука"] != found["Ревтик"] == found["Ревтика"]


@given(st.lists(st.text("абвгдекмнорстуыя", min_size=3, max_size=9).map(str.capitalize), max_size=12))
def test_every_form_gets_exactly_one_base_whatever_the_order(forms: list[str]) -> None:
    found = group_forms(((form, 1) for form in forms), "ru")
    assert found == group_forms(((form, 1) for form in reversed(forms)), "ru")
    assert set(found) == set(forms)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_an_accent_that_marks_the_stress_and_yo_are_no_difference() -> None:
    assert fold("Королёв") == fold("Королев") == fold("Королё\u0301в")


def test_a_dictionary_tells_common_words_from_names() -> None:
    assert is_common("Комитет", "ru")
    assert is_common("Committee", "en")
    assert not is_common("Норфолка", "ru")
    assert not is_common("Velegurov", "en")


def test_a_dictionary_says_what_sort_of_name_a_word_is() -> None:
    assert proper("Норфолке", "ru")[0] == "place"
    assert proper("Тимофеем", "ru")[0] == "person"


def test_ordinary_german_nouns_are_told_from_names() -> None:
    words = ["Regierung", "Gefängnis", "Flugzeugmodell", "Moskau", "Berlin", "Velegurow"]
    assert [word for word in words if is_noun(word, "de")] == ["Regierung", "Gefängnis", "Flugzeugmodell"]


def test_a_script_without_spaces_is_left_as_it_is() -> None:
    assert lemma("塔利班", "zh") == "塔利班"
