"""The start page and the alignment screen in a real browser: every key, two people at once, files put in."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from align.edit import EditRequest
from align.model import Bead
from align.store import init_store, open_store
from tests.bitexts import align, document
from tests.browser.conftest import log, look
from tests.browser.review_server import base, press, script, served, until
from tests.web.alignment_site import beads, pairs, project, texts

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
KEYS = "? v c m x w s e d b u U n o i B t y M r D C R N O 1 2 g"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return project(tmp_path)


@pytest.fixture
def page(browser: Chrome, path: Path) -> Iterator[str]:
    """The alignment screen, open; its server's address."""
    with served(path) as address:
        browser.get(address)
        open_bead(browser, base(address), 4)
        yield base(address)


def open_bead(browser: Chrome, address: str, at: int) -> None:
    browser.get(f"{address}/alignment/1?at={at}")
    until(browser, lambda: script(browser, "return document.querySelector('#keys-button').hidden === false"))


def focus(browser: Chrome) -> int:
    """The number of the bead in focus."""
    return int(script(browser, "return document.querySelector('tr[aria-current=true]').dataset.item"))


def focused(browser: Chrome) -> str:
    """The id of what has the keyboard."""
    return str(script(browser, "return document.activeElement.id"))


def at_bead(browser: Chrome, number: int) -> None:
    until(
        browser,
        lambda: focus(browser) == number and focused(browser) == f"b{number}",
        f"bead {number} in focus",
    )


def said(browser: Chrome, words: str) -> None:
    until(
        browser, lambda: words in script(browser, "return document.getElementById('live').textContent"), words
    )


def done(browser: Chrome, path: Path, expected: Any) -> None:
    until(browser, lambda: pairs(path) == expected, f"{expected} instead of {pairs(path)}")


def test_every_key_of_the_screen_is_in_the_list_of_keys(browser: Chrome, page: str) -> None:
    press(browser, "?")
    until(browser, lambda: script(browser, "return document.querySelector('dialog#keys').open"))
    listed = script(
        browser,
        "return [...document.querySelectorAll('dialog#keys button[id^=keys-]')].map(b => b.id.slice(5))",
    )
    assert set(KEYS.split()) <= set(listed)


def test_the_arrows_and_j_and_k_walk_from_bead_to_bead(browser: Chrome, page: str) -> None:
    press(browser, "j", "j", "k", "j")
    assert focus(browser) == 6
    press(browser, "\ue013")  # up
    assert focus(browser) == 5
    press(browser, "c")
    at_bead(browser, 6)


def test_c_confirms_and_goes_on(browser: Chrome, page: str, path: Path) -> None:
    press(browser, "c")
    at_bead(browser, 5)
    press(browser, "c")
    at_bead(browser, 6)
    assert [state for _, _, state in beads(path)][3:5] == ["confirmed", "confirmed"]
    said(browser, "confirm, bead 5")


def test_keys_that_are_pressed_faster_than_answers_come_are_all_done(
    browser: Chrome, page: str, path: Path
) -> None:
    press(browser, "cccc")
    at_bead(browser, 8)
    assert [state for _, _, state in beads(path)][3:7] == ["confirmed"] * 4


def test_merge_and_split_restore_the_beads(browser: Chrome, page: str, path: Path) -> None:
    before = pairs(path)
    press(browser, "m")
    done(browser, path, [*before[:3], ([3, 4], [3, 4]), *before[5:]])
    at_bead(browser, 4)
    press(browser, "x")
    done(browser, path, before)
    at_bead(browser, 4)


def test_w_s_e_and_d_move_sentences_and_u_takes_all_back(browser: Chrome, page: str, path: Path) -> None:
    before = pairs(path)
    expected = {
        "w": [*before[:2], ([2, 3], [2]), ([], [3]), *before[4:]],
        "s": [*before[:3], ([], [3]), ([3, 4], [4]), *before[5:]],
        "e": [*before[:2], ([2], [2, 3]), ([3], []), *before[4:]],
        "d": [*before[:3], ([3], []), ([4], [3, 4]), *before[5:]],
    }
    for key, found in expected.items():
        press(browser, key)
        done(browser, path, found)
        until(
            browser, lambda: "move" in script(browser, "return document.getElementById('undo').textContent")
        )
        press(browser, "u")
        done(browser, path, before)
        until(
            browser, lambda: "move" in script(browser, "return document.getElementById('redo').textContent")
        )
        open_bead(browser, page, 4)


def test_redo_does_again_what_was_undone(browser: Chrome, page: str, path: Path) -> None:
    press(browser, "m")
    at_bead(browser, 4)
    merged = pairs(path)
    press(browser, "u")
    until(browser, lambda: not script(browser, "return document.getElementById('redo').disabled"))
    press(browser, "U")
    done(browser, path, merged)


def test_shifted_keys_merge_upwards_confirm_to_here_and_withdraw(
    browser: Chrome, page: str, path: Path
) -> None:
    press(browser, "M")
    at_bead(browser, 3)
    assert pairs(path)[2] == ([2, 3], [2, 3])
    press(browser, "C")
    until(browser, lambda: [s for _, _, s in beads(path)][:3] == ["confirmed"] * 3)
    at_bead(browser, 3)
    press(browser, "r")
    until(browser, lambda: beads(path)[2][2] == "proposed")


def test_n_o_i_and_their_capitals_jump(browser: Chrome, page: str, path: Path) -> None:
    press(browser, "m")
    at_bead(browser, 4)
    for key, number in (("N", 3), ("o", 4), ("i", 5), ("O", 4), ("N", 3), ("i", 5)):
        press(browser, key)
        at_bead(browser, number)
    open_bead(browser, page, 1)
    press(browser, "n")
    at_bead(browser, 3)


def test_b_puts_a_bookmark_and_capital_b_finds_it(browser: Chrome, page: str) -> None:
    press(browser, "b")
    until(
        browser,
        lambda: script(browser, "return document.querySelector('#b4 .badge').textContent").endswith(
            "bookmarked"
        ),
    )
    open_bead(browser, page, 1)
    press(browser, "B")
    at_bead(browser, 4)


def test_2_opens_the_translations_sentence_and_what_is_typed_is_kept(browser: Chrome, page: str) -> None:
    press(browser, "j", "2")
    until(browser, lambda: focused(browser) == "new")
    press(browser, "c", "m")  # letters, not commands
    assert "cm" in script(browser, "return document.getElementById('new').value")
    script(
        browser,
        "document.getElementById('new').value = 'The fifth.'; document.querySelector('main form button').click()",
    )
    until(
        browser,
        lambda: script(browser, "return document.querySelector('#b5 ins').textContent") == "The fifth.",
    )


def test_1_opens_the_originals_sentence_and_escape_leads_back(browser: Chrome, page: str) -> None:
    press(browser, "1")
    until(browser, lambda: focused(browser) == "new")
    press(browser, "\ue00c", "\ue00c")  # out of the field, then back to the beads
    until(browser, lambda: focus(browser) == 4)


def test_v_shows_the_dot_plot_and_a_mark_leads_to_its_bead(browser: Chrome, page: str) -> None:
    press(browser, "v")
    until(browser, lambda: script(browser, "return document.querySelectorAll('svg.plot a').length") == 8)
    script(
        browser,
        "document.querySelectorAll('svg.plot a')[6].dispatchEvent(new MouseEvent('click', {bubbles: true}))",
    )
    until(browser, lambda: focus(browser) == 7)


def test_g_goes_to_the_field_for_a_number(browser: Chrome, page: str) -> None:
    press(browser, "g")
    assert focused(browser) == "jump"
    press(browser, "7", "\ue007")
    until(browser, lambda: focus(browser) == 7)


def test_y_folds_the_rest_of_the_tools_out(browser: Chrome, page: str) -> None:
    press(browser, "y")
    assert script(browser, "return document.querySelector('details.more').open")
    press(browser, "c")
    at_bead(browser, 5)
    assert script(browser, "return document.querySelector('details.more').open")


def test_news_wait_while_somebody_types(browser: Chrome, page: str, path: Path) -> None:
    press(browser, "y")
    script(browser, "document.querySelector('input[name=start]').focus()")
    press(browser, "7")
    with open_store(path) as store:
        store.edit(1, EditRequest("confirm", 8), "Ben")
    browser.execute_async_script("setTimeout(arguments[0], 5000)")  # longer than news take
    assert "7" in script(browser, "return document.activeElement.value")
    script(browser, "document.activeElement.blur()")
    said(browser, "Ben: confirm, bead 8")


def test_capital_r_aligns_again_what_nobody_decided(browser: Chrome, tmp_path: Path) -> None:
    from align.embed import load_embedder

    folder = tmp_path / "again"
    folder.mkdir()
    apart = [Bead((n,), ()) for n in range(8)] + [Bead((), (n,)) for n in range(8)]
    made = texts()
    whole = replace(
        made, beads=tuple(apart), signature=replace(made.signature, model=load_embedder(None).name)
    )
    kept = project(folder, whole)
    with served(kept) as address:
        browser.get(address)
        open_bead(browser, base(address), 3)
        press(browser, "R")
        said(browser, "realign beads, beads 1 to 16")
    assert any(source and target for source, target in pairs(kept))


def test_keys_of_a_cyrillic_keyboard_are_those_at_their_place(browser: Chrome, page: str, path: Path) -> None:
    script(
        browser,
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ь', code: 'KeyM', bubbles: true}))",
    )
    until(browser, lambda: pairs(path)[3] == ([3, 4], [3, 4]))


def test_keys_are_ignored_while_an_input_method_composes_and_with_modifiers(
    browser: Chrome, page: str, path: Path
) -> None:
    for more in ("isComposing: true", "keyCode: 229", "ctrlKey: true", "altKey: true", "metaKey: true"):
        script(
            browser,
            f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: 'm', bubbles: true, {more}}}))",
        )
    press(browser, "c")
    at_bead(browser, 5)
    assert pairs(path) == [([n], [n]) for n in range(8)]


def test_a_key_can_be_changed_and_all_switched_off(browser: Chrome, page: str, path: Path) -> None:
    press(browser, "?")
    until(browser, lambda: script(browser, "return document.querySelector('dialog#keys').open"))
    script(browser, "document.getElementById('keys-m').click()")
    press(browser, "z")
    until(
        browser,
        lambda: script(browser, "return document.querySelector('button[data-key=m] kbd').textContent") == "z",
    )
    press(browser, "\ue00c")
    press(browser, "z")
    until(browser, lambda: pairs(path)[3] == ([3, 4], [3, 4]))
    at_bead(browser, 4)
    press(browser, "?")
    until(browser, lambda: script(browser, "return document.querySelector('dialog#keys').open"))
    script(browser, "document.getElementById('keys-on').click()")
    press(browser, "\ue00c", "x", "c")
    assert script(browser, "return document.body.className") == "keys-off"
    assert pairs(path)[3] == ([3, 4], [3, 4])
    script(browser, "localStorage.clear()")


def test_an_edit_on_a_stale_view_is_shown_with_both_versions(browser: Chrome, page: str, path: Path) -> None:
    script(browser, "document.getElementById('news').remove()")  # before the news of it come in
    with open_store(path) as store:
        store.edit(1, EditRequest("merge", 4, 5), "Ben")
    press(browser, "m")
    until(browser, lambda: script(browser, "return document.querySelector('.conflict')"))
    text = script(browser, "return document.querySelector('.conflict').innerText")
    assert "Ben: merge, beads 4 to 5" in text
    assert "As you saw it" in text
    assert pairs(path)[3] == ([3, 4], [3, 4])
    script(browser, "document.querySelector('.conflict button').click()")
    until(browser, lambda: pairs(path)[3] == ([3, 4, 5], [3, 4, 5]))


def test_changes_of_others_appear_and_the_focus_stays(browser: Chrome, page: str, path: Path) -> None:
    press(browser, "j")
    with open_store(path) as store:
        store.edit(1, EditRequest("merge", 7, 8), "Ben")
    said(browser, "Ben: merge, beads 7 to 8")
    assert focus(browser) == 5
    assert focused(browser) == "b5"


def test_the_browser_asks_for_nothing_outside_and_says_nothing_in_its_console(
    browser: Chrome, page: str
) -> None:
    press(browser, "c")
    at_bead(browser, 5)
    asked = [
        entry["name"]
        for entry in script(
            browser, "return performance.getEntriesByType('resource').map(e => ({name: e.name}))"
        )
    ]
    assert all(name.startswith(page) for name in asked)
    assert [entry for entry in log(browser, "browser") if entry["level"] == "SEVERE"] == []


def test_a_narrow_screen_has_no_bar_below(browser: Chrome, page: str) -> None:
    look(browser, width=360)
    open_bead(browser, page, 4)
    assert script(browser, "return document.documentElement.scrollWidth") <= 360


def test_arabic_beside_russian_runs_from_right_to_left(browser: Chrome, tmp_path: Path) -> None:
    folder = tmp_path / "rtl"
    folder.mkdir()
    found = align(
        document("a", "ru", ["Река."]), document("b", "ar", ["النهر."]), [Bead((0,), (0,), confidence=0.9)]
    )
    with served(project(folder, found)) as address:
        browser.get(address)
        open_bead(browser, base(address), 1)
        direction = "return getComputedStyle(document.querySelector('[lang=ar]')).direction"
        assert script(browser, direction) == "rtl"


def test_two_files_dropped_on_the_start_page_are_aligned(browser: Chrome, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    init_store(folder / "concord.db")
    with served(folder / "concord.db") as address:
        browser.get(address)
        until(browser, lambda: script(browser, "return document.querySelector('[data-drop]')"))
        given = [(f"interview.{lang}.txt", base64.b64encode((SEEDS / f"interview.{lang}.txt").read_bytes()).decode())
                 for lang in ("ru", "en")]  # fmt: skip
        script(
            browser,
            """const held = new DataTransfer();
            for (const [name, data] of arguments[0])
              held.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name));
            const form = document.querySelector('[data-drop]');
            for (const kind of ['dragover', 'drop'])
              form.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: held}));""",
            given,
        )
        assert (
            script(browser, "return document.getElementById('translation').files[0].name")
            == "interview.en.txt"
        )
        script(browser, "document.getElementById('align').click()")
        until(
            browser, lambda: "beads" in script(browser, "return document.getElementById('job').textContent")
        )
        script(browser, "document.querySelector('#job a.button').click()")
        until(browser, lambda: focus(browser) == 1)
    with open_store(folder / "concord.db") as store:
        assert store.alignments()[0].source == "interview.ru.txt"


def test_it_works_without_scripts(browser: Chrome, path: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        with served(path) as address:
            browser.get(address)
            browser.get(f"{base(address)}/alignment/1?at=2")
            browser.find_element("css selector", "button[value=merge-next]").click()
            until(browser, lambda: pairs(path)[1] == ([1, 2], [1, 2]))
            browser.find_element("id", "undo").click()
            until(browser, lambda: pairs(path) == [([b.source[0]], [b.target[0]]) for b in texts().beads])
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
