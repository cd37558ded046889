"""Translation memories."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from align.formats import tmx
from align.model import Alignment, Document
from tests.bitexts import align, alignments, bead, document, small, three_versions
from tests.contracts.writers import STRANGE, TEXTS, Cells, WriterContract

DTD = Path(__file__).parents[4] / "shared" / "schemas" / "tmx" / "tmx14.dtd"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ALLOWED = (range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000))


def xml_of(pairs: Sequence[Alignment], *, nulls: bool = False, only_doubtful: bool = False) -> etree._Element:
    out = io.StringIO(newline="")
    tmx.write(pairs, out, nulls=nulls, only_doubtful=only_doubtful)
    return etree.fromstring(out.getvalue().encode(), etree.XMLParser(huge_tree=True))


def as_xml_can_hold(text: str) -> str:
    """The text with U+FFFD for what XML 1.0 (2.2) does not allow, by the ranges of its production [2]."""
    return "".join(
        c if c in "\t\n\r" or any(ord(c) in block for block in ALLOWED) else "\ufffd" for c in text
    )


def props(element: etree._Element) -> dict[str, str]:
    return {str(p.get("type")): p.text or "" for p in element.findall("prop")}


class TestTmx(WriterContract):
    """With its null beads, which are left out where nobody asks for them."""

    format = "tmx"

    def bytes_of(self, pairs: Sequence[Alignment], *, only_doubtful: bool = False) -> bytes:
        super().bytes_of(pairs, only_doubtful=only_doubtful)  # what everybody gets must work as well
        out = io.StringIO(newline="")
        tmx.write(pairs, out, nulls=True, only_doubtful=only_doubtful)
        return out.getvalue().encode()

    def cell(self, document: Document, side: Sequence[int]) -> str:
        return as_xml_can_hold(super().cell(document, side))

    def expected(self, pairs: Sequence[Alignment]) -> list[Cells]:
        return [tuple(cell for cell in row if cell) for row in super().expected(pairs)]

    def read(self, output: str) -> list[Cells]:
        root = etree.fromstring(output.encode(), etree.XMLParser(huge_tree=True))
        return [tuple(seg.text or "" for seg in unit.iter("seg")) for unit in root.iter("tu")]

    def test_a_stream_of_text_gets_what_a_stream_of_bytes_gets(self) -> None:
        out = io.StringIO(newline="")
        tmx.write([small()], out)
        assert out.getvalue().encode() == WriterContract.bytes_of(self, [small()])

    def test_the_stream_stays_open(self) -> None:
        out = io.StringIO(newline="")
        tmx.write([small()], out)
        assert not out.closed


@pytest.mark.skipif(not DTD.exists(), reason="the DTD of TMX 1.4 is not in ../shared")
@settings(max_examples=30, deadline=None)
@given(alignments(TEXTS, versions=3, size=4))
def test_every_memory_is_valid(pairs: list[Alignment]) -> None:
    dtd = etree.DTD(str(DTD))
    for chosen in (pairs, pairs[:1], [small()], three_versions()):
        assert dtd.validate(xml_of(chosen)), dtd.error_log


def test_a_unit_has_a_variant_for_each_language() -> None:
    first = next(xml_of([small()]).iter("tu"))
    assert [(tuv.get(LANG), tuv.findtext("seg")) for tuv in first.iter("tuv")] == [
        ("ru", "Вечер у реки"),
        ("en", "An evening by the river"),
    ]


def test_the_header_says_what_made_it_and_from_what() -> None:
    header = xml_of([small()]).find("header")
    assert header is not None
    assert header.get("creationtool") == "Concord"
    assert header.get("srclang") == "ru"
    assert header.get("o-encoding") == "UTF-8"
    listed = [(p.get("type"), p.get(LANG), p.text) for p in header.findall("prop")]
    assert listed == [
        ("x-concord-signature", None, str(small().signature)),
        ("x-concord-document", "ru", "разговор.txt"),
        ("x-concord-document", "en", "talk.txt"),
    ]


def test_nulls_are_left_out_and_numbers_kept() -> None:
    assert [tu.get("tuid") for tu in xml_of([small()]).iter("tu")] == ["1", "2", "3", "6"]
    assert [tu.get("tuid") for tu in xml_of([small()], nulls=True).iter("tu")] == list("123456")


def test_a_unit_says_how_sure_it_is() -> None:
    units = list(xml_of([small()]).iter("tu"))
    assert props(units[1]) == {
        "x-concord-kind": "1-2",
        "x-concord-confidence": "0.3100",
        "x-concord-doubtful": "true",
    }
    assert props(units[3])["x-concord-moved"] == "true"


def test_a_persons_decision_is_noted() -> None:
    alignment = small()
    beads = (replace(alignment.beads[0], state="confirmed"), *alignment.beads[1:])
    first = next(xml_of([replace(alignment, beads=beads)]).iter("tu"))
    assert props(first)["x-concord-state"] == "confirmed"


def test_only_what_is_joined_is_a_block() -> None:
    assert [tu.get("segtype") for tu in xml_of([small()]).iter("tu")] == [None, "block", "block", None]


def test_a_variant_of_several_segments_says_how_long_each_is() -> None:
    units = list(xml_of([small()]).iter("tu"))
    assert [props(tuv).get("x-concord-segments") for tuv in units[1].iter("tuv")] == [None, "7 18"]


def test_several_versions_give_as_many_variants_as_have_text() -> None:
    units = list(xml_of(three_versions()).iter("tu"))
    assert [[tuv.get(LANG) for tuv in unit.iter("tuv")] for unit in units] == [["ru", "en", "fa"]] * 2
    assert [props(tuv).get("x-concord-confidence") for tuv in units[0].iter("tuv")] == [
        None,
        "0.2000",
        "0.8000",
    ]


def test_two_editions_in_one_language_carry_their_names() -> None:
    one, two = document("first.txt", "en", ["One."]), document("second.txt", "en", ["1."])
    unit = next(xml_of([align(one, two, [bead([0], [0])])]).iter("tu"))
    assert [props(tuv)["x-concord-document"] for tuv in unit.iter("tuv")] == ["first.txt", "second.txt"]


@pytest.mark.parametrize(
    ("lang", "tag"),
    [
        ("pt_br", "pt-BR"),
        ("ZH-hans-cn", "zh-Hans-CN"),
        ("", "und"),
        ("no such", "und"),
        ("sr-latn", "sr-Latn"),
    ],
)
def test_languages_are_bcp_47_tags(lang: str, tag: str) -> None:
    one, two = document("a", lang, ["One."]), document("b", "ru", ["Раз."])
    root = xml_of([align(one, two, [bead([0], [0])])])
    assert [tuv.get(LANG) for tuv in root.iter("tuv")] == [tag, "ru"]


def test_only_the_doubtful_units_can_be_had() -> None:
    assert [tu.get("tuid") for tu in xml_of([small()], only_doubtful=True).iter("tu")] == ["2"]


def test_characters_that_xml_cannot_hold_are_reported() -> None:
    one, two = document("a", "ru", ["a\x00b\x0b\ufffe"]), document("b", "en", ["c\x00"])
    warnings = tmx.write([align(one, two, [bead([0], [0])])], io.StringIO())
    assert warnings == ("TMX: 4 characters that XML cannot hold became U+FFFD: U+0000, U+000B, U+FFFE",)


def test_text_without_such_characters_gives_no_warning() -> None:
    assert tmx.write([small()], io.StringIO()) == ()


def test_a_carriage_return_survives_the_parser() -> None:
    one, two = document("a", "ru", ["a\r\nb"]), document("b", "en", [STRANGE[1]])
    root = xml_of([align(one, two, [bead([0], [0])])])
    assert [seg.text for seg in root.iter("seg")] == ["a\r\nb", STRANGE[1]]


def test_the_file_is_written_unit_by_unit() -> None:
    class Pieces(io.StringIO):
        longest = 0

        def write(self, text: str, /) -> int:
            self.longest = max(self.longest, len(text))
            return super().write(text)

    n = 500
    one, two = document("a", "ru", ["Раз."] * n), document("b", "en", ["One."] * n)
    out = Pieces()
    tmx.write([align(one, two, [bead([i], [i]) for i in range(n)])], out)
    assert out.longest < 1000
