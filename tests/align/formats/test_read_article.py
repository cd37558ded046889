"""Saved pages: the article, not its menus. The pages in tests/data/read were written for this project."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.errors import InputError
from align.formats.read import read_path
from align.model import Extract
from tests.align.formats.places import assert_exact, assert_sound, kinds, questions, texts

PAGES = Path(__file__).parents[2] / "data" / "read"


def read(name: str) -> Extract:
    extract, data = read_path(str(PAGES / name))
    assert_sound(extract)
    assert_exact(extract, data.decode(extract.metadata["encoding"]))
    return extract


def test_a_news_page_gives_its_article_from_title_to_last_sentence() -> None:
    extract = read("news.ru.html")
    blocks = texts(extract)
    assert blocks[0] == "Мост через Сосновку откроют до\u00a0зимы"
    assert blocks[1].startswith("Строители обещают")
    assert blocks[2] == "Опоры моста, август. Фото автора"
    assert blocks[-1] == "Открыть движение планируют 25\u00a0ноября."
    assert kinds(extract) == [
        *["heading", "paragraph", "caption"],
        *["paragraph"] * 6,
        *["heading", "item", "item", "paragraph"],
    ]


@pytest.mark.parametrize(
    "unwanted",
    ["cookie", "Политика", "Поделиться", "Читайте также", "Паром", "читаемое", "©", "Скрытый", "абзаца"],
)
def test_what_stands_around_the_article_is_left_out(unwanted: str) -> None:
    assert unwanted not in read("news.ru.html").text


def test_a_short_line_in_bold_is_kept() -> None:
    assert questions(read("news.ru.html")) == ["Кто заплатит?"]


def test_title_date_and_language_are_known() -> None:
    metadata = read("news.ru.html").metadata
    assert metadata["title"] == "Мост через Сосновку откроют до зимы"
    assert metadata["date"] == "2024-09-17"
    assert metadata["lang"] == "ru"


def test_a_page_of_tables_from_the_nineties_gives_its_article() -> None:
    extract = read("news.en.html")
    assert texts(extract)[0] == "Sosnovka bridge to open before winter"
    assert texts(extract)[-1] == "Traffic is to start on 25\u00a0November."
    assert "“We are three weeks late, but we will catch up,” he says." in extract.text
    assert len(texts(extract)) == 8
    assert not any(menu in extract.text for menu in ("Television", "Ferry", "Advertising"))
    assert extract.metadata["lang"] == "en-GB"


def test_an_interview_parted_by_line_breaks_keeps_every_turn() -> None:
    extract = read("interview.ru.html")
    assert questions(extract) == [
        "– Глеб Андреевич, с чего начинается ваш день?",
        "– А камертон?",
        "– Почему?",
        "– Расскажите о самом трудном концерте.",
    ]
    assert "– Потому." in texts(extract)
    assert len(texts(extract)) == 10


def test_no_date_is_guessed_from_the_text() -> None:
    assert "date" not in read("interview.ru.html").metadata


def test_a_page_in_koi8_r_is_read_as_it_declares() -> None:
    extract = read("port.koi8-r.html")
    assert extract.metadata["encoding"] == "koi8-r"
    assert texts(extract)[2] == "Я иду к воде. Чайки кричат так, будто им задолжали."


def test_a_front_page_has_no_article() -> None:
    with pytest.raises(InputError, match=r"no article.*Save the page of the article itself"):
        read_path(str(PAGES / "index.en.html"))


def test_a_page_that_scripts_build_has_no_text() -> None:
    with pytest.raises(InputError, match="as the browser shows it"):
        read_path(str(PAGES / "shell.en.html"))


def test_the_same_page_gives_the_same_extract() -> None:
    assert read("news.ru.html") == read("news.ru.html")
