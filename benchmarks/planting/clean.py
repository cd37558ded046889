"""Findings in clean human translations: a fixed sample, and what people said about each.

Documents are whole and seeded; original and translation are the way round in which they were written.
Verdicts are joined by fingerprint, code, dataset and document, so that they hold as long as the finding does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.planting.data import DEV, FILES, FROM_ENGLISH, ROOT, documents
from benchmarks.planting.judge import Places, evidence
from benchmarks.planting.model import Bitext, Row
from benchmarks.planting.run import FILES as SIDES
from benchmarks.planting.run import Check, by_command, checked

VERDICTS = ROOT / "tests" / "data" / "checks" / "verdicts.jsonl"
PAIRS = ("ru-en", "de-en", "uk-en", "cs-en", "zh-en")
SHORTEST, LONGEST = 6, 80  # rows of a document
KINDS = ("true", "false", "debatable")


@dataclass(frozen=True, slots=True)
class Sampled:
    """A document of the sample; source is the language it was written in."""

    dataset: str
    document: str
    bitext: Bitext


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, where it is from, and the verdict if there is one. ``sentence`` is the row of its place, -1
    if none.
    """

    sampled: Sampled
    finding: dict[str, Any]
    sentence: int
    verdict: str = ""
    note: str = ""


def sample(sentences: int, seed: int, folder: Path = DEV, part: int = 1) -> list[Sampled]:
    """Whole documents with at least so many sentence pairs in all, as evenly from the files as their
    documents allow. Parts of one draw share no document; the second follows the first.
    """
    drawn = _drawn(seed, folder)
    for _ in range(part - 1):
        _taken(drawn, sentences)
    files = list(drawn)
    return sorted(_taken(drawn, sentences), key=lambda one: (files.index(one.dataset), one.document))


def _drawn(seed: int, folder: Path) -> dict[str, list[Sampled]]:
    """The documents of each file, shuffled."""
    files = [f"{pair}/{name}" for pair in PAIRS for name in FILES[pair]]
    shuffled: dict[str, list[Sampled]] = {file: [] for file in files}
    for pair in PAIRS:
        for one in documents(pair, folder):
            if SHORTEST <= len(one.bitext.rows) <= LONGEST:
                shuffled[one.dataset].append(
                    Sampled(one.dataset, one.document, as_written(one.dataset, one.bitext))
                )
    for file in files:
        Random(f"{seed}:{file}").shuffle(shuffled[file])
    return shuffled


def _taken(drawn: dict[str, list[Sampled]], sentences: int) -> list[Sampled]:
    """The next documents with so many sentence pairs, taken out of the drawn ones."""
    taken: dict[str, int] = dict.fromkeys(drawn, 0)
    result: list[Sampled] = []
    while sum(taken.values()) < sentences and any(drawn.values()):
        file = min((f for f in drawn if drawn[f]), key=lambda f: (taken[f], f))
        one_more = drawn[file].pop()
        taken[file] += len(one_more.bitext.rows)
        result.append(one_more)
    return result


def as_written(dataset: str, bitext: Bitext) -> Bitext:
    """The bitext with the language that it was written in as its source."""
    if not FROM_ENGLISH.match(dataset.rpartition("/")[2]):
        return bitext
    rows = tuple(Row(row.id, row.target, row.source) for row in bitext.rows)
    return Bitext(bitext.name, bitext.target_lang, bitext.source_lang, rows)


def findings(sampled: Iterable[Sampled], check: Check = by_command, jobs: int = 2) -> list[Found]:
    """What the check finds in the documents, in order."""
    documents_ = list(sampled)
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        results = list(pool.map(lambda one: checked(one.bitext, (), check), documents_))
    found = []
    for one, rows in zip(documents_, results, strict=True):
        places = Places(one.bitext, SIDES)
        found += [Found(one, finding, (*places.at(finding), -1)[0]) for finding in rows]
    return found


def read_verdicts(path: Path = VERDICTS) -> list[dict[str, Any]]:
    """The rows of the file of verdicts; none if there is no such file. Raises ValueError for a row that is
    not one.
    """
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    for number, row in enumerate(rows, start=1):
        if row.get("verdict") not in KINDS or not row.get("fingerprint"):
            raise ValueError(
                f"{path.name}, line {number}: no fingerprint, or a verdict other than {', '.join(KINDS)}"
            )
    return rows


def with_verdicts(found: Iterable[Found], verdicts: Iterable[dict[str, Any]]) -> list[Found]:
    """The findings, each with the verdict given on it."""
    known = {(r["fingerprint"], r["code"], r["dataset"], r["document"]): r for r in verdicts}
    joined = []
    for one in found:
        row = known.get(key(one))
        said = (row["verdict"], row.get("note", "")) if row else ("", "")
        joined.append(Found(one.sampled, one.finding, one.sentence, *said))
    return joined


def key(found: Found) -> tuple[str, str, str, str]:
    """What a verdict is joined by."""
    finding = found.finding
    return str(finding["fingerprint"]), str(finding["code"]), found.sampled.dataset, found.sampled.document


def as_row(found: Found) -> str:
    """A line for the file of verdicts, with the verdict still to be given."""
    fingerprint, code, dataset, document = key(found)
    row = {
        "fingerprint": fingerprint,
        "code": code,
        "dataset": dataset,
        "document": document,
        "sentence": found.sentence,
        "verdict": found.verdict,
        "note": found.note,
    }
    return json.dumps(row, ensure_ascii=False)


def shown(found: Found) -> Iterator[str]:
    """A finding with its sentences, for somebody to judge."""
    finding, bitext = found.finding, found.sampled.bitext
    langs = f"{bitext.source_lang}→{bitext.target_lang}"
    yield f"{found.sampled.dataset}  {found.sampled.document}  row {found.sentence}  {langs}"
    named = " ".join(str(finding.get(part, "")) for part in ("code", "rule", "severity"))
    yield f"  {named}: {finding.get('message', '')}"
    yield f"  at {finding.get('text', '')!r} in the {SIDES.get(str(finding.get('document')), '?')}"
    if found.verdict:
        yield f"  verdict: {found.verdict}. {found.note}"
    places = Places(bitext, SIDES)
    rows = {row for place in (finding, *list(evidence(finding))[:6]) for row in places.at(place)}
    for row in bitext.rows:
        if row.id in rows:
            yield f"    {row.id:>3} {row.source}"
            yield f"        {row.target}"
    yield f"  {as_row(found)}"
