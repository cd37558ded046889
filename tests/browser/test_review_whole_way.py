"""The whole way in a real browser: two files dropped, aligned, terms collected and decided, exported as PO.

And a project of 50,000 candidates, in which a decision is followed by the next candidate as in a small one.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest

from align.store import init_store, open_store
from glossary.model import Candidate, Term
from glossary.store import Glossary, Query
from tests.browser.review_server import base, press, script, served, until

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
MANY = 50_000
DROP = """const held = new DataTransfer();
for (const [name, data] of arguments[0])
  held.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name));
const form = document.querySelector('[data-drop]');
for (const kind of ['dragover', 'drop'])
  form.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: held}));"""
SAVED = """const done = arguments[arguments.length - 1];
const form = document.querySelector('#terms-format').form;
const asked = new URLSearchParams({format: 'po', source: 'ru', target: 'en'});
const how = form.method === 'post' ? {method: 'POST', body: asked} : {};
const url = form.method === 'post' ? form.action : `${form.action}?${asked}`;
fetch(url, how).then(answer => answer.text()).then(done);"""


def ready(browser: Chrome) -> None:
    """Waits until the page's keys answer."""
    until(browser, lambda: script(browser, "return document.querySelector('#keys-button')?.hidden === false"))


def title(browser: Chrome) -> str:
    """The candidate in focus."""
    return str(script(browser, "return document.getElementById('focus-title')?.textContent.trim() ?? ''"))


def shows(browser: Chrome, wanted: str) -> None:
    """Waits until this candidate is in focus."""
    until(browser, lambda: title(browser) == wanted, wanted)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A project without texts."""
    folder = tmp_path / "new"
    folder.mkdir()
    return init_store(folder / "concord.db")[0]


def test_dropped_files_become_decided_terms_in_a_po_file(browser: Chrome, empty: Path) -> None:
    with served(empty) as address:
        browser.get(address)
        ready(browser)
        names = [f"interview.{lang}.txt" for lang in ("ru", "en")]
        script(
            browser, DROP, [(name, base64.b64encode((SEEDS / name).read_bytes()).decode()) for name in names]
        )
        script(browser, "document.getElementById('align').click()")
        until(
            browser, lambda: "beads" in script(browser, "return document.getElementById('job').textContent")
        )
        browser.get(base(address))
        ready(browser)
        script(
            browser,
            "[...document.querySelectorAll('button')].find(b => /Collect terms/.test(b.textContent)).click()",
        )
        until(browser, lambda: waiting(empty) > 10)
        browser.get(f"{base(address)}/candidates")
        ready(browser)
        first = title(browser)
        press(browser, "a")
        until(browser, lambda: title(browser) not in ("", first))
        browser.get(base(address))
        ready(browser)
        exported = polib.pofile(browser.execute_async_script(SAVED))
    assert first in [entry.msgid for entry in exported]


def waiting(path: Path) -> int:
    """How many candidates wait for a decision."""
    with open_store(path) as store:
        return Glossary(store).count(Query(state="candidate"))


def test_among_50_000_candidates_a_key_leads_to_the_next(browser: Chrome, empty: Path) -> None:
    with open_store(empty) as store:
        found = [
            Candidate(
                f"ru:place:{n}",
                Term(f"Слово {n}", "ru", lemma=f"слово {n}"),
                "place",
                2,
                1 - n / MANY / 2,
                (),
            )
            for n in range(MANY)
        ]
        Glossary(store).build(found, {}, author="test")
    with served(empty) as address:
        browser.get(address)
        browser.get(f"{base(address)}/candidates")
        ready(browser)
        for n in range(3):
            shows(browser, f"Слово {n}")
            press(browser, "a")
        shows(browser, "Слово 3")
    assert waiting(empty) == MANY - 3
