"""Names as capitals and quotation marks show them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.extract.evidence import gather
from glossary.extract.names import read_names
from tests.glossary.texts import names


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Вчера в Финском заливе было тихо.", "ru", ["Финском заливе"]),
        (
            "Дело передали в Центральное разведывательное управление.",
            "ru",
            ["Центральное разведывательное управление"],
        ),
        (
            "Об этом сообщил Комитет водного хозяйства реки Янцзы.",
            "ru",
            ["Комитет водного хозяйства реки Янцзы"],
        ),
        ("Он служит в штабе Фронта обновления Мерхистана.", "ru", ["Фронта обновления Мерхистана"]),
        ("Это было до Второй мировой войны.", "ru", ["Второй мировой войны"]),
        ("She swam across the Gulf of Finland.", "en", ["Gulf of Finland"]),
        ("They asked the Ministry for Emergency Situations.", "en", ["Ministry for Emergency Situations"]),
        ("The deal was signed by the Renewal Front of Merhistan.", "en", ["Renewal Front of Merhistan"]),
        ("It was written by Ursula von der Leyen.", "en", ["Ursula von der Leyen"]),
    ],
)
def test_the_words_that_depend_on_a_head_belong_to_the_name(
    text: str, lang: str, expected: list[str]
) -> None:
    assert names(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Встретились с полковником Юсуфом Кархани.", "ru", ["Юсуфом Кархани"]),
        ("They met Colonel Yusuf Karhani and Mr. Velegurov.", "en", ["Yusuf Karhani", "Velegurov"]),
        ("There, Russian President Vladimir Putin spoke.", "en", ["Vladimir Putin"]),
        ("They heard the Secretary of the Treasury Stephen Mnuchin.", "en", ["Stephen Mnuchin"]),
    ],
)
def test_titles_and_ranks_belong_to_no_name(text: str, lang: str, expected: list[str]) -> None:
    assert names(text, lang)[-len(expected) :] == expected


def test_a_quoted_name_stands_without_its_quotation_marks_and_article() -> None:
    assert names("программа «Зерно мира» вернулась", "ru") == ["Зерно мира"]
    assert names('the programme "The Grain of Peace" is back', "en") == ["Grain of Peace"]


def test_quoted_speech_is_no_name() -> None:
    assert names("Он ответил: «Мы придем завтра утром!»", "ru") == []
    assert names('"We will come," said the man.', "en") == []


def test_the_genitive_s_is_no_part_of_a_name() -> None:
    assert names("We went to Merhistan's mountains.", "en") == ["Merhistan"]


def test_an_adjective_of_a_people_is_no_name_and_stays_in_an_institutions() -> None:
    assert names("We saw Turkish and Chinese ships.", "en") == []
    assert names("We saw the Turkish Navy there.", "en") == ["Turkish Navy"]


def test_months_weekdays_and_pronouns_are_no_names() -> None:
    assert names("On Monday, July 26, I came with him.", "en") == []
    assert names("Поздравляю Вас с праздником.", "ru") == []


def test_the_first_word_of_a_sentence_is_no_name_when_it_is_common() -> None:
    assert names("Protests were held. Nothing happened.", "en") == []
    assert names("Полиция молчала. Словесный спор утих.", "ru")[1:] == []


def test_the_first_word_of_a_sentence_is_a_name_when_the_text_has_it_so_elsewhere() -> None:
    text = "We live in Vell. Vell is small."
    assert names(text, "en") == ["Vell", "Vell"]


def test_shouting_and_headlines_make_no_names() -> None:
    assert names("THIS IS ALL VERY LOUD", "en") == []
    assert names("In Winter the Road Belongs to Nobody Here", "en") == []


def test_the_tail_of_a_compound_is_cut_off() -> None:
    assert names("an US-based firm from the Trump-era", "en") == ["US", "Trump"]


def test_german_names_are_told_from_german_nouns() -> None:
    text = "Gestern sprach die Regierung in Berlin mit Herrn Velegurow über das Gefängnis."
    assert names(text, "de") == ["Berlin", "Velegurow"]


def test_scripts_without_capitals_show_their_quoted_names_alone() -> None:
    assert names("他说“塔利班”来了", "zh") in (["塔利班"], [])


@given(st.text("АБвгд ЕжзAbc .,!«»\"'-1\n", max_size=120), st.sampled_from(["ru", "en", "de", "uk", "ar"]))
def test_names_are_in_order_do_not_overlap_and_begin_and_end_with_a_word(text: str, lang: str) -> None:
    found = read_names(text, lang, gather([text], lang))
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[n.start].isalnum() and text[n.end - 1].isalnum() for n in found)
