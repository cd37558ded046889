"""JUnit XML, parsed."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from glossary.formats.findings import Report
from tests.contracts.writers import STRANGE
from tests.glossary.formats.findings.samples import in_text, report
from tests.glossary.formats.findings.writers import written


def parsed(shown: Report) -> etree._Element:
    return etree.fromstring(written(shown, "junit").encode())


def case(shown: Report, document: str, code: str) -> etree._Element:
    (found,) = [
        one for one in parsed(shown).iter("testcase")
        if one.get("classname") == document and (one.get("name") or "").split()[0] == code
    ]  # fmt: skip
    return found


def test_the_counts_are_those_of_the_cases() -> None:
    root = parsed(report())
    for element in (root, *root.iter("testsuite")):
        assert int(element.get("tests", "")) == len(list(element.iter("testcase")))
        assert int(element.get("failures", "")) == len(list(element.iter("failure")))
        assert int(element.get("skipped", "")) == len(list(element.iter("skipped")))


def test_a_rule_that_found_something_fails_with_its_places() -> None:
    (failure,) = case(report(), "talk.en.txt", "F001")
    assert failure.text == "talk.en.txt:4:19: error: “21” stands where the original has “12”. Write 12."


def test_a_rule_that_found_nothing_passes() -> None:
    assert len(case(report(), "talk.fa.txt", "A001")) == 0


def test_a_rule_that_could_not_look_is_skipped_with_the_reason() -> None:
    (skipped,) = case(report(), "talk.fa.txt", "T007")
    assert (skipped.tag, skipped.get("message")) == ("skipped", "there is no romanisation known for Chinese")


def test_a_rule_that_failed_and_could_not_look_everywhere_says_both() -> None:
    failure, words = case(report(), "talk.zh.txt", "T007")
    assert (failure.tag, words.tag) == ("failure", "system-out")
    assert words.text == "not checked: there is no romanisation known for Chinese"


def test_what_does_not_fail_the_run_fails_no_case() -> None:
    shown = replace(report(), fail_on="error")
    (words,) = case(shown, "talk.ru.txt", "S001")
    assert words.tag == "system-out"
    assert parsed(shown).get("failures") == "3"


def test_characters_that_xml_forbids_are_named() -> None:
    text = "".join(map(str, parsed(in_text(STRANGE)).itertext()))
    assert "Ctrl␀␇␈" in text
    assert "⟨RLO⟩" in text
