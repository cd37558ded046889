"""Footnote signs, agreement, and the newsroom's dated list."""

from __future__ import annotations

import pytest

from tests.glossary.checks.marks_samples import checked, found, replaced, told

NOTE_RU, NOTE_EN = "* Организация запрещена в РФ.", "* An organization banned in Russia."


@pytest.mark.parametrize(
    ("lang", "lines", "expected"),
    [
        ("en", ("The Dusk Guard* left.",), ["*"]),
        ("en", ("The Dusk Guard* left.", NOTE_EN), []),
        ("en", ("The Dusk Guard* and the Dawn Union** left.", NOTE_EN), ["**"]),
        ("en", ("The Turgani network* left.", "It came back."), ["*"]),
        ("ru", ("«Гвардия Заката»* ушла.",), ["*"]),
        ("de", ("Die »Abendgarde«* ging.",), ["*"]),
        ("fr", ("La « Garde »* est partie.",), ["*"]),
        ("pl", ("„Straż”* odeszła.",), ["*"]),
        ("en", ("*sighs loudly* I am in.", "The Dusk Guard* left."), ["*"]),
        ("en", ("This is *Very* good.", "He got an A* again."), []),
        ("en", ("What the F*** is it?", "5* hotels are dear."), []),
        ("en", ("I never liked him, but I do like HER*",), []),
        ("ru", ("Да, я говорю про НЕЕ*",), []),
        ("ru", ("Отряд «Они»* ушел.",), ["*"]),
        ("de", ("Alle Leser*innen und Bürger*innen kamen.",), []),
        ("en", ("The Dusk Guard² left.",), []),
        ("en", ("The Dusk Guard¹ and the Dawn Union² left.", "¹ Banned in Russia."), ["²"]),
    ],
)
def test_a_sign_without_a_footnote_is_found(lang: str, lines: tuple[str, ...], expected: list[str]) -> None:
    assert found("A010", lang, *lines) == expected


@pytest.mark.parametrize(("lang", "note"), [("ru", NOTE_RU), ("en", NOTE_EN)])
def test_a_footnote_without_its_sign_is_found(lang: str, note: str) -> None:
    text = {"ru": "«Гвардия Заката» ушла.", "en": "The Dusk Guard left."}[lang]
    assert found("A010", lang, text, note) == [note[2:-1]]


def test_a_footnote_whose_sign_the_translation_lost_shows_the_name() -> None:
    lines = ("«Дозор»* ушел. | The Dozor left.", f"{NOTE_RU} | {NOTE_EN}")
    assert "Dozor" in [one.text for one in told("A010", "ru en", *lines).evidence]


@pytest.mark.parametrize("code", ["A001", "A002", "A003"])
def test_a_lost_sign_is_told_by_one_rule(code: str) -> None:
    lines = ("«Дозор»* ушел. | The Dozor left.", f"{NOTE_RU} | {NOTE_EN}")
    assert found(code, "ru en", *lines) == []


def test_a_lost_footnote_is_told_by_its_sign_alone() -> None:
    lines = ("«Дозор»* ушел. | The Dozor* left.", f"{NOTE_RU} | ")
    assert (found("A010", "ru en", *lines), found("A001", "ru en", *lines)) == (["*"], [])


def test_signs_are_counted_sentence_by_sentence_in_both_languages() -> None:
    lines = (
        "«Дозор»* ушел. | The Dozor* left.",
        "«Дозор» вернулся. | The Dozor* came back.",
        f"{NOTE_RU} | {NOTE_EN}",
    )
    assert found("A010", "ru en", *lines) == ["*"]


def test_a_sign_that_the_original_has_without_a_footnote_is_told_there() -> None:
    findings, _ = checked("A010", "ru en", "«Дозор»* ушел. | The Dozor* left.")
    assert [one.spot.document for one in findings] == ["text.ru"]


def test_a_sign_that_the_original_has_behind_a_pronoun_is_not_told_in_the_translation() -> None:
    assert found("A010", "en ru", "No, I meant HER* of course. | Нет, я про МАРТУ*, конечно.") == []


def test_scripts_without_capitals_are_said_to_be_unchecked() -> None:
    assert len(checked("A010", "zh", "暮光卫队*离开了。")[1]) == 1


@pytest.mark.parametrize(
    ("lang", "line", "right"),
    [
        ("ru", "Движение «Закат» (запрещена в РФ).", "Движение «Закат» (запрещено в РФ)."),
        ("ru", "Движение «Закат» (запрещён в РФ) ещё там.", "Движение «Закат» (запрещено в РФ) ещё там."),
        ("ru", "Сеть Тургани (запрещен в РФ) ушла.", "Сеть Тургани (запрещена в РФ) ушла."),
        ("ru", "Группировка «Закат» (запрещена в РФ).", "Группировка «Закат» (запрещена в РФ)."),
        ("ru", "«Закат» (запрещена в РФ).", "«Закат» (запрещена в РФ)."),
        (
            "ru",
            "Главарь группировки «Закат» (запрещена в РФ).",
            "Главарь группировки «Закат» (запрещена в РФ).",
        ),
        ("uk", "Рух «Захід» (заборонена в РФ).", "Рух «Захід» (заборонений в РФ)."),
        ("uk", "Мережа Тургані (заборонений у РФ).", "Мережа Тургані (заборонена у РФ)."),
        ("uk", "Рух «Захід» (заборонено в РФ).", "Рух «Захід» (заборонено в РФ)."),
        ("uk", "Партію «Захід», заборонену в РФ, бачили.", "Партію «Захід», заборонену в РФ, бачили."),
        ("en", "The Dozor (banned in Russia) left.", "The Dozor (banned in Russia) left."),
    ],
)
def test_a_participle_is_put_into_the_nouns_gender(lang: str, line: str, right: str) -> None:
    assert replaced("A011", lang, line) == right


def test_agreement_of_an_original_is_looked_at_too() -> None:
    findings, _ = checked(
        "A011", "ru en", "Движение «Закат» (запрещена в РФ). | The Zakat (banned in Russia)."
    )
    assert [one.spot.document for one in findings] == ["text.ru"]


def test_french_agreement_is_said_to_be_unchecked() -> None:
    assert len(checked("A011", "fr", "Le mouvement « Soir » (interdite en Russie).")[1]) == 1


DATED = "name,aliases,jurisdiction,from,to\nDusk Guard,Гвардия Заката,RU,2020-01-01,\nDawn Union,,RU,,2021-01-01\n"
ON = "date = 2024-05-01"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("The Dusk Guard left.", "The Dusk Guard is back."), ["Dusk Guard"]),
        (("The Dusk Guard (banned in Russia) left.",), []),
        (("The Dawn Union left.",), []),
        (("The Dawn Union (banned in Russia) left.",), ["banned in Russia"]),
        (("The Dawn Union (banned in Kazakhstan) left.",), []),
        (("The Dusk Guard* left.", NOTE_EN), []),
    ],
)
def test_marks_are_compared_with_the_list_at_the_texts_date(
    lines: tuple[str, ...], expected: list[str]
) -> None:
    assert found("A012", "en", *lines, settings=ON, list=DATED) == expected


def test_an_entry_counts_from_its_first_day_on() -> None:
    assert found("A012", "en", "The Dusk Guard left.", settings="date = 2019-12-31", list=DATED) == []


def test_each_mention_counts_where_the_edition_keeps_all_marks() -> None:
    lines = ("The Dusk Guard left.", "The Dusk Guard is back.")
    given = f'{ON}\n[policy]\nmarks = "keep all"'
    assert found("A012", "en", *lines, settings=given, list=DATED) == ["Dusk Guard"] * 2


def test_an_inflected_name_is_found_in_the_list() -> None:
    assert found("A012", "ru", "Лидер «Гвардии Заката» ушел.", settings=ON, list=DATED) == ["Гвардии Заката"]


def test_a_text_without_a_date_is_said_to_be_unchecked() -> None:
    findings, gaps = checked("A012", "en", "The Dusk Guard left.", list=DATED)
    assert (findings, [one.reason for one in gaps]) == ([], ["the text's date is not known"])


def test_without_a_list_nothing_is_said() -> None:
    assert checked("A012", "en", "The Dusk Guard left.") == ([], [])


def test_a_mark_that_the_original_has_is_missing_once() -> None:
    line = "«Гвардия Заката» (запрещена в РФ) ушла. | The Dusk Guard left."
    given = {"settings": ON, "list": DATED}
    assert (found("A001", "ru en", line, **given), found("A012", "ru en", line, **given)) == (
        ["Dusk Guard"],
        [],
    )


def test_an_edition_without_marks_is_not_compared_with_the_list() -> None:
    given = f'{ON}\n[policy]\nmarks = "drop"'
    assert found("A012", "en", "The Dusk Guard left.", settings=given, list=DATED) == []
