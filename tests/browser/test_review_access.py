"""Every screen of the review page for everyone: no barrier that axe-core knows, nothing asked of elsewhere.

axe-core (MPL-2.0) comes with a package that only tests need; it is put into the page by the driver, which no
policy of the page forbids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.browser.conftest import log, look, not_there
from tests.browser.review_sample import SCREENS, sample
from tests.browser.review_server import base, press, script, served, until
from tests.browser.test_page import requests

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

WIDE, NARROW = 1280, 360
AS_IT_COMES = ((WIDE, "light"), (NARROW, "dark"))
UNFOLDED = ((WIDE, "dark"), (NARROW, "light"))
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(
  found => done(found.violations.map(v => [v.id, v.help, v.nodes.slice(0, 4).map(n => [n.html, n.any.concat(n.all)
    .map(c => c.message).join('; ').slice(0, 300)])])),
  error => done(String(error)));
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    """Where the page is, with its token."""
    with served(project) as found:
        yield found


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core."""
    found = find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        not_there("axe-playwright-python is not installed")
    return (Path(found.origin).parent / "axe.min.js").read_text("utf-8")


def open_screen(browser: Chrome, address: str, path: str) -> None:
    """Lets the browser in, and opens a screen."""
    browser.get(address)
    browser.get(base(address) + quote(path, safe="/?=&"))
    until(browser, lambda: script(browser, "return document.querySelector('#keys-button').hidden === false"))


def barriers(browser: Chrome, axe: str, looks: Sequence[tuple[int, str]] = AS_IT_COMES) -> dict[str, Any]:
    """What axe-core finds in the page as it is shown, by look."""
    script(browser, axe)
    found = {}
    for width, scheme in looks:
        look(browser, width=width, scheme=scheme)
        violations = browser.execute_async_script(RUN)
        if violations:
            found[f"{scheme}, {width} px"] = violations
    return found


def test_a_barrier_is_found(browser: Chrome, address: str, axe: str) -> None:
    open_screen(browser, address, "/nowhere")
    script(browser, "document.querySelector('main').append(document.createElement('img'))")
    found = barriers(browser, axe)
    assert {violation[0] for look in found.values() for violation in look} == {"image-alt"}


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_has_no_barrier(browser: Chrome, address: str, axe: str, name: str) -> None:
    open_screen(browser, address, SCREENS[name])
    assert barriers(browser, axe) == {}


@pytest.mark.parametrize("name", SCREENS)
def test_what_is_folded_has_no_barrier_either(browser: Chrome, address: str, axe: str, name: str) -> None:
    open_screen(browser, address, SCREENS[name])
    script(browser, "for (const one of document.querySelectorAll('details')) one.open = true")
    assert barriers(browser, axe, UNFOLDED) == {}


def test_the_list_of_keys_has_no_barrier(browser: Chrome, address: str, axe: str) -> None:
    open_screen(browser, address, "/findings")
    press(browser, "?")
    until(browser, lambda: script(browser, "return document.querySelector('dialog#keys').open"))
    assert barriers(browser, axe) == {}


def test_the_page_that_asks_for_the_password_has_no_barrier(
    browser: Chrome, project: Path, axe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORD_PASSWORD", "a long enough one")
    with served(project) as address:
        browser.get(address)
        assert script(browser, "return document.activeElement.name") == "password"
        assert barriers(browser, axe) == {}


@pytest.mark.parametrize("name", SCREENS)
def test_a_narrow_screen_needs_no_sideways_scrolling(browser: Chrome, address: str, name: str) -> None:
    look(browser, width=NARROW)
    open_screen(browser, address, SCREENS[name])
    assert script(browser, "return document.documentElement.scrollWidth") <= NARROW


def test_nothing_is_asked_of_elsewhere_and_the_console_stays_silent(browser: Chrome, address: str) -> None:
    for path in (path for name, path in SCREENS.items() if name != "error"):
        open_screen(browser, address, path)
    asked = {url for url in requests(browser) if not url.startswith(("data:", "chrome:"))}
    assert {url for url in asked if not url.startswith(base(address))} == set()
    assert [entry["message"] for entry in log(browser, "browser")] == []
