"""The static model by numpy: the same vectors as sentence-transformers gives, without torch."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from align.embed import DEFAULT_FOLDER, load_embedder
from align.embed.static import StaticEmbedder, load_static
from align.errors import ModelError

TEXTS = [
    "Рыбаки вернулись в порт ещё до рассвета.",
    "The fishermen were back in port before dawn.",
    "Рибалки повернулися до порту ще до світанку.",
    "Die Fischer kehrten vor Tagesanbruch in den Hafen zurück.",
    "Les pêcheurs sont rentrés au port avant l’aube.",
    "Los pescadores volvieron al puerto antes del amanecer, ¿verdad?",
    "I pescatori tornarono in porto prima dell'alba.",
    "Os pescadores regressaram ao porto antes do amanhecer.",
    "Rybacy wrócili do portu jeszcze przed świtem.",
    "Balıkçılar şafaktan önce limana döndü.",
    "渔民们在黎明前回到了港口。",
    "漁師たちは夜明け前に港へ戻った。",
    "عاد الصيادون إلى الميناء قبل الفجر.",
    "ماهیگیران پیش از سپیده‌دم به بندر بازگشتند.",
    "어부들은 동이 트기 전에 항구로 돌아왔다.",
    "Rybáři se vrátili do přístavu před úsvitem.",
    "– А вы?.. «Да», №1, 36-летний; 2023 г. (т. е. 12,5 %)",
    "x" * 5_000,
    "的" * 5_000,
    "word " * 3_000,
    "ﬁn de siècle ① ｆｕｌｌ　ｗｉｄｔｈ",
    "e\u0301tude — étude",
    "👩‍👩‍👧 🏴‍☠️",
    "a\x00b\u200bc\ufeffd",
    "\r\n\tone\u2028two",
]
ODD = ["", " ", "\n", "\u200b", "𓀀𓀁", "\ud800", "\U0010ffff"]


@pytest.fixture(scope="module")
def embedded() -> StaticEmbedder:
    return load_static(DEFAULT_FOLDER)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def tiny_folder(folder: Path, *, key: str = "embedding.weight", dtype: str = "float16") -> Path:
    """A static model of five tokens: zeros for the unknown, then 1, 10, 100, 1000 in the one dimension."""
    vocabulary = {"[UNK]": 0, "one": 1, "ten": 2, "hundred": 3, "thousand": 4}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file({key: np.array([[0], [1], [10], [100], [1000]], dtype=dtype)}, folder / "model.safetensors")
    module = {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}
    (folder / "modules.json").write_text(json.dumps([module]))
    return folder


def test_sentence_transformers_gives_the_same_directions_for_many_languages_and_odd_texts(
    embedded: StaticEmbedder,
) -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(DEFAULT_FOLDER), device="cpu").encode(TEXTS)
    assert (
        np.abs(unit(np.asarray(theirs, dtype=np.float32)) - unit(embedded.encode(TEXTS).vectors)).max() < 1e-3
    )


def test_a_translation_is_nearer_than_any_other_text(embedded: StaticEmbedder) -> None:
    texts = ["Она купила хлеб и молоко.", "Завтра будет сильный дождь.", "Суд отложил заседание до мая."]
    others = [
        "She bought bread and milk.",
        "It will rain hard tomorrow.",
        "The court put the hearing off until May.",
    ]
    cosines = unit(embedded.encode(texts).vectors) @ unit(embedded.encode(others).vectors).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


def test_the_default_covers_the_sixteen_languages_without_unknown_tokens(embedded: StaticEmbedder) -> None:
    unknown = embedded.tokenizer.token_to_id("[UNK]")
    ids = [embedded.tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS[:17]]
    assert not any(unknown in row for row in ids)


def test_loading_and_encoding_imports_no_torch() -> None:
    code = (
        "import sys; from align.embed import load_embedder; load_embedder().encode(['Привет', 'Hello', ''])\n"
        "print(sorted({'torch', 'sentence_transformers', 'transformers', 'sqlite3'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_folder_is_within_forty_megabytes() -> None:
    assert sum(path.stat().st_size for path in DEFAULT_FOLDER.rglob("*")) <= 40_000_000


def test_the_modules_of_the_embedded_default_are_one_static_embedding() -> None:
    modules = json.loads((DEFAULT_FOLDER / "modules.json").read_text())
    assert [module["type"].split(".")[-1] for module in modules] == ["StaticEmbedding"]


def test_the_embedder_is_what_no_name_gives(embedded: StaticEmbedder) -> None:
    chosen = load_embedder()
    assert (chosen.additive, chosen.dimension, len(chosen.revision)) == (True, embedded.dimension, 12)


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_a_text_without_known_tokens_gives_finite_numbers(embedded: StaticEmbedder, text: str) -> None:
    assert np.isfinite(embedded.encode([text, "Hello", text]).vectors).all()


def test_an_empty_text_is_zeros_wherever_it_stands(embedded: StaticEmbedder) -> None:
    vectors = embedded.encode(["", "Hello", "", "", "world", ""]).vectors
    assert np.abs(vectors).any(axis=1).tolist() == [False, True, False, False, True, False]


def test_no_texts_give_no_rows(embedded: StaticEmbedder) -> None:
    assert embedded.encode([]).vectors.shape == (0, embedded.dimension)


def test_vectors_are_sums_over_tokens(tmp_path: Path) -> None:
    vectors = load_static(tiny_folder(tmp_path)).encode(["one ten ten", "thousand what one"]).vectors
    assert vectors.tolist() == [[21], [1001]]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_a_text_has_the_same_vector_alone_and_among_others(texts: list[str]) -> None:
    embedder = load_static(DEFAULT_FOLDER)
    together = embedder.encode(texts).vectors
    alone = [embedder.encode([text]).vectors[0] for text in texts]
    assert all(np.allclose(a, b, atol=1e-3) for a, b in zip(together, alone, strict=True))


def test_the_vector_of_two_sentences_is_the_sum_of_theirs(embedded: StaticEmbedder) -> None:
    first, second = "Рыбаки вернулись домой.", "Море было спокойно."
    vectors = embedded.encode([first, second, f"{first} {second}"]).vectors
    assert np.allclose(vectors[0] + vectors[1], vectors[2], atol=1e-3)


def test_token_vectors_add_up_to_the_text_and_say_where_they_stand(embedded: StaticEmbedder) -> None:
    text = "Ещё «цитата», 2023 год — 東京タワー."
    spans, vectors = embedded.token_vectors(text)
    assert np.allclose(vectors.sum(axis=0), embedded.encode([text]).vectors[0], atol=1e-3)
    assert "".join(text[start:end] for start, end in spans) == text.replace(" ", "")


def test_token_vectors_of_an_empty_text_are_none(embedded: StaticEmbedder) -> None:
    spans, vectors = embedded.token_vectors("")
    assert (spans, vectors.shape) == ([], (0, embedded.dimension))


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    load_static(tiny_folder(tmp_path)).encode(["one"] * 2_500, lambda done, total: seen.append((done, total)))
    assert seen == [(1024, 2500), (2048, 2500), (2500, 2500)]


@pytest.mark.parametrize(("key", "dtype"), [("embedding.weight", "float32"), ("embeddings", "float16")])
def test_other_layouts_of_static_models_load(tmp_path: Path, key: str, dtype: str) -> None:
    embedder = load_static(tiny_folder(tmp_path, key=key, dtype=dtype))
    assert embedder.encode(["hundred ten"]).vectors.tolist() == [[110]]


def no_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()


def cut_weights(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-4])


def other_weights(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"\xff" * 100)


def no_matrix(folder: Path) -> None:
    save_file({"something.else": np.zeros((2, 2), dtype="float16")}, folder / "model.safetensors")


def few_rows(folder: Path) -> None:
    save_file({"embedding.weight": np.zeros((2, 1), dtype="float16")}, folder / "model.safetensors")


def broken_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}")


def broken_card(folder: Path) -> None:
    (folder / "concord.json").write_text("[")


@pytest.mark.parametrize(
    "damage",
    [no_weights, cut_weights, other_weights, no_matrix, few_rows, broken_tokenizer, broken_card],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_folder_is_a_model_error_that_names_it(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(tiny_folder(tmp_path))
    with pytest.raises(ModelError, match=tmp_path.name):
        load_static(tmp_path)
