"""What others say of our alignments, and what we read of theirs: schemas, translate-toolkit, polib, openpyxl …"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import docx
import openpyxl
import polib
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from lxml import etree
from translate.storage import factory, xliff2

from align.errors import ConcordError, EmptyInputError, FormatError, TooLargeError, UsageError
from align.formats.bitext import xlsx
from align.formats.bitext.collect import Bitext, collect
from align.formats.bitext.registry import FORMATS, detect, is_bitext
from align.formats.bitext.stream import LONGEST_LINE, SMALL, lines
from align.formats.bitext.units import Source, Unit
from align.formats.write import write
from align.model import Alignment
from tests.bitexts import align, alignments, bead, document, small, three_versions
from tests.contracts.writers import STRANGE, TEXTS

SHARED = Path(__file__).parents[4] / "shared" / "schemas"
XSD = SHARED / "xliff" / "xliff-21" / "schemas" / "xliff_core_2.0.xsd"


def written(pairs: Sequence[Alignment], format: str) -> bytes:
    out = io.BytesIO()
    write(pairs, format, out)
    return out.getvalue()


def read(data: bytes, name: str, langs: Sequence[str] | None = None, encoding: str | None = None) -> Source:
    found = FORMATS[detect(name, data) or ""].read(
        io.BytesIO(data), name=name, langs=langs, encoding=encoding
    )
    assert isinstance(found, Source)
    return found


def texts(data: bytes, name: str, langs: Sequence[str] | None = None) -> list[tuple[tuple[str, ...], ...]]:
    return [unit.sides for unit in read(data, name, langs).units]


def small_decided() -> Alignment:
    whole = small()
    beads = (replace(whole.beads[0], state="confirmed"), replace(whole.beads[1], state="edited"))
    return replace(whole, beads=(*beads, *whole.beads[2:]))


def strange() -> Alignment:
    one, two = document("a\x07.txt", "ru", STRANGE), document("b", "en", STRANGE[::-1])
    return align(one, two, [bead([i], [i]) for i in range(len(STRANGE))])


# The schemas


@pytest.mark.skipif(not XSD.exists(), reason="the schemas of XLIFF 2.1 are not in ../shared")
@settings(max_examples=25, deadline=None)
@given(alignments(TEXTS, size=4))
def test_every_xliff_is_valid(pairs: list[Alignment]) -> None:
    schema = etree.XMLSchema(etree.parse(str(XSD)))
    for alignment in (pairs[0], small(), small_decided(), strange()):
        assert schema.validate(etree.fromstring(written([alignment], "xliff"))), schema.error_log


# Real readers


def test_translate_toolkit_reads_our_tmx() -> None:
    store = factory.getobject(named(written([small()], "tmx"), "x.tmx"))
    first = store.units[0]
    assert (first.source, first.target) == ("Вечер у реки", "An evening by the river")
    assert len(store.units) == 4


def test_translate_toolkit_reads_our_xliff() -> None:
    store = xliff2.Xliff2File.parsestring(written([small()], "xliff"))  # type: ignore[no-untyped-call]
    pairs = [(str(unit.source), str(unit.target or "")) for unit in store.units]
    assert ("Вечер у реки", "An evening by the river") in pairs


def test_translate_toolkit_and_polib_read_our_po() -> None:
    data = written([small()], "po")
    store = factory.getobject(named(data, "x.po"))
    pair = ("Вечер у реки", "An evening by the river")
    assert pair in [(str(unit.source), str(unit.target)) for unit in store.units]
    entries = polib.pofile(data.decode())
    assert pair in [(entry.msgid, entry.msgstr) for entry in entries]
    assert [entry.msgctxt for entry in entries if entry.fuzzy] == ["2"]


def named(data: bytes, name: str) -> io.BytesIO:
    stream = io.BytesIO(data)
    stream.name = name
    return stream


def test_openpyxl_reads_our_spreadsheet_and_nothing_in_it_is_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written([strange()], "xlsx")))
    sheet = book.active
    assert sheet is not None
    header = [cell.value for cell in sheet[1]]
    assert header == ["number", "kind", "confidence", "state", "doubtful", "moved", "ru", "en"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2, min_col=7) for cell in row} == {"s"}


def test_pyarrow_reads_our_parquet() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(written([small()], "parquet")))
    assert table.column("ru").to_pylist()[0] == "Вечер у реки"
    assert table.column("en_segments").to_pylist()[1] == ["– When?", "Did you come back?"]
    assert table.column("confidence").to_pylist()[1] == 0.31


def test_python_docx_reads_our_document_row_by_row() -> None:
    found = docx.Document(io.BytesIO(written([small_decided()], "docx")))
    (table,) = found.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["", "разговор.txt (ru)", "talk.txt (en)", ""]
    assert rows[1] == ["1", "Вечер у реки", "An evening by the river", "0.99, confirmed"]
    assert rows[4][1:3] == ["∅", "A note by the translator."]
    assert len(rows) == 7


def test_a_document_of_three_versions_has_three_columns_of_text() -> None:
    found = docx.Document(io.BytesIO(written(three_versions(), "docx")))
    assert [len(row.cells) for row in found.tables[0].rows][:1] == [5]
    body = zipfile.ZipFile(io.BytesIO(written(three_versions(), "docx"))).read("word/document.xml").decode()
    assert "<w:bidi/>" in body


def test_strange_texts_make_a_document_that_opens_and_are_reported() -> None:
    out = io.BytesIO()
    (warning,) = write([strange()], "docx", out)
    assert "characters that XML cannot hold" in warning
    assert len(docx.Document(out).tables[0].rows) == len(STRANGE) + 1
    assert written([strange()], "docx") == out.getvalue()


@pytest.mark.parametrize("format", ["xliff", "po"])
def test_a_format_of_one_pair_refuses_three_versions(format: str) -> None:
    with pytest.raises(UsageError, match="one pair"):
        written(three_versions(), format)


@pytest.mark.parametrize("format", ["moses", "intertext"])
def test_a_format_of_several_files_refuses_a_stream(format: str) -> None:
    with pytest.raises(UsageError, match="several files"):
        written([small()], format)


def test_a_text_too_long_for_a_cell_is_cut_and_reported() -> None:
    one, two = document("a", "ru", ["слово " * 10_000 + "конец."]), document("b", "en", ["_x000D_" * 9_000])
    out = io.BytesIO()
    warnings = write([align(one, two, [bead([0], [0])])], "xlsx", out)
    assert warnings == ("XLSX: texts that are too long for the format are cut: 2",)
    row = list(openpyxl.load_workbook(out, read_only=True).worksheets[0].iter_rows(values_only=True))[1]
    assert all(len(str(cell)) <= xlsx.LONGEST_CELL for cell in row)


# What others write: TMX


MEMORY = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.4"><header creationtool="OmegaT" creationtoolversion="6.0" srclang="en-GB"/><body>
<tu><prop type="x-ConfirmationLevel">ApprovedSignOff</prop>
<tuv {lang}="en-GB"><seg>A <bpt i="1">&lt;b></bpt>bold<ept i="1">&lt;/b></ept> <hi>word</hi>.</seg></tuv>
<tuv {lang}="DE"><seg>Ein fettes Wort – größer.</seg></tuv><tuv {lang}="DE"><seg>Anders.</seg></tuv></tu>
<tu><tuv {lang}="en-GB"><seg>Two.</seg></tuv><tuv {lang}="fr_ca"><seg>Deux.</seg></tuv></tu>
</body></tmx>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
@pytest.mark.parametrize("lang", ["xml:lang", "lang"])
def test_a_memory_of_another_program_is_read(encoding: str, lang: str) -> None:
    data = MEMORY.format(encoding=encoding, lang=lang).encode(encoding)
    source = read(data, "x.tmx")
    units = list(source.units)
    assert source.head.langs == ("en-GB", "de", "fr-CA")
    assert source.head.tool == "OmegaT 6.0"
    assert units[0].sides == (("A bold word.",), ("Ein fettes Wort – größer.",), ())
    assert units[0].state == "confirmed"
    assert source.warnings == [
        "codes of formatting are left out: 2",
        "further variants are left out (de 1)",
    ]


def test_a_language_is_found_by_its_short_name() -> None:
    data = MEMORY.format(encoding="utf-8", lang="xml:lang").encode()
    source = read(data, "x.tmx", ["fr", "en"])
    assert source.head.langs == ("fr-CA", "en-GB")
    assert [unit.sides for unit in source.units] == [((), ("A bold word.",)), (("Deux.",), ("Two.",))]


def test_what_says_no_confidence_counts_as_sure_and_the_signature_says_so() -> None:
    data = MEMORY.format(encoding="utf-8", lang="xml:lang").encode()
    found = collect(read(data, "x.tmx", ["en", "de"]), name="x.tmx", format="tmx")
    (alignment,) = found.alignments
    assert {b.confidence for b in alignment.beads} == {1.0}
    assert not any(map(alignment.is_doubtful, alignment.beads))
    assert "confidence:not given" in str(alignment.signature)
    assert [d.name for d in found.documents] == ["x.tmx#en-GB", "x.tmx#de"]


def test_a_language_that_comes_late_in_a_memory_is_found_if_it_is_named() -> None:
    unit = '<tu><tuv xml:lang="en"><seg>One.</seg></tuv><tuv xml:lang="{}"><seg>X.</seg></tuv></tu>'
    body = unit.format("ru") * 1500 + unit.format("fr")
    data = f"<tmx version='1.4'><body>{body}</body></tmx>".encode()
    *_, last = read(data, "x.tmx", ["en", "fr"]).units
    assert last.sides == (("One.",), ("X.",))
    source = read(data, "x.tmx")
    assert len(list(source.units)) == 1501
    assert source.warnings == ["further variants are left out (fr 1)"]


# What others write: XLIFF


OLD = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"
 xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"><file source-language="en-US" target-language="de-DE" original="a">
<header><tool tool-id="t" tool-name="Studio" tool-version="17"/></header><body>
<trans-unit id="0" translate="no"><source>skipped</source></trans-unit>
<trans-unit id="1" approved="yes"><source>One <x id="1"/>two.</source><target>Eins zwei.</target></trans-unit>
<trans-unit id="2"><source>Three.</source><target state="final">Drei.</target></trans-unit>
<group><trans-unit id="3"><source>A. B.</source>
<seg-source><g id="5"><mrk mtype="seg" mid="1">A.</mrk> <mrk mtype="seg" mid="2">B.</mrk></g></seg-source>
<target><g id="5"><mrk mtype="seg" mid="1">Ah.</mrk> <mrk mtype="seg" mid="2">Be.</mrk></g></target>
<sdl:seg-defs><sdl:seg id="1" conf="ApprovedTranslation"/><sdl:seg id="2" conf="Draft"/></sdl:seg-defs>
</trans-unit></group></body></file></xliff>"""


@pytest.mark.parametrize("name", ["x.xlf", "x.sdlxliff", "x.mqxliff"])
def test_xliff_1_is_read_segment_by_segment(name: str) -> None:
    source = read(OLD.encode(), name)
    found = [(unit.sides, unit.state) for unit in source.units]
    assert source.head.langs == ("en-US", "de-DE")
    assert source.head.tool == "Studio 17"
    assert found == [
        ((("One two.",), ("Eins zwei.",)), "confirmed"),
        ((("Three.",), ("Drei.",)), "confirmed"),
        ((("A.",), ("Ah.",)), "confirmed"),
        ((("B.",), ("Be.",)), "proposed"),
    ]
    assert source.warnings == ["codes of formatting are left out: 1"]


def test_xliff_of_files_in_several_languages_is_refused() -> None:
    other = '<file source-language="en-US" target-language="fr"><body/></file></xliff>'
    data = OLD.replace("</xliff>", other).encode()
    with pytest.raises(FormatError, match="line 11: it holds files in several languages"):
        texts(data, "x.xlf")


def test_xliff_2_of_another_program_is_read() -> None:
    data = b"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr">
    <file id="f"><unit id="1"><segment state="final"><source>A <pc id="1">b</pc><ph id="2"/>.</source>
    <target>C<cp hex="0007"/>.</target></segment><ignorable><source> </source></ignorable>
    <segment><source>Second.</source></segment></unit></file></xliff>"""
    found = [(unit.sides, unit.state) for unit in read(data, "x.xliff").units]
    assert found == [((("A b.",), ("C\x07.",)), "confirmed"), ((("Second.",), ()), "proposed")]


def test_what_a_translator_opened_again_is_not_confirmed_any_more() -> None:
    whole = small()
    confirmed = replace(whole, beads=(replace(whole.beads[0], state="confirmed"), *whole.beads[1:]))
    data = written([confirmed], "xliff")
    assert next(read(data, "x.xlf").units).state == "confirmed"
    assert next(read(data.replace(b'"final"', b'"translated"'), "x.xlf").units).state == "proposed"


# What others write: PO, tables, data sets


def test_po_of_another_program_is_read_with_plurals_and_without_what_is_obsolete() -> None:
    data = """msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=koi8-r\\n"

#, fuzzy
msgid "One "
"line."
msgstr "Строка."

msgid "cat"
msgid_plural "cats"
msgstr[0] "кот"
msgstr[1] "кота"
msgstr[2] "котов"

#~ msgid "old"
#~ msgstr "старый"
""".encode("koi8-r")
    source = read(data, "x.po", ["en", "ru"])
    units = list(source.units)
    assert [unit.sides for unit in units] == [
        (("One line.",), ("Строка.",)),
        (("cat",), ("кот",)),
        (("cats",), ("котов",)),
    ]
    assert [unit.doubtful for unit in units] == [True, False, False]
    assert source.head.langs == ("en", "ru")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("One\tРаз\n\tДва\n", [(("One",), ("Раз",)), ((), ("Два",))]),
        ("Target\tnote\tSource\nРаз\t!\tC:\\new\n", [(("C:\\new",), ("Раз",))]),
        ("en\tru\r\nOne\tРаз\r\n", [(("One",), ("Раз",))]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_tables_of_others_are_read(table: str, expected: object, encoding: str) -> None:
    source = read(table.encode(encoding), "x.tsv", ["en", "ru"], None if "utf" in encoding else encoding)
    assert [unit.sides for unit in source.units] == expected


def test_a_spreadsheet_of_another_program_is_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(["en", "ru"])  # type: ignore[union-attr]
    book.active.append(["One", 1.0])  # type: ignore[union-attr]
    book.active.append(["=SUM(1)", "Раз"])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    assert texts(out.getvalue(), "x.xlsx") == [(("One",), ("1",)), (("=SUM(1)",), ("Раз",))]


def test_a_bomb_of_a_spreadsheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "LARGEST_UNPACKED", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.bin", "w") as member:
        member.write(bytes(1_000_001))
    with pytest.raises(TooLargeError, match="unpacked"):
        texts(out.getvalue(), "x.xlsx")


def test_a_spreadsheet_that_declares_entities_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(FormatError, match="document type"):
        texts(out.getvalue(), "x.xlsx")


@pytest.mark.parametrize(
    "line",
    [
        '{"source": "One", "target": "Раз"}',
        '{"translation": {"en": "One", "ru": "Раз"}}',
        '{"ru": "Раз", "id": 7, "en": "One"}',
    ],
)
def test_lines_of_json_as_data_sets_have_them_are_read(line: str) -> None:
    assert texts(line.encode(), "x.jsonl", ["en", "ru"]) == [(("One",), ("Раз",))]


@pytest.mark.parametrize(
    "columns",
    [
        {"source": ["One"], "target": ["Раз"]},
        {"id": [1], "en": ["One"], "ru": ["Раз"]},
        {"translation": [{"en": "One", "ru": "Раз"}]},
    ],
)
def test_parquet_as_data_sets_have_it_is_read(columns: dict[str, list[object]]) -> None:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    assert texts(out.getvalue(), "x.parquet", ["en", "ru"]) == [(("One",), ("Раз",))]


# What is what


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.tmx", b"", True),
        ("a.sdlxliff", b"", True),
        ("a.xml", b"<?xml version='1.0'?><tmx version='1.4'>", True),
        ("a.xml", "<?xml version='1.0'?><linkGrp/>".encode("utf-16"), True),
        ("a.tsv", b"kind\tconfidence\tsource\ttarget\n", True),
        ("a.tsv", b"just a line\nof text\n", False),
        ("a.jsonl", b'{"source": [4], "target": [4, 5]}', True),
        ("a.json", b'{"title": "a post"}', False),
        ("a.html", b"<html>", False),
        ("a.txt", b"Text.", False),
    ],
)
def test_a_file_is_known_for_an_alignment(name: str, head: bytes, expected: bool) -> None:
    assert is_bitext(name, head) is expected


# Streams


class Endless(io.RawIOBase):
    """Bytes without end, to see what is held of them."""

    def __init__(self, line: bytes) -> None:
        self.line = line

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return (self.line * (size // len(self.line) + 1))[:size]


def test_a_large_table_is_read_line_by_line() -> None:
    found = lines(Endless(b"a\tb\n"), name="x", encoding=None, warnings=[])  # type: ignore[arg-type]
    assert list(islice(found, 1000)) == ["a\tb"] * 1000


def test_a_line_without_end_is_refused() -> None:
    assert LONGEST_LINE <= SMALL
    with pytest.raises(TooLargeError, match="without end"):
        next(lines(Endless(b"a"), name="x", encoding=None, warnings=[]))  # type: ignore[arg-type]


def test_a_large_table_in_another_encoding_says_in_which_line() -> None:
    data = (b"a" * 4095 + b"\n") * (SMALL // 4096 + 1) + b"\xff\n"
    with pytest.raises(ConcordError, match=f"line {SMALL // 4096 + 2}:"):
        for _ in lines(io.BytesIO(data), name="x", encoding=None, warnings=[]):
            pass


def test_the_first_unit_of_a_memory_is_there_before_the_last_is_read() -> None:
    unit = b'<tu><tuv xml:lang="ru"><seg>A</seg></tuv><tuv xml:lang="en"><seg>B</seg></tuv></tu>\n'

    class Counting(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            self.taken += len(data)
            return data

    stream = Counting(b"<tmx version='1.4'><body>" + unit * 20_000 + b"</body></tmx>")
    source = FORMATS["tmx"].read(stream, name="x.tmx", langs=None, encoding=None)
    assert isinstance(source, Source)
    next(source.units)
    assert stream.taken < 400_000


def test_a_file_without_any_text_is_an_error() -> None:
    with pytest.raises(EmptyInputError):
        collect(Source(read(written([small()], "tmx"), "x.tmx").head, iter(())), name="x", format="tmx")


def test_segments_with_places_keep_them_where_a_block_moved() -> None:
    source = read(written([small()], "jsonl"), "x.jsonl", ["ru", "en"])
    (alignment,) = collect(source, name="x.jsonl", format="jsonl").alignments
    assert alignment.target.texts() == small().target.texts()
    assert [(b.source, b.target) for b in alignment.beads] == [(b.source, b.target) for b in small().beads]


def test_a_bitext_knows_its_documents() -> None:
    bitext = Bitext(tuple(three_versions()))
    assert [document_.lang for document_ in bitext.documents] == ["ru", "en", "fa"]


def test_a_unit_says_its_shape() -> None:
    assert Unit(1, (("a",), ("b", "c")), (None,)).kind == "1-2"
