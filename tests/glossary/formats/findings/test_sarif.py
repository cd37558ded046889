"""SARIF 2.1.0, against its schema and against what the findings say."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from glossary.formats.findings import Checked, Report
from glossary.formats.findings.sarif import uri
from tests.contracts.writers import STRANGE
from tests.glossary.formats.findings.samples import TEXTS, in_text, many, report
from tests.glossary.formats.findings.writers import written

SCHEMA = Path(__file__).parents[5] / "shared/schemas/sarif/sarif-schema-2.1.0.json"
NAMES = {f"texts/{name}": name for name in TEXTS}


@cache
def schema() -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    return jsonschema.Draft7Validator(json.loads(SCHEMA.read_text("utf-8")))


def run(shown: Report | None = None) -> Any:
    (found,) = json.loads(written(shown or report(), "sarif"))["runs"]
    return found


def results() -> list[Any]:
    return list(run()["results"])


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of SARIF is not in ../shared")
@pytest.mark.parametrize(
    "shown",
    [report(), Report(), in_text(STRANGE), many(20), replace(report(), rules=()), replace(report(), documents=())],
    ids=["sample", "empty", "strange", "many", "no rules", "no documents"],
)  # fmt: skip
def test_it_is_valid_against_its_schema(shown: Report) -> None:
    errors = schema().iter_errors(json.loads(written(shown, "sarif")))
    assert [f"{list(error.absolute_path)}: {error.message[:200]}" for error in errors] == []


def test_a_region_leads_to_the_text_by_offset_and_by_line() -> None:
    for result in results():
        physical = result["locations"][0]["physicalLocation"]
        text = TEXTS[NAMES[physical["artifactLocation"]["uri"]]].text
        region = physical["region"]
        by_offset = text[region["charOffset"] : region["charOffset"] + region["charLength"]]
        line = text.split("\n")[region["startLine"] - 1]
        assert (
            by_offset
            == line[region["startColumn"] - 1 : region["endColumn"] - 1]
            == region["snippet"]["text"]
        )
    assert run()["columnKind"] == "unicodeCodePoints"


def test_a_context_region_holds_the_sentence() -> None:
    context = results()[1]["locations"][0]["physicalLocation"]["contextRegion"]
    assert context["snippet"]["text"] == "The Ferrymen’s Union was silent."


def test_fingerprints_are_those_of_the_findings() -> None:
    found = [result["partialFingerprints"]["concordFinding/v1"] for result in results()]
    assert found[:7] == [one.fingerprint for one in report().ordered]


def test_evidence_is_a_related_location() -> None:
    (related,) = results()[1]["relatedLocations"]
    assert related["message"]["text"] == "original"
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "texts/talk.ru.txt"


def test_a_replacement_is_a_fix() -> None:
    (fix,) = results()[2]["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"]["text"] == "Lorvik"
    assert replacement["deletedRegion"]["charLength"] == len("Lorvick")


def test_what_a_person_set_aside_is_suppressed_with_the_reason() -> None:
    suppressed = [result for result in results() if "suppressions" in result]
    assert [one["suppressions"][0]["justification"] for one in suppressed] == ["A quote, as spoken."]


def test_rules_come_with_their_pages() -> None:
    rules = run()["tool"]["driver"]["rules"]
    spelling = next(rule for rule in rules if rule["id"] == "T007")
    assert "## What it finds" in spelling["help"]["markdown"]
    assert spelling["defaultConfiguration"]["level"] == "warning"
    for result in results():
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_what_could_not_be_checked_is_a_notification() -> None:
    (invocation,) = run()["invocations"]
    texts = [one["message"]["text"] for one in invocation["toolExecutionNotifications"]]
    assert "Not checked: there is no romanisation known for Chinese" in texts


def test_a_text_that_is_no_plain_file_has_no_region() -> None:
    shown = report()
    made = tuple(replace(document, format="docx") for document in shown.documents)
    for result in run(replace(shown, documents=made))["results"]:
        (location,) = result["locations"]
        assert "region" not in location["physicalLocation"]
        assert location["properties"]["inTextAsRead"]["line"] > 0
        assert "fixes" not in result


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("texts/a b.txt", "texts/a%20b.txt"),
        ("/srv/текст.txt", "file:///srv/%D1%82%D0%B5%D0%BA%D1%81%D1%82.txt"),
        ("C:\\texts\\a.txt", "file:///C%3A/texts/a.txt"),
        ("a:b#c?.txt", "a%3Ab%23c%3F.txt"),
    ],
)
def test_a_path_becomes_a_reference(path: str, wanted: str) -> None:
    assert uri(Checked("a", "en", path=path)) == wanted
