"""The rules' pages in the docs are the rules' own, and the schema accepts what the program accepts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from align.errors import FormatError
from glossary.checks.config import parse, schema
from tests.rule_pages import DOCS, pages

GUIDE = DOCS / "checks.md"
TOML = re.compile(r"^```toml\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("path", sorted(pages()), ids=lambda path: path.name)
def test_a_generated_page_is_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == pages()[path], "run `make docs`"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert set((DOCS / "rules").glob("*.md")) == {path for path in pages() if path.parent.name == "rules"}


@pytest.mark.parametrize("example", TOML.findall(GUIDE.read_text("utf-8")))
def test_the_guide_s_configurations_are_accepted_by_program_and_schema(example: str) -> None:
    config = tomllib.loads(example)
    parse(config)
    jsonschema.validate(config, schema())


@pytest.mark.parametrize(
    "wrong",
    [
        {"chek": {}},
        {"check": {"select": "A"}},
        {"check": {"fail-on": "grave"}},
        {"check": {"severity": {"A001": "grave"}}},
        {"check": {"severity": {"Z999": "error"}}},
        {"check": {"rules": {"A001": {"no-such": 1}}}},
        {"policy": {"marks": "some"}},
        {"policy": {"editions": {"web": {"mark": "drop"}}}},
        {"policy": {"wording": {"en": 1}}},
    ],
    ids=str,
)
def test_what_the_program_refuses_the_schema_refuses_too(wrong: dict[str, Any]) -> None:
    with pytest.raises(FormatError):
        parse(wrong)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema())
