"""What turns texts into vectors: the protocol, the embedded default, and any sentence-transformers model.

Alignment compares both sides alike, so a model's texts all get one and the same prompt:

* the model's own default prompt, where its configuration names one;
* else the first of its prompts that is made for symmetric comparison ("BitextMining", "STS", …);
* else its "query" prompt, where that is a bare prefix such as "query: " (what the authors of E5 advise for
  symmetric tasks) and no instruction to search something;
* else none. E5 models saved without prompts get "query: " by their name.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import logging
import math
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from align.errors import ModelError

if TYPE_CHECKING:
    from align.cover import TextWords
    from align.embed.cache import Remote
    from align.embed.static import StaticEmbedder

DEFAULT_FOLDER = Path(__file__).parents[1] / "models" / "concord-static"
ACCURATE = "accurate"
ACCURATE_FOLDER = DEFAULT_FOLDER.with_name("concord-accurate")
Progress = Callable[[int, int], None]

MODULES = "modules.json"
_SYMMETRIC = ("bitextmining", "bitext_mining", "bitext", "sts", "similarity", "sentence_similarity")
PATIENCE = 5.0
"""Seconds for the hub to answer at all, where a model given by name must be downloaded."""
_BATCH = {"cpu": 32, "cuda": 128}


@dataclass(frozen=True, slots=True)
class Encoded:
    """Vectors, float32 (texts, dimension), and the indices of the texts that the model's limit cut short."""

    vectors: NDArray[np.float32]
    truncated: tuple[int, ...] = ()


class Embedder(Protocol):
    """Turns texts into vectors.

    ``additive``: the vectors are sums over tokens, so that a span's vector is the sum of its segments'.
    Otherwise any vectors; who uses them normalises.
    """

    @property
    def name(self) -> str:
        """What the model is called, for signatures."""
        ...

    @property
    def revision(self) -> str:
        """Which weights exactly: a commit or a hash."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def additive(self) -> bool:
        """Whether vectors are sums over tokens."""
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Vectors of the texts, in their order; ``progress(done, total)`` is called now and then."""
        ...


@runtime_checkable
class WordEmbedder(Protocol):
    """An embedder that has vectors of words too."""

    def text_words(self, texts: Sequence[str]) -> TextWords:
        """The words of each text."""
        ...


def load_embedder(model: str | None = None, *, cache: Path | None = None) -> Embedder:
    """The embedded default (None), "accurate", or any sentence-transformers model by folder or name on the hub.

    A folder may also hold what ``align.training.transformer`` made; "accurate" is one that comes along. A model that
    is nothing but static token embeddings is *additive* and needs no torch if it is a folder.
    Vectors of other models are kept on disk, in ``cache`` or the user's cache folder (see ``align.embed.cache``).
    Nothing is downloaded but a model asked for by name, and not even that where HF_HUB_OFFLINE is set.
    Raises :class:`ModelError` where the model cannot be found, loaded, or its packages are not installed.
    """
    if model is None:
        from align.embed.static import load_static

        return load_static(Path(os.environ.get("CONCORD_MODEL_DIR") or DEFAULT_FOLDER))
    from align.embed.onnx import is_onnx_folder, load_onnx

    if model == ACCURATE:
        return _cached(load_onnx(ACCURATE_FOLDER), cache)
    folder = Path(model).expanduser()
    if folder.is_dir():
        if is_onnx_folder(folder):
            return _cached(load_onnx(folder), cache)
        static = _static_folder(folder)
        if static is not None:
            return static
    elif model.startswith((".", "/", "~")) or model.count("/") > 1 or "\\" in model:
        raise ModelError(
            "there is no such folder", where=model, hint="Give a folder or a name such as org/model"
        )
    inner = _load_sentence_transformer(model, folder if folder.is_dir() else None)
    if not isinstance(inner, SentenceTransformerEmbedder):
        return inner
    return _cached(inner, cache)


def _cached(inner: Remote, cache: Path | None) -> Embedder:
    from align.embed.cache import CachedEmbedder, CachedWordEmbedder, VectorCache, cache_folder

    vectors = VectorCache(cache or cache_folder())
    kind = CachedWordEmbedder if isinstance(inner, WordEmbedder) else CachedEmbedder
    return kind(inner, vectors)


def choose_prompt(name: str, prompts: Mapping[str, str], default: str | None) -> str:
    """The prompt for both sides of an alignment, "" for none; see the module's docstring for the choice."""
    if default is not None and prompts.get(default):
        return prompts[default]
    folded = {re.sub(r"[\s-]+", "_", key.lower()): value for key, value in prompts.items() if value}
    for key in _SYMMETRIC:
        if key in folded:
            return folded[key]
    query = folded.get("query", "")
    if 0 < len(query) <= 16 and "\n" not in query:
        return query
    is_plain_e5 = re.search(r"(^|[/_-])e5-", name.lower()) is not None and "instruct" not in name.lower()
    return "query: " if is_plain_e5 and not folded else ""


class SentenceTransformerEmbedder:
    """Any sentence-transformers model: unit vectors, one prompt for all texts, cut texts reported.

    ``limit`` is the most tokens that the model reads of a text (None: no limit), special ones included.
    """

    additive = False

    def __init__(self, model: Any, *, name: str, revision: str) -> None:
        self._model = model
        self.name = name
        self.revision = revision
        self.prompt = choose_prompt(name, model.prompts or {}, model.default_prompt_name)
        limit = model.max_seq_length
        self.limit: int | None = None if limit is None or math.isinf(limit) else int(limit)
        self.dimension = int(model.get_embedding_dimension())

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Unit vectors, float32 (len(texts), dimension). Texts of like length share a batch."""
        unique = sorted(set(texts), key=lambda text: (-len(text), text))
        size = 8 * _BATCH.get(self._model.device.type, 32)
        place = {text: row for row, text in enumerate(unique)}
        counts = np.zeros(len(unique), dtype=np.int64)
        np.add.at(counts, [place[text] for text in texts], 1)
        vectors = np.zeros((len(unique), self.dimension), dtype=np.float32)
        cut: set[str] = set()
        for start in range(0, len(unique), size):
            batch = unique[start : start + size]
            vectors[start : start + len(batch)] = self._vectors(batch)
            cut.update(self._cut(batch))
            if progress is not None:
                progress(int(counts[: start + len(batch)].sum()), len(texts))
        rows = vectors[[place[text] for text in texts]] if texts else vectors
        return Encoded(rows, tuple(i for i, text in enumerate(texts) if text in cut))

    def _vectors(self, batch: list[str]) -> NDArray[np.float32]:
        encoded = self._model.encode(
            [_encodable(text) for text in batch],
            prompt=self.prompt,
            batch_size=_BATCH.get(self._model.device.type, 32),
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        vectors = np.asarray(encoded, dtype=np.float32)
        if not np.isfinite(vectors).all():
            raise ModelError("the model gave a vector that is not finite", where=self.name)
        return vectors

    def _cut(self, batch: list[str]) -> list[str]:
        """The texts of more tokens than the model reads."""
        limit, tokenizer = self.limit, self._model.tokenizer
        if limit is None or not callable(tokenizer):
            return []
        options = {"add_special_tokens": True, "truncation": False, "padding": False, "verbose": False}
        ids = tokenizer([self.prompt + _encodable(text) for text in batch], **options)["input_ids"]
        return [text for text, row in zip(batch, ids, strict=True) if len(row) > limit]


def _static_folder(folder: Path) -> StaticEmbedder | None:
    """The embedder of a folder that holds a single StaticEmbedding module and nothing else, else None."""
    from align.embed.static import WEIGHTS, load_static

    modules = folder / MODULES
    if not modules.is_file():
        raise ModelError(
            "this folder is not a sentence-transformers model (there is no modules.json)",
            where=str(folder),
            hint="Save one with SentenceTransformer(...).save(folder)",
        )
    try:
        listed = json.loads(modules.read_text(encoding="utf-8"))
        single = len(listed) == 1 and str(listed[0]["type"]).split(".")[-1] == "StaticEmbedding"
        home = folder / str(listed[0].get("path", "")) if single else folder
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"modules.json cannot be read: {error}", where=str(folder)) from error
    if not single or not (home / WEIGHTS).is_file():
        return None
    from align.embed.cache import folder_revision

    own = home == folder and (home / "concord.json").is_file()
    return load_static(home, name="" if own else folder.name, revision="" if own else folder_revision(folder))


def _load_sentence_transformer(model: str, folder: Path | None) -> Embedder:
    if importlib.util.find_spec("sentence_transformers") is None:
        raise _missing_package(model)
    if folder is None and "/" not in model:
        model = f"sentence-transformers/{model}"  # as that library has it
    try:
        with _quiet():
            commit = "" if folder else _hub_commit(model)  # first, for torch takes seconds to import
            from sentence_transformers import SentenceTransformer

            loaded = SentenceTransformer(str(folder)) if folder else _from_hub(SentenceTransformer, model)
            if loaded.device.type == "cpu":
                loaded.float()  # half precision is slow there, and not the same from batch to batch
    except ModelError:
        raise
    except ImportError as error:
        raise _missing_package(model) from error
    except Exception as error:  # whatever the hub, transformers or a module of the model raise
        said = f"cannot load the model: {_reason(error)}"
        raise ModelError(said, where=model, hint=_load_hint(folder, error)) from error
    if folder is not None:
        from align.embed.cache import folder_revision

        name, revision = folder.resolve().name, folder_revision(folder)
    else:
        name, revision = model, commit
    return _static_module(loaded, name, revision) or SentenceTransformerEmbedder(
        loaded, name=name, revision=revision
    )


def _missing_package(model: str) -> ModelError:
    return ModelError(
        "models by name or folder need the package sentence-transformers",
        where=model,
        hint="Install it: pip install 'concord-align[models]'",
    )


def _from_hub(load: Callable[..., Any], model: str) -> Any:
    """A model by name: out of the hub's local cache where it lies there whole, else downloaded."""
    with contextlib.suppress(Exception):  # part of it is missing: the hub has the rest
        return load(model, local_files_only=True)
    _files_on_hub(model)
    return load(model)


def _hub_commit(model: str) -> str:
    """The commit of a model given by name, whose list of modules is in the hub's local cache afterwards.

    A model that is not made for sentences is refused before its weights are downloaded.
    """
    from huggingface_hub import hf_hub_download

    found = _cached_modules(model)
    if found is None:
        if MODULES not in _files_on_hub(model):
            raise ModelError(
                "this is not a sentence-transformers model (it has no modules.json)",
                where=model,
                hint="Pooling by guesswork would give poor vectors: choose a model made for sentences",
            )
        found = Path(hf_hub_download(model, MODULES))
    return found.parent.name[:12]


def _files_on_hub(repository: str) -> list[str]:
    """Names of a repository's files. One short request: the hub's client tries a dead server for minutes."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    try:
        listed = HfApi().model_info(repository, timeout=PATIENCE).siblings or []
    except (HfHubHTTPError, ValueError):
        raise  # the server is there, or the name is none that a model could have
    except Exception as error:  # whatever the client of the day raises where nobody answers
        raise ConnectionError("it is not in the local cache, and the hub cannot be reached") from error
    return [file.rfilename for file in listed]


def _cached_modules(repository: str) -> Path | None:
    """The modules.json of a model in the hub's local cache."""
    from huggingface_hub import try_to_load_from_cache

    with contextlib.suppress(ValueError):
        found = try_to_load_from_cache(repository, MODULES)
        if isinstance(found, str):
            return Path(found)
    return None


def _static_module(loaded: Any, name: str, revision: str) -> StaticEmbedder | None:
    """An additive embedder of a loaded model that is a single StaticEmbedding (one from the hub, say)."""
    if len(loaded) != 1 or type(loaded[0]).__name__ != "StaticEmbedding":
        return None
    from align.embed.static import StaticEmbedder

    weights = loaded[0].embedding.weight.detach().cpu().float().numpy()
    return StaticEmbedder(name, revision, loaded[0].tokenizer, weights)


def _reason(error: Exception) -> str:
    """The first line of an error, or words for those that the hub's client says at length."""
    known = {
        "RepositoryNotFoundError": "the hub has no model of this name, or keeps it private",
        "GatedRepoError": "the hub gives it only to those who accepted its terms",
    }
    first = next(iter(str(error).strip().splitlines()), type(error).__name__)
    return known.get(type(error).__name__, first)


def _load_hint(folder: Path | None, error: Exception) -> str:
    if "trust_remote_code" in str(error):
        return "Concord runs no code that comes with a model: choose one that needs none"
    if folder is not None:
        return "Is the folder whole?"
    if type(error).__name__ == "GatedRepoError":
        return "Accept them on its page and log in (hf auth login), or give the folder of a downloaded model"
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE"):
        return "HF_HUB_OFFLINE is set, and the model is not in the local cache"
    return "Check the name and the network, or give the folder of a downloaded model"


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the model libraries' notices and bars off stderr; what matters comes back as an exception."""
    names = ("sentence_transformers", "transformers", "huggingface_hub", "torch")
    levels = {name: logging.getLogger(name).level for name in names}
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "critical")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with contextlib.suppress(ImportError):
                from transformers.utils import logging as transformers_logging

                transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _encodable(text: str) -> str:
    """The text with lone surrogates, which tokenizers refuse, replaced one for one."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
