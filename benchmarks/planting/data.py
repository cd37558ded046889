"""Reads clean documents: the sample interview of the project, and news beside the repository. Nothing is
written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.planting.model import Bitext, Row

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
DEV = ROOT.parent / "shared" / "data" / "dev"
# Documents of tests in document order; columns: foreign, English, document (and sometimes an empty one).
FILES = {
    "ru-en": ("wmt21_ruen_docid", "wmt23_ruen_docid", "wmt22_general_docid", "wmt24_enru_docid"),
    "de-en": ("wmt24_ende_docid",),
    "uk-en": ("wmt23_uken_docid", "wmt22_general_docid", "wmt24_enuk_docid"),
    "cs-en": ("wmt24_encs_docid",),
    "es-en": ("wmt24_enes_docid",),
    "zh-en": ("wmt24_enzh_docid",),
}
# Written in English first; all others in the foreign language.
FROM_ENGLISH = re.compile(r"wmt\d\d_en[a-z]{2}_")
# Without document ids, but in order: cut into stretches of STRETCH lines. For planting alone.
UNDIVIDED = {"de-en": ("wmt22_general_deen", "wmt22_general_ende")}
STRETCH = 40
GOLDS = {"ru-en": ("ru", "en", "interview.gold.json"), "ru-de": ("ru", "de", "interview.ru-de.gold.json")}
ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff]")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from: file (without ending) and document id."""

    dataset: str
    document: str
    bitext: Bitext


def documents(pair: str, folder: Path = DEV) -> Iterator[Source]:
    """The documents of one pair, in the order of the files; rows with an empty side or control characters are
    left out.

    Raises KeyError for a pair that has none, OSError if the folder cannot be read.
    """
    source, target = pair.split("-")
    for name in FILES[pair]:
        rows: dict[str, list[tuple[str, str]]] = {}
        text = (folder / pair / f"{name}.tsv").read_text("utf-8")
        for line in text.split("\n"):
            cells = line.split("\t")
            if len(cells) >= 3 and cells[0].strip() and cells[1].strip() and not ODD.search(line):
                rows.setdefault(cells[2], []).append((cells[0].strip(), cells[1].strip()))
        for document, pairs in rows.items():
            numbered = tuple(Row(at, one, two) for at, (one, two) in enumerate(pairs))
            yield Source(f"{pair}/{name}", document, Bitext(f"{name}:{document}", source, target, numbered))


def stretches(pair: str, folder: Path = DEV) -> Iterator[Source]:
    """Stretches of the files that have no document ids. Raises as ``documents`` does, but for a pair without
    such files.
    """
    source, target = pair.split("-")
    for name in UNDIVIDED.get(pair, ()):
        lines = (folder / pair / f"{name}.tsv").read_text("utf-8").split("\n")
        for start in range(0, len(lines), STRETCH):
            cells = [line.split("\t") for line in lines[start : start + STRETCH] if not ODD.search(line)]
            pairs = [
                (c[0].strip(), c[1].strip()) for c in cells if len(c) >= 2 and c[0].strip() and c[1].strip()
            ]
            rows = tuple(Row(at, one, two) for at, (one, two) in enumerate(pairs))
            yield Source(f"{pair}/{name}", str(start), Bitext(f"{name}:{start}", source, target, rows))


def seeds(pair: str) -> Bitext | None:
    """The sample interview as rows, one a bead of its gold alignment, None for a pair that it does not have."""
    if pair not in GOLDS:
        return None
    source, target, gold = GOLDS[pair]
    beads = json.loads((SEEDS / gold).read_text("utf-8"))
    sides = []
    for number, lang in enumerate((source, target)):
        text = (SEEDS / f"interview.{lang}.txt").read_bytes().decode("utf-8")
        lines = (SEEDS / f"interview.{lang}.segments.txt").read_text("utf-8").split("\n")[:-1]
        sides.append(_slices(text, lines, [bead[number] for bead in beads]))
    rows = tuple(
        Row(at, one, two, gap_one, gap_two)
        for at, ((one, gap_one), (two, gap_two)) in enumerate(zip(*sides, strict=True))
    )
    return Bitext("seeds", source, target, rows)


def _slices(text: str, segments: list[str], beads: list[list[int]]) -> list[tuple[str, str]]:
    """For each bead its stretch of the text and the gap behind it; both empty where it has no segment on this
    side.
    """
    spans, at = [], 0
    for segment in segments:
        start = text.index(segment, at)
        at = start + len(segment)
        spans.append((start, at))
    ends = {
        number: spans[number + 1][0] if number + 1 < len(spans) else len(text) for number in range(len(spans))
    }
    return [
        (text[spans[ids[0]][0] : spans[ids[-1]][1]], text[spans[ids[-1]][1] : ends[ids[-1]]])
        if ids
        else ("", "")
        for ids in beads
    ]


def small_words(bitexts: list[Bitext]) -> frozenset[str]:
    """Words that occur in small letters in any translation."""
    word = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")
    return frozenset(m[0] for bitext in bitexts for row in bitext.rows for m in word.finditer(row.target))
