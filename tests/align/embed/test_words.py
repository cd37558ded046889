"""Texts as tokens: how words are cut is kept, and changes nothing but the time it takes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.embed import DEFAULT_FOLDER
from align.embed.static import StaticEmbedder, _ids_of_words, load_static
from align.embed.words import Words, parts
from align.spans import unit

TEXTS = [
    "Рыбаки вернулись в порт .",
    "",
    "  two  spaces ",
    "a " * 300,
    "x" * 900,
    "渔民们在黎明前 回到了港口。",
]
texts = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from(" \u0301´ё́a1-«.ﬁ①\u200b的|ΣİſΆ\u0308＂")),
    max_size=40,
)
simple = st.lists(st.text("ab cdz,", max_size=12), max_size=6)


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return load_static(DEFAULT_FOLDER)


def letters(words: Sequence[str]) -> list[list[int]]:
    return [[ord(letter) % 50 for letter in word] for word in words]


def toy(kept: int = 1000) -> Words:
    table = np.random.default_rng(1).normal(size=(50, 4)).astype(np.float32)
    return Words(letters, lambda ids: table[ids], kept=kept)


@settings(deadline=None, max_examples=300)
@given(texts)
def test_the_tokens_of_a_text_are_those_of_its_parts(embedder: StaticEmbedder, text: str) -> None:
    whole = embedder.tokenizer.encode(text, add_special_tokens=False).ids
    found = embedder.tokenizer.encode_batch(parts(text), add_special_tokens=False)
    assert whole == list(chain.from_iterable(part.ids for part in found))


@settings(deadline=None, max_examples=100)
@given(st.lists(texts, max_size=200))
def test_words_that_are_looked_up_together_have_their_own_tokens(
    embedder: StaticEmbedder, words: list[str]
) -> None:
    alone = [embedder.tokenizer.encode(word, add_special_tokens=False).ids for word in words]
    assert _ids_of_words(embedder.tokenizer, words) == alone


def test_sums_are_those_of_the_texts_tokens(embedder: StaticEmbedder) -> None:
    found = embedder.encode(TEXTS).vectors
    for vector, text in zip(found, TEXTS, strict=True):
        ids = embedder.tokenizer.encode(text, add_special_tokens=False).ids
        assert np.array_equal(vector, np.asarray(embedder.weights[ids], np.float32).sum(axis=0))


def test_words_are_the_tokens_with_their_directions_and_lengths(embedder: StaticEmbedder) -> None:
    words = embedder.text_words(["Der Gipfel", ""])
    _, vectors = embedder.token_vectors("Der Gipfel")
    assert words.starts.tolist() == [0, len(vectors), len(vectors)]
    assert np.allclose(words.units[words.rows], unit(vectors), atol=1e-6)
    assert np.allclose(words.weights[words.rows], np.linalg.norm(vectors, axis=1), atol=1e-5)


@settings(deadline=None)
@given(simple, simple, st.sampled_from((1000, 3, 0)))
def test_what_was_seen_before_changes_nothing(before: list[str], some: list[str], kept: int) -> None:
    seen, fresh = toy(kept), toy()
    seen.sums(before, 4)
    for _ in range(2):
        assert np.array_equal(seen.sums(some, 4), fresh.sums(some, 4)) or kept == 0
        one, other = seen.of_texts(some), toy(kept).of_texts(some)
        assert one.starts.tolist() == other.starts.tolist()
        assert np.array_equal(one.units[one.rows], other.units[other.rows])


@settings(deadline=None)
@given(simple)
def test_texts_that_were_just_summed_have_the_words_that_they_have_alone(some: list[str]) -> None:
    summed = toy()
    summed.sums([*some, "zz a"], 4)
    summed.sums(some, 4)
    one, other = summed.of_texts(some), toy().of_texts(some)
    assert one.starts.tolist() == other.starts.tolist()
    assert np.array_equal(one.units[one.rows], other.units[other.rows])


def test_no_more_words_are_kept_than_said() -> None:
    words = toy(kept=10)
    for number in range(200):
        assert len(words.of_texts([f"{number} und {number + 1}"]).starts) == 2
        assert len(words._places) <= 10
