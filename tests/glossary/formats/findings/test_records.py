"""JSON, JSON Lines and CSV, read back."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from align.formats.display import plain
from glossary.formats.findings import Report, write
from tests.glossary.formats.findings.samples import TEXTS, in_text, report
from tests.glossary.formats.findings.writers import written

FIELDS = [
    "code", "rule", "severity", "message", "document", "line", "column", "start", "end", "text", "evidence",
    "suggestion", "fingerprint",
]  # fmt: skip
SPOT = ["label", "document", "lang", "line", "column", "start", "end", "text", "sentence", "sentence_start"]


def records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(report(), "jsonl").splitlines()]


def cells(shown: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(shown, "csv"), newline="")))


def test_a_line_has_its_fields_in_order() -> None:
    for record in records():
        assert list(record)[: len(FIELDS)] == FIELDS


def test_fields_that_a_finding_lacks_are_absent() -> None:
    further = [set(record) - set(FIELDS) for record in records()]
    assert further[2] == {"replacement", "match", "table", "concept"}
    assert further[0] == set()


def test_evidence_has_its_fields_in_order() -> None:
    for record in records():
        for one in record["evidence"]:
            assert list(one) == SPOT


def test_offsets_lead_to_the_text() -> None:
    for record in records():
        text = TEXTS[str(record["document"])].text
        assert text[record["start"] : record["end"]] == record["text"]


def test_the_object_says_all_that_the_report_holds() -> None:
    held = json.loads(written(report(), "json"))
    assert held["summary"] == {
        "findings": 7, "severity": {"error": 3, "warning": 3, "note": 1},
        "rules": {"T001": 1, "T007": 2, "A001": 1, "S001": 1, "F001": 2},
        "in_baseline": 2, "dismissed": 1, "sentences": 14, "fails": True,
    }  # fmt: skip
    assert [one["name"] for one in held["documents"]] == list(TEXTS)
    assert [one["code"] for one in held["gaps"]] == ["A007", "T007", "T007"]
    assert held["dismissed"][0]["reason"] == "A quote, as spoken."
    assert held["signature"].startswith("concord:")
    assert held["findings"] == records()


def test_the_object_counts_renderings_over_all_texts() -> None:
    (union,) = [
        one for one in json.loads(written(report(), "json"))["renderings"] if one["target_lang"] == "en"
    ]
    counts = {one["text"]: one["count"] for one in union["renderings"]}
    assert counts["Ferrymen’s Union"] == 11
    (usual,) = [one for one in union["renderings"] if one["text"] == "Ferrymen’s Union"]
    assert usual["documents"] == {"report.en.txt": 7, "talk.en.txt": 4}
    assert (usual["first"], usual["last"]) == ("2021-03-02", "2022-05-20")


def test_a_table_cell_has_the_counterpart() -> None:
    row = cells(report())[1]
    assert row["text"] == "Ferrymen’s Union"
    assert row["counterpart"] == "«Союз паромщиков» (запрещён в Нордавии) молчал."


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1"])
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = cells(in_text([text]))
    assert row["text"].startswith("'")
    assert row["text"][1:].strip() == plain(text)


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_a_format_without_room_for_gaps_says_so(format: str) -> None:
    (warning,) = write(report(), format, io.BytesIO())
    assert "2 things could not be checked" in warning
    assert write(Report(), format, io.BytesIO()) == ()
