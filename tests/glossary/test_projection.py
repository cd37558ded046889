"""Names in scripts without capitals, from the aligned text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from glossary.extract import extract
from glossary.extract.projection import places, project
from tests.glossary.texts import aligned

ZH = [
    "他去了韦尔纳",
    "韦尔纳很小",
    "今天下雨",
    "我们爱韦尔纳",
    "那里有雪",
    "韦尔纳在山上",
    "冬天很冷",
    "韦尔纳的路",
]
EN = ["He went to Velna.", "Velna is small.", "It rains today.", "We love Velna.", "There is snow.",
      "Velna is in the hills.", "Winter is cold.", "The road of Velna."]  # fmt: skip


def unlike(name: int, string: str) -> float:
    return 0.0


def test_the_string_that_stands_in_the_same_beads_renders_the_name() -> None:
    assert project(ZH, "zh", {0: [0, 1, 3, 5, 7]}, unlike, {0: "Velna"}) == {0: "韦尔纳"}


def test_a_rare_name_needs_a_string_that_looks_like_it() -> None:
    assert project(ZH, "zh", {0: [0, 1]}, unlike, {0: "Velna"}) == {}


def test_a_name_that_is_left_in_its_own_letters_renders_itself() -> None:
    texts = ["他去了Velna", "Velna很小"]
    assert project(texts, "zh", {0: [0, 1]}, unlike, {0: "Velna"}) == {0: "Velna"}


def test_a_name_becomes_a_candidate_of_the_other_language() -> None:
    found = extract((), [aligned(ZH, EN, ("zh", "en"))], phrases=False)
    (one,) = [c for c in found if c.term.lang == "zh"]
    assert (one.term.text, one.count, one.renderings[0].text) == ("韦尔纳", 5, "Velna")


@given(st.text("ab韦尔 ", max_size=20), st.sampled_from(["韦尔", "a", "ab"]))
def test_places_are_exact_and_do_not_overlap(text: str, string: str) -> None:
    for lang in ("zh", "fa"):
        found = places(text, string, lang, 0, len(text))
        assert all(text[a:b] == string for a, b in found)
        assert all(x[1] <= y[0] for x, y in pairwise(found))
