"""The alignment screen by its addresses and forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from align.edit import EditRequest
from align.store import open_store
from align.store.notes import Notes
from align.store.texts import Window
from glossary.web.plot import MOST, plot
from tests.bitexts import align, bead, document
from tests.web.alignment_site import (
    EN,
    OTHERS,
    SCRIPTED,
    announced,
    beads,
    client,
    in_focus,
    last_event,
    pairs,
    project,
    texts,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return project(tmp_path)


@pytest.fixture
def browser(path: Path) -> TestClient:
    return client(path)


def edit(browser: TestClient, do: str, at: int, **more: object) -> str:
    answer = browser.post("/alignment/1/edit", data={"do": do, "at": at, **more}, headers=SCRIPTED)
    assert answer.status_code == 200, answer.text
    return answer.text


# Looking


def test_all_pairs_can_be_chosen(browser: TestClient) -> None:
    assert 'href="/alignment/1"' in browser.get("/alignment").text


def test_every_sentence_says_its_language_and_direction(tmp_path: Path) -> None:
    hebrew = align(document("a", "he", ["שלום."]), document("b", "ar", ["سلام."]), [bead([0], [0])])
    html = client(project(tmp_path, hebrew)).get("/alignment/1").text
    assert '<p class="text" lang="he" dir="rtl">שלום.</p>' in html
    assert '<p class="text" lang="ar" dir="rtl">سلام.</p>' in html


def test_a_document_full_of_markup_is_displayed_and_not_obeyed(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>\u202egnp.exe"
    found = align(document("<b>", "ru", [evil]), document("b", "en", [evil]), [bead([0], [0])])
    html = client(project(tmp_path, found)).get("/alignment/1").text
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert '<span class="unseen">RLO</span>' in html


def test_a_long_text_is_shown_page_by_page(tmp_path: Path) -> None:
    many = align(
        document("a", "ru", [f"А{n}." for n in range(200)]), document("b", "en", [f"B{n}." for n in range(200)]),
        [bead([n], [n]) for n in range(200)],
    )  # fmt: skip
    browser = client(project(tmp_path, many))
    html = browser.get("/alignment/1?at=120").text
    assert in_focus(html) == 120
    assert html.count("<tr id=") == 50
    assert 'href="/alignment/1?at=162&amp;first=162"' in html
    assert in_focus(browser.get("/alignment/1?at=999").text) == 200


def test_there_is_no_alignment_with_another_number(browser: TestClient) -> None:
    answer = browser.get("/alignment/7")
    assert answer.status_code == 400
    assert "there is no alignment 7" in answer.text


def test_a_number_that_is_none_is_said_in_words(browser: TestClient) -> None:
    answer = browser.get("/alignment/1?at=x")
    assert answer.status_code == 400
    assert "no whole number" in answer.text


def test_the_beads_of_each_kind_are_counted(browser: TestClient) -> None:
    assert "8 undecided · 1 doubtful · 0 not one to one" in browser.get("/alignment/1").text
    assert "8 undecided · 1 doubtful · 0 not one to one" in browser.get("/alignment/1/counts").text


# Deciding


def test_without_a_script_the_browser_is_led_to_the_bead(browser: TestClient) -> None:
    answer = browser.post("/alignment/1/edit", data={"do": "confirm", "at": 2}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/alignment/1?at=3#b3"


def test_confirm_approves_the_bead_and_goes_to_the_next(path: Path, browser: TestClient) -> None:
    assert in_focus(edit(browser, "confirm", 2)) == 3
    assert beads(path)[1][2] == "confirmed"


def test_merge_and_split_restore_the_beads(path: Path, browser: TestClient) -> None:
    before = pairs(path)
    edit(browser, "merge-next", 4)
    assert pairs(path)[3] == ([3, 4], [3, 4])
    edit(browser, "split", 4)
    assert pairs(path) == before


def test_merge_with_the_bead_above_keeps_the_focus_on_the_whole(path: Path, browser: TestClient) -> None:
    assert in_focus(edit(browser, "merge-previous", 4)) == 3
    assert pairs(path)[2] == ([2, 3], [2, 3])


@pytest.mark.parametrize(
    ("do", "found"),
    [
        ("source-up", [([2, 3], [2]), ([], [3])]),
        ("source-down", [([], [3]), ([3, 4], [4])]),
        ("target-up", [([2], [2, 3]), ([3], [])]),
        ("target-down", [([3], []), ([4], [3, 4])]),
    ],
)
def test_a_sentence_moves_to_the_next_bead(
    path: Path, browser: TestClient, do: str, found: list[tuple[list[int], list[int]]]
) -> None:
    edit(browser, do, 4)
    assert all(pair in pairs(path) for pair in found)


def test_a_split_can_name_its_place(path: Path, browser: TestClient) -> None:
    edit(browser, "merge-next", 4)
    edit(browser, "split", 4, source_at=2, target_at=1)
    assert pairs(path)[3:5] == [([3, 4], [3]), ([], [4])]


def test_all_beads_up_to_here_are_confirmed_at_once(path: Path, browser: TestClient) -> None:
    edit(browser, "confirm-to-here", 5)
    assert [state for _, _, state in beads(path)] == ["confirmed"] * 5 + ["proposed"] * 3


def test_a_decision_can_be_withdrawn(path: Path, browser: TestClient) -> None:
    edit(browser, "confirm", 2)
    edit(browser, "unconfirm", 2)
    assert beads(path)[1][2] == "proposed"


def test_what_cannot_be_done_is_said_and_nothing_is_lost(browser: TestClient) -> None:
    answer = browser.post("/alignment/1/edit", data={"do": "merge-next", "at": 8}, headers=SCRIPTED)
    assert answer.status_code == 400
    assert answer.headers["hx-retarget"] == "#notice"
    assert "no bead below" in answer.text


def test_undo_takes_everything_back_and_redo_does_it_again(path: Path, browser: TestClient) -> None:
    states = [beads(path)]
    for do, at in (("merge-next", 2), ("target-down", 2), ("confirm", 1)):
        edit(browser, do, at)
        states.append(beads(path))
    for expected in states[-2::-1]:
        browser.post("/alignment/1/undo", data={"at": 1}, headers=SCRIPTED)
        assert beads(path) == expected
    for expected in states[1:]:
        browser.post("/alignment/1/redo", data={"at": 1}, headers=SCRIPTED)
        assert beads(path) == expected


def test_the_button_says_what_undo_takes_back(browser: TestClient) -> None:
    assert "Undo: merge, beads 2 to 3" in edit(browser, "merge-next", 2)


def test_a_decision_is_kept_under_the_name_of_who_made_it(path: Path, browser: TestClient) -> None:
    browser.post("/alignment/1/edit", data={"do": "confirm", "at": 1}, headers=OTHERS)
    with open_store(path) as store:
        assert store.events(1)[-1].author == "Ben"


# Two people at once


def test_an_edit_on_a_stale_view_shows_both_versions_and_does_nothing(
    path: Path, browser: TestClient
) -> None:
    seen = last_event(path)
    with open_store(path) as store:
        store.edit(1, EditRequest("merge", 4, 5), "Ben")
    now = beads(path)
    answer = browser.post(
        "/alignment/1/edit", data={"do": "merge-next", "at": 4, "seen": seen}, headers=SCRIPTED
    )
    assert answer.status_code == 409
    assert beads(path) == now
    assert "As you saw it" in answer.text
    assert "As it is now" in answer.text
    assert "Ben: merge, beads 4 to 5" in answer.text


def test_after_a_conflict_one_can_go_on(path: Path, browser: TestClient) -> None:
    seen = last_event(path)
    with open_store(path) as store:
        store.edit(1, EditRequest("merge", 4, 5), "Ben")
    browser.post("/alignment/1/edit", data={"do": "merge-next", "at": 4, "seen": seen}, headers=SCRIPTED)
    edit(browser, "merge-next", 4, seen=last_event(path))
    assert pairs(path)[3] == ([3, 4, 5], [3, 4, 5])


def test_what_others_did_elsewhere_in_the_text_stops_nobody(path: Path, browser: TestClient) -> None:
    seen = last_event(path)
    with open_store(path) as store:
        store.edit(1, EditRequest("merge", 1, 2), "Ben")
    edit(browser, "confirm", 7, seen=seen)
    assert beads(path)[5] == ([6], [6], "confirmed")


def test_undo_of_what_somebody_else_did_since_is_a_conflict(path: Path, browser: TestClient) -> None:
    edit(browser, "confirm", 1)
    seen = last_event(path)
    with open_store(path) as store:
        store.edit(1, EditRequest("merge", 4, 5), "Ben")
    answer = browser.post("/alignment/1/undo", data={"at": 1, "event": seen}, headers=SCRIPTED)
    assert answer.status_code == 409
    assert "Ben changed the beads" in answer.text


def test_changes_of_others_appear(path: Path, browser: TestClient) -> None:
    seen = last_event(path)
    assert browser.get(f"/alignment/1/news?seen={seen}&noted=0", headers=SCRIPTED).status_code == 204
    with open_store(path) as store:
        store.edit(1, EditRequest("merge", 4, 5), "Ben")
    html = browser.get(f"/alignment/1/news?seen={seen}&noted=0", headers=SCRIPTED).text
    assert announced(html) == "Ben: merge, beads 4 to 5"
    assert "data-keep-focus" not in html


# Finding


def test_the_next_bead_of_a_kind_is_found(browser: TestClient) -> None:
    edit(browser, "merge-next", 5)

    def found(kind: str, at: int, back: str = "") -> int:
        query = {"kind": kind, "at": str(at), "back": back}
        return in_focus(browser.get("/alignment/1/find", params=query, headers=SCRIPTED).text)

    assert found("doubtful", 1) == 3
    assert found("uneven", 1) == 5
    assert found("uneven", 7, "1") == 5
    assert found("open", 4) == 6


def test_where_there_is_no_further_bead_of_a_kind_that_is_said(browser: TestClient) -> None:
    html = browser.get("/alignment/1/find?kind=doubtful&at=3", headers=SCRIPTED).text
    assert announced(html) == "No bead doubtful below"
    assert in_focus(html) == 3


def test_a_bookmark_is_put_found_and_taken_away(browser: TestClient) -> None:
    html = browser.post("/alignment/1/bookmark", data={"at": 6}, headers=SCRIPTED).text
    assert "bookmarked</span>" in html
    assert in_focus(browser.get("/alignment/1/find?kind=bookmark&at=1", headers=SCRIPTED).text) == 6
    html = browser.post("/alignment/1/bookmark", data={"at": 6}, headers=SCRIPTED).text
    assert "bookmarked</span>" not in html


def test_a_decision_on_a_text_that_changed_is_shown_with_the_text_of_its_time(
    path: Path, browser: TestClient
) -> None:
    edit(browser, "confirm", 4)
    changed = texts([*EN[:3], "Something else entirely.", *EN[4:]])
    with open_store(path) as store:
        folder = path.parent
        store.save_alignment(
            changed, author="Ada", source_path=folder / "talk.ru.txt", target_path=folder / "talk.en.txt"
        )
    html = browser.get("/alignment/1").text
    assert "confirmed by Ada" in html
    assert "<del>Sentence 4.</del>" in html
    edit(browser, "discard", 4)
    assert "confirmed by Ada" not in browser.get("/alignment/1").text


# Aligning again


def test_a_range_is_aligned_again_and_what_people_decided_stays(tmp_path: Path) -> None:
    seeds = Path(__file__).resolve().parents[2] / "seeds"
    for lang in ("ru", "en"):
        (tmp_path / f"interview.{lang}.txt").write_bytes((seeds / f"interview.{lang}.txt").read_bytes())
    from align import pipeline

    names = [str(tmp_path / f"interview.{lang}.txt") for lang in ("ru", "en")]
    documents = [
        pipeline.read_document(one)
        for one in pipeline.inputs(names, langs=["ru", "en"], encodings=[None] * 2)
    ]
    path = tmp_path / "concord.db"
    with open_store(path, create=True) as store, store.transaction():
        pipeline.keep(store, pipeline.align_versions(documents), names, "Ada")
    browser = client(path)
    before = beads(path)
    edit(browser, "merge-next", 10)
    edit(browser, "confirm", 20)
    answer = browser.post("/alignment/1/realign", data={"at": 1, "start": 5, "end": 30}, headers=SCRIPTED)
    assert answer.status_code == 200
    after = beads(path)
    assert (before[9][0] + before[10][0], before[9][1] + before[10][1], "edited") in after
    assert (*before[20][:2], "confirmed") in after
    assert sorted(s for source, _, _ in after for s in source) == list(range(len(documents[0].segments)))


# Corrections


def target_of(path: Path) -> int:
    with open_store(path) as store:
        return Window(store, 1).target.id


def test_a_corrected_sentence_is_shown_beside_what_was_read(path: Path, browser: TestClient) -> None:
    browser.post("/alignment/1/text/target/2", data={"new": "The third one.", "seen": EN[2]})
    html = browser.get("/alignment/1").text
    assert "<ins>The third one.</ins>" in html
    assert ">Sentence 3.</del>" in html


def test_a_correction_can_be_undone(path: Path, browser: TestClient) -> None:
    browser.post("/alignment/1/text/target/2", data={"new": "The third one.", "seen": EN[2]})
    browser.post("/alignment/1/text/target/back", data={"do": "undo"})
    with open_store(path) as store:
        assert Notes(store).corrections(target_of(path)) == []


def test_what_was_typed_is_kept_where_somebody_else_was_faster(path: Path, browser: TestClient) -> None:
    with open_store(path) as store:
        Notes(store).correct(target_of(path), 2, "Ben's sentence.", "Ben")
    answer = browser.post("/alignment/1/text/target/2", data={"new": "Ada's sentence.", "seen": EN[2]})
    assert answer.status_code == 409
    assert "Ben wrote" in answer.text
    assert "Ben&#39;s sentence." in answer.text
    assert "\nAda&#39;s sentence.</textarea>" in answer.text


def test_the_corrected_text_is_saved_in_its_own_format(tmp_path: Path) -> None:
    seen = "\n".join(EN)
    (tmp_path / "talk.en.txt").write_text(seen, "utf-8")
    import hashlib
    from dataclasses import replace

    from align.formats.read import read_bytes

    data = seen.encode()
    whole = texts()
    read = replace(
        whole.target, text=seen, format="txt", sha256=hashlib.sha256(data).hexdigest(),
        pieces=read_bytes(data, name="talk.en.txt").pieces,
    )  # fmt: skip
    browser = client(project(tmp_path, replace(whole, target=read)))
    browser.post("/alignment/1/text/target/2", data={"new": "The third one."})
    answer = browser.get("/alignment/1/corrected/target")
    assert answer.text == seen.replace("Sentence 3.", "The third one.")
    assert "talk.en.corrected.txt" in answer.headers["content-disposition"]


def test_a_text_of_which_nothing_is_corrected_is_not_saved(browser: TestClient) -> None:
    answer = browser.get("/alignment/1/corrected/target")
    assert answer.status_code == 400
    assert "nothing is corrected" in answer.text


# All of it


@pytest.mark.parametrize("format", ["tmx", "tsv", "html", "jsonl", "json"])
def test_an_alignment_is_saved_in_every_format(browser: TestClient, format: str) -> None:
    answer = browser.get(f"/alignment/1/export?format={format}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "Sentence 8." in answer.text


def test_every_mark_of_the_dot_plot_leads_to_its_beads(browser: TestClient) -> None:
    html = browser.get("/alignment/1/plot?at=3").text
    assert all(f'href="/alignment/1?at={n}#b{n}"' in html for n in range(1, 9))
    assert 'aria-label="Bead 3: 1 doubtful"' in html
    assert "style=" not in html


def test_a_long_text_has_few_marks_that_hold_all_beads() -> None:
    many = [bead([n], [n]) for n in range(5000)]
    made = plot(many, 5000, 5000, lambda bead: False)
    assert len(made.marks) <= MOST
    assert [mark.first for mark in made.marks[1:]] == [mark.last + 1 for mark in made.marks[:-1]]
    assert made.marks[-1].last == 5000


def several(folder: Path) -> Path:
    path = project(folder)
    german = document("talk.de.txt", "de", [f"Satz {n}." for n in range(1, 8)])
    found = [bead([n], [n]) for n in range(6)] + [bead([6, 7], [6])]
    with open_store(path) as store:
        store.save_alignment(
            align(texts().source, german, found), author="Ada",
            source_path=folder / "talk.ru.txt", target_path=folder / "talk.de.txt",
        )  # fmt: skip
    return path


def test_an_original_stands_beside_all_its_translations(tmp_path: Path) -> None:
    browser = client(several(tmp_path))
    assert 'href="/alignment/versions/1"' in browser.get("/alignment").text
    html = browser.get("/alignment/versions/1?at=7").text
    assert html.count("<tr id=") == 7
    assert 'lang="de"' in html


def test_a_row_is_confirmed_in_all_translations(tmp_path: Path) -> None:
    path = several(tmp_path)
    client(path).post("/alignment/versions/1/confirm", data={"at": 7})
    with open_store(path) as store:
        states = [[b.state for b in store.load_alignment(n).beads] for n in (1, 2)]
    assert states == [["proposed"] * 6 + ["confirmed"] * 2, ["proposed"] * 6 + ["confirmed"]]


def test_nothing_is_written_by_looking(path: Path, browser: TestClient) -> None:
    browser.get("/alignment")
    before = path.read_bytes()
    for address in (
        "",
        "?at=3",
        "/find?kind=doubtful&at=1",
        "/plot",
        "/text/target/1",
        "/text/target",
        "/news",
    ):
        browser.get(f"/alignment/1{address}")
    browser.get("/alignment/versions/1")
    assert path.read_bytes() == before
