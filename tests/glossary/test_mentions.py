"""All mentions of the names of one text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.glossary.texts import concepts, document, grouped

PIECES = [
    "Юсуф Кархани",
    "Фронт обновления (ФО)",
    "«Шамширан»",
    "в Мерхистане",
    "полковник",
    "сказал",
    ".",
    "и",
    "США",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join), max_size=6))
def test_every_mention_is_in_one_concept_and_overlaps_are_nested(lines: list[str]) -> None:
    spans = [(m.start, m.end, m.nested) for c in concepts(lines, "ru") for m in c.mentions]
    assert len({span[:2] for span in spans}) == len(spans)
    outer = sorted(span[:2] for span in spans if not span[2])
    assert all(a[1] <= b[0] for a, b in pairwise(outer))
    assert all(any(a <= x and y <= b for a, b in outer) for x, y, nested in spans if nested)


def test_a_name_within_a_longer_one_is_a_mention_too() -> None:
    lines = ["We saw the Bay of Merhistan.", "We live in Merhistan."]
    found = [c for c in concepts(lines, "en") if c.grouped.head == ("merhistan",)]
    assert [m.nested for m in found[0].mentions] == [True, False]


def test_a_name_that_only_stands_within_one_longer_name_is_left_out() -> None:
    lines = ["We saw the Turgani network.", "They fear the Turgani network."]
    assert grouped(lines, "en") == [["Turgani network", "Turgani network"]]


def test_a_word_that_two_longer_names_share_is_a_name() -> None:
    lines = ["We fly the Voolar A350 here.", "They fly the Voolar A380 there."]
    assert ["Voolar", "Voolar"] in grouped(lines, "en")


def test_a_long_name_is_found_without_its_capitals() -> None:
    lines = [
        "We joined the Renewal Front in May.",
        "They left the Renewal Front.",
        "Now the renewal front is small.",
    ]
    assert "renewal front" in [mention for found in grouped(lines, "en") for mention in found]


def test_a_bare_head_of_two_institutions_is_taken_for_neither() -> None:
    lines = ["We joined the Renewal Front and the Mountain Front.", "Then the front left."]
    assert "front" not in [mention for found in grouped(lines, "en") for mention in found]


def test_spans_to_ignore_are_not_read() -> None:
    line = "Отряд «Шамширана» (запрещен в России) ушел."
    at = line.index("(")
    end = line.index(")") + 1
    text = document([line], "ru").text
    found = [text[m.start : m.end] for c in concepts([line], "ru", [(at, end)]) for m in c.mentions]
    assert found == ["Шамширана"]
