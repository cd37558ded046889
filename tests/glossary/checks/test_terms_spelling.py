"""T007: one name spelt in different ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.checks.run import check_text
from glossary.checks.settings import Settings, Terminology
from glossary.checks.terms import inconsistent_spelling
from glossary.checks.terms.romanisation import hint, schemes
from glossary.checks.terms.spelling import Token, derived, respelt
from glossary.checks.views import PairView, TextView
from glossary.model import Concept, Finding, Term
from tests.glossary.checks.examples import over_pair, pair_of, text_of

RULE = inconsistent_spelling.RULE
SEED = Path(__file__).parents[4] / "shared" / "seed" / "interview.en.txt"


def found(sentences: list[str], lang: str = "en", settings: Settings | None = None) -> list[Finding]:
    return check_text(TextView(text_of(sentences, lang), settings or Settings()), [RULE])[0]


def spellings(sentences: list[str], lang: str = "en") -> list[tuple[str, str | None]]:
    return [(one.spot.text, one.replacement) for one in found(sentences, lang)]


def test_the_rarer_spelling_is_found_and_set_right() -> None:
    text = ["Dmitri Malinov spoke first.", "Then Dmitry Malinov sat down.", "Dmitry Malinov is sixty."]
    assert spellings(text) == [("Dmitri", "Dmitry")]


def test_of_two_spellings_that_are_as_frequent_the_first_stays() -> None:
    assert spellings(["Andrey Malinov spoke.", "Andrei Malinov sat down."]) == [("Andrei", "Andrey")]


def test_a_surname_in_capitals_is_no_other_spelling() -> None:
    assert spellings(["Andrey MALINOV spoke.", "Andrey Malinov sat down."]) == []


def test_capitals_are_kept_where_a_spelling_is_set_right() -> None:
    text = ["Yusuf Karhani spoke.", "Karhani left.", "Later Yusuf KARKHANI wrote a letter."]
    assert spellings(text) == [("KARKHANI", "KARHANI")]


def test_two_people_of_one_sound_are_kept_apart_by_their_other_names() -> None:
    assert spellings(["Maria Petrova wrote the minutes.", "Mariya Orlova read them."]) == []


def test_a_woman_and_a_man_of_one_family_are_no_two_spellings() -> None:
    assert spellings(["Pavel Korsakovsky came early.", "Oksana Korsakovskaya came late."]) == []


def test_a_word_made_from_another_spelling_of_a_name_is_found() -> None:
    assert spellings(
        ["The caravans came from East Durkestan.", "The East Durkistani merchants sold salt."]
    ) == [("Durkistani", "Durkestani")]


def test_a_word_made_from_the_same_spelling_is_none() -> None:
    assert (
        spellings(["The caravans came from East Durkestan.", "The East Durkestani merchants sold salt."])
        == []
    )


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", ["Вождь Кэйел вошёл.", "Кэйелу поклонились.", "Потом Кейэла проводили."], [("Кейэла", "Кэйела")]),
        ("uk", ["Ейслін прийшла.", "Ейслін сіла.", "Ейслін мовчала, а Айслін пішла."], [("Айслін", "Ейслін")]),
        ("de", ["Gestern kam Eirwen an.", "Heute schläft Eirwen.", "Morgen reist Eirwan."], [("Eirwan", "Eirwen")]),
    ],
)  # fmt: skip
def test_spellings_are_found_in_other_languages(
    lang: str, text: list[str], expected: list[tuple[str, str]]
) -> None:
    assert spellings(text, lang) == expected


def test_inflected_forms_are_no_other_spellings() -> None:
    assert (
        spellings(
            ["Приехал Тимофей Велегуров.", "Тимофея Велегурова встретили.", "С Велегуровым пили чай."], "ru"
        )
        == []
    )


def test_the_spelling_that_people_approved_is_right_however_rare() -> None:
    concept = Concept(
        "1", "person", (Term("Andrei Malinov", "en", "andrei malinov", "preferred"),), "approved"
    )
    settings = Settings(terminology=Terminology([concept]))
    text = ["Andrey Malinov spoke.", "Andrey Malinov left.", "Andrei Malinov came back."]
    assert [(one.spot.text, one.replacement) for one in found(text, "en", settings)] == [
        ("Andrey", "Andrei")
    ] * 2


def test_the_table_names_the_scheme_by_the_original() -> None:
    rows = [
        ("Встречу вёл Андрей Малинов.", "The meeting was led by Andrey Malinov."),
        ("Вечером пришёл Андрей Малинов.", "In the evening came Andrei Malinov."),
    ]
    (one,) = over_pair(RULE, pair_of(rows, ("ru", "en")), Settings())[0]
    assert {row.text: row.note for row in one.table} == {
        "Andrey": "BGN/PCGN, Wikipedia, MVD 310 for Андрей",
        "Andrei": "ICAO Doc 9303, GOST 52535, telegrams for Андрей",
    }


def test_without_an_original_the_letters_tell() -> None:
    assert hint("Andrey", "Andrei").startswith("y for й")
    assert hint("Andrei", "Andrey").startswith("i for й")


def test_schemes_are_those_that_give_the_spelling() -> None:
    assert "ICAO Doc 9303" in schemes("Юлия", "Iuliia")
    assert schemes("Юлия", "Julienne") == ()


def test_a_script_without_capitals_is_said_to_be_unchecked() -> None:
    _, gaps = check_text(TextView(text_of(["张先生来了。"], "zh"), Settings()), [RULE])
    assert [gap.code for gap in gaps] == ["T007"]


def test_vowels_are_trusted_where_the_original_is_in_chinese() -> None:
    rows = [("张来了。", "Mr Zhongling came."), ("钟走了。", "Mr Zhangling left.")]
    view = PairView(pair_of(rows, ("zh", "en")), Settings())
    assert check_text(view.target, [RULE])[0] == []


@given(st.sampled_from(["Timofei", "TIMOFEI", "Timofeia"]))
def test_setting_a_spelling_right_keeps_first_capitals_and_endings(form: str) -> None:
    right = respelt(Token(0, len(form), form, "timofei", "", ""), "timofey")
    assert right == {"Timofei": "Timofey", "TIMOFEI": "TIMOFEY", "Timofeia": "Timofeya"}[form]


def test_a_derived_word_is_told_from_its_own_spelling() -> None:
    assert derived("durkistani", "durkestan") == "i"
    assert derived("durkestani", "durkestan") is None


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/seed")
def test_the_interview_yields_its_two_spellings_and_nothing_else() -> None:
    lines = [line for line in SEED.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert sorted(one.spot.text for one in found(lines)) == ["Andrei", "Turkistani"]
