"""Any sentence-transformers model, by folder or name, behind the one protocol; the real library throughout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from align.embed import Embedder, choose_prompt, load_embedder
from align.embed.cache import CachedEmbedder
from align.errors import ModelError
from tests.align.embed.tiny_models import add_normalisation, save_tiny_static, save_tiny_transformer

TEXTS = ["The sea was calm.", "море было calm", "the", "", "the sea . " * 9]
LONG = "the sea was calm . " * 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_transformer(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_static(tmp_path_factory.mktemp("static") / "static")


def load(folder: Path, cache: Path) -> CachedEmbedder:
    embedder = load_embedder(str(folder), cache=cache)
    assert isinstance(embedder, CachedEmbedder)
    return embedder


def test_vectors_are_those_of_sentence_transformers_at_length_one(folder: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(folder), device="cpu").encode(TEXTS, normalize_embeddings=True)
    assert np.abs(load(folder, tmp_path).encode(TEXTS).vectors - theirs).max() < 1e-5


def test_vectors_come_in_the_order_of_the_texts(folder: Path, tmp_path: Path) -> None:
    embedder = load(folder, tmp_path)
    forwards, backwards = embedder.encode(TEXTS).vectors, embedder.encode(TEXTS[::-1]).vectors
    assert np.allclose(forwards, backwards[::-1], atol=1e-6)


@pytest.mark.parametrize("pooling", ["cls", "max"])
def test_a_model_keeps_its_own_pooling(folder: Path, tmp_path: Path, pooling: str) -> None:
    other = load(save_tiny_transformer(tmp_path / pooling, pooling=pooling), tmp_path / "cache")
    assert np.abs(other.encode(TEXTS).vectors - load(folder, tmp_path).encode(TEXTS).vectors).max() > 0.01


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_a_model_saved_in_half_precision_is_computed_in_single_on_the_processor(
    folder: Path, tmp_path: Path, dtype: str
) -> None:
    from sentence_transformers import SentenceTransformer

    half = save_tiny_transformer(tmp_path, dtype=dtype)
    theirs = SentenceTransformer(str(half), device="cpu").float().encode(TEXTS, normalize_embeddings=True)
    ours = load(half, tmp_path / "cache").encode(TEXTS).vectors
    assert np.abs(ours - theirs).max() < 1e-6
    assert np.abs(ours - load(folder, tmp_path / "cache").encode(TEXTS).vectors).max() < 0.01


def test_exactly_the_texts_over_the_limit_are_reported(tmp_path: Path) -> None:
    embedder = load(save_tiny_transformer(tmp_path, limit=32), tmp_path / "cache")
    fits, over = "the " * 30, "the " * 31  # and two special tokens
    assert embedder.encode([fits, over, "the", over]).truncated == (1, 3)


def test_the_prompt_counts_towards_the_limit(tmp_path: Path) -> None:
    embedder = load(
        save_tiny_transformer(tmp_path, limit=32, prompts={"query": "query: "}), tmp_path / "cache"
    )
    assert embedder.encode(["the " * 28, "the " * 29]).truncated == (1,)


def test_the_models_own_prompt_goes_before_every_text(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    prompted = save_tiny_transformer(tmp_path, prompts={"query": "query: ", "passage": "passage: "})
    theirs = SentenceTransformer(str(prompted), device="cpu").encode(
        ["query: the sea"], normalize_embeddings=True
    )
    assert np.allclose(load(prompted, tmp_path / "cache").encode(["the sea"]).vectors, theirs, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "prompts", "default", "chosen"),
    [
        ("org/model", {}, None, ""),
        ("org/model", {"query": "query: ", "passage": "passage: "}, None, "query: "),
        ("org/model", {"query": "", "document": ""}, None, ""),
        ("org/model", {"query": "q: ", "STS": "task: similarity | query: "}, None, "task: similarity | query: "),
        ("org/model", {"STS": "sts: ", "Bitext Mining": "mine: "}, None, "mine: "),
        ("org/model", {"query": "q: ", "classification": "c: "}, "classification", "c: "),
        ("org/model", {"query": "Instruct: Given a web search query, retrieve passages\nQuery:"}, None, ""),
        ("intfloat/multilingual-e5-small", {}, None, "query: "),
        ("intfloat/multilingual-e5-large-instruct", {}, None, ""),
        ("org/me5-like", {}, None, ""),
    ],
)  # fmt: skip
def test_one_prompt_serves_both_sides(
    name: str, prompts: dict[str, str], default: str | None, chosen: str
) -> None:
    assert choose_prompt(name, prompts, default) == chosen


def test_no_texts_give_no_rows(folder: Path, tmp_path: Path) -> None:
    assert load(folder, tmp_path).encode([]).vectors.shape == (0, 16)


def test_odd_texts_give_finite_unit_vectors(folder: Path, tmp_path: Path) -> None:
    vectors = load(folder, tmp_path).encode(["", " ", "\ud800", "\x00", "👩‍👩‍👧", LONG]).vectors
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_progress_rises_to_the_number_of_distinct_texts(folder: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    load(folder, tmp_path).encode([f"the {i}" for i in range(600)] * 2, lambda *now: seen.append(now))
    assert seen == [(256, 600), (512, 600), (600, 600)]


def test_the_revision_changes_with_the_weights(folder: Path, tmp_path: Path) -> None:
    other = save_tiny_transformer(tmp_path, seed=2)
    assert load(folder, tmp_path).revision != load(other, tmp_path).revision


def test_the_revision_stays_where_the_folder_moves_and_its_read_me_changes(
    folder: Path, tmp_path: Path
) -> None:
    import shutil

    copy = Path(shutil.copytree(folder, tmp_path / "model"))
    (copy / "README.md").write_text("changed")
    assert load(copy, tmp_path).revision == load(folder, tmp_path).revision


def test_static_embeddings_saved_by_sentence_transformers_are_additive(static_folder: Path) -> None:
    embedder: Embedder = load_embedder(str(static_folder))
    vectors = embedder.encode(["the sea", "was calm", "the sea was calm"]).vectors
    assert embedder.additive
    assert np.allclose(vectors[0] + vectors[1], vectors[2], atol=1e-5)


def test_static_embeddings_with_a_further_module_are_not_additive(tmp_path: Path) -> None:
    assert not load_embedder(
        str(add_normalisation(save_tiny_static(tmp_path / "s"))), cache=tmp_path
    ).additive


def test_a_static_folder_loads_without_torch(static_folder: Path) -> None:
    code = (
        "import sys; from align.embed import load_embedder\n"
        f"load_embedder({str(static_folder)!r}); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_loading_and_encoding_say_nothing_on_stdout_or_stderr(folder: Path, tmp_path: Path) -> None:
    code = (
        f"from align.embed import load_embedder; load_embedder({str(folder)!r}).encode(['the sea', {LONG!r}])"
    )
    environment = {**os.environ, "CONCORD_CACHE_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("model", ["./nowhere", "/nowhere/at/all", "~/nowhere", "a/b/c"])
def test_a_folder_that_is_not_there_is_said_to_be_so(model: str) -> None:
    with pytest.raises(ModelError, match="no such folder"):
        load_embedder(model)


def test_a_folder_without_modules_is_not_pooled_by_guesswork(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no modules\.json"):
        load_embedder(str(tmp_path))


@pytest.mark.parametrize(
    "content", ["[", "{}", "[1]", '"text"', "null", '[{"type": "os.system", "path": ""}]']
)
def test_a_broken_list_of_modules_is_a_model_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "modules.json").write_text(content)
    with pytest.raises(ModelError, match=tmp_path.name):
        load_embedder(str(tmp_path))


def test_a_folder_whose_weights_are_missing_is_a_model_error(tmp_path: Path) -> None:
    model = save_tiny_transformer(tmp_path)
    (model / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="cannot load the model"):
        load_embedder(str(model))


def test_a_missing_package_names_the_extra_to_install(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "sentence_transformers.py").write_text("raise ImportError('not here')")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from align.embed import load_embedder\nfrom align.errors import ModelError\n"
        f"try: load_embedder({str(folder)!r})\nexcept ModelError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "concord-align[models]" in done.stdout


def test_the_default_can_be_another_folder_in_development(
    static_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORD_MODEL_DIR", str(static_folder))
    assert load_embedder().dimension == 8
