"""RTF: encodings and escapes, what is no text, kinds of paragraphs, and the way back to each escape."""

from __future__ import annotations

import pytest

from align.errors import FormatError
from align.formats.read import read_bytes
from align.model import Extract
from tests.align.formats.containers import rtf
from tests.align.formats.places import assert_exact, assert_sound, kinds, texts


def read(data: bytes | str) -> Extract:
    data = data.encode("latin-1") if isinstance(data, str) else data
    extract = read_bytes(data, name="a.rtf")
    assert_sound(extract)
    assert_exact(extract, data.decode("latin-1"))
    return extract


def escaped(text: str, encoding: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\'cf\'ee\'f0\'f2", "Порт"),
        (r"\u1055?\u1086?\u1088?\u1090?", "Порт"),
        (r"\uc0\u1055\u1086\u1088 \u1090", "Порт"),
        (r"\uc2\u1055\'cf?\u1086ab!", "По!"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u-10179?x", "\ufffdx"),
        (r"a\emdash b\lquote c\rquote\~d", "a—b‘c’\u00a0d"),
        (r"a\-b\_c", "ab\u2011c"),
        (r"\{a\\b\}", r"{a\b}"),
        (r"a\line b", "a\nb"),
        (r"a\tab b", "a\tb"),
        ("a\r\nb", "ab"),
        (r"{\b a}b", "ab"),
        (r"a{\*\unknown b}c", "ac"),
        (r"a{\field{\*\fldinst HYPERLINK \"x\"}{\fldrslt link}}", "alink"),
        (r"a{\pict\pngblip 89504e47}b", "ab"),
        (r"a{\v hidden}b", "ab"),
        (r"a{\deleted gone}b", "ab"),
        (r"{\listtext\bullet\tab}a", "a"),
        (r"{\upr{a}{\*\ud{b}}}", "a"),
    ],
)
def test_what_it_spells_reads_so(body: str, text: str) -> None:
    assert read(rtf(body)).text == text


def test_binary_data_is_stepped_over_by_its_length() -> None:
    assert read(r"{\rtf1\ansi a{\pict\bin4 }}{{}b}").text == "ab"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [(204, "cp1251"), (238, "cp1250"), (161, "cp1253"), (128, "cp932"), (134, "cp936"), (0, "cp1252")],
)
def test_a_font_says_which_alphabet_its_bytes_are(charset: int, encoding: str) -> None:
    text = {
        "cp1251": "Порт",
        "cp1250": "Łódź",
        "cp1253": "Λιμάνι",
        "cp932": "港町",
        "cp936": "港口",
        "cp1252": "café",
    }
    fonts = rf"{{\fonttbl{{\f0\fcharset204 A;}}{{\f1\fcharset{charset} B;}}}}"
    data = rf"{{\rtf1\ansi\ansicpg1251\deff0{fonts}\f1 {escaped(text[encoding], encoding)}}}"
    assert read(data).text == text[encoding]


def test_fonts_without_alphabets_leave_the_code_page_of_the_document() -> None:
    data = rf"{{\rtf1\ansi\ansicpg1251{{\fonttbl{{\f0\fcharset0 A;}}}}\f0 {escaped('Порт', 'cp1251')}}}"
    assert read(data).text == "Порт"


def test_an_encoding_given_overrules_the_code_page() -> None:
    data = rf"{{\rtf1\ansi\ansicpg1252 {escaped('Порт', 'cp1251')}}}".encode()
    assert read_bytes(data, name="a.rtf", encoding="cp1251").text == "Порт"


def test_bytes_beyond_ascii_may_stand_openly() -> None:
    assert read(rb"{\rtf1\ansi\ansicpg1251 " + "Порт".encode("cp1251") + b"}").text == "Порт"


def test_a_byte_that_the_code_page_lacks_is_a_warning() -> None:
    extract = read(r"{\rtf1\ansi\ansicpg1251 a\'98b}")
    assert (extract.text, len(extract.warnings)) == ("a\ufffdb", 1)


def test_characters_of_symbol_fonts_are_left_out_with_a_warning() -> None:
    extract = read(r"{\rtf1\ansi{\fonttbl{\f0 A;}{\f1\fcharset2 Symbol;}}a{\f1\'b7 x}b}")
    assert (extract.text, extract.warnings) == ("ab", ("characters of symbol fonts left out: 3",))


def test_styles_and_lists_make_headings_captions_and_items() -> None:
    head = r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2 caption;}}"
    body = (
        r"\pard\s1 Port\par\pard Text here.\par\pard\ls1 bread\par\pard\outlinelevel0 Pier\par"
        r"\pard\s2 Fig. 1\par\pard a\cell b\cell\row"
    )
    extract = read(rtf(body, head))
    assert texts(extract) == ["Port", "Text here.", "bread", "Pier", "Fig. 1", "a", "b"]
    assert kinds(extract) == ["heading", "paragraph", "item", "heading", "caption", "paragraph", "paragraph"]


def test_notes_comments_and_headers_are_left_out_with_a_warning() -> None:
    extract = read(rtf(r"{\header top}a{\footnote note}{\*\annotation who}b"))
    assert extract.text == "ab"
    assert sorted(extract.warnings) == [
        "comments left out: 1",
        "footnotes and endnotes left out: 1",
        "headers and footers left out: 1",
    ]


def test_the_file_says_its_title_and_date() -> None:
    info = r"{\info{\title \'cf\'ee\'f0\'f2 2}{\author A}{\creatim\yr2024\mo3\dy5\hr1}}"
    assert read(rtf("a", info)).metadata == {"title": "Порт 2", "date": "2024-03-05", "encoding": "cp1251"}


def test_a_piece_covers_an_escape_with_its_fallback() -> None:
    data = rtf(r"a\u1087?b")
    escape = next(piece for piece in read(data).pieces if not piece.verbatim)
    assert data[escape.offset : escape.offset + (escape.source_length or 0)] == rb"\u1087?"


def test_a_file_that_ends_inside_a_group_is_an_error_with_its_line() -> None:
    with pytest.raises(FormatError, match=r"a\.rtf, line 3: the file ends in the middle"):
        read("{\\rtf1\n{a\n\\par")


def test_what_stands_behind_the_end_is_no_text() -> None:
    assert read(r"{\rtf1 a}rubbish").text == "a"


def test_groups_nested_beyond_reason_are_refused() -> None:
    with pytest.raises(FormatError, match="nested too deeply"):
        read("{\\rtf1 " + "{" * 5000 + "a" + "}" * 5001)


def test_an_unknown_code_page_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(FormatError, match=r"99999.*--encoding"):
        read(r"{\rtf1\ansicpg99999 a}")
