"""Names are shown in their base form."""

from __future__ import annotations

import pytest

from glossary.extract.naming import base_form, calm, phrase_form, sounded
from tests.glossary.texts import concepts


@pytest.mark.parametrize(
    ("line", "lang", "shown"),
    [
        ("Мы были в Финском заливе.", "ru", "Финский залив"),
        (
            "Дело у Федерального управления гражданской авиации.",
            "ru",
            "Федеральное управление гражданской авиации",
        ),
        ("Отряд Фронта обновления Мерхистана ушел.", "ru", "Фронт обновления Мерхистана"),
        ("Встретились с полковником Юсуфом Кархани.", "ru", "Юсуф Кархани"),
        ("Живем в Норфолке.", "ru", "Норфолк"),
        ("Living in the USA is fun.", "en", "USA"),
    ],
)
def test_a_name_is_shown_in_the_nominative(line: str, lang: str, shown: str) -> None:
    assert base_form(concepts([line], lang)[-1].head, lang) == shown


def test_mentions_that_leave_words_out_do_not_name_the_whole() -> None:
    head = concepts(["Отряд Фронта обновления Мерхистана ушел."], "ru")[-1].head
    head.surfaces.update({"Фронт": 9})
    assert base_form(head, "ru") == "Фронт обновления Мерхистана"


@pytest.mark.parametrize(
    ("name", "renderings", "shown"),
    [
        ("Тарвузана", ["Tarvuzan"], "Тарвузан"),
        ("Тарвузана", ["Tarvuzana"], "Тарвузана"),
        ("Тарвузана", [], "Тарвузана"),
        ("Мерхистана", [], "Мерхистан"),
        ("Москва", ["Moscow"], "Москва"),
    ],
)
def test_an_unknown_names_ending_is_that_of_its_renderings(
    name: str, renderings: list[str], shown: str
) -> None:
    assert sounded(name, "ru", renderings) == shown


def test_a_persons_name_is_shown_without_an_interviews_capitals() -> None:
    assert calm("Юсуф КАРХАНИ") == "Юсуф Кархани"


@pytest.mark.parametrize(
    ("surface", "lemmas", "shown"),
    [
        ("железную дорогу", ("железный", "дорога"), "железная дорога"),
        ("собственных почтальонов", ("собственный", "почтальон"), "собственные почтальоны"),
        ("начальником штаба", ("начальник", "штаб"), "начальник штаба"),
    ],
)
def test_a_phrase_is_shown_in_the_nominative(surface: str, lemmas: tuple[str, ...], shown: str) -> None:
    assert phrase_form(surface, lemmas, "ru") == shown
