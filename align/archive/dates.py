"""When a document was published: as it says itself, as the list of pairs says, or by a pattern in its path."""

from __future__ import annotations

import re
from datetime import date

from align.errors import UsageError

_PARTS = {"YYYY": r"(?P<year>(?:19|20)\d\d)", "MM": r"(?P<month>0[1-9]|1[0-2])", "DD": r"(?P<day>\d\d)"}
_TOKENS = re.compile(r"YYYY|MM|DD|\*|[^YMD*]+|.")
_ISO = re.compile(r"\s*(\d{4})(?:-(\d{2})(?:-(\d{2})|$)|$)")


def pattern_of(text: str) -> re.Pattern[str]:
    """A pattern such as ``YYYY/MM/DD``, ``news-YYYYMMDD`` or ``ru/YYYY-MM*``; ``*`` is anything but a slash.

    Raises UsageError where it names no year, a part twice, or a day without a month.
    """
    tokens = _TOKENS.findall(text)
    named = [token for token in tokens if token in _PARTS]
    if "YYYY" not in named or len(set(named)) < len(named) or ("DD" in named and "MM" not in named):
        raise UsageError(
            f"{text!r} does not say where a date is",
            where="--dates",
            hint="Put YYYY, and if there are MM and DD, where they stand in the paths: --dates YYYY/MM/DD",
        )
    parts = (_PARTS.get(token) or ("[^/]*" if token == "*" else re.escape(token)) for token in tokens)
    return re.compile("".join(parts))


def date_in(path: str, pattern: re.Pattern[str] | None) -> str:
    """The date that a path names by a pattern: YYYY, YYYY-MM or YYYY-MM-DD; "" for none, or no day there is."""
    for match in pattern.finditer(path.replace("\\", "/")) if pattern else ():
        parts = match.groupdict()
        found = "-".join(parts[name] for name in ("year", "month", "day") if parts.get(name))
        if iso(found):
            return found
    return ""


def iso(text: str) -> str:
    """The day of an ISO 8601 date or time, as YYYY, YYYY-MM or YYYY-MM-DD; "" for anything else."""
    match = _ISO.match(text)
    if match is None:
        return ""
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(part for part in (year, month, day) if part)
