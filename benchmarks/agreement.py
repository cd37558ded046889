"""How far two people who made the same gold independently agree.

    python -m benchmarks.agreement [FIRST SECOND] [--list]

Without files: the gold in this repository that was made twice, each pair that is there. The files hold recurring
names (tests/data/terms/README.md, seeds/interview.terms.json) or legal marks (seeds/interview.annotations.json).

Names: F1 of the mentions (exact spans; ``touching`` counts any shared code point), of the concepts (two are the same
when more than half of all their mentions are), of the pairs of mentions put into one concept, of the links from a
Russian to an English mention; and the share of shared mentions that both give the same kind, with Cohen's kappa.
Marks: F1 of the spans and of the ledger's rows, and per field the share of shared marks on which both agree.
F1 = 2·shared / (first + second); it does not say who is right.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from align import __version__

ROOT = Path(__file__).parent.parent
PAIRS = (
    ("tests/data/terms/names.a.json", "tests/data/terms/names.b.json"),
    ("tests/data/terms/names.a.json", "tests/data/terms/names.json"),
    ("tests/data/terms/names.b.json", "tests/data/terms/names.json"),
    ("seeds/interview.terms.json", "tests/data/terms/seeds.b.json"),
    ("seeds/interview.annotations.json", "tests/data/annotations/seeds.b.json"),
)
FIELDS = ("concepts", "acronym", "status", "jurisdiction", "place", "form", "position", "removal")

Mention = tuple[str, str, int, int, int]
"""Document, language, line (0 where offsets run through the whole text), start, end in code points."""
Pair = tuple[Mention, Mention]


@dataclass(frozen=True)
class Concept:
    """A name that recurs: its kind, its mentions in both languages, and which renders which."""

    kind: str
    mentions: frozenset[Mention]
    links: frozenset[Pair]


@dataclass(frozen=True)
class Row:
    """A line of the table; ``share`` is what ``first`` and ``second`` items agree on, 0 to 1."""

    what: str
    first: int
    second: int
    shared: int
    share: float


def f1(what: str, first: Collection[Hashable], second: Collection[Hashable]) -> Row:
    """The F1 of two sets; 1 where both are empty."""
    shared, total = len(set(first) & set(second)), len(first) + len(second)
    return Row(what, len(first), len(second), shared, 2 * shared / total if total else 1.0)


# Names


def read_names(content: Any) -> list[Concept]:
    """Concepts of either layout of names (both are described in the README beside the files)."""
    if isinstance(content, dict) and "documents" in content:
        return [
            _by_lines(f"{document['file']}:{document['first']}", concept)
            for document in content["documents"]
            for concept in document["concepts"]
        ]
    concepts = content if isinstance(content, list) else content["concepts"]
    return [_by_text(concept) for concept in concepts]


def _by_lines(document: str, concept: dict[str, Any]) -> Concept:
    sides = {
        lang: [(document, lang, line, start, end) for line, start, end in concept[lang]]
        for lang in ("ru", "en")
    }
    links = frozenset((sides["ru"][ru], sides["en"][en]) for ru, en in concept["links"])
    return Concept(concept["kind"], frozenset(sides["ru"] + sides["en"]), links)


def _by_text(concept: dict[str, Any]) -> Concept:
    sides = {
        lang: [("", lang, 0, mention["start"], mention["end"]) for mention in mentions]
        for lang, mentions in concept["mentions"].items()
    }
    rows = [
        (row["ru"], row["en"]) if isinstance(row, dict) else (ru, row)
        for ru, row in enumerate(concept["renderings"])
    ]
    links = frozenset((sides["ru"][ru], sides["en"][en]) for ru, targets in rows for en in targets)
    return Concept(concept["kind"], frozenset(m for side in sides.values() for m in side), links)


def compare_names(first: Sequence[Concept], second: Sequence[Concept]) -> list[Row]:
    """The table's rows for two lists of concepts."""
    mentions = [{m for concept in concepts for m in concept.mentions} for concepts in (first, second)]
    rows = [
        f1(f"mentions, {lang}", *({m for m in side if m[1] == lang} for side in mentions))
        for lang in ("ru", "en")
    ]
    rows += [f1("mentions", *mentions), _touching(*mentions), _concepts(first, second)]
    both = mentions[0] & mentions[1]
    rows += [
        f1("pairs in one concept", _together(first), _together(second)),
        f1("… among shared mentions", _together(first, both), _together(second, both)),
        f1("links", *({link for concept in side for link in concept.links} for side in (first, second))),
    ]
    return rows + _kinds(first, second, both)


def _touching(first: set[Mention], second: set[Mention]) -> Row:
    def found(these: set[Mention], those: set[Mention]) -> int:
        return sum(any(a[:3] == b[:3] and a[3] < b[4] and b[3] < a[4] for b in those) for a in these)

    hits, total = found(first, second) + found(second, first), len(first) + len(second)
    return Row("mentions, touching", len(first), len(second), hits // 2, hits / total if total else 1.0)


def same(a: Concept, b: Concept) -> bool:
    """Whether more than half of all mentions of two concepts are shared: true of one partner at most."""
    return 2 * len(a.mentions & b.mentions) > len(a.mentions | b.mentions)


def _concepts(first: Sequence[Concept], second: Sequence[Concept]) -> Row:
    shared, total = sum(same(a, b) for a in first for b in second), len(first) + len(second)
    return Row("concepts", len(first), len(second), shared, 2 * shared / total if total else 1.0)


def _together(concepts: Sequence[Concept], among: set[Mention] | None = None) -> set[Pair]:
    return {
        (a, b)
        for concept in concepts
        for a, b in combinations(sorted(concept.mentions), 2)
        if among is None or (a in among and b in among)
    }


def _kinds(first: Sequence[Concept], second: Sequence[Concept], both: set[Mention]) -> list[Row]:
    one, two = ({m: concept.kind for concept in side for m in concept.mentions} for side in (first, second))
    if not both:
        return []
    agreed = sum(one[m] == two[m] for m in both)
    left, right = Counter(one[m] for m in both), Counter(two[m] for m in both)
    chance = sum(left[kind] * right[kind] for kind in left) / len(both) ** 2
    observed = agreed / len(both)
    kappa = (observed - chance) / (1 - chance) if chance < 1 else 1.0
    return [
        Row("kind of shared mentions", len(both), len(both), agreed, observed),
        Row("… Cohen's kappa", len(both), len(both), agreed, kappa),
    ]


# Marks


def compare_marks(first: dict[str, Any], second: dict[str, Any]) -> list[Row]:
    """The table's rows for two files of legal marks and their ledger; of the languages that both have."""
    langs = sorted(set.intersection(*({mark["lang"] for mark in s["annotations"]} for s in (first, second))))
    one, two = (
        {_place(mark): mark for mark in side["annotations"] if mark["lang"] in langs}
        for side in (first, second)
    )
    rows = [
        f1(f"marks, {lang}", *({p for p in side if p[0] == lang} for side in (one, two))) for lang in langs
    ]
    rows.append(f1("marks", one, two))
    both = one.keys() & two.keys()
    for field in FIELDS:
        known = [p for p in both if field in one[p] and field in two[p]]
        agreed = sum(one[p][field] == two[p][field] for p in known)
        if known:
            rows.append(Row(f"… {field}", len(known), len(known), agreed, agreed / len(known)))
    if "ledger" in first and "ledger" in second:
        for depth, what in enumerate(("ledger, pairs", "… with verdicts", "… and what differs")):
            rows.append(f1(what, *({row[: depth + 2] for row in _ledger(side)} for side in (first, second))))
    return rows


def _place(mark: dict[str, Any]) -> tuple[str, int, int]:
    return mark["lang"], mark["start"], mark["end"]


def _ledger(marks: dict[str, Any]) -> Iterator[tuple[Hashable, ...]]:
    for row in marks["ledger"]:
        ends = [
            None if row[lang] is None else _place(marks["annotations"][row[lang]]) for lang in ("ru", "en")
        ]
        yield (*ends, row.get("verdict", row.get("change")), frozenset(row["differs"]))


# Both


def compare(first: Path, second: Path) -> list[Row]:
    """The rows for two files of the same layout."""
    one, two = (json.loads(path.read_text(encoding="utf-8")) for path in (first, second))
    if isinstance(one, dict) and "annotations" in one:
        return compare_marks(one, two)
    return compare_names(read_names(one), read_names(two))


def table(rows: Sequence[Row]) -> str:
    """A Markdown table."""
    lines = ["| | first | second | shared | agreement |", "|---|---|---|---|---|"]
    lines += [f"| {r.what} | {r.first} | {r.second} | {r.shared} | {r.share:.3f} |" for r in rows]
    return "\n".join(lines)


def signature(first: Path, second: Path) -> str:
    """What was compared, by names and contents, and by which version."""
    named = (f"{path.name}@{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}" for path in (first, second))
    return f"concord:{__version__}|agreement|spans:exact|{'|'.join(named)}"


def differences(first: Path, second: Path) -> str:
    """Every concept of names that is not exactly the same in both, with what only one of them has."""
    one, two = (read_names(json.loads(path.read_text(encoding="utf-8"))) for path in (first, second))
    lines = []
    for sign, these, those in (("<", one, two), (">", two, one)):
        known = {m for concept in those for m in concept.mentions}
        for concept in these:
            if concept not in those:
                only = sorted(concept.mentions - known)
                lines.append(f"{sign} {concept.kind} {min(concept.mentions)}; mentions only here: {only}")
    return "\n".join(sorted(lines, key=lambda line: line.partition("(")[2]))


def main() -> None:
    """Print a table and a signature for each pair."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--list", action="store_true", help="for names: the concepts that differ, too")
    arguments = parser.parse_args()
    if len(arguments.files) not in (0, 2):
        parser.error("give two files, or none for the gold of this repository")
    pairs = [tuple(arguments.files)] if arguments.files else [(ROOT / a, ROOT / b) for a, b in PAIRS]
    for first, second in pairs:
        if not (first.exists() and second.exists()):
            print(f"{first.name}, {second.name}: not both there\n")
            continue
        print(table(compare(first, second)))
        print(signature(first, second) + "\n")
        if arguments.list and "annotations" not in first.name:
            print(differences(first, second) + "\n")


if __name__ == "__main__":
    main()
