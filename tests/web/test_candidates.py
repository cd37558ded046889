"""The screen of candidates by its addresses and forms, as a browser without scripts and one with them use it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from align.store import open_store
from glossary.model import Term
from glossary.review import actions as do
from glossary.store import Glossary, Query
from tests.glossary.samples import RU, aligned, build, candidate, occurrences, project
from tests.web.review_site import SCRIPTED, client, form, glossary_in, id_of

DECIDE = "/candidates/decide"


def heading(html: str) -> str:
    """The candidate in focus."""
    found = re.search(r'id="focus-title"[^>]*>(.*?)</h2>', html, re.DOTALL)
    assert found is not None
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def state_of(folder: Path, name: str) -> str:
    with glossary_in(folder) as glossary:
        return glossary.get(glossary.resolve(name)).entry.concept.state


def queue_of(folder: Path) -> list[str]:
    with glossary_in(folder) as glossary:
        return [row.label for row in glossary.page(Query(state="candidate")).rows]


# Looking


def test_the_surest_candidate_is_in_focus(tmp_path: Path) -> None:
    html = client(tmp_path).get("/candidates").text
    assert heading(html) == queue_of(tmp_path)[0]


def test_the_sentences_have_the_terms_of_both_languages_marked(tmp_path: Path) -> None:
    html = client(tmp_path).get("/candidates", params={"id": id_of(tmp_path, "мельница")}).text
    assert "<mark>Мельница</mark>" in html
    assert '<mark class="other">mill</mark>' in html


def test_a_filter_narrows_the_queue(tmp_path: Path) -> None:
    html = client(tmp_path).get("/candidates?kind=organisation").text
    assert heading(html) == "цех мельников"


def test_a_search_finds_a_term_of_any_language(tmp_path: Path) -> None:
    assert heading(client(tmp_path).get("/candidates?q=guild").text) == "цех мельников"


def test_a_score_bounds_the_queue(tmp_path: Path) -> None:
    assert "Nothing here" in client(tmp_path).get("/candidates?score=0.8").text


@pytest.mark.parametrize("query", ["state=wrong", "kind=wrong", "sort=wrong", "score=many", "after=wrong"])
def test_a_filter_that_is_none_is_an_error_in_words(tmp_path: Path, query: str) -> None:
    answer = client(tmp_path).get(f"/candidates?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_the_list_is_paged_by_key(tmp_path: Path) -> None:
    with open_store(tmp_path / "concord.db", create=True) as store:
        glossary = Glossary(store)
        glossary.build([candidate("ru", f"слово{n}", ()) for n in range(60)], {}, author="machine")
        middle = glossary.page(Query(), limit=31).rows[-1].id
    html = client(tmp_path).get(f"/candidates?id={middle}").text
    assert re.search(r'href="/candidates\?before=[\w-]+"[^>]*>Earlier', html)
    assert re.search(r'href="/candidates\?after=[\w-]+"[^>]*>Later', html)


def test_words_of_a_document_are_displayed_and_not_obeyed(tmp_path: Path) -> None:
    client(tmp_path)
    with glossary_in(tmp_path) as glossary:
        number = glossary.resolve("мельница")
        glossary.perform(do.AddTerm(number, Term("<script>x</script>\u202e", "en")), author="Ada")
    html = client(tmp_path).get(f"/candidates?id={number}").text
    assert "<script>x" not in html
    assert "\u202e" not in re.sub(r'(value|placeholder|title|aria-label)="[^"]*"', "", html)


@pytest.mark.parametrize("lang", ["ar", "fa", "he"])
def test_a_term_that_runs_from_right_to_left_says_so(tmp_path: Path, lang: str) -> None:
    client(tmp_path)
    text = {"ar": "طاحونة", "fa": "آسیاب", "he": "טחנה"}[lang]
    with glossary_in(tmp_path) as glossary:
        number = glossary.resolve("мельница")
        glossary.perform(do.AddTerm(number, Term(text, lang)), author="Ada")
    html = client(tmp_path).get(f"/candidates?id={number}").text
    assert f'<span class="text" lang="{lang}" dir="rtl">{text}</span>' in html
    assert '<span class="text" lang="ru" dir="ltr">мельница</span>' in html


def test_a_concept_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    answer = client(tmp_path).get("/candidates?id=nothing")
    assert (answer.status_code, "there is no such concept" in answer.text) == (400, True)


# Deciding without a script


def test_accepting_leads_to_the_next_candidate(tmp_path: Path) -> None:
    first, second = queue_of_client(tmp_path)[:2]
    browser = client(tmp_path)
    sent = form(browser.get("/candidates").text, DECIDE, action="accept")
    answer = browser.post(DECIDE, data=sent.values())
    assert answer.status_code == 303
    assert heading(browser.get(answer.headers["location"]).text) == second
    assert state_of(tmp_path, first) == "approved"


def queue_of_client(folder: Path) -> list[str]:
    client(folder)
    return queue_of(folder)


def test_rejecting_keeps_the_reason(tmp_path: Path) -> None:
    browser = client(tmp_path)
    number = id_of(tmp_path, "мельница")
    sent = form(browser.get(f"/candidates?id={number}").text, DECIDE, action="reject")
    browser.post(DECIDE, data=sent.values(reason="an ordinary word"))
    with glossary_in(tmp_path) as glossary:
        assert glossary.get(number).entry.concept.reason == "an ordinary word"


def test_a_typed_reason_counts_before_a_chosen_one(tmp_path: Path) -> None:
    browser = client(tmp_path)
    number = id_of(tmp_path, "мельница")
    sent = form(browser.get(f"/candidates?id={number}").text, DECIDE, action="reject")
    browser.post(DECIDE, data=sent.values(reason="not needed here", typed="a building, not a name"))
    with glossary_in(tmp_path) as glossary:
        assert glossary.get(number).entry.concept.reason == "a building, not a name"


@pytest.mark.parametrize("status", ["preferred", "admitted", "deprecated", "superseded", "forbidden"])
def test_a_term_is_given_a_status(tmp_path: Path, status: str) -> None:
    browser = client(tmp_path)
    number = id_of(tmp_path, "мельница")
    panel = browser.get(f"/candidates/panel?do=status&id={number}").text
    sent = form(panel, DECIDE, action="status", term='["windmill", "en", ""]')
    browser.post(DECIDE, data=sent.values(status=status))
    with glossary_in(tmp_path) as glossary:
        terms = {term.text: term.status for term in glossary.get(number).entry.concept.terms}
    assert terms["windmill"] == status


def test_a_rendering_is_forbidden_by_its_number(tmp_path: Path) -> None:
    browser = client(tmp_path)
    number = id_of(tmp_path, "мельница")
    sent = form(browser.get(f"/candidates?id={number}").text, DECIDE, action="status", status="forbidden")
    value = next(value for name, value in sent.buttons if json.loads(value)[0] == "windmill")
    browser.post(DECIDE, data=sent.values(term=value))
    with glossary_in(tmp_path) as glossary:
        terms = {term.text: term.status for term in glossary.get(number).entry.concept.terms}
    assert terms == {"мельница": None, "mill": None, "windmill": "forbidden"}


def test_everything_that_was_edited_at_once_is_one_decision(tmp_path: Path) -> None:
    browser = client(tmp_path)
    number = id_of(tmp_path, "мельница")
    sent = form(browser.get(f"/candidates/panel?do=edit&id={number}").text, DECIDE, action="edit")
    more = {"lemma-0": "мельница водяная", "keep-0": "1", "case-0": "as written", "note-0": "у брода",
            "new-text": "Mühle", "new-lang": "de", "kind": "place", "definition": "A mill.",
            "note": "By the ford."}  # fmt: skip
    browser.post(DECIDE, data=sent.values(**more))
    with glossary_in(tmp_path) as glossary:
        concept = glossary.get(number).entry.concept
        events = glossary.history(number)
    first = concept.terms[0]
    assert (first.lemma, first.translate, first.case, first.note) == (
        "мельница водяная", False, "as written", "у брода",
    )  # fmt: skip
    assert (concept.kind, concept.definition, concept.note) == ("place", "A mill.", "By the ford.")
    assert concept.terms[-1].text == "Mühle"
    assert [event.action for event in events] == ["edit"]


def test_a_form_that_changes_nothing_decides_nothing(tmp_path: Path) -> None:
    browser = client(tmp_path)
    number = id_of(tmp_path, "мельница")
    sent = form(browser.get(f"/candidates/panel?do=edit&id={number}").text, DECIDE, action="edit")
    assert browser.post(DECIDE, data=sent.values()).status_code == 303
    with glossary_in(tmp_path) as glossary:
        assert glossary.history(number) == []


def test_a_term_that_does_not_belong_is_dropped(tmp_path: Path) -> None:
    browser = client(tmp_path)
    number = id_of(tmp_path, "мельница")
    sent = form(browser.get(f"/candidates/panel?do=edit&id={number}").text, DECIDE, action="edit")
    browser.post(DECIDE, data=sent.values(**{"drop-2": "1"}))
    with glossary_in(tmp_path) as glossary:
        assert len(glossary.get(number).entry.concept.terms) == 2


def test_another_concept_is_found_as_its_term_is_typed(tmp_path: Path) -> None:
    browser = client(tmp_path)
    mill, guild = id_of(tmp_path, "мельница"), id_of(tmp_path, "цех мельников")
    html = browser.get(f"/candidates/search?id={mill}&into=guil", headers=SCRIPTED).text
    assert f'value="{guild}"' in html
    assert f'value="{mill}"' not in html


def test_another_concept_is_found_without_a_script_too(tmp_path: Path) -> None:
    browser = client(tmp_path)
    mill, guild = id_of(tmp_path, "мельница"), id_of(tmp_path, "цех мельников")
    html = browser.get(f"/candidates/panel?do=merge&id={mill}&into=guil").text
    sent = form(html, DECIDE, action="merge", into="guil")
    assert ("chosen", guild) in sent.buttons
    browser.post(DECIDE, data=sent.values())
    with glossary_in(tmp_path) as glossary:
        assert glossary.get(mill).entry.merged_into == guild


@pytest.mark.parametrize("field", ["chosen", "into"])
def test_a_concept_is_merged_into_the_one_that_is_chosen_or_named(tmp_path: Path, field: str) -> None:
    browser = client(tmp_path)
    mill, guild = id_of(tmp_path, "мельница"), id_of(tmp_path, "цех мельников")
    sent = form(browser.get(f"/candidates/panel?do=merge&id={mill}").text, DECIDE, action="merge")
    browser.post(DECIDE, data=sent.values(**{field: guild if field == "chosen" else "цех мельников"}))
    with glossary_in(tmp_path) as glossary:
        assert glossary.get(mill).entry.merged_into == guild


def test_a_concept_is_linked_to_another(tmp_path: Path) -> None:
    browser = client(tmp_path)
    mill, guild = id_of(tmp_path, "мельница"), id_of(tmp_path, "цех мельников")
    sent = form(browser.get(f"/candidates/panel?do=link&id={mill}").text, DECIDE, action="link")
    browser.post(DECIDE, data=sent.values(chosen=guild, type="renamed to", date="2021-08"))
    with glossary_in(tmp_path) as glossary:
        link = glossary.get(mill).entry.concept.links[-1]
    assert (link.type, link.target, link.date, link.proposed) == ("renamed to", guild, "2021-08", False)


def test_a_link_is_taken_away(tmp_path: Path) -> None:
    browser = client(tmp_path)
    guild = id_of(tmp_path, "цех мельников")
    sent = form(browser.get(f"/candidates?id={guild}").text, DECIDE, action="unlink")
    browser.post(DECIDE, data=sent.values())
    with glossary_in(tmp_path) as glossary:
        assert glossary.get(guild).entry.concept.links == ()


def test_ticked_terms_become_another_concept(tmp_path: Path) -> None:
    browser = client(tmp_path)
    mill = id_of(tmp_path, "мельница")
    sent = form(browser.get(f"/candidates/panel?do=split&id={mill}").text, DECIDE, action="split")
    browser.post(DECIDE, data=sent.values(term='["windmill", "en", ""]'))
    assert id_of(tmp_path, "windmill") != mill


def test_a_comment_is_kept_with_its_author(tmp_path: Path) -> None:
    browser = client(tmp_path, author="Bela")
    mill = id_of(tmp_path, "мельница")
    sent = form(browser.get(f"/candidates?id={mill}").text, DECIDE, action="comment")
    browser.post(DECIDE, data=sent.values(comment="Which ford?"))
    with glossary_in(tmp_path) as glossary:
        said = glossary.get(mill).entry.comments[0]
    assert (said.author, said.text) == ("Bela", "Which ford?")


def test_a_decided_concept_is_opened_again(tmp_path: Path) -> None:
    browser = client(tmp_path)
    mill = id_of(tmp_path, "мельница")
    sent = form(browser.get(f"/candidates?id={mill}").text, DECIDE, action="accept")
    browser.post(DECIDE, data=sent.values())
    sent = form(browser.get(f"/candidates?id={mill}").text, DECIDE, action="reopen")
    browser.post(DECIDE, data=sent.values())
    assert state_of(tmp_path, "мельница") == "candidate"


def test_the_undo_button_says_what_it_takes_back(tmp_path: Path) -> None:
    browser = client(tmp_path)
    mill = id_of(tmp_path, "мельница")
    browser.post(
        DECIDE, data=form(browser.get(f"/candidates?id={mill}").text, DECIDE, action="accept").values()
    )
    html = browser.get("/candidates").text
    assert "accepted: мельница" in html
    answer = browser.post("/candidates/undo", data=form(html, "/candidates/undo").values(action="undo"))
    assert answer.headers["location"].endswith(f"id={mill}")
    assert state_of(tmp_path, "мельница") == "candidate"


def test_after_the_last_one_the_list_starts_again_on_asking(tmp_path: Path) -> None:
    browser = client(tmp_path)
    last = queue_of(tmp_path)[-1]
    number = id_of(tmp_path, last)
    sent = form(browser.get(f"/candidates?id={number}").text, DECIDE, action="accept")
    answer = browser.post(DECIDE, data=sent.values())
    assert "From the beginning" in browser.get(answer.headers["location"]).text


def test_what_cannot_be_done_is_said_in_words(tmp_path: Path) -> None:
    browser = client(tmp_path)
    mill = id_of(tmp_path, "мельница")
    sent = form(browser.get(f"/candidates/panel?do=merge&id={mill}").text, DECIDE, action="merge")
    answer = browser.post(DECIDE, data=sent.values(into="no such term"))
    assert (answer.status_code, "there is no such concept" in answer.text) == (400, True)


def test_an_unknown_action_is_refused(tmp_path: Path) -> None:
    browser = client(tmp_path)
    answer = browser.post(
        DECIDE, data={"id": id_of(tmp_path, "мельница"), "action": "explode", "version": "0"}
    )
    assert answer.status_code == 400


# With the page's own script


def test_the_answer_to_a_decision_is_the_next_candidate_itself(tmp_path: Path) -> None:
    first, second = queue_of_client(tmp_path)[:2]
    browser = client(tmp_path)
    sent = form(browser.get("/candidates").text, DECIDE, action="accept")
    answer = browser.post(DECIDE, data=sent.values(), headers=SCRIPTED)
    assert answer.status_code == 200
    assert heading(answer.text) == second
    assert answer.headers["hx-replace-url"].endswith(id_of(tmp_path, second))
    assert f"Accepted: {first}" in answer.text


def test_a_part_has_no_frame_around_it(tmp_path: Path) -> None:
    assert "<header>" not in client(tmp_path).get("/candidates", headers=SCRIPTED).text


def test_nothing_is_sent_while_nobody_decides(tmp_path: Path) -> None:
    assert client(tmp_path).get("/candidates/pulse?seen=0", headers=SCRIPTED).status_code == 204


def test_what_others_decide_appears(tmp_path: Path) -> None:
    browser = client(tmp_path)
    mill = id_of(tmp_path, "мельница")
    with glossary_in(tmp_path) as glossary:
        glossary.perform(do.Reject((mill,)), author="Bela")
    answer = browser.get(f"/candidates/pulse?seen=0&id={mill}", headers=SCRIPTED)
    assert "This one was rejected by Bela" in answer.text
    assert 'hx-swap-oob="true"' in answer.text


def test_the_marks_at_its_mentions_are_found(tmp_path: Path) -> None:
    ru = ("Отряд «Мельница» (запрещён в РФ) ждал у брода.", *RU[1:])
    pair = aligned(ru)
    path = project(tmp_path, pair)
    with open_store(path) as store:
        glossary = build(store, pair)
        documents, _ = glossary.documents()
        places = occurrences(pair.source, "Мельница")
        glossary.build([candidate("ru", "Мельница", places)], documents, author="Ada")
    html = client(tmp_path).get(f"/candidates/marks?id={id_of(tmp_path, 'Мельница')}").text
    assert "запрещён в РФ" in html
    assert "banned" in html


# Two people at once


def stale(folder: Path, mill: str, action: str, **more: str) -> tuple[TestClient, Any]:
    """What a form is answered that was opened before Bela edited the concept."""
    browser = client(folder)
    sent = form(browser.get(f"/candidates?id={mill}").text, DECIDE, action=action)
    with glossary_in(folder) as glossary:
        glossary.perform(do.EditConcept(mill, note="Bela was here"), author="Bela")
    return browser, browser.post(DECIDE, data=sent.values(**more))


def test_a_decision_on_a_stale_view_is_shown_with_both_versions(tmp_path: Path) -> None:
    client(tmp_path)
    mill = id_of(tmp_path, "мельница")
    _, answer = stale(tmp_path, mill, "comment", comment="Typed with care")
    assert answer.status_code == 409
    for words in ("As you saw it", "As it is now", "Bela was here", "edited by Bela", "Typed with care"):
        assert words in answer.text
    with glossary_in(tmp_path) as glossary:
        assert glossary.get(mill).entry.comments == ()


def test_what_was_typed_on_a_stale_view_can_be_sent_again(tmp_path: Path) -> None:
    client(tmp_path)
    mill = id_of(tmp_path, "мельница")
    browser, answer = stale(tmp_path, mill, "comment", comment="Typed with care")
    again = form(answer.text, DECIDE, action="comment")
    assert browser.post(DECIDE, data=again.values()).status_code == 303
    with glossary_in(tmp_path) as glossary:
        assert glossary.get(mill).entry.comments[0].text == "Typed with care"


# Many at once


def ticked(html: str, *names: str) -> list[str]:
    """The boxes of these rows."""
    return [re.search(rf'value="([^"]+)"[^>]*aria-label="{name}"', html)[1] for name in names]  # type: ignore[index]


def test_a_bulk_action_is_shown_before_it_is_done(tmp_path: Path) -> None:
    browser = client(tmp_path)
    html = browser.get("/candidates/bulk").text
    sent = form(html, "/candidates/bulk/preview").values(action="accept", scope="all")
    shown = browser.post("/candidates/bulk/preview", data=sent).text
    assert f"Accept {len(queue_of(tmp_path))} concepts?" in shown
    assert all(name in shown for name in queue_of(tmp_path))
    assert state_of(tmp_path, "мельница") == "candidate"


def test_a_bulk_action_over_a_filter_is_one_undo(tmp_path: Path) -> None:
    browser = client(tmp_path)
    names = queue_of(tmp_path)
    sent = form(browser.get("/candidates/bulk").text, "/candidates/bulk/preview").values(
        action="accept", scope="all"
    )
    shown = browser.post("/candidates/bulk/preview", data=sent).text
    browser.post("/candidates/bulk/perform", data=form(shown, "/candidates/bulk/perform").values())
    assert {state_of(tmp_path, name) for name in names} == {"approved"}
    undo = form(browser.get("/candidates/bulk").text, "/candidates/undo").values(action="undo")
    browser.post("/candidates/undo", data=undo)
    assert queue_of(tmp_path) == names


def test_only_ticked_rows_are_rejected(tmp_path: Path) -> None:
    browser = client(tmp_path)
    html = browser.get("/candidates/bulk").text
    sent = form(html, "/candidates/bulk/preview").values(
        action="reject", reason="not needed here", ids=ticked(html, "мельница")
    )
    shown = browser.post("/candidates/bulk/preview", data=sent).text
    browser.post("/candidates/bulk/perform", data=form(shown, "/candidates/bulk/perform").values())
    assert (state_of(tmp_path, "мельница"), state_of(tmp_path, "цех мельников")) == ("rejected", "candidate")


def test_ticked_rows_are_merged_into_the_first(tmp_path: Path) -> None:
    browser = client(tmp_path)
    html = browser.get("/candidates/bulk").text
    mill, guild = id_of(tmp_path, "мельница"), id_of(tmp_path, "цех мельников")
    sent = form(html, "/candidates/bulk/preview").values(
        action="merge", ids=ticked(html, "мельница", "цех мельников")
    )
    shown = browser.post("/candidates/bulk/preview", data=sent).text
    browser.post("/candidates/bulk/perform", data=form(shown, "/candidates/bulk/perform").values())
    with glossary_in(tmp_path) as glossary:
        assert glossary.get(guild).entry.merged_into == mill


@pytest.mark.parametrize("scope", ["all", "ticked"])
def test_a_preview_that_no_longer_holds_is_shown_anew(tmp_path: Path, scope: str) -> None:
    browser = client(tmp_path)
    html = browser.get("/candidates/bulk").text
    sent = form(html, "/candidates/bulk/preview").values(
        action="accept", scope=scope, ids=ticked(html, "мельница")
    )
    shown = browser.post("/candidates/bulk/preview", data=sent).text
    with glossary_in(tmp_path) as glossary:
        glossary.perform(do.EditConcept(glossary.resolve("мельница"), note="Bela was here"), author="Bela")
    answer = browser.post("/candidates/bulk/perform", data=form(shown, "/candidates/bulk/perform").values())
    assert answer.status_code == 409
    assert state_of(tmp_path, "мельница") == "candidate"


TOO_LITTLE: list[dict[str, str]] = [
    {"action": "accept"},
    {"action": "explode", "scope": "all"},
    {"action": "merge", "scope": "all"},
    {"action": "accept", "ids": "x"},
]


@pytest.mark.parametrize("fields", TOO_LITTLE)
def test_a_bulk_form_that_says_too_little_is_an_error_in_words(
    tmp_path: Path, fields: dict[str, str]
) -> None:
    assert client(tmp_path).post("/candidates/bulk/preview", data=fields).status_code == 400
