"""Precision and recall of the annotation grammar: spans and the concepts that they apply to.

    python -m benchmarks.annotations [--gold FOLDER] [--news DEV_FOLDER] [--errors] [--markdown]

Gold: ``tests/data/annotations`` (its README has the conventions). A span counts if both ends are right; a concept if
it stands at a right span. Marks are counted by the gold's position, found ones by their own. Negatives are sentences
in which nothing may be found: the share of them with any find is given. News is DEV_FOLDER with ``XX-en/*.tsv`` of
``foreign⇥English[⇥document]`` lines: distinct sentences, and what is found there, to be looked at by eye.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from align import __version__
from glossary.annotations import LANGUAGES, find_annotations
from glossary.model import Annotation

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "data" / "annotations"


@dataclass
class Counts:
    """Right ones, and how many there are in the gold and among those found."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.gold if self.gold else 1.0
        return f"P {precision:.4f}  R {recall:.4f}  ({self.right} of {self.gold}, {self.found} found)"


@dataclass
class Result:
    """The counts of one language, and the rows that are not right."""

    spans: Counts = field(default_factory=Counts)
    concepts: Counts = field(default_factory=Counts)
    positions: dict[str, Counts] = field(default_factory=dict)
    fields: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def measure(gold: Sequence[dict[str, Any]], lang: str) -> Result:
    """The counts of all rows of one language."""
    result = Result()
    for row in gold:
        expected = {(a["start"], a["end"]): a for a in row["annotations"]}
        found = {(a.start, a.end): a for a in find_annotations(row["text"], lang)}
        wrong = _count(expected, found, result)
        if wrong:
            result.errors.append(f"{row['text']!r}: {wrong}")
    return result


def _count(
    expected: dict[tuple[int, int], Any], found: dict[tuple[int, int], Annotation], result: Result
) -> list[str]:
    wrong: list[str] = []
    for span in sorted(expected.keys() | found.keys()):
        mark, find = expected.get(span), found.get(span)
        names = list(mark["concepts"]) if mark else []
        hits = [name.text for name in find.concepts] if find else []
        right = sum((Counter(names) & Counter(hits)).values())
        position = mark["position"] if mark else find.position if find else ""
        for counts, one, in_gold, in_found in (
            (result.spans, int(bool(mark and find)), int(mark is not None), int(find is not None)),
            (result.concepts, right, len(names), len(hits)),
            (
                result.positions.setdefault(position, Counts()),
                int(bool(mark and find)), int(mark is not None), int(find is not None),
            ),
        ):  # fmt: skip
            counts.right, counts.gold, counts.found = (
                counts.right + one,
                counts.gold + in_gold,
                counts.found + in_found,
            )
        if not mark or not find:
            wrong.append(
                f"{'missed' if mark else 'false'} {mark['text'] if mark else find.text if find else ''!r}"
            )
            continue
        if names != hits:
            wrong.append(f"concepts {hits} for {names}")
        differing = [
            name
            for name in ("status", "jurisdiction", "form", "position")
            if not _same(mark[name], getattr(find, name))
        ]
        result.fields.update(differing)
        wrong += differing
    return wrong


def _same(gold: Any, found: Any) -> bool:
    values = [] if gold is None else gold if isinstance(gold, list) else [gold]
    return values == (list(found) if isinstance(found, tuple) else [found])


def sentences(folder: Path, lang: str) -> Iterator[str]:
    """The distinct sentences of one language in DEV_FOLDER."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*-en/*.tsv")):
        if lang not in path.parent.name.split("-"):
            continue
        for line in path.read_text("utf-8").splitlines():
            cells = line.split("\t")
            text = cells[1] if lang == "en" and len(cells) > 1 else cells[0]
            if text not in seen:
                seen.add(text)
                yield text


def signature(gold: Path) -> str:
    """Version and the first digits of the files' hashes."""
    files = sorted(gold.glob("*.jsonl"))
    hashes = (f"{f.stem}:{hashlib.sha256(f.read_bytes()).hexdigest()[:8]}" for f in files)
    return f"concord:{__version__}|{'|'.join(hashes)}"


def report(gold: Path, news: Path | None, errors: bool, table: bool) -> None:
    """Prints the figures."""
    if table:
        print("| language | marks | spans P | R | concepts P | R |\n|---|---|---|---|---|---|")
    for lang in LANGUAGES:
        path = gold / f"{lang}.jsonl"
        if not path.exists():
            continue
        result = measure(rows(path), lang)
        if table:
            cells = [
                f"{c.right / max(1, n):.3f}"
                for c in (result.spans, result.concepts)
                for n in (c.found, c.gold)
            ]
            print(f"| {lang} | {result.spans.gold} | {' | '.join(cells)} |")
        else:
            print(f"{lang}  spans     {result.spans}\n    concepts  {result.concepts}")
            for position, counts in sorted(result.positions.items()):
                print(f"      {position:<12} {counts}")
            if result.fields:
                print(f"      other fields wrong: {dict(result.fields)}")
        for error in result.errors if errors else ():
            print(f"      {error}")
    for path in sorted(gold.glob("negatives.*.jsonl")):
        lang, negatives = path.suffixes[0][1:], rows(path)
        false = [row["text"] for row in negatives if find_annotations(row["text"], lang)]
        print(
            f"negatives {lang}: {len(false)} of {len(negatives)} with a false find {false if errors else ''}"
        )
    if news is not None:
        report_news(news)
    print(signature(gold))


def report_news(folder: Path) -> None:
    """Prints what is found in news, language by language."""
    for lang in LANGUAGES:
        texts = list(sentences(folder, lang))
        if not texts:
            continue
        start = perf_counter()
        finds = [a for text in texts for a in find_annotations(text, lang)]
        print(f"news {lang}: {len(finds)} found in {len(texts)} sentences, {perf_counter() - start:.2f} s")
        for find in finds:
            print(f"      {find.text!r} of {[name.text for name in find.concepts]}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--errors", action="store_true", help="show what is wrong")
    parser.add_argument("--markdown", action="store_true")
    args = parser.parse_args()
    report(args.gold, args.news, args.errors, args.markdown)


if __name__ == "__main__":
    main()
