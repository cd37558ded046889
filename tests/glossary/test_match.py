"""Terms are found in texts in all their forms."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.extract.match import find_terms, matcher
from glossary.model import Term
from tests.glossary.texts import document


def found(term: Term, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in matcher([term], term.lang).find(text)]


@pytest.mark.parametrize(
    ("term", "lang", "text", "expected"),
    [
        ("карта", "ru", "Две карты и карту взяли, картон оставили.", ["карты", "карту"]),
        ("Шамширан", "ru", "С «Шамшираном» и без Шамширана.", ["Шамшираном", "Шамширана"]),
        ("Фронт обновления", "ru", "О Фронте обновления и фронтах.", ["Фронте обновления"]),
        ("Київ", "uk", "Ми були в Києві.", ["Києві"]),
        ("війна", "uk", "Про війну і час війни.", ["війну", "війни"]),
        ("copper mine", "en", "Two copper mines, a copper Mine.", ["copper mines", "copper Mine"]),
        ("Haus", "de", "In alten Häusern und im Hause.", ["Häusern", "Hause"]),
        ("塔利班", "zh", "塔利班和塔利班", ["塔利班", "塔利班"]),
        ("طالبان", "fa", "با طالبان سخن گفت", ["طالبان"]),
    ],
)
def test_a_term_is_found_in_its_forms(term: str, lang: str, text: str, expected: list[str]) -> None:
    assert found(Term(term, lang), text) == expected


def test_an_acronym_is_found_in_capitals_alone() -> None:
    assert found(Term("US", "en"), "Tell us that the US left.") == ["US"]


def test_a_known_form_is_found_where_no_rule_would() -> None:
    term = Term("Rendakor", "en", variants={"Rendakor": 2, "Rndkr": 1})
    assert found(term, "Then Rndkr came.") == ["Rndkr"]


def test_a_term_as_written_needs_its_capitals() -> None:
    assert found(Term("Front", "en", case="as written"), "the front and the Front") == ["Front"]


def test_words_of_a_term_do_not_reach_over_a_mark() -> None:
    assert found(Term("copper mine", "en"), "copper, mine. copper mine") == ["copper mine"]


def test_occurrences_say_in_which_segment_they_stand() -> None:
    made = document(["Nothing here.", "A copper mine."], "en")
    ((number, at),) = find_terms(made, [Term("Kupfer", "de"), Term("copper mine", "en")])
    assert (number, at.segment, at.text) == (1, 1, "copper mine")


words = st.lists(
    st.sampled_from(["Kar", "kar's", "Hani", "US", "us", "mine", "mines", "塔"]), max_size=8
).map(" ".join)


@given(words, st.sampled_from(["en", "ru", "zh"]))
def test_hits_are_in_order_and_hits_of_one_term_do_not_overlap(text: str, lang: str) -> None:
    terms = [Term(name, lang) for name in ("Kar", "Kar Hani", "US", "mine", "塔")]
    hits = matcher(terms, lang).find(text)
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)
    for number in range(len(terms)):
        mine = [hit for hit in hits if hit.term == number]
        assert all(a.end <= b.start for a, b in pairwise(mine))
