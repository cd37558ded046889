"""docs/findings.md names every format and every field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from glossary.formats.findings import FORMATS
from glossary.formats.findings.records import COLUMNS
from tests.glossary.formats.findings.samples import TEXTS, report
from tests.glossary.formats.findings.writers import written

PAGE = (Path(__file__).parents[4] / "docs/findings.md").read_text("utf-8")
NAMED = set(re.findall(r"`([^`\s]+)`", PAGE))
BY_VALUE = {*TEXTS, "report.en.txt", "letter.en.txt", "note.en.txt"}  # keys that are names, dates or codes


def fields(value: Any) -> Iterator[str]:
    """Every key of an object and of the objects in it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from fields(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from fields(inner)


def test_every_field_of_the_object_is_documented() -> None:
    found = set(fields(json.loads(written(report(), "json"))))
    counted = {key for key in found if key in BY_VALUE or re.fullmatch(r"\d{4}-\d\d-\d\d|[TASF]\d{3}", key)}
    forms = {"Союз паромщиков", "СП", "error", "warning", "note"}
    assert found - counted - forms <= NAMED


def test_every_column_of_the_table_is_documented() -> None:
    assert set(COLUMNS) <= NAMED


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_documented(name: str) -> None:
    assert f"\n| `{name}` |" in PAGE
