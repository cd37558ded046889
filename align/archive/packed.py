"""An alignment as a few thousand bytes, and back: what an archive keeps of a pair.

JSON packed by zlib. What comes back is what went in, but for scores and confidences, which keep four decimals.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any, cast

from align.model import Alignment, Bead, BeadState, Block, BlockKind, Document, Segment, Signature
from align.store.rows import pieces_of, pieces_to_json

LEVEL = 1
"""zlib's quickest: a fifth larger than its best, in a fourth of the time."""


def pack(alignment: Alignment) -> bytes:
    """The bytes of an alignment; its signature is not in them, for it is that of thousands."""
    record = {
        "source": _document(alignment.source),
        "target": _document(alignment.target),
        "beads": _beads(alignment.beads),
        "doubtful_below": alignment.doubtful_below,
        "similarity": round(alignment.similarity, 4),
        "warnings": alignment.warnings,
    }
    # ASCII would be five bytes a Cyrillic letter before it is packed; half a surrogate pair has no other spelling.
    return zlib.compress(_dumps(record).encode("utf-8", "surrogatepass"), LEVEL)


def unpack(data: bytes, signature: Signature) -> Alignment:
    """The alignment of these bytes. Raises ValueError (zlib.error) where they are damaged."""
    record = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    return Alignment(
        _document_of(record["source"]),
        _document_of(record["target"]),
        _beads_of(record["beads"]),
        signature,
        record["doubtful_below"],
        record["similarity"],
        tuple(record["warnings"]),
    )


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _document(document: Document) -> dict[str, Any]:
    parts, pieces = pieces_to_json(document.pieces)
    return {
        "name": document.name,
        "text": document.text,
        "lang": document.lang,
        "format": document.format,
        "sha256": document.sha256,
        "metadata": dict(document.metadata),
        "warnings": document.warnings,
        "blocks": [(b.start, b.end, b.kind, b.speaker, b.question) for b in document.blocks],
        # Starts and lengths as steps from one to the next: small figures pack well.
        "segments": _steps([(s.start, s.end, s.block) for s in document.segments]),
        "parts": parts,
        "pieces": pieces,
    }


def _steps(segments: Sequence[tuple[int, int, int]]) -> list[int]:
    """Three figures a segment: from the last one's end to its start, its length, from the last one's block."""
    found: list[int] = []
    end_before = block_before = 0
    for start, end, block in segments:
        found += (start - end_before, end - start, block - block_before)
        end_before, block_before = end, block
    return found


def _segments(steps: Sequence[int]) -> tuple[Segment, ...]:
    found: list[Segment] = []
    at = block = 0
    for number in range(len(steps) // 3):
        gap, length, turn = steps[3 * number : 3 * number + 3]
        block += turn
        found.append(Segment(number, at + gap, at + gap + length, block))
        at += gap + length
    return tuple(found)


def _document_of(record: dict[str, Any]) -> Document:
    return Document(
        name=record["name"],
        text=record["text"],
        lang=record["lang"],
        blocks=tuple(
            Block(n, a, b, cast("BlockKind", kind), speaker, question)
            for n, (a, b, kind, speaker, question) in enumerate(record["blocks"])
        ),
        segments=_segments(record["segments"]),
        format=record["format"],
        sha256=record["sha256"],
        pieces=pieces_of((record["parts"], record["pieces"])),
        metadata=record["metadata"],
        warnings=tuple(record["warnings"]),
    )


def _beads(beads: Sequence[Bead]) -> list[list[Any]]:
    """[source, target, score, confidence]; behind them whether it moved and its state, where that says anything."""
    found: list[list[Any]] = []
    for bead in beads:
        row = [bead.source, bead.target, round(bead.score, 4), round(bead.confidence, 4)]
        if bead.moved or bead.state != "proposed":
            row += (bead.moved, bead.state)
        found.append(row)
    return found


def _beads_of(rows: Sequence[Sequence[Any]]) -> tuple[Bead, ...]:
    return tuple(
        Bead(
            tuple(row[0]),
            tuple(row[1]),
            row[2],
            row[3],
            row[4] if len(row) > 4 else False,
            cast("BeadState", row[5] if len(row) > 4 else "proposed"),
        )
        for row in rows
    )
