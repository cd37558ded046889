"""T006: ordinary words that the translation leaves as the original has them."""

from __future__ import annotations

import pytest

from glossary.checks.settings import Settings
from glossary.checks.terms import untranslated_term
from tests.glossary.checks.examples import over_pair, pair_of

TRANSLATED = [
    ("Die Mühle steht am Fluss.", "The mill stands by the river."),
    ("Jede Mühle braucht Wind.", "Every mill needs wind."),
]


def left(rows: list[tuple[str, str]], langs: tuple[str, str] = ("de", "en")) -> list[str]:
    found, _ = over_pair(untranslated_term.RULE, pair_of(rows, langs), Settings())
    return [one.spot.text for one in found]


def test_a_word_that_is_translated_elsewhere_is_found() -> None:
    assert left([*TRANSLATED, ("Sie malten die Mühle blau.", "They painted the Mühle blue.")]) == ["Mühle"]


@pytest.mark.parametrize(
    "translation",
    [
        "They painted the “Mühle” blue.",
        "They painted the mill (Mühle) blue.",
        "They painted Kleine Mühle blue.",
        "They painted the mill blue.",
    ],
)
def test_a_word_that_is_quoted_or_part_of_a_name_is_none(translation: str) -> None:
    assert left([*TRANSLATED, ("Sie malten die Mühle blau.", translation)]) == []


def test_a_word_that_is_never_translated_is_none() -> None:
    rows = [("Die Mühle steht am Fluss.", "The Mühle stands by the river.")]
    assert left([*rows, ("Jede Mühle braucht Wind.", "Every Mühle needs wind.")]) == []


def test_a_word_of_both_languages_is_none() -> None:
    rows = [("Das Boot ist alt.", "The ship is old.")] * 2
    assert left([*rows, ("Das Boot ist neu.", "The boot is new.")]) == []


def test_a_capital_makes_a_name_where_the_original_writes_nouns_small() -> None:
    rows = [("Le moulin est vieux.", "The mill is old."), ("Un moulin tourne.", "A mill turns.")]
    assert left([*rows, ("Le moulin est bleu.", "So Moulin is blue.")], ("fr", "en")) == []
