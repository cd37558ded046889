"""Bringing two versions together: one side's changes are taken, what both changed is shown and left alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import ConcordError
from glossary.model import Comment, Concept, Entry, Status, Term
from glossary.review import apply, perform
from glossary.review.sync import bring_together, by_id, match_known, merge
from tests.glossary.entries_strategies import any_actions, entries

AT = "2024-05-06T07:08:09.123Z"
MILL = Entry(Concept("mill", "other", (Term("мельница", "ru"), Term("mill", "en")), "approved"), decided=True)


def with_status(entry: Entry, text: str, status: Status) -> Entry:
    """The entry with another status of one term."""
    terms = tuple(replace(t, status=status) if t.text == text else t for t in entry.concept.terms)
    return replace(entry, concept=replace(entry.concept, terms=terms))


def noted(entry: Entry, note: str) -> Entry:
    """The entry with another note."""
    return replace(entry, concept=replace(entry.concept, note=note))


@given(entries("a"), entries("a"))
def test_what_only_one_side_changed_is_taken_from_there(base: Entry, changed: Entry) -> None:
    assert merge(base, changed, base) == (changed, ())
    assert merge(base, base, changed) == (changed, ())


@given(entries("a"), entries("a"))
def test_what_both_changed_in_the_same_way_is_no_conflict(base: Entry, changed: Entry) -> None:
    assert merge(base, changed, changed) == (changed, ())


@settings(max_examples=50)
@given(st.data())
def test_nothing_that_either_side_decided_is_lost_without_a_conflict(data: st.DataObject) -> None:
    base = data.draw(entries("a"))

    def moved_on(entry: Entry) -> Entry | None:
        action = data.draw(any_actions({"a": entry}))
        try:
            changes = perform({"a": entry}, action, author="Ada", at=AT)
        except ConcordError:
            return entry
        return apply({"a": entry}, changes).get("a")

    ours, theirs = moved_on(base), moved_on(base)
    merged, conflicts = merge(base, ours, theirs)
    if conflicts or merged is None or ours is None or theirs is None:
        assert conflicts or None in (ours, theirs)
        return
    for side in (ours, theirs):
        for name in ("kind", "state", "definition", "note", "reason"):
            if getattr(side.concept, name) != getattr(base.concept, name):
                assert getattr(merged.concept, name) == getattr(side.concept, name)
        assert set(side.comments) - set(base.comments) <= set(merged.comments)
        added = {(t.lang, t.text, t.scope) for t in side.concept.terms}
        added -= {(t.lang, t.text, t.scope) for t in base.concept.terms}
        assert added <= {(t.lang, t.text, t.scope) for t in merged.concept.terms}


def test_changes_to_different_terms_of_one_concept_are_both_taken() -> None:
    ours, theirs = with_status(MILL, "мельница", "preferred"), with_status(MILL, "mill", "admitted")
    merged, conflicts = merge(MILL, ours, theirs)
    assert conflicts == ()
    assert merged == with_status(ours, "mill", "admitted")


def test_opposite_statuses_of_one_term_are_a_conflict_that_shows_both() -> None:
    ours, theirs = with_status(MILL, "mill", "preferred"), with_status(MILL, "mill", "forbidden")
    merged, (conflict,) = merge(MILL, ours, theirs)
    assert merged is None
    assert (conflict.field, conflict.ours, conflict.theirs) == ("mill (en): status", "preferred", "forbidden")


def test_two_terms_that_cannot_stand_together_are_a_conflict() -> None:
    def adding(text: str, status: Status) -> Entry:
        terms = (*MILL.concept.terms, Term(text, "de", status=status))
        return replace(MILL, concept=replace(MILL.concept, terms=terms))

    merged, conflicts = merge(MILL, adding("Mühle", "preferred"), adding("mühle", "forbidden"))
    assert merged is None
    assert "both" in conflicts[0].theirs


def test_comments_of_both_sides_stand_in_order_of_time() -> None:
    early, late = (
        Comment("Bo", "2024-01-01T00:00:00Z", "first"),
        Comment("Ada", "2024-02-01T00:00:00Z", "second"),
    )
    merged, _ = merge(MILL, replace(MILL, comments=(late,)), replace(MILL, comments=(early,)))
    assert merged is not None
    assert merged.comments == (early, late)


def test_what_one_side_took_out_and_the_other_changed_is_a_conflict() -> None:
    merged, (conflict,) = merge(MILL, noted(MILL, "new"), None)
    assert (merged, conflict.ours, conflict.theirs) == (None, "changed", "taken out")


def test_what_one_side_took_out_and_the_other_left_alone_is_gone() -> None:
    outcome = bring_together(by_id([MILL]), by_id([MILL]), {})
    assert (outcome.gone, outcome.conflicts) == (("mill",), ())


def test_without_a_common_base_what_differs_is_a_conflict_and_what_is_missing_is_filled_in() -> None:
    merged, conflicts = merge(None, MILL, noted(MILL, "at the ford"))
    assert (merged, conflicts) == (noted(MILL, "at the ford"), ())
    _, (conflict,) = merge(None, noted(MILL, "by the ford"), noted(MILL, "at the ford"))
    assert conflict.field == "note"


def test_a_conflict_leaves_both_sides_as_they_are() -> None:
    ours, theirs = noted(MILL, "ours"), noted(MILL, "theirs")
    outcome = bring_together(by_id([MILL]), by_id([ours]), by_id([theirs]))
    assert (outcome.agreed, outcome.to_us, outcome.to_them) == ({}, (), ())
    assert (outcome.left_ours["mill"], outcome.left_theirs["mill"]) == (ours, theirs)


def test_a_person_can_say_which_side_holds() -> None:
    ours, theirs = noted(MILL, "ours"), noted(MILL, "theirs")
    sides = by_id([MILL]), by_id([ours]), by_id([theirs])
    assert bring_together(*sides, take={"mill": "theirs"}).to_us == (theirs,)
    assert bring_together(*sides, take={"*": "ours"}).to_them == ("mill",)


def test_bringing_together_again_changes_nothing() -> None:
    ours, theirs = with_status(MILL, "мельница", "preferred"), with_status(MILL, "mill", "admitted")
    first = bring_together(by_id([MILL]), by_id([ours]), by_id([theirs]))
    second = bring_together(first.agreed, first.agreed, first.agreed)
    assert (second.to_us, second.to_them, second.conflicts) == ((), (), ())


def test_an_entry_from_elsewhere_is_known_by_its_candidates_key() -> None:
    incoming = replace(MILL, keys=("ru/other/мельница",))
    (found,) = match_known([incoming], {}, {"ru/other/мельница": "here"}, lambda term: "")
    assert found.concept.id == "here"


def test_two_entries_from_elsewhere_never_become_one() -> None:
    other = replace(MILL, concept=replace(MILL.concept, id="other"))
    found = match_known([MILL, other], {}, {}, lambda term: "here")
    assert [entry.concept.id for entry in found] == ["here", "other"]
