"""HTML: fragments and plain pages as a whole, their blocks, and where in the file each word stands."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from align.errors import EmptyInputError, EncodingError, InputError
from align.formats.html import declared_encoding
from align.formats.read import read_bytes
from align.model import Extract
from tests.align.formats.places import (
    assert_exact,
    assert_sound,
    kinds,
    non_verbatim,
    questions,
    replaced,
    texts,
    words,
)


def read(source: str) -> Extract:
    extract = read_bytes(source.encode(), name="a.html")
    assert_sound(extract)
    assert_exact(extract, source)
    return extract


def test_a_fragment_without_html_or_body_is_read_whole() -> None:
    extract = read("<p>Раз <i>два</i>.</p><p>Три")
    assert texts(extract) == ["Раз два.", "Три"]


def test_text_without_any_tag_is_one_paragraph() -> None:
    assert texts(read("Раз\nдва & три")) == ["Раз два & три"]


def test_white_space_collapses_and_the_map_knows_how_long_it_was() -> None:
    source = "<p>\n  раз \t два\r\n три&nbsp; четыре </p>"
    extract = read(source)
    assert texts(extract) == ["раз два три\u00a0 четыре"]
    assert non_verbatim(extract, source) == [(" ", " \t "), (" ", "\r\n "), ("\u00a0", "&nbsp;")]


def test_white_space_collapses_across_inline_markup() -> None:
    assert texts(read("<p>раз <b> два</b> <i> </i> три</p>")) == ["раз два три"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&amp;", "&"),
        ("&mdash;", "—"),
        ("&#8212;", "—"),
        ("&#x2014;", "—"),
        ("&#X2014;", "—"),
        ("&laquo", "«"),
        ("&#171", "«"),
        ("&notit;", "¬it;"),
        ("&#151;", "—"),
        ("&fjlig;", "fj"),
    ],
)
def test_a_character_reference_is_one_piece_with_its_length(source: str, text: str) -> None:
    page = f"<p>а{source} б</p>"
    extract = read(page)
    assert texts(extract) == [f"а{text} б"]
    assert non_verbatim(extract, page) == [(text, source)]


@pytest.mark.parametrize("source", ["AT&T", "a & b", "a &b; c", "1 < 2", "a <- b", "&", "x&#;y"])
def test_what_only_looks_like_markup_stays_as_it_is(source: str) -> None:
    extract = read(f"<p>{source}</p>")
    assert texts(extract) == [source]
    assert non_verbatim(extract, "") == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>раз<p>два<div>три</div>четыре", ["раз", "два", "три", "четыре"]),
        ("<ul><li>раз<li>два<ul><li>три</ul>четыре</ul>пять", ["раз", "два", "три", "четыре", "пять"]),
        ("<table><tr><td>раз<td>два<tr><th>три</table>", ["раз", "два", "три"]),
        ("<dl><dt>раз<dd>два<dt>три</dl>", ["раз", "два", "три"]),
        ("<h1>раз</h2>два", ["раз", "два"]),
        ("<p>раз</div>два</p>", ["раздва"]),
        ("раз</p>два", ["раз", "два"]),
        ("<div><b><p>раз</p></b><p>два</div></div></b>три", ["раз", "два", "три"]),
        ("раз<br/>два<hr>три", ["раз\nдва", "три"]),
        ("<p title='>' class=\"a>b\" data-x=1>раз</p>", ["раз"]),
        ("<p title=it's>раз</p><p title=a'b>два</p>", ["раз", "два"]),
        ("<P CLASS=x>раз</P ><P>два<!-- <p>нет</p> --></P>", ["раз", "два"]),
        ("раз<!-- не закрыт", ["раз"]),
        ("раз<p class='не закрыт", ["раз"]),
        ("раз<![CDATA[нет]]><?php нет ?><!ELEMENT нет>два", ["раздва"]),
        ("<script>if (a<b) document.write('<p>нет</p>')</script>раз<style>p{}</style>", ["раз"]),
        ("<script>'<!-- </SCRIPT\n>раз", ["раз"]),
        ("раз<svg><title>нет</title><text>нет</text></svg>два<svg/>три", ["раздватри"]),
        ("<select><option>нет<option>нет</select>раз<textarea>нет</textarea>", ["раз"]),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", ["漢字"]),
        ("<meta charset=utf-8><title>нет</title><p>раз", ["раз"]),
        ("<html><head><title>нет</title><div>раз</div>", ["раз"]),
        ("<p>раз<span hidden>нет</span><span>два</span></p><p style='display: none'>нет</p>", ["раздва"]),
    ],
)
def test_broken_and_sloppy_markup_reads_as_browsers_show_it(source: str, expected: list[str]) -> None:
    assert texts(read(source)) == expected


def test_kinds_follow_the_elements() -> None:
    source = """<h2>а</h2><p>б</p><ul><li>в<li><p>г</ul><figure><figcaption>д</figcaption></figure>
        <blockquote><p>е</p></blockquote><table><caption>ё</caption><tr><td>ж</table>
        <div class="wp-caption"><p class="wp-caption-text">з</p></div>"""
    extract = read(source)
    assert list(zip(kinds(extract), texts(extract), strict=True)) == [
        ("heading", "а"),
        ("paragraph", "б"),
        ("item", "в"),
        ("item", "г"),
        ("caption", "д"),
        ("paragraph", "е"),
        ("caption", "ё"),
        ("paragraph", "ж"),
        ("caption", "з"),
    ]


def test_two_line_breaks_part_paragraphs_and_one_stays_a_line_break() -> None:
    source = "<p>раз<br>два <br />\n<br> три<br><br><br>четыре<br></p>"
    extract = read(source)
    assert texts(extract) == ["раз\nдва", "три", "четыре"]
    assert non_verbatim(extract, source) == [("\n", "<br>")]


def test_preformatted_text_keeps_its_lines() -> None:
    assert texts(read("<pre>раз\n  два\n\nтри</pre>")) == ["раз\n  два", "три"]


@pytest.mark.parametrize(
    "bold",
    ["<b>{}</b>", "<strong>{}</strong>", "<b>– </b><b>{}</b>", "<span style='font-weight: 700'>{}</span>"],
)
def test_a_paragraph_in_bold_that_asks_is_a_question(bold: str) -> None:
    extract = read(f"<p>{bold.format('Кто вы?')}</p><p>Никто.</p>")
    assert [text.removeprefix("– ") for text in questions(extract)] == ["Кто вы?"]


@pytest.mark.parametrize("gap", ["<br>", "<br>\n", " ", "</b><br><b>"])
def test_a_question_in_bold_is_parted_from_its_answer(gap: str) -> None:
    extract = read(f"<div><b>– Кто вы?</b>{gap}</b>– Никто.</div>")
    assert texts(extract) == ["– Кто вы?", "– Никто."]
    assert questions(extract) == ["– Кто вы?"]


def test_a_paragraph_whose_class_says_so_is_a_question() -> None:
    assert questions(read("<p class='interview-question'>Расскажите.</p><p>Нет.</p>")) == ["Расскажите."]


def test_bold_without_a_full_stop_is_a_heading() -> None:
    assert kinds(read("<p><b>О порте</b></p><p><b>Порт</b> стоит.</p>")) == ["heading", "paragraph"]


def test_soft_hyphens_are_left_out_however_they_are_written() -> None:
    assert texts(read("<p>Аф&shy;га\u00adни&#173;стан</p>")) == ["Афганистан"]


def test_metadata_come_from_the_head() -> None:
    extract = read(
        '<html lang="ru"><head><title>Сайт</title><meta property="og:title" content="О&nbsp;порте">'
        '<meta name="date" content="2021-03-04T05:06"></head><body><p>текст</p></body></html>'
    )
    assert extract.metadata == {"title": "О порте", "date": "2021-03-04", "lang": "ru", "encoding": "utf-8"}


def test_the_date_in_structured_data_is_found() -> None:
    script = '<script type="application/ld+json">{"datePublished": "2020-01-02T03:04:05Z"}</script>'
    assert read(f"{script}<p>текст</p>").metadata["date"] == "2020-01-02"


@pytest.mark.parametrize(
    ("page", "codec"),
    [
        ('<meta charset="windows-1251"><p>Порт', "cp1251"),
        ("<meta charset=win-1251><p>Порт", "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=KOI8-R"><p>Порт', "koi8-r"),
        ('<?xml version="1.0" encoding="koi8-r"?><html><p>Порт', "koi8-r"),
        ("<meta charset=utf-8><p>Порт", "utf-8"),
        ("<meta charset=windows-1251><p>Порт", "utf-8-sig"),
        ("<meta charset=utf-8><p>Порт", "utf-16"),
        ("<meta charset=iso-8859-1><p>“Port” — naïve", "cp1252"),
        ("<meta charset=gb2312><p>港口", "gb18030"),
    ],
)
def test_the_encoding_is_that_of_the_mark_else_the_declared_one(page: str, codec: str) -> None:
    extract = read_bytes(page.encode(codec), name="a.html")
    assert extract.text == page.split("<p>")[1]
    assert extract.warnings == ()


def test_a_page_that_is_utf8_in_spite_of_its_charset_is_read_with_a_warning() -> None:
    extract = read_bytes("<meta charset=windows-1251><p>Старый порт".encode(), name="a.html")
    assert extract.text == "Старый порт"
    assert "bytes are UTF-8" in extract.warnings[0]


def test_a_page_that_is_not_its_declared_encoding_is_looked_at_again_with_a_warning() -> None:
    text = "Старый порт начинается там, где кончается трамвай. Кондуктор объявляет остановку."
    extract = read_bytes(f"<meta charset=utf-8><p>{text}".encode("cp1251"), name="a.html")
    assert extract.text == text
    assert "declares utf-8" in extract.warnings[0]


def test_a_stray_bad_byte_is_replaced_with_a_warning() -> None:
    source = ("<meta charset=utf-8><p>" + "Старый порт. " * 200).encode() + b"\xff</p>"
    extract = read_bytes(source, name="a.html")
    assert extract.text.endswith("порт. \ufffd")
    assert "1 byte(s) are not utf-8" in extract.warnings[0]


def test_the_encoding_given_overrules_the_declared_one() -> None:
    page = "<meta charset=utf-8><p>Порт".encode("cp1251")
    assert read_bytes(page, name="a.html", encoding="cp1251").text == "Порт"


def test_a_wrong_encoding_given_is_an_error() -> None:
    with pytest.raises(EncodingError):
        read_bytes("<p>Порт".encode("cp1251"), name="a.html", encoding="utf-8")


def test_an_unknown_charset_is_as_good_as_none() -> None:
    assert declared_encoding(b"<meta charset=klingon>") is None
    assert codecs.lookup(declared_encoding(b'<META content="a" CHARSET = "UTF8">') or "").name == "utf-8"


def test_a_page_without_text_is_empty() -> None:
    with pytest.raises(EmptyInputError, match="no text on this page"):
        read_bytes(b"<html><body><div id=root></div></body></html>", name="a.html")


NAMES = [
    "p",
    "div",
    "li",
    "ul",
    "td",
    "table",
    "tr",
    "b",
    "i",
    "a",
    "span",
    "h2",
    "br",
    "svg",
    "head",
    "body",
    "pre",
]
SOUP = st.lists(
    st.one_of(
        st.sampled_from(NAMES).map("<{}>".format),
        st.sampled_from(NAMES).map("</{}>".format),
        st.sampled_from(
            ["раз", " ", "\n", "два три", "&amp;", "&nbsp;", "&x", "&#", "<", ">", '"', "<!--", "-->"]
        ),
        st.sampled_from(
            ["<a href=x>", '<p class="', "<title>", "</title>", "<script>", "</script>", "<?", "<br/>"]
        ),
    ),
    max_size=25,
).map("".join)
TEXT = st.sampled_from(
    ["слово", "Word", " ", "  ", "\n", "&amp;", "&lt;b&gt;", "ещё раз", "№1", "🙂", "&nbsp;", "."]
)


def element(name: str, inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(inside, max_size=3).map(lambda parts: f"<{name}>{''.join(parts)}</{name}>")


INLINE = st.recursive(
    TEXT, lambda inside: st.sampled_from("bi").flatmap(lambda name: element(name, inside)), max_leaves=6
)
BLOCKS = st.recursive(
    st.one_of(element("p", INLINE), element("h2", INLINE), INLINE),
    lambda inside: st.sampled_from(["div", "section", "blockquote"]).flatmap(
        lambda name: element(name, inside)
    ),
    max_leaves=4,
)
FRAGMENT = st.lists(BLOCKS, min_size=1, max_size=3).map(lambda parts: f"<p>начало</p>{''.join(parts)}")


@given(SOUP)
def test_any_soup_of_tags_is_mapped_exactly_or_refused(source: str) -> None:
    try:
        read(source)
    except InputError:
        assert "раз" not in source or "<" in source


@given(FRAGMENT)
def test_a_fragment_has_the_text_that_lxml_finds_in_it(source: str) -> None:
    expected = "".join(map(str, lxml_html.fromstring(f"<div>{source}</div>").itertext()))
    assert "".join(read(source).text.split()) == "".join(expected.split())


@given(FRAGMENT, st.data())
def test_a_word_replaced_through_the_map_is_the_only_change(source: str, data: st.DataObject) -> None:
    before = read(source)
    word = data.draw(st.sampled_from(words(before)))
    after = read(replaced(source, word.offset, word.offset + word.end - word.start, "замена"))
    assert after.text == replaced(before.text, word.start, word.end, "замена")
