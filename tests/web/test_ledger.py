"""The screen of the ledger: what became of each legal mark, with both sentences and the way to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from align.store import open_store
from tests.glossary.samples import aligned, project
from tests.web.review_site import client

RU = (
    "Отряд «Речной дозор» (запрещён в России) ждал у брода.",
    "Движение «Северный обоз» (запрещено в РФ) молчало.",
    "Дорога ушла под снег.",
    "Общество «Мост» собралось зимой.",
)
EN = (
    "The River Watch unit (banned in Russia) waited by the ford.",
    "The Northern Carts movement kept silent.",
    "The road vanished under the snow.",
    "The Bridge society (banned in Russia) met in winter.",
)


@pytest.fixture
def page(tmp_path: Path) -> TestClient:
    project(tmp_path, aligned(RU, EN))
    return client(tmp_path)


def verdicts(html: str) -> list[str]:
    """The verdict of each entry, in order."""
    return re.findall(r'<li data-item.*?class="badge[^"]*">.*?</span>(\w+)</span>', html, re.DOTALL)


def test_marks_are_kept_dropped_and_added(page: TestClient) -> None:
    assert sorted(verdicts(page.get("/ledger").text)) == ["added", "dropped", "kept"]


@pytest.mark.parametrize(("verdict", "sentence"), [("dropped", EN[1]), ("added", RU[3])])
def test_both_sentences_are_shown_also_where_one_has_no_mark(
    page: TestClient, verdict: str, sentence: str
) -> None:
    html = page.get(f"/ledger?verdict={verdict}").text
    assert verdicts(html) == [verdict]
    assert sentence in html
    assert "no mark" in html


def test_the_mark_and_its_name_are_marked_in_the_sentence(page: TestClient) -> None:
    html = page.get("/ledger?verdict=kept").text
    assert "<mark>запрещён в России</mark>" in html
    assert '<mark class="other">Речной дозор</mark>' in html


def test_an_entry_leads_to_its_place_in_the_alignment(page: TestClient) -> None:
    assert 'href="/alignment/1?at=2#b2"' in page.get("/ledger?verdict=dropped").text


def test_entries_are_found_by_a_name(page: TestClient) -> None:
    assert verdicts(page.get("/ledger?name=обоз").text) == ["dropped"]


def test_a_pair_is_looked_at_by_itself(page: TestClient) -> None:
    assert len(verdicts(page.get("/ledger?pair=1").text)) == 3


@pytest.mark.parametrize("query", ["verdict=guilty", "pair=99", "pair=x", "after=x"])
def test_what_there_is_not_is_an_error_in_words(page: TestClient, query: str) -> None:
    assert page.get(f"/ledger?{query}").status_code == 400


def test_texts_without_marks_are_said_to_have_none(tmp_path: Path) -> None:
    assert "No marks were found" in client(tmp_path).get("/ledger").text


def test_a_changed_text_is_looked_at_anew(page: TestClient, tmp_path: Path) -> None:
    before = page.get("/ledger").text
    marked = (*EN[:1], "The Northern Carts movement (banned in Russia) kept silent.", *EN[2:])
    with open_store(tmp_path / "concord.db") as store:
        store.save_alignment(aligned(RU, marked), author="Ada")
    assert "dropped" in verdicts(before)
    assert "dropped" not in verdicts(page.get("/ledger").text)


def test_pages_go_on_with_the_pairs_behind(tmp_path: Path) -> None:
    project(tmp_path, *(aligned(RU, EN, stem=f"pair{n:02}") for n in range(15)))
    html = client(tmp_path).get("/ledger?verdict=added").text
    assert len(verdicts(html)) == 10
    assert 'href="/ledger?verdict=added&amp;after=10"' in html
    assert len(verdicts(client(tmp_path).get("/ledger?verdict=added&after=10").text)) == 5
