"""F006: a "not" that was lost is found, a negation said in other words is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.checks.figures.negation import LANGUAGES, firm, not_only
from glossary.checks.figures.negation_english import only_without_not, read_english
from glossary.checks.figures.negation_lost import RULE
from glossary.checks.run import check_pair
from glossary.checks.settings import Settings
from glossary.checks.views import PairView
from glossary.model import Finding, Gap
from tests.glossary.checks.examples import over_pair, pair_of


def found(source: str, target: str, langs: str) -> list[Finding]:
    """What the rule finds in one bead."""
    return over_pair(RULE, pair_of([(source, target)], langs.split()), Settings())[0]


def gaps(langs: str) -> list[Gap]:
    """What the rule says it could not look at in a pair of these languages."""
    return over_pair(RULE, pair_of([("Ja.", "Yes.")], langs.split()), Settings())[1]


@pytest.mark.parametrize(
    ("source", "target", "langs"),
    [
        ("Вирус не встречал сопротивления.", "The virus did encounter resistance.", "ru en"),
        ("Закон не запрещает торговлю оружием.", "The law does prohibit the trade in weapons.", "ru en"),
        ("Министр не может подписать соглашение.", "The minister can sign the agreement.", "ru en"),
        ("Міністр не підтримує цю угоду.", "The minister does support this agreement.", "uk en"),
        (
            "Die Regierung unterstützt das Abkommen nicht.",
            "The government does support the agreement.",
            "de en",
        ),
        ("Он помог не только врачам, но и нам.", "He helped only the doctors but also us.", "ru en"),
        ("The government will not support the agreement.", "Правительство поддержит соглашение.", "en ru"),
    ],
)
def test_a_lost_not_is_found(source: str, target: str, langs: str) -> None:
    assert [one.code for one in found(source, target, langs)] == ["F006"]


@pytest.mark.parametrize(
    ("source", "target", "langs"),
    [
        ("Вирус не встречал сопротивления.", "The virus did not encounter resistance.", "ru en"),
        ("Вирус не встречал сопротивления.", "The virus never encountered resistance.", "ru en"),
        ("Он без дела не сидел.", "He kept busy.", "ru en"),
        ("Они не смогли починить мост.", "They failed to repair the bridge.", "ru en"),
        ("Мы не были довольны договором.", "We were dissatisfied with the treaty.", "ru en"),
        ("Они ждут помощи, а не советов.", "They wait for help rather than advice.", "ru en"),
        ("Он не только врач, но и учитель.", "He is both a doctor and a teacher.", "ru en"),
        ("Не могли бы вы подождать?", "Could you wait?", "ru en"),
        ("Der Vertrag ist nicht gültig.", "The treaty is invalid.", "de en"),
        ("He did not wait.", "Он не ждал.", "en ru"),
    ],
)
def test_a_negation_in_other_words_is_none_lost(source: str, target: str, langs: str) -> None:
    assert found(source, target, langs) == []


def test_the_place_is_the_sentence_and_the_evidence_the_word_that_denies() -> None:
    one = found("Вирус не встречал сопротивления.", "The virus did encounter resistance.", "ru en")[0]
    assert (one.spot.text, one.evidence[0].text) == ("The virus did encounter resistance.", "не")


def test_a_title_left_in_its_language_keeps_its_negation() -> None:
    text = 'Das Album "Das ist kein Spiel" kam auf Platz zwei.'
    assert found(text, 'The album "Das ist kein Spiel" came second.', "de en") == []


def test_a_doubtful_bead_is_not_compared() -> None:
    rows = [("Вирус не встречал сопротивления.", "The virus did encounter resistance.")]
    assert over_pair(RULE, pair_of(rows, ["ru", "en"], confidence=0.1), Settings())[0] == []


def test_a_language_without_words_that_deny_is_said_to_be_unchecked() -> None:
    assert [gap.document for gap in gaps("ja en")] == ["text.ja"]


def test_without_a_model_the_pair_is_said_to_be_unchecked() -> None:
    view = PairView(pair_of([("Он не ждал.", "He did wait.")], ["ru", "en"]), Settings())
    assert [gap.code for gap in check_pair(view, [RULE])[1]] == ["F006"]


def test_a_do_without_need_is_a_trace() -> None:
    text = "This does exclude new talks."
    assert [text[a:b] for a, b in read_english(text).emphatic] == ["does"]


@pytest.mark.parametrize(
    "text", ["They did the work.", "What he did next", "Please do tell us.", "He did well."]
)
def test_a_do_that_is_needed_is_none(text: str) -> None:
    assert read_english(text).emphatic == []


def test_any_is_no_trace_where_it_means_every() -> None:
    assert read_english("If there is any doubt, call.").polar == []


@pytest.mark.parametrize("text", ["Он не раз приходил не только сюда.", "Едва не упал."])
def test_phrases_that_deny_nothing_are_no_negations(text: str) -> None:
    assert firm(text, "ru") == []


def test_not_only_is_read_apart() -> None:
    text = "Он не только врач."
    span = not_only(text, "ru")
    assert span is not None
    assert text[slice(*span)] == "не только"


def test_only_with_its_not_is_whole() -> None:
    assert not only_without_not("He is not only a doctor but also a teacher.")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(LANGUAGES)), st.text("не not nicht kein нет, .any", max_size=60))
def test_the_same_text_on_both_sides_has_lost_nothing(lang: str, text: str) -> None:
    rows = [(text.strip() or "не", text.strip() or "не")]
    assert over_pair(RULE, pair_of(rows, [lang, lang]), Settings())[0] == []
