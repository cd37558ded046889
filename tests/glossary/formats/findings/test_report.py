"""What writers read off a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from glossary.formats.findings import Report
from glossary.formats.findings.report import FailOn, end_of, names_in_words
from glossary.model import Gap
from tests.bitexts import document
from tests.glossary.formats.findings.samples import EN, findings, report, spot


def test_findings_come_in_order_of_the_texts_and_of_place() -> None:
    places = [(one.spot.document, one.spot.start) for one in report().ordered]
    names = [one.name for one in report().documents]
    assert places == sorted(places, key=lambda place: (names.index(place[0]), place[1]))


def test_rules_come_by_family_and_code() -> None:
    assert list(report().by_rule) == ["T001", "T007", "A001", "S001", "F001"]


def test_a_text_that_only_a_finding_names_is_known_too() -> None:
    alone = Report(findings())
    assert set(alone.by_name) == {"talk.ru.txt", "talk.en.txt", "talk.fa.txt", "talk.zh.txt"}


@pytest.mark.parametrize(("fail_on", "failing"), [("never", 0), ("error", 3), ("warning", 6), ("note", 7)])
def test_what_fails_is_at_least_as_severe_as_told(fail_on: FailOn, failing: int) -> None:
    asked = replace(report(), fail_on=fail_on)
    assert sum(map(asked.fails, asked.findings)) == failing


def test_one_reason_stands_once_with_all_its_texts() -> None:
    gaps = tuple(Gap("F001", "no numbers known", name) for name in ("a", "b", "a"))
    assert Report(gaps=gaps).open_gaps == ((Gap("F001", "no numbers known"), ("a", "b")),)


def test_a_spot_over_two_lines_ends_on_the_second() -> None:
    two = document("two.txt", "en", ["One line", "and another"])
    assert end_of(spot(two, "line\nand")) == (2, 4)
    assert end_of(spot(EN, "21")) == (4, 21)


def test_many_names_are_cut_short() -> None:
    assert names_in_words(list("abcd")) == "a, b, c, d"
    assert names_in_words(list("abcde")) == "a, b, c and 2 more"
