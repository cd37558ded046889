"""Names are shown in their base form."""

from __future__ import annotations

import pytest

from glossary.naming import base_form
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
