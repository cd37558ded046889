"""The findings screen by its addresses and forms: looking, dismissing, correcting, going on, checking."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from align.edit import EditRequest
from align.store import open_store
from align.store.notes import Notes
from glossary.store.checked import Checks
from glossary.web.app import Site, create
from tests.web.findings_site import (
    BRACKET,
    EN,
    NUMBER,
    SPELLING,
    at,
    checked,
    finding,
    prints,
    sample,
    texts,
)
from tests.web.review_site import SCRIPTED, form

OTHERS = {"cookie": "concord_author=Ben"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return checked(tmp_path)


@pytest.fixture
def web(path: Path) -> TestClient:
    return TestClient(create(Site(path, "Ada")), follow_redirects=False)


def dismissed(path: Path) -> dict[str, tuple[str, str]]:
    """Who dismissed what, and why."""
    with open_store(path) as store:
        return {key: (one.author, one.reason) for key, one in Checks(store).dismissed().items()}


def corrected(path: Path) -> list[str]:
    """The corrected sentences of the translation."""
    with open_store(path) as store:
        (row,) = store.db.execute("SELECT target FROM alignments").fetchall()
        return [note.new for note in Notes(store).corrections(row[0])]


def dismissal(html: str, fingerprint: str, reason: str) -> dict[str, list[str] | str]:
    """What the form of a finding sends for a reason."""
    return form(html, "/findings/dismiss", fingerprint=fingerprint).values(typed=reason)


# Looking


def test_findings_come_by_rule_with_both_sentences(web: TestClient) -> None:
    html = web.get("/findings").text
    assert prints(html) == [SPELLING, NUMBER, BRACKET]
    assert "Карен ушёл в 1999 году." in html
    assert "<mark>Karren</mark> left in 1989." in html


def test_sentences_have_their_language_and_direction(tmp_path: Path) -> None:
    hebrew = texts()
    hebrew = replace(hebrew, source=replace(hebrew.source, lang="he"))
    web = TestClient(create(Site(checked(tmp_path, hebrew), "Ada")))
    assert '<p class=sentence lang="he" dir="rtl">' in web.get("/findings").text


def test_the_table_of_renderings_the_suggestion_and_the_rules_page_are_there(web: TestClient) -> None:
    html = web.get("/findings?rule=T007").text
    assert "Write it one way." in html
    assert 'class="data ways"' in html
    assert "Why this is reported" in html


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("rule=F001", [NUMBER]),
        ("severity=error", [NUMBER]),
        ("severity=warning", [SPELLING, BRACKET]),
        ("document=talk.ru.txt", [SPELLING, NUMBER, BRACKET]),
        ("q=BRIDGE", [BRACKET]),
        ("q=%D0%BC%D0%BE%D1%81%D1%82", [BRACKET]),
        ("q=nothing+like+it", []),
        ("state=dismissed", []),
        ("state=all&sort=place", [SPELLING, NUMBER, BRACKET]),
    ],
)
def test_a_filter_leaves_what_fits(web: TestClient, asked: str, left: list[str]) -> None:
    assert prints(web.get(f"/findings?{asked}").text) == left


@pytest.mark.parametrize("asked", ["state=gone", "severity=fatal", "sort=luck"])
def test_a_filter_that_is_not_known_is_refused_in_words(web: TestClient, asked: str) -> None:
    answer = web.get(f"/findings?{asked}")
    assert answer.status_code == 400
    assert "Choose from" in answer.text


def test_a_request_of_the_script_gets_the_part_alone(web: TestClient) -> None:
    html = web.get("/findings", headers=SCRIPTED).text
    assert html.lstrip().startswith('<div id="work"')


def many(folder: Path) -> list[str]:
    """A project with 45 findings; their fingerprints in order."""
    alignment = texts(["word"] * 45, ["слово"] * 45)
    found = [finding(alignment, "F001", n, "word", "Here.", f"{n:016x}") for n in range(45)]
    checked(folder, alignment, found)
    return [one.fingerprint for one in found]


def test_pages_go_on_by_the_finding_that_stands_there(tmp_path: Path) -> None:
    all_ = many(tmp_path)
    web = TestClient(create(Site(tmp_path / "concord.db", "Ada")))
    first = web.get("/findings").text
    assert prints(first) == all_[:20]
    below = web.get(f"/findings?after={all_[20]}").text
    assert prints(below) == all_[20:40]
    assert prints(web.get(f"/findings?before={all_[20]}").text) == all_[:20]


def test_a_page_stays_where_it_is_when_others_dismiss_what_is_above(tmp_path: Path) -> None:
    all_ = many(tmp_path)
    web = TestClient(create(Site(tmp_path / "concord.db", "Ada")))
    web.post("/findings/dismiss", data={"fingerprint": all_[3], "typed": "so"})
    assert prints(web.get(f"/findings?after={all_[20]}").text)[0] == all_[20]


def test_the_next_rule_and_the_one_before(web: TestClient) -> None:
    there = web.get(f"/findings/rule?at={SPELLING}").headers["location"]
    assert there == f"/findings?at={NUMBER}#f-{NUMBER}"
    back = web.get(f"/findings/rule?at={BRACKET}&back=1").headers["location"]
    assert back == f"/findings?at={NUMBER}#f-{NUMBER}"


def test_after_the_last_rule_the_focus_stays(web: TestClient) -> None:
    assert BRACKET in web.get(f"/findings/rule?at={BRACKET}").headers["location"]


# Dismissing


def test_a_dismissal_has_an_author_and_a_reason(web: TestClient, path: Path) -> None:
    sent = dismissal(web.get("/findings").text, NUMBER, "the source was wrong")
    answer = web.post("/findings/dismiss", data=sent)
    assert answer.status_code == 303
    assert dismissed(path) == {NUMBER: ("Ada", "the source was wrong")}


def test_a_reason_of_the_list_needs_no_typing(web: TestClient, path: Path) -> None:
    found = form(web.get("/findings").text, "/findings/dismiss", fingerprint=NUMBER)
    name, reason = found.buttons[1]
    web.post("/findings/dismiss", data=found.values(**{name: reason}))
    assert dismissed(path) == {NUMBER: ("Ada", reason)}


def test_a_dismissal_without_a_reason_is_refused(web: TestClient, path: Path) -> None:
    answer = web.post("/findings/dismiss", data={"fingerprint": NUMBER, "typed": "  "})
    assert answer.status_code == 400
    assert dismissed(path) == {}


def test_the_next_finding_has_the_focus_after_a_dismissal(web: TestClient) -> None:
    sent = dismissal(web.get("/findings").text, SPELLING, "so")
    html = web.post("/findings/dismiss", data=sent, headers=SCRIPTED).text
    assert prints(html) == [NUMBER, BRACKET]
    assert at(html) == NUMBER
    assert f'data-keep-focus="f-{NUMBER}"' in html
    assert 'data-announce="Dismissed: T007, so"' in html


def test_after_the_last_one_the_one_before_has_the_focus(web: TestClient) -> None:
    sent = dismissal(web.get("/findings").text, BRACKET, "so")
    assert at(web.post("/findings/dismiss", data=sent, headers=SCRIPTED).text) == NUMBER


def test_a_dismissed_finding_is_found_with_its_reason_and_restored(web: TestClient, path: Path) -> None:
    web.post("/findings/dismiss", data=dismissal(web.get("/findings").text, NUMBER, "it is right"))
    html = web.get("/findings?state=dismissed").text
    assert prints(html) == [NUMBER]
    assert "it is right" in html
    web.post("/findings/restore", data=form(html, "/findings/restore").values())
    assert dismissed(path) == {}


def test_undo_says_what_it_takes_back_and_does_it(web: TestClient, path: Path) -> None:
    web.post("/findings/dismiss", data=dismissal(web.get("/findings").text, NUMBER, "so"))
    html = web.get("/findings").text
    assert "Undo: dismissed F001 in talk.en.txt" in html
    html = web.post("/findings/undo", data=form(html, "/findings/undo").values(), headers=SCRIPTED).text
    assert dismissed(path) == {}
    assert at(html) == NUMBER


def test_undo_of_something_else_than_was_shown_is_refused(web: TestClient, path: Path) -> None:
    web.post("/findings/dismiss", data=dismissal(web.get("/findings").text, NUMBER, "so"))
    sent = form(web.get("/findings").text, "/findings/undo").values()
    web.post("/findings/dismiss", data=dismissal(web.get("/findings").text, BRACKET, "so"), headers=OTHERS)
    assert web.post("/findings/undo", data=sent).status_code == 409
    assert set(dismissed(path)) == {NUMBER, BRACKET}


def test_a_stale_dismissal_shows_both_and_keeps_what_was_typed(web: TestClient, path: Path) -> None:
    sent = dismissal(web.get("/findings").text, NUMBER, "my reason")
    web.post("/findings/dismiss", data={**sent, "typed": "his reason"}, headers=OTHERS)
    answer = web.post("/findings/dismiss", data=sent, headers=SCRIPTED)
    assert answer.status_code == 409
    assert "his reason" in answer.text
    assert "my reason" in answer.text
    assert dismissed(path) == {NUMBER: ("Ben", "his reason")}


def test_after_a_conflict_one_can_go_on(web: TestClient, path: Path) -> None:
    sent = dismissal(web.get("/findings").text, NUMBER, "my reason")
    web.post("/findings/dismiss", data={**sent, "typed": "his reason"}, headers=OTHERS)
    html = web.post("/findings/dismiss", data=sent).text
    again = form(html, "/findings/dismiss", fingerprint=NUMBER)
    assert web.post("/findings/dismiss", data=again.values()).status_code == 303
    assert dismissed(path) == {NUMBER: ("Ada", "my reason")}


def test_what_others_decide_is_told_and_ones_own_is_not(web: TestClient) -> None:
    html = web.get("/findings").text
    assert web.get("/findings/news?seen=0", headers=SCRIPTED).status_code == 204
    web.post("/findings/dismiss", data=dismissal(html, BRACKET, "so"))
    assert "Ada" not in web.get("/findings/news?seen=0", headers=SCRIPTED).text
    web.post("/findings/dismiss", data=dismissal(html, NUMBER, "so"), headers=OTHERS)
    assert "Ben: dismissed F001 in talk.en.txt" in web.get("/findings/news?seen=1", headers=SCRIPTED).text


def test_a_finding_that_is_gone_is_said_so(web: TestClient) -> None:
    answer = web.post("/findings/dismiss", data={"fingerprint": "f" * 16, "typed": "so"})
    assert answer.status_code == 400
    assert "not there any more" in answer.text


def test_what_is_in_the_baseline_stays_quiet(tmp_path: Path) -> None:
    from glossary.checks import baseline

    path = checked(tmp_path)
    (tmp_path / "known.json").write_text(baseline.write(sample(texts())[1:2]), "utf-8")
    config = tmp_path / "concord.toml"
    config.write_text('[check]\nbaseline = "known.json"\n', "utf-8")
    web = TestClient(create(Site(path, "Ada", config)))
    assert prints(web.get("/findings").text) == [SPELLING, BRACKET]
    assert prints(web.get("/findings?state=baseline").text) == [NUMBER]


def test_a_rule_that_the_configuration_ignores_is_not_shown(tmp_path: Path) -> None:
    path = checked(tmp_path)
    config = tmp_path / "concord.toml"
    config.write_text('[check]\nignore = ["F"]\n', "utf-8")
    assert prints(TestClient(create(Site(path, "Ada", config))).get("/findings").text) == [SPELLING]


# Corrections


def test_a_correction_is_kept_beside_the_text_and_settles_its_finding(web: TestClient, path: Path) -> None:
    sent = form(web.get("/findings").text, "/findings/accept", fingerprint=SPELLING).values()
    html = web.post("/findings/accept", data=sent, headers=SCRIPTED).text
    assert corrected(path) == ["Karen left in 1989."]
    assert prints(html) == [NUMBER, BRACKET]
    assert prints(web.get("/findings?state=corrected").text) == [SPELLING]


def test_a_correction_is_undone_with_the_same_button(web: TestClient, path: Path) -> None:
    web.post("/findings/accept", data=form(web.get("/findings").text, "/findings/accept").values())
    html = web.get("/findings").text
    assert "Undo: correction in talk.en.txt" in html
    web.post("/findings/undo", data=form(html, "/findings/undo").values())
    assert corrected(path) == []


def test_a_correction_goes_into_a_sentence_that_was_corrected_before(web: TestClient, path: Path) -> None:
    with open_store(path) as store:
        (document,) = store.db.execute("SELECT target FROM alignments").fetchone()
        Notes(store).correct(document, 1, "In 1999, Karren left.", "Ben")
    web.post("/findings/accept", data=form(web.get("/findings").text, "/findings/accept").values())
    assert corrected(path) == ["In 1999, Karen left."]


def test_a_finding_without_a_safe_correction_offers_none(web: TestClient) -> None:
    assert "/findings/accept" not in web.get("/findings?rule=F001").text


# Going on


def test_the_place_is_its_bead(web: TestClient) -> None:
    assert web.get(f"/findings/{BRACKET}/place").headers["location"] == "/alignment/1?at=4#b4"


def test_the_place_is_found_after_the_beads_were_merged(web: TestClient, path: Path) -> None:
    with open_store(path) as store:
        store.edit(1, EditRequest("merge", 1, 2), "Ben")
    assert web.get(f"/findings/{BRACKET}/place").headers["location"] == "/alignment/1?at=3#b3"


def test_a_concept_that_is_not_there_is_searched_for(web: TestClient) -> None:
    assert web.get(f"/findings/{SPELLING}/concept").headers["location"] == "/candidates?state=all&q=Karren"


@pytest.mark.parametrize(
    ("format", "holds"), [("csv", b"T007"), ("jsonl", b'"T007"'), ("sarif", b"T007"), ("html", b"T007")]
)
def test_the_report_can_be_saved(web: TestClient, format: str, holds: bytes) -> None:
    answer = web.get(f"/findings/report?format={format}")
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''findings.{format}"
    assert holds in answer.content


# Checking


def test_what_holds_is_shown_without_a_warning(web: TestClient) -> None:
    html = web.get("/findings").text
    assert "Check now" not in html
    assert "from before a change" not in html


def test_findings_of_a_pair_that_changed_are_shown_and_marked(web: TestClient, path: Path) -> None:
    with open_store(path) as store:
        store.edit(1, EditRequest("confirm", 1), "Ben")
    html = web.get("/findings").text
    assert prints(html) == [SPELLING, NUMBER, BRACKET]
    assert "1 of 1 pairs and texts is not checked as it is now" in html
    assert html.count("from before a change") == 3


def test_looking_checks_nothing(web: TestClient, path: Path) -> None:
    with open_store(path) as store:
        store.edit(1, EditRequest("confirm", 1), "Ben")
        before = Checks(store).kept()
    web.get("/findings")
    with open_store(path) as store:
        assert Checks(store).kept() == before


def test_a_check_runs_beside_the_page_and_its_findings_come(web: TestClient, path: Path) -> None:
    with open_store(path) as store:
        store.edit(1, EditRequest("confirm", 1), "Ben")
    html = web.get("/findings").text
    answer = web.post("/findings/check", data=form(html, "/findings/check").values())
    assert answer.headers["location"] == "/findings"
    for _ in range(600):
        html = web.get("/jobs/1").text
        if "Checked:" in html:
            break
        time.sleep(0.1)
    assert "Checked:" in html
    assert "Check now" not in web.get("/findings").text
    assert BRACKET not in prints(
        web.get("/findings").text
    )  # the real rule gives its finding another fingerprint


def test_one_check_at_a_time(web: TestClient) -> None:
    import threading

    jobs, hold = web.app.state.site.jobs, threading.Event()  # type: ignore[attr-defined]
    jobs.start("A long one", lambda progress: "done" if hold.wait(30) else "")
    answer = web.post("/findings/check")
    hold.set()
    assert answer.status_code == 409
    assert "still running" in answer.text


def test_the_words_of_texts_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    hostile = [*EN[:2], "<script>alert(1)</script> \u202e<img onerror=x>", EN[3]]
    alignment = texts(hostile)
    found = [finding(alignment, "F001", 2, "<script>", "“<script>” is <b>here</b>.", NUMBER)]
    html = TestClient(create(Site(checked(tmp_path, alignment, found), "Ada"))).get("/findings").text
    assert "<script>alert" not in html
    assert "<b>here" not in html
    assert "<img" not in html
    assert "\u202e" not in html
