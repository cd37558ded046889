"""EPUB: the reading order, what is left out of it, XHTML read as HTML, and corrections in chapters."""

from __future__ import annotations

import pytest

from align.errors import FormatError, TooLargeError
from align.formats import epub as module
from align.formats.epub import as_html
from align.formats.read import read_bytes
from align.formats.rewrite import Edit, rewrite
from align.model import Extract
from tests.align.formats.containers import changed, chapter, epub, member, source_of, zipped
from tests.align.formats.places import assert_sound, kinds, texts

ITEM = '<item id="{0}" href="{0}.xhtml" media-type="application/xhtml+xml" {1}/>'


def read(data: bytes) -> Extract:
    extract = read_bytes(data, name="a.epub")
    assert_sound(extract)
    for piece in extract.pieces:
        if piece.verbatim:
            assert source_of(data, "epub", piece) == extract.text[piece.start : piece.end]
    return extract


def test_chapters_are_read_in_the_order_of_the_spine() -> None:
    spine = '<itemref idref="c1"/><itemref idref="c0"/>'
    assert texts(read(epub(chapter("Раз."), chapter("Два."), spine=spine))) == ["Два.", "Раз."]


def test_the_table_of_contents_is_left_out() -> None:
    items = ITEM.format("nav", 'properties="nav"')
    spine = '<itemref idref="nav"/><itemref idref="c0"/>'
    data = epub(chapter("Раз."), items=items, spine=spine, **{"OPS/nav.xhtml": chapter("Оглавление")})
    assert texts(read(data)) == ["Раз."]


def test_the_contents_and_cover_of_an_old_book_are_left_out() -> None:
    guide = '<reference type="toc" href="c0.xhtml#top"/><reference type="cover" href="c1.xhtml"/>'
    assert texts(read(epub(chapter("a"), chapter("b"), chapter("Раз."), guide=guide))) == ["Раз."]


def test_what_stands_outside_of_the_order_is_left_out_with_a_warning() -> None:
    spine = '<itemref idref="c0"/><itemref idref="c1" linear="no"/>'
    extract = read(epub(chapter("Раз."), chapter("Ответы."), spine=spine))
    assert (texts(extract), extract.warnings) == (
        ["Раз."],
        ("documents outside of the reading order left out: 1",),
    )


def test_headings_items_and_captions_are_known() -> None:
    page = "<h1>Порт</h1><ul><li>хлеб</li></ul><figure><figcaption>Кран</figcaption></figure><p>Раз.</p>"
    assert kinds(read(epub(page))) == ["heading", "item", "caption", "paragraph"]


@pytest.mark.parametrize(
    "page",
    [
        "<head><title/></head><p>Раз.</p>",
        '<head><script src="a.js"/></head><p>Раз.</p>',
        '<p><a id="x"/>Ра<b/>з.</p>',
        "<div/><p>Раз.</p><p/>",
        "<p>Раз.</p><textarea/>",
    ],
)
def test_elements_that_close_themselves_swallow_nothing(page: str) -> None:
    extract = read(epub(page))
    assert (texts(extract), kinds(extract)) == (["Раз."], ["paragraph"])


@pytest.mark.parametrize(
    "tag", ["<b/>", "<i />", '<a id="x"/>', "<script src='a'/>", "<br/>", "<img alt='x'/>"]
)
def test_every_character_keeps_its_place(tag: str) -> None:
    assert len(as_html(f"а{tag}б")) == len(f"а{tag}б")
    assert as_html(f"а{tag}б")[0] + as_html(f"а{tag}б")[-1] == "аб"


def test_a_chapter_in_another_encoding_is_read() -> None:
    page = '<?xml version="1.0" encoding="windows-1251"?><html><p>Порт.</p></html>'.encode("cp1251")
    assert read_bytes(epub(page), name="a.epub").text == "Порт."


def test_the_book_says_its_title_date_and_language() -> None:
    metadata = "<dc:title>Порт</dc:title><dc:language>ru</dc:language><dc:date>2024-03-05T00:00:00Z</dc:date>"
    extract = read(epub(chapter("Раз."), metadata=metadata))
    assert extract.metadata == {"title": "Порт", "lang": "ru", "date": "2024-03-05", "encoding": "utf-8"}


def test_corrections_go_into_their_chapters_and_all_else_stays() -> None:
    data = epub(chapter("Порт закрыт."), chapter("Кран стоит."))
    extract = read(data)
    edits = [Edit(extract.text.index(old), extract.text.index(old) + len(old), new) for old, new in
             [("закрыт", "открыт\nснова"), ("стоит", "& ждёт")]]  # fmt: skip
    result = rewrite(data, extract, edits)
    assert texts(read(result.data)) == ["Порт открыт\nснова.", "Кран & ждёт."]
    assert b"<br/>" in member(result.data, "OPS/c0.xhtml")
    assert result.data.startswith(data[:60])
    assert member(result.data, "OPS/book.opf") == member(data, "OPS/book.opf")


def test_a_book_whose_chapters_are_locked_says_so() -> None:
    cipher = '<e><CipherReference URI="OPS/c0.xhtml"/></e>'
    data = epub(chapter("Раз."), **{"META-INF/encryption.xml": cipher})
    with pytest.raises(FormatError, match="protected against copying"):
        read_bytes(data, name="a.epub")


def test_scrambled_fonts_do_not_matter() -> None:
    cipher = '<e><CipherReference URI="OPS/font.otf"/></e>'
    assert read(epub(chapter("Раз."), **{"META-INF/encryption.xml": cipher})).text == "Раз."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (zipped({"mimetype": "application/epub+zip"}), "no book"),
        (changed(epub(chapter("a")), "META-INF/container.xml", "<container/>"), "no book"),
        (epub(chapter("a"), spine="<itemref idref='other'/>"), "no chapters"),
        (
            epub(chapter("a"), items=ITEM.format("lost", ""), spine="<itemref idref='lost'/>"),
            r"OPS/lost\.xhtml is not",
        ),
    ],
)
def test_a_book_that_is_not_whole_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=rf"a\.epub.*{message}"):
        read_bytes(data, name="a.epub")


def test_chapters_that_are_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_TEXT", 100)
    with pytest.raises(TooLargeError, match="chapters together"):
        read_bytes(epub(chapter("Раз."), chapter("Два.")), name="a.epub")
