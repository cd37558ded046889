"""What websites leave on a disk: pages saved as MHTML, and posts that WordPress and Ghost export as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from align.errors import EmptyInputError, FormatError, TooLargeError
from align.formats import mhtml as mhtml_module
from align.formats.read import read_bytes
from align.model import Extract
from tests.align.formats.containers import mhtml, source_of, wordpress
from tests.align.formats.places import assert_sound, kinds, texts

PAGE = "<!doctype html><body><h1>Порт</h1><p>Кран стоит.</p>"


def read(data: bytes, name: str) -> Extract:
    extract = read_bytes(data, name=name)
    assert_sound(extract)
    for piece in extract.pieces:
        if piece.verbatim:
            assert source_of(data, extract.format, piece) == extract.text[piece.start : piece.end]
    return extract


def posts(value: Any) -> Extract:
    return read(json.dumps(value).encode(), "a.json")


# MHTML


def test_the_page_is_read_and_its_other_parts_are_not() -> None:
    extract = read(mhtml(PAGE), "a.mhtml")
    assert (texts(extract), kinds(extract)) == (["Порт", "Кран стоит."], ["heading", "paragraph"])
    assert extract.metadata["date"] == "2024-03-05"
    assert {piece.part for piece in extract.pieces} == {"https://example.org/port"}


def test_a_frame_before_the_page_is_not_taken_for_it() -> None:
    frame = (
        "----edge\r\nContent-Type: text/html\r\nContent-Location: https://example.org/ad\r\n\r\n<p>Ad</p>\r\n"
    )
    assert texts(read(mhtml(PAGE, more=frame), "a.mht")) == ["Порт", "Кран стоит."]


def test_the_header_says_the_encoding_of_a_page_that_does_not() -> None:
    assert texts(read_bytes(mhtml(PAGE, encoding="koi8-r", charset="koi8-r"), name="a.mhtml"))[0] == "Порт"


def test_the_page_says_its_encoding_where_the_header_does_not() -> None:
    page = "<meta charset=windows-1251>" + PAGE
    assert texts(read_bytes(mhtml(page, encoding="cp1251", charset=""), name="a.mhtml"))[0] == "Порт"


def test_a_wrong_encoding_in_the_header_is_a_warning() -> None:
    extract = read_bytes(mhtml("<meta charset=windows-1251>" + PAGE, encoding="cp1251"), name="a.mhtml")
    assert texts(extract)[0] == "Порт"
    assert any("which its header declares" in warning for warning in extract.warnings)


def test_the_title_is_that_of_the_header_where_the_page_has_none() -> None:
    assert read(mhtml("<p>Кран стоит."), "a.mhtml").metadata["title"] == "Порт"


def test_a_mail_without_a_page_is_refused() -> None:
    with pytest.raises(FormatError, match=r"a\.mhtml: there is no web page"):
        read_bytes(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello", name="a.mhtml")


def test_a_page_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mhtml_module, "MAX_PAGE", 20)
    with pytest.raises(TooLargeError, match=r"a\.mhtml"):
        read_bytes(mhtml(PAGE), name="a.mhtml")


def test_parts_nested_beyond_reason_are_read_or_refused() -> None:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n" for i in range(3000))
    with pytest.raises(FormatError, match=r"a\.mhtml"):
        read_bytes(b"MIME-Version: 1.0\r\n" + head.encode(), name="a.mhtml")


# WordPress


def test_posts_of_wordpress_are_headings_and_bodies_in_their_order() -> None:
    extract = read(
        wordpress(("Порт &#8211; 2", "<p>Раз.</p><ul><li>два</li></ul>"), ("Кран", "<p>Три.</p>")), "a.json"
    )
    assert texts(extract) == ["Порт – 2", "Раз.", "два", "Кран", "Три."]
    assert kinds(extract) == ["heading", "paragraph", "item", "heading", "paragraph"]
    assert extract.pieces[-1].part == "/1/content/rendered"


def test_a_post_says_its_title_date_and_language() -> None:
    extract = read(wordpress(("Порт", "<p>Раз.</p>"), lang="ru"), "a.json")
    assert {key: extract.metadata[key] for key in ("title", "date", "lang")} == {
        "title": "Порт",
        "date": "2024-03-05",
        "lang": "ru",
    }


def test_a_single_post_is_read() -> None:
    assert texts(posts({"title": {"rendered": "Порт"}, "content": {"rendered": "<p>Раз.</p>"}})) == [
        "Порт",
        "Раз.",
    ]


def test_a_post_that_is_protected_is_warned_of() -> None:
    locked = {"title": {"rendered": "Тайна"}, "content": {"rendered": "", "protected": True}}
    extract = posts([locked, {"title": {"rendered": "Порт"}, "content": {"rendered": "Раз."}}])
    assert "post 1 (Тайна) has no text: it is protected by a password" in extract.warnings


# Ghost


@pytest.mark.parametrize(
    "wrapped",
    [lambda data: data, lambda data: {"data": data}, lambda data: {"db": [{"meta": {}, "data": data}]}],
    ids=["posts", "data", "db"],
)
def test_posts_of_ghost_are_read_from_every_wrapping(wrapped: Any) -> None:
    data = {
        "posts": [{"title": "Q&A <Порт>", "html": "<p>Раз.</p>", "published_at": "2024-03-05T10:00:00.000Z"}],
        "settings": [{"key": "locale", "value": "ru"}],
    }
    extract = posts(wrapped(data))
    assert texts(extract) == ["Q&A <Порт>", "Раз."]
    assert (extract.metadata["date"], extract.metadata["lang"]) == ("2024-03-05", "ru")


def test_a_post_of_ghost_without_html_is_warned_of() -> None:
    extract = posts({"posts": [{"title": "Порт", "html": None, "lexical": "{}"}]})
    assert (texts(extract), extract.warnings) == (
        ["Порт"],
        ("post 1 (Порт) has no text: there is no HTML of it in the export",),
    )


# Both


def test_broken_json_is_an_error_with_line_and_column() -> None:
    with pytest.raises(FormatError, match=r"a\.json, line 2, column 3: broken JSON.*--from txt"):
        read_bytes(b'[\n  "a]', name="a.json")


@pytest.mark.parametrize("value", [[], {}, [1], "text", {"name": "concord"}, {"posts": []}])
def test_other_json_is_refused_with_what_to_do(value: Any) -> None:
    with pytest.raises(FormatError, match=r"no posts.*--from txt"):
        posts(value)


def test_posts_without_any_text_are_empty() -> None:
    with pytest.raises(EmptyInputError, match=r"a\.json"):
        posts([{"title": {"rendered": ""}, "content": {"rendered": ""}}])


def test_json_nested_beyond_reason_is_refused() -> None:
    with pytest.raises(FormatError, match="nested too deeply"):
        read_bytes(b"[" * 100_000, name="a.json")


def test_halves_of_characters_read_as_unknown_ones() -> None:
    data = b'{"title": {"rendered": "a\\ud800b\\u0000c"}, "content": {"rendered": ""}}'
    assert read_bytes(data, name="a.json").text == "a\ufffdb\ufffdc"
