"""Tokens of texts with their vectors, as the aligner looks at them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.embed import load_embedder, pieces
from align.embed.pieces import Pieces
from align.embed.static import StaticEmbedder
from align.spans import unit


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    found = load_embedder()
    assert isinstance(found, StaticEmbedder)
    return found


def letters(parts: list[str]) -> list[list[int]]:
    return [[ord(letter) % 50 for letter in part] for part in parts]


def toy() -> Pieces:
    table = np.random.default_rng(1).normal(size=(50, 4)).astype(np.float32)
    return Pieces(letters, lambda ids: table[ids])


@settings(deadline=None)
@given(
    st.lists(st.text("ab cdz", max_size=12), max_size=6), st.lists(st.text("ab cdz", max_size=12), max_size=6)
)
def test_what_was_seen_before_changes_nothing(before: list[str], texts: list[str]) -> None:
    seen, fresh = toy(), toy()
    seen.of_texts(before)
    one, other = seen.of_texts(texts), fresh.of_texts(texts)
    assert one.starts.tolist() == other.starts.tolist()
    assert np.array_equal(one.units[one.rows], other.units[other.rows])
    assert [int(k) for k in np.diff(one.starts)] == [len(text.replace(" ", "")) for text in texts]


def test_parts_are_collected_anew_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "KEPT", 3)
    kept = toy()
    for text in ("a b c", "c d e f", "a"):
        found = kept.of_texts([text])
        assert len(found.rows) == len(text.split())


def test_units_are_those_of_the_models_tokens(embedder: StaticEmbedder) -> None:
    words = embedder.text_words(["Der Gipfel", ""])
    _, vectors = embedder.token_vectors("Der Gipfel")
    assert words.starts.tolist() == [0, len(vectors), len(vectors)]
    assert np.allclose(words.units[words.rows], unit(vectors), atol=1e-6)
    assert np.allclose(words.weights[words.rows], np.linalg.norm(vectors, axis=1), atol=1e-5)
