"""The ledger says what became of each mark in the translation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.model import Alignment, Bead, Block, Document, Segment, Signature
from glossary.annotations import find_annotations, ledger
from glossary.model import LedgerEntry

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def document(segments: list[str], lang: str) -> Document:
    """A document of these segments, a line each."""
    text, cut = "", []
    for n, segment in enumerate(segments):
        cut.append(Segment(n, len(text), len(text) + len(segment), 0))
        text += segment + "\n"
    return Document(f"text.{lang}", text, lang, (Block(0, 0, len(text)),), tuple(cut))


def aligned(source: Document, target: Document, beads: list[tuple[list[int], list[int]]]) -> Alignment:
    signature = Signature("0", "model", "1", "segmenter")
    return Alignment(source, target, tuple(Bead(tuple(s), tuple(t)) for s, t in beads), signature, 0.5)


def entries(
    ru: list[str], en: list[str], beads: list[tuple[list[int], list[int]]] | None = None
) -> list[LedgerEntry]:
    """The ledger of two texts; without beads, line by line."""
    pair = aligned(document(ru, "ru"), document(en, "en"), beads or [([n], [n]) for n in range(len(ru))])
    return ledger(find_annotations(pair.source.text, "ru"), find_annotations(pair.target.text, "en"), pair)


def verdicts(
    ru: list[str], en: list[str], beads: list[tuple[list[int], list[int]]] | None = None
) -> list[str]:
    return [entry.verdict for entry in entries(ru, en, beads)]


def test_the_sample_interview_has_the_ledger_made_by_hand() -> None:
    def read(lang: str) -> Document:
        text = (SEEDS / f"interview.{lang}.txt").read_bytes().decode("utf-8")
        cut, at = [], 0
        for n, line in enumerate((SEEDS / f"interview.{lang}.segments.txt").read_text("utf-8").splitlines()):
            start = text.index(line, at)
            at = start + len(line)
            cut.append(Segment(n, start, at, 0))
        return Document(f"interview.{lang}", text, lang, (Block(0, 0, len(text)),), tuple(cut))

    pair = aligned(read("ru"), read("en"), json.loads((SEEDS / "interview.gold.json").read_text("utf-8")))
    gold = json.loads((SEEDS / "interview.annotations.json").read_text("utf-8"))
    first_english = [mark["lang"] for mark in gold["annotations"]].index("en")
    found = ledger(find_annotations(pair.source.text, "ru"), find_annotations(pair.target.text, "en"), pair)
    assert [(e.source, e.target, e.verdict, list(e.differs)) for e in found] == [
        (e["ru"], None if e["en"] is None else e["en"] - first_english, e["verdict"], e["differs"])
        for e in gold["ledger"]
    ]


@pytest.mark.parametrize(
    ("ru", "en", "verdict"),
    [
        ("«Талибан» (запрещён в РФ) ушёл.", "The Taliban (banned in the Russian Federation) left.", "kept"),
        ("«Стальной щит» (запрещён в РФ) ушёл.", "The Steel Shield (banned in the RF) left.", "kept"),
        ("«Талибан» (запрещён в РФ) ушёл.", "The Taliban left.", "dropped"),
        ("«Талибан» ушёл.", "The Taliban (banned in Russia) left.", "added"),
        ("«Талибан» (запрещён в РФ) ушёл.", "The Taliban (banned in Russia) left.", "changed"),
        (
            "«Талибан» (признан экстремистским в России) ушёл.",
            "The Taliban (designated terrorist in Russia) left.",
            "changed",
        ),
        ("«Талибан», запрещённый в РФ, ушёл.", "The Taliban (banned in the RF) left.", "kept"),
    ],
)
def test_one_mark_is_kept_dropped_added_or_changed(ru: str, en: str, verdict: str) -> None:
    assert verdicts([ru], [en]) == [verdict]


def test_what_differs_is_named_in_order() -> None:
    (entry,) = entries(
        ["«Талибан» (запрещён в РФ) ушёл."], ["The Taliban, a terrorist organization banned in Russia, left."]
    )
    assert entry.differs == ("status", "place", "form", "position")


def test_a_mark_that_goes_into_a_footnote_has_moved() -> None:
    ru = ["«Талибан» (запрещён в РФ) ушёл.", "Долина пуста."]
    en = ["The Taliban* left.", "The valley is empty.", "* Banned in the Russian Federation."]
    (entry,) = entries(ru, en, [([0], [0]), ([1], [1]), ([], [2])])
    assert (entry.verdict, entry.differs) == ("moved", ("position",))


def test_a_footnote_that_goes_into_the_sentence_has_moved() -> None:
    ru = ["«Талибан»* ушёл.", "* Запрещён в РФ."]
    assert verdicts(ru, ["The Taliban (banned in the RF) left."], [([0], [0]), ([1], [])]) == ["moved"]


def test_marks_at_every_mention_may_become_one_footnote() -> None:
    ru = ["«Талибан» (запрещён в РФ) ушёл.", "«Талибан» (запрещён в РФ) вернулся."]
    en = ["The Taliban* left.", "The Taliban* came back.", "* Banned in the Russian Federation."]
    assert verdicts(ru, en, [([0], [0]), ([1], [1]), ([], [2])]) == ["moved", "moved"]


def test_a_banner_that_names_nobody_takes_the_marks_of_its_status() -> None:
    ru = ["«Талибан» (запрещён в РФ) ушёл.", "Долина пуста."]
    en = [
        "This text mentions organisations banned in the Russian Federation.",
        "The Taliban left.",
        "The valley is empty.",
    ]
    assert verdicts(ru, en, [([], [0]), ([0], [1]), ([1], [2])]) == ["moved"]


def test_a_joint_mark_may_lose_one_of_its_names() -> None:
    found = entries(
        ["«Талибан» и «Аль-Каида» (обе запрещены в РФ) ушли."],
        ["The Taliban (banned in the RF) and Al-Qaeda left."],
    )
    assert [(e.verdict, e.names) for e in found] == [("kept", ("Талибан",)), ("dropped", ("Аль-Каида",))]


def test_a_joint_mark_that_is_split_is_kept_twice() -> None:
    ru = "«Талибан» и «Аль-Каида» (обе запрещены в РФ) ушли."
    en = "The Taliban (banned in the RF) and Al-Qaeda (banned in the RF) left."
    assert [(e.source, e.target, e.verdict) for e in entries([ru], [en])] == [(0, 0, "kept"), (0, 1, "kept")]


def test_a_mark_that_changes_its_name_is_dropped_and_added() -> None:
    ru = ["«Талибан» (запрещён в РФ) и «Аль-Каида» ушли."]
    assert verdicts(ru, ["The Taliban and Al-Qaeda (banned in the RF) left."]) == ["dropped", "added"]


def test_texts_without_marks_have_an_empty_ledger() -> None:
    assert entries(["Долина пуста."], ["The valley is empty."]) == []
