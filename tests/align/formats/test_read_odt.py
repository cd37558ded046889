"""ODT: kinds of paragraphs, white space, what is no text, and corrections written back into its text nodes."""

from __future__ import annotations

import pytest

from align.errors import EmptyInputError, FormatError
from align.formats.read import read_bytes
from align.formats.rewrite import Edit, Rewritten, rewrite
from align.model import Extract
from tests.align.formats.containers import changed, member, odt, source_of, zipped
from tests.align.formats.places import assert_sound, kinds, questions, texts

BOLD = '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'


def read(body: str, **parts: str) -> Extract:
    data = odt(body, **parts)
    extract = read_bytes(data, name="a.odt")
    assert_sound(extract)
    for piece in extract.pieces:
        if piece.verbatim:
            assert source_of(data, "odt", piece) == extract.text[piece.start : piece.end]
    return extract


def corrected(body: str, old: str, new: str) -> tuple[str, Rewritten]:
    """What the file reads as with this correction, and the result."""
    data = odt(body)
    extract = read_bytes(data, name="a.odt")
    at = extract.text.index(old)
    result = rewrite(data, extract, [Edit(at, at + len(old), new)])
    return read_bytes(result.data, name="a.odt").text, result


def test_styles_and_lists_make_headings_captions_and_items() -> None:
    named = (
        '<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"/>'
        '<style:style style:name="Illustration" style:family="paragraph" style:parent-style-name="Caption"/>'
    )
    automatic = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_1"/>'
    )
    body = (
        '<text:h text:outline-level="1">Порт</text:h><text:p text:style-name="Title">Название</text:p>'
        '<text:p text:style-name="P1">Кран</text:p><text:p>Текст.</text:p>'
        "<text:list><text:list-item><text:p>хлеб</text:p><text:list><text:list-item><text:p>соль</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        '<text:p text:style-name="Illustration">Рис. 1</text:p>'
    )
    extract = read(body, styles=named, automatic=automatic)
    assert kinds(extract) == ["heading"] * 3 + ["paragraph", "item", "item", "caption"]


def test_white_space_is_collapsed_as_the_standard_says() -> None:
    body = "<text:p> Раз \n  два<text:s text:c='2'/>три<text:tab/>четыре<text:line-break/>пять </text:p>"
    assert read(body).text == "Раз два  три\tчетыре\nпять"


def test_tables_and_text_boxes_are_read_in_their_order() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    box = "<draw:frame><draw:text-box><text:p>Рамка.</text:p></draw:text-box><svg:title>t</svg:title></draw:frame>"
    table = (
        f"<table:table><table:table-row>{cell.format('а')}{cell.format('б')}</table:table-row></table:table>"
    )
    assert texts(read(f"<text:p>До.{box}</text:p>{table}<text:p>После.</text:p>")) == [
        "До.",
        "Рамка.",
        "а",
        "б",
        "После.",
    ]


def test_notes_and_comments_are_left_out_with_a_warning() -> None:
    note = "<text:note><text:note-body><text:p>сноска</text:p></text:note-body></text:note>"
    extract = read(
        f"<text:p>Раз{note} два<office:annotation><text:p>что?</text:p></office:annotation>.</text:p>"
    )
    assert extract.text == "Раз два."
    assert extract.warnings == ("comments left out: 1", "footnotes and endnotes left out: 1")


def test_deleted_text_is_left_out() -> None:
    gone = "<text:tracked-changes><text:changed-region><text:deletion><text:p>нет</text:p></text:deletion>"
    body = f"{gone}</text:changed-region></text:tracked-changes><text:p>Да.</text:p>"
    assert read(body).text == "Да."


def test_a_paragraph_in_bold_that_asks_is_a_question() -> None:
    body = '<text:p><text:span text:style-name="B">Кто там?</text:span></text:p><text:p>Я.</text:p>'
    assert questions(read(body, automatic=BOLD)) == ["Кто там?"]


def test_items_behind_dashes_are_turns_where_some_ask() -> None:
    dashes = (
        '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/>'
        "</text:list-style>"
    )
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    body = f'<text:list text:style-name="L">{item.format("Кто там?")}{item.format("Это я.")}</text:list>'
    assert kinds(read(body, automatic=dashes)) == ["turn", "turn"]


def test_the_file_says_its_title_date_and_language() -> None:
    meta = "<dc:title>Порт</dc:title><dc:date>2024-03-05T10:00:00</dc:date><dc:language>ru-RU</dc:language>"
    assert read("<text:p>Раз.</text:p>", meta=meta).metadata == {
        "title": "Порт",
        "date": "2024-03-05",
        "lang": "ru-RU",
    }


def test_a_correction_goes_into_its_text_node_and_all_else_stays() -> None:
    body = '<text:p>Порт <text:span text:style-name="B">закрыт</text:span> сегодня.</text:p>'
    text, result = corrected(body, "закрыт", "открыт & пуст")
    assert text == "Порт открыт & пуст сегодня."
    data = odt(body)
    assert member(result.data, "styles.xml") == member(data, "styles.xml")
    assert b'<text:span text:style-name="B">' in member(result.data, "content.xml")


@pytest.mark.parametrize("new", ["раз\nдва", "a\tb", "a  b", "\x01"])
def test_a_correction_that_a_text_node_cannot_hold_is_refused(new: str) -> None:
    text, result = corrected("<text:p>Порт закрыт.</text:p>", "закрыт", new)
    assert text == "Порт закрыт."
    assert len(result.refused) == 1


def test_a_line_break_of_the_file_is_not_changed() -> None:
    _, result = corrected("<text:p>раз<text:line-break/>два</text:p>", "\n", " ")
    assert "element of its own" in result.refused[0][1]


def test_a_protected_file_says_so() -> None:
    data = changed(odt(""), "META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
    with pytest.raises(FormatError, match="password"):
        read_bytes(data, name="a.odt")


@pytest.mark.parametrize("content", ["<a/>", "<office:document-content xmlns:office='x'/>"])
def test_an_archive_without_a_text_document_is_refused(content: str) -> None:
    with pytest.raises(FormatError, match="no OpenDocument text"):
        read_bytes(changed(odt(""), "content.xml", content), name="a.odt")


def test_a_document_without_a_body_of_text_is_refused() -> None:
    data = changed(
        odt(""), "content.xml", member(odt(""), "content.xml").replace(b"office:text", b"office:drawing")
    )
    with pytest.raises(FormatError, match="is no text"):
        read_bytes(data, name="a.odt")


def test_an_archive_without_content_is_refused() -> None:
    with pytest.raises(FormatError, match="no text document"):
        read_bytes(zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), name="a.odt")


def test_a_document_without_text_is_empty() -> None:
    with pytest.raises(EmptyInputError, match=r"a\.odt"):
        read_bytes(odt("<text:p/>"), name="a.odt")


@pytest.mark.parametrize("depth", [100, 20_000])
def test_sections_nested_deeply_are_read_or_refused(depth: int) -> None:
    data = odt("<text:section>" * depth + "<text:p>a</text:p>" + "</text:section>" * depth)
    try:
        found = read_bytes(data, name="a.odt").text
    except FormatError as error:
        found = str(error)
    assert found == "a" if depth < 200 else "a.odt" in found
