"""Scopes: what holds in a context, who says so, and what is beaten by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import UsageError
from glossary.model import Concept, Status, Term
from glossary.review.layers import Scope, parse_scope, preferred, resolve

parts = st.sampled_from(("", "a", "b"))
scopes = st.builds(Scope, parts, parts, parts)


def concept(*terms: tuple[str, Status | None, str]) -> Concept:
    """A concept with English terms: text, status, scope."""
    found = tuple(Term(text, "en", status=status, scope=scope) for text, status, scope in terms)
    return Concept("x", "place", found)


def holding(found: Concept, context: str) -> dict[str, tuple[Status | None, str]]:
    """What holds for each term, and by which scope."""
    return {t.term.text: (t.status, str(t.by)) for t in resolve(found, parse_scope(context))}


KYIV = concept(
    ("Kiev", "preferred", ""),
    ("Kiev", "deprecated", "client=Acme"),
    ("Kiev", "admitted", "client=Acme, edition=web"),
    ("Kyiv", "preferred", "client=Acme"),
)


def test_without_a_context_only_what_is_decided_for_everybody_holds() -> None:
    assert holding(KYIV, "") == {"Kiev": ("preferred", "")}


def test_a_client_s_word_beats_everybody_s() -> None:
    assert holding(KYIV, "client=Acme") == {
        "Kiev": ("deprecated", "client=Acme"),
        "Kyiv": ("preferred", "client=Acme"),
    }


def test_an_edition_s_word_beats_its_client_s() -> None:
    assert holding(KYIV, "client=Acme, edition=web")["Kiev"] == ("admitted", "client=Acme, edition=web")


def test_another_client_is_not_concerned() -> None:
    assert holding(KYIV, "client=Other") == {"Kiev": ("preferred", "")}


def test_what_is_beaten_is_known() -> None:
    kiev = resolve(KYIV, parse_scope("client=Acme"))[0]
    assert [(term.status, term.scope) for term in kiev.beaten] == [("preferred", "")]


def test_what_everybody_prefers_is_admitted_where_a_client_prefers_another() -> None:
    found = concept(("Kiev", "preferred", ""), ("Kyiv", "preferred", "client=Acme"))
    assert holding(found, "client=Acme") == {
        "Kiev": ("admitted", "client=Acme"),
        "Kyiv": ("preferred", "client=Acme"),
    }
    assert [t.term.text for t in preferred(found, "en", parse_scope("client=Acme"))] == ["Kyiv"]
    assert [t.term.text for t in preferred(found, "en", Scope())] == ["Kiev"]


def test_an_undecided_narrow_term_beats_no_decision() -> None:
    found = concept(("Kiev", "forbidden", ""), ("Kiev", None, "client=Acme"))
    assert holding(found, "client=Acme") == {"Kiev": ("forbidden", "")}


@given(scopes)
def test_a_scope_that_is_written_is_read_back(scope: Scope) -> None:
    assert parse_scope(str(scope)) == scope


@given(scopes, scopes)
def test_a_scope_holds_in_itself_and_in_what_is_narrower(scope: Scope, other: Scope) -> None:
    assert scope.holds_in(scope)
    if scope.holds_in(other) and scope != other:
        assert scope.width < other.width


@given(
    st.lists(st.tuples(st.sampled_from(("preferred", "forbidden")), scopes), unique_by=lambda t: t[1]), scopes
)
def test_the_narrowest_scope_that_holds_wins(said: list[tuple[Status, Scope]], context: Scope) -> None:
    found = concept(*(("x", status, str(scope)) for status, scope in said))
    fitting = [(scope.width, status) for status, scope in said if scope.holds_in(context)]
    expected = {"x": max(fitting)[1]} if fitting else {}
    assert {t.term.text: t.status for t in resolve(found, context)} == expected


@pytest.mark.parametrize(
    "text", ["Acme", "client=", "planet=Mars", "client=a, client=b", "client=\x07", "=a"]
)
def test_what_is_no_scope_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_scope(text)
