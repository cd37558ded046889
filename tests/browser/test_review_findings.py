"""The findings screen in a real browser: every key, the focus after each decision, two people at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from align.store import open_store
from align.store.notes import Notes
from glossary.store.checked import Checks
from tests.browser.conftest import look
from tests.browser.review_server import base, press, script, served, until
from tests.web.findings_site import BRACKET, NUMBER, SPELLING, checked, finding, sample, texts

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

KEYS = "? C / Escape n p u d 1 2 3 4 5 t a g o r ArrowLeft ArrowRight"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return checked(tmp_path)


@pytest.fixture
def page(browser: Chrome, path: Path) -> Iterator[str]:
    """The screen, open; its server's address."""
    with served(path) as address:
        browser.get(address)
        opened(browser, f"{base(address)}/findings")
        yield base(address)


def opened(browser: Chrome, url: str) -> None:
    browser.get(url)
    until(browser, lambda: script(browser, "return document.querySelector('#keys-button').hidden === false"))


def current(browser: Chrome) -> str:
    """The finding in focus."""
    return str(
        script(browser, "return document.querySelector('[data-item][aria-current=true]')?.dataset.item || ''")
    )


def at_finding(browser: Chrome, print: str) -> None:
    until(
        browser, lambda: current(browser) == print and focused(browser) == f"f-{print}", f"{print} in focus"
    )


def focused(browser: Chrome) -> str:
    return str(script(browser, "return document.activeElement.id"))


def said(browser: Chrome, words: str) -> None:
    until(
        browser, lambda: words in script(browser, "return document.getElementById('live').textContent"), words
    )


def dismissed(path: Path) -> dict[str, str]:
    with open_store(path) as store:
        return {print: one.reason for print, one in Checks(store).dismissed().items()}


def test_j_and_k_walk_through_the_findings(browser: Chrome, page: str) -> None:
    press(browser, "j")
    at_finding(browser, NUMBER)
    press(browser, "j", "k", "k")
    at_finding(browser, SPELLING)


def test_two_keys_dismiss_for_a_reason_of_the_list_and_go_on(browser: Chrome, page: str, path: Path) -> None:
    press(browser, "d", "2")
    at_finding(browser, NUMBER)
    said(browser, "Dismissed: T007")
    assert list(dismissed(path)) == [SPELLING]


def test_the_key_of_a_reason_does_nothing_while_the_reasons_are_folded(
    browser: Chrome, page: str, path: Path
) -> None:
    press(browser, "2", "d")
    until(browser, lambda: script(browser, "return document.querySelector('details.dismiss').open"))
    assert dismissed(path) == {}


def test_another_reason_is_typed_and_keys_are_letters_there(browser: Chrome, page: str, path: Path) -> None:
    press(browser, "j", "d", "t")
    until(browser, lambda: focused(browser) == f"why-{NUMBER}")
    press(browser, "dun", "\ue007")
    at_finding(browser, BRACKET)
    assert dismissed(path) == {NUMBER: "dun"}


def test_dismissed_and_undone_all_is_as_it_was(browser: Chrome, page: str, path: Path) -> None:
    press(browser, "d", "1")
    at_finding(browser, NUMBER)
    press(browser, "u")
    at_finding(browser, SPELLING)
    said(browser, "Undone: dismissed T007 in talk.en.txt")
    assert dismissed(path) == {}


def test_a_dismissed_finding_is_restored(browser: Chrome, page: str, path: Path) -> None:
    press(browser, "d", "1")
    at_finding(browser, NUMBER)
    opened(browser, f"{page}/findings?state=dismissed")
    press(browser, "r")
    until(browser, lambda: dismissed(path) == {})


def test_a_correction_is_accepted_and_taken_back(browser: Chrome, page: str, path: Path) -> None:
    press(browser, "a")
    at_finding(browser, NUMBER)
    assert corrected(path) == ["Karen left in 1989."]
    press(browser, "u")
    until(browser, lambda: corrected(path) == [])


def corrected(path: Path) -> list[str]:
    with open_store(path) as store:
        (document,) = store.db.execute("SELECT target FROM alignments").fetchone()
        return [note.new for note in Notes(store).corrections(document)]


def test_n_and_p_go_from_rule_to_rule(browser: Chrome, page: str) -> None:
    press(browser, "n")
    at_finding(browser, NUMBER)
    press(browser, "n")
    at_finding(browser, BRACKET)
    press(browser, "p")
    at_finding(browser, NUMBER)


def test_g_goes_to_the_bead(browser: Chrome, page: str) -> None:
    press(browser, "j", "j", "g")
    until(browser, lambda: browser.current_url == f"{page}/alignment/1?at=4#b4")


def test_o_opens_the_concept(browser: Chrome, page: str) -> None:
    press(browser, "o")
    until(browser, lambda: browser.current_url == f"{page}/candidates?state=all&q=Karren")


def test_a_filter_changes_the_list_and_the_address(browser: Chrome, page: str) -> None:
    script(
        browser,
        "const s = document.getElementById('by-rule'); s.value = 'F001';"
        "s.dispatchEvent(new Event('change', {bubbles: true}))",
    )
    until(browser, lambda: current(browser) == NUMBER)
    until(browser, lambda: "rule=F001" in browser.current_url)


def test_the_search_field_has_a_key_and_escape_leads_out(browser: Chrome, page: str) -> None:
    press(browser, "/")
    until(browser, lambda: focused(browser) == "by-words")
    press(browser, "bridge", "\ue007")
    until(browser, lambda: current(browser) == BRACKET)
    press(browser, "\ue00c")
    until(browser, lambda: focused(browser) != "by-words")


def test_pages_go_on_with_the_arrows(browser: Chrome, tmp_path: Path) -> None:
    alignment = texts(["word"] * 45, ["слово"] * 45)
    found = [finding(alignment, "F001", n, "word", "Here.", f"{n:016x}") for n in range(45)]
    with served(checked(tmp_path, alignment, found)) as address:
        browser.get(address)
        opened(browser, f"{base(address)}/findings")
        press(browser, "\ue014")
        until(browser, lambda: current(browser) == f"{20:016x}")
        press(browser, "\ue012")
        until(browser, lambda: current(browser) == f"{0:016x}")


def test_a_decision_of_another_is_shown_with_both_versions(browser: Chrome, page: str, path: Path) -> None:
    with open_store(path) as store:
        Checks(store).dismiss(sample(texts())[:1], author="Ben", reason="his reason")
    press(browser, "d", "1")
    until(browser, lambda: browser.find_element("css selector", ".conflict"))
    text = browser.find_element("css selector", ".conflict").text
    assert "his reason" in text
    assert "It is right as it stands" in text
    assert dismissed(path) == {SPELLING: "his reason"}


def test_a_check_shows_its_progress_and_its_end(browser: Chrome, page: str, path: Path) -> None:
    from align.edit import EditRequest

    with open_store(path) as store:
        store.edit(1, EditRequest("confirm", 1), "Ben")
    opened(browser, f"{page}/findings")
    press(browser, "C")
    until(browser, lambda: "Checked:" in browser.find_element("id", "job").text)


def test_every_key_is_shown_and_listed(browser: Chrome, page: str) -> None:
    press(browser, "?")
    until(browser, lambda: script(browser, "return document.querySelector('dialog#keys').open"))
    listed = script(
        browser,
        "return [...document.querySelectorAll('dialog#keys button[id^=keys-]')].map(b => b.id.slice(5))",
    )
    assert set(listed) <= set(KEYS.split())
    assert {"d", "1", "t", "a", "g", "o", "n", "p", "u", "/"} <= set(listed)


def test_a_right_to_left_sentence_stands_on_the_right(browser: Chrome, tmp_path: Path) -> None:
    from dataclasses import replace

    alignment = texts()
    alignment = replace(alignment, source=replace(alignment.source, lang="he"))
    with served(checked(tmp_path, alignment)) as address:
        browser.get(address)
        opened(browser, f"{base(address)}/findings")
        first = "getComputedStyle(document.querySelector('.finding .sentence'))"
        assert script(browser, f"return [{first}.direction, {first}.textAlign]") == ["rtl", "start"]


def test_on_a_narrow_screen_the_sentences_stand_below_each_other(browser: Chrome, page: str) -> None:
    look(browser, width=360)
    tops = script(
        browser,
        "return [...document.querySelectorAll('.side')].slice(0, 2).map(s => s.getBoundingClientRect().left)",
    )
    assert tops[0] == tops[1]
