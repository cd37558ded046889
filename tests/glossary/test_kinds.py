"""What sort of thing a name names."""

from __future__ import annotations

import pytest

from tests.glossary.texts import concepts


@pytest.mark.parametrize(
    ("line", "lang", "kind"),
    [
        ("Отряд Фронта обновления пришел.", "ru", "organisation"),
        ("Мы приехали в Норфолк вчера.", "ru", "place"),
        ("Это сказал полковник Юсуф Кархани.", "ru", "person"),
        ("Вернулась программа «Зерно мира».", "ru", "programme"),
        ("We asked the Ministry of Water.", "en", "organisation"),
        ("We swam in the Gulf of Finland.", "en", "place"),
        ("They saw Colonel Yusuf Karhani.", "en", "person"),
        ("They broke the Water Protection Act.", "en", "programme"),
        ("They work at Moderna Inc now.", "en", "organisation"),
    ],
)
def test_heads_titles_and_dictionaries_say_the_kind(line: str, lang: str, kind: str) -> None:
    assert [concept.kind for concept in concepts([line], lang)][-1] == kind
