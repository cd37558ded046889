"""The aligner's parameters serve embedding spaces of different make: none of them depends on the encoder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from align.aligner import align_documents
from align.embed import Embedder, load_embedder
from align.evaluate import evaluate
from align.training.cases import Case
from benchmarks.english import thinned_interview
from benchmarks.spaces import Crowded, Letters
from benchmarks.systems import document

SEEDS = Path(__file__).parents[1] / "seeds"
Gold = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def interview(target: str, gold: str) -> Case:
    sides = [
        tuple((SEEDS / f"interview.{lang}.segments.txt").read_text("utf-8").splitlines())
        for lang in ("ru", target)
    ]
    beads = tuple((tuple(s), tuple(t)) for s, t in json.loads((SEEDS / gold).read_text()))
    return Case(target, sides[0], sides[1], beads)


@pytest.fixture(scope="module")
def russian_english() -> Case:
    return interview("en", "interview.gold.json")


@pytest.fixture(scope="module")
def english_german(russian_english: Case) -> Case:
    """The two translations, joined where they share a sentence of the original."""
    german = interview("de", "interview.ru-de.gold.json")
    return Case("en-de", russian_english.target, german.target, joined(russian_english.gold, german.gold))


def joined(one: Gold, other: Gold) -> Gold:
    groups: list[tuple[set[int], set[int], set[int]]] = []
    for originals, first, second in [
        *((set(s), set(t), set[int]()) for s, t in one),
        *((set(s), set[int](), set(t)) for s, t in other),
    ]:
        touching = [group for group in groups if group[0] & originals]
        groups = [group for group in groups if group not in touching]
        new = (originals, first, second)
        for group in touching:
            new = (new[0] | group[0], new[1] | group[1], new[2] | group[2])
        groups.append(new)
    return tuple((tuple(sorted(first)), tuple(sorted(second))) for _, first, second in groups)


def strict(case: Case, embedder: Embedder) -> float:
    sides = document("source", case.source), document("target", case.target)
    beads = align_documents(*sides, embedder).beads
    return evaluate(case.gold, [(bead.source, bead.target) for bead in beads]).strict.f1


@pytest.mark.parametrize("offset", [0.0, 3.0, 10.0], ids=["at length one", "in a cone", "in a narrow cone"])
def test_vectors_crowded_into_a_cone_are_aligned_as_well(russian_english: Case, offset: float) -> None:
    embedder = load_embedder()
    crowded = strict(russian_english, Crowded(embedder, offset))
    assert crowded >= strict(russian_english, embedder) - 0.02


def test_vectors_that_know_letters_alone_align_two_languages_of_one_script(english_german: Case) -> None:
    letters = Letters([*english_german.source, *english_german.target])
    assert strict(english_german, letters) > 0.75


def test_a_crowded_copy_is_a_narrow_cone_and_no_sum(russian_english: Case) -> None:
    crowded = Crowded(load_embedder())
    vectors = crowded.encode(russian_english.source).vectors
    assert float((vectors @ vectors.T).min()) > 0.7
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    "embedder", [Crowded(load_embedder()), Letters(["a sea"])], ids=["crowded", "letters"]
)
def test_the_vector_of_two_sentences_is_not_the_sum_of_theirs(embedder: Embedder) -> None:
    one, other, both = embedder.encode(["the sea", "was calm", "the sea was calm"]).vectors
    assert float(np.linalg.norm(one + other - both)) > 0.3


def test_words_that_two_texts_of_one_language_share_do_not_join_their_sentences() -> None:
    case = thinned_interview()
    assert strict(case, load_embedder()) > 0.96
