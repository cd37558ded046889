"""DOCX: paragraphs and their kinds, tracked changes, fields, hostile archives, and the way back to each w:t."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from align.errors import EmptyInputError, FormatError, TooLargeError
from align.formats import docx_parts
from align.formats.read import read_bytes
from align.model import Extract
from tests.align.formats.places import assert_ordered, assert_sound, kinds, questions, replaced, texts, words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(body: str, tag: str = "document") -> str:
    inside = f"<w:body>{body}</w:body>" if tag == "document" else body
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {NAMESPACES}>{inside}</w:{tag}>'


def relationships(**targets: str) -> str:
    entries = "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'


def packed(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def file(body: str, **parts: str) -> bytes:
    """A DOCX file with this body; ``parts`` are word/NAME.xml and related to the document by their names."""
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relationships(officeDocument="word/document.xml"),
            "word/_rels/document.xml.rels": relationships(**{name: f"{name}.xml" for name in parts}),
            "word/document.xml": part(body),
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def nodes(data: bytes, name: str = "word/document.xml") -> list[etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return list(etree.fromstring(archive.read(name)).iter(f"{W}t"))


def read(data: bytes) -> Extract:
    """Read a file and check that each verbatim piece reads the same in its w:t."""
    extract = read_bytes(data, name="a.docx")
    assert_sound(extract)
    found = nodes(data)
    for piece in extract.pieces:
        assert piece.part == "word/document.xml"
        assert piece.node is not None
        text = found[piece.node].text or ""
        length = piece.end - piece.start
        if piece.verbatim:
            assert text[piece.offset : piece.offset + length] == extract.text[piece.start : piece.end]
        else:
            assert piece.source_length is not None
            assert 0 <= piece.offset <= piece.offset + piece.source_length <= len(text)
    return extract


def from_word(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_styles_make_headings_captions_and_items() -> None:
    document = docx.Document()
    document.add_heading("О порте", 0)
    document.add_heading("Причал", 2)
    document.add_paragraph("Раз два.")
    document.add_paragraph("хлеб", style="List Bullet")
    document.add_paragraph("соль", style="List Number")
    document.add_paragraph("Рис. 1. Порт", style="Caption")
    extract = read(from_word(document))
    assert kinds(extract) == ["heading", "heading", "paragraph", "item", "item", "caption"]
    assert extract.metadata == {"title": "О порте"}


def test_cells_of_a_table_are_blocks_in_reading_order() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for index, cell in enumerate(["а", "б", "в", "г"]):
        table.cell(index // 2, index % 2).text = cell
    assert texts(read(from_word(document))) == ["а", "б", "в", "г"]


def test_style_names_count_and_identifiers_do_not() -> None:
    styles = part(
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="Моё"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="4"><w:name w:val="у"/><w:basedOn w:val="4"/></w:style>',
        "styles",
    )
    body = "".join(paragraph(run(f"т{n}"), properties=f'<w:pStyle w:val="{n}"/>') for n in (1, 2, 3, 4, 9))
    assert kinds(read(file(body, styles=styles))) == [
        "heading",
        "heading",
        "heading",
        "paragraph",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ('<w:outlineLvl w:val="0"/>', "heading"),
        ('<w:outlineLvl w:val="9"/>', "paragraph"),
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>', "item"),
        ('<w:numPr><w:numId w:val="0"/></w:numPr>', "paragraph"),
    ],
)
def test_properties_of_the_paragraph_itself_count(properties: str, kind: str) -> None:
    assert kinds(read(file(paragraph(run("текст"), properties=properties)))) == [kind]


def test_a_dash_that_word_made_a_bullet_of_opens_a_turn_in_an_interview() -> None:
    numbering = part(
        '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:lvlText w:val="–"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>',
        "numbering",
    )
    dash = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    body = paragraph(run("Кто вы?"), properties=dash) + paragraph(run("Никто."), properties=dash)
    extract = read(file(body, numbering=numbering))
    assert extract.blocks is not None
    assert [(block.kind, block.speaker, block.question) for block in extract.blocks] == [
        ("turn", "", True),
        ("turn", "", False),
    ]


@pytest.mark.parametrize(
    ("bold", "asks"),
    [
        ("<w:b/>", True),
        ('<w:b w:val="1"/>', True),
        ('<w:b w:val="false"/>', False),
        ("<w:rtl/><w:bCs/>", True),
        ("<w:i/>", False),
        ('<w:rStyle w:val="s"/>', True),
    ],
)
def test_a_paragraph_in_bold_that_asks_is_a_question(bold: str, asks: bool) -> None:
    styles = part('<w:style w:type="character" w:styleId="s"><w:rPr><w:b/></w:rPr></w:style>', "styles")
    extract = read(file(paragraph(run("– "), run("Кто вы?", bold)) + paragraph(run("Никто.")), styles=styles))
    assert questions(extract) == (["– Кто вы?"] if asks else [])


def test_a_paragraph_style_in_bold_makes_questions_too() -> None:
    styles = part('<w:style w:type="paragraph" w:styleId="q"><w:rPr><w:b/></w:rPr></w:style>', "styles")
    body = paragraph(run("Кто вы?"), properties='<w:pStyle w:val="q"/>')
    assert questions(read(file(body, styles=styles))) == ["Кто вы?"]


def test_tabs_breaks_and_hyphens_stand_behind_the_text_before_them() -> None:
    inside = "<w:tab/><w:t>а</w:t><w:tab/><w:t>б</w:t><w:br/><w:t>в</w:t><w:noBreakHyphen/><w:t>г</w:t>"
    extract = read(file(f"<w:p><w:r>{inside}</w:r></w:p>"))
    assert extract.text == "а\tб\nв\u2011г"
    places = [(p.node, p.offset, p.source_length) for p in extract.pieces if not p.verbatim]
    assert places == [(0, 1, 0), (1, 1, 0), (2, 1, 0)]


def test_two_breaks_in_a_row_part_blocks() -> None:
    assert texts(read(file("<w:p><w:r><w:t>раз</w:t><w:br/><w:br/><w:t>два</w:t></w:r></w:p>"))) == [
        "раз",
        "два",
    ]


def test_white_space_counts_only_where_it_is_preserved() -> None:
    body = "<w:p><w:r><w:t> раз </w:t></w:r><w:r><w:t xml:space='preserve'> два\nтри </w:t></w:r></w:p>"
    assert read(file(body)).text == "раз два три"


def test_deletions_are_left_out_and_insertions_are_kept() -> None:
    body = paragraph(
        run("раз "),
        "<w:del><w:r><w:delText>нет</w:delText></w:r></w:del>",
        f"<w:ins>{run('два ')}</w:ins>",
        f"<w:moveFrom>{run('нет')}</w:moveFrom>",
        f"<w:moveTo>{run('три')}</w:moveTo>",
    )
    assert texts(read(file(body))) == ["раз два три"]


def test_a_deleted_paragraph_mark_joins_paragraphs() -> None:
    body = (
        paragraph(run("раз "), properties="<w:rPr><w:del/></w:rPr>")
        + paragraph(run("два"))
        + paragraph(run("три"))
    )
    assert texts(read(file(body))) == ["раз два", "три"]


def test_links_smart_tags_and_content_controls_keep_their_text() -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent>{paragraph(run('раз'))}</w:sdtContent></w:sdt>"
        + paragraph(
            f"<w:hyperlink>{run('два ')}</w:hyperlink>",
            f"<w:smartTag><w:smartTagPr/>{run('три ')}</w:smartTag>",
            f"<w:sdt><w:sdtContent>{run('четыре')}</w:sdtContent></w:sdt>",
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('впишите имя')}</w:sdtContent></w:sdt>",
        )
    )
    assert texts(read(file(body))) == ["раз", "два три четыре"]


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_a_field_shows_its_result_and_not_its_code() -> None:
    body = paragraph(
        run("раз "),
        field("begin"),
        "<w:r><w:instrText>IF </w:instrText></w:r>",
        *(
            field("begin"),
            "<w:r><w:instrText>PAGE</w:instrText></w:r>",
            field("separate"),
            run("нет"),
            field("end"),
        ),
        field("separate"),
        run("два"),
        field("end"),
        f"<w:fldSimple>{run(' три')}</w:fldSimple>",
    )
    assert texts(read(file(body))) == ["раз два три"]


def test_a_field_that_never_ends_hides_nothing() -> None:
    assert texts(read(file(paragraph(run("раз "), field("begin"), run("два"))))) == ["раз два"]


def test_a_text_box_is_read_once_and_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph(run('врезка'))}</w:txbxContent>"
    body = paragraph(
        run("раз "),
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        run("два"),
    )
    extract = read(file(body + paragraph(run("три"))))
    assert texts(extract) == ["раз два", "врезка", "три"]
    assert [piece.node for piece in extract.pieces] == [0, 3, 1, 4]


def test_hidden_text_is_left_out_with_a_warning() -> None:
    extract = read(
        file(paragraph(run("раз"), run("нет", "<w:vanish/>"), run(" два", '<w:vanish w:val="0"/>')))
    )
    assert texts(extract) == ["раз два"]
    assert extract.warnings == ("hidden stretches of text left out: 1",)


def test_what_stands_outside_the_text_is_left_out_with_warnings() -> None:
    body = paragraph(
        run("раз"),
        "<w:r><w:footnoteReference w:id='1'/></w:r><w:r><w:endnoteReference w:id='1'/></w:r>",
        "<w:r><w:commentReference w:id='1'/></w:r><w:r><w:sym w:char='F0B7'/></w:r><m:oMath><m:r/></m:oMath>",
    )
    extract = read(file(body, header=part(paragraph(run("Колонтитул")), "hdr")))
    assert extract.text == "раз"
    assert extract.warnings == (
        "characters of a symbol font left out: 1",
        "comments left out: 1",
        "endnotes left out: 1",
        "footnotes left out: 1",
        "formulas left out: 1",
        "headers and footers left out",
    )


def test_an_empty_header_is_no_warning() -> None:
    assert read(file(paragraph(run("раз")), header=part(paragraph(), "hdr"))).warnings == ()


def test_ruby_keeps_the_base_text() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('かん')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>"
    assert texts(read(file(paragraph(ruby, run("字"))))) == ["漢字"]


def test_the_strict_kind_of_docx_is_read_too() -> None:
    body = part(paragraph(run("раз", "<w:b/>"))).replace(W[1:-1], STRICT)
    assert read_bytes(packed({"word/document.xml": body}), name="a.docx").text == "раз"


def test_the_main_part_may_have_another_name() -> None:
    data = packed(
        {
            "_rels/.rels": relationships(officeDocument="/word/document2.xml"),
            "word/document2.xml": part(paragraph(run("раз"))),
        }
    )
    extract = read_bytes(data, name="a.docx")
    assert (extract.text, extract.pieces[0].part) == ("раз", "word/document2.xml")


def test_a_document_without_text_is_empty() -> None:
    with pytest.raises(EmptyInputError):
        read_bytes(from_word(docx.Document()), name="a.docx")


def test_an_encoding_given_is_not_used_and_that_is_said() -> None:
    extract = read_bytes(file(paragraph(run("раз"))), name="a.docx", encoding="cp1251")
    assert "cp1251 was not used" in extract.warnings[0]


def with_declared_size(data: bytes, size: int) -> bytes:
    """The archive with another unpacked size for its first member, in both of its headers."""
    changed = bytearray(data)
    struct.pack_into("<I", changed, 22, size)
    struct.pack_into("<I", changed, data.index(b"PK\x01\x02") + 24, size)
    return bytes(changed)


def encrypted(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[6] |= 1
    changed[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


TEXT = part(paragraph(run("раз")))
ENTITY = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a {}>]>' + TEXT.split("?>")[1].replace("раз", "&a;")


def main(content: str | bytes, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    return packed({"word/document.xml": content}, compression)


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        pytest.param(lambda: main(b" " * (2 << 20)), TooLargeError, "zip bomb", id="bomb"),
        pytest.param(
            lambda: main(b" " * (33 << 20), zipfile.ZIP_STORED), TooLargeError, "unpack to", id="huge"
        ),
        pytest.param(
            lambda: main(b"<a/>" * (docx_parts.MAX_TAGS + 1), zipfile.ZIP_STORED),
            TooLargeError,
            "elements",
            id="many elements",
        ),
        pytest.param(lambda: with_declared_size(main(TEXT), 10), FormatError, "damaged", id="liar"),
        pytest.param(lambda: with_declared_size(main(TEXT), 5000), FormatError, "damaged", id="boaster"),
        pytest.param(lambda: encrypted(main(TEXT)), FormatError, "encrypted", id="encrypted"),
        pytest.param(lambda: main(TEXT, zipfile.ZIP_BZIP2), FormatError, "packed in a way", id="bzip2"),
        pytest.param(lambda: main(ENTITY.format("'б'")), FormatError, "document type", id="entity"),
        pytest.param(
            lambda: main(ENTITY.format("SYSTEM '/etc/hosts'")), FormatError, "document type", id="file"
        ),
        pytest.param(lambda: main(part("<w:p>" * 5000)), FormatError, "XML is broken", id="deep"),
        pytest.param(lambda: main(TEXT[:-5]), FormatError, "XML is broken", id="broken"),
        pytest.param(lambda: main("<a/>"), FormatError, "no Word document", id="other XML"),
        pytest.param(
            lambda: packed({"word/other.xml": TEXT}), FormatError, "no Word document", id="no main part"
        ),
        pytest.param(lambda: main(TEXT)[:300], FormatError, "damaged", id="cut off"),
        pytest.param(
            lambda: packed(
                {"_rels/.rels": relationships(officeDocument="/e.xml"), "e.xml": TEXT, "word/": ""}
            ),
            FormatError,
            "no Word document",
            id="outside",
        ),
    ],
)
def test_a_hostile_or_damaged_file_is_one_clear_error(
    make: Callable[[], bytes], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message) as caught:
        read_bytes(make(), name="a.docx")
    assert str(caught.value).startswith("a.docx")


def test_an_archive_of_too_many_members_is_refused() -> None:
    data = packed({"word/document.xml": ""}) + b"PK\x01\x02" * (docx_parts.MAX_MEMBERS + 1)
    with pytest.raises(TooLargeError, match="members"):
        read_bytes(data, name="a.docx")


WORD = st.sampled_from(["слово", " ", "  ", "Word", "ещё ", "№1", "🙂", "\u00a0", "а\u00adб", "&amp;", "?"])
RUN = st.tuples(st.lists(WORD, max_size=4).map("".join), st.sampled_from(["", "<w:b/>"])).map(
    lambda drawn: run(*drawn)
)
OTHER = st.sampled_from(
    [
        "<w:r><w:tab/></w:r>",
        "<w:r><w:br/></w:r>",
        f"<w:del>{run('нет')}</w:del>",
        f"<w:ins>{run('да')}</w:ins>",
        f"<w:r><w:pict><w:txbxContent>{paragraph(run('врезка'))}</w:txbxContent></w:pict></w:r>",
    ]
)
BODY = st.lists(
    st.lists(st.one_of(RUN, OTHER), max_size=5).map(lambda runs: paragraph(*runs)), max_size=4
).map(lambda paragraphs: paragraph(run("начало")) + "".join(paragraphs))


@given(BODY)
def test_any_document_is_mapped_exactly(body: str) -> None:
    extract = read(file(body))
    assert_ordered(extract)
    assert "нет" not in extract.text


@given(BODY, st.data())
def test_a_word_replaced_through_the_map_is_the_only_change(body: str, data: st.DataObject) -> None:
    before = read(file(body))
    word = data.draw(st.sampled_from(words(before)))
    root = etree.fromstring(part(body).encode())
    assert word.node is not None
    node = list(root.iter(f"{W}t"))[word.node]
    node.text = replaced(node.text or "", word.offset, word.offset + word.end - word.start, "замена")
    after = read(packed({"word/document.xml": etree.tostring(root)}))
    assert after.text == replaced(before.text, word.start, word.end, "замена")
