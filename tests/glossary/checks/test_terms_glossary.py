"""T003 to T006: what the glossary asks for, and what was left as it was."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.checks.base import Rule
from glossary.checks.run import check_text
from glossary.checks.settings import Edition, Settings, Terminology
from glossary.checks.terms import (
    approved_term_not_used,
    do_not_translate_changed,
    forbidden_term_used,
    untranslated_term,
)
from glossary.checks.views import TextView
from glossary.model import Concept, Finding, Kind, Status, Term
from tests.glossary.checks.examples import over_pair, pair_of, text_of

MISSING, FORBIDDEN = approved_term_not_used.RULE, forbidden_term_used.RULE
CHANGED, LEFT = do_not_translate_changed.RULE, untranslated_term.RULE


def concept(*terms: Term, number: str = "c", kind: Kind = "organisation") -> Concept:
    return Concept(number, kind, terms, "approved")


def term(text: str, lang: str, status: Status | None = "preferred", scope: str = "") -> Term:
    return Term(text, lang, status=status, scope=scope)


FRONT = concept(
    term("Фронт обновления", "ru"), term("Renewal Front", "en"), term("Restoration Front", "en", "forbidden")
)
SNOWLINE = concept(Term("SnowLine", "en", status="preferred", translate=False), kind="programme")


def over(rule: Rule, rows: Sequence[tuple[str, str]], *concepts: Concept, langs: Sequence[str] = ("ru", "en"),
         editions: tuple[Edition, ...] = ()) -> list[Finding]:  # fmt: skip
    given = Settings(terminology=Terminology(concepts), editions=editions)
    return over_pair(rule, pair_of(rows, langs), given)[0]


def texts(found: Sequence[Finding]) -> list[str]:
    return [one.spot.text for one in found]


# T003


def test_other_words_in_the_place_of_a_term_are_found() -> None:
    rows = [("Фронт обновления открыл школу.", "The Renovation Front opened a school.")]
    assert texts(over(MISSING, rows, FRONT)) == ["Renovation Front"]


def test_a_term_that_is_only_missing_is_a_note_on_the_sentence() -> None:
    rows = [("Школу открыл Фронт обновления.", "A new school stands in the valley.")]
    assert [(one.severity, one.spot.text) for one in over(MISSING, rows, FRONT)] == [("note", rows[0][1])]


@pytest.mark.parametrize(
    "translation",
    [
        "The Renewal Front's school has opened.",
        "The Front opened a school.",
        "The RF opened a school.",
        "The Front of Renewal opened a school.",
    ],
)
def test_forms_of_a_term_are_the_term(translation: str) -> None:
    assert over(MISSING, [("Фронт обновления открыл школу.", translation)], FRONT) == []


def test_any_case_of_the_original_is_found() -> None:
    rows = [("О Фронте обновления мало знают.", "Little is known of the Renovation Front.")]
    found = over(MISSING, rows, FRONT)
    assert [one.match.surface for one in found if one.match] == ["Фронте обновления"]


def test_a_finding_says_how_the_term_was_recognised() -> None:
    rows = [("О Фронте обновления мало знают.", "Little is known of the Renovation Front.")]
    assert [one.match.why for one in over(MISSING, rows, FRONT) if one.match] == [
        "an inflected form of “Фронт обновления”"
    ]


def test_the_term_may_stand_in_the_neighbouring_bead() -> None:
    rows = [
        ("Фронт обновления открыл школу.", "A school was opened."),
        ("Дети рады.", "The children are glad, and so is the Renewal Front."),
    ]
    assert over(MISSING, rows, FRONT) == []


def test_a_pronoun_may_stand_for_a_term_named_just_before() -> None:
    rows = [
        ("Фронт обновления открыл школу.", "The Renewal Front opened a school."),
        ("Потом Фронт обновления построил больницу.", "Then it built a hospital."),
    ]
    assert over(MISSING, rows, FRONT) == []


def test_a_forbidden_term_in_its_place_is_the_other_rules() -> None:
    rows = [("Фронт обновления открыл школу.", "The Restoration Front opened a school.")]
    assert over(MISSING, rows, FRONT) == []
    assert texts(over(FORBIDDEN, rows, FRONT)) == ["Restoration Front"]


def test_doubtful_beads_are_not_looked_at() -> None:
    rows = [("Фронт обновления открыл школу.", "The Renovation Front opened a school.")]
    given = Settings(terminology=Terminology([FRONT]))
    assert over_pair(MISSING, pair_of(rows, ("ru", "en"), confidence=0.1), given)[0] == []


def test_a_concept_without_a_term_in_the_language_asks_for_nothing() -> None:
    rows = [("Фронт обновления открыл школу.", "Die Schule ist offen.")]
    assert over(MISSING, rows, FRONT, langs=("ru", "de")) == []


def test_an_ordinary_word_spelt_like_a_name_is_no_name() -> None:
    peace = concept(term("Мир", "ru"), term("Mir", "en"), kind="programme")
    assert over(MISSING, [("Мы хотим, чтобы был мир.", "We want peace.")], peace) == []


# T004


def test_a_forbidden_term_is_an_error_and_a_deprecated_one_a_warning() -> None:
    front = concept(
        term("Alpha Front", "en", "forbidden"), term("Beta Front", "en", "deprecated"), term("Front", "en")
    )
    view = TextView(
        text_of(["The Alpha Front and the Beta Front."], "en"), Settings(terminology=Terminology([front]))
    )
    assert [one.severity for one in check_text(view, [FORBIDDEN])[0]] == ["error", "warning"]


def test_a_forbidden_term_inside_a_longer_approved_one_is_none() -> None:
    other = concept(term("Restoration Front Museum", "en"), number="d")
    rows = [("Фронт обновления и его музей.", "The Restoration Front Museum.")]
    assert over(FORBIDDEN, rows, FRONT, other) == []


def test_the_same_word_for_something_else_is_none() -> None:
    rows = [("Мы говорим о совсем другом.", "We speak of the Restoration Front of a house.")]
    assert over(FORBIDDEN, rows, FRONT) == []


def test_a_forbidden_term_is_found_in_its_cases() -> None:
    place = concept(term("Саргуз", "ru"), term("Сарбуз", "ru", "forbidden"), kind="place")
    view = TextView(text_of(["В Сарбузе тихо."], "ru"), Settings(terminology=Terminology([place])))
    assert texts(check_text(view, [FORBIDDEN])[0]) == ["Сарбузе"]


def test_an_english_form_as_listed_is_replaced() -> None:
    rows = [("Фронт обновления открыл школу.", "The Restoration Front opened a school.")]
    assert [one.replacement for one in over(FORBIDDEN, rows, FRONT)] == ["Renewal Front"]


def test_an_inflected_form_is_not_replaced() -> None:
    place = concept(term("Саргуз", "ru"), term("Сарбуз", "ru", "forbidden"), kind="place")
    view = TextView(text_of(["В Сарбузе тихо."], "ru"), Settings(terminology=Terminology([place])))
    assert [one.replacement for one in check_text(view, [FORBIDDEN])[0]] == [None]


def test_a_replacement_that_asks_for_another_article_is_not_offered() -> None:
    camp = concept(term("outpost", "en"), term("base", "en", "forbidden"), kind="phrase")
    view = TextView(text_of(["There is a base here."], "en"), Settings(terminology=Terminology([camp])))
    assert [one.replacement for one in check_text(view, [FORBIDDEN])[0]] == [None]


def test_a_decision_for_an_edition_holds_in_its_documents() -> None:
    front = concept(term("Alpha Front", "en", "forbidden", "edition=web"), term("Front", "en"))
    text = text_of(["The Alpha Front."], "en", "web/a.en")
    web = Edition("web", ("web/*",))
    inside = Settings(terminology=Terminology([front]), editions=(web,))
    assert len(check_text(TextView(text, inside), [FORBIDDEN])[0]) == 1
    assert check_text(TextView(text, Settings(terminology=Terminology([front]))), [FORBIDDEN])[0] == []


def test_decisions_that_do_not_hold_here_are_named_as_unchecked() -> None:
    front = concept(term("Alpha Front", "en", "forbidden", "client=Acme"), term("Front", "en"))
    view = TextView(text_of(["The Alpha Front."], "en"), Settings(terminology=Terminology([front])))
    assert len(check_text(view, [FORBIDDEN])[1]) == 1


def test_a_language_without_inflection_says_so() -> None:
    word = concept(term("abc", "xx", "forbidden"), term("abd", "xx"))
    view = TextView(text_of(["abc"], "xx"), Settings(terminology=Terminology([word])))
    assert "only as written" in check_text(view, [FORBIDDEN])[1][0].reason


def test_a_rejected_concept_forbids_nothing() -> None:
    front = Concept("c", "organisation", (term("Alpha", "en", "forbidden"),), "rejected")
    view = TextView(text_of(["The Alpha Front."], "en"), Settings(terminology=Terminology([front])))
    assert check_text(view, [FORBIDDEN])[0] == []


# T005


@pytest.mark.parametrize(
    ("translation", "found"),
    [
        ("Карты рисуют в SnowLine.", []),
        ("Карты рисуют в SnowLine'е.", []),
        ("Карты рисуют в «Сноулайне».", ["Сноулайне"]),
        ("Карты рисуют в Snow-Line.", ["Snow-Line"]),
        ("Карты рисуют в программе.", ["Карты рисуют в программе."]),
    ],
)
def test_a_term_stays_as_it_is(translation: str, found: list[str]) -> None:
    rows = [("The maps are drawn with SnowLine.", translation)]
    assert texts(over(CHANGED, rows, SNOWLINE, langs=("en", "ru"))) == found


def test_a_term_that_stays_may_stand_in_the_next_sentence() -> None:
    rows = [
        ("SnowLine draws the maps.", "Так рисуют карты."),
        ("It is free.", "Программа SnowLine бесплатна."),
    ]
    assert over(CHANGED, rows, SNOWLINE, langs=("en", "ru")) == []


def test_a_second_mention_may_be_a_pronoun() -> None:
    rows = [("SnowLine is free, and SnowLine is quick.", "SnowLine бесплатна, и она быстрая.")]
    assert over(CHANGED, rows, SNOWLINE, langs=("en", "ru")) == []


# T006


@pytest.mark.parametrize(
    ("original", "translation", "langs", "found"),
    [
        ("Он живёт в Дехшаре.", "He lives in Дехшар.", ("ru", "en"), ["Дехшар"]),
        ("Він живе в Дехшарі.", "He lives in Дехшарі's suburbs.", ("uk", "en"), ["Дехшарі"]),
        ("Он читает «Полдень».", "He reads Noon (Полдень).", ("ru", "en"), []),
        ("他住在北京。", "He lives in 北京.", ("zh", "en"), ["北京"]),
        ("He uses Firefox.", "Он работает в Firefox.", ("en", "ru"), []),
    ],
)
def test_names_in_the_letters_of_the_original(
    original: str, translation: str, langs: tuple[str, str], found: list[str]
) -> None:
    assert texts(over(LEFT, [(original, translation)], langs=langs)) == found


def test_a_latin_name_that_is_rendered_elsewhere_is_found() -> None:
    rows = [
        ("Yesterday Colonel Brandwick came back.", "Вчера вернулся полковник Брандвик."),
        ("Mr. Brandwick is tired.", "Господин Brandwick устал."),
    ]
    assert texts(over(LEFT, rows, langs=("en", "ru"))) == ["Brandwick"]


def test_a_term_of_the_glossary_left_in_one_script_is_found() -> None:
    guard = concept(term("Talwacht", "de"), term("Valley Guard", "en"))
    rows = [("Die Talwacht sperrte die Straße.", "The Talwacht closed the road.")]
    assert texts(over(LEFT, rows, guard, langs=("de", "en"))) == ["Talwacht"]


def test_a_term_that_is_not_translated_is_not_left_behind() -> None:
    snow = concept(Term("Снег", "ru", status="preferred", translate=False), kind="programme")
    assert over(LEFT, [("Программа Снег бесплатна.", "The program Снег is free.")], snow) == []


def test_a_whole_sentence_that_was_left_is_another_rules() -> None:
    rows = [("Дехшар и Саргуз спят.", "Дехшар и Саргуз спят.")]
    assert over(LEFT, rows) == []


@given(st.lists(st.text("abc АБВ.", min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=4))
@settings(max_examples=12, deadline=None)
def test_without_a_glossary_nothing_is_asked_for(lines: list[str]) -> None:
    rows = [(line.strip(), line.strip()) for line in lines]
    for rule in (MISSING, CHANGED, FORBIDDEN):
        assert over(rule, rows) == []
