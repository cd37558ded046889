"""T008 and T009: acronyms that nobody explains, or two for one name."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary.checks.base import Rule
from glossary.checks.run import check_text
from glossary.checks.settings import Settings
from glossary.checks.terms import acronym_without_expansion, competing_acronyms
from glossary.checks.terms.acronyms import acronyms_of, known
from glossary.checks.views import TextView
from glossary.model import Finding
from tests.glossary.checks.examples import over_pair, pair_of, text_of

EXPANSION, COMPETING = acronym_without_expansion.RULE, competing_acronyms.RULE
SEED = Path(__file__).parents[4] / "shared" / "seed" / "interview.en.txt"
FULL = "The Renewal Front of Merhistan (RFM) was founded ten years ago."


def found(rule: Rule, sentences: list[str], lang: str = "en", **options: object) -> list[Finding]:
    settings = Settings(options={rule.code: options})  # type: ignore[dict-item]
    return check_text(TextView(text_of(sentences, lang), settings), [rule])[0]


def texts(rule: Rule, sentences: list[str], lang: str = "en", **options: object) -> list[str]:
    return [one.spot.text for one in found(rule, sentences, lang, **options)]


def test_an_acronym_before_its_explanation_is_found() -> None:
    (one,) = found(EXPANSION, ["The RFM has moved its tents.", FULL])
    assert (one.spot.text, one.evidence[0].text) == ("RFM", "Renewal Front of Merhistan")


def test_an_acronym_behind_its_explanation_is_none() -> None:
    assert texts(EXPANSION, [FULL, "The RFM has moved its tents."]) == []


def test_a_headline_may_be_shorter_than_the_text() -> None:
    assert texts(EXPANSION, ["RFM moves its tents", FULL]) == []


def test_everybody_knows_the_un() -> None:
    assert texts(EXPANSION, ["The UN was there.", "The United Nations (UN) was founded in 1945."]) == []


def test_more_acronyms_can_be_declared_known() -> None:
    assert texts(EXPANSION, ["The RFM has moved its tents.", FULL], known=("RFM",)) == []


def test_an_acronym_with_two_expansions_is_found() -> None:
    (one,) = found(EXPANSION, [FULL, "The Radio Friends of Malpur (RFM) send at night."])
    assert "Radio Friends of Malpur" in one.message


def test_an_acronym_explained_twice_in_the_same_words_is_none() -> None:
    assert texts(EXPANSION, [FULL, "Once more the Renewal Front of Merhistan (RFM) spoke."]) == []


def test_what_is_never_explained_is_found_only_when_asked_for() -> None:
    text = ["The QZX has moved its tents."]
    assert texts(EXPANSION, text) == []
    assert texts(EXPANSION, text, never=True) == ["QZX"]


def test_a_full_name_with_the_same_initials_explains_an_acronym() -> None:
    text = ["The Renewal Front of Merhistan was founded here.", "Later RFM moved its tents."]
    assert texts(EXPANSION, text, never=True) == []


def test_an_acronym_that_only_the_original_explains_is_found() -> None:
    rows = [
        ("Союз вольных паромщиков (СВП) бастует.", "The Union of Free Ferrymen is on strike."),
        ("В СВП говорят о сотнях людей.", "The UFF speaks of hundreds of people."),
    ]
    (one,) = over_pair(EXPANSION, pair_of(rows, ("ru", "en")), Settings())[0]
    assert one.spot.text == "UFF"
    assert "СВП" in one.message


@pytest.mark.parametrize(
    "sentence", ["Chapter XIV is short.", "CLOSED ON MONDAYS AND FRIDAYS", "Call #PRS_ORG# now."]
)
def test_roman_numbers_shouting_and_placeholders_are_no_acronyms(sentence: str) -> None:
    assert dict(acronyms_of(TextView(text_of([sentence], "en"), Settings()))) == {}


@pytest.mark.parametrize("lang", ["en", "ru", "de", "uk", "fr", "es"])
def test_each_language_has_its_known_acronyms(lang: str) -> None:
    assert len(known(lang)) >= len(known("xx"))


def test_two_acronyms_of_one_organisation_are_found_at_the_rarer() -> None:
    text = [
        "The Islamic State (IS) lost the town.",
        "IS took the bridge.",
        "A report counts forty men of ISIS.",
    ]
    (one,) = found(COMPETING, text)
    assert (one.spot.text, [(row.text, row.count) for row in one.table]) == ("ISIS", [("IS", 2), ("ISIS", 1)])


def test_two_acronyms_of_a_country_are_no_finding() -> None:
    assert (
        texts(COMPETING, ["The US won.", "In the USA people danced.", "The United States (US) is large."])
        == []
    )


def test_full_stops_make_no_second_acronym() -> None:
    assert texts(COMPETING, ["The Islamic State (IS) lost.", "The I.S. took the bridge."]) == []


def test_two_organisations_may_have_an_acronym_each() -> None:
    assert texts(COMPETING, [FULL, "The Union of Free Ferrymen (UFF) joined the RFM."]) == []


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/seed")
def test_the_interview_yields_isis_and_nothing_else() -> None:
    lines = [line for line in SEED.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert set(texts(COMPETING, lines)) == {"ISIS"}
    assert texts(EXPANSION, lines) == []
