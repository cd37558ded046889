"""What a browser makes of the report of findings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from align.formats.write import write_file
from glossary.formats.findings import Report, write
from tests.browser.conftest import log, look
from tests.browser.test_page import CONTRASTS, requests, style
from tests.contracts.writers import STRANGE
from tests.glossary.formats.findings.samples import in_text, many, report

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


def open_report(browser: Chrome, folder: Path, shown: Report | None = None) -> Path:
    path = folder / "report.html"
    write_file(path, lambda out: write(shown or report(), "html", out))
    browser.get(path.as_uri())
    return path


def in_order(browser: Chrome) -> list[int]:
    """The numbers of the findings in sight, from top to bottom."""
    script = """
    return [...document.querySelectorAll('article.finding')].filter(a => a.checkVisibility())
      .map(a => Number(a.dataset.n));
    """
    found = browser.execute_script(script)
    assert isinstance(found, list)
    return found


def choose(browser: Chrome, name: str, value: str) -> None:
    script = """
    const select = document.querySelector('select#by-' + arguments[0]);
    select.value = arguments[1];
    select.dispatchEvent(new Event('change'));
    """
    browser.execute_script(script, name, value)


def search(browser: Chrome, words: str) -> None:
    browser.execute_async_script(
        "const field = document.getElementById('by-words'), done = arguments[1];"
        "field.value = arguments[0]; field.dispatchEvent(new Event('input')); setTimeout(done, 300);",
        words,
    )


def told(browser: Chrome) -> Any:
    return browser.execute_script("return document.getElementById('shown').textContent")


def test_the_report_requests_nothing_but_itself(browser: Chrome, tmp_path: Path) -> None:
    path = open_report(browser, tmp_path)
    assert {url for url in requests(browser) if not url.startswith("data:")} == {path.as_uri()}


@pytest.mark.parametrize("shown", [report(), Report(), in_text(STRANGE)], ids=["sample", "empty", "strange"])
def test_the_console_stays_silent(browser: Chrome, tmp_path: Path, shown: Report) -> None:
    open_report(browser, tmp_path, shown)
    assert log(browser, "browser") == []


def test_scripts_in_a_text_do_not_run(browser: Chrome, tmp_path: Path) -> None:
    hostile = ["<script>document.title='x'</script>", "</script><img src=x onerror=\"document.title='x'\">"]
    open_report(browser, tmp_path, in_text(hostile))
    assert browser.title != "x"
    assert (
        browser.execute_script("return document.querySelectorAll('article script, article img').length") == 0
    )


def test_all_findings_are_in_sight_by_rule_at_first(browser: Chrome, tmp_path: Path) -> None:
    open_report(browser, tmp_path)
    assert in_order(browser) == [4, 3, 7, 2, 1, 5, 6]
    assert told(browser) == "7 shown"


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [("rule", "T007", [3, 7]), ("severity", "error", [2, 5, 6]), ("document", "2", [6])],
)
def test_a_filter_leaves_what_fits(
    browser: Chrome, tmp_path: Path, name: str, value: str, left: list[int]
) -> None:
    open_report(browser, tmp_path)
    choose(browser, name, value)
    assert in_order(browser) == left
    assert told(browser) == f"{len(left)} of 7 shown"


def test_a_rule_without_findings_in_sight_is_hidden_too(browser: Chrome, tmp_path: Path) -> None:
    open_report(browser, tmp_path)
    choose(browser, "rule", "T007")
    script = "return [...document.querySelectorAll('section.rule')].filter(s => s.checkVisibility()).map(s => s.id)"
    assert browser.execute_script(script) == ["rule-T007"]


def test_filters_go_together(browser: Chrome, tmp_path: Path) -> None:
    open_report(browser, tmp_path)
    choose(browser, "severity", "warning")
    search(browser, "BOATMEN’S lorvick")
    assert in_order(browser) == [4, 3]


def test_the_order_of_the_texts_and_back(browser: Chrome, tmp_path: Path) -> None:
    open_report(browser, tmp_path)
    choose(browser, "order", "place")
    assert in_order(browser) == [1, 2, 3, 4, 5, 6, 7]
    choose(browser, "order", "")
    assert in_order(browser) == [4, 3, 7, 2, 1, 5, 6]


def test_one_button_shows_all_again(browser: Chrome, tmp_path: Path) -> None:
    open_report(browser, tmp_path)
    choose(browser, "severity", "note")
    browser.execute_async_script("document.getElementById('show-all').click(); setTimeout(arguments[0], 50);")
    assert len(in_order(browser)) == 7


def test_a_link_shows_its_finding_even_when_that_is_filtered_out(browser: Chrome, tmp_path: Path) -> None:
    open_report(browser, tmp_path)
    choose(browser, "severity", "note")
    browser.execute_async_script("location.hash = '#f6'; setTimeout(arguments[0], 100);")
    assert 6 in in_order(browser)


def test_without_the_script_everything_is_there(browser: Chrome, tmp_path: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        open_report(browser, tmp_path)
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert len(in_order(browser)) == 7
    assert style(browser, "#filters", "display") == "none"


def test_ten_thousand_findings_can_be_searched(browser: Chrome, tmp_path: Path) -> None:
    open_report(browser, tmp_path, many(10_000))
    search(browser, "letter 9999.")
    assert told(browser) == "1 of 10000 shown"


def test_right_to_left_text_runs_from_the_right(browser: Chrome, tmp_path: Path) -> None:
    open_report(browser, tmp_path)
    assert style(browser, "#f6 .sentence[lang=fa]", "direction") == "rtl"
    script = """
    const side = document.querySelector('#f6 .sentence[lang=fa]'), range = document.createRange();
    range.selectNodeContents(side);
    const text = range.getBoundingClientRect(), box = side.getBoundingClientRect();
    return [text.left - box.left, box.right - text.right];
    """
    left, right = browser.execute_script(script)
    assert right < left


def test_both_sentences_stand_side_by_side_or_below_each_other(browser: Chrome, tmp_path: Path) -> None:
    script = """
    const [one, two] = [...document.querySelectorAll('#f5 .side')].map(s => s.getBoundingClientRect());
    return [one.top === two.top, one.left === two.left];
    """
    open_report(browser, tmp_path)
    assert browser.execute_script(script) == [True, False]
    look(browser, width=400)
    assert browser.execute_script(script) == [False, True]


@pytest.mark.parametrize("width", [320, 400, 640, 768, 1280])
@pytest.mark.parametrize(
    "shown", [report(), in_text(["x" * 300, "Donaudampfschifffahrts" * 20])], ids=["sample", "long words"]
)
def test_nothing_sticks_out_at_the_side(browser: Chrome, tmp_path: Path, shown: Report, width: int) -> None:
    look(browser, width=width)
    open_report(browser, tmp_path, shown)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_all_text_has_the_contrast_that_readers_need(
    browser: Chrome, tmp_path: Path, scheme: str, width: int
) -> None:
    look(browser, width=width, scheme=scheme)
    open_report(browser, tmp_path)
    browser.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = browser.execute_script(CONTRASTS)
    assert len(found) > 100
    assert [entry for entry in found if entry[0] < 4.5] == []


def test_every_control_has_a_name(browser: Chrome, tmp_path: Path) -> None:
    open_report(browser, tmp_path)
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    controls = [
        node.get("name", {}).get("value", "")
        for node in nodes
        if node.get("role", {}).get("value") in ("combobox", "searchbox", "button")
    ]
    assert sorted(controls) == ["Order", "Rule", "Search", "Severity", "Show all", "Text"]


def test_a_screen_reader_hears_the_chart_and_its_numbers(browser: Chrome, tmp_path: Path) -> None:
    open_report(browser, tmp_path)
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    images = [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "image"]
    assert any(name.startswith("Renderings of Союз паромщиков, 2021 to 2023") for name in images)


def test_print_leaves_out_the_filters_and_opens_what_is_folded(browser: Chrome, tmp_path: Path) -> None:
    open_report(browser, tmp_path)
    look(browser, media="print")
    assert style(browser, "#filters", "display") == "none"
    script = "return document.querySelector('.chart .numbers').getBoundingClientRect().height"
    assert browser.execute_script(script) > 20
