"""Matching by what the documents say: read both sides once, find neighbours, weigh the candidates, choose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

import numpy as np

from align import __version__
from align.archive import match_score as scoring
from align.archive.match_listing import Listing
from align.archive.match_neighbours import neighbours
from align.archive.match_parameters import MatchParameters, default_match_parameters
from align.archive.match_reading import Collected, How, collected, read_all
from align.embed import load_embedder

Progress = Callable[[str, int, int], None]
"""Called with "read" or "compared", the documents for which that is done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides as they were read, and the model that gave the vectors."""

    source: Collected
    target: Collected
    model: str


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs (source path, target path, probability), and the likeliest other of each document that has none."""

    pairs: tuple[tuple[str, str, float], ...]
    nearest: dict[str, tuple[str, float]]
    signature: str = ""


def read_sides(
    source: Listing, target: Listing, how: How, workers: int = 1, progress: Progress | None = None
) -> Sides:
    """Reads every document of both sides once. Raises ModelError, and what ``read_all`` raises."""
    embedder = load_embedder(how.model)
    documents = (*source.documents, *target.documents)
    report = progress and partial(progress, "read")
    found = read_all(documents, how, embedder, workers=workers, progress=report)
    ours = collected(islice(found, len(source.documents)), len(source.documents))
    theirs = collected(found, len(target.documents))
    return Sides(ours, theirs, f"{embedder.name}@{embedder.revision}")


def with_urls(listing: Listing, read: Collected) -> Listing:
    """The side with the addresses that its pages give themselves."""
    return replace(
        listing,
        documents=tuple(replace(d, url=d.url or read.urls.get(d.path, "")) for d in listing.documents),
    )


def by_content(
    sides: Sides,
    kept: tuple[frozenset[str], frozenset[str]],
    *,
    many: bool = False,
    least: float = 0.5,
    workers: int = 1,
    parameters: MatchParameters | None = None,
    progress: Progress | None = None,
) -> Found:
    """The pairs among the documents of both sides whose paths are in ``kept``."""
    source, target = (
        side.only(paths) for side, paths in zip((sides.source, sides.target), kept, strict=True)
    )
    if not source.paths or not target.paths:
        return Found((), {})
    candidates = candidates_of(source.contents, target.contents, workers, progress)
    parameters = parameters or default_match_parameters()
    confidence = parameters.confidence(candidates.features)
    choose = scoring.many_to_many if many else scoring.one_to_one
    chosen = choose(candidates, confidence, least)
    pairs = tuple(
        (source.paths[i], target.paths[j], float(p))
        for i, j, p in zip(chosen.source, chosen.target, chosen.confidence, strict=True)
    )
    near: dict[str, tuple[str, float]] = {}
    for k in np.argsort(confidence, kind="stable"):  # the likeliest comes last and stays
        i, j = source.paths[candidates.source[k]], target.paths[candidates.target[k]]
        near[i], near[j] = (j, float(confidence[k])), (i, float(confidence[k]))
    for i, j, _ in pairs:
        near.pop(i, None)
        near.pop(j, None)
    settings = f"{'many' if many else 'one-to-one'}|least:{least:g}|parameters:{parameters.digest}"
    return Found(pairs, near, f"concord:{__version__}|match|model:{sides.model}|{settings}")


def candidates_of(
    source: scoring.Contents, target: scoring.Contents, workers: int = 1, progress: Progress | None = None
) -> scoring.Candidates:
    """Each document's nearest on the other side, both ways, with their features."""
    left, right = scoring.whole(source), scoring.whole(target)
    there, back = neighbours(
        left, right, scoring.NEAREST, threads=workers, progress=progress and partial(progress, "compared")
    )
    return scoring.candidates(source, target, there, back)
