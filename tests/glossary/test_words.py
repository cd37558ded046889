"""Words of a text with their places."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from glossary.extract.words import is_acronym, shouted, without_genitive, words


@given(st.text(max_size=200), st.sampled_from(["en", "ru", "ar", "zh"]))
def test_every_word_is_what_stands_at_its_place_and_words_do_not_overlap(text: str, lang: str) -> None:
    found = words(text, lang)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_hyphens_and_apostrophes_inside_a_word_belong_to_it() -> None:
    assert [w.text for w in words("O'Neill flew to Vel-Arin.", "en")] == ["O'Neill", "flew", "to", "Vel-Arin"]


def test_addresses_and_handles_are_no_words() -> None:
    text = "See https://example.org/A or mail Ann@example.org, @Ann13, news.ru"
    assert [w.text for w in words(text, "en")] == ["See", "or", "mail"]


def test_a_word_behind_a_full_stop_begins_a_sentence() -> None:
    assert [w.place for w in words("He left. Ann stayed", "en")] == [2, 0, 2, 0]


def test_the_full_stop_of_a_title_or_an_initial_ends_no_sentence() -> None:
    assert words("with Mr. Hale", "en")[-1].place == 0
    assert words("письмо Ю. Кархани", "ru")[-1].place == 0


def test_a_word_behind_an_opening_quotation_mark_may_have_its_capital_from_there() -> None:
    assert words("он сказал «Приходите завтра»", "ru")[2].place == 1


def test_an_acronym_has_two_capitals_or_more_and_no_small_letter() -> None:
    assert [w for w in ("ООН", "G7", "U.S.", "Оон", "A", "НАТО") if is_acronym(w)] == [
        "ООН",
        "G7",
        "U.S.",
        "НАТО",
    ]


def test_a_line_in_capitals_is_shouted() -> None:
    assert shouted(words("ALL OF THIS IS LOUD", "en"))
    assert not shouted(words("The UN and NATO met", "en"))


def test_the_genitive_is_taken_off_in_english_alone() -> None:
    assert without_genitive("Hale's", "en") == "Hale"
    assert without_genitive("Hale's", "de") == "Hale's"
