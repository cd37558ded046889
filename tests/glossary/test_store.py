"""The glossary in a real project file: building, deciding, undoing, and whatever may come between."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from align.errors import ConflictError, NewerStoreError, StoreError, UsageError
from align.store import Store, open_store
from glossary.model import Link, Term
from glossary.review import actions as do
from glossary.review import replay
from glossary.store import Glossary, Query, Row
from glossary.store.events import get_changes
from glossary.store.list import Sort
from tests.commands import environment
from tests.glossary.samples import EN, RU, aligned, build, built, candidates, project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with a built glossary."""
    return built(tmp_path)


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """The same, open."""
    with open_store(path) as store:
        yield store


@pytest.fixture
def glossary(store: Store) -> Glossary:
    """Its glossary."""
    return Glossary(store)


def mill(glossary: Glossary) -> str:
    """The id of the mill."""
    return glossary.resolve("мельница")


def later(path: Path, ru: tuple[str, ...], en: tuple[str, ...]) -> None:
    """The texts change, are aligned anew, and the glossary is built again."""
    pair = aligned(ru, en)
    with open_store(path) as store:
        store.save_alignment(pair, author="Ada")
        build(store, pair)


# Building


def test_candidates_of_two_languages_that_render_each_other_are_one_concept(glossary: Glossary) -> None:
    held = glossary.get(mill(glossary))
    assert [(t.lang, t.text) for t in held.entry.concept.terms] == [
        ("ru", "мельница"),
        ("en", "mill"),
        ("en", "windmill"),
    ]
    assert held.entry.keys == ("en/other/mill", "ru/other/мельница")


def test_proposed_concepts_are_undecided_candidates_without_statuses(glossary: Glossary) -> None:
    held = glossary.get(mill(glossary))
    assert (held.entry.decided, held.entry.concept.state, held.version) == (False, "candidate", 0)
    assert all(term.status is None for term in held.entry.concept.terms)


def test_links_of_candidates_become_proposed_links_of_concepts(glossary: Glossary) -> None:
    (link,) = glossary.get(glossary.resolve("цех мельников")).entry.concept.links
    assert (link.type, link.target, link.proposed) == ("narrower", mill(glossary), True)


def test_ids_are_the_same_in_every_project(tmp_path: Path, glossary: Glossary) -> None:
    (tmp_path / "other").mkdir()
    with open_store(built(tmp_path / "other")) as other:
        assert mill(Glossary(other)) == mill(glossary)


def test_building_again_changes_nothing(glossary: Glossary) -> None:
    before = dict(glossary.state())
    build(glossary.store)
    assert dict(glossary.state()) == before


def test_building_again_leaves_an_approved_concept_as_it_was_decided(path: Path) -> None:
    with open_store(path) as store:
        glossary = Glossary(store)
        number = mill(glossary)
        glossary.perform(do.Accept((number,)), author="Ada")
        glossary.perform(do.DropTerm(number, do.TermRef("windmill")), author="Ada")
        before = glossary.get(number).entry
    later(path, (*RU, "Мельница сгорела."), (*EN, "The mill burnt down."))
    with open_store(path) as store:
        assert Glossary(store).get(number).entry == before


def test_a_rejected_candidate_stays_rejected_and_says_why(path: Path) -> None:
    with open_store(path) as store:
        glossary = Glossary(store)
        number = mill(glossary)
        glossary.perform(do.Reject((number,)), author="Ada", reason="an ordinary word")
    later(path, (*RU, "Мельница сгорела."), (*EN, "The mill burnt down."))
    with open_store(path) as store:
        glossary = Glossary(store)
        concept = glossary.get(number).entry.concept
        assert (concept.state, concept.reason) == ("rejected", "an ordinary word")
        assert mill(glossary) == number  # and nobody proposes it a second time


def test_a_rejected_candidate_that_seems_to_be_of_another_kind_stays_rejected(path: Path) -> None:
    with open_store(path) as store:
        glossary = Glossary(store)
        number = mill(glossary)
        glossary.perform(do.Reject((number,)), author="Ada", reason="an ordinary word")
        found = [
            replace(one, kind="place", key=one.key.replace("/other/", "/place/"))
            if one.term.text in ("мельница", "mill")
            else one
            for one in candidates(aligned())
        ]
        glossary.build(found, glossary.documents()[0], author="Ada", signature="test")
        assert mill(glossary) == number  # and nobody proposes it a second time
        assert glossary.get(number).entry.concept.state == "rejected"
        assert "ru/place/мельница" in glossary.get(number).entry.keys


def test_new_evidence_for_a_decided_concept_is_added_and_shown(path: Path) -> None:
    with open_store(path) as store:
        glossary = Glossary(store)
        number = mill(glossary)
        glossary.perform(do.Accept((number,)), author="Ada")
        assert not glossary.get(number).has_new
    later(path, (*RU, "Мельница сгорела."), (*EN, "The mill burnt down."))
    with open_store(path) as store:
        glossary = Glossary(store)
        assert glossary.get(number).has_new
        assert [row.id for row in glossary.page(Query(new=True)).rows] == [number]
        assert [found.is_new for found in glossary.evidence(number)] == [False, False, False, True]
        (new,) = glossary.evidence(number, only_new=True)
        assert new.sentence.text == "Мельница сгорела."


def test_deciding_again_makes_evidence_old(path: Path) -> None:
    with open_store(path) as store:
        number = mill(Glossary(store))
        Glossary(store).perform(do.Accept((number,)), author="Ada")
    later(path, (*RU, "Мельница сгорела."), (*EN, "The mill burnt down."))
    with open_store(path) as store:
        glossary = Glossary(store)
        glossary.perform(do.AddComment((number,), "seen"), author="Ada")
        assert not glossary.get(number).has_new


def test_evidence_whose_sentence_only_moved_is_not_new(path: Path) -> None:
    with open_store(path) as store:
        number = mill(Glossary(store))
        Glossary(store).perform(do.Accept((number,)), author="Ada")
    later(path, ("Пришла осень.", *RU), ("Autumn came.", *EN))
    with open_store(path) as store:
        glossary = Glossary(store)
        found = glossary.evidence(number)
        assert not glossary.get(number).has_new
        assert [(e.segment, e.sentence.text) for e in found] == [(1, RU[0]), (2, RU[1]), (3, RU[2])]


def test_candidates_that_are_not_found_any_more_go_if_nobody_decided_them(path: Path) -> None:
    later(path, RU[:1], EN[:1])
    with open_store(path) as store, pytest.raises(UsageError):
        Glossary(store).resolve("цех мельников")


def test_what_somebody_decided_stays_when_it_is_not_found_any_more(path: Path) -> None:
    with open_store(path) as store:
        glossary = Glossary(store)
        number = glossary.resolve("цех мельников")
        glossary.perform(do.Accept((number,)), author="Ada")
    later(path, RU[:1], EN[:1])
    with open_store(path) as store:
        glossary = Glossary(store)
        assert glossary.get(number).entry.concept.state == "approved"
        assert (glossary.get(number).count, glossary.evidence(number)) == (0, [])


# Evidence


def test_evidence_marks_the_term_in_both_languages(glossary: Glossary) -> None:
    found = glossary.evidence(mill(glossary))[1]
    (other,) = found.counterparts
    assert [found.sentence.text[a:b] for a, b in found.sentence.spans] == ["мельницу"]
    assert [other.text[a:b] for a, b in other.spans] == ["windmill"]
    assert (found.document, found.segment, other.document, other.segments) == (
        "mill.ru.txt",
        1,
        "mill.en.txt",
        (1,),
    )


def test_evidence_can_be_read_from_the_other_language(glossary: Glossary) -> None:
    found = glossary.evidence(mill(glossary), lang="en")
    assert [e.text for e in found] == ["mill", "mill"]
    assert [e.counterparts[0].text for e in found] == [RU[0], RU[2]]


def test_evidence_goes_on_where_it_was_left(glossary: Glossary) -> None:
    first = glossary.evidence(mill(glossary), limit=2)
    rest = glossary.evidence(mill(glossary), after=(first[-1].document, first[-1].start))
    assert [e.text for e in (*first, *rest)] == ["Мельница", "мельницу", "мельницы"]


def test_evidence_in_a_text_that_was_read_anew_says_that_it_is_stale(path: Path) -> None:
    with open_store(path) as store:
        store.save_alignment(aligned(("Снег.", *RU[1:]), ("Snow.", *EN[1:])), author="Ada")
        glossary = Glossary(store)
        found = glossary.evidence(mill(glossary))
    assert [(e.stale, e.sentence.text, e.text) for e in found[:1]] == [(True, "", "Мельница")]


# Deciding


def test_a_decision_is_an_event_with_author_time_and_reason(glossary: Glossary) -> None:
    glossary.perform(do.Reject((mill(glossary),)), author="Ada", reason="an ordinary word")
    (event,) = glossary.history(mill(glossary))
    assert (event.action, event.author, event.reason) == ("reject", "Ada", "an ordinary word")
    assert event.at.endswith("Z")


def test_the_events_replayed_come_to_what_the_file_holds(glossary: Glossary) -> None:
    number, guild = mill(glossary), glossary.resolve("цех мельников")
    glossary.perform(do.Accept((number,)), author="Ada")
    glossary.perform(do.SetStatus(number, do.TermRef("windmill"), "forbidden"), author="Bo")
    glossary.perform(do.AddLink(guild, Link("narrower", number)), author="Bo")
    glossary.undo(author="Ada")
    glossary.perform(do.Merge(number, (guild,)), author="Ada")
    glossary.perform(do.Split(number, (do.TermRef("windmill"),), "windmill"), author="Bo")
    state = replay(get_changes(glossary.db, event.id) for event in glossary.history())
    assert state == {k: v for k, v in dict(glossary.state()).items() if k in state}
    assert len(state) == 3


def test_undo_has_no_end_and_redo_leads_back(glossary: Glossary) -> None:
    number = mill(glossary)
    states = [dict(glossary.state())]
    for action in (
        do.Accept((number,)),
        do.AddTerm(number, Term("Mühle", "de")),
        do.Merge(number, (glossary.resolve("цех мельников"),)),
        do.Reject((number,)),
    ):
        glossary.perform(action, author="Ada")
        states.append(dict(glossary.state()))
    for before in reversed(states[:-1]):
        glossary.undo(author="Bo")
        assert dict(glossary.state()) == before
    with pytest.raises(UsageError, match="nothing to undo"):
        glossary.undo(author="Bo")
    for after in states[1:]:
        glossary.redo(author="Bo")
        assert dict(glossary.state()) == after
    with pytest.raises(UsageError, match="nothing to redo"):
        glossary.redo(author="Bo")


def test_one_concepts_decision_can_be_undone_past_another_s(glossary: Glossary) -> None:
    number, guild = mill(glossary), glossary.resolve("цех мельников")
    glossary.perform(do.Accept((number,)), author="Ada")
    glossary.perform(do.Accept((guild,)), author="Ada")
    glossary.undo(author="Ada", concept=number)
    states = [glossary.get(n).entry.concept.state for n in (number, guild)]
    assert states == ["candidate", "approved"]


def test_a_decision_that_something_later_builds_on_is_not_undone_alone(glossary: Glossary) -> None:
    number, guild = mill(glossary), glossary.resolve("цех мельников")
    glossary.perform(do.Accept((number, guild)), author="Ada")
    glossary.perform(do.AddComment((guild,), "sure"), author="Ada")
    with pytest.raises(ConflictError):
        glossary.undo(author="Ada", concept=number)
    assert glossary.get(number).entry.concept.state == "approved"


def test_after_an_undo_to_the_first_the_candidate_is_the_machines_again(glossary: Glossary) -> None:
    number = mill(glossary)
    glossary.perform(do.Reject((number,)), author="Ada")
    glossary.undo(author="Ada")
    assert not glossary.get(number).entry.decided


def test_an_undo_survives_a_build_in_between(path: Path) -> None:
    with open_store(path) as store:
        glossary = Glossary(store)
        number = mill(glossary)
        glossary.perform(do.Reject((number,)), author="Ada")
    later(path, (*RU, "Мельница сгорела."), (*EN, "The mill burnt down."))
    with open_store(path) as store:
        glossary = Glossary(store)
        glossary.undo(author="Ada")
        assert glossary.get(number).entry.concept.state == "candidate"
        assert len(glossary.evidence(number)) == 4


def test_merged_concepts_share_their_evidence(glossary: Glossary) -> None:
    number = mill(glossary)
    glossary.perform(do.Merge(number, (glossary.resolve("цех мельников"),)), author="Ada")
    assert len(glossary.evidence(number)) == 4


def test_the_file_refuses_to_forget_an_event(glossary: Glossary) -> None:
    glossary.perform(do.Accept((mill(glossary),)), author="Ada")
    for statement in ("DELETE FROM term_events", "UPDATE term_changes SET after = NULL"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            glossary.db.execute(statement)


# Two people


def test_the_second_of_two_sees_what_the_first_did_and_nothing_is_lost(path: Path) -> None:
    with open_store(path) as one, open_store(path) as two:
        ada, bo = Glossary(one), Glossary(two)
        number = mill(ada)
        seen = {number: bo.get(number).version}
        ada.perform(do.Reject((number,)), author="Ada", reason="an ordinary word", expected=dict(seen))
        with pytest.raises(ConflictError, match=r"rejected by Ada.*an ordinary word"):
            bo.perform(do.Accept((number,)), author="Bo", expected=seen)
        assert bo.get(number).entry.concept.state == "rejected"
        bo.perform(do.Accept((number,)), author="Bo", expected={number: bo.get(number).version})
        assert [event.author for event in bo.history(number)] == ["Ada", "Bo"]


def test_two_people_can_decide_about_two_concepts_at_once(path: Path) -> None:
    with open_store(path) as one, open_store(path) as two:
        ada, bo = Glossary(one), Glossary(two)
        number, guild = mill(ada), ada.resolve("цех мельников")
        versions = {number: ada.get(number).version}, {guild: bo.get(guild).version}
        ada.perform(do.Accept((number,)), author="Ada", expected=versions[0])
        bo.perform(do.Accept((guild,)), author="Bo", expected=versions[1])
        assert ada.count(Query(state="approved")) == 2


def test_twenty_decisions_of_two_programs_at_once_are_all_there(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from align.store import open_store\nfrom glossary.store import Glossary\n"
        "from glossary.review.actions import AddComment\n"
        "with open_store(Path(sys.argv[1]), timeout=60) as store:\n"
        "    glossary = Glossary(store)\n    number = glossary.resolve('мельница')\n"
        "    for n in range(10):\n"
        "        glossary.perform(AddComment((number,), f'{sys.argv[2]} {n}'), author=sys.argv[2])\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(path), who], env=environment())
        for who in ("Ada", "Bo")
    ]
    assert [process.wait(120) for process in running] == [0, 0]
    with open_store(path) as store:
        glossary = Glossary(store)
        said = {comment.text for comment in glossary.get(mill(glossary)).entry.comments}
    assert said == {f"{who} {n}" for who in ("Ada", "Bo") for n in range(10)}


def test_a_locked_file_is_an_error_that_says_so(path: Path) -> None:
    with open_store(path, timeout=0.1) as store:
        glossary = Glossary(store)
        blocker = sqlite3.connect(path, isolation_level=None)
        blocker.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="another program"):
            glossary.perform(do.Accept((mill_without_reading(),)), author="Ada")
        blocker.execute("ROLLBACK")
        blocker.close()
        assert glossary.history() == []


def mill_without_reading() -> str:
    """The id of the mill, as it is in every project."""
    from glossary.review.entries import make_id

    return make_id("en/other/mill")


# Accidents


def test_a_decision_that_is_killed_half_way_leaves_the_file_as_it_was(path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from align.store import open_store\nfrom glossary.store import Glossary\n"
        "from glossary.review.actions import Accept\n"
        "with open_store(Path(sys.argv[1])) as store:\n"
        "    glossary = Glossary(store)\n    number = glossary.resolve('мельница')\n"
        "    with store.transaction():\n"
        "        glossary.perform(Accept((number,)), author='Ada')\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(path)], env=environment(), check=False)
    assert ended.returncode == -signal.SIGKILL
    with open_store(path) as store:
        glossary = Glossary(store)
        assert glossary.history() == []
        assert glossary.get(mill(glossary)).entry.concept.state == "candidate"


def test_a_build_that_fails_half_way_changes_nothing(glossary: Glossary) -> None:
    before = dict(glossary.state())
    documents, _ = glossary.documents()
    found = candidates(aligned((*RU, "Мельница."), (*EN, "The mill.")))
    with pytest.raises(UsageError, match="segment 4"):
        glossary.build(found, documents, author="Ada")
    assert (dict(glossary.state()), glossary.builds()) == (before, 1)


def test_a_glossary_of_a_newer_version_is_refused(path: Path) -> None:
    with open_store(path) as store:
        store.db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('glossary', 'x', '')"
        )
    with open_store(path) as store, pytest.raises(NewerStoreError):
        Glossary(store)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written_is_an_error(path: Path) -> None:
    path.chmod(0o444)
    with open_store(path) as store:
        glossary = Glossary(store)
        number = mill(glossary)
        with pytest.raises(StoreError):
            glossary.perform(do.Accept((number,)), author="Ada")


def test_a_decision_needs_an_author(glossary: Glossary) -> None:
    with pytest.raises(UsageError, match="author"):
        glossary.perform(do.Accept((mill(glossary),)), author=" ")


# Listing


def test_pages_together_are_the_whole_list_in_its_order(glossary: Glossary) -> None:
    for number in range(23):
        term = Term(f"Ort {number % 5}", "de")
        glossary.perform(do.AddConcept(f"place{number:02}", "place", (term,)), author="Ada")
    for sort in get_args(Sort):
        whole = glossary.page(Query(sort=sort), limit=1000)
        found: list[Row] = []
        after = ""
        while True:
            page = glossary.page(Query(sort=sort), after=after, limit=4)
            found += page.rows
            after = page.next
            if not after:
                break
        assert (tuple(found), whole.next, len(found)) == (whole.rows, "", 25)


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        (Query(), {"мельница", "цех мельников"}),
        (Query(kind="organisation"), {"цех мельников"}),
        (Query(text="WINDM"), {"мельница"}),
        (Query(text="мельни", lang="ru"), {"мельница", "цех мельников"}),
        (Query(text="мельни", lang="en"), set()),
        (Query(lang="de"), set()),
        (Query(status="none"), {"мельница", "цех мельников"}),
        (Query(status="preferred"), set()),
        (Query(state="approved"), set()),
        (Query(min_count=2), {"мельница"}),
        (Query(document="mill.ru.txt"), {"мельница", "цех мельников"}),
        (Query(document="other.txt"), set()),
        (Query(new=True), set()),
    ],
    ids=lambda value: str(sorted(value)) if isinstance(value, set) else str(value),
)
def test_a_list_can_be_narrowed(glossary: Glossary, query: Query, labels: set[str]) -> None:
    assert {row.label for row in glossary.page(query).rows} == labels
    assert glossary.count(query) == len(labels)


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIiwgMV0", "мельница", "bnVsbA", "/" * 50])
def test_a_cursor_that_is_none_is_refused(glossary: Glossary, cursor: str) -> None:
    with pytest.raises(UsageError, match="--after"):
        glossary.page(Query(), after=cursor)


def test_a_concept_is_found_by_its_id_the_beginning_of_it_and_its_terms(glossary: Glossary) -> None:
    number = mill(glossary)
    assert {glossary.resolve(name) for name in (number, number[:5], "МЕЛЬНИЦА", "windmill")} == {number}


def test_a_name_that_several_concepts_have_is_answered_with_all_of_them(glossary: Glossary) -> None:
    glossary.perform(do.AddConcept("second", "other", (Term("мельница", "ru"),)), author="Ada")
    with pytest.raises(UsageError, match="second"):
        glossary.resolve("мельница")


def test_a_project_without_a_glossary_gets_its_tables_when_it_is_opened(tmp_path: Path) -> None:
    with open_store(project(tmp_path)) as store:
        assert Glossary(store).count(Query()) == 0
