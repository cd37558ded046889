"""Which documents of two sides belong together: by a given list, by patterns, names, addresses, and by content.

The steps follow one another; what one has paired is out of the way of the next. What is left at the end has no
counterpart, and is said to have none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from align.archive.match_listing import Listing, kept
from align.archive.match_names import Named, Pattern, by_alternates, by_list, by_names, by_pattern, by_urls
from align.archive.pairs import DocumentPair
from align.errors import InputError, UsageError

if TYPE_CHECKING:
    from align.archive.match_content import Found, Sides

Step = Literal["names", "url", "content"]
STEPS: tuple[Step, ...] = get_args(Step)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that could not be read, and why."""

    path: str
    error: str


@dataclass(frozen=True, slots=True)
class Left:
    """A document without a counterpart, of the side "source" or "target".

    ``nearest`` is the likeliest of the other side, with this probability; "" for none.
    """

    side: str
    path: str
    nearest: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to match. ``listed`` and ``patterns`` come first, then ``steps`` in their order.

    ``many``: by content a document may be in several pairs. ``least``: the probability from which two documents are
    a pair. ``model``, ``encoding`` and ``read_as`` are for reading; ``workers`` changes nothing but the time.
    """

    steps: tuple[Step, ...] = ("content",)
    listed: tuple[DocumentPair, ...] = ()
    listed_in: str = ""
    patterns: tuple[Pattern, ...] = ()
    langs: tuple[str | None, str | None] = (None, None)
    many: bool = False
    least: float = 0.5
    model: str | None = None
    encoding: str | None = None
    read_as: str | None = None
    workers: int = 1

    @property
    def reads(self) -> bool:
        """Whether the documents have to be read: names alone do without."""
        return (
            "content" in self.steps or "url" in self.steps or any(pattern.urls for pattern in self.patterns)
        )


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
    """The pairs of two sides, in the order of the source's documents, and what is left of both.

    ``progress(what, done, total)`` counts the documents "read" and then "compared". Raises InputError where no
    document of a side can be read, ModelError, and what the steps raise.
    """
    run = _Run(source, target)
    if wanted.listed:
        run.take(by_list(source, target, wanted.listed, wanted.listed_in))
    names_only = [pattern for pattern in wanted.patterns if not pattern.urls]
    for pattern in names_only:
        run.take(by_pattern(*run.left, pattern))
    steps = list(wanted.steps)
    while steps and steps[0] == "names":
        run.take(by_names(*run.left, wanted.langs))
        steps.pop(0)
    if wanted.reads and all(side.documents for side in run.left):
        _read_and_match(run, wanted, steps, progress)
    return run.ended()


def _read_and_match(run: _Run, wanted: Wanted, steps: Sequence[Step], progress: Progress | None) -> None:
    """The steps that need what is in the documents; only those are read that have no counterpart yet."""
    from align.archive.match_content import by_content, read_sides, with_urls
    from align.archive.match_reading import How

    how = How(wanted.model, wanted.read_as, wanted.encoding)
    sides = read_sides(*run.left, how, wanted.workers, progress)
    run.read(sides)
    run.left = with_urls(run.left[0], sides.source), with_urls(run.left[1], sides.target)
    for pattern in wanted.patterns:
        if pattern.urls:
            run.take(by_pattern(*run.left, pattern))
    for step in steps:
        if step == "names":
            run.take(by_names(*run.left, wanted.langs))
        elif step == "url":
            run.take(by_alternates(*run.left, sides.source.others, sides.target.others))
            run.take(by_urls(*run.left, wanted.langs))
        else:
            paths = tuple(frozenset(document.path for document in side.documents) for side in run.left)
            run.take_found(
                by_content(
                    sides,
                    (paths[0], paths[1]),
                    many=wanted.many,
                    least=wanted.least,
                    workers=wanted.workers,
                    progress=progress,
                )
            )


class _Run:
    """What has been paired so far, and what is left for the next step."""

    def __init__(self, source: Listing, target: Listing) -> None:
        self.source = source
        self.left = source, target
        self.pairs: list[DocumentPair] = []
        self.warnings: list[str] = []
        self.unreadable: list[Unreadable] = []
        self.nearest: dict[str, tuple[str, float]] = {}
        self.signature = ""

    def take(self, found: Named) -> None:
        """Keeps the pairs of a step, and takes their documents out of the way."""
        self.pairs.extend(found.pairs)
        used = {pair.source for pair in found.pairs}, {pair.target for pair in found.pairs}
        self.left = (
            kept(self.left[0], lambda document: document.path not in used[0]),
            kept(self.left[1], lambda document: document.path not in used[1]),
        )
        self.warnings.extend(_doubts(found))

    def take_found(self, found: Found) -> None:
        """Keeps the pairs that the content gave."""
        self.take(Named(tuple(DocumentPair(a, b, round(p, 4), "content") for a, b, p in found.pairs)))
        self.nearest |= found.nearest
        self.signature = found.signature

    def read(self, sides: Sides) -> None:
        """Puts aside what could not be read. Raises InputError where nothing of a side could."""
        for listing, side in zip(self.left, (sides.source, sides.target), strict=True):
            self.unreadable += [Unreadable(path, error) for path, error in side.errors.items()]
            if not side.paths:
                raise InputError(
                    f"none of its {len(listing.documents):,} documents can be read",
                    where=listing.given,
                    hint=f"The first says: {next(iter(side.errors.values()), '')}",
                )
        lost = {each.path for each in self.unreadable}
        self.left = (
            kept(self.left[0], lambda document: document.path not in lost),
            kept(self.left[1], lambda document: document.path not in lost),
        )

    def ended(self) -> Matching:
        """The result."""
        place = {document.path: i for i, document in enumerate(self.source.documents)}
        left = [
            Left(side, document.path, *self.nearest.get(document.path, ("", None)))
            for side, listing in (("source", self.left[0]), ("target", self.left[1]))
            for document in listing.documents
        ]
        return Matching(
            tuple(sorted(self.pairs, key=lambda pair: (place[pair.source], pair.target))),
            tuple(left),
            tuple(self.unreadable),
            tuple(self.warnings),
            self.signature,
        )


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
