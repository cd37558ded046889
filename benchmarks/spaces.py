"""The same parameters over embedding spaces of different make: no constant of the aligner depends on the encoder.

    python -m benchmarks.spaces [--vecalign DIR --bertalign DIR --python PYTHON]

* the embedded model;
* a copy of it crowded into a narrow cone, as transformers' vectors are: each vector brought to length one, a
  constant three times as long added, and brought to length one again. Its spans are no sums any more. Beside it
  the copy without the constant, which shows what is lost by the normalising alone;
* n-grams of letters, weighed by their rarity and thrown at random on 512 axes: knows nothing of any language but
  what two of one script have in common. Its figures stand on their own merits.

* a real transformer, all-MiniLM-L6-v2, which knows English alone, on two pairs of English texts.

The other aligners get the same vectors (``benchmarks.peers``).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align import __version__
from align.embed import Embedder, Encoded, Progress, load_embedder
from align.parameters import default_parameters
from align.spans import unit
from align.training.cases import Case
from align.training.weights import text_berg
from benchmarks.alignment import damaged_by
from benchmarks.english import packaged, paraphrase, thinned_interview
from benchmarks.peers import compare, parser_of_peers, peers_at_hand

NEWS = (
    "de-en/wmt24_ende_docid",
    "es-en/wmt24_enes_docid",
    "ru-en/wmt24_enru_docid",
)


class Crowded:
    """Another embedder's vectors at length one, a constant vector ``offset`` long added, at length one again."""

    revision, additive = "", False

    def __init__(self, inner: Embedder, offset: float = 3.0, seed: int = 1) -> None:
        self._inner = inner
        self.dimension = inner.dimension
        self.name = f"{inner.name}+{offset:g}"
        constant = np.random.default_rng(seed).normal(size=inner.dimension)
        self._offset = (offset * constant / np.linalg.norm(constant)).astype(np.float32)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Unit vectors, float32 (texts, dimension)."""
        found = self._inner.encode(texts, progress)
        return Encoded(unit(unit(found.vectors) + self._offset), found.truncated)


class Letters:
    """Character n-grams by tf-idf on random axes; rarity is counted in the texts that it is made with.

    A text's vector is Σ (1 + log count) · rarity over its n-grams of 2 to 4 letters, each n-gram a vector of ±1
    drawn by its hash (Achlioptas 2003), at length one: no sum over tokens.
    """

    name, revision, additive = "letters", "", False

    def __init__(self, texts: Sequence[str], dimension: int = 512) -> None:
        self.dimension = dimension
        self._texts = len(texts)
        self._seen = Counter(gram for text in texts for gram in set(_grams(text)))
        self._axes: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Unit vectors, float32 (texts, dimension)."""
        rows = [self._vector(text) for text in texts]
        return Encoded(unit(np.array(rows, np.float32).reshape(len(rows), self.dimension)))

    def _vector(self, text: str) -> NDArray[np.float32]:
        grams = Counter(_grams(text))
        if not grams:
            return np.zeros(self.dimension, np.float32)
        seen = np.array([self._seen[gram] for gram in grams])
        rarity = np.log((self._texts + 1) / (seen + 1))
        weights = (1 + np.log(np.array(list(grams.values())))) * rarity
        total: NDArray[np.float32] = weights.astype(np.float32) @ np.array([self._signs(g) for g in grams])
        return total

    def _signs(self, gram: str) -> NDArray[np.float32]:
        if gram not in self._axes:
            digest = hashlib.shake_128(gram.encode()).digest(self.dimension // 8)
            self._axes[gram] = 2 * np.unpackbits(np.frombuffer(digest, np.uint8)).astype(np.float32) - 1
        return self._axes[gram]


def _grams(text: str) -> list[str]:
    """Runs of 2 to 4 letters within words, the words' ends marked."""
    words = [f" {word} " for word in re.findall(r"\w+", text.lower())]
    return [word[i : i + size] for word in words for size in (2, 3, 4) for i in range(len(word) - size + 1)]


def spaces(case: Case, embedder: Embedder) -> dict[str, Embedder]:
    """The embedding spaces for a case."""
    return {
        "embedded": embedder,
        "length one": Crowded(embedder, 0.0),
        "crowded": Crowded(embedder),
        "letters": Letters([*case.source, *case.target]),
    }


def cases(shared: Path) -> list[Case]:
    """Text+Berg dev, and damaged news of pairs of languages with one script, and of one with two."""
    tool, dev = shared / "tools" / "perturb.py", shared / "data" / "dev"
    return [text_berg(shared / "data"), *(damaged_by(tool, dev / f"{name}.tsv", 1) for name in NEWS)]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    options = parser_of_peers(__doc__).parse_args(arguments)
    embedder = load_embedder(options.model)
    print(
        f"concord:{__version__}|model:{embedder.name}@{embedder.revision}|parameters:{default_parameters().digest}"
    )
    with ExitStack() as stack:
        by_name = peers_at_hand(stack, options)
        folder = packaged()
        for case in (paraphrase(), thinned_interview()) if folder else ():
            compare(f"{case.name}: all-MiniLM-L6-v2", [case], load_embedder(str(folder)), by_name)
        for case in cases(options.shared) if options.shared.exists() else ():
            for name, space in spaces(case, embedder).items():
                compare(f"{case.name}: {name}", [case], space, by_name)


if __name__ == "__main__":
    main()
