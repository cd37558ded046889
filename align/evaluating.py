"""Two files of beads → the scores of one against the other, with their signature."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from align import __version__
from align.errors import InputError

if TYPE_CHECKING:
    from align.evaluate import Scores


def evaluate_files(gold: Path, test: Path) -> tuple[Scores, str]:
    """Scores of the beads in one file against those of another, and the signature of the scores."""
    from align.evaluate import evaluate

    (gold_beads, gold_hash, _), (test_beads, test_hash, made_with) = _read_beads(gold), _read_beads(test)
    parts = [
        f"concord:{__version__}",
        "scores:strict+lax+null",
        f"gold:{gold.name}@{gold_hash}",
        f"test:{test.name}@{test_hash}",
        f"made-with:{made_with}",
    ]
    return evaluate(gold_beads, test_beads), "|".join(parts)


def _read_beads(path: Path) -> tuple[list[tuple[tuple[int, ...], tuple[int, ...]]], str, str]:
    """The beads of a file, the beginning of its hash, and the signature in it ("unknown" where it has none)."""
    import json

    from align.formats.beads import read

    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot be read: {reason}", where=str(path), hint="Check the path") from error
    beads = read(data, where=str(path), unique=False)
    whole = None
    with suppress(ValueError):
        whole = json.loads(data)
    made_with = str(whole.get("signature")) if isinstance(whole, dict) and "beads" in whole else "unknown"
    return beads, hashlib.sha256(data).hexdigest()[:8], made_with
