"""The cache of vectors: found under the same conditions only, never fatal, never wrong."""

from __future__ import annotations

import dataclasses
import logging
import multiprocessing
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.embed import Encoded, Progress
from align.embed.cache import FILE, CachedEmbedder, Space, VectorCache, cache_folder, folder_revision

SPACE = Space("org/model", "abc", "query: ", 512, True, 3)
VECTOR = np.array([0.1, -2.5, 3e-8], dtype=np.float32)


class Letters:
    """An embedder that counts letters, cuts texts after five, and remembers what it was asked."""

    name, revision, prompt, limit, dimension, additive = "letters", "1", "", 5, 3, False

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        self.asked += texts
        if progress is not None:
            progress(len(texts), len(texts))
        rows = [[text[:5].count("a"), text[:5].count("b"), len(text[:5])] for text in texts]
        cut = tuple(i for i, text in enumerate(texts) if len(text) > 5)
        return Encoded(np.array(rows, dtype=np.float32).reshape(-1, 3), cut)


def test_a_vector_comes_back_bit_for_bit(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path)
    cache.put(SPACE, {"море": (VECTOR, True)})
    (vector, truncated) = cache.get(SPACE, ["море", "sea"])["море"]
    assert (vector.tobytes(), truncated) == (VECTOR.tobytes(), True)


def test_another_process_opening_the_file_finds_it_too(tmp_path: Path) -> None:
    VectorCache(tmp_path).put(SPACE, {"sea": (VECTOR, False)})
    assert list(VectorCache(tmp_path).get(SPACE, ["sea"])) == ["sea"]


@pytest.mark.parametrize(
    "change",
    [
        {"model": "x"},
        {"revision": "x"},
        {"prompt": ""},
        {"limit": None},
        {"normalised": False},
        {"dimension": 4},
    ],
    ids=lambda change: next(iter(change)),
)
def test_nothing_is_found_under_other_conditions(tmp_path: Path, change: dict[str, object]) -> None:
    cache = VectorCache(tmp_path)
    cache.put(SPACE, {"sea": (VECTOR, False)})
    assert cache.get(dataclasses.replace(SPACE, **change), ["sea"]) == {}  # type: ignore[arg-type]


def test_texts_that_differ_in_a_space_or_a_letters_spelling_are_different(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path)
    cache.put(SPACE, {"é": (VECTOR, False)})
    assert cache.get(SPACE, ["e\u0301", "é ", "É"]) == {}


@settings(deadline=None, max_examples=30)
@given(
    first=st.lists(st.text("ab", max_size=7), max_size=9),
    second=st.lists(st.text("ab", max_size=7), max_size=9),
)
def test_a_cached_embedder_gives_what_the_model_gives(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], second: list[str]
) -> None:
    embedder = CachedEmbedder(Letters(), VectorCache(tmp_path_factory.mktemp("cache")))
    embedder.encode(first)
    got, wanted = embedder.encode(second), Letters().encode(second)
    assert (got.vectors.tolist(), got.truncated) == (wanted.vectors.tolist(), wanted.truncated)


def test_no_text_is_embedded_twice(tmp_path: Path) -> None:
    inner = Letters()
    embedder = CachedEmbedder(inner, VectorCache(tmp_path))
    embedder.encode(["a", "b", "a"])
    embedder.encode(["b", "c"])
    assert sorted(inner.asked) == ["a", "b", "c"]


def test_progress_counts_what_was_known_as_done(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    embedder = CachedEmbedder(Letters(), VectorCache(tmp_path))
    embedder.encode(["a", "b"])
    embedder.encode(["a", "b", "c"], lambda *now: seen.append(now))
    embedder.encode(["a"], lambda *now: seen.append(now))
    assert seen == [(3, 3), (1, 1)]


def test_what_was_embedded_before_an_interruption_is_kept(tmp_path: Path) -> None:
    class Interrupted(Letters):
        def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
            if self.asked:
                raise KeyboardInterrupt
            return super().encode(texts, progress)

    texts = [f"{i}" for i in range(3_000)]
    with pytest.raises(KeyboardInterrupt):
        CachedEmbedder(Interrupted(), VectorCache(tmp_path)).encode(texts)
    inner = Letters()
    CachedEmbedder(inner, VectorCache(tmp_path)).encode(texts)
    assert len(inner.asked) == 3_000 - 2_048


def garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all, " * 100)


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5_000])


def other_table(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE vectors (something TEXT)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("damage", [garbage, torn, other_table], ids=lambda damage: damage.__name__)
def test_a_broken_file_is_made_anew_with_a_warning(
    tmp_path: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    filled = VectorCache(tmp_path)
    filled.put(SPACE, {f"text {i}": (VECTOR, False) for i in range(300)})
    damage(tmp_path / FILE)
    cache = VectorCache(tmp_path)
    with caplog.at_level(logging.WARNING):
        cache.get(SPACE, ["text 1"])
        cache.put(SPACE, {"sea": (VECTOR, False)})
        cache.put(SPACE, {"sea": (VECTOR, False)})
    assert [record.name for record in caplog.records] == ["align.embed.cache"]
    assert list(cache.get(SPACE, ["sea"])) == ["sea"]


def test_a_vector_whose_bits_changed_is_not_used(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path)
    cache.put(SPACE, {"sea": (VECTOR, False), "land": (VECTOR, False)})
    connection = sqlite3.connect(tmp_path / FILE)
    with connection:
        connection.execute("UPDATE vectors SET vector = zeroblob(12)")
    connection.close()
    assert cache.get(SPACE, ["sea", "land"]) == {}


def test_a_folder_that_cannot_be_made_means_going_on_without(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    embedder = CachedEmbedder(Letters(), VectorCache(tmp_path / "file" / "cache"))
    assert embedder.encode(["ab"]).vectors.tolist() == [[1, 1, 2]]
    assert "going on without it" in caplog.text


def test_a_locked_file_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = VectorCache(tmp_path, patience=0.05)
    cache.put(SPACE, {"sea": (VECTOR, False)})
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    cache.put(SPACE, {"land": (VECTOR, False)})
    holder.execute("ROLLBACK")
    holder.close()
    assert list(cache.get(SPACE, ["sea", "land"])) == ["sea"]


def fill(folder: Path, start: int) -> None:
    cache = VectorCache(folder)
    for i in range(start, start + 20):
        cache.put(SPACE, {str(i): (VECTOR, False)})


def test_processes_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=fill, args=(tmp_path, 100 * i)) for i in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    wanted = [str(100 * i + k) for i in range(3) for k in range(20)]
    assert sorted(VectorCache(tmp_path).get(SPACE, wanted)) == sorted(wanted)


def test_the_file_stays_within_its_bound(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path, max_bytes=200_000)
    for i in range(40):
        cache.put(SPACE, {f"{i} {k}": (VECTOR, False) for k in range(200)})
    assert (tmp_path / FILE).stat().st_size <= 300_000


def test_the_newest_vectors_survive_the_bound(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path, max_bytes=100_000)
    cache.put(SPACE, {f"old {k}": (VECTOR, False) for k in range(1_500)})
    connection = sqlite3.connect(tmp_path / FILE)
    with connection:
        connection.execute("UPDATE vectors SET used = 1")
    connection.close()
    cache.put(SPACE, {"new": (VECTOR, False)})
    assert list(cache.get(SPACE, ["new"])) == ["new"]


def test_the_variable_overrules_the_systems_cache_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORD_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path


@pytest.mark.parametrize(
    "name", ["model.safetensors", "config.json", "1_Pooling/config.json", "tokenizer.json"]
)
def test_the_revision_of_a_folder_depends_on_every_file_that_counts(tmp_path: Path, name: str) -> None:
    (tmp_path / "1_Pooling").mkdir()
    before = folder_revision(tmp_path)
    (tmp_path / name).write_text("changed")
    assert folder_revision(tmp_path) != before
