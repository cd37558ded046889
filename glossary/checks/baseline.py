"""A baseline: the findings that were there already, which stay quiet. Pure; the file is read elsewhere.

It is JSON with a finding a line, sorted, so that a version-control system shows which debt was paid. A finding is
known by its fingerprint alone; code, document and message are for the reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from align.errors import EncodingError, FormatError
from glossary.model import Finding

VERSION = 1


def write(findings: Iterable[Finding]) -> str:
    """The baseline of these findings."""
    rows = sorted(
        {
            (one.code, one.spot.document, one.fingerprint): {
                "fingerprint": one.fingerprint,
                "code": one.code,
                "document": one.spot.document,
                "message": one.message,
            }
            for one in findings
        }.items()
    )
    lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for _, row in rows)
    body = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "concord_baseline": {VERSION},\n  "findings": {body}\n}}\n'


def read(data: bytes, *, name: str) -> frozenset[str]:
    """The fingerprints in a baseline. Raises EncodingError, FormatError."""
    try:
        held = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise EncodingError("the baseline is not UTF-8", where=name, hint="Write it again") from error
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise FormatError(
            "this is no valid JSON", where=f"{name}{line}", hint="Write it again with --write-baseline"
        ) from None
    if not isinstance(held, dict) or not isinstance(held.get("findings"), list):
        raise _no_baseline(name)
    if held.get("concord_baseline") != VERSION:
        raise FormatError(
            f"its version is {held.get('concord_baseline')!r}, known is {VERSION}", where=name,
            hint="Install the newest Concord, or write it again with --write-baseline",
        )  # fmt: skip
    prints: list[Any] = [
        row.get("fingerprint") if isinstance(row, dict) else None for row in held["findings"]
    ]
    if not all(isinstance(one, str) for one in prints):
        raise _no_baseline(name)
    return frozenset(prints)


def _no_baseline(name: str) -> FormatError:
    return FormatError("this is no baseline", where=name, hint="Write one with --write-baseline")
