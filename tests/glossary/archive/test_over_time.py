"""Wordings and renderings by period: every use is counted once, in its month."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.archive.store import open_archive
from align.errors import UsageError
from glossary.archive.chart_formats import FORMATS, records
from glossary.archive.dates import PERIODS, By, Dates, between, code, period, shown
from glossary.archive.kept import Kept
from glossary.archive.over_time import (
    Chart,
    Panel,
    Series,
    Unit,
    marks_over_time,
    renderings_over_time,
    terms_over_time,
)
from glossary.archive.plot import nice, svg
from glossary.archive.running import Plan, update
from tests.glossary.archive.archives import archive_of, decade, note

PLAN = Plan()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """The decade by quarters, a note without a date, one with a year alone."""
    path = tmp_path_factory.mktemp("time") / "a.db"
    more = [note(900, "", wording="запрещено в РФ", rendered="banned in Russia"), note(901, "2020")]
    archive_of(path, [*decade(range(0, 132, 3)), *more])
    with open_archive(path) as archive:
        found = Kept(archive)
        update(found, PLAN)
        yield found


def series(chart: Chart, title: str) -> dict[str, Series]:
    """The series of the panel whose title begins so, by label."""
    panel = next(panel for panel in chart.panels if panel.title.startswith(title))
    return {one.label: one for one in panel.series}


def test_banned_in_russia_by_month_from_2015_to_2025(kept: Kept) -> None:
    chart = terms_over_time(kept.archive, Dates(kept.archive), ["banned in Russia"], "month")
    assert (chart.periods[0], chart.periods[-1], len(chart.periods)) == ("2015-01", "2025-10", 130)
    (one,) = series(chart, "In the translations (en)").values()
    assert one.counts == {
        f"{year}-{month}": 1 for year in range(2015, 2019) for month in ("01", "04", "07", "10")
    }
    assert one.undated == 1
    assert chart.undated == 2  # also the one of which only the year is known


def test_words_are_found_in_all_their_forms_and_several_are_compared(kept: Kept) -> None:
    dates = Dates(kept.archive)
    chart = terms_over_time(kept.archive, dates, ["водяная мельница"], "year")
    assert {label: one.total for label, one in series(chart, "In the originals").items()} == {
        "Водяная мельница": 46,
        "водяную мельницу": 46,
    }
    chart = terms_over_time(kept.archive, dates, ["banned in Russia", "outlawed in Russia"], "year")
    found = series(chart, "In the translations")
    assert (found["banned in Russia"].total, found["outlawed in Russia"].total) == (17, 21)


def test_marks_have_their_wordings_on_both_sides_and_their_fates(kept: Kept) -> None:
    chart = marks_over_time(kept, PLAN.version, Dates(kept.archive), "banned", "year")
    assert {k: v.total for k, v in series(chart, "Wordings in the originals (ru)").items()} == {
        "запрещено в РФ": 23,
        "запрещено в России": 22,
    }
    there = series(chart, "Wordings in the translations (en)")
    assert there["banned in Russia"].counts == dict.fromkeys(("2015", "2016", "2017", "2018"), 4)
    assert there["outlawed in Russia"].total == 21
    fates = series(chart, "What became of the originals’ marks")
    assert fates["left out"].counts == {str(year): 1 for year in range(2019, 2026)}
    assert sum(one.total for one in fates.values()) == 45


def test_marks_of_another_status_are_not_counted(kept: Kept) -> None:
    assert marks_over_time(kept, PLAN.version, Dates(kept.archive), "foreign-agent", "year").total == 0


def test_an_unknown_status_is_refused(kept: Kept) -> None:
    with pytest.raises(UsageError, match="there is no 'forbidden'"):
        marks_over_time(kept, PLAN.version, Dates(kept.archive), "forbidden", "year")


def test_a_name_has_its_renderings_by_year(kept: Kept) -> None:
    chart = renderings_over_time(kept, PLAN.version, Dates(kept.archive), "Торабеков", "year")
    found = series(chart, "Renderings (en)")
    assert found["Torabekov"].counts == {str(y): 4 + (y == 2020) for y in range(2015, 2026)}
    with pytest.raises(UsageError, match="no pair has a name “Горбунков”"):
        renderings_over_time(kept, PLAN.version, Dates(kept.archive), "Горбунков", "year")


# Periods

DAYS = st.dates()


@given(DAYS, st.sampled_from(PERIODS))
def test_a_date_lies_in_a_period_that_is_between_itself_and_itself(day: object, by: By) -> None:
    figure = code(str(day))
    assert shown(figure) == str(day)
    assert between(period(figure, by), period(figure, by), by) == [period(figure, by)]


@given(DAYS, DAYS, st.sampled_from(PERIODS))
def test_periods_between_two_dates_are_in_order_without_a_gap(one: object, other: object, by: By) -> None:
    first, last = sorted((code(str(one)), code(str(other))))
    names = between(period(first, by), period(last, by), by)
    assert names == sorted(set(names))
    assert (names[0], names[-1]) == (period(first, by), period(last, by))
    years = int(str(last)[:-4] or 0) - int(str(first)[:-4] or 0)
    assert years <= len(names) <= 12 * (years + 1)


@pytest.mark.parametrize(
    ("date", "by", "name"),
    [("2021", "year", "2021"), ("2021", "month", ""), ("2021-05", "quarter", "2021-Q2"), ("", "year", "")],
    ids=["year", "year-by-month", "month-by-quarter", "none"],
)
def test_a_date_in_part_tells_what_it_tells(date: str, by: By, name: str) -> None:
    assert period(code(date), by) == name


# Charts

LABELS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
MONTHS = between("2019-11", "2021-02", "month")


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Charts with any labels in them."""
    panels = []
    units: list[Unit] = ["count", "share"]
    for unit in draw(st.lists(st.sampled_from(units), max_size=3)):
        rows = [
            Series(
                label,
                draw(st.dictionaries(st.sampled_from(MONTHS), st.integers(1, 5000))),
                draw(st.integers(0, 3)),
            )
            for label in draw(st.lists(LABELS, max_size=8, unique=True))
        ]
        panels.append(Panel(draw(LABELS), tuple(rows), unit))
    return Chart(
        draw(LABELS), "month", tuple(MONTHS), dict.fromkeys(MONTHS, 2), draw(st.integers(0, 3)), tuple(panels)
    )


@settings(max_examples=40)
@given(charts())
def test_a_plot_is_wellformed_and_every_column_lies_in_its_field(chart: Chart) -> None:
    root = ElementTree.fromstring(svg(chart))
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title") is not None
    height = float(root.attrib["height"])
    columns = [one for one in root.iter(f"{space}rect") if one.get("class") == "column"]
    wanted = sum(
        1 for panel in chart.panels for one in panel.series for count in one.counts.values() if count
    )
    assert len(columns) == wanted
    for one in columns:
        x, y, width, tall = (float(one.attrib[name]) for name in ("x", "y", "width", "height"))
        assert 56 <= x <= x + width <= 945
        assert 58 + 34 - 0.1 <= y <= y + tall <= height


@settings(max_examples=40)
@given(charts())
def test_records_hold_every_figure(chart: Chart) -> None:
    found = list(records(chart))
    assert sum(one["count"] for one in found) == chart.total
    lines = FORMATS["jsonl"](chart).splitlines()
    assert [json.loads(line) for line in lines] == found
    table = list(csv.DictReader(io.StringIO(FORMATS["csv"](chart), newline="")))
    assert [int(row["count"]) for row in table] == [one["count"] for one in found]


class Balanced(HTMLParser):
    """Counts elements that are open."""

    VOID = ("meta", "path", "rect")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@settings(max_examples=40)
@given(charts())
def test_a_page_is_balanced_and_says_what_the_table_says(chart: Chart) -> None:
    page = FORMATS["html"](chart)
    reader = Balanced()
    reader.feed(page)
    assert reader.open == []
    assert page.count("<table>") == len(chart.panels)
    assert not re.search(
        r"<script|javascript:|https?://(?!www\.w3\.org/2000/svg)", page.partition("<body>")[0]
    )


@given(st.integers(1, 10**7))
def test_ticks_are_few_round_and_reach_the_highest_column(highest: int) -> None:
    ticks = nice(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert ticks[-2] < highest
    assert 2 <= len(ticks) <= 6


def test_a_chart_without_anything_is_still_a_chart(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        chart = terms_over_time(archive, Dates(archive), ["мельница"], "month")
    for form in FORMATS.values():
        assert form(chart).strip() or form is FORMATS["jsonl"]
    assert "There is nothing to draw." in svg(chart)


def test_a_term_without_words_is_refused(kept: Kept) -> None:
    with pytest.raises(UsageError, match="needs words"):
        terms_over_time(kept.archive, Dates(kept.archive), ["…"], "month")
