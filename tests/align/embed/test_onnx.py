"""Small transformers by onnxruntime, without torch: one that was made on the spot, behind the one protocol."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.embed import ACCURATE_FOLDER, DEFAULT_FOLDER, Embedder, WordEmbedder, load_embedder
from align.embed.onnx import OnnxEmbedder, batches_of, load_onnx
from align.embed.static import load_static
from align.errors import ModelError
from tests.align.training.tiny_student import make_student, sentences
from tests.test_startup import HEAVY, modules_after

TEXTS = ["Кошка спит дома.", "The cat sleeps home.", "cat", "", "The dog eats in the forest. " * 4, "猫"]
LONG = "cat " * 400


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_student(tmp_path_factory.mktemp("onnx"))


@pytest.fixture(scope="module")
def embedder(folder: Path) -> OnnxEmbedder:
    return load_onnx(folder)


def test_vectors_are_of_length_one(embedder: OnnxEmbedder) -> None:
    assert np.linalg.norm(embedder.encode(TEXTS).vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_vectors_come_in_the_order_of_the_texts(embedder: OnnxEmbedder) -> None:
    forwards, backwards = embedder.encode(TEXTS).vectors, embedder.encode(TEXTS[::-1]).vectors
    assert np.allclose(forwards, backwards[::-1], atol=1e-6)


def test_a_texts_vector_does_not_depend_on_the_texts_beside_it(embedder: OnnxEmbedder) -> None:
    together = embedder.encode(TEXTS).vectors
    alone = np.concatenate([embedder.encode([text]).vectors for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-5


def test_no_texts_give_no_vectors(embedder: OnnxEmbedder) -> None:
    assert embedder.encode([]).vectors.shape == (0, embedder.dimension)


def test_exactly_the_texts_over_the_limit_are_reported(embedder: OnnxEmbedder) -> None:
    assert embedder.limit == 64  # as many as the tiny teacher has positions
    fits, over = "cat " * 62, "cat " * 63  # and two ends
    assert embedder.encode([fits, over, "cat", over]).truncated == (1, 3)


def test_what_is_cut_off_a_text_changes_nothing(embedder: OnnxEmbedder) -> None:
    first, second = embedder.encode([LONG, LONG + "dog"]).vectors
    assert np.array_equal(first, second)


def test_progress_ends_with_all_texts(embedder: OnnxEmbedder) -> None:
    told: list[tuple[int, int]] = []
    embedder.encode(["cat", "dog", "cat"], lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)


@given(st.lists(st.integers(min_value=1, max_value=300), max_size=60))
def test_batches_hold_every_row_once_within_their_tokens(lengths: list[int]) -> None:
    made = batches_of(lengths, 256)
    assert sorted(row for batch in made for row in batch) == list(range(len(lengths)))
    assert all(len(b) == 1 or len(b) * max(lengths[row] for row in b) <= 256 for b in made)


def test_lone_surrogates_are_encoded(embedder: OnnxEmbedder) -> None:
    assert np.isfinite(embedder.encode(["cat \ud800 dog"]).vectors).all()


def test_vectors_are_kept_on_disk(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = load_embedder(str(folder), cache=tmp_path).encode(TEXTS).vectors
    monkeypatch.setattr(OnnxEmbedder, "encode", lambda *_: pytest.fail("the model was asked"))
    assert np.array_equal(load_embedder(str(folder), cache=tmp_path).encode(TEXTS).vectors, vectors)


def test_it_aligns_a_text_without_torch(folder: Path, tmp_path: Path) -> None:
    for name, side in (("a.txt", 0), ("b.txt", 1)):
        (tmp_path / name).write_text("\n".join(pair[side] for pair in sentences()[:8]), encoding="utf-8")
    found = modules_after(
        "align", "a.txt", "b.txt", "--model", str(folder), "--force", "-o", "o.jsonl", folder=tmp_path
    )
    assert "onnxruntime" in found
    assert found.isdisjoint({*HEAVY, "onnx"}), found & {*HEAVY, "onnx"}


def test_the_embedded_model_needs_no_onnxruntime(tmp_path: Path) -> None:
    for name, text in (("a.txt", "Кошка спит."), ("b.txt", "The cat sleeps.")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert "onnxruntime" not in modules_after("align", "a.txt", "b.txt", "-o", "out.jsonl", folder=tmp_path)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "concord.json"])
def test_a_broken_file_is_an_error_of_one_line(folder: Path, tmp_path: Path, name: str) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / name).write_bytes(b"{broken")
    with pytest.raises(ModelError, match="cannot load the model") as caught:
        load_embedder(str(tmp_path))
    assert "\n" not in str(caught.value)


def test_without_onnxruntime_the_extra_is_named(folder: Path) -> None:
    code = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        f"from align.embed import load_embedder; load_embedder({str(folder)!r})"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'concord-align[accurate]'" in ended.stderr.splitlines()[-1]


@pytest.fixture(scope="module")
def accurate() -> Embedder:
    return load_embedder("accurate")


def test_the_accurate_model_is_within_sixty_megabytes() -> None:
    assert sum(file.stat().st_size for file in ACCURATE_FOLDER.iterdir()) < 60_000_000


def test_the_accurate_model_finds_translations(accurate: Embedder) -> None:
    left = ["Он открыл дверь и вышел.", "Die Preise sind gestiegen.", "今日は雨が降っている。"]
    right = ["He opened the door and went out.", "Prices have risen.", "It is raining today."]
    cosines = accurate.encode(left).vectors @ accurate.encode(right).vectors.T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


def test_the_accurate_model_has_the_embedded_models_words(accurate: Embedder) -> None:
    texts = ["Он открыл дверь.", "He opened the door."]
    assert isinstance(accurate, WordEmbedder)
    ours, theirs = accurate.text_words(texts), load_static(DEFAULT_FOLDER).text_words(texts)
    assert np.array_equal(ours.units[ours.rows], theirs.units[theirs.rows])


def test_a_graph_made_beside_another_static_model_has_no_words(folder: Path) -> None:
    assert not isinstance(load_embedder(str(folder)), WordEmbedder)


def test_the_accurate_model_aligns_by_its_name_without_torch(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Он открыл дверь. На улице шёл дождь.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("He opened the door. It was raining outside.", encoding="utf-8")
    command = ("align", "a.txt", "b.txt", "--model", "accurate", "-o", "out.jsonl")
    assert "torch" not in modules_after(*command, folder=tmp_path)
    beads = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert [(bead["source"], bead["target"]) for bead in beads] == [([0], [0]), ([1], [1])]
