r"""JSON Lines: one bead a line, for programs.

::

    {"source": [4], "target": [4, 5], "source_text": ["…"], "target_text": ["…", "…"],
     "source_spans": [[210, 264]], "target_spans": [[198, 220], [221, 250]],
     "confidence": 0.9731, "kind": "1-2", "doubtful": false}

(on one line). ``source`` and ``target`` are segment ids from 0; a text and a span for each; spans count code
points in the text as read, end exclusive. ``confidence`` has four decimals. ``"moved": true`` stands where a
bead is part of a block that changed place, ``"state"`` ("edited", "confirmed", "stale") where a person touched
it. With three or more versions the beads of one pair follow those of the other, and each line has
``"pair": ["ru", "en"]`` and ``"version"``, the position of the target among the versions (the pivot is 0).

UTF-8, "\n" after each line. U+2028, U+2029 and U+0085, which some readers take for a line's end, are escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from align.errors import FormatError, InputError
from align.formats.bitext.carry import Room
from align.formats.bitext.units import Head, Unit
from align.model import Alignment, Bead, Document

ROOM = Room(several=False, ids=True, languages="none", names=False, signature=False)
_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def write(alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False) -> tuple[str, ...]:
    """Writes a line for each bead. Returns no warnings: JSON can say everything."""
    for record in records(alignments, only_doubtful=only_doubtful):
        stream.write(dumps(record) + "\n")
    return ()


def put(head: Head, units: Iterable[Unit], stream: TextIO) -> None:
    """Writes units of two versions; segments without ids are counted as they come, a line of text for each."""
    counted, at = [0, 0], [0, 0]
    for unit in units:
        ids, spans = list(map(list, unit.ids)), []
        for k, side in enumerate(unit.sides):
            if not unit.ids:
                ids.append(list(range(counted[k], counted[k] + len(side))))
            counted[k] += len(side)
            found = []
            for text in side:
                found.append([at[k], at[k] + len(text)])
                at[k] += len(text) + 1
            spans.append(found)
        record: dict[str, Any] = {
            "source": ids[0], "target": ids[1], "source_text": unit.sides[0], "target_text": unit.sides[1],
            "source_spans": spans[0], "target_spans": spans[1],
        }  # fmt: skip
        if unit.confidence is not None:
            record["confidence"] = round(unit.confidence, 4)
        record |= {"kind": unit.kind, "doubtful": unit.doubtful}
        if unit.moved:
            record["moved"] = True
        if unit.state != "proposed":
            record["state"] = unit.state
        stream.write(dumps(record) + "\n")


def records(alignments: Sequence[Alignment], *, only_doubtful: bool = False) -> Iterator[dict[str, Any]]:
    """The object of each bead, pair by pair."""
    for version, alignment in enumerate(alignments, start=1):
        pair = [alignment.source.lang, alignment.target.lang]
        extra = {"pair": pair, "version": version} if len(alignments) > 1 else {}
        for bead in alignment.beads:
            if alignment.is_doubtful(bead) or not only_doubtful:
                yield {**record_of(alignment, bead), **extra}


def record_of(alignment: Alignment, bead: Bead) -> dict[str, Any]:
    """One bead as its JSON object."""
    source, target = alignment.source, alignment.target
    record: dict[str, Any] = {
        "source": list(bead.source),
        "target": list(bead.target),
        "source_text": [source.segment_text(i) for i in bead.source],
        "target_text": [target.segment_text(i) for i in bead.target],
        "source_spans": _spans(source, bead.source),
        "target_spans": _spans(target, bead.target),
        "confidence": round(bead.confidence, 4),
        "kind": bead.kind,
        "doubtful": alignment.is_doubtful(bead),
    }
    if bead.moved:
        record["moved"] = True
    if bead.state != "proposed":
        record["state"] = bead.state
    return record


def _spans(document: Document, segments: Sequence[int]) -> list[list[int]]:
    return [[document.segments[i].start, document.segments[i].end] for i in segments]


def dumps(value: object) -> str:
    """JSON on one line by any reader's idea of a line, and encodable whatever characters are in it."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _LINE_ENDS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def read(text: str, *, where: str, version: int | None = None) -> Iterator[tuple[str, Any, Any]]:
    """The beads of JSON Lines; see :func:`select`. Raises FormatError on broken JSON."""
    lines = enumerate(text.split("\n"), start=1)
    records = ((f"{where}, line {n}", loads(line, where=where, line=n)) for n, line in lines if line.strip())
    return select(records, where=where, version=version)


def select(
    records: Iterable[tuple[str, Any]], *, where: str, version: int | None = None
) -> Iterator[tuple[str, Any, Any]]:
    """The place, source and target of each bead out of (place, object), as they stand; ids are not looked at.

    ``version`` chooses among the pairs of three or more versions. Raises InputError where an object is no bead,
    or there are several pairs and none is chosen.
    """
    seen: set[str] = set()
    for place, record in records:
        if not isinstance(record, dict) or "source" not in record or "target" not in record:
            raise InputError("no bead with “source” and “target”", where=place)
        found = record.get("version")
        if version is None:
            seen.add(str(found))
            if len(seen) > 1:
                raise InputError(
                    "holds the beads of several pairs", where=where, hint="Choose one by its “version”"
                )
        elif found != version:
            continue
        yield place, record["source"], record["target"]


def loads(text: str, *, where: str, line: int = 1) -> Any:
    """Parses JSON that starts on this line of a file. Raises FormatError with the line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{where}, line {line + error.lineno - 1}, column {error.colno}"
        raise FormatError(f"broken JSON ({error.msg.lower()})", where=place) from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets without end
        raise FormatError(f"JSON that cannot be used ({error})", where=f"{where}, line {line}") from None
