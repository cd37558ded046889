"""Vectors of words that are kept change nothing but the time it takes."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import align.embed.words
from align.embed import DEFAULT_FOLDER
from align.embed.static import StaticEmbedder, _ids_of_words, load_static
from align.embed.words import Words, parts

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


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return load_static(DEFAULT_FOLDER)


def fresh() -> StaticEmbedder:
    return load_static(DEFAULT_FOLDER)


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


def test_sums_of_words_are_sums_of_tokens(embedder: StaticEmbedder) -> None:
    found = embedder.encode(TEXTS).vectors
    for vector, text in zip(found, TEXTS, strict=True):
        ids = embedder.tokenizer.encode(text, add_special_tokens=False).ids
        expected = np.asarray(embedder.weights[ids], np.float32).sum(axis=0)
        np.testing.assert_allclose(vector, expected, atol=1e-4 * max(1, len(ids)) ** 0.5)


def test_what_was_encoded_before_changes_nothing() -> None:
    once, often = fresh(), fresh()
    for text in reversed(TEXTS):
        often.encode([text, "порт two a"])
    assert np.array_equal(once.encode(TEXTS).vectors, often.encode(TEXTS).vectors)


def test_more_words_than_are_kept_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [f"слово{k} word{k} {k}" for k in range(40)]
    expected = fresh().encode(many).vectors
    monkeypatch.setattr(align.embed.words, "KEPT", 10)
    monkeypatch.setattr(align.embed.words, "_TOGETHER", 8)
    small = fresh()
    for _ in range(2):
        assert np.array_equal(small.encode(many).vectors, expected)


def test_no_more_words_are_kept_than_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align.embed.words, "KEPT", 10)
    words = Words(
        lambda some: [[len(word)] for word in some], lambda ids: np.ones((len(ids), 2), np.float32), 2
    )
    words.sums([f"{k} " * 3 for k in range(100)])
    for k in range(200, 260):
        assert words.sums([f"{k}"]).tolist() == [[1.0, 1.0]]
    assert len(words._table) <= 10
