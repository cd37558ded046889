"""Real sentence-transformers models of a few thousand weights, made on the spot and saved to a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "the",
    "sea",
    "was",
    "calm",
    "море",
    "было",
    "query",
    ":",
    ".",
]


def save_tiny_transformer(
    folder: Path,
    *,
    limit: int = 32,
    pooling: str = "mean",
    prompts: dict[str, str] | None = None,
    seed: int = 1,
    dtype: str = "float32",
) -> Path:
    """A one-layer BERT of 16 dimensions with random weights, ``limit`` tokens long, its word list WORDS."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(seed)
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    special: dict[str, Any] = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]"}
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, sep_token="[SEP]", mask_token="[MASK]", model_max_length=limit, **special
    )
    shape: dict[str, Any] = {
        "hidden_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 32,
    }
    bert = folder / "parts"
    BertModel(BertConfig(vocab_size=len(WORDS), max_position_embeddings=64, **shape)).save_pretrained(bert)
    fast.save_pretrained(bert)
    transformer = Transformer(str(bert), max_seq_length=limit)
    model = SentenceTransformer(
        modules=[transformer, Pooling(16, pooling_mode=pooling)], device="cpu", prompts=prompts or {}
    )
    model.to(getattr(torch, dtype)).save(str(folder / "model"), create_model_card=False)
    return folder / "model"


def save_tiny_static(folder: Path) -> Path:
    """A StaticEmbedding as sentence-transformers itself saves it: WORDS in 8 dimensions."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)], device="cpu")
    model.save(str(folder), create_model_card=False)
    return folder


def add_normalisation(folder: Path) -> Path:
    """Appends a Normalize module, so that the folder is no longer static embeddings alone."""
    path = folder / "modules.json"
    modules = json.loads(path.read_text())
    modules.append({"idx": 1, "name": "1", "path": "", "type": "sentence_transformers.models.Normalize"})
    path.write_text(json.dumps(modules))
    return folder
