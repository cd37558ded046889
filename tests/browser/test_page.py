"""What a browser makes of the standalone page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from align.formats.write import write, write_file
from align.model import Alignment
from tests.bitexts import align, bead, document, small, three_versions
from tests.browser.conftest import log, look

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

# Every visible text with its contrast to what is painted behind it (WCAG 2.2, 1.4.3).
CONTRASTS = """
const part = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
const rgba = text => text.match(/[\\d.]+/g).map(Number);
const behind = e => {
  for (; e; e = e.parentElement) {
    const found = rgba(getComputedStyle(e).backgroundColor);
    if (found.length < 4 || found[3] > 0) return found;
  }
  return [255, 255, 255];
};
const found = [];
for (const e of document.querySelectorAll('body *')) {
  const own = [...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim());
  if (!own || !e.checkVisibility() || e.closest('svg')) continue;
  const a = light(rgba(getComputedStyle(e).color)), b = light(behind(e));
  found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.className + ': ' + e.textContent.slice(0, 30)]);
}
return found.sort((x, y) => x[0] - y[0]);
"""


def long_text() -> Alignment:
    """300 beads, every fiftieth doubtful: number 50, 100 …"""
    n = 300
    one = document("a.txt", "ru", [f"Предложение номер {i + 1}." for i in range(n)])
    two = document("b.txt", "en", [f"This is sentence number {i + 1}." for i in range(n)])
    return align(one, two, [bead([i], [i], 0.1 if i % 50 == 49 else 0.9) for i in range(n)])


def open_page(browser: Chrome, folder: Path, *pairs: Alignment) -> Path:
    path = folder / "page.html"
    write_file(path, lambda out: write(pairs, "html", out))
    browser.get(path.as_uri())
    return path


def requests(browser: Chrome) -> list[str]:
    messages = [json.loads(entry["message"])["message"] for entry in log(browser, "performance")]
    return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]


def style(browser: Chrome, selector: str, name: str) -> Any:
    script = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    return browser.execute_script(script, selector, name)


def click(browser: Chrome, selector: str) -> None:
    browser.find_element("css selector", selector).click()


def shown_rows(browser: Chrome) -> list[str]:
    script = (
        "return [...document.querySelectorAll('tbody tr')].filter(r => r.checkVisibility()).map(r => r.id)"
    )
    found = browser.execute_script(script)
    assert isinstance(found, list)
    return found


def in_view(browser: Chrome, row: str) -> bool:
    """Whether the row is in sight, below the header that stays."""
    script = """
    const row = document.getElementById(arguments[0]).getBoundingClientRect();
    const head = document.querySelector('thead th').getBoundingClientRect();
    return row.top >= head.bottom && row.bottom <= innerHeight;
    """
    return bool(browser.execute_script(script, row))


def test_the_page_requests_nothing_but_itself(browser: Chrome, tmp_path: Path) -> None:
    path = open_page(browser, tmp_path, small())
    assert {url for url in requests(browser) if not url.startswith("data:")} == {path.as_uri()}


def test_the_console_stays_silent(browser: Chrome, tmp_path: Path) -> None:
    one, two = (
        document("a", "ru", ["<script>throw 1</script>"]),
        document("b", "en", ["<img src=x onerror=y>"]),
    )
    for pairs in ([small()], three_versions(), [align(one, two, [bead([0], [0], 0.1)])]):
        open_page(browser, tmp_path, *pairs)
        assert log(browser, "browser") == []


def test_a_link_of_the_list_leads_to_its_bead(browser: Chrome, tmp_path: Path) -> None:
    open_page(browser, tmp_path, long_text())
    assert not in_view(browser, "b150")
    click(browser, ".look a[href='#b150']")
    assert in_view(browser, "b150")
    assert style(browser, "tr:target", "outlineStyle") == "solid"


def test_arrows_lead_from_one_doubtful_bead_to_the_next(browser: Chrome, tmp_path: Path) -> None:
    open_page(browser, tmp_path, long_text())
    click(browser, ".look a[href='#b150']")
    click(browser, "#b150 a[aria-label^=Next]")
    assert in_view(browser, "b200")
    click(browser, "#b200 a[aria-label^=Previous]")
    assert in_view(browser, "b150")


def test_the_filter_shows_only_what_to_look_at(browser: Chrome, tmp_path: Path) -> None:
    open_page(browser, tmp_path, long_text())
    assert len(shown_rows(browser)) == 300
    click(browser, "label[for=only]")
    assert shown_rows(browser) == ["b50", "b100", "b150", "b200", "b250", "b300"]


def test_a_mark_of_the_plot_leads_to_its_bead_even_when_that_is_filtered_out(
    browser: Chrome, tmp_path: Path
) -> None:
    open_page(browser, tmp_path, long_text())
    click(browser, "label[for=only]")
    browser.execute_script(
        "document.querySelector('figure a[href=\"#b120\"]').dispatchEvent(new MouseEvent('click'))"
    )
    assert "b120" in shown_rows(browser)
    assert in_view(browser, "b120")


def test_right_to_left_text_runs_from_the_right(browser: Chrome, tmp_path: Path) -> None:
    open_page(browser, tmp_path, *three_versions())
    assert style(browser, ".side[lang=fa]", "direction") == "rtl"
    assert style(browser, ".side[lang=ru]", "direction") == "ltr"
    script = """
    const cell = document.querySelector('#b3 .side[lang=fa]'), range = document.createRange();
    range.selectNodeContents(cell.querySelector('p'));
    const text = range.getBoundingClientRect(), box = cell.getBoundingClientRect();
    return [text.left - box.left, box.right - text.right];
    """
    left, right = browser.execute_script(script)
    assert right < left


def test_every_text_is_isolated_from_its_neighbours(browser: Chrome, tmp_path: Path) -> None:
    open_page(browser, tmp_path, *three_versions())
    for selector in (".side", ".look .what", "thead .file"):
        assert style(browser, selector, "unicodeBidi") == "isolate"


def test_an_override_in_a_text_turns_nothing_round(browser: Chrome, tmp_path: Path) -> None:
    one, two = document("a", "en", ["abc\u202edef"]), document("b", "en", ["x"])
    open_page(browser, tmp_path, align(one, two, [bead([0], [0])]))
    script = """
    const text = document.querySelector('td.pivot p').lastChild, range = document.createRange();
    return ['d', 'e', 'f'].map(letter => {
      const at = text.data.indexOf(letter);
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect().left;
    });
    """
    places = browser.execute_script(script)
    assert places == sorted(places)


def test_a_screen_reader_finds_a_table_at_every_width(browser: Chrome, tmp_path: Path) -> None:
    open_page(browser, tmp_path, small())
    for width in (1280, 400):
        look(browser, width=width)
        nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        roles = [node.get("role", {}).get("value") for node in nodes if not node.get("ignored")]
        assert roles.count("table") == 1
        assert roles.count("rowheader") == 6
        assert roles.count("row") == 6 + (width > 700)  # the header row has no place in a single column


@pytest.mark.parametrize("width", [320, 400, 768, 1280])
def test_nothing_sticks_out_at_the_side(browser: Chrome, tmp_path: Path, width: int) -> None:
    one = document("a" * 80 + ".txt", "de", ["Donaudampfschifffahrts" * 20])
    two = document("b", "fa", ["x" * 300])
    look(browser, width=width)
    for pairs in (three_versions(), [align(one, two, [bead([0], [0], 0.1)])]):
        open_page(browser, tmp_path, *pairs)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_all_text_has_the_contrast_that_readers_need(
    browser: Chrome, tmp_path: Path, scheme: str, width: int
) -> None:
    look(browser, width=width, scheme=scheme)
    open_page(browser, tmp_path, small())
    found = browser.execute_script(CONTRASTS)
    assert len(found) > 40
    assert [entry for entry in found if entry[0] < 4.5] == []


def test_dark_is_dark(browser: Chrome, tmp_path: Path) -> None:
    open_page(browser, tmp_path, small())
    light = style(browser, "body", "backgroundColor")
    look(browser, scheme="dark")
    assert style(browser, "body", "backgroundColor") != light


def test_print_leaves_out_what_only_a_screen_needs(browser: Chrome, tmp_path: Path) -> None:
    open_page(browser, tmp_path, small())
    look(browser, media="print")
    for selector in ("#only", "label[for=only]", ".flag a"):
        assert style(browser, selector, "display") == "none"
    assert style(browser, "thead", "display") == "table-header-group"
