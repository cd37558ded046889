"""Deciding: what each action does, what is refused, and that everything can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import ConcordError, ConflictError, InputError, UsageError
from glossary.model import Concept, Entry, Link, Status, Term
from glossary.review import Change, apply, history, inverse, perform, replay
from glossary.review import actions as do
from glossary.review.valid import LONGEST_TERM
from tests.glossary.entries_strategies import any_actions, entries, states

AT = "2024-05-06T07:08:09.123Z"


def entry(number: str, *terms: Term, **fields: object) -> Entry:
    """A candidate with these terms."""
    concept = Concept(number, "organisation", terms or (Term(number.upper(), "en"),))
    return Entry(replace(concept, **fields), keys=(f"en/organisation/{number}",))  # type: ignore[arg-type]


def done(state: dict[str, Entry], action: do.Action, reason: str = "") -> dict[str, Entry]:
    """The state after an action."""
    return apply(state, perform(state, action, author="Ada", at=AT, reason=reason))


def statuses(held: Entry) -> dict[str, Status | None]:
    """The statuses of a concept's terms by text."""
    return {term.text: term.status for term in held.concept.terms}


MILL = entry("mill", Term("мельница", "ru"), Term("mill", "en"), Term("windmill", "en"))
GUILD = entry("guild", Term("цех", "ru"), Term("guild", "en"))


# What always holds


@settings(max_examples=40)  # several actions each
@given(st.data())
def test_an_action_and_its_inverse_leave_everything_as_it_was(data: st.DataObject) -> None:
    state = data.draw(states())
    for _ in range(3):
        action = data.draw(any_actions(state))
        try:
            changes = perform(state, action, author="Ada", at=AT, reason="why")
        except ConcordError:
            continue
        after = apply(state, changes)
        assert apply(after, inverse(changes)) == state
        state = after


@settings(max_examples=40)  # several actions each
@given(st.data())
def test_events_replayed_in_their_order_come_to_the_same_state(data: st.DataObject) -> None:
    start = data.draw(states())
    state, events = dict(start), []
    for _ in range(6):
        try:
            changes = perform(state, data.draw(any_actions(state)), author="Ada", at=AT)
        except ConcordError:
            continue
        events.append(changes)
        state = apply(state, changes)
    assert replay(events, start) == state
    touched = {change.id for changes in events for change in changes}
    assert {k: v for k, v in replay(events).items() if k in touched} == {
        k: v for k, v in state.items() if k in touched
    }


@settings(max_examples=40)  # several actions each
@given(st.data())
def test_whatever_is_done_can_be_undone_to_the_first_and_done_again_to_the_last(data: st.DataObject) -> None:
    state = data.draw(states())
    row, seen = [], [state]
    for _ in range(6):
        try:
            changes = perform(state, data.draw(any_actions(state)), author="Ada", at=AT)
        except ConcordError:
            continue
        row.append(changes)
        state = apply(state, changes)
        seen.append(state)
    for changes, before in zip(reversed(row), reversed(seen[:-1]), strict=True):
        state = apply(state, inverse(changes))
        assert state == before
    for changes, after in zip(row, seen[1:], strict=True):
        state = apply(state, changes)
        assert state == after


@settings(max_examples=40)  # several actions each
@given(st.data())
def test_nothing_but_what_an_action_names_is_changed(data: st.DataObject) -> None:
    state = data.draw(states())
    number = data.draw(st.sampled_from(sorted(state)))
    after = done(state, do.Reject((number,)))
    assert {k: v for k, v in after.items() if k != number} == {k: v for k, v in state.items() if k != number}


# Single actions


def test_accepting_approves_and_prefers_the_first_term_of_each_language() -> None:
    after = done({"mill": MILL}, do.Accept(("mill",)))["mill"]
    assert after.concept.state == "approved"
    assert statuses(after) == {"мельница": "preferred", "mill": "preferred", "windmill": None}


def test_accepting_leaves_a_language_alone_in_which_something_is_decided() -> None:
    forbidden = entry("mill", Term("mill", "en"), Term("windmill", "en", status="forbidden"))
    after = done({"mill": forbidden}, do.Accept(("mill",)))["mill"]
    assert statuses(after) == {"mill": None, "windmill": "forbidden"}


def test_a_rejected_candidate_says_why() -> None:
    after = done({"mill": MILL}, do.Reject(("mill",)), reason="an ordinary word")["mill"]
    assert (after.concept.state, after.concept.reason) == ("rejected", "an ordinary word")


def test_accepting_twice_is_no_second_event() -> None:
    state = done({"mill": MILL}, do.Accept(("mill",)))
    assert perform(state, do.Accept(("mill",)), author="Bo", at=AT) == ()


def test_preferring_another_term_makes_the_former_admitted() -> None:
    state = done({"mill": MILL}, do.Accept(("mill",)))
    after = done(state, do.SetStatus("mill", do.TermRef("windmill"), "preferred"))["mill"]
    assert statuses(after) == {"мельница": "preferred", "mill": "admitted", "windmill": "preferred"}


def test_two_preferred_terms_may_stand_beside_each_other_if_that_is_said() -> None:
    state = done({"mill": MILL}, do.Accept(("mill",)))
    after = done(state, do.SetStatus("mill", do.TermRef("windmill"), "preferred", beside=True))["mill"]
    assert statuses(after)["mill"] == "preferred"


def test_a_status_for_a_client_leaves_the_general_one() -> None:
    state = done({"mill": MILL}, do.Accept(("mill",)))
    ref = do.TermRef("mill", scope="client=Acme")
    after = done(state, do.SetStatus("mill", ref, "forbidden"))["mill"]
    assert [(t.text, t.scope, t.status) for t in after.concept.terms if t.text == "mill"] == [
        ("mill", "", "preferred"),
        ("mill", "client=Acme", "forbidden"),
    ]


def test_a_term_that_is_not_there_is_added_with_its_language() -> None:
    after = done({"mill": MILL}, do.SetStatus("mill", do.TermRef("Mühle", "de"), "preferred"))["mill"]
    assert statuses(after)["Mühle"] == "preferred"


def test_a_term_that_is_not_there_is_refused_without_a_language() -> None:
    with pytest.raises(UsageError, match="no term 'Mühle'"):
        done({"mill": MILL}, do.SetStatus("mill", do.TermRef("Mühle"), "preferred"))


def test_a_text_that_two_languages_share_has_to_be_told_apart() -> None:
    both = entry("etim", Term("ETIM", "en"), Term("ETIM", "de"))
    with pytest.raises(UsageError, match="several"):
        done({"etim": both}, do.SetStatus("etim", do.TermRef("ETIM"), "preferred"))


def test_deciding_about_a_rejected_concept_is_refused_with_its_reason() -> None:
    state = done({"mill": MILL}, do.Reject(("mill",)), reason="an ordinary word")
    with pytest.raises(UsageError, match="an ordinary word"):
        done(state, do.SetStatus("mill", do.TermRef("mill"), "preferred"))


def test_a_merge_joins_terms_evidence_and_comments() -> None:
    state = done({"mill": MILL, "guild": GUILD}, do.AddComment(("guild",), "the same thing"))
    after = done(state, do.Merge("mill", ("guild",)))
    assert set(statuses(after["mill"])) == {"мельница", "mill", "windmill", "цех", "guild"}
    assert set(after["mill"].keys) == {*MILL.keys, *GUILD.keys}
    assert [comment.text for comment in after["mill"].comments] == ["the same thing"]
    assert after["guild"].merged_into == "mill"


def test_what_was_merged_names_what_it_was_merged_into() -> None:
    state = done({"mill": MILL, "guild": GUILD}, do.Merge("mill", ("guild",)))
    with pytest.raises(UsageError, match="merged into mill"):
        done(state, do.Accept(("guild",)))


def test_a_merge_of_terms_with_opposite_statuses_is_refused() -> None:
    one = entry("one", Term("mill", "en", status="preferred"))
    two = entry("two", Term("mill", "en", status="forbidden"))
    with pytest.raises(InputError, match="both preferred and forbidden"):
        done({"one": one, "two": two}, do.Merge("one", ("two",)))


def test_a_merge_of_an_approved_and_a_rejected_concept_is_refused() -> None:
    one, two = replace_state(MILL, "approved"), replace_state(GUILD, "rejected")
    with pytest.raises(InputError, match="rejected"):
        done({"mill": one, "guild": two}, do.Merge("mill", ("guild",)))


def replace_state(held: Entry, state: str) -> Entry:
    """The entry in another review state."""
    return replace(held, concept=replace(held.concept, state=state))  # type: ignore[arg-type]


def test_a_split_moves_terms_and_the_candidates_that_go_with_them() -> None:
    held = replace(
        entry("a", Term("mill", "en", lemma="mill"), Term("guild", "en", lemma="guild")),
        keys=("en/other/mill", "en/other/guild"),
    )
    after = done({"a": held}, do.Split("a", (do.TermRef("guild"),), "b"))
    assert (list(statuses(after["a"])), after["a"].keys) == (["mill"], ("en/other/mill",))
    assert (list(statuses(after["b"])), after["b"].keys) == (["guild"], ("en/other/guild",))


def test_a_split_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="either side"):
        done({"guild": GUILD}, do.Split("guild", (do.TermRef("guild"), do.TermRef("цех")), "new"))


# What may not stand in a glossary


def test_a_term_of_ten_thousand_characters_is_refused() -> None:
    with pytest.raises(InputError, match="10,000 characters"):
        done({"mill": MILL}, do.AddTerm("mill", Term("x" * 10_000, "en")))


def test_the_longest_term_is_allowed() -> None:
    after = done({"mill": MILL}, do.AddTerm("mill", Term("x" * LONGEST_TERM, "en")))
    assert len(after["mill"].concept.terms[-1].text) == LONGEST_TERM


def test_an_unknown_status_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match="deprecated, superseded, forbidden"):
        done({"mill": MILL}, do.SetStatus("mill", do.TermRef("mill"), "perfect"))  # type: ignore[arg-type]


def test_a_term_may_not_be_wanted_in_one_case_and_forbidden_in_another() -> None:
    state = {"mill": entry("mill", Term("Mill", "en", status="preferred"))}
    with pytest.raises(InputError, match="both"):
        done(state, do.AddTerm("mill", Term("mill", "en", status="forbidden")))


def test_a_term_may_be_forbidden_in_another_case_where_case_counts() -> None:
    state = {"mill": entry("mill", Term("Mill", "en", status="preferred", case="as written"))}
    after = done(state, do.AddTerm("mill", Term("mill", "en", status="forbidden", case="as written")))
    assert statuses(after["mill"]) == {"Mill": "preferred", "mill": "forbidden"}


@pytest.mark.parametrize("text", ["", "  ", "two\nlines", "bell\x07", "half \ud83d", " padded"])
def test_a_text_that_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        done({"mill": MILL}, do.AddTerm("mill", Term(text, "en")))


def test_a_ring_of_links_is_refused() -> None:
    state = {letter: entry(letter) for letter in "abc"}
    for number, target in ("ab", "bc"):
        state = done(state, do.AddLink(number, Link("narrower", target)))
    with pytest.raises(InputError, match=r"ring: \w → \w → \w → \w"):
        done(state, do.AddLink("c", Link("narrower", "a")))


def test_links_of_different_types_make_no_ring() -> None:
    state = done({letter: entry(letter) for letter in "ab"}, do.AddLink("a", Link("narrower", "b")))
    after = done(state, do.AddLink("b", Link("renamed to", "a", date="1991")))
    assert after["b"].concept.links[0].date == "1991"


def test_a_merge_that_would_close_a_ring_of_links_is_refused() -> None:
    state = {letter: entry(letter) for letter in "abc"}
    state = done(state, do.AddLink("a", Link("narrower", "b")))
    state = done(state, do.AddLink("b", Link("narrower", "c")))
    with pytest.raises(InputError, match="ring"):
        done(state, do.Merge("a", ("c",)))


def test_a_link_between_two_that_are_merged_disappears() -> None:
    state = done({letter: entry(letter) for letter in "ab"}, do.AddLink("a", Link("short form of", "b")))
    assert done(state, do.Merge("b", ("a",)))["b"].concept.links == ()


def test_a_link_to_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="no such concept"):
        done({"mill": MILL}, do.AddLink("mill", Link("narrower", "nowhere")))


def test_an_import_in_which_an_id_stands_twice_is_refused() -> None:
    with pytest.raises(InputError, match="twice"):
        done({}, do.Put((MILL, MILL)))


def test_an_import_whose_links_lead_round_is_refused() -> None:
    one = entry("a", links=(Link("narrower", "b", proposed=False),))
    two = entry("b", links=(Link("narrower", "a", proposed=False),))
    with pytest.raises(InputError, match="ring"):
        done({}, do.Put((one, two)))


def test_an_import_whose_merges_lead_round_is_refused() -> None:
    one, two = replace(entry("a"), merged_into="b"), replace(entry("b"), merged_into="a")
    with pytest.raises(InputError, match="merged into"):
        done({}, do.Put((one, two)))


@given(entries())
def test_whatever_is_valid_can_be_imported(held: Entry) -> None:
    assert done({}, do.Put((held,)))[held.concept.id] == held


# Conflicts, and the order of undoing


def test_changes_are_not_applied_to_what_somebody_else_changed() -> None:
    state = done({"mill": MILL}, do.Accept(("mill",)))
    changes = perform(state, do.Reject(("mill",)), author="Bo", at=AT)
    moved_on = done(state, do.AddComment(("mill",), "wait"))
    with pytest.raises(ConflictError):
        apply(moved_on, changes)


def test_what_extraction_changed_in_a_candidate_does_not_stand_in_the_way() -> None:
    changes = perform({"mill": MILL}, do.Accept(("mill",)), author="Ada", at=AT)
    grown = replace(MILL, concept=replace(MILL.concept, terms=(*MILL.concept.terms, Term("Mühle", "de"))))
    assert apply({"mill": grown}, changes)["mill"].concept.state == "approved"


def test_undone_events_are_done_again_in_their_order() -> None:
    steps = [(1, None, False), (2, None, False), (3, 2, True), (4, 1, True)]
    assert history(steps) == ([], [2, 1])
    assert history([*steps, (5, 1, False)]) == ([1], [2])


def test_a_new_decision_ends_what_could_be_done_again() -> None:
    assert history([(1, None, False), (2, 1, True), (3, None, False)]) == ([3], [])


def test_a_change_knows_when_there_was_nothing_before() -> None:
    (change,) = perform({}, do.AddConcept("new", "place", (Term("Тузан", "ru"),)), author="Ada", at=AT)
    assert (change.before, inverse([change])) == (None, (Change("new", change.after, None),))
