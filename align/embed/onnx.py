"""Transformers without torch: a folder with ``model.onnx``, ``tokenizer.json`` and ``concord.json``.

``align.training.transformer`` writes such folders. The graph takes token numbers, int64 (texts, longest), padded by
0, and the texts' lengths, int64 (texts,); it gives unit vectors, float32 (texts, dimension). Pooling is part of it.
onnxruntime runs it; that is imported here and only when such a model is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from align.embed import DEFAULT_FOLDER, Encoded, Progress
from align.embed.static import StaticEmbedder, load_static
from align.errors import ModelError
from align.machine import cores

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from align.cover import TextWords

GRAPH, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "concord.json"
MAX_THREADS = 4
"""More hardly help with sentences, and other programs want to run as well."""
_TOKENS = 4_096  # tokens of a batch, padding included
_TOGETHER = 2_048  # texts cut into tokens together


class OnnxEmbedder:
    """An :class:`align.embed.Embedder` over an ONNX graph: unit vectors, no prompt, cut texts reported.

    ``limit`` is the most tokens that the model reads of a text, special ones included.
    """

    additive = False
    prompt = ""

    def __init__(self, session: Any, tokenizer: Tokenizer, *, name: str, revision: str, limit: int) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self.name = name
        self.revision = revision
        self.limit: int | None = limit
        self.dimension = int(session.get_outputs()[0].shape[1])

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Unit vectors, float32 (len(texts), dimension). Texts of like length share a batch."""
        unique = sorted(set(texts), key=lambda text: (-len(text), text))
        place = {text: row for row, text in enumerate(unique)}
        counts = np.bincount([place[text] for text in texts], minlength=len(unique))
        vectors = np.zeros((len(unique), self.dimension), dtype=np.float32)
        cut: set[int] = set()
        for start in range(0, len(unique), _TOGETHER):
            some = unique[start : start + _TOGETHER]
            rows, over = self._tokens(some)
            vectors[start : start + len(some)] = self._vectors(rows)
            cut.update(start + row for row in over)
            if progress is not None:
                progress(int(counts[: start + len(some)].sum()), len(texts))
        order = [place[text] for text in texts]
        return Encoded(vectors[order], tuple(i for i, row in enumerate(order) if row in cut))

    def _tokens(self, texts: list[str]) -> tuple[list[list[int]], list[int]]:
        """Token numbers of each text within the limit, and which texts were longer. The last token stays the last."""
        assert self.limit is not None
        encodings = self._tokenizer.encode_batch_fast([_encodable(text) for text in texts])
        rows = [encoding.ids for encoding in encodings]
        over = [i for i, row in enumerate(rows) if len(row) > self.limit]
        for i in over:
            rows[i] = [*rows[i][: self.limit - 1], rows[i][-1]]
        return rows, over

    def _vectors(self, rows: list[list[int]]) -> NDArray[np.float32]:
        vectors = np.zeros((len(rows), self.dimension), dtype=np.float32)
        for batch in batches_of([len(row) for row in rows]):
            lengths = np.array([len(rows[i]) for i in batch], dtype=np.int64)
            ids = np.zeros((len(batch), int(lengths.max())), dtype=np.int64)
            for place, i in zip(ids, batch, strict=True):
                place[: len(rows[i])] = rows[i]
            (vectors[batch],) = self._session.run(None, {"ids": ids, "lengths": lengths})
        if not np.isfinite(vectors).all():
            raise ModelError("the model gave a vector that is not finite", where=self.name)
        return vectors


class OnnxWordEmbedder(OnnxEmbedder):
    """The same where the graph was made beside a static model that is at hand: single words have its vectors."""

    def __init__(self, session: Any, tokenizer: Tokenizer, static: StaticEmbedder, **named: Any) -> None:
        super().__init__(session, tokenizer, **named)
        self._static = static

    def text_words(self, texts: Sequence[str]) -> TextWords:
        """The words of each text."""
        return self._static.text_words(texts)


def batches_of(lengths: Sequence[int], tokens: int = _TOKENS) -> list[list[int]]:
    """Rows by their lengths, in batches of at most so many tokens with their padding; one row is always a batch."""
    batches: list[list[int]] = []
    for row in sorted(range(len(lengths)), key=lambda row: lengths[row]):
        if batches and (len(batches[-1]) + 1) * lengths[row] <= tokens:
            batches[-1].append(row)
        else:
            batches.append([row])
    return batches


def is_onnx_folder(folder: Path) -> bool:
    """Whether a folder holds a model of this kind."""
    return (folder / GRAPH).is_file() and (folder / CARD).is_file()


def load_onnx(folder: Path) -> OnnxEmbedder:
    """The embedder of a folder. Raises :class:`ModelError` where it cannot be loaded or onnxruntime is missing."""
    try:
        import onnxruntime
    except ImportError as error:
        raise ModelError(
            "this model needs the package onnxruntime",
            where=str(folder),
            hint="Install it: pip install 'concord-align[accurate]'",
        ) from error
    from tokenizers import Tokenizer

    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        name, revision, limit = str(card["name"]), str(card["revision"]), int(card["limit"])
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        session = onnxruntime.InferenceSession(
            str(folder / GRAPH), _options(onnxruntime), providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # tokenizers and onnxruntime raise classes of their own, or bare Exception
        first = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise ModelError(
            f"cannot load the model: {first}", where=str(folder), hint="Is the folder whole?"
        ) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if card.get("words") == _embedded():
        static = load_static(DEFAULT_FOLDER)
        return OnnxWordEmbedder(session, tokenizer, static, name=name, revision=revision, limit=limit)
    return OnnxEmbedder(session, tokenizer, name=name, revision=revision, limit=limit)


def _embedded() -> str:
    """Name and revision of the embedded model."""
    card = json.loads((DEFAULT_FOLDER / CARD).read_text(encoding="utf-8"))
    return f"{card['name']}@{card['revision']}"


def _options(onnxruntime: Any) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(MAX_THREADS, cores())
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors come back as exceptions
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # threads that wait, sleep
    return options


def _encodable(text: str) -> str:
    """The text with lone surrogates, which the tokenizer refuses, replaced one for one."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
