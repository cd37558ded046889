"""The dates of an archive's pairs, and the periods that they lie in.

A pair has the date of its translation, or of its original where that one's is not known. Dates are kept as figures,
YYYYMMDD, with 00 for a month or day that nobody knows, and 0 for no date: four bytes a pair.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from typing import Literal, get_args

from align.archive.store import Archive

By = Literal["month", "quarter", "year"]
PERIODS: tuple[By, ...] = get_args(By)


class Dates:
    """The dates of all pairs that are done, by their numbers."""

    def __init__(self, archive: Archive) -> None:
        self._codes = array("i")
        for record in archive.pairs("done"):
            missing = record.number + 1 - len(self._codes)
            if missing > 0:
                self._codes.extend([0] * missing)
            self._codes[record.number] = code(record.target_date or record.source_date)

    def __getitem__(self, number: int) -> int:
        return self._codes[number] if number < len(self._codes) else 0


def code(date: str) -> int:
    """YYYY, YYYY-MM or YYYY-MM-DD as a figure, 0 for none."""
    parts = date.split("-") if date else []
    if not all(part.isdigit() for part in parts):
        return 0
    year, month, day = (*map(int, parts[:3]), 0, 0, 0)[:3]
    return year * 10_000 + month * 100 + day


def shown(figure: int) -> str:
    """A figure as a date, "" for none."""
    year, month, day = figure // 10_000, figure // 100 % 100, figure % 100
    parts = [f"{year:04d}", *([f"{month:02d}"] if month else []), *([f"{day:02d}"] if month and day else [])]
    return "-".join(parts) if year else ""


def period(figure: int, by: By) -> str:
    """The period of a date: "2021", "2021-Q2", "2021-04"; "" where the date does not tell."""
    year, month = figure // 10_000, figure // 100 % 100
    if not year or (by != "year" and not month):
        return ""
    if by == "year":
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}" if by == "month" else f"{year:04d}-Q{(month + 2) // 3}"


def between(first: str, last: str, by: By) -> list[str]:
    """Every period from the first to the last, those with nothing in them included."""
    size = {"year": 1, "quarter": 4, "month": 12}[by]

    def number(name: str) -> int:
        return int(name[:4]) * size + (int(name[5:].lstrip("Q")) - 1 if size > 1 else 0)

    names = {1: "{year:04d}", 4: "{year:04d}-Q{part}", 12: "{year:04d}-{part:02d}"}
    return [
        names[size].format(year=at // size, part=at % size + 1)
        for at in range(number(first), number(last) + 1)
    ]


def spread(counts: Iterable[str], by: By) -> Counter[str]:
    """How often each period is named, with every period between the first and the last; undated ones under ""."""
    found = Counter(counts)
    dated = [name for name in found if name]
    if dated:
        for name in between(min(dated), max(dated), by):
            found.setdefault(name, 0)
    return found
