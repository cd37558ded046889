"""What every format that holds its text in a container keeps: one contract, each of its tests for each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import EmptyInputError, FormatError, InputError, TooLargeError, UsageError
from align.formats import docx_parts
from align.formats.read import detect, read_bytes
from align.formats.rewrite import Edit, rewrite
from tests.align.formats import containers
from tests.align.formats.places import assert_sound, texts

SENTENCES = [
    "Старый порт начинается там, где кончается трамвай.",
    "Кондуктор объявляет остановку, и никто не выходит.",
    "The harbour office keeps its lamp on all night.",
]


def html_of(paragraphs: Sequence[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in paragraphs)


def pdf_of(paragraphs: Sequence[str]) -> bytes:
    return containers.pdf(
        "".join(containers.show(50, 780 - 40 * i, text, 8) for i, text in enumerate(paragraphs))
    )


BUILD: dict[str, Callable[[Sequence[str]], bytes]] = {
    "odt": lambda texts: containers.odt("".join(f"<text:p>{escape(text)}</text:p>" for text in texts)),
    "epub": lambda texts: containers.epub(containers.chapter(*texts)),
    "rtf": lambda texts: containers.rtf(
        "".join(rf"\pard {containers.rtf_escaped(text)}\par" + "\n" for text in texts)
    ),
    "mhtml": lambda texts: containers.mhtml(f"<!doctype html><body>{html_of(texts)}"),
    "cms": lambda texts: containers.wordpress(("", html_of(texts))),
    "pdf": pdf_of,
}
NAMES = {"cms": "a.json"}
WITH_PLACES = sorted(set(BUILD) - {"pdf"})
ARCHIVES = {"odt": "content.xml", "epub": "OPS/book.opf"}
XML_TEXT = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Zl", "Zp"),
        exclude_characters="\ufffe\uffff\u00ad\u0085",
    ),
    max_size=40,
)


def name_of(format: str) -> str:
    return NAMES.get(format, f"a.{format}")


def assert_read_or_refused(data: bytes, format: str) -> None:
    """Either a sound text comes out, or one error that says in which file."""
    where = name = name_of(format)
    try:
        extract = read_bytes(data, name=name, format=format)
    except InputError as error:
        where = error.where
    else:
        assert_sound(extract)
    assert where.startswith(name)


@pytest.mark.parametrize("format", BUILD)
def test_paragraphs_are_read_in_their_order(format: str) -> None:
    extract = read_bytes(BUILD[format](SENTENCES), name=name_of(format))
    assert (extract.format, texts(extract)) == (format, SENTENCES)
    assert_sound(extract)


@pytest.mark.parametrize("format", BUILD)
def test_the_format_is_found_without_a_name(format: str) -> None:
    assert detect(BUILD[format](SENTENCES), "-") == format


@pytest.mark.parametrize("format", WITH_PLACES)
@given(given=st.lists(XML_TEXT, min_size=1, max_size=4))
def test_any_text_is_read_and_each_piece_leads_back_to_its_place(format: str, given: list[str]) -> None:
    paragraphs = ["порт", *given]
    data = BUILD[format](paragraphs)
    extract = read_bytes(data, name=name_of(format))
    assert_sound(extract)
    assert "".join(extract.text.split()) == "".join("".join(paragraphs).split())
    for piece in extract.pieces:
        if piece.verbatim:
            there = containers.source_of(data, format, piece)
            assert there == extract.text[piece.start : piece.end]


@pytest.mark.parametrize("format", BUILD)
def test_a_file_without_text_is_empty(format: str) -> None:
    with pytest.raises(InputError, match=r"^a\.") as caught:
        read_bytes(BUILD[format]([""]), name=name_of(format))
    assert isinstance(caught.value, EmptyInputError | FormatError)
    assert caught.value.hint


@pytest.mark.parametrize("format", BUILD)
@settings(max_examples=40)
@given(data=st.data())
def test_a_file_that_ends_early_is_read_or_refused_by_name(format: str, data: st.DataObject) -> None:
    whole = BUILD[format](SENTENCES)
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert_read_or_refused(whole[:cut], format)


@pytest.mark.parametrize("format", BUILD)
@settings(max_examples=40)
@given(data=st.data())
def test_a_file_with_wrong_bytes_in_it_is_read_or_refused_by_name(format: str, data: st.DataObject) -> None:
    whole = bytearray(BUILD[format](SENTENCES))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=5)):
        whole[at] = data.draw(st.integers(0, 255))
    assert_read_or_refused(bytes(whole), format)


@pytest.mark.parametrize("format", ARCHIVES)
def test_broken_xml_is_an_error_with_member_and_line(format: str) -> None:
    data = containers.changed(BUILD[format](SENTENCES), ARCHIVES[format], "<a>\n<b>\n</a>")
    with pytest.raises(FormatError, match=rf"{ARCHIVES[format]}, line 3.*broken"):
        read_bytes(data, name=name_of(format))


@pytest.mark.parametrize("format", ARCHIVES)
def test_entities_are_refused_and_nothing_is_fetched(format: str) -> None:
    hostile = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    data = containers.changed(BUILD[format](SENTENCES), ARCHIVES[format], hostile)
    with pytest.raises(FormatError, match="document type"):
        read_bytes(data, name=name_of(format))


@pytest.mark.parametrize("format", ARCHIVES)
def test_a_zip_bomb_is_refused_before_it_is_unpacked(format: str) -> None:
    data = containers.changed(BUILD[format](SENTENCES), ARCHIVES[format], b" " * (8 << 20))
    with pytest.raises(TooLargeError, match="zip bomb"):
        read_bytes(data, name=name_of(format))


@pytest.mark.parametrize("format", ARCHIVES)
def test_an_archive_of_too_many_members_is_refused(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_parts, "MAX_MEMBERS", 2)
    with pytest.raises(TooLargeError, match="more than 2 members"):
        read_bytes(BUILD[format](SENTENCES), name=name_of(format))


@pytest.mark.parametrize("format", sorted(set(BUILD) - {"odt", "epub"}))
def test_corrections_for_a_format_that_is_only_read_are_refused(format: str) -> None:
    data = BUILD[format](SENTENCES)
    extract = read_bytes(data, name=name_of(format))
    with pytest.raises(UsageError, match=r"cannot be written back.*\.docx"):
        rewrite(data, extract, [Edit(0, 1, "Ы")])


@pytest.mark.parametrize("format", sorted(set(BUILD) - {"odt", "epub"}))
def test_a_format_that_is_only_read_is_the_same_to_the_byte_without_corrections(format: str) -> None:
    data = BUILD[format](SENTENCES)
    assert rewrite(data, read_bytes(data, name=name_of(format)), []).data == data


@pytest.mark.parametrize("format", ["odt", "pdf"])
def test_an_encoding_given_for_a_format_that_declares_its_own_is_a_warning(format: str) -> None:
    extract = read_bytes(BUILD[format](SENTENCES), name=name_of(format), encoding="cp1251")
    assert any("cp1251 was not used" in warning for warning in extract.warnings)
