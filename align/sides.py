"""The two documents as the aligner sees them: vectors of spans, lengths, breaks, how much each may decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from align.embed import Embedder, Encoded, WordEmbedder
from align.lexical import lexical_vectors
from align.model import Document
from align.score import Side
from align.signs import signs_of
from align.spans import Floats, Spans, additive_spans, averaged_spans

_FEW_LETTERS = 8  # characters looked at first for three letters


def sides_of_documents(
    source: Document, target: Document, embedder: Embedder, encoded: Encoded
) -> tuple[Side, Side]:
    """The two sides with their paragraphs, turns and headings. ``encoded``: all texts, the source's first."""
    texts, headings = (source.texts(), target.texts()), (_headings(source), _headings(target))
    left, right = _sides(texts, headings, embedder, encoded)
    breaks = breaks_of(source), breaks_of(target)
    if _has_paragraphs(breaks[0]) and _has_paragraphs(breaks[1]):
        left, right = replace(left, breaks=breaks[0]), replace(right, breaks=breaks[1])
    return left, right


def sides_of_texts(
    source: Sequence[str], target: Sequence[str], embedder: Embedder, encoded: Encoded | None = None
) -> tuple[Side, Side]:
    """The two sides of bare segments, without paragraphs or headings. ``encoded``: of all texts, if at hand."""
    encoded = encoded or embedder.encode([*source, *target])
    headings = [False] * len(source), [False] * len(target)
    return _sides((source, target), headings, embedder, encoded)


def _sides(
    texts: tuple[Sequence[str], Sequence[str]],
    headings: tuple[Sequence[bool], Sequence[bool]],
    embedder: Embedder,
    encoded: Encoded,
) -> tuple[Side, Side]:
    cut, letters, additive = len(texts[0]), lexical_vectors(*texts), embedder.additive
    vectors = encoded.vectors[:cut], encoded.vectors[cut:]
    sides = (
        _side(texts[0], headings[0], vectors[0], letters[0], additive),
        _side(texts[1], headings[1], vectors[1], letters[1], additive),
    )
    if not isinstance(embedder, WordEmbedder):
        return sides
    words = embedder.text_words([*texts[0], *texts[1]])
    return replace(sides[0], words=words.part(0, cut)), replace(
        sides[1], words=words.part(cut, len(words.starts) - 1)
    )


def _side(
    texts: Sequence[str], headings: Sequence[bool], vectors: Floats, words: Floats, additive: bool
) -> Side:
    lengths = np.array([len(text) for text in texts], dtype=np.float64)
    return Side(
        count=len(texts),
        spans=additive_spans(vectors, lengths) if additive else averaged_spans(vectors, lengths),
        lexical=Spans(words),
        lengths=lengths,
        breaks=no_breaks(len(texts)),
        weights=weights_of(texts, headings),
        signs=signs_of(texts),
    )


def no_breaks(count: int) -> NDArray[np.int8]:
    """int8 (count + 1,): nothing but the two ends."""
    blank = np.zeros(count + 1, dtype=np.int8)
    blank[0] = blank[-1] = 2
    return blank


def breaks_of(document: Document) -> NDArray[np.int8]:
    """int8 (n + 1,): what stands before each segment: 0 nothing, 1 a paragraph, 2 a turn or an end."""
    out = np.zeros(len(document.segments) + 1, dtype=np.int8)
    previous = -1
    for segment in document.segments:
        if segment.block != previous:
            turn = document.blocks[segment.block].kind == "turn" or (
                previous >= 0 and document.blocks[previous].kind == "turn"
            )
            out[segment.id] = 2 if turn else 1
        previous = segment.block
    out[0] = out[-1] = 2
    return out


def weights_of(texts: Sequence[str], headings: Sequence[bool]) -> Floats:
    """float32 (n,): 1 for prose, less for headings, next to nothing for bare numbers and signs."""

    def weight(text: str, heading: bool) -> float:
        letters = sum(map(str.isalpha, text[:_FEW_LETTERS]))
        if letters < 3:  # at the beginning, where nearly every text has more
            letters = sum(map(str.isalpha, text))
        if letters == 0:
            return 0.1
        return 0.5 if heading or letters < 3 else 1.0

    return np.array([weight(t, h) for t, h in zip(texts, headings, strict=True)], dtype=np.float32)


def _has_paragraphs(breaks: NDArray[np.int8]) -> bool:
    """Whether the breaks tell anything: a line for every segment, or one for all, does not."""
    inner = breaks[1:-1] > 0
    return bool(len(inner) and inner.any() and not inner.all())


def _headings(document: Document) -> list[bool]:
    return [document.blocks[segment.block].kind == "heading" for segment in document.segments]


def cut_warnings(source: Document, target: Document, truncated: Sequence[int]) -> tuple[str, ...]:
    """A line that names the segments (indices into source and target together) the encoder cut short."""
    cut = len(source.segments)
    places = [
        f"{source.name} segment {k + 1}" if k < cut else f"{target.name} segment {k - cut + 1}"
        for k in truncated
    ]
    if not places:
        return ()
    shown = ", ".join(places[:5]) + (f" and {len(places) - 5} more" if len(places) > 5 else "")
    return (f"the model read only the beginning of {len(places)} long segments: {shown}",)
