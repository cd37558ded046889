"""From candidates of single languages to proposed concepts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from glossary.model import Candidate, Link, Part, Rendering, Term
from glossary.review.concepts import propose


def candidate(lang: str, text: str, *renderings: tuple[str, str, int], count: int = 5) -> Candidate:
    """A candidate with its renderings: language, text, count."""
    found = tuple(Rendering(t, code, n, 0.9) for code, t, n in renderings)
    return Candidate(f"{lang}:place:{text}", Term(text, lang, lemma=text), "place", count, 0.5, (), found)


def test_candidates_that_render_each_other_are_one_concept() -> None:
    found = [candidate("en", "mill", ("ru", "мельница", 4)), candidate("ru", "мельница", ("en", "mill", 4))]
    (proposal,) = propose(found, ["ru", "en"])
    assert [(t.lang, t.text) for t in proposal.terms] == [("ru", "мельница"), ("en", "mill")]
    assert proposal.keys == ("ru:place:мельница", "en:place:mill")


def test_what_is_mostly_rendered_as_another_is_not_joined() -> None:
    found = [
        candidate("ru", "мельница", ("en", "mill", 1), ("en", "factory", 4)),
        candidate("en", "mill", ("ru", "мельница", 1)),
        candidate("en", "factory", ("ru", "мельница", 4)),
    ]
    assert sorted(p.keys for p in propose(found)) == [
        ("en:place:mill",),
        ("ru:place:мельница", "en:place:factory"),
    ]


def test_a_rendering_that_is_no_concept_of_its_own_becomes_a_term() -> None:
    (proposal,) = propose([candidate("ru", "мельница", ("en", "mill", 3), ("en", "windmill", 2))])
    assert [t.text for t in proposal.terms] == ["мельница", "mill", "windmill"]


def test_mentions_that_were_left_out_are_no_term() -> None:
    (proposal,) = propose([candidate("ru", "мельница", ("en", "", 3))])
    assert [t.text for t in proposal.terms] == ["мельница"]


def test_names_that_a_candidate_joins_are_terms_with_their_own_forms() -> None:
    parts = (
        Part("Mill Guild", "mill guild", variants={"Mill Guild": 2}),
        Part("MG", "mg", "acronym", "explained in the text", {"MG": 3}),
    )
    joined = replace(candidate("en", "Mill Guild"), parts=parts)
    joined = replace(joined, term=replace(joined.term, variants={"Mill Guild": 2, "MG": 3}))
    (proposal,) = propose([joined])
    assert [(t.text, dict(t.variants)) for t in proposal.terms] == [
        ("Mill Guild", {"Mill Guild": 2}),
        ("MG", {"MG": 3}),
    ]


def test_proposals_carry_no_status() -> None:
    decided = candidate("en", "mill")
    (proposal,) = propose([replace(decided, term=replace(decided.term, status="preferred"))])
    assert [t.status for t in proposal.terms] == [None]


def test_links_inside_a_concept_go_and_others_stay() -> None:
    one = candidate("en", "mill", ("ru", "мельница", 4))
    one = replace(one, links=(Link("narrower", "ru:place:мельница"), Link("narrower", "en:place:guild")))
    (proposal,) = propose([one, candidate("ru", "мельница", ("en", "mill", 4))])
    assert [link.target for link in proposal.links] == ["en:place:guild"]


texts = st.sampled_from(("a", "b", "c", "d"))
any_candidates = st.lists(
    st.builds(
        lambda lang, text, others: candidate(lang, text, *others),
        st.sampled_from(("en", "ru", "de")),
        texts,
        st.lists(st.tuples(st.sampled_from(("en", "ru", "de")), texts, st.integers(1, 5)), max_size=3),
    ),
    unique_by=lambda c: c.key,
    max_size=8,
)


@given(any_candidates)
def test_every_candidate_is_in_exactly_one_concept(found: list[Candidate]) -> None:
    keys = [key for proposal in propose(found) for key in proposal.keys]
    assert sorted(keys) == sorted(c.key for c in found)


@given(any_candidates)
def test_a_concept_has_at_most_one_candidate_of_a_language(found: list[Candidate]) -> None:
    for proposal in propose(found):
        langs = [key.split(":")[0] for key in proposal.keys]
        assert len(langs) == len(set(langs))
