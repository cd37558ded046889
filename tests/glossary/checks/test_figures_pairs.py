"""Figures of a translation against its original: what differs, and what only looks different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.checks.figures import RULES
from glossary.checks.run import check_pair
from glossary.checks.settings import Settings
from glossary.checks.views import PairView
from glossary.model import Finding, Gap
from tests.glossary.checks.examples import pair_of

Rows = Sequence[tuple[str, str]]
PAIRED = [rule for rule in RULES if rule.scope == "pair"]


def check(rows: Rows, langs: str, confidence: float = 0.99) -> tuple[list[Finding], list[Gap]]:
    """What all rules on pairs say of these beads."""
    return check_pair(PairView(pair_of(rows, langs.split(), confidence), Settings()), PAIRED)


def found(source: str, target: str, langs: str = "ru en") -> list[tuple[str, str]]:
    """Code and text of what is found in one bead."""
    return [(one.code, one.spot.text) for one in check([(source, target)], langs)[0]]


@pytest.mark.parametrize(
    ("source", "target", "langs"),
    [
        ("Тридцать пять бойцов.", "Thirty-five fighters.", "ru en"),
        ("Дюжина яиц, полтора года.", "12 eggs, 18 months.", "ru en"),
        ("До перевала 100 км.", "It is 62 miles to the pass.", "ru en"),
        ("За год родилось 1,48 млн детей.", "About 1.5 million children were born.", "ru en"),
        ("Поезд в 21:00.", "The train is at 9 pm.", "ru en"),
        ("В XX веке.", "In the 20th century.", "ru en"),
        ("В начале 90-х.", "In the early 1990s.", "ru en"),
        ("Билет за 3 000 рублей.", "A ticket for 3000 rubles.", "ru en"),
        ("3,5 Milliarden Euro.", "3.5 billion euros.", "de en"),
        ("35億円を払った。", "They paid 3.5 billion yen.", "ja en"),
        ("他们有三十五匹马。", "They have 35 horses.", "zh en"),
        ("Er kam im Mai.", "He came in May.", "de en"),
        ("В 2022 г. было хуже.", "Last year was worse.", "ru en"),
        ("Налог – от 5 до 10 %.", "The tax is 5–10 percent.", "ru en"),
        ("Сотни километров.", "Hundreds of miles.", "ru en"),
        ("Он отдал 2000 рублей.", "He gave 2,000 rubles ($25).", "ru en"),
        ("35 miljoner får.", "35 million sheep.", "sv en"),
    ],
)
def test_what_is_the_same_in_other_words_is_not_found(source: str, target: str, langs: str) -> None:
    assert found(source, target, langs) == []


@pytest.mark.parametrize(
    ("source", "target", "langs", "code", "text"),
    [
        ("У нас 35 бойцов.", "We have 53 fighters.", "ru en", "F001", "53"),
        ("У нас тридцать бойцов.", "We have thirteen fighters.", "ru en", "F001", "thirteen"),
        ("Долг – 16 млрд.", "The debt is 16 million.", "ru en", "F001", "16 million"),
        ("We have 35 mules.", "У нас 53 мула.", "en ru", "F001", "53"),
        ("Wir haben 35 Esel.", "We have 53 donkeys.", "de en", "F001", "53"),
        ("У нас 35 мулів.", "We have 53 mules.", "uk en", "F001", "53"),
        ("我们有35匹马。", "We have 53 horses.", "zh en", "F001", "53"),
        ("Вот 11 домов, и все 11 пусты.", "Here are 12 houses, all 11 empty.", "ru en", "F001", "12"),
        ("В 1853 году.", "In 1835.", "ru en", "F002", "1835"),
        ("Это было в июле.", "That was in June.", "ru en", "F002", "June"),
        ("14 марта он уехал.", "He left on March 24.", "ru en", "F002", "24"),
        ("Поезд в 9:30.", "The train is at 9:50.", "ru en", "F002", "9:50"),
        ("Октябрьский прогноз.", "The September's forecast.", "ru en", "F002", "September's"),
        ("Warum nur 20EUR?", "Why only 21 euros?", "de en", "F001", "21 euros"),
        ("В среду открыто.", "It is open on Thursday.", "ru en", "F002", "Thursday"),
        ("Налог – 35 %.", "The tax is 53%.", "ru en", "F003", "53%"),
        ("До дома 100 км.", "It is 100 miles to the house.", "ru en", "F004", "100 miles"),
        ("Через 6 часов.", "After 6 days.", "ru en", "F004", "6 days"),
        ("Хлеб за 50 рублей.", "Bread for 50 dollars.", "ru en", "F005", "dollars"),
        ("A house for $500.", "Ein Haus für 500 €.", "en de", "F005", "€"),
    ],
)
def test_a_figure_that_differs_is_found(source: str, target: str, langs: str, code: str, text: str) -> None:
    assert found(source, target, langs) == [(code, text)]


def test_two_sums_whose_currencies_were_exchanged_are_found() -> None:
    source = "Ставка в 1000 рублей стоит 90 долларов."
    assert found(source, "A bet of 1000 rubles costs 90 rubles.") == [("F005", "90 rubles")]


def test_a_finding_shows_the_figure_of_the_original() -> None:
    (one,), _ = check([("У нас тридцать бойцов.", "We have 13 fighters.")], "ru en")
    assert one.message == "“13” here, “тридцать” (30) in the original."
    assert [(spot.label, spot.text) for spot in one.evidence] == [("original", "тридцать")]


def test_a_neighbouring_sentence_may_answer() -> None:
    rows = [("У нас 35 бойцов.", "We have 70 of them."), ("И 70 винтовок.", "And 35 rifles.")]
    assert check(rows, "ru en")[0] == []


def test_a_doubtful_bead_is_not_compared() -> None:
    assert check([("У нас 35 бойцов.", "We have 53 fighters.")], "ru en", confidence=0.2)[0] == []


def test_digits_are_compared_in_a_language_without_number_words() -> None:
    assert found("Meillä on 35 muulia.", "We have 53 mules.", "fi en") == [("F001", "53")]


def test_a_language_without_number_words_is_said_to_be_unchecked() -> None:
    _, gaps = check([("Meillä on 35 muulia.", "We have 35 mules.")], "fi en")
    assert {gap.code for gap in gaps} == {"F001", "F002", "F004", "F005", "F006"}
    assert {gap.document for gap in gaps} == {"text.fi"}


def test_a_question_may_lose_its_polite_negation() -> None:
    assert found("Вы не подскажете, который час?", "Could you tell me the time?") == []


def test_a_figure_is_not_rounded_to_a_part_of_another() -> None:
    assert found("За неё проголосовали 53,3 %.", "53.6% voted for it.") == [("F003", "53.6%")]


def test_a_rank_counts_and_is_no_name() -> None:
    assert found("Город вошёл в топ-10 страны.", "The town is among the top 13 of the country.") == [
        ("F001", "13")
    ]


BETWEEN = [
    ("Утро было тихим.", "The morning was quiet."),
    ("В долине 35 семей.", "There are 53 families in the valley."),
    ("Вечер был шумным.", "The evening was loud."),
]


def codes_where(confidences: Sequence[float]) -> list[str]:
    """What is found in ``BETWEEN`` with beads of these confidences."""
    alignment = pair_of(BETWEEN, ["ru", "en"])
    beads = tuple(replace(bead, confidence=c) for bead, c in zip(alignment.beads, confidences, strict=True))
    view = PairView(replace(alignment, beads=beads, doubtful_below=0.9), Settings())
    return [one.code for one in check_pair(view, PAIRED)[0]]


def test_a_nearly_sure_bead_between_sure_ones_is_compared() -> None:
    assert codes_where([0.99, 0.8, 0.99]) == ["F001"]


@pytest.mark.parametrize("confidences", [[0.99, 0.3, 0.99], [0.8, 0.8, 0.99]])
def test_a_doubtful_bead_or_one_among_doubtful_ones_is_not(confidences: list[float]) -> None:
    assert codes_where(confidences) == []


@given(
    st.lists(st.text(alphabet="35 млнкг.,%$год–: марта не", min_size=1, max_size=30), min_size=1, max_size=4)
)
def test_a_text_never_differs_from_itself(lines: list[str]) -> None:
    rows = [(line, line) for line in lines if line.strip()]
    if rows:
        findings, _ = check(rows, "ru ru-RU")
        assert findings == []
