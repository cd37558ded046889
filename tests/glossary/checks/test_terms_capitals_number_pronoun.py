"""T010, T011 and T012: capitals, number and pronouns of a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.checks.base import Rule
from glossary.checks.run import check_text
from glossary.checks.settings import Settings
from glossary.checks.terms import inconsistent_capitals, inconsistent_number, inconsistent_pronoun
from glossary.checks.views import TextView
from glossary.model import Finding
from tests.glossary.checks.examples import text_of

CAPITALS, NUMBER, PRONOUN = inconsistent_capitals.RULE, inconsistent_number.RULE, inconsistent_pronoun.RULE
SEED = Path(__file__).parents[4] / "shared" / "seed" / "interview.en.txt"
NAMED = ["On Monday the National Ferry Union met.", "Members of the National Ferry Union sang."]


def found(rule: Rule, sentences: list[str], lang: str = "en") -> list[Finding]:
    return check_text(TextView(text_of(sentences, lang), Settings()), [rule])[0]


def texts(rule: Rule, sentences: list[str], lang: str = "en") -> list[str]:
    return [one.spot.text for one in found(rule, sentences, lang)]


# Capitals


def test_a_name_in_small_letters_is_found_and_set_right() -> None:
    (one,) = found(CAPITALS, [*NAMED, "Later the national ferry union left."])
    assert (one.spot.text, one.replacement) == ("national ferry union", "National Ferry Union")


def test_a_single_word_of_a_name_in_small_letters_is_found() -> None:
    (one,) = found(CAPITALS, [*NAMED, "Later the National ferry Union left."])
    assert (one.spot.text, one.replacement) == ("ferry", "Ferry")


def test_a_name_that_is_always_written_alike_is_none() -> None:
    assert texts(CAPITALS, NAMED) == []


@pytest.mark.parametrize(
    "heading", ["NATIONAL FERRY UNION LEAVES THE TALKS", "Why National Ferry Union Members Sing Every Day"]
)
def test_headings_in_capitals_say_nothing(heading: str) -> None:
    assert texts(CAPITALS, [heading, *NAMED]) == []


def test_capitals_are_found_in_russian() -> None:
    text = [
        "Вчера выступил Фронт обновления Мерхистана.",
        "Лидер сказал, что Фронт обновления Мерхистана готов к переговорам.",
        "Позже фронт обновления Мерхистана отозвал заявление.",
    ]
    assert [(one.spot.text, one.replacement) for one in found(CAPITALS, text, "ru")] == [("фронт", "Фронт")]


def test_a_common_word_that_is_a_name_once_is_none() -> None:
    assert texts(CAPITALS, ["He wrote to the Company.", "The men of the company slept."]) == []


@given(st.permutations(NAMED))
def test_the_order_of_whole_sentences_makes_no_finding(sentences: list[str]) -> None:
    assert texts(CAPITALS, list(sentences)) == []


# Number


def test_a_verb_in_the_rarer_number_is_found() -> None:
    text = [
        "The National Ferry Union has a new speaker.",
        "When the National Ferry Union were founded, there was no harbour.",
        "The National Ferry Union is proud of its boats.",
    ]
    (one,) = found(NUMBER, text)
    assert one.spot.text == "were"
    assert [row.count for row in one.table] == [2, 1]


@pytest.mark.parametrize(
    "sentence",
    [
        "The boats of the National Ferry Union are blue.",
        "The National Ferry Union and the harbour were founded in one year.",
        "What do you think the goals of the National Ferry Union are?",
        "The National Ferry Union's boats are blue.",
        "Boats that painters from the National Ferry Union have built are blue.",
    ],
)
def test_a_verb_of_another_subject_is_none(sentence: str) -> None:
    assert texts(NUMBER, ["The National Ferry Union is proud of its boats.", sentence]) == []


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("In the capital the Ferry Union are building a pier.", "are"),
        ("According to the mayor, the Ferry Union (founded in 1921) are ready.", "are"),
        ("A quarrel broke out, and this time the Ferry Union have no answer.", "have"),
        ("In the evening the Ferry Union (FU) were silent.", "were"),
        ("The Ferry Union want a second pier.", "want"),
    ],
)
def test_a_verb_behind_an_adverbial_or_a_parenthesis_is_read(sentence: str, verb: str) -> None:
    usual = ["The Ferry Union has a pier.", "The Ferry Union is proud of it."]
    assert texts(NUMBER, [*usual, sentence]) == [verb]


@pytest.mark.parametrize(
    "sentence",
    [
        "In support of the Ferry Union are three mayors.",
        "Since joining the Ferry Union are better paid crews rare.",
        "Captains, sailors, the Ferry Union are all invited.",
        "We insist that the Ferry Union accept the offer.",
        "If the Ferry Union were poor, it would sell.",
    ],
)
def test_a_verb_that_need_not_be_the_name_s_is_none(sentence: str) -> None:
    assert texts(NUMBER, ["The Ferry Union has a pier.", "The Ferry Union is proud of it.", sentence]) == []


def test_the_evidence_has_the_same_verb_where_there_is_one() -> None:
    (one,) = found(
        NUMBER, ["The Ferry Union has a pier.", "The Ferry Union is old.", "The Ferry Union are many."]
    )
    assert one.evidence[0].text == "Ferry Union is"


def test_the_verb_of_a_question_is_read() -> None:
    text = [
        "Are the National Ferry Union ready?",
        "The National Ferry Union is ready.",
        "The National Ferry Union has boats.",
    ]
    assert texts(NUMBER, text) == ["Are"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "de",
            ["Die UNO hat Zelte geschickt.", "Die UNO ist im Tal.", "Die UNO haben Ärzte versprochen."],
            ["haben"],
        ),
        (
            "fr",
            ["L'ONU est dans la vallée.", "L'ONU a envoyé des tentes.", "L'ONU ont promis des médecins."],
            ["ont"],
        ),
    ],
)
def test_other_languages_with_such_verbs_are_read(lang: str, text: list[str], expected: list[str]) -> None:
    assert texts(NUMBER, text, lang) == expected


def test_a_language_without_a_grammar_is_said_to_be_unchecked() -> None:
    _, gaps = check_text(TextView(text_of(["Фронт вырос."], "ru"), Settings()), [NUMBER, PRONOUN])
    assert [gap.code for gap in gaps] == ["T011", "T012"]


# Pronouns


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("How do you see the prospects of the Renewal Front? What goals does he set for himself?", "he"),
        ("The Renewal Front wants to reform the state. He is not fighting alone.", "He"),
        ("The Ministry of Trade has a new seat. She moved on Monday.", "She"),
    ],
)
def test_an_organisation_that_is_he_or_she_is_found(text: str, pronoun: str) -> None:
    assert texts(PRONOUN, ["The weather is fine.", text]) == [pronoun]


@pytest.mark.parametrize(
    "text",
    [
        "The Renewal Front has a new leader. He is forty.",
        "Yusuf Karhani founded the Renewal Front. He is forty.",
        "The Renewal Front grows. It is not fighting alone.",
        "The Renewal Front grows. The mayor says that he is glad.",
        "The weather is fine. He is glad.",
        "The Renewal Front praised the colonel. He thanked his soldiers.",
    ],
)
def test_a_pronoun_that_can_mean_somebody_is_none(text: str) -> None:
    assert texts(PRONOUN, [text]) == []


def test_a_pronoun_in_another_paragraph_is_none() -> None:
    assert texts(PRONOUN, ["The Renewal Front grows.", "He is glad."]) == []


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/seed")
def test_the_interview_yields_what_it_is_known_for() -> None:
    from align.formats.read import read_path
    from align.segment import build_document

    extract, _ = read_path(str(SEED))
    view = TextView(build_document(extract, name="a", lang="en"), Settings())
    assert [one.spot.text for one in check_text(view, [NUMBER])[0]] == ["is"]
    assert [one.spot.text for one in check_text(view, [PRONOUN])[0]] == ["he", "He"]
    assert sorted(one.spot.text for one in check_text(view, [CAPITALS])[0]) == [
        "front",
        "national resistance front",
    ]
