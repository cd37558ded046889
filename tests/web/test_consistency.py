"""The screen of consistency and the concordance: what each name became, from what the last check kept."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from glossary.model import Term, Use
from glossary.review import actions as do
from glossary.store.checked import Checks, Result
from tests.web.review_site import client, glossary_in


def use(rendering: str, count: int, *, term: str = "Мельница", document: str = "mill.en.txt") -> Use:
    """A name that became this so often in a document."""
    return Use(
        f"ru:{term.lower()}", term, "organisation", term, "ru", "en", rendering, count, "mill.ru.txt", document,
        (0, 8), (4, 8), 0.9, "", {rendering: count},
    )  # fmt: skip


USES = (
    use("Mill", 5),
    use("Windmill", 1),
    use("Mill", 2, document="other.en.txt"),
    use("Ford", 3, term="Брод"),
)


@pytest.fixture
def page(tmp_path: Path) -> TestClient:
    """The screen after a check that kept these uses."""
    made = client(tmp_path)
    with glossary_in(tmp_path) as glossary:
        Checks(glossary.store).keep("texts", [("mill", "d", Result(uses=USES))])
    return made


def lines(html: str) -> list[list[str]]:
    """The cells of the table."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)
        ]
        for row in body.split("<tr")[1:]
    ]


def test_without_a_check_the_page_says_how_to_run_one(tmp_path: Path) -> None:
    assert "concord check" in client(tmp_path).get("/consistency").text


def test_names_with_several_renderings_are_shown_first(page: TestClient) -> None:
    assert {row[0] for row in lines(page.get("/consistency").text)} == {"Мельница"}


def test_a_line_is_a_rendering_in_a_document_with_its_count(page: TestClient) -> None:
    rows = lines(page.get("/consistency?only=all").text)
    assert [(row[4].split()[0], row[6], row[7]) for row in rows] == [
        ("Ford", "mill.en.txt", "3"),
        ("Mill", "mill.en.txt", "5"),
        ("Mill", "other.en.txt", "2"),
        ("Windmill", "mill.en.txt", "1"),
    ]


def test_only_renderings_that_deviate(page: TestClient) -> None:
    assert [row[4].split()[0] for row in lines(page.get("/consistency?only=deviating").text)] == ["Windmill"]


@pytest.mark.parametrize(
    ("query", "counts"), [("sort=count", ["1", "2", "3", "5"]), ("sort=count&down=1", ["5", "3", "2", "1"])]
)
def test_the_server_sorts(page: TestClient, query: str, counts: list[str]) -> None:
    assert [row[7] for row in lines(page.get(f"/consistency?only=all&{query}").text)] == counts


def test_the_heading_of_a_column_turns_the_order_round(page: TestClient) -> None:
    html = page.get("/consistency?sort=count").text
    assert 'href="/consistency?sort=count&amp;down=1"' in html
    assert 'aria-sort="ascending"' in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ford", 1),
        ("lang=de", 0),
        ("kind=person", 0),
        ("document=other.en.txt", 1),
        ("status=preferred", 0),
    ],
)
def test_filters_narrow_the_table(page: TestClient, query: str, found: int) -> None:
    assert len(lines(page.get(f"/consistency?only=all&{query}").text)) == found


def test_an_unknown_column_is_an_error_in_words(page: TestClient) -> None:
    assert page.get("/consistency?sort=colour").status_code == 400


def test_a_decision_about_a_rendering_stands_beside_it(page: TestClient, tmp_path: Path) -> None:
    with glossary_in(tmp_path) as glossary:
        number = glossary.resolve("мельница")
        glossary.perform(do.SetStatus(number, do.TermRef("windmill", "en"), "forbidden"), author="Ada")
    rows = lines(page.get("/consistency?status=forbidden").text)
    assert [row[4].split()[0] for row in rows] == ["Windmill"]
    assert "forbidden" in rows[0][5]


def test_pages_go_on_by_key(tmp_path: Path) -> None:
    browser = client(tmp_path)
    with glossary_in(tmp_path) as glossary:
        many = tuple(use(f"Name{n:03}", 1, term=f"Имя{n:03}") for n in range(60))
        Checks(glossary.store).keep("texts", [("mill", "d", Result(uses=many))])
    first = browser.get("/consistency?only=all").text
    address = re.search(r'href="([^"]+)" data-key="n"', first)
    assert address is not None
    second = browser.get(unescape(address[1])).text
    assert [row[0] for row in lines(first)] + [row[0] for row in lines(second)] == [
        f"Имя{n:03}" for n in range(60)
    ]


def test_a_rendering_leads_to_its_places_with_both_words_marked(page: TestClient) -> None:
    html = page.get("/consistency?document=mill.en.txt").text
    address = re.search(r'href="(/consistency/concordance[^"]+)" data-open', html)
    assert address is not None
    places = page.get(unescape(address[1])).text
    assert '<mark class="text">mill</mark>' in places
    assert '<mark class="other">Мельница</mark>' in places


def test_words_are_found_in_the_texts(page: TestClient) -> None:
    html = page.get("/consistency/concordance?q=vanished").text
    assert "1 place" in html
    assert "Дорога ушла под снег." in html


def test_words_that_stand_nowhere_are_said_to(page: TestClient) -> None:
    assert "stand in no text" in page.get("/consistency/concordance?q=zeppelin").text


def test_a_term_goes_by_its_concept_even_after_a_decision(page: TestClient, tmp_path: Path) -> None:
    with glossary_in(tmp_path) as glossary:
        number = glossary.resolve("мельница")
        glossary.perform(do.AddTerm(number, Term("Mühle", "de")), author="Ada")
    assert f"id={number}" in page.get("/consistency").text
