"""Every rule has a page, and the examples on it come out as it says."""

from __future__ import annotations

import pytest

from glossary.checks import RULES
from glossary.checks.base import Rule
from tests.glossary.checks.examples import Example, examples, run

SECTIONS = ("## What it finds", "## Why", "## Example", "## How to set it right", "## Options", "## Limits")
EXAMPLES = [(rule, one) for rule in RULES for one in examples(rule.page)]
IDS = [f"{rule.code}-{n}" for n, (rule, _) in enumerate(EXAMPLES)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_has_all_its_sections_in_order(rule: Rule) -> None:
    places = [rule.page.find(f"\n{section}\n") for section in SECTIONS]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_shows_a_fault_and_how_it_is_set_right(rule: Rule) -> None:
    shown = [one.right for one in examples(rule.page)]
    assert False in shown
    assert True in shown


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_names_every_option_of_its_rule(rule: Rule) -> None:
    options = rule.page.partition("## Options")[2].partition("## Limits")[0]
    assert [name for name in rule.options if f"`{name}`" not in options] == []


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=IDS)
def test_an_example_comes_out_as_its_page_says(rule: Rule, example: Example) -> None:
    found, _ = run(rule, example)
    if example.right:
        assert [one.spot.text for one in found] == []
    elif example.finds:
        assert tuple(one.spot.text for one in found) == example.finds
    else:
        assert found


def test_codes_and_names_are_each_of_one_rule() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
