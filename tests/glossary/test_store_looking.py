"""What the review page asks of the store: pages backwards, one's own undo, earlier versions, concordances."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import ConflictError
from align.store import open_store
from glossary.model import Term
from glossary.review import actions as do
from glossary.review import history, last_steps
from glossary.store import Glossary, Query
from tests.glossary.samples import built, candidate

Steps = list[tuple[int, int | None, bool]]


@pytest.fixture
def glossary(tmp_path: Path) -> Iterator[Glossary]:
    with open_store(built(tmp_path)) as store:
        yield Glossary(store)


@pytest.fixture
def long_list(tmp_path: Path) -> Iterator[Glossary]:
    with open_store(tmp_path / "concord.db", create=True) as store:
        made = Glossary(store)
        made.build([candidate("ru", f"слово{n}", ()) for n in range(20)], {}, author="machine")
        yield made


@pytest.mark.parametrize("sort", ["score", "count", "label"])
def test_a_page_backwards_holds_what_stands_before_the_cursor_in_the_order_of_the_list(
    long_list: Glossary, sort: str
) -> None:
    query = Query(sort=sort)  # type: ignore[arg-type]
    rows = [row.id for row in long_list.page(query).rows]
    before = long_list.page(query, after=long_list.place_of(rows[10], query), limit=4, back=True)
    assert [row.id for row in before.rows] == rows[6:10]


def test_pages_backwards_lead_to_the_beginning(long_list: Glossary) -> None:
    query = Query()
    rows = [row.id for row in long_list.page(query).rows]
    cursor, found = long_list.place_of(rows[-1], query), [rows[-1]]
    while cursor:
        page = long_list.page(query, after=cursor, limit=3, back=True)
        found = [row.id for row in page.rows] + found
        cursor = page.next
    assert found == rows


def test_versions_are_those_of_all_concepts_that_the_query_finds(glossary: Glossary) -> None:
    rows = glossary.page(Query(lang="ru")).rows
    assert glossary.versions(Query(lang="ru")) == [(row.id, row.version) for row in rows]


def test_an_edit_of_several_things_is_one_event(glossary: Glossary) -> None:
    number = glossary.resolve("мельница")
    actions = (
        do.EditConcept(number, note="by the ford"),
        do.EditTerm(number, do.TermRef("мельница", "ru"), lemma="мельница водяная"),
        do.AddTerm(number, Term("Mühle", "de")),
    )
    before = glossary.get(number).entry
    glossary.perform(do.Together(actions), author="Ada")
    assert "Mühle" in {term.text for term in glossary.get(number).entry.concept.terms}
    glossary.undo(author="Ada")
    assert glossary.get(number).entry.concept.terms == before.concept.terms


def test_an_editor_is_offered_to_take_back_a_decision_of_their_own(glossary: Glossary) -> None:
    first, second = (row.id for row in glossary.page(Query(), limit=2).rows)
    mine = glossary.perform(do.Accept((first,)), author="Ada")
    glossary.perform(do.Accept((second,)), author="Bela")
    done, undone = glossary.upcoming("Ada")
    assert mine is not None
    assert done is not None
    assert (done.id, undone) == (mine.id, None)


def test_a_named_decision_is_taken_back_and_others_stand(glossary: Glossary) -> None:
    first, second = (row.id for row in glossary.page(Query(), limit=2).rows)
    mine = glossary.perform(do.Accept((first,)), author="Ada")
    glossary.perform(do.Accept((second,)), author="Bela")
    assert mine is not None
    glossary.undo(author="Ada", event=mine.id)
    states = [glossary.get(number).entry.concept.state for number in (first, second)]
    assert states == ["candidate", "approved"]


def test_what_was_taken_back_already_is_a_conflict(glossary: Glossary) -> None:
    event = glossary.perform(do.Accept((glossary.page(Query()).rows[0].id,)), author="Ada")
    assert event is not None
    glossary.undo(author="Bela", event=event.id)
    with pytest.raises(ConflictError, match="was taken back already"):
        glossary.undo(author="Ada", event=event.id)


def test_a_concept_is_found_as_it_was_at_an_earlier_version(glossary: Glossary) -> None:
    number = glossary.resolve("мельница")
    event = glossary.perform(do.EditConcept(number, note="old"), author="Ada")
    glossary.perform(do.EditConcept(number, note="new"), author="Bela")
    assert event is not None
    then = glossary.as_of(number, event.id)
    assert then is not None
    assert then.concept.note == "old"


def test_forms_are_found_as_words_of_their_own(glossary: Glossary) -> None:
    assert {found.text for found in glossary.search(["mill"], lang="en")} == {"mill"}
    assert "mill" in {found.text for found in glossary.search("mill", lang="en")}
    assert len(glossary.search("mill", lang="en")) > len(glossary.search(["mill"], lang="en"))


def test_a_concordance_marks_the_concept_in_the_counterpart(glossary: Glossary) -> None:
    found = glossary.search(["mill"], lang="en", concept=glossary.resolve("мельница"))
    other = found[0].counterparts[0]
    assert [other.text[a:b].lower() for a, b in other.spans] == ["мельница"]


def test_a_concordance_goes_on_after_the_last_place(glossary: Glossary) -> None:
    every = glossary.search("м", lang="ru")
    rest = glossary.search("м", lang="ru", after=(every[1].document, every[1].start))
    assert rest == every[2:]


@st.composite
def event_steps(draw: st.DrawFn) -> Steps:
    """Decisions, undos of what stands and redos of what was undone, in any order."""
    steps: Steps = []
    for number in range(1, draw(st.integers(1, 25))):
        done, undone = history(steps)
        kind = draw(st.sampled_from(["do", "undo", "redo"]))
        if kind == "undo" and done:
            steps.append((number, draw(st.sampled_from(done)), True))
        elif kind == "redo" and undone:
            steps.append((number, draw(st.sampled_from(undone)), False))
        else:
            steps.append((number, None, False))
    return steps


@given(event_steps())
def test_the_ends_of_the_history_are_found_from_its_end(steps: Steps) -> None:
    done, undone = history(steps)
    ends = (done[-1] if done else None, undone[-1] if undone else None)
    assert last_steps(reversed(steps)) == ends
