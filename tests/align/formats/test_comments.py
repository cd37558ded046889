"""Word comments: where they stand, that text and formatting stay, in files that are there and in new ones."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from align.errors import FormatError, InputError, UsageError
from align.formats.comments import Comment, document_with_comments, with_comments
from align.formats.read import read_bytes
from align.model import Document
from align.segment import build_document
from tests.align.formats.test_read_docx import (
    BODY,
    STRICT,
    TYPES,
    W,
    file,
    from_word,
    packed,
    paragraph,
    part,
    run,
)

SEEDS = Path(__file__).resolve().parents[3] / "seeds"


def read(data: bytes, name: str = "a.docx", lang: str = "ru") -> Document:
    return build_document(read_bytes(data, name=name), name=name, lang=lang)


def commented(data: bytes, *comments: Comment) -> bytes:
    """The file with comments, whose text is seen to be as it was."""
    before = read_bytes(data, name="a.docx")
    after = with_comments(data, before, comments)
    assert read_bytes(after, name="a.docx").text == before.text
    return after


def root(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def ranges(data: bytes, w: str = W) -> dict[str, str]:
    """The text between the marks of each comment."""
    found: dict[str, str] = {}
    opened: set[str] = set()
    shown = {f"{w}tab": "\t", f"{w}br": "\n"}
    for element in root(data).iter():
        number = element.get(f"{w}id", "")
        if element.tag == f"{w}commentRangeStart":
            opened.add(number)
            found[number] = ""
        elif element.tag == f"{w}commentRangeEnd":
            opened.remove(number)
        text = element.text or "" if element.tag == f"{w}t" else shown.get(str(element.tag), "")
        for each in opened:
            found[each] += text
    assert not opened
    return found


def notes(data: bytes) -> list[tuple[str, str | None, str]]:
    """Author, initials and text of each comment as python-docx reads them."""
    comments = docx.Document(io.BytesIO(data)).comments
    return [(each.author, each.initials, each.text) for each in comments]


def formatted(data: bytes) -> list[tuple[str, bytes]]:
    """Each visible character with the properties of its run."""
    found = []
    for element in root(data).iter(f"{W}r"):
        properties = element.find(f"{W}rPr")
        spelled = b"" if properties is None else etree.tostring(properties, method="c14n")
        found += [(c, spelled) for text in element.findall(f"{W}t") for c in text.text or ""]
    return found


def _letter() -> docx.document.Document:
    document = docx.Document()
    document.add_paragraph("Новый порт открыт.")
    return document


def test_a_comment_stands_at_its_words() -> None:
    data = commented(
        from_word(_letter()),
        Comment(6, 10, "Почему?", author="Анна", initials="А", date="2026-03-01T12:00:00Z"),
    )
    assert ranges(data) == {"0": "порт"}
    assert notes(data) == [("Анна", "А", "Почему?")]


def test_the_date_is_kept() -> None:
    data = commented(from_word(_letter()), Comment(0, 1, "x", date="2026-03-01T12:00:00Z"))
    found = next(iter(docx.Document(io.BytesIO(data)).comments)).timestamp
    assert found is not None
    assert found.isoformat() == "2026-03-01T12:00:00+00:00"


def test_overlapping_and_equal_ranges_all_stand() -> None:
    text = "Новый порт открыт."
    spans = [(0, 10), (6, 18), (6, 10), (6, 10), (0, 18)]
    data = commented(from_word(_letter()), *(Comment(a, b, "x") for a, b in spans))
    assert ranges(data) == {str(i): text[a:b] for i, (a, b) in enumerate(spans)}


def test_a_run_that_is_divided_keeps_its_formatting_on_both_sides() -> None:
    data = file(paragraph(run("раз два три", '<w:b/><w:color w:val="FF0000"/>'), run(" четыре")))
    after = commented(data, Comment(4, 7, "x"), Comment(10, 15, "y"))
    assert ranges(after) == {"0": "два", "1": "и чет"}
    assert formatted(after) == formatted(data)


def test_a_comment_may_run_over_paragraphs_tabs_and_breaks() -> None:
    body = "<w:p><w:r><w:t>а</w:t><w:tab/><w:t>б</w:t><w:br/><w:t>в</w:t></w:r></w:p>" + paragraph(run("г"))
    data = file(body)
    assert ranges(commented(data, Comment(1, 8, "x"))) == {"0": "\tб\nвг"}
    assert ranges(commented(data, Comment(3, 4, "x"))) == {"0": "\n"}


def test_white_space_that_is_not_preserved_stays_out() -> None:
    data = file("<w:p><w:r><w:t> раз два </w:t><w:tab/><w:t>три</w:t></w:r></w:p>")
    assert ranges(commented(data, Comment(0, 7, "x"))) == {"0": " раз два "}
    assert ranges(commented(data, Comment(0, 3, "x"))) == {"0": "раз"}


@pytest.mark.parametrize(("span", "expected"), [((0, 0), "р"), ((3, 5), "з"), ((4, 4), "з"), ((8, 8), "а")])
def test_a_point_and_a_gap_stand_at_the_nearest_character(span: tuple[int, int], expected: str) -> None:
    data = file(paragraph(run("раз")) + paragraph(run("два")))
    assert ranges(commented(data, Comment(*span, "x"))) == {"0": expected}


def test_a_comment_on_a_text_box_stands_around_its_anchor() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('врезка'))}</w:txbxContent></w:pict></w:r>"
    data = commented(file(paragraph(run("раз"), box)), Comment(5, 8, "x"))
    mark = root(data).find(f".//{W}commentRangeStart")
    assert mark is not None
    parents = [each.tag for each in mark.iterancestors()]
    assert f"{W}txbxContent" not in parents


def test_a_comment_over_text_and_the_box_ahead_of_it_stands_around_both() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('врезка'))}</w:txbxContent></w:pict></w:r>"
    data = commented(file(paragraph(box, run("раз"))), Comment(0, 11, "x"))
    assert ranges(data) == {"0": "врезкараз"}


def test_insertions_and_links_may_hold_the_marks() -> None:
    body = paragraph(f"<w:ins>{run('раз ')}</w:ins>", f"<w:hyperlink>{run('два три')}</w:hyperlink>")
    assert ranges(commented(file(body), Comment(2, 7, "x"))) == {"0": "з два"}


def test_comments_that_are_there_stay() -> None:
    document = _letter()
    document.add_comment(document.paragraphs[0].runs[0], "старое", author="Б", initials="Б")
    first = from_word(document)
    second = commented(first, Comment(0, 5, "новое"))
    third = commented(second, Comment(6, 10, "ещё"))
    assert [text for _, _, text in notes(third)] == ["старое", "новое", "ещё"]
    assert list(ranges(third).values()) == ["Новый порт открыт.", "Новый", "порт"]


def test_lines_of_a_comment_are_paragraphs_and_signs_are_escaped() -> None:
    data = commented(from_word(_letter()), Comment(0, 1, "a < b & c\nвторая \x00", author='"А"'))
    assert notes(data) == [('"А"', "C", "a < b & c\nвторая \ufffd")]


def test_the_strict_kind_of_docx_takes_comments_too() -> None:
    strict = f"{{{STRICT}}}"
    data = packed(
        {
            "[Content_Types].xml": TYPES,
            "word/document.xml": part(paragraph(run("раз"))).replace(W[1:-1], STRICT),
        }
    )
    after = commented(data, Comment(0, 2, "x"))
    assert ranges(after, strict) == {"0": "ра"}
    relations = root(after, "word/_rels/document.xml.rels")
    assert [each.get("Type") for each in relations] == [
        "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
    ]


def test_all_other_members_stay_as_they_are() -> None:
    before = from_word(_letter())
    after = commented(before, Comment(0, 1, "x"))
    changed = {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert new.testzip() is None
        assert new.namelist() == [*old.namelist(), "word/comments.xml"]
        assert {name for name in old.namelist() if old.read(name) != new.read(name)} == changed


def test_the_same_comments_give_the_same_bytes() -> None:
    data = from_word(_letter())
    assert commented(data, Comment(0, 1, "x")) == commented(data, Comment(0, 1, "x"))


def test_without_comments_the_file_is_the_same() -> None:
    data = from_word(_letter())
    assert commented(data) == data


@given(BODY, st.data())
def test_any_ranges_in_any_file_leave_text_and_formatting(body: str, data: st.DataObject) -> None:
    content = file(body)
    text = read_bytes(content, name="a.docx").text
    place = st.integers(0, len(text))
    spans = [sorted(span) for span in data.draw(st.lists(st.tuples(place, place), min_size=1, max_size=4))]
    after = commented(content, *(Comment(a, b, "x") for a, b in spans))
    assert formatted(after) == formatted(content)
    assert sorted(ranges(after)) == [str(number) for number in range(len(spans))]


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 999)])
def test_a_range_outside_the_text_is_an_error(span: tuple[int, int]) -> None:
    data = from_word(_letter())
    document = read(data)
    with pytest.raises(UsageError, match="outside the text"):
        with_comments(data, document, [Comment(*span, "x")])
    with pytest.raises(UsageError, match="outside the text"):
        document_with_comments(document, [Comment(*span, "x")])


def test_a_date_that_word_cannot_read_is_an_error() -> None:
    data = from_word(_letter())
    with pytest.raises(UsageError, match="no date"):
        with_comments(data, read(data), [Comment(0, 1, "x", date="gestern")])


def test_another_file_than_the_one_read_is_an_error() -> None:
    data = from_word(_letter())
    with pytest.raises(InputError, match="has changed since"):
        with_comments(data, replace(read(data), sha256="0" * 64), [Comment(0, 1, "x")])


def test_a_broken_file_is_an_error() -> None:
    data = from_word(_letter())
    with pytest.raises(FormatError, match="damaged"):
        with_comments(data[:-300], read(data), [Comment(0, 1, "x")])


def test_a_file_of_another_format_is_an_error() -> None:
    with pytest.raises(UsageError, match="this one is txt"):
        with_comments(b"abc", read(b"abc", "a.txt"), [Comment(0, 1, "x")])


def test_an_archive_without_content_types_is_an_error() -> None:
    data = packed({"word/document.xml": part(paragraph(run("раз")))})
    with pytest.raises(FormatError, match="Content_Types"):
        with_comments(data, read(data), [Comment(0, 1, "x")])


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.md", "# Порт\n\n- хлеб\n- соль\n\nРаз *два*  \nтри & <четыре>."),
        ("a.html", "<h1>Порт</h1><p>Раз<br>два &amp; три</p><figure><figcaption>Вид</figcaption></figure>"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nРаз два.\n\n2\n00:00:03,000 --> 00:00:04,000\nТри?\n"),
    ],
)
def test_a_new_file_reads_as_the_document_did(name: str, source: str) -> None:
    document = read(source.encode(), name)
    data = document_with_comments(document, [Comment(0, 3, "x"), Comment(2, len(document.text), "y")])
    again = read_bytes(data, name="new.docx")
    assert again.text == document.text
    assert ranges(data)["0"] == document.text[:3]
    assert [text for _, _, text in notes(data)] == ["x", "y"]


def test_headings_captions_and_items_keep_their_kinds() -> None:
    source = "<h1>Порт</h1><p>Раз</p><ul><li>два</ul><figure><figcaption>Вид</figcaption></figure>"
    again = read_bytes(document_with_comments(read(source.encode(), "a.html"), []), name="new.docx")
    assert [block.kind for block in again.blocks or ()] == ["heading", "paragraph", "item", "caption"]


@pytest.mark.parametrize("name", ["interview.ru.txt", "interview.en.txt", "interview.de.txt"])
def test_a_new_file_of_plain_text_holds_its_blocks(name: str) -> None:
    document = read((SEEDS / name).read_bytes(), name)
    data = document_with_comments(
        document, [Comment(block.start, block.end, "x") for block in document.blocks]
    )
    texts = [document.text[block.start : block.end] for block in document.blocks]
    assert read_bytes(data, name="new.docx").text == "\n\n".join(texts)
    assert list(ranges(data).values()) == texts


@pytest.mark.parametrize("lang", ["ar", "fa", "he"])
def test_right_to_left_text_is_marked_as_such(lang: str) -> None:
    data = document_with_comments(read("سلام دنیا".encode(), "a.txt", lang), [Comment(0, 4, "x")])
    tree, styles = root(data), root(data, "word/styles.xml")
    assert tree.find(f".//{W}pPr/{W}bidi") is not None
    assert all(
        each.find(f"{W}rPr/{W}rtl") is not None
        for each in tree.iter(f"{W}r")
        if each.find(f"{W}t") is not None
    )
    assert [each.get(f"{W}bidi") for each in styles.iter(f"{W}lang")] == [lang]


def test_left_to_right_text_says_its_language_and_no_direction() -> None:
    data = document_with_comments(read("Раз".encode(), "a.txt"), [])
    assert root(data).find(f".//{W}bidi") is None
    assert [each.get(f"{W}val") for each in root(data, "word/styles.xml").iter(f"{W}lang")] == ["ru"]


def test_characters_that_xml_forbids_are_replaced_in_a_new_file() -> None:
    data = document_with_comments(read("Раз \x01 два".encode(), "a.txt"), [])
    assert read_bytes(data, name="new.docx").text == "Раз \ufffd два"


def test_a_new_file_of_the_same_document_has_the_same_bytes() -> None:
    document = read("Раз два.".encode(), "a.txt")
    assert document_with_comments(document, []) == document_with_comments(document, [])
