"""A multilingual vocabulary for an English body: the tokens of the static model and their first input vectors.

A token that the teacher knows as a whole takes the teacher's vector as it is. Any other takes a weighted mean of
the teacher's vectors of whole English words: the weights are a softmax over the nearest ones among the static
model's vectors, where a word lies near its translations (the idea of WECHSEL, Minixhofer et al. 2022). So the body
finds inputs that it knows before it has seen a foreign sentence. A linear map of all static vectors, fitted by
least squares, did much worse: docs/howto-model.md has the figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, processors

Floats = NDArray[np.float32]
MARK, CLS, SEP = "▁", "[CLS]", "[SEP]"
CONTINUED = "##"
_NEIGHBOURS, _TEMPERATURE, _CHUNK = 10, 0.1, 4_000


def vocabulary(tokenizer: Tokenizer) -> list[str]:
    """The tokens by their numbers."""
    return [token for token, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]


def with_ends(tokenizer: Tokenizer) -> Tokenizer:
    """The static model's tokenizer with ``[CLS]`` and ``[SEP]`` around every text, as its last two tokens.

    They stand in the word list and are no "special tokens", which would be found in texts that contain their names.
    """
    content = json.loads(tokenizer.to_str())
    numbers: dict[str, int] = content["model"]["vocab"]
    first = max(numbers.values()) + 1
    numbers |= {CLS: first, SEP: first + 1}
    ended = Tokenizer.from_str(json.dumps(content))
    ended.post_processor = processors.TemplateProcessing(
        single=f"{CLS} $A {SEP}", special_tokens=[(CLS, first), (SEP, first + 1)]
    )
    return ended


def known_tokens(tokens: Sequence[str], teacher: Mapping[str, int]) -> dict[int, int]:
    """Tokens of the static model that are tokens of the teacher: number here → number there.

    ``▁word`` is the teacher's ``word``, a stretch of letters within a word its ``##stretch``; signs and digits are
    themselves.
    """
    known = {}
    for number, token in enumerate(tokens):
        inner = token.isalpha() and not token.startswith(MARK)
        name = CONTINUED + token if inner else token.removeprefix(MARK)
        if name in teacher:
            known[number] = teacher[name]
    return known


def first_rows(tokens: Sequence[str], static: Floats, teacher: Mapping[str, int], rows: Floats) -> Floats:
    """Input vectors, float32 (tokens + 2, width), for the tokens and, last, ``[CLS]`` and ``[SEP]``.

    ``static``: (tokens, any dimension), the static model's vectors; ``rows``: (teacher's tokens, width). Raises
    ValueError where the two have no English word in common.
    """
    known = known_tokens(tokens, teacher)
    words = [
        n for n in known if tokens[n].startswith(MARK) and tokens[n][1:].isascii() and len(tokens[n]) > 3
    ]
    if not words:
        raise ValueError("the static model and the teacher have no English word in common")
    units = static / np.maximum(np.linalg.norm(static, axis=1, keepdims=True), 1e-9)
    targets = rows[[known[n] for n in words]]
    found = np.zeros((len(tokens) + 2, rows.shape[1]), dtype=np.float32)
    for start in range(0, len(tokens), _CHUNK):
        cosines = units[start : start + _CHUNK] @ units[words].T
        found[start : start + len(cosines)] = _mean_of_nearest(cosines, targets)
    for here, there in known.items():
        found[here] = rows[there]
    found[-2:] = rows[[teacher[CLS], teacher[SEP]]]
    return found


def _mean_of_nearest(cosines: Floats, targets: Floats) -> Floats:
    """Softmax-weighted means of the targets, (n, width), whose columns have the highest cosines of a row."""
    count = min(_NEIGHBOURS, cosines.shape[1])
    nearest = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
    near = np.take_along_axis(cosines, nearest, 1)
    weights = np.exp((near - near.max(axis=1, keepdims=True)) / _TEMPERATURE)
    weights /= weights.sum(axis=1, keepdims=True)
    means: Floats = np.einsum("nk,nkd->nd", weights, targets[nearest]).astype(np.float32)
    return means
