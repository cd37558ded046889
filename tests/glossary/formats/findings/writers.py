"""What the tests of single formats share."""

from __future__ import annotations

import io

from glossary.formats.findings import Report, write


def written(report: Report, format: str) -> str:
    """The report in a format, as its bytes decode."""
    out = io.BytesIO()
    write(report, format, out)
    return out.getvalue().decode("utf-8")
