"""Words that sound alike meet, whatever alphabet and ending they have."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.lexical import DIMENSION, features, lexical_vectors, rough_spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Халид", "Khalid"),
        ("Кабул", "Kabul"),
        ("Афганистане", "Afghanistan"),
        ("Талибаном", "Taliban"),
        ("Фотография", "photography"),
        ("Москвы", "Moskva"),
        ("Łódź", "Lodz"),
        ("Αθήνα", "Athina"),
    ],
)
def test_a_name_meets_its_other_spelling(one: str, other: str) -> None:
    assert features(one)[0] == features(other)[0]


@pytest.mark.parametrize(("one", "other"), [("Кабул", "Kabir"), ("Серенко", "Saransk"), ("дом", "house")])
def test_other_words_do_not_meet(one: str, other: str) -> None:
    assert not set(features(one)) & set(features(other))


def test_numbers_meet_across_separators_and_digits_of_other_scripts() -> None:
    assert features("28,000") == features("28.000") == features("28000") == features("٢٨٠٠٠")


def test_scripts_without_letters_for_sounds_have_no_rough_spelling() -> None:
    assert rough_spelling("阿富汗") == ""


def test_a_shared_name_makes_two_texts_alike() -> None:
    source, target = lexical_vectors(
        ["Генерал Амири в Кабуле", "Он сказал нет"], ["General Amiri in Kabul", "He said no"]
    )
    assert source[0] @ target[0] > 0.3 * np.linalg.norm(source[0]) * np.linalg.norm(target[0])


@given(st.lists(st.text(max_size=40), max_size=6), st.lists(st.text(max_size=40), max_size=6))
def test_any_texts_give_finite_vectors_of_the_same_shape(source: list[str], target: list[str]) -> None:
    left, right = lexical_vectors(source, target)
    assert left.shape == (len(source), DIMENSION)
    assert right.shape == (len(target), DIMENSION)
    assert np.isfinite(left).all()
    assert np.isfinite(right).all()


def test_the_vectors_are_the_same_in_every_run() -> None:
    source, _ = lexical_vectors(["Kabul 2021"], ["Кабул"])
    again, _ = lexical_vectors(["Kabul 2021"], ["Кабул"])
    np.testing.assert_array_equal(source, again)
