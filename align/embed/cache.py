"""Vectors kept on disk, so that a slow model embeds a text once.

One SQLite file in the user's cache folder, shared by all projects and processes. A vector is found by the
hash of its text within a *space*: model, revision, prompt, length limit, normalisation and dimension. Every
row has a checksum. The cache is a convenience: one that is broken is made anew, one that cannot be used is
left alone, with a warning in the log either way; nothing comes out of it that the model would not have given.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from align.embed import Encoded, Progress, WordEmbedder

if TYPE_CHECKING:
    from align.cover import TextWords
    from align.embed import Embedder

    class Remote(Embedder, Protocol):
        """An embedder that says what its vectors depend on."""

        @property
        def prompt(self) -> str: ...
        @property
        def limit(self) -> int | None: ...


log = logging.getLogger(__name__)

FILE = "vectors-1.sqlite"  # the number is the layout's: another layout is another file
MAX_BYTES = 2_000_000_000
_ASK = 500  # texts in one query, below SQLite's limit of variables
_SAVE = 2_048  # texts embedded between two savings: what an interruption can cost
_SKIPPED_FOLDERS = {"onnx", "openvino", ".git", ".cache", "__pycache__"}
_SKIPPED_SUFFIXES = {".md", ".png", ".h5", ".msgpack", ".onnx", ".ot"}
_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    space BLOB NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL, truncated INTEGER NOT NULL,
    checksum INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (space, text)
) WITHOUT ROWID
"""
_SELECT = "SELECT text, vector, truncated, checksum FROM vectors WHERE space = ? AND text IN ({})"
_TOUCH = "UPDATE vectors SET used = ? WHERE used < ? AND space = ? AND text IN ({})"
_FORGET = "DELETE FROM vectors WHERE (space, text) IN (SELECT space, text FROM vectors ORDER BY used LIMIT ?)"


def cache_folder() -> Path:
    """CONCORD_CACHE_DIR, or "concord" in the place that the system keeps caches in."""
    own = os.environ.get("CONCORD_CACHE_DIR")
    if own:
        return Path(own).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "concord" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "concord"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "concord"


def folder_revision(folder: Path) -> str:
    """12 hex digits over names and contents of a model folder's files, read-me and other backends aside."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if (
            not path.is_file()
            or _SKIPPED_FOLDERS & set(parts[:-1])
            or path.suffix.lower() in _SKIPPED_SUFFIXES
        ):
            continue
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{'/'.join(parts)}\0{content}\n".encode())
    return digest.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Space:
    """All that a text's vector depends on but the text."""

    model: str
    revision: str
    prompt: str
    limit: int | None
    normalised: bool
    dimension: int

    @property
    def key(self) -> bytes:
        """32 bytes that name this space."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).digest()


class VectorCache:
    """The file in ``folder``. No method raises for what is wrong with the file; it then holds nothing."""

    def __init__(self, folder: Path, *, max_bytes: int = MAX_BYTES, patience: float = 10) -> None:
        self.path = folder / FILE
        self.max_bytes = max_bytes
        self.patience = patience  # seconds to wait for another process
        self._warned = False

    def get(self, space: Space, texts: Sequence[str]) -> dict[str, tuple[NDArray[np.float32], bool]]:
        """What is known of these texts: vector, float32 (dimension,), and whether the text was cut."""
        names = {_text_key(text): text for text in texts}
        keys = list(names)
        found: dict[str, tuple[NDArray[np.float32], bool]] = {}
        with self._connection() as connection:
            for start in range(0, len(keys), _ASK):
                some = keys[start : start + _ASK]
                rows = connection.execute(_SELECT.format(_marks(some)), (space.key, *some))
                for key, blob, truncated, checksum in rows:
                    if len(blob) == 4 * space.dimension and _checksum(key, blob, truncated) == checksum:
                        vector = np.frombuffer(blob, dtype="<f4").astype(np.float32)
                        found[names[key]] = (vector, bool(truncated))
                with connection:
                    connection.execute(_TOUCH.format(_marks(some)), (_today(), _today(), space.key, *some))
        return found

    def put(self, space: Space, entries: Mapping[str, tuple[NDArray[np.float32], bool]]) -> None:
        """Keep vectors, all or none of them; then drop the longest unused if the file is over its bound."""
        rows = []
        for text, (vector, truncated) in entries.items():
            key, blob = _text_key(text), np.ascontiguousarray(vector, dtype="<f4").tobytes()
            checksum = _checksum(key, blob, truncated)
            rows.append((space.key, key, blob, int(truncated), checksum, _today()))
        with self._connection() as connection:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?, ?)", rows)
            self._prune(connection)

    def _prune(self, connection: sqlite3.Connection) -> None:
        """Keep the file within its bound: freed pages are used again, so deleting a fifth is enough."""
        ((pages,),) = connection.execute("PRAGMA page_count")
        ((free,),) = connection.execute("PRAGMA freelist_count")
        ((page,),) = connection.execute("PRAGMA page_size")
        if (pages - free) * page <= self.max_bytes:
            return
        with connection:
            ((count,),) = connection.execute("SELECT count(*) FROM vectors")
            connection.execute(_FORGET, (max(1, count // 5),))

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection to a usable file; where there is none, one to an empty database in memory."""
        connection = self._open()
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            self._give_up(error)
        finally:
            connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return self._connect(str(self.path))
        except (OSError, sqlite3.DatabaseError) as error:
            self._give_up(error)
            if not _is_broken(error):
                return self._connect(":memory:")
        try:
            return self._connect(str(self.path))
        except sqlite3.DatabaseError:
            return self._connect(":memory:")

    def _connect(self, target: str) -> sqlite3.Connection:
        connection = sqlite3.connect(target, timeout=self.patience)
        try:
            with connection:
                connection.execute(_SCHEMA)
            connection.execute(
                "SELECT space, text, vector, truncated, checksum, used FROM vectors LIMIT 1"
            ).fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _give_up(self, error: Exception) -> None:
        """Warn once; take a broken file out of the way (a locked, read-only or full place is left alone)."""
        broken = _is_broken(error)
        if broken:
            with contextlib.suppress(OSError):
                self.path.replace(self.path.with_suffix(".broken"))
            for tail in ("-journal", "-wal", "-shm"):
                Path(f"{self.path}{tail}").unlink(missing_ok=True)
        if not self._warned:
            outcome = "it is made anew" if broken else "going on without it"
            log.warning("the cache of vectors cannot be used (%s: %s); %s", self.path, error, outcome)
        self._warned = True


class CachedEmbedder:
    """An embedder that asks the cache first and saves what it had to work out, a stretch at a time."""

    additive = False

    def __init__(self, inner: Remote, cache: VectorCache) -> None:
        self.inner = inner
        self.cache = cache
        self.name, self.revision, self.dimension = inner.name, inner.revision, inner.dimension
        self.space = Space(inner.name, inner.revision, inner.prompt, inner.limit, True, inner.dimension)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Unit vectors, float32 (len(texts), dimension), in order. Progress counts distinct texts."""
        unique = sorted(set(texts), key=lambda text: (-len(text), text))
        known = self.cache.get(self.space, unique)
        missing = [text for text in unique if text not in known]
        done = len(known)
        for start in range(0, len(missing), _SAVE):
            some = missing[start : start + _SAVE]
            encoded = self.inner.encode(some, _shifted(progress, done, len(unique)))
            cut = set(encoded.truncated)
            new = {text: (encoded.vectors[i], i in cut) for i, text in enumerate(some)}
            self.cache.put(self.space, new)
            known.update(new)
            done += len(some)
        if progress is not None and not missing:
            progress(len(unique), len(unique))
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for i, text in enumerate(texts):
            vectors[i] = known[text][0]
        return Encoded(vectors, tuple(i for i, text in enumerate(texts) if known[text][1]))


class CachedWordEmbedder(CachedEmbedder):
    """The same for an embedder that has vectors of words, which are not kept: they cost little."""

    def text_words(self, texts: Sequence[str]) -> TextWords:
        """The words of each text."""
        inner = self.inner
        assert isinstance(inner, WordEmbedder)
        return inner.text_words(texts)


def _shifted(progress: Progress | None, done: int, total: int) -> Progress | None:
    if progress is None:
        return None
    tell = progress
    return lambda some, _: tell(done + some, total)


def _is_broken(error: Exception) -> bool:
    """Whether the file itself is at fault, rather than a lock, a permission or a full disk."""
    return isinstance(error, sqlite3.DatabaseError) and (
        not isinstance(error, sqlite3.OperationalError) or "no such column" in str(error)
    )


def _text_key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _checksum(key: bytes, blob: bytes, truncated: int | bool) -> int:
    return zlib.crc32(key + blob + bytes([int(truncated)]))


def _marks(keys: Sequence[bytes]) -> str:
    return ", ".join("?" * len(keys))


def _today() -> int:
    return int(time.time()) // 86_400
