"""One JSON object for a whole run: what it was made with, of what, the counts, the beads.

::

    {
    "signature": "concord:0.1.0|model:…",
    "documents": [{"name": "a.ru.txt", "lang": "ru", "sha256": "…", "segments": 92}, …],
    "summary": {"beads": 90, "kinds": {"1-1": 81, "1-2": 6, "0-1": 3}, "doubtful": 4, "moved": 0,
                "source_only": 0, "target_only": 3, "states": {"proposed": 90}},
    "pairs": [{"source": 0, "target": 1, "signature": "…", "doubtful_below": 0.5, "similarity": 0.71,
               "warnings": [], "summary": {…}}],
    "beads": [
    {…},
    {…}
    ]
    }

The first document is the pivot; ``pairs`` name the others by their position in ``documents``. ``signature`` is
null where the pairs' signatures differ. The counts of ``summary`` are those of all pairs. Each bead stands on a
line of its own and is the object of the JSON Lines format (see ``jsonl``) with the aligner's ``score`` beside
its ``confidence``. ``similarity`` and ``score`` have six decimals.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any, TextIO

from align.formats import jsonl
from align.formats.rows import Summary, summarise
from align.model import Alignment
from align.multi import versions


def write(alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False) -> tuple[str, ...]:
    """Writes the object. Returns no warnings: JSON can say everything. The counts are those of all beads."""
    documents = [
        {"name": d.name, "lang": d.lang, "sha256": d.sha256, "segments": len(d.segments)}
        for d in versions(alignments)
    ]
    signatures = {str(alignment.signature) for alignment in alignments}
    summaries = [summarise(alignment) for alignment in alignments]
    head = {
        "signature": signatures.pop() if len(signatures) == 1 else None,
        "documents": documents,
        "summary": _total(summaries),
        "pairs": [
            _pair(k, a, s) for k, (a, s) in enumerate(zip(alignments, summaries, strict=True), start=1)
        ],
    }
    stream.write("{\n")
    for key, value in head.items():
        stream.write(f'"{key}": {jsonl.dumps(value)},\n')
    stream.write('"beads": [')
    chosen = [(a, b) for a in alignments for b in a.beads if a.is_doubtful(b) or not only_doubtful]
    for position, ((_, bead), record) in enumerate(
        zip(chosen, jsonl.records(alignments, only_doubtful=only_doubtful), strict=True)
    ):
        line = jsonl.dumps({**record, "score": number(bead.score)})
        stream.write(("\n" if position == 0 else ",\n") + line)
    stream.write("\n]\n}\n")
    return ()


def number(value: float) -> float | None:
    """Six decimals; JSON has no infinity and no NaN, so null stands for them."""
    return round(value, 6) if math.isfinite(value) else None


def _pair(target: int, alignment: Alignment, summary: Summary) -> dict[str, Any]:
    return {
        "source": 0,
        "target": target,
        "signature": str(alignment.signature),
        "doubtful_below": number(alignment.doubtful_below),
        "similarity": number(alignment.similarity),
        "warnings": list(alignment.warnings),
        "summary": _total([summary]),
    }


def _total(summaries: Sequence[Summary]) -> dict[str, Any]:
    """The sums of the counts, the frequent kinds first."""
    kinds: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for summary in summaries:
        kinds.update(dict(summary.kinds))
        states.update(dict(summary.states))
    return {
        "beads": sum(s.beads for s in summaries),
        "kinds": _sorted(kinds),
        "doubtful": sum(s.doubtful for s in summaries),
        "moved": sum(s.moved for s in summaries),
        "source_only": sum(s.source_only for s in summaries),
        "target_only": sum(s.target_only for s in summaries),
        "states": _sorted(states),
    }


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
