"""Every glossary format keeps the contract."""

from __future__ import annotations

import pytest

from glossary.formats.registry import FORMATS
from tests.contracts.glossary_formats import GlossaryFormatContract

XML = b'<?xml version="1.0"?>\n'
BOMB = XML + b'<!DOCTYPE martif [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>\n<martif><text>&b;</text></martif>'
FETCH = XML + b'<!DOCTYPE martif [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<martif>&x;</martif>'
BROKEN_XML = (
    (XML + b"<martif><text></martif>", "line 2, column"),
    (XML + b"<martif/>", "no concept"),
    (BOMB, "entities"),
    (FETCH, "entities"),
    (BOMB.decode().replace('1.0"', '1.0" encoding="UTF-16"').encode("utf-16"), "entities"),
    (XML + b"<martif><termEntry><langSet><tig><term>x</term></tig></langSet></termEntry></martif>", "line 2"),
    (XML + "<a>\ufffe</a>".encode(), "line 2"),
    (b"\x00\x01", "line 1"),
)


_BAD_SCOPE = b"""concord_glossary = 1
[k3f9a2xq]
kind = "place"
state = "approved"
terms = [{ lang = "en", text = "mill", scope = "clie<t" }]
"""


class TestToml(GlossaryFormatContract):
    name = "toml"
    file = "terms.toml"
    broken = (
        (b"concord_glossary = 1\n[a\n", "line 2"),
        (_BAD_SCOPE, "is no part of a scope"),
    )


class TestJson(GlossaryFormatContract):
    name = "json"
    file = "terms.json"
    broken = (
        (b'{"concord_glossary": 1,\n "concepts": [}', "line 2, column 15"),
        (b"[]", "concepts"),
        (b'{"concord_glossary": 2, "concepts": []}', "version"),
        (b'{"concord_glossary": 1, "concepts": [1]}', "concept 1"),
        (b"\xff", "UTF-8"),
        (b"[" * 100_000, "broken"),
    )


class TestJsonLines(GlossaryFormatContract):
    name = "jsonl"
    file = "terms.jsonl"
    broken = ((b"{}\n", "line 1"), (b'\n{"id"', "line 2"))


class TestCsv(GlossaryFormatContract):
    name = "csv"
    file = "terms.csv"
    broken = (
        (b'concept,lang,term\na,en,"x\n', "line 2"),
        (b"concept,lang,term\na,en,x,y\n", "line 2"),
        (b"concept,lang,term,colour\na,en,x,red\n", "colour"),
        (b"concept,lang,term,variants\na,en,x,{\n", "line 2"),
        (b"concept,lang,term,translate\na,en,x,perhaps\n", "perhaps"[:0] + "yes"),
        (b"concept,lang,term,note\na,en,x,1\na,ru,y,2\n", "line 3"),
        (b"concept,lang,term\n,en,x\n", "line 2"),
        (b"concept,lang,term,status\na,en,x,perfect\n", "perfect"),
        (b"one,two\n1,2\n", "two languages"),
        (b"English,Russian,Status\na,b,perfect\n", "line 2"),
    )


class TestTsv(GlossaryFormatContract):
    name = "csv"
    file = "terms.tsv"


class TestXlsx(GlossaryFormatContract):
    name = "xlsx"
    file = "terms.xlsx"
    binary = True
    broken = ((b"PK\x03\x04 no archive", "no spreadsheet"), (b"a,b\n", "no spreadsheet"))


class TestPo(GlossaryFormatContract):
    name = "po"
    file = "terms.po"
    broken = ((b'msgid "a\nmsgstr "b"\n', "line 1"),)


class TestTbx(GlossaryFormatContract):
    name = "tbx"
    file = "terms.tbx"
    broken = BROKEN_XML


class TestTbxV2(GlossaryFormatContract):
    name = "tbx-v2"
    file = "terms.tbx"
    broken = BROKEN_XML


class TestWeblateTbx(GlossaryFormatContract):
    name = "weblate-tbx"
    file = "terms.tbx"
    broken = BROKEN_XML


class TestWeblate(GlossaryFormatContract):
    name = "weblate"
    file = "terms.csv"
    broken = (
        (b'source,target\n"a,b\n', "line 2"),
        (b"a,b\n1,2\n", "line 1"),
        (b"source,target\n,b\n", "line 2"),
    )


class TestMemoq(GlossaryFormatContract):
    name = "memoq"
    file = "terms.csv"
    broken = ((b"Entry_ID;Entry_Note\n1;x\n", "line 1"), (b'Entry_ID;en\n1;"x\n', "line 2"))


class TestTrados(GlossaryFormatContract):
    name = "trados"
    file = "terms.csv"
    broken = ((b'en,ru\n"x\n', "line 2"), (b"en,ru\na,b,c\n", "line 2"))


class TestTradosXlsx(GlossaryFormatContract):
    name = "trados-xlsx"
    file = "terms.xlsx"
    binary = True


class TestGoogleSet(GlossaryFormatContract):
    name = "google-set"
    file = "terms.csv"
    broken = ((b'en,ru\n"x\n', "line 2"),)


class TestGoogle(GlossaryFormatContract):
    name = "google"
    file = "terms.csv"
    broken = ((b"a,b\nc\n", "line 2"), (b"a,b\n,c\n", "line 2"))


class TestGoogleTsv(GlossaryFormatContract):
    name = "google"
    file = "terms.tsv"


class TestDeepl(GlossaryFormatContract):
    name = "deepl"
    file = "terms.csv"
    broken = ((b"a,b\nc\n", "line 2"), (b"a,b,english!,ru\n", "english!"), (b'a,"b\n', "line 1"))


class TestDeeplTsv(GlossaryFormatContract):
    name = "deepl"
    file = "terms.tsv"


class TestOmegat(GlossaryFormatContract):
    name = "omegat"
    broken = ((b"a\tb\nc\n", "line 2"), (b"a\tb\tc\td\n", "line 1"), (b"\tb\n", "line 1"))


class TestUtx(GlossaryFormatContract):
    name = "utx"
    file = "terms.utx"
    broken = (
        (b"#UTX 1.11; en/ru; 2024\r\n#src\ttgt\tsrc:pos\tterm status\r\na\tb\tnoun\tperfect\r\n", "line 3"),
    )


class TestMarkdown(GlossaryFormatContract):
    name = "markdown"
    file = "terms.md"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_contract_test(name: str) -> None:
    assert name in {test.name for test in GlossaryFormatContract.__subclasses__()}
