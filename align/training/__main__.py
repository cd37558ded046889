"""Makes the embedded model again: ``python -m align.training --data DIR --out DIR``.

DIR is a folder with ``train/`` and perhaps ``lexicon/``; some half an hour on one core. With the same data,
options, versions of the packages, number of threads and processor the same files come out, byte for byte. On
another processor the tokenizer and the order of the batches are the same, the vectors differ by rounding.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from align.training.card import write_card
from align.training.data import Pair, load_pairs
from align.training.export import export
from align.training.parts import parts_of
from align.training.sources import BY_NAME, LANGUAGES, SOURCES, is_permissive, share
from align.training.tokenizer import encode_all, train_tokenizer
from align.training.train import Corpus, Ints, Ragged, Settings, plan, train

NAME = "concord-static"
_READ = 3  # times a source's cap: so many lines of a file are read at most
_SAMPLE = 3_000_000  # characters of each language that the tokenizer learns from


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, clean, learn the tokenizer, train, write the folder and its card; progress on stderr."""
    options = _parser().parse_args(arguments)
    settings = Settings(
        dimension=options.dimension, batch=options.batch, rate=options.rate, scale=options.scale,
        seed=options.seed, threads=options.threads, warm=options.warm, bfloat16=options.bfloat16,
        margin=options.margin,
    )  # fmt: skip
    most = {source.name: _READ * source.cap for source in SOURCES}
    pairs = load_pairs(options.data, options.exclude, most=most, workers=os.cpu_count() or 1)
    if options.permissive_only:
        pairs = [pair for pair in pairs if is_permissive(pair.source, pair.languages)]
    _say(f"{len(pairs):,} clean pairs")
    rng = np.random.default_rng(options.seed)
    tokenizer = train_tokenizer(tokenizer_sample(pairs, rng), options.vocabulary)
    vocabulary = [token for token, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]
    _say(f"{len(vocabulary):,} tokens")
    left = Ragged.of(encode_all(tokenizer, [pair.left for pair in pairs]))
    right = Ragged.of(encode_all(tokenizer, [pair.right for pair in pairs]))
    corpus = Corpus(left, right, number_texts(p.left for p in pairs), number_texts(p.right for p in pairs))
    cells = cells_of(pairs)
    batches = plan([(c.rows, c.size) for c in cells], batch=options.batch, epochs=options.epochs, rng=rng)
    del pairs
    _say(f"{len(batches):,} batches of {options.batch:,}")
    vectors = train(corpus, batches, parts_of(vocabulary), settings, _report)
    revision = export(options.out, NAME, tokenizer, vectors)
    write_card(
        options.out,
        name=NAME,
        revision=revision,
        tokens=len(vocabulary),
        used={(c.source, c.languages): (len(c.rows), c.size) for c in cells},
        command=f"python -m align.training {' '.join(sys.argv[1:] if arguments is None else arguments)}",
        settings=settings,
        epochs=options.epochs,
        figures=options.figures.read_text(encoding="utf-8") if options.figures else "",
    )
    _say(f"{NAME}@{revision} is in {options.out}")
    return 0


def tokenizer_sample(pairs: Sequence[Pair], rng: np.random.Generator, size: float = _SAMPLE) -> list[str]:
    """Texts for the tokenizer: of each language about as many characters, more of English, less of the others.

    Dictionaries and names are left out, documentation and scripture are drawn less often than general language.
    """
    chosen: dict[str, list[str]] = defaultdict(list)
    room: dict[str, float] = defaultdict(
        lambda: size * 0.3, dict.fromkeys(LANGUAGES, size) | {"en": 2.0 * size}
    )
    for row in rng.permutation(len(pairs)):
        pair = pairs[row]
        weight = BY_NAME[pair.source].weight
        if pair.source.startswith(("dict_", "names_")) or rng.random() > (0.6 if weight > 1 else 0.2):
            continue
        for lang, text in zip(pair.languages.split("-"), (pair.left, pair.right), strict=True):
            if room[lang] > 0:
                # a letter outside ASCII counts a little more: Chinese needs fewer of them for as much text
                room[lang] -= len(text) if text.isascii() else 1.5 * len(text)
                chosen[lang].append(text)
    return [text for lang in sorted(chosen) for text in chosen[lang]]


@dataclass(frozen=True, slots=True)
class Cell:
    """The pairs of one source in two languages: rows of the corpus, and how many of them an epoch holds."""

    source: str
    languages: str
    rows: Ints
    size: float


def cells_of(pairs: Sequence[Pair]) -> list[Cell]:
    """A cell for every source and pair of languages, in the order of their names."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, pair in enumerate(pairs):
        found[pair.source, pair.languages].append(row)
    return [
        Cell(source, languages, np.array(rows), share(source, languages, len(rows)))
        for (source, languages), rows in sorted(found.items())
    ]


def number_texts(texts: Iterable[str]) -> Ints:
    """A number for each text, the same for texts that differ only in case."""
    numbers: dict[str, int] = {}
    return np.fromiter((numbers.setdefault(text.lower(), len(numbers)) for text in texts), dtype=np.int64)


def _report(step: int, steps: int, loss: float) -> None:
    _say(f"step {step} of {steps}, loss {loss:.3f}")


def _say(line: str) -> None:
    print(f"{time.process_time():7.0f} s  {line}", file=sys.stderr, flush=True)  # noqa: T201


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m align.training", description="Makes the embedded model again."
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and perhaps lexicon/")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--exclude", nargs="*", default=[], metavar="SOURCE", help="sources to leave out")
    parser.add_argument(
        "--permissive-only", action="store_true", help="leave out copyleft and share-alike sources"
    )
    parser.add_argument(
        "--figures", type=Path, help="Markdown to put into the model card (benchmarks.retrieval)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--vocabulary", type=int, default=64_000)
    parser.add_argument("--dimension", type=int, default=288)
    parser.add_argument("--batch", type=int, default=4_096)
    parser.add_argument("--rate", type=float, default=0.02)
    parser.add_argument("--scale", type=float, default=20.0)
    parser.add_argument(
        "--margin", type=float, default=0.1, help="by how much a true pair's cosine is to be ahead"
    )
    parser.add_argument(
        "--warm", type=float, default=1.0, help="share of the steps in which tokens are sums of parts"
    )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--bfloat16", action="store_true", help="faster where the processor multiplies bfloat16"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
