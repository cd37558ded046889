"""The screen of candidates in a real browser: one key a decision, undo, two people at once, both directions."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from align.errors import UsageError
from align.store import open_store
from glossary.model import Entry, Term
from glossary.review import actions as do
from glossary.store import Glossary, Query
from tests.browser.conftest import log, look
from tests.browser.test_page import CONTRASTS, requests
from tests.glossary.samples import aligned, candidate, candidates, project

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

WORDS = ("амбар", "брод", "ветряк", "гумно", "дрова", "ель")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a mill, a guild and some words; the mill has terms that run from right to left."""
    made = tmp_path_factory.mktemp("review")
    with open_store(project(made)) as store:
        glossary = Glossary(store)
        documents, _ = glossary.documents()
        words = [candidate("ru", word, ()) for word in WORDS]
        glossary.build([*candidates(aligned()), *words], documents, author="Ada")
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where the page is served."""
    command = [sys.executable, "-m", "glossary", "review", "--no-open", "--author", "Ada"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder)
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.send_signal(signal.SIGINT)
    process.wait(10)
    process.stdout.close()


class Review:
    """The page as an editor has it: keys go in, words come out."""

    def __init__(self, browser: Chrome, address: str, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.root = address.partition("?")[0]
        browser.get(address)
        self.go("candidates")

    def go(self, path: str) -> None:
        self.browser.get(self.root + path)

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.browser).send_keys(key).perform()

    def text(self, selector: str) -> str:
        found = self.browser.execute_script(
            "return document.querySelector(arguments[0])?.textContent.replace(/\\s+/g, ' ').trim() ?? ''",
            selector,
        )
        return str(found)

    @property
    def label(self) -> str:
        """The candidate in focus."""
        return self.text("#focus-title")

    @property
    def focused(self) -> str:
        """The id (or name) of the element with the focus."""
        return str(
            self.browser.execute_script(
                "const e = document.activeElement; return e.id || e.name || e.tagName"
            )
        )

    def until(self, holds: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + 20
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"{what}; in focus: {self.label!r}, notice: {self.text('#notice')!r}")
            time.sleep(0.02)

    def shows(self, label: str) -> None:
        self.until(lambda: self.label == label and self.focused == "focus-title", f"{label} is not in focus")

    def open(self, name: str, query: str = "state=all&") -> None:
        with self.glossary() as glossary:
            number = glossary.resolve(name)
        self.go(f"candidates?{query}id={number}")

    @contextmanager
    def glossary(self) -> Iterator[Glossary]:
        with open_store(self.folder / "concord.db") as store:
            yield Glossary(store)

    def entry(self, name: str) -> Entry:
        with self.glossary() as glossary:
            return glossary.get(glossary.resolve(name)).entry

    def queue(self) -> list[str]:
        with self.glossary() as glossary:
            return [row.label for row in glossary.page(Query(state="candidate")).rows]

    def statuses(self, name: str) -> dict[str, Any]:
        return {term.text: term.status for term in self.entry(name).concept.terms}


@pytest.fixture
def review(browser: Chrome, address: str, folder: Path) -> Iterator[Review]:
    yield Review(browser, address, folder)
    with open_store(folder / "concord.db") as store:
        glossary = Glossary(store)
        try:
            while True:
                glossary.undo(author="tidy")
        except UsageError:
            pass


# One key a decision


def test_a_accepts_and_the_next_candidate_has_the_focus_at_once(review: Review) -> None:
    first, second = review.queue()[:2]
    review.press("a")
    review.shows(second)
    assert review.entry(first).concept.state == "approved"


def test_what_was_done_is_read_out(review: Review) -> None:
    first, second = review.queue()[:2]
    review.press("a")
    review.until(lambda: f"Accepted: {first}. {second}" in review.text("#live"), "the live region is silent")


def test_the_address_and_the_title_follow(review: Review) -> None:
    second = review.queue()[1]
    review.press("a")
    review.shows(second)
    review.browser.refresh()
    assert review.label == second
    assert review.browser.title.startswith(second)


@pytest.mark.parametrize(("number", "reason"), [("1", "an ordinary word"), ("5", "an error of recognition")])
def test_r_and_a_number_reject_with_a_reason(review: Review, number: str, reason: str) -> None:
    first, second = review.queue()[:2]
    review.press("r", number)
    review.shows(second)
    concept = review.entry(first).concept
    assert (concept.state, concept.reason) == ("rejected", reason)


def test_a_number_alone_decides_nothing(review: Review) -> None:
    first = review.queue()[0]
    review.press("1", "2", "j")
    review.shows(review.queue()[1])
    assert review.entry(first).concept.state == "candidate"


def test_r_t_and_words_reject_with_that_reason(review: Review) -> None:
    from selenium.webdriver.common.keys import Keys

    first, second = review.queue()[:2]
    review.press("r", "t", "a bare word", Keys.ENTER)
    review.shows(second)
    assert review.entry(first).concept.reason == "a bare word"


@pytest.mark.parametrize(("key", "status"), [("f", "forbidden"), ("p", "preferred"), ("d", "deprecated")])
def test_a_key_and_a_number_give_a_term_a_status(review: Review, key: str, status: str) -> None:
    review.open("мельница")
    review.press(key, "3")
    review.until(lambda: review.statuses("мельница")["windmill"] == status, "no status was given")
    review.shows("windmill" if status == "preferred" else "мельница")


def test_i_opens_all_statuses(review: Review) -> None:
    from selenium.webdriver.common.keys import Keys

    review.open("мельница")
    review.press("i")
    review.until(lambda: review.focused == "panel-first", "the form did not open")
    review.press(Keys.TAB, Keys.ENTER)
    review.until(lambda: review.statuses("мельница")["мельница"] == "admitted", "no status was given")


def test_e_edits_with_the_focus_in_the_first_field(review: Review) -> None:
    from selenium.webdriver.common.keys import Keys

    review.open("гумно")
    review.press("e")
    review.until(lambda: review.focused == "panel-first", "the form did not open")
    review.press(Keys.END, " новое", Keys.ENTER)
    review.shows("гумно новое")


def test_m_merges_into_the_one_that_is_typed_and_undo_restores_both(review: Review) -> None:
    from selenium.webdriver.common.keys import Keys

    before = review.entry("мельница"), review.entry("цех мельников")
    review.open("мельница")
    review.press("m")
    review.until(lambda: review.focused == "panel-first", "the form did not open")
    review.press("guil")
    review.until(lambda: "цех мельников" in review.text("#found"), "nothing was found while typing")
    review.press(Keys.ENTER)
    review.until(lambda: "мельница" in review.statuses("цех мельников"), "nothing was merged")
    review.until(lambda: "merged" in review.text("form[action='/candidates/undo']"), "no undo is offered")
    review.press("u")
    review.shows("мельница")
    after = review.entry("мельница"), review.entry("цех мельников")
    assert [e.concept.terms for e in after] == [e.concept.terms for e in before]


def test_l_links_to_the_one_that_is_chosen(review: Review) -> None:
    review.open("мельница")
    review.press("l")
    review.until(lambda: review.focused == "panel-first", "the form did not open")
    review.press("брод")
    review.until(lambda: "брод" in review.text("#found"), "nothing was found while typing")
    review.browser.find_element("css selector", "#found button").click()
    review.until(lambda: bool(review.entry("мельница").concept.links), "no link was made")


def test_x_splits_ticked_terms_off(review: Review) -> None:
    review.open("мельница")
    review.press("x")
    review.until(lambda: review.focused == "panel-first", "the form did not open")
    review.browser.find_elements("css selector", ".panel input[name=term]")[2].click()
    review.browser.find_element("css selector", ".panel button.primary").click()
    review.until(lambda: "windmill" not in review.statuses("мельница"), "nothing was split off")


def test_c_comments_and_keys_are_letters_there(review: Review) -> None:
    from selenium.webdriver.common.keys import Keys

    review.open("ель")
    review.press("c")
    review.until(lambda: review.focused == "comment", "the field has no focus")
    review.press("a far tree", Keys.TAB, Keys.ENTER)
    review.until(lambda: bool(review.entry("ель").comments), "no comment was kept")
    assert review.entry("ель").comments[0].text == "a far tree"
    assert review.entry("ель").concept.state == "candidate"


def test_s_skips_and_decides_nothing(review: Review) -> None:
    before = review.queue()
    review.press("s")
    review.shows(before[1])
    assert review.queue() == before


def test_j_and_k_walk_through_the_queue(review: Review) -> None:
    names = review.queue()
    review.press("j")
    review.shows(names[1])
    review.press("j")
    review.shows(names[2])
    review.press("k")
    review.shows(names[1])


def test_u_and_capital_u_undo_and_redo(review: Review) -> None:
    first, second = review.queue()[:2]
    review.press("a")
    review.shows(second)
    review.press("u")
    review.shows(first)
    assert review.entry(first).concept.state == "candidate"
    review.press("U")
    review.until(lambda: review.entry(first).concept.state == "approved", "nothing was done again")


def test_o_opens_what_was_decided_again(review: Review) -> None:
    review.open("дрова", "")
    review.press("a")
    review.until(lambda: review.entry("дрова").concept.state == "approved", "it was not accepted")
    review.open("дрова")
    review.press("o")
    review.until(lambda: review.entry("дрова").concept.state == "candidate", "it was not opened again")


def test_slash_goes_to_the_search_where_keys_are_letters(review: Review) -> None:
    from selenium.webdriver.common.keys import Keys

    review.press("/")
    review.until(lambda: review.focused == "q", "the search has no focus")
    review.press("ветряк", Keys.ENTER)
    review.shows("ветряк")


def test_a_question_mark_lists_the_keys(review: Review) -> None:
    review.press("?")
    review.until(
        lambda: "Accept" in review.text("#keys") and "Undo" not in review.text("#keys"), "no list of keys"
    )
    assert all(word in review.text("#keys") for word in ("Reject", "Merge", "Skip", "Comment", "Search"))


def test_a_cyrillic_keyboard_works_too(review: Review) -> None:
    first = review.queue()[0]
    for kind in ("keyDown", "keyUp"):
        sent = {"type": kind, "key": "ф", "code": "KeyA", "text": "ф" if kind == "keyDown" else ""}
        review.browser.execute_cdp_cmd("Input.dispatchKeyEvent", sent | {"windowsVirtualKeyCode": 65})
    review.until(lambda: review.entry(first).concept.state == "approved", "ф is not where a is")


def test_the_last_one_leads_back_to_the_beginning(review: Review) -> None:
    names = review.queue()
    review.open(names[-1], "")
    review.press("a")
    review.shows("That was the last one")
    review.press("s")
    review.shows(names[0])


# Many at once


def test_many_are_looked_at_first_and_taken_back_at_once(review: Review) -> None:
    from selenium.webdriver.common.keys import Keys

    names = review.queue()
    review.press("b")
    review.until(lambda: "Many at once" in review.text("h1"), "the list did not open")
    review.browser.find_element("css selector", "input[value=all]").click()
    review.press("p")
    review.until(lambda: f"Accept {len(names)} concepts?" in review.text("h1"), "there is no preview")
    assert review.queue() == names
    review.press(Keys.ENTER)
    review.until(lambda: review.queue() == [], "nothing was accepted")
    review.until(
        lambda: f"{len(names)} concepts" in review.text("form[action='/candidates/undo']"), "no undo"
    )
    review.press("u")
    review.until(lambda: review.queue() == names, "not all were taken back")


# Two people at once


def test_an_edit_on_a_stale_view_shows_both_versions_and_keeps_what_was_typed(review: Review) -> None:
    from selenium.webdriver.common.keys import Keys

    review.open("амбар")
    review.press("e")
    review.until(lambda: review.focused == "panel-first", "the form did not open")
    review.browser.switch_to.new_window("tab")
    review.open("амбар")
    review.press("c")
    review.press("which barn?", Keys.TAB, Keys.ENTER)
    review.until(lambda: bool(review.entry("амбар").comments), "the other one's comment was not kept")
    review.browser.close()
    review.browser.switch_to.window(review.browser.window_handles[0])
    review.press(Keys.END, " старый", Keys.ENTER)
    review.until(
        lambda: "Changed since you looked" in review.text("#conflict-title"), "no conflict was shown"
    )
    typed = review.browser.find_element("css selector", "input[name=text-0]").get_attribute("value")
    assert (typed, [t.text for t in review.entry("амбар").concept.terms]) == ("амбар старый", ["амбар"])
    assert "As you saw it" in review.text(".versions")
    review.browser.find_element("css selector", ".conflict button").click()
    review.shows("амбар старый")
    assert review.entry("амбар старый").comments[0].text == "which barn?"


def test_what_somebody_else_decides_appears(review: Review) -> None:
    first = review.label
    with review.glossary() as glossary:
        glossary.perform(do.Reject((glossary.resolve(first),)), author="Bela")
    review.until(lambda: "This one was rejected by Bela" in review.text("#pulse"), "nothing was said")


# For everyone


@pytest.mark.parametrize(("lang", "text"), [("ar", "طاحونة"), ("fa", "آسیاب"), ("he", "טחנה")])
def test_a_term_runs_in_its_own_direction_beside_a_russian_one(review: Review, lang: str, text: str) -> None:
    with review.glossary() as glossary:
        glossary.perform(do.AddTerm(glossary.resolve("мельница"), Term(text, lang)), author="Ada")
    review.open("мельница")
    script = "return [...document.querySelectorAll('.terms .text')].map(e => [e.lang, getComputedStyle(e).direction])"
    found = review.browser.execute_script(script)
    assert [lang, "rtl"] in found
    assert ["ru", "ltr"] in found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["candidates", "candidates/bulk", "consistency", "ledger"])
def test_every_text_has_contrast(review: Review, path: str, scheme: str) -> None:
    look(review.browser, scheme=scheme)
    review.go(path)
    lowest, what = review.browser.execute_script(CONTRASTS)[0]
    assert lowest >= 4.5, what


@pytest.mark.parametrize("path", ["candidates", "candidates/bulk", "consistency", "ledger"])
def test_nothing_is_wider_than_a_narrow_screen(review: Review, path: str) -> None:
    look(review.browser, width=360)
    review.go(path)
    assert review.browser.execute_script("return document.documentElement.scrollWidth") <= 360


def test_nothing_is_fetched_from_elsewhere_and_nothing_is_refused(review: Review) -> None:
    review.press("a", "r", "1", "u", "b")
    assert [url for url in requests(review.browser) if not url.startswith((review.root, "about:"))] == []
    assert [entry for entry in log(review.browser, "browser") if entry["level"] == "SEVERE"] == []
