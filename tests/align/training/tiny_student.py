"""A teacher, a static model and translations, all of a few kilobytes, for the training of a small transformer."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from align.training.export import export
from align.training.tokenizer import train_tokenizer

WIDTH, LAYERS, INNER = 64, 2, 96
NOUNS = {"кошка": "cat", "собака": "dog", "лошадь": "horse", "птица": "bird", "рыба": "fish", "корова": "cow"}
VERBS = {
    "спит": "sleeps",
    "ест": "eats",
    "ждёт": "waits",
    "играет": "plays",
    "бежит": "runs",
    "поёт": "sings",
}
PLACES = {"дома": "home", "в лесу": "in the forest", "у реки": "by the river", "в городе": "in town"}


def sentences() -> list[tuple[str, str]]:
    """Russian sentences and their English, all different."""
    return [
        (f"{noun} {verb} {place}.", f"The {NOUNS[noun]} {VERBS[verb]} {PLACES[place]}.")
        for noun in NOUNS
        for verb in VERBS
        for place in PLACES
    ]


def save_data(folder: Path) -> Path:
    """A data folder whose one training file holds the sentences."""
    lines = [f"{left}\t{right}\ttico19\n" for left, right in sentences()]
    (folder / "train").mkdir(parents=True)
    (folder / "train" / "ru-en.tsv").write_text("".join(lines), encoding="utf-8")
    return folder


def save_static(folder: Path) -> Path:
    """A static model of random vectors over the words of the sentences (350 tokens are numbers)."""
    tokenizer = train_tokenizer([text for pair in sentences() for text in pair] * 5, 700)
    draw = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 8))
    export(folder, "tiny-static", tokenizer, draw.astype(np.float32))
    return folder


def save_teacher(folder: Path) -> Path:
    """A random BERT that knows the English words: what ``load_teacher`` reads of a saved model."""
    import torch
    from safetensors.torch import save_file

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ".", "##s"]
    words += sorted({word for _, right in sentences() for word in right.lower().rstrip(".").split()})
    tokenizer = Tokenizer(models.WordPiece({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    draw = torch.Generator().manual_seed(1)
    shapes = {"word_embeddings": len(words), "position_embeddings": 64, "token_type_embeddings": 2}
    weights = {
        f"embeddings.{name}.weight": torch.randn(rows, WIDTH, generator=draw) for name, rows in shapes.items()
    }
    dense = {"attention.self.query": (WIDTH, WIDTH), "attention.self.key": (WIDTH, WIDTH)}
    dense |= {"attention.self.value": (WIDTH, WIDTH), "attention.output.dense": (WIDTH, WIDTH)}
    dense |= {"intermediate.dense": (INNER, WIDTH), "output.dense": (WIDTH, INNER)}
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        for name, (rows, columns) in dense.items():
            place = f"encoder.layer.{layer}.{name}"
            weights[f"{place}.weight"] = torch.randn(rows, columns, generator=draw) / columns**0.5
            weights[f"{place}.bias"] = torch.randn(rows, generator=draw) / 10
        norms += [f"encoder.layer.{layer}.{part}.LayerNorm" for part in ("attention.output", "output")]
    for name in norms:
        weights |= {f"{name}.weight": torch.ones(WIDTH), f"{name}.bias": torch.zeros(WIDTH)}
    save_file(weights, str(folder / "model.safetensors"))
    return folder


def make_student(folder: Path, *options: str) -> Path:
    """Runs the whole training command on the tiny things, three steps of it unless ``options`` say otherwise."""
    from align.training.transformer.__main__ import main

    data, static, teacher = (folder / name for name in ("data", "static", "teacher"))
    if not data.exists():
        save_data(data), save_static(static), save_teacher(teacher)
    out = folder / f"student{len(list(folder.iterdir()))}"
    places = ["--data", data, "--out", out, "--static", static, "--teacher", teacher]
    counts = ["--steps", "3", "--pairs", "120", "--tokens", "256", "--threads", "1"]
    assert main([*map(str, places), *counts, *options]) == 0
    return out


def card(folder: Path) -> dict[str, object]:
    """What is written of a model in its ``concord.json``."""
    content: dict[str, object] = json.loads((folder / "concord.json").read_text(encoding="utf-8"))
    return content
