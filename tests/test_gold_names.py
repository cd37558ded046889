"""The gold of recurring names keeps what its README promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
TERMS = ROOT / "tests" / "data" / "terms"
TEXTS = ROOT.parent / "shared" / "data"
FILES = sorted(TERMS.glob("names*.json"))
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def documents(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["documents"]
    return found


def concepts(path: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(document, concept) for document in documents(path) for concept in document["concepts"]]


def test_there_is_gold() -> None:
    assert FILES


@each_file
def test_gold_of_names_holds_no_text(path: Path) -> None:
    assert path.read_text(encoding="utf-8").isascii()


@each_file
def test_every_concept_recurs_in_one_language_and_has_a_known_kind(path: Path) -> None:
    kinds = {"organisation", "person", "place", "programme"}
    assert not [
        concept
        for _, concept in concepts(path)
        if max(len(concept["ru"]), len(concept["en"])) < 2 or concept["kind"] not in kinds
    ]


@each_file
def test_mentions_ascend_and_lie_in_their_document(path: Path) -> None:
    for document, concept in concepts(path):
        for lang in ("ru", "en"):
            mentions = concept[lang]
            assert mentions == sorted(mentions)
            assert all(document["first"] <= line < document["stop"] and a < b for line, a, b in mentions)


@each_file
def test_no_span_is_a_mention_of_two_concepts(path: Path) -> None:
    for document in documents(path):
        for lang in ("ru", "en"):
            spans = [tuple(mention) for concept in document["concepts"] for mention in concept[lang]]
            assert len(spans) == len(set(spans))


@each_file
def test_links_join_mentions_of_one_line(path: Path) -> None:
    for _, concept in concepts(path):
        assert all(concept["ru"][ru][0] == concept["en"][en][0] for ru, en in concept["links"])


@pytest.mark.skipif(not TEXTS.exists(), reason="the texts are not part of the project: ../shared/data")
@each_file
def test_every_mention_is_whole_words(path: Path) -> None:
    for document, concept in concepts(path):
        lines = (TEXTS / document["file"]).read_bytes().decode("utf-8").split("\n")
        for field, lang in enumerate(("ru", "en")):
            for line, start, end in concept[lang]:
                text = lines[line].rstrip("\r").split("\t")[field]
                inside, around = text[start:end], text[start - 1 : start] + text[end : end + 1]
                assert inside == inside.strip(' «»"“”')
                assert not any(sign.isalnum() for sign in around), inside


def test_settled_gold_flags_every_mention_inside_a_longer_one() -> None:
    for document in documents(TERMS / "names.json"):
        for lang in ("ru", "en"):
            spans = [mention for concept in document["concepts"] for mention in concept[lang]]
            for concept in document["concepts"]:
                inside = {
                    i
                    for i, (line, start, end) in enumerate(concept[lang])
                    if any(
                        s[0] == line and s[1] <= start and end <= s[2] != s[1] + end - start for s in spans
                    )
                }
                assert inside <= set(concept["nested"][lang])
