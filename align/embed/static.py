"""Static token embeddings by numpy and tokenizers alone: the embedded default model, without torch.

The folder is sentence-transformers' own (a single ``StaticEmbedding`` module): ``tokenizer.json`` and
``model.safetensors`` with one matrix of a row per token. ``SentenceTransformer(folder)`` gives the mean of a
text's rows; here it is their *sum*, so that the vector of a span is the sum of the vectors of its parts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from align.cover import TextWords
from align.embed import Encoded
from align.embed.words import KEPT, Words
from align.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
CARD = "concord.json"
_NAMES = ("embedding.weight", "embeddings")  # sentence-transformers' and model2vec's
_DTYPES: dict[str, np.dtype[Any]] = {"F16": np.dtype("<f2"), "F32": np.dtype("<f4")}
_BAR, _JOINED = "|", 64


@dataclass(frozen=True, slots=True)
class StaticEmbedder:
    """An :class:`align.embed.Embedder` over a matrix of token vectors.

    ``weights`` is (tokens, dimension), float16 or float32, usually mapped from the file, never copied whole.
    ``own``: it is Concord's, so that its tokenizer parts words as ``align.embed.words`` counts on
    (``align.training.tokenizer``); then it is remembered how words are cut into tokens.
    """

    name: str
    revision: str
    tokenizer: Tokenizer
    weights: NDArray[Any]
    own: bool = False
    words: Words = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        tokenizer, table = self.tokenizer, np.asarray(self.weights)
        cut = _ids_of_words if self.own else _token_ids
        words = Words(
            lambda words: cut(tokenizer, words),
            lambda ids: np.asarray(table[ids], dtype=np.float32),
            kept=KEPT if self.own else 0,
        )
        object.__setattr__(self, "words", words)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.weights.shape[1])

    @property
    def additive(self) -> bool:
        """Always True: the vectors are sums over tokens, not normalised."""
        return True

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Encoded:
        """Sums of token vectors, float32 (len(texts), dimension); zeros for a text without known tokens.

        No text is ever cut. ``progress`` is called with (texts done, all texts) after every chunk.
        """
        return Encoded(self.words.sums(texts, self.dimension, progress))

    def text_words(self, texts: Sequence[str]) -> TextWords:
        """The tokens of each text with their vectors."""
        return self.words.of_texts(texts)

    def token_vectors(self, text: str) -> tuple[list[tuple[int, int]], NDArray[np.float32]]:
        """Tokens: code-point spans (start, end) in the text, and their vectors, float32 (n, dimension)."""
        encoding = self.tokenizer.encode(_encodable(text), add_special_tokens=False)
        spans = [
            _own_span(text, token, *span)
            for token, span in zip(encoding.tokens, encoding.offsets, strict=True)
        ]
        return spans, np.asarray(self.weights[np.asarray(encoding.ids, dtype=np.int64)], dtype=np.float32)


def _token_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    encodings = tokenizer.encode_batch_fast([_encodable(text) for text in texts], add_special_tokens=False)
    return [encoding.ids for encoding in encodings]


def _ids_of_words(tokenizer: Tokenizer, words: Sequence[str]) -> list[list[int]]:
    """The token numbers of each word: many words to a text, which takes half the time, with a bar between them."""
    bar = tokenizer.token_to_id(_BAR)
    found: list[list[int]] = []
    for start in range(0, len(words), _JOINED):
        some = words[start : start + _JOINED]
        (ids,) = _token_ids(tokenizer, [f" {_BAR} ".join(some)])
        cuts = [-1, *(place for place, number in enumerate(ids) if number == bar), len(ids)]
        if bar is None or len(cuts) != len(some) + 1:  # a bar in the words
            found += _token_ids(tokenizer, some)
        else:
            found += [ids[a + 1 : b] for a, b in pairwise(cuts)]
    return found


def load_static(folder: Path, *, name: str = "", revision: str = "") -> StaticEmbedder:
    """The embedder of a folder. ``name`` and ``revision`` default to those that the export wrote down.

    Raises :class:`ModelError` where a file is missing or is not what its name says.
    """
    from tokenizers import Tokenizer

    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8")) if (folder / CARD).exists() else {}
        weights = _map_weights(folder / WEIGHTS)
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"cannot load the embedding model: {error}", where=str(folder)) from error
    except Exception as error:  # tokenizers raises bare Exception for a file that it cannot parse
        raise ModelError(f"cannot load the tokenizer: {error}", where=str(folder / TOKENIZER)) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if tokenizer.get_vocab_size() > len(weights):
        raise ModelError("the tokenizer has more tokens than there are vectors", where=str(folder))
    return StaticEmbedder(
        name or card.get("name", folder.name),
        revision or card.get("revision", ""),
        tokenizer,
        weights,
        own=bool(card),
    )


def _map_weights(path: Path) -> NDArray[Any]:
    """The matrix of a safetensors file as a read-only map: 8 bytes of length, a JSON header, the raw rows."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if not 0 < size < 10_000_000:
            raise ValueError(f"{path.name} is not a safetensors file")
        header = json.loads(file.read(size))
    tensor = next((header[key] for key in _NAMES if key in header), None)
    if tensor is None or tensor["dtype"] not in _DTYPES or len(tensor["shape"]) != 2:
        raise ValueError(f"{path.name} holds no matrix of token vectors in float16 or float32")
    rows, columns = map(int, tensor["shape"])
    offset = 8 + size + int(tensor["data_offsets"][0])
    dtype = _DTYPES[str(tensor["dtype"])]
    weights: NDArray[Any] = np.memmap(path, dtype=dtype, mode="r", offset=offset, shape=(rows, columns))
    return weights


def _encodable(text: str) -> str:
    """The text with lone surrogates, which the tokenizer refuses, replaced one for one."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _own_span(text: str, token: str, start: int, end: int) -> tuple[int, int]:
    """The span of a token's own letters: the mark of a word's beginning takes in the character before it."""
    if token.startswith("▁"):
        while start < end and not (
            text[start].isalnum() if token[1:2].isalnum() else not text[start].isspace()
        ):
            start += 1
        if len(token) == 1:
            start = end
    return start, end
