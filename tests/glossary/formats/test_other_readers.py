"""What we write, the real schemas accept and the real readers read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import polib
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from translate.storage.csvl10n import csvfile
from translate.storage.omegat import OmegaTFile
from translate.storage.tbx import tbxfile
from translate.storage.utx import UtxFile

from glossary.formats.carry import How, Made, Quote
from glossary.formats.losses import Report
from glossary.formats.registry import FORMATS, export
from glossary.model import Entry
from tests.commands import ROOT
from tests.contracts.glossary_formats import ANCHOR, MILL, NAME, PAIR, glossaries, strange

SCHEMAS = ROOT.parent / "shared" / "schemas"
TBX_CORE = SCHEMAS / "tbx-core" / "TBXcoreStructV03.rng"
MARTIF = SCHEMAS / "tbx-core" / "omegat_tbx2_martif.xsd"
EXAMPLE = SCHEMAS / "tbx-basic" / "Example_Astronomy_DCA_VALID.tbx"
SAMPLE = SCHEMAS / "tbx-core" / "omegat_sample_tbx2.tbx"
FULL = replace(
    PAIR,
    evidence=lambda _: [Quote("a b.txt", "3", "en", "The mill <stood>\uffff.")],
    made={MILL.concept.id: Made("2024-05-06T07:08:09Z", "Ada", "2024-06-07T17:08:09Z", "Бо & Co")},
)


def needs(schema: Path) -> pytest.MarkDecorator:
    """Skips, visibly, where the public schemas are not there."""
    return pytest.mark.skipif(not schema.exists(), reason=f"{schema.name} is not beside the project")


def written(name: str, found: Sequence[Entry], how: How = FULL) -> bytes:
    """The file of a format."""
    return b"".join(export(found, FORMATS[name], how, Report(name)))


def errors(schema: Any, data: bytes) -> list[str]:
    """What a schema says against a document."""
    schema.validate(etree.fromstring(data))
    return [str(error) for error in schema.error_log]


def parsed(reader: Any, data: bytes) -> Any:
    """What a reader of translate-toolkit makes of a file."""
    return reader.parsestring(data)


@needs(TBX_CORE)
def test_tbx_is_valid_by_the_schema_of_its_standard() -> None:
    schema = etree.RelaxNG(etree.parse(TBX_CORE))
    assert errors(schema, written("tbx", [MILL, NAME, *strange()])) == []


@needs(TBX_CORE)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(found=glossaries())
def test_any_glossary_is_valid_tbx(found: list[Entry]) -> None:
    schema = etree.RelaxNG(etree.parse(TBX_CORE))
    assert errors(schema, written("tbx", [*found, ANCHOR])) == []


@needs(MARTIF)
def test_tbx_v2_is_valid_by_the_schema_of_omegat() -> None:
    schema = etree.XMLSchema(etree.parse(MARTIF))
    assert errors(schema, written("tbx-v2", [MILL, NAME, *strange()])) == []


@needs(EXAMPLE)
def test_the_example_of_the_standard_is_read() -> None:
    found = FORMATS["tbx"].read(EXAMPLE.read_bytes(), name="x.tbx", how=How())
    cluster = next(e for e in found.entries if any(t.text == "open cluster" for t in e.concept.terms))
    terms = {t.text: t for t in cluster.concept.terms}
    assert terms["galactic cluster"].status == "superseded"
    assert "noun" in terms["open cluster"].extra["tbx"]
    assert "spiral arms" in cluster.concept.definition
    assert "context" in found.warnings[0]


@needs(SAMPLE)
def test_the_sample_of_omegat_is_read() -> None:
    (entry,) = FORMATS["tbx-v2"].read(SAMPLE.read_bytes(), name="x.tbx", how=How()).entries
    assert [(t.lang, t.text, t.status) for t in entry.concept.terms] == [
        ("en", "alpha smoothing factor", "preferred"),
        ("hu", "hu translation", "preferred"),
    ]


def test_translate_toolkit_reads_our_tbx_for_weblate_with_its_marks() -> None:
    store = parsed(tbxfile, written("weblate-tbx", [MILL, NAME]))
    units = [(u.source, u.target, u.isobsolete(), u.istranslatable()) for u in store.units]
    assert sorted(units, key=repr) == [
        ("Konkord", None, False, False),
        ("mill", "ветряк", True, True),
        ("mill", "завод", True, True),
        ("mill", "крупорушка", True, True),
        ("mill", "мельница", False, True),
    ]


def test_translate_toolkit_finds_only_accepted_terms_in_our_tbx_v2() -> None:
    store = parsed(tbxfile, written("tbx-v2", [MILL]))
    assert [[t.text for t in u.get_target_terms("ru")] for u in store.units] == [["мельница"]]


def test_translate_toolkit_reads_our_csv_for_weblate() -> None:
    store = parsed(csvfile, written("weblate", [MILL, NAME]))
    assert [(u.source, u.target, u.getlocations()) for u in store.units] == [
        ("mill", "мельница", ["a%20b.txt:3"]),
        ("Konkord", "Konkord", ["a%20b.txt:3"]),
    ]
    assert store.units[0].getnotes("translator") == "with a wheel"


def test_translate_toolkit_reads_our_glossary_for_omegat() -> None:
    store = parsed(OmegaTFile, written("omegat", [MILL, NAME]))
    assert [(u.source, u.target, u.getnotes()) for u in store.units if u.source] == [
        ("mill", "мельница", "with a wheel"),
        ("Konkord", "Konkord", ""),
    ]


def test_translate_toolkit_reads_our_utx() -> None:
    store = parsed(UtxFile, written("utx", [MILL]))
    rows = [(u.source, u.target, u.metadata["term status"]) for u in store.units if u.source]
    assert rows == [
        ("mill", "мельница", "approved"),
        ("mill", "завод", "forbidden"),
        ("mill", "ветряк", "non-standard"),
        ("mill", "крупорушка", "non-standard"),
    ]
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("en", "ru")


def test_polib_reads_our_po_and_every_refused_target_has_its_flag(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(written("po", [MILL]))
    flags = {entry.msgstr: "forbidden" in entry.flags for entry in polib.pofile(str(path))}
    assert flags == {"мельница": False, "завод": True, "ветряк": True, "крупорушка": True, "жернова": False}


def test_openpyxl_reads_our_spreadsheet_and_no_text_became_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", [MILL, *strange()])))
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("concept", "lang", "term", "status")
    assert ("k3f9a2xq", "ru", "завод", "forbidden") in {row[:4] for row in rows}
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_a_table_that_people_made_in_a_spreadsheet_is_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["English", "Русский", "Definition", "Status", "Colour"])
    sheet.append(["guild | craft guild", "цех", "of masters", None, "red"])
    sheet.append(["mill", "завод", None, "Do not use", None])
    file = io.BytesIO()
    book.save(file)
    found = FORMATS["xlsx"].read(file.getvalue(), name="x.xlsx", how=How())
    assert [[(t.lang, t.text, t.status) for t in e.concept.terms] for e in found.entries] == [
        [("en", "guild", "preferred"), ("en", "craft guild", "admitted"), ("ru", "цех", "preferred")],
        [("en", "mill", "preferred"), ("ru", "завод", "forbidden")],
    ]
    assert found.warnings == ("columns that were passed over: Colour",)


def test_a_table_in_an_old_encoding_and_one_in_utf_16_are_read() -> None:
    text = "English;Russian\nmill;мельница\nguild;цех ремесленников\n"
    for encoding in ("cp1251", "utf-16"):
        found = FORMATS["csv"].read(text.encode(encoding), name="x.csv", how=How())
        assert [e.concept.terms[1].text for e in found.entries] == ["мельница", "цех ремесленников"]


def test_a_term_base_of_memoq_is_read_with_its_marks() -> None:
    text = (
        "Entry_ID;Entry_Note;English_Def;English;Term_Info;Term_Example;Russian;Term_Info;Term_Example;Russian;"
        "Term_Info;Term_Example\n"
        '7;of wood;grinds;mill;CaseSense;;мельница;;;завод;"CasePermissive;Forbidden";\n'
    )
    (entry,) = FORMATS["memoq"].read(text.encode(), name="x.csv", how=How()).entries
    assert [(t.text, t.status, t.case) for t in entry.concept.terms] == [
        ("mill", "preferred", "as written"),
        ("мельница", "preferred", "any"),
        ("завод", "forbidden", "any"),
    ]
    assert (entry.concept.definition, entry.concept.note) == ("grinds", "of wood")


def test_our_csv_for_memoq_has_its_columns_and_its_dates() -> None:
    lines = written("memoq", [MILL]).decode().splitlines()
    assert lines[0] == (
        "Entry_ID;Entry_Subject;Entry_Domain;Entry_ClientID;Entry_ProjectID;Entry_Created;Entry_Creator;"
        "Entry_LastModified;Entry_Modifier;Entry_Note;en_Def;en;Term_Info;Term_Example;"
        "ru_Def;ru;Term_Info;Term_Example;fr_Def;fr;Term_Info;Term_Example"
    )
    assert lines[1].startswith("1;;;;;5/6/2024 7:08:09 AM;Ada;6/7/2024 5:08:09 PM;Бо & Co;Of wood.;")


def test_a_file_of_deepl_with_languages_in_its_columns_needs_no_options() -> None:
    (entry,) = FORMATS["deepl"].read(b"mill,Muehle,en,de\n", name="x.csv", how=How()).entries
    assert [t.lang for t in entry.concept.terms] == ["en", "de"]


def test_a_term_that_stays_as_it_is_becomes_its_own_translation_where_there_is_no_mark_for_it() -> None:
    assert written("deepl", [NAME]) == b"Konkord,Konkord\n"


def test_a_file_over_the_limit_of_the_tool_is_reported() -> None:
    report = Report("deepl")
    small = replace(FORMATS["deepl"], largest=5)
    b"".join(export([MILL], small, PAIR, report))
    assert "at most" in report.lines()[0]
