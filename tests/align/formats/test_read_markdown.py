"""Markdown: blocks, inline markup, and where in the file each word stands."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from align.errors import EmptyInputError
from align.formats.read import read_bytes
from align.model import Extract
from tests.align.formats.places import (
    assert_exact,
    assert_sound,
    gaps,
    kinds,
    non_verbatim,
    questions,
    replaced,
    texts,
    words,
)


def read(text: str) -> Extract:
    extract = read_bytes(text.encode(), name="a.md")
    assert_sound(extract)
    assert_exact(extract, text)
    return extract


def test_headings_of_either_kind_are_headings() -> None:
    extract = read("# Первая #\n\nВторая\n======\n\n### Третья\nтекст")
    assert texts(extract) == ["Первая", "Вторая", "Третья", "текст"]
    assert kinds(extract) == ["heading", "heading", "heading", "paragraph"]


def test_emphasis_and_links_leave_only_their_text() -> None:
    extract = read(
        'Это *раз*, **два**, ***три*** и [ссылка *тут*](http://a.b/c_d "и") <http://e.f>, ~~нет~~.'
    )
    assert texts(extract) == ["Это раз, два, три и ссылка тут http://e.f, нет."]
    assert non_verbatim(extract, "") == []


def test_reference_links_leave_their_label_and_no_definition() -> None:
    extract = read("См. [отчёт][1], [1] и [отчёт][].\n\n[1]: http://a.b 'т'\n[отчёт]: <c d>\n")
    assert texts(extract) == ["См. отчёт, 1 и отчёт."]


def test_a_wrapped_line_is_a_space_that_stands_for_the_line_end_and_what_follows_it() -> None:
    source = "> раз\n> два\nтри\n\n1. четыре\n   пять\n"
    extract = read(source)
    assert texts(extract) == ["раз два три", "четыре пять"]
    assert non_verbatim(extract, source) == [(" ", "\n> "), (" ", "\n"), (" ", "\n   ")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_mapped(ending: str) -> None:
    source = f"# Раз{ending}{ending}два *три*{ending}четыре  {ending}пять{ending}{ending}- шесть{ending}"
    extract = read(source)
    assert texts(extract) == ["Раз", "два три четыре\nпять", "шесть"]
    assert non_verbatim(extract, source) == [(" ", ending), ("\n", f"  {ending}")]


def test_escapes_and_entities_say_how_the_file_spells_them() -> None:
    source = r"\*раз\* &amp; &laquo;два&raquo; &#8212; `a\*b` C:\тут AT&T"
    extract = read(source)
    assert texts(extract) == [r"*раз* & «два» — a\*b C:\тут AT&T"]
    assert non_verbatim(extract, source) == [
        ("*", r"\*"),
        ("*", r"\*"),
        ("&", "&amp;"),
        ("«", "&laquo;"),
        ("»", "&raquo;"),
        ("—", "&#8212;"),
    ]


@pytest.mark.parametrize("code", ["`` a`b ``", "`a`", "` a `", "`a\nb`", "`` ` ``"])
def test_code_in_a_line_keeps_its_text(code: str) -> None:
    read(f"раз {code} два")


def test_hard_breaks_stay_line_breaks() -> None:
    source = "раз  \nдва\\\nтри<br>четыре"
    extract = read(source)
    assert texts(extract) == ["раз\nдва\nтри\nчетыре"]
    assert [file for text, file in non_verbatim(extract, source) if text == "\n"] == ["  \n", "\\\n", "<br>"]


def test_lists_are_items_and_quotes_are_paragraphs() -> None:
    extract = read("* раз\n* два\n\n  ещё\n\n> цитата\n")
    assert list(zip(kinds(extract), texts(extract), strict=True)) == [
        ("item", "раз"),
        ("item", "два"),
        ("item", "ещё"),
        ("paragraph", "цитата"),
    ]


def test_a_dashed_list_of_questions_and_answers_is_an_interview() -> None:
    extract = read("- Кто вы?\n- Никто.\n- А вы?\n- И я.\n")
    assert extract.blocks is not None
    assert [(block.kind, block.speaker, block.question) for block in extract.blocks] == [
        ("turn", "", True),
        ("turn", "", False),
        ("turn", "", True),
        ("turn", "", False),
    ]


def test_a_dashed_list_without_questions_stays_a_list() -> None:
    assert kinds(read("- хлеб\n- соль\n- вода\n")) == ["item", "item", "item"]


def test_cells_of_a_table_are_blocks() -> None:
    source = "> | имя | a\\|b |\n> |---|:-:|\n> | **Анна** | &lt;5 |\n> | - |\n"
    extract = read(source)
    assert texts(extract) == ["имя", "a|b", "Анна", "<5", "-"]
    assert extract.warnings == ()


def test_a_table_without_outer_bars_is_mapped_too() -> None:
    assert texts(read("1. | 1 | 2\n   --|--\n   1 | x\n")) != []
    assert texts(read("a | b\n--|--\n1 | 2\n")) == ["a", "b", "1", "2"]


def test_a_picture_is_a_caption_behind_its_paragraph() -> None:
    extract = read('Раз ![Фото *Анны*](a.png "т") два.\n\n![](b.png)\n\n![Порт][p]\n\n[p]: c.png\n')
    assert list(zip(kinds(extract), texts(extract), strict=True)) == [
        ("paragraph", "Раз  два."),
        ("caption", "Фото Анны"),
        ("caption", "Порт"),
    ]


def test_fenced_code_is_left_out_with_a_warning() -> None:
    extract = read("раз\n\n```python\nprint(1)\n```\n\nдва\n")
    assert texts(extract) == ["раз", "два"]
    assert extract.warnings == ("code left out: 1 fenced block(s)",)


def test_an_indented_paragraph_is_prose() -> None:
    extract = read("    – Кто там?\n\n\t– Я.\n")
    assert texts(extract) == ["– Кто там?", "– Я."]


def test_html_between_paragraphs_gives_its_text() -> None:
    source = "раз\n\n<div class=x>\n<p>два &mdash; <b>три</b></p>\n</div>\n<!-- нет -->\n\nчетыре\n"
    assert texts(read(source)) == ["раз", "два — три", "четыре"]


def test_html_in_a_quote_or_a_list_gives_its_text_too() -> None:
    source = "> <div>\n> раз,  \n> два\n> </div>\n\n- <b>\n  три</b>\n"
    extract = read(source)
    assert texts(extract) == ["раз, два", "три"]
    assert non_verbatim(extract, source) == [(" ", "  \n> ")]


def test_front_matter_becomes_metadata() -> None:
    extract = read(
        '---\ntitle: "О порте"\ndate: 2024-05-06 10:00\nlang: ru\ntags:\n  - море\n---\n\n# Порт\n'
    )
    assert texts(extract) == ["Порт"]
    assert extract.metadata == {"title": "О порте", "date": "2024-05-06", "lang": "ru", "encoding": "utf-8"}


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    extract = read("---\nОбычный абзац без двоеточия\n\n---\n\nвторой\n")
    assert texts(extract) == ["Обычный абзац без двоеточия", "второй"]


def test_the_first_heading_is_the_title() -> None:
    assert read("# О *порте*\n\nтекст\n").metadata["title"] == "О порте"


def test_a_paragraph_in_bold_that_asks_is_a_question() -> None:
    extract = read("**– Кто вы?**\n\n– Никто.\n\n__Подзаголовок__\n\n**Важное** слово.\n")
    assert questions(extract) == ["– Кто вы?"]
    assert kinds(extract) == ["paragraph", "paragraph", "heading", "paragraph"]


def test_in_an_interview_a_request_in_bold_is_a_question_too() -> None:
    extract = read(
        "**Кто вы?**\n\nА.\n\n**Где вы?**\n\nБ.\n\n**Зачем?**\n\nВ.\n\n**Расскажите о порте.**\n\nГ.\n"
    )
    assert questions(extract) == ["Кто вы?", "Где вы?", "Зачем?", "Расскажите о порте."]


@pytest.mark.parametrize("gap", ["\n", "  \n", "\\\n", " "])
def test_a_question_in_bold_ends_where_its_answer_begins(gap: str) -> None:
    extract = read(f"**Кто вы?**{gap}Никто. Совсем.")
    assert texts(extract) == ["Кто вы?", "Никто. Совсем."]
    assert questions(extract) == ["Кто вы?"]


def test_soft_hyphens_are_left_out() -> None:
    assert texts(read("Аф\u00adга\u00adни\u00adстан &shy;тут")) == ["Афганистан тут"]


def test_deep_quotes_keep_their_text() -> None:
    assert texts(read(">" * 60 + " тут")) == ["тут"]


def test_only_the_blank_lines_between_blocks_have_no_place() -> None:
    assert set(gaps(read("раз\n\nдва\nтри\n\n- четыре\n"))) == {"\n\n"}


def test_a_file_of_code_alone_is_empty() -> None:
    with pytest.raises(EmptyInputError):
        read_bytes(b"```\nx\n```\n", name="a.md")


WORD = st.sampled_from(["слово", "Word", "ещё", "a", "№1", "21", "т. е.", "naïve", "词", "🙂", "e\u0301"])
ATOM = st.one_of(
    WORD,
    WORD.map("*{}*".format),
    WORD.map("**{}**".format),
    WORD.map("`{}`".format),
    WORD.map("[{}](http://x.y)".format),
    st.sampled_from(
        [r"\*", r"\[", "&amp;", "&nbsp;", "&#1078;", "<b>", "</b>", "<br>", "![к](u)", "<http://q.w>"]
    ),
)
LINE = st.lists(ATOM, min_size=1, max_size=6).map(" ".join)
PARAGRAPH = st.lists(LINE, min_size=1, max_size=3)
BLOCK = st.one_of(
    PARAGRAPH.map("\n".join),
    PARAGRAPH.map("  \n".join),
    PARAGRAPH.map(lambda lines: "\n".join(f"> {line}" for line in lines)),
    PARAGRAPH.map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    PARAGRAPH.map(lambda lines: "1. " + "\n   ".join(lines)),
    PARAGRAPH.map(lambda lines: "> * " + "\n>   ".join(lines)),
    LINE.map("## {} ##".format),
    LINE.map("{}\n---".format),
    st.lists(LINE, min_size=2, max_size=2).map(
        lambda cells: f"| а | б |\n|---|---|\n| {cells[0]} | {cells[1]} |"
    ),
)
DOCUMENT = st.tuples(st.lists(BLOCK, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"])).map(
    lambda drawn: "\n\n".join(["начало", *drawn[0]]).replace("\n", drawn[1])
)
SOUP = st.text(st.sampled_from("*_`[]()<>!&;#-+=|~\\:. \t\n\r>абВ1\u00a0\u3000"), max_size=60).map(
    "ы ".__add__
)


@given(DOCUMENT)
def test_any_document_is_mapped_exactly(source: str) -> None:
    extract = read(source)
    assert not any("placed" in warning for warning in extract.warnings)


@given(SOUP)
def test_any_soup_of_markup_is_mapped_exactly_or_given_up_with_a_warning(source: str) -> None:
    read(source)


@given(DOCUMENT)
def test_no_word_is_lost_or_made_up(source: str) -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    html = re.sub(r'<img src="u" alt="(.*?)" />', r"\1", parser.render(source))
    plain = unescape(re.sub(r"</?[a-z][^>]*>", "", html))
    assert sorted("".join(read(source).text.split())) == sorted("".join(plain.split()))


@given(DOCUMENT, st.data())
def test_a_word_replaced_through_the_map_is_the_only_change(source: str, data: st.DataObject) -> None:
    before = read(source)
    chosen = [word for word in words(before) if before.text[word.start : word.end] not in ("http", "q", "w")]
    word = data.draw(st.sampled_from(chosen))  # not one of an address: it would be none any more
    after = read(replaced(source, word.offset, word.offset + word.end - word.start, "замена"))
    assert after.text == replaced(before.text, word.start, word.end, "замена")
