"""What it saves to encode joined sentences only where the search needs them, and what it costs in accuracy.

    python -m benchmarks.overlaps [--model FOLDER] [--shared DIR]

An encoder whose spans are no sums has to be asked for joined sentences. Beside each other: none of them (means of
the sentences' vectors alone), those that a first search with means thinks of (what Concord does), all spans of up
to six segments (as many as a bead can hold), and, counted only, up to ten, as vecalign's documentation has it.
With all-MiniLM-L6-v2, English only, on English copies that have lost words and sentences; with the embedded model
crowded into a cone, whose vectors are no sums either, on hand-aligned and damaged translations.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from align import __version__
from align.aligner import align_documents, align_sides
from align.embed import DEFAULT_FOLDER, Embedder, Encoded, Progress, load_embedder
from align.embed.cache import CachedEmbedder
from align.embed.static import TOKENIZER
from align.evaluate import evaluate
from align.model import Bead, Document
from align.parameters import default_parameters
from align.sides import sides_of_documents
from align.spans import LARGEST, overlaid_spans
from align.training.cases import Case
from align.training.weights import text_berg
from benchmarks.alignment import damaged_by
from benchmarks.english import packaged, paraphrase, thinned_interview
from benchmarks.spaces import Crowded
from benchmarks.systems import document, overlaps

ROOT = Path(__file__).parents[1]
NEWS = "de-en/wmt24_ende_docid"


@dataclass(frozen=True, slots=True)
class Work:
    """Texts, tokens and processor seconds of encoding, and the strict F1 of what came of it."""

    texts: int
    tokens: int
    seconds: float
    strict: float


class Counting:
    """Another embedder, with a record of the texts it was asked for and the processor seconds it took."""

    additive, revision = False, ""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.name, self.dimension = inner.name, inner.dimension
        self.texts: list[str] = []
        self.seconds = 0.0

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """The other's vectors."""
        start = time.process_time()
        found = self._inner.encode(texts, progress)
        self.seconds += time.process_time() - start
        self.texts.extend(sorted(set(texts)))
        return found


def means_alone(pair: tuple[Document, Document], embedder: Embedder) -> Sequence[Bead]:
    """Beads of an alignment that asks for no joined sentences."""
    encoded = embedder.encode([*pair[0].texts(), *pair[1].texts()])
    return align_sides(*sides_of_documents(*pair, embedder, encoded)).beads


def where_needed(pair: tuple[Document, Document], embedder: Embedder) -> Sequence[Bead]:
    """Beads as Concord finds them."""
    return align_documents(*pair, embedder).beads


def everything(pair: tuple[Document, Document], embedder: Embedder) -> Sequence[Bead]:
    """Beads of an alignment for which every span of up to six segments was encoded."""
    encoded = embedder.encode([*pair[0].texts(), *pair[1].texts()])
    sides = sides_of_documents(*pair, embedder, encoded)
    cut = sides[0].count
    done = []
    for side, texts, vectors in zip(
        sides,
        (pair[0].texts(), pair[1].texts()),
        (encoded.vectors[:cut], encoded.vectors[cut:]),
        strict=True,
    ):
        spans = {}
        for size in range(2, min(LARGEST, side.count) + 1):
            joined = overlaps(texts, LARGEST)[size - 1][size - 1 :]
            spans[size] = (np.arange(size, side.count + 1), embedder.encode(joined).vectors)
        done.append(replace(side, spans=overlaid_spans(vectors, side.lengths, spans)))
    return align_sides(done[0], done[1]).beads


def measured(case: Case, embedder: Embedder, tokenizer: Tokenizer) -> Iterator[tuple[str, Work]]:
    """A row for each way."""
    pair = document("source", case.source), document("target", case.target)
    ways = {"means alone": means_alone, "where needed": where_needed, "all up to six": everything}
    for name, way in ways.items():
        counting = Counting(embedder)
        beads = way(pair, counting)
        strict = evaluate(case.gold, [(bead.source, bead.target) for bead in beads]).strict.f1
        yield name, Work(len(counting.texts), tokens(counting.texts, tokenizer), counting.seconds, strict)
    ten = sorted({text for side in (case.source, case.target) for row in overlaps(side, 10) for text in row})
    yield "all up to ten (not run)", Work(len(ten), tokens(ten, tokenizer), 0.0, 0.0)


def tokens(texts: Sequence[str], tokenizer: Tokenizer) -> int:
    """How many tokens the texts have together."""
    return sum(len(encoding.ids) for encoding in tokenizer.encode_batch(list(texts)))


def tokenizer_of(folder: Path) -> Tokenizer:
    """A model folder's tokenizer, which neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--model", type=Path, default=packaged(), help="an English model's folder")
    options = parser.parse_args(arguments)
    static = load_embedder()
    print(
        f"concord:{__version__}|model:{static.name}@{static.revision}|parameters:{default_parameters().digest}"
    )
    if options.model:
        model = load_embedder(str(options.model))
        inner = model.inner if isinstance(model, CachedEmbedder) else model  # nothing is known beforehand
        inner.encode(["to warm it up"])
        for case in (paraphrase(), thinned_interview()):
            report(case, inner, tokenizer_of(options.model))
    if (options.shared / "data").exists():
        tool, dev = options.shared / "tools" / "perturb.py", options.shared / "data" / "dev"
        for case in (text_berg(options.shared / "data"), damaged_by(tool, dev / f"{NEWS}.tsv", 1)):
            report(case, Crowded(static), tokenizer_of(DEFAULT_FOLDER))


def report(case: Case, embedder: Embedder, tokenizer: Tokenizer) -> None:
    """The table of a case."""
    print(f"\n{case.name}, {embedder.name} ({len(case.source)} × {len(case.target)})")
    print(f"{'':24s} {'texts':>8s} {'tokens':>8s} {'seconds':>8s}  strict F1")
    for name, work in measured(case, embedder, tokenizer):
        figures = f"{work.seconds:8.2f}  {work.strict:.4f}" if work.strict else ""
        print(f"{name:24s} {work.texts:8d} {work.tokens:8d} {figures}", flush=True)


if __name__ == "__main__":
    main()
