"""The hand-made samples keep what their READMEs promise."""

from __future__ import annotations

import csv
import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
PAIRS = ROOT / "tests" / "data" / "pairs"

Beads = list[tuple[list[int], list[int]]]

TEXTS = [
    *(SEEDS / f"interview.{lang}" for lang in ("ru", "en", "de")),
    *(PAIRS / f"library.{lang}" for lang in ("ru", "fa")),
    *(PAIRS / f"ferry.{lang}" for lang in ("ru", "en")),
]
GOLDS = [
    pytest.param(SEEDS / "interview.gold.json", SEEDS / "interview.ru", SEEDS / "interview.en", id="ru-en"),
    pytest.param(
        SEEDS / "interview.ru-de.gold.json", SEEDS / "interview.ru", SEEDS / "interview.de", id="ru-de"
    ),
    pytest.param(PAIRS / "library.gold.json", PAIRS / "library.ru", PAIRS / "library.fa", id="library"),
    pytest.param(PAIRS / "ferry.gold.json", PAIRS / "ferry.ru", PAIRS / "ferry.en", id="ferry"),
]
each_text = pytest.mark.parametrize("stem", TEXTS, ids=lambda stem: stem.name)
each_gold = pytest.mark.parametrize(("gold", "source", "target"), GOLDS)


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")  # not read_text: it would turn \r\n into \n


def text_of(stem: Path) -> str:
    return read(stem.with_name(f"{stem.name}.txt"))


def segments_of(stem: Path) -> list[str]:
    return read(stem.with_name(f"{stem.name}.segments.txt")).split("\n")[:-1]


def beads_of(path: Path) -> Beads:
    return [(source, target) for source, target in json.loads(read(path))]


def shapes(beads: Beads) -> Counter[str]:
    return Counter(f"{len(source)}-{len(target)}" for source, target in beads)


def spans(stem: Path) -> list[tuple[int, int]]:
    """Where each segment stands in its text, found from left to right."""
    text, found, position = text_of(stem), [], 0
    for segment in segments_of(stem):
        start = text.index(segment, position)
        position = start + len(segment)
        found.append((start, position))
    return found


@each_text
def test_a_sample_has_plain_line_ends_and_no_byte_order_mark(stem: Path) -> None:
    text = text_of(stem)
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@each_text
def test_segments_cover_everything_but_white_space_in_order(stem: Path) -> None:
    text = text_of(stem)
    edges = [0, *itertools.chain.from_iterable(spans(stem)), len(text)]
    assert "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).strip() == ""


@each_text
def test_no_segment_is_empty_or_padded_or_crosses_a_line(stem: Path) -> None:
    text = text_of(stem)
    assert all(segment and segment == segment.strip() for segment in segments_of(stem))
    assert all("\n" not in text[start:end] for start, end in spans(stem))


@each_gold
def test_every_segment_is_in_one_bead_and_both_sides_ascend(gold: Path, source: Path, target: Path) -> None:
    beads = beads_of(gold)
    assert [i for ids, _ in beads for i in ids] == list(range(len(segments_of(source))))
    assert [j for _, ids in beads for j in ids] == list(range(len(segments_of(target))))


@each_gold
def test_a_null_bead_holds_one_segment(gold: Path, source: Path, target: Path) -> None:
    assert all(len(s) + len(t) == 1 for s, t in beads_of(gold) if not s or not t)


def test_the_interview_is_as_long_as_promised() -> None:
    for lang in ("ru", "en", "de"):
        assert 80 <= len(segments_of(SEEDS / f"interview.{lang}")) <= 110


def test_the_interview_has_many_beads_other_than_one_to_one() -> None:
    found = shapes(beads_of(SEEDS / "interview.gold.json"))
    paired = {shape: n for shape, n in found.items() if "0" not in shape and shape != "1-1"}
    assert set(paired) == {"1-2", "2-1", "2-2", "1-3", "3-1"}
    assert sum(paired.values()) >= 18


@pytest.mark.parametrize("missing", [0, 1], ids=["added", "omitted"])
def test_the_interview_has_two_nulls_on_either_side_and_two_in_a_row(missing: int) -> None:
    nulls = [not bead[missing] for bead in beads_of(SEEDS / "interview.gold.json")]
    runs = [len(list(run)) for null, run in itertools.groupby(nulls) if null]
    assert sum(runs) >= 2
    assert max(runs) == 2


def test_the_german_translation_omits_and_adds_nothing() -> None:
    assert not {"0-1", "1-0"} & set(shapes(beads_of(SEEDS / "interview.ru-de.gold.json")))


def test_some_paragraph_breaks_of_the_interview_disagree() -> None:
    openings = {}
    for lang in ("ru", "en"):
        text = text_of(SEEDS / f"interview.{lang}")
        openings[lang] = [
            start == 0 or text[start - 1] == "\n" for start, _ in spans(SEEDS / f"interview.{lang}")
        ]
    pairs = [(s[0], t[0]) for s, t in beads_of(SEEDS / "interview.gold.json") if s and t]
    disagreements = {
        (openings["ru"][i], openings["en"][j]) for i, j in pairs if openings["ru"][i] != openings["en"][j]
    }
    assert disagreements == {(True, False), (False, True)}


def test_the_readme_counts_the_beads_as_they_are() -> None:
    readme = read(SEEDS / "README.md")
    for pair, gold in (("ru-en", "interview.gold.json"), ("ru-de", "interview.ru-de.gold.json")):
        found = shapes(beads_of(SEEDS / gold))
        order = ("1-1", "2-1", "1-2", "2-2", "3-1", "1-3", "1-0", "0-1")
        figures = " | ".join(str(found[shape]) if found[shape] else "–" for shape in order)
        sizes = ", ".join(str(len(segments_of(SEEDS / f"interview.{lang}"))) for lang in (pair[:2], pair[3:]))
        assert f"| {pair} | {sizes} | {sum(found.values())} | {figures} |" in readme


def test_the_term_list_names_its_origin_and_has_no_statuses() -> None:
    with (SEEDS / "terms.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
    assert reader.fieldnames == [
        *("source_term", "target_term", "source_lang", "target_lang", "kind", "note", "origin")
    ]
    assert 20 <= len(rows) <= 40
    assert {row["kind"] for row in rows} == {"organisation", "person", "place", "programme", "phrase"}
    assert {row["origin"] for row in rows} == {"written for this project"}
    assert len({row["source_term"] for row in rows}) == len(rows)


ANNOTATIONS: dict[str, list[dict[str, Any]]] = json.loads(read(SEEDS / "interview.annotations.json"))
CONCEPTS: list[dict[str, Any]] = json.loads(read(SEEDS / "interview.terms.json"))


def test_every_annotation_stands_where_it_says() -> None:
    for mark in ANNOTATIONS["annotations"]:
        text = text_of(SEEDS / f"interview.{mark['lang']}")
        assert text[mark["start"] : mark["end"]] == mark["text"]


def test_an_annotation_lies_in_one_segment_with_the_names_that_it_marks() -> None:
    for mark in ANNOTATIONS["annotations"]:
        stem = SEEDS / f"interview.{mark['lang']}"
        (home,) = [text_of(stem)[a:b] for a, b in spans(stem) if a <= mark["start"] and mark["end"] <= b]
        assert all(name in home for name in mark["concepts"])


def test_taking_the_annotations_out_leaves_clean_text() -> None:
    for lang, traces in (("ru", ("запрещ",)), ("en", ("banned",)), ("de", ("verboten",))):
        text = text_of(SEEDS / f"interview.{lang}")
        marks = [mark for mark in ANNOTATIONS["annotations"] if mark["lang"] == lang]
        for start, end in sorted((mark["removal"] for mark in marks), reverse=True):
            text = text[:start] + text[end:]
        assert not [trace for trace in traces if trace in text]
        assert not [slip for slip in ("  ", "()", " )", "( ", " ,", " .") if slip in text]


def test_the_ledger_accounts_for_every_russian_and_english_annotation() -> None:
    marks = ANNOTATIONS["annotations"]
    for lang in ("ru", "en"):
        named = [line[lang] for line in ANNOTATIONS["ledger"] if line[lang] is not None]
        assert sorted(named) == [i for i, mark in enumerate(marks) if mark["lang"] == lang]


def test_the_ledger_says_kept_dropped_added_or_changed_as_the_annotations_do() -> None:
    marks = ANNOTATIONS["annotations"]
    for line in ANNOTATIONS["ledger"]:
        if line["ru"] is None or line["en"] is None:
            assert line["verdict"] == ("added" if line["ru"] is None else "dropped")
            continue
        before, after = marks[line["ru"]], marks[line["en"]]
        differs = {key for key in ("status", "form", "position") if before[key] != after[key]}
        assert differs == set(line["differs"]) - {"place"}  # РФ and Russia are spelt apart anyway
        assert (line["verdict"] == "kept") == (not {"place", "status", "position"} & set(line["differs"]))


def test_every_mention_stands_where_it_says_and_in_its_segment() -> None:
    for concept, lang in itertools.product(CONCEPTS, ("ru", "en")):
        stem = SEEDS / f"interview.{lang}"
        text, where = text_of(stem), spans(stem)
        for mention in concept["mentions"][lang]:
            assert text[mention["start"] : mention["end"]] == mention["text"]
            start, end = where[mention["segment"]]
            assert start <= mention["start"] < mention["end"] <= end


def test_every_concept_recurs_in_both_languages_in_ascending_order() -> None:
    for concept, lang in itertools.product(CONCEPTS, ("ru", "en")):
        starts = [mention["start"] for mention in concept["mentions"][lang]]
        assert len(starts) >= 2
        assert starts == sorted(set(starts))


def test_the_surface_forms_of_a_concept_are_those_of_its_mentions() -> None:
    for concept, lang in itertools.product(CONCEPTS, ("ru", "en")):
        forms = {mention["text"] for mention in concept["mentions"][lang]}
        assert concept["forms"][lang] == sorted(forms)


def test_a_nested_mention_lies_inside_another_concepts_mention() -> None:
    for lang in ("ru", "en"):
        mentions = [(c["id"], mention) for c in CONCEPTS for mention in c["mentions"][lang]]
        for owner, mention in mentions:
            around = [
                name
                for name, other in mentions
                if other["start"] <= mention["start"] and mention["end"] <= other["end"] and name != owner
            ]
            assert mention["nested"] == bool(around)


def test_a_rendering_stays_inside_the_gold_bead_of_its_mention() -> None:
    beads = beads_of(SEEDS / "interview.gold.json")
    bead_of = {
        lang: {i: k for k, bead in enumerate(beads) for i in bead[side]}
        for side, lang in enumerate(("ru", "en"))
    }
    for concept in CONCEPTS:
        mentions = concept["mentions"]
        for link in concept["renderings"]:
            home = bead_of["ru"][mentions["ru"][link["ru"]]["segment"]]
            assert {bead_of["en"][mentions["en"][j]["segment"]] for j in link["en"]} <= {home}


def test_every_mention_is_linked_once_or_listed_as_added() -> None:
    for concept in CONCEPTS:
        links, mentions = concept["renderings"], concept["mentions"]
        assert [link["ru"] for link in links] == list(range(len(mentions["ru"])))
        targets = [j for link in links for j in link["en"]] + concept["added"]
        assert sorted(targets) == list(range(len(mentions["en"])))
