"""What holds for every format of text that findings are written in."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from align.errors import UsageError
from glossary.formats.findings import FORMATS, Format, Report, guess_format, register, write
from tests.contracts.writers import STRANGE, TEXTS
from tests.glossary.formats.findings.samples import in_text, many, report
from tests.glossary.formats.findings.writers import written

GOLDEN = Path(__file__).parent / "golden"
GOLDEN_FORMATS = ("text", "jsonl", "csv", "github", "junit")
TEXTUAL = ("text", "json", "jsonl", "sarif", "github", "junit", "csv", "html")
# Characters that a terminal or a browser would obey without showing them.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def found_in_html(output: str) -> int:
    return len(html.document_fromstring(output, html.HTMLParser(huge_tree=True)).cssselect("article.finding"))


def found_in_junit(output: str) -> int:
    failures = etree.fromstring(output.encode()).iterfind(".//failure")
    return sum((failure.text or "").count("\n") + 1 for failure in failures)


READERS: dict[str, Callable[[str], int]] = {
    "text": lambda output: len(re.findall(r"^\d+:\d+  (?:error|warning|note)  ", output, re.MULTILINE)),
    "json": lambda output: len(json.loads(output)["findings"]),
    "jsonl": lambda output: len([json.loads(line) for line in output.split("\n") if line]),
    "sarif": lambda output: len(json.loads(output)["runs"][0]["results"]),
    "github": lambda output: len([line for line in output.split("\n") if line and "file=" in line]),
    "junit": found_in_junit,
    "csv": lambda output: len(list(csv.reader(io.StringIO(output, newline="")))) - 1,
    "html": found_in_html,
}


@pytest.mark.parametrize("format", TEXTUAL)
def test_a_report_without_findings_reads_as_one(format: str) -> None:
    assert READERS[format](written(Report(), format)) == 0


@pytest.mark.parametrize("format", TEXTUAL)
def test_every_finding_is_there(format: str) -> None:
    dismissed = 1 if format == "sarif" else 0
    assert READERS[format](written(report(), format)) == 7 + dismissed


@pytest.mark.parametrize("format", TEXTUAL)
def test_ten_thousand_findings_are_there(format: str) -> None:
    assert READERS[format](written(many(10_000), format)) == 10_000


@pytest.mark.parametrize("format", TEXTUAL)
def test_the_same_report_gives_the_same_bytes(format: str) -> None:
    assert written(report(), format) == written(report(), format)


@pytest.mark.parametrize("format", TEXTUAL)
def test_lines_end_as_on_every_system(format: str) -> None:
    output = written(report(), format)
    assert output.endswith("\n")
    assert "\r" not in output


@pytest.mark.parametrize("format", TEXTUAL)
def test_strange_characters_break_nothing(format: str) -> None:
    assert READERS[format](written(in_text(STRANGE), format)) == len(STRANGE)


@pytest.mark.parametrize("format", TEXTUAL)
@given(st.lists(TEXTS, max_size=4))
@settings(max_examples=25, deadline=None)
def test_any_text_breaks_nothing(format: str, texts: list[str]) -> None:
    assert READERS[format](written(in_text(texts), format)) == len(texts)


@pytest.mark.parametrize("format", ["text", "github", "junit", "csv", "html"])
def test_nothing_that_is_obeyed_unseen_is_in_what_people_read(format: str) -> None:
    assert OBEYED.findall(written(in_text(STRANGE), format)) == []


@pytest.mark.parametrize("format", GOLDEN_FORMATS)
def test_the_sample_is_written_as_before(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert written(report(), format) == (GOLDEN / f"report.{format}").read_text("utf-8")


def test_a_format_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no format"):
        write(report(), "yaml", io.BytesIO())


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.html", "html"), ("a.SARIF", "sarif"), ("a.sarif.json", "sarif"), ("a.json", "json"), ("a.xml", "junit")],
)  # fmt: skip
def test_a_name_says_its_format(name: str, format: str) -> None:
    assert guess_format(f"out.d/{name}") == format


def test_a_name_that_says_no_format_is_refused() -> None:
    with pytest.raises(UsageError, match="does not say which format"):
        guess_format("findings.doc")


def test_a_format_of_bytes_can_be_added(monkeypatch: pytest.MonkeyPatch) -> None:
    def write_number(report: Report, out: io.BytesIO) -> tuple[str, ...]:
        out.write(bytes([len(report.findings)]))
        return ("a warning",)

    monkeypatch.setitem(FORMATS, "number", FORMATS["text"])  # so that it is taken out at the end
    register("number", Format(write_number, (".number",), binary=True))  # type: ignore[arg-type]
    out = io.BytesIO()
    assert write(report(), "number", out) == ("a warning",)
    assert out.getvalue() == b"\x07"
    assert guess_format("a.number") == "number"
    with pytest.raises(UsageError, match="is not text"):
        write(report(), "number", io.StringIO())


if __name__ == "__main__":  # writes the golden files again: python -m tests.….test_every_format
    GOLDEN.mkdir(exist_ok=True)
    for name in GOLDEN_FORMATS:
        (GOLDEN / f"report.{name}").write_text(written(report(), name), "utf-8")
