"""Which documents of two sides belong together: by a given list, by patterns, names, addresses, and by content.

The steps follow one another; what one has paired is out of the way of the next. What is left at the end has no
counterpart, and is said to have none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from align.archive.match_listing import Listing, kept
from align.archive.match_names import Named, Pattern, by_list, by_names, by_pattern, by_urls
from align.archive.pairs import DocumentPair
from align.errors import UsageError

Step = Literal["names", "url", "content"]
STEPS: tuple[Step, ...] = get_args(Step)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that could not be read, and why."""

    path: str
    error: str


@dataclass(frozen=True, slots=True)
class Left:
    """A document without a counterpart. ``nearest`` was the likeliest other, with this probability; "" for none."""

    side: Literal["source", "target"]
    path: str
    nearest: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to match. ``listed`` and ``patterns`` come first, then ``steps`` in their order."""

    steps: tuple[Step, ...] = ("content",)
    listed: tuple[DocumentPair, ...] = ()
    listed_in: str = ""
    patterns: tuple[Pattern, ...] = ()
    langs: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Matching:
    """What belongs together and what is left."""

    pairs: tuple[DocumentPair, ...]
    left: tuple[Left, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    warnings: tuple[str, ...] = ()
    signature: str = ""


def steps_of(text: str) -> tuple[Step, ...]:
    """The steps that ``--by`` names. Raises UsageError."""
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    found = tuple(step for name in names for step in STEPS if name in (step, step.rstrip("s"), f"{step}s"))
    if len(found) != len(names) or len(set(found)) != len(found):
        raise UsageError(
            f"{text!r} is no way to match",
            where="--by",
            hint=f"Give one or more of {', '.join(STEPS)}, in order",
        )
    return found


def match(source: Listing, target: Listing, wanted: Wanted, progress: Progress | None = None) -> Matching:
    """The pairs of two sides, in the order of the source's documents, and what is left of both."""
    pairs: list[DocumentPair] = []
    warnings: list[str] = []
    left = source, target

    def take(found: Named) -> None:
        nonlocal left
        pairs.extend(found.pairs)
        used = {pair.source for pair in found.pairs}, {pair.target for pair in found.pairs}
        left = kept(left[0], lambda d: d.path not in used[0]), kept(left[1], lambda d: d.path not in used[1])
        warnings.extend(_doubts(found))

    if wanted.listed:
        take(by_list(*left, wanted.listed, wanted.listed_in))
    for pattern in wanted.patterns:
        take(by_pattern(*left, pattern))
    for step in wanted.steps:
        if step == "names":
            take(by_names(*left, wanted.langs))
        elif step == "url":
            take(by_urls(*left, wanted.langs))
    rest = [Left("source", d.path) for d in left[0].documents] + [
        Left("target", d.path) for d in left[1].documents
    ]
    return Matching(tuple(ordered(source, pairs)), tuple(rest), warnings=tuple(warnings))


def ordered(source: Listing, pairs: Sequence[DocumentPair]) -> list[DocumentPair]:
    """The pairs in the order of the source's documents."""
    place = {document.path: i for i, document in enumerate(source.documents)}
    return sorted(pairs, key=lambda pair: (place[pair.source], pair.target))


def _doubts(found: Named) -> list[str]:
    lines = []
    if found.missing:
        lines.append(f"{_some(found.missing)} of the list {_are(found.missing)} not among the documents")
    if found.ambiguous:
        lines.append(
            f"{_some(found.ambiguous)}: several documents of a side have this name, so it pairs none"
        )
    return lines


def _some(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - 3:,} more" if len(paths) > 3 else ""
    return ", ".join(paths[:3]) + more


def _are(paths: Sequence[str]) -> str:
    return "is" if len(paths) == 1 else "are"
