"""Every format of alignments that is written unit by unit keeps the contract."""

from __future__ import annotations

import io
from collections.abc import Sequence

from align.formats.bitext import moses
from align.formats.bitext.units import Head, Source, Unit
from align.formats.write import as_text
from tests.contracts.alignment_formats import AlignmentFormatContract

TMX = '<tmx version="1.4"><header srclang="ru"/><body><tu>{}</tu></body></tmx>'
VARIANTS = '<tuv xml:lang="ru"><seg>{}</seg></tuv><tuv xml:lang="en"><seg>One</seg></tuv>'
XLIFF = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="ru" trgLang="en">'
    '<file id="f"><unit id="u"><segment><source>{}</source><target>One</target></segment></unit></file></xliff>'
)


class TestTmx(AlignmentFormatContract):
    name = "tmx"
    xml = ("<?xml version='1.0'?>", TMX.format(VARIANTS))
    broken = (
        (b"<tmx>\n<body><tu></body></tmx>", "line 2, column"),
        (b"<tmx><body>", "line 1, column"),
        (b"<html/>", "no translation memory"),
        (b"\xff\xfe<\0t", "line 1"),
    )


class TestXliff(AlignmentFormatContract):
    name = "xliff"
    xml = ("<?xml version='1.0'?>", XLIFF)
    broken = (
        (b"<xliff>\n<file><unit></file></xliff>", "line 2, column"),
        (b"<xliff version='2.0'/>", "no units"),
        (b"<html/>", "no XLIFF file"),
    )


class TestPo(AlignmentFormatContract):
    name = "po"
    broken = (
        (b'msgid "a"\nmsgstr "b\n', "line 2, column 1"),
        (b'msgid ""\nmsgstr ""\n\nmsgstr "b"\n', "line 4"),
        (b"hello", "no PO file"),
        (b'msgid "a"\nmsgstr "\xff"\n', "line 2"),
    )


class TestTsv(AlignmentFormatContract):
    name = "tsv"
    langs = ("ru", "en")
    broken = (
        (b"source\ttarget\na\tb\nc\n", "line 3"),
        (b"a\tb\tc\n", "line 1"),
        (b"source\ttarget\na\t\xff\n", "utf-8"),
    )


class TestXlsx(AlignmentFormatContract):
    name = "xlsx"
    broken = ((b"hello", "no spreadsheet"), (b"PK\x03\x04", "no spreadsheet"))


class TestParquet(AlignmentFormatContract):
    name = "parquet"
    broken = ((b"hello", "no Parquet file"), (b"PAR1PAR1", "no Parquet file"))


class TestJsonl(AlignmentFormatContract):
    name = "jsonl"
    langs = ("ru", "en")
    broken = (
        (b'{"source": "a", "target": "b"}\n{"source": }\n', "line 2, column 12"),
        (b'{"source": "a", "target": "b"}\n[]\n', "line 2"),
        (b'{"source": [0], "target": [1]}\n', "line 1"),
        (b"7\n", "line 1"),
    )


class TestMoses(AlignmentFormatContract):
    """The files of both languages, one behind the other with a NUL between, which neither can hold."""

    name = "moses"
    langs = ("ru", "en")
    broken = ((b"a\nb\n\0c\n", "line 2"), (b"a\n\0\xff\n", "utf-8"))

    def put(self, head: Head, units: Sequence[Unit]) -> bytes:
        streams = [io.BytesIO() for _ in head.langs]
        moses.put(head, units, [as_text(stream)[0] for stream in streams])
        return b"\0".join(stream.getvalue() for stream in streams)

    def open(self, data: bytes, langs: Sequence[str] | None = None) -> Source:
        parts = data.split(b"\0")
        streams = [io.BytesIO(part) for part in (parts * 2)[:2]]
        return moses.read(streams, names=[self.where] * 2, langs=langs or self.langs or (), encoding="utf-8")
