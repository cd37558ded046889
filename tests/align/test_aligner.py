"""Alignment over made-up vectors: what must hold whatever the encoder is."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner import align_documents, align_sides, in_order, weights_for
from align.band import corridor_around, find_corridor, heaviest_chain, mutual_anchors
from align.cover import TextWords
from align.embed import Encoded, Progress
from align.evaluate import evaluate
from align.model import Bead, Block, Document, Segment
from align.parameters import Parameters
from align.score import Side
from align.sides import no_breaks
from align.spans import Floats, Spans, additive_spans

Gold = list[tuple[tuple[int, ...], tuple[int, ...]]]


def side(vectors: Floats, lengths: np.ndarray | None = None) -> Side:
    """A side of segments with these vectors (sums), a hundred characters each unless said."""
    count = len(vectors)
    letters = np.full(count, 100.0) if lengths is None else lengths
    return Side(
        count=count,
        spans=additive_spans(vectors, letters),
        lexical=Spans(np.zeros((count, 8), np.float32)),
        lengths=letters,
        breaks=no_breaks(count),
        weights=np.ones(count, np.float32),
        signs=np.zeros(count, np.int8),
    )


def sentences(count: int, seed: int = 0) -> tuple[Floats, Floats]:
    """Vectors of sentences and of their translations: alike, with noise."""
    rng = np.random.default_rng(seed)
    meaning = rng.normal(size=(count, 64))
    noise = rng.normal(size=(2, count, 64)) * 0.5
    return (meaning + noise[0]).astype(np.float32), (meaning + noise[1]).astype(np.float32)


def strangers(count: int, seed: int) -> Floats:
    return np.random.default_rng(seed).normal(size=(count, 64)).astype(np.float32)


def strict(gold: Gold, source: Side, target: Side) -> float:
    return evaluate(gold, [(b.source, b.target) for b in align_sides(source, target).beads]).strict.f1


def diagonal(count: int, shift: int = 0) -> Gold:
    return [((i,), (i + shift,)) for i in range(count)]


@settings(deadline=None, max_examples=40)
@given(n=st.integers(0, 12), m=st.integers(0, 12), seed=st.integers(0, 1000))
def test_every_segment_is_in_exactly_one_bead(n: int, m: int, seed: int) -> None:
    beads = align_sides(side(strangers(n, seed)), side(strangers(m, seed + 1))).beads
    assert sorted(i for bead in beads for i in bead.source) == list(range(n))
    assert sorted(j for bead in beads for j in bead.target) == list(range(m))


@settings(deadline=None, max_examples=20)
@given(n=st.integers(1, 40), seed=st.integers(0, 1000))
def test_confidences_are_probabilities(n: int, seed: int) -> None:
    source, target = sentences(n, seed)
    beads = align_sides(side(source), side(target)).beads
    assert all(0 <= bead.confidence <= 1 for bead in beads)


def test_parallel_texts_are_aligned_one_to_one() -> None:
    source, target = sentences(80)
    assert strict(diagonal(80), side(source), side(target)) == 1.0


def test_two_sentences_joined_in_translation_make_one_bead() -> None:
    source, target = sentences(40)
    joined = np.concatenate([target[:10], [target[10] + target[11]], target[12:]])
    lengths = np.full(39, 100.0)
    lengths[10] = 200.0
    beads = align_sides(side(source), side(joined, lengths)).beads
    assert ((10, 11), (10,)) in [(bead.source, bead.target) for bead in beads]


@pytest.mark.parametrize("missing", [1, 30, 300])
def test_a_missing_stretch_leaves_the_rest_aligned(missing: int) -> None:
    source, target = sentences(missing + 120)
    kept = np.concatenate([target[:60], target[60 + missing :]])
    gold = [*diagonal(60), *(((i + missing,), (i,)) for i in range(60, 120))]
    assert strict(gold, side(source), side(kept)) > 0.98


def test_a_foreword_of_five_hundred_sentences_does_no_harm() -> None:
    source, target = sentences(150)
    longer = np.concatenate([strangers(500, 7), target])
    assert strict(diagonal(150, shift=500), side(source), side(longer)) > 0.98


def test_a_foreword_of_five_hundred_sentences_makes_no_strangers() -> None:
    source, target = sentences(150)
    longer = np.concatenate([strangers(500, 7), target])
    alone = align_sides(side(source), side(target)).similarity
    assert align_sides(side(source), side(longer)).similarity > 0.8 * alone
    assert align_sides(side(longer), side(source)).similarity > 0.8 * alone


def test_strangers_of_unequal_length_are_not_similar() -> None:
    source, target = sentences(50)
    related = align_sides(side(source), side(target)).similarity
    assert align_sides(side(source), side(strangers(400, 3))).similarity < related / 2


def test_long_texts_are_matched_by_blocks_first() -> None:
    source, target = sentences(2_500)
    kept = np.concatenate([target[:900], target[1_400:]])
    gold = [*diagonal(900), *(((i + 500,), (i,)) for i in range(900, 2_000))]
    assert strict(gold, side(source), side(kept)) > 0.98


def test_a_block_that_changed_place_is_found_and_marked() -> None:
    source, target = sentences(120)
    moved = np.concatenate([target[:20], target[40:90], target[20:40], target[90:]])
    beads = align_sides(side(source), side(moved)).beads
    assert {bead.source: bead.target for bead in beads if bead.moved} == {
        (i,): (i + 50,) for i in range(20, 40)
    }


def test_texts_in_order_have_no_moved_beads() -> None:
    source, target = sentences(120)
    assert not any(bead.moved for bead in align_sides(side(source), side(target)).beads)


def test_sides_without_words_have_weights_of_their_own() -> None:
    found = Parameters({"similarity": 1.0}, 1.0, 0.0, 0.5, 0.0, bare={"similarity": 2.0})
    bare = side(np.eye(3, dtype=np.float32))
    none = np.zeros((0, 3), np.float32)
    nothing = TextWords(np.zeros(4, np.int64), np.zeros(0, np.int64), none, none[:, 0])
    wordy = replace(bare, words=nothing)
    assert weights_for(bare, wordy, found) == {"similarity": 2.0}
    assert weights_for(wordy, wordy, found) == {"similarity": 1.0}
    assert len(align_sides(wordy, wordy, found).beads) >= 3


def test_a_constant_added_to_all_vectors_changes_nothing() -> None:
    source, target = sentences(60)
    offset = np.full(64, 25.0, np.float32)
    plain = align_sides(side(source), side(target))
    crowded = align_sides(side(source + offset), side(target + offset))
    assert [(b.source, b.target) for b in plain.beads] == [(b.source, b.target) for b in crowded.beads]


def test_the_scale_of_the_vectors_does_not_matter() -> None:
    source, target = sentences(60)
    plain = align_sides(side(source), side(target))
    scaled = align_sides(side(source * 1000), side(target * 0.001))
    assert [(b.source, b.target) for b in plain.beads] == [(b.source, b.target) for b in scaled.beads]


def test_strangers_are_less_similar_than_translations() -> None:
    source, target = sentences(50)
    related = align_sides(side(source), side(target)).similarity
    unrelated = align_sides(side(source), side(strangers(50, 3))).similarity
    assert unrelated < related / 2


def test_a_bare_number_does_not_draw_the_wrong_sentence_to_it() -> None:
    """The number's vector is that of a sentence elsewhere, but it may hardly decide."""
    source, target = sentences(30)
    source[5] = source[20]
    weights = np.ones(30, np.float32)
    weights[5] = 0.1
    beads = align_sides(replace(side(source), weights=weights), side(target)).beads
    assert ((20,), (20,)) in [(bead.source, bead.target) for bead in beads]


def test_vectors_of_zero_give_an_alignment_all_the_same() -> None:
    nothing = np.zeros((5, 64), np.float32)
    assert len(align_sides(side(nothing), side(nothing)).beads) >= 1


def test_nulls_of_the_target_follow_the_bead_before_them() -> None:
    beads = [Bead((), (1,)), Bead((1,), (2,)), Bead((0,), (0,)), Bead((2,), ())]
    assert [(b.source, b.target) for b in in_order(beads)] == [
        ((0,), (0,)),
        ((), (1,)),
        ((1,), (2,)),
        ((2,), ()),
    ]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0.1, 5)), max_size=25))
def test_the_chain_rises_in_both_texts_and_none_is_heavier(points: list[tuple[int, float]]) -> None:
    rows = np.arange(len(points))
    columns = np.array([c for c, _ in points], dtype=np.int64)
    weights = np.array([w for _, w in points], dtype=np.float32)
    chain = heaviest_chain(rows, columns, weights)
    assert (np.diff(columns[chain]) > 0).all()
    best = [0.0] * len(points)
    for k in range(len(points)):
        best[k] = float(weights[k]) + max((best[x] for x in range(k) if columns[x] < columns[k]), default=0.0)
    assert float(weights[chain].sum()) == pytest.approx(max(best, default=0.0), rel=1e-5)


def test_the_corridor_holds_both_corners_and_never_turns_back() -> None:
    source, target = sentences(400)
    one, other = side(source), side(np.concatenate([strangers(300, 1), target]))
    corridor, _, _ = find_corridor(one, other)
    assert corridor.low[0] == 0
    assert corridor.high[-1] == other.count + 1
    assert (np.diff(corridor.low) >= 0).all()
    assert (np.diff(corridor.high) >= 0).all()


def test_the_corridor_is_narrow_where_anchors_are_many() -> None:
    source, target = sentences(400)
    every = np.arange(400)
    anchors = mutual_anchors(side(source), side(target), every, every)
    corridor = corridor_around(anchors, 400, 400)
    assert float(np.median(corridor.high - corridor.low)) < 60


class WholeTexts:
    """An encoder whose vector of two sentences is not the sum of theirs: the words of a text and their order."""

    name, revision, dimension, additive = "whole-texts", "1", 64, False

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        self.encoded.extend(texts)
        return Encoded(np.array([self._vector(text) for text in texts], np.float32).reshape(-1, 64))

    def _vector(self, text: str) -> np.ndarray:
        words = text.lower().split()
        seeds = [zlib.crc32(word.encode()) for word in words] + [zlib.crc32(text.lower().encode())]
        total = sum(np.random.default_rng(seed).normal(size=64) for seed in seeds)
        return np.asarray(total / np.linalg.norm(total))


def document(name: str, sentences_of_it: Sequence[str]) -> Document:
    """One paragraph, a sentence after the other."""
    text, segments = "", []
    for number, sentence in enumerate(sentences_of_it):
        text += " " if text else ""
        segments.append(Segment(number, len(text), len(text) + len(sentence), 0))
        text += sentence
    return Document(name, text, "en", (Block(0, 0, len(text)),), tuple(segments))


def test_an_encoder_whose_spans_are_not_sums_is_asked_for_the_spans_that_may_be_joined_only() -> None:
    words = [f"w{k}" for k in range(300)]
    lines = [" ".join(words[k * 5 : k * 5 + 5]) for k in range(40)]
    joined = [*lines[:10], f"{lines[10]} {lines[11]}", *lines[12:]]
    embedder = WholeTexts()
    result = align_documents(document("a", lines), document("b", joined), embedder)
    assert ((10, 11), (10,)) in [(bead.source, bead.target) for bead in result.beads]
    spans = embedder.encoded[len(lines) + len(joined) :]
    assert f"{lines[10]} {lines[11]}" in spans
    every_span_of_two_to_six = 5 * (len(lines) + len(joined))
    assert len(spans) < every_span_of_two_to_six / 4
