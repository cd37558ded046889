"""Names are paired with what renders them, by every kind of evidence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary.extract.aliases import packaged
from glossary.extract.pairing import Line, Memory, Side, find_span, grouped_renderings, pair_names, remember
from glossary.extract.words import words


def memory() -> Memory:
    return Memory("ru", "en", packaged(), None)


def side(concept: int, name: str, place: float = 0.5) -> Side:
    return Side(concept, int(place * 100), int(place * 100) + len(name), tuple(name.split()), place)


def paired(source: list[Side], target: list[Side], known: Memory | None = None) -> list[tuple[int, int]]:
    return [(p.source, p.target) for p in pair_names(source, target, known or memory())]


def test_names_that_sound_alike_are_paired_wherever_they_stand() -> None:
    source = [side(0, "Кархани", 0.1), side(1, "Велегуров", 0.9)]
    target = [side(5, "Velegurov", 0.1), side(6, "Karhani", 0.9)]
    assert paired(source, target) == [(0, 1), (1, 0)]


def test_well_known_aliases_are_paired() -> None:
    assert paired([side(0, "США")], [side(1, "United States")]) == [(0, 0)]


def test_names_without_any_likeness_are_not_paired() -> None:
    assert paired([side(0, "Полуденная газета")], [side(1, "Karhani")]) == []


def test_names_that_keep_each_other_company_are_paired_in_the_end() -> None:
    known = memory()
    source, target = [side(0, "ФОМ")], [side(1, "Guild")]
    for _ in range(4):
        remember([], source, target, known)
    assert paired(source, target, known) == []
    known.settle()
    assert paired(source, target, known) == [(0, 0)]


def test_two_mentions_of_one_name_are_paired_in_order() -> None:
    source = [side(0, "Кархани", 0.1), side(0, "Кархани", 0.3)]
    target = [side(1, "Karhani", 0.6), side(1, "Karhani", 0.9)]
    assert paired(source, target) == [(0, 0), (1, 1)]


sides = st.lists(
    st.builds(side, st.integers(0, 3), st.sampled_from(["Кархани", "Karhani", "США", "US"]), st.floats(0, 1)),
    max_size=5,
)


@given(sides, sides)
def test_every_mention_is_in_one_pair_at_most(source: list[Side], target: list[Side]) -> None:
    pairs = pair_names(source, target, memory())
    assert len({p.source for p in pairs}) == len({p.target for p in pairs}) == len(pairs)
    assert all(0 <= p.score <= 1 for p in pairs)


def span(source: str, name: str, target: str) -> str | None:
    at = source.index(name)
    found = find_span(
        Side(0, at, at + len(name), tuple(name.split()), 0.5),
        Line(words(source, "ru"), "ru"), Line(words(target, "en"), "en"), (), memory(),
    )  # fmt: skip
    return None if found is None else target[found[0] : found[1]]


def test_a_name_is_found_among_words_that_are_no_names() -> None:
    assert span("Сегодня Кархани пришел.", "Кархани", "today karhani's men came") == "karhani"


def test_nothing_is_found_where_nothing_is_like_it() -> None:
    assert span("Сегодня Кархани пришел.", "Кархани", "it was left out here") is None


def test_what_renders_another_name_is_not_taken_again() -> None:
    source, target = "Сегодня Кархани пришел.", "today karhani came"
    at, there = source.index("Кархани"), target.index("karhani")
    name = Side(0, at, at + 7, ("Кархани",), 0.5)
    lines = Line(words(source, "ru"), "ru"), Line(words(target, "en"), "en")
    assert find_span(name, *lines, [(there, there + 7)], memory()) is None


def test_case_article_and_plural_are_no_variants_and_spelling_is() -> None:
    shown = grouped_renderings({"the Front": 1, "Front": 4, "Fronts": 1, "front": 1, "Frontt": 1}, "en")
    assert shown["the Front"] == shown["Fronts"] == shown["front"] == "Front"
    assert shown["Frontt"] == "Frontt"


def test_inflected_renderings_are_one() -> None:
    shown = grouped_renderings({"Россию": 1, "России": 3}, "ru")
    assert set(shown.values()) == {"России"}


@given(st.dictionaries(st.sampled_from(["a", "the a", "A", "as", "b", "the b", "Bs"]), st.integers(1, 5)))
def test_grouping_of_renderings_is_an_equivalence(found: dict[str, int]) -> None:
    shown = grouped_renderings(found, "en")
    assert set(shown) == set(found)
    assert all(shown[shown[text]] == shown[text] for text in found)
