"""The terms of an archive into a project, as candidates for people to review, with sentences as their evidence.

A few pairs that hold examples go into the project with their alignments, so that every candidate can be seen in its
sentences; counts are those of the whole archive. What people have decided stays as it is (``store/build.py``), and so
do rejected terms; undecided proposals of before make way for these.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from align import __version__
from align.archive.store import Archive
from align.model import Document
from glossary.archive.names import Mined, RenderedAs
from glossary.archive.reading import key_of
from glossary.archive.running import view
from glossary.checks.settings import Settings
from glossary.checks.views import PairView
from glossary.extract.morphology import fold
from glossary.model import Candidate, CaseRule, Occurrence, Rendering, Term
from glossary.store import BuildReport, Glossary

EXAMPLES = 3
"""Pairs that are looked through for the sentences of a term."""
PER_PAIR = 4
"""Sentences of a term from one pair."""


def chosen_pairs(terms: Sequence[Mined], examples: int = EXAMPLES) -> list[int]:
    """Pairs that hold ``examples`` of each term, or as many as are known; those that hold several terms first."""
    chosen: set[int] = set()
    for one in terms:
        missing = examples - sum(pair in chosen for pair in one.sources)
        if missing > 0:
            chosen.update([pair for pair in one.sources if pair not in chosen][:missing])
    return sorted(chosen)


def propose_into(
    glossary: Glossary,
    archive: Archive,
    terms: Sequence[Mined],
    *,
    author: str,
    settings: Settings | None = None,
    examples: int = EXAMPLES,
    progress: Callable[[int, int], None] | None = None,
) -> BuildReport:
    """Keeps the terms in a project as what its last build found, in one transaction. Raises StoreError."""
    names = [one for one in terms if one.kind != "phrase"]
    by_key = {f"{one.lang}:{fold(one.text)}": one for one in names} | {one.key: one for one in names}
    phrases = [one for one in terms if one.kind == "phrase"]
    places: dict[str, list[Occurrence]] = {_place(one): [] for one in terms}
    rendered: dict[tuple[str, str, str], list[tuple[Occurrence, Occurrence]]] = {}
    numbers = chosen_pairs(terms, examples)
    with glossary.store.transaction():
        for done, number in enumerate(numbers, start=1):
            pair = view(archive, number, settings or Settings())
            glossary.store.save_alignment(pair.alignment, author=author)
            _collect(pair, by_key, places, rendered)
            for phrase in phrases:
                if number in phrase.sources:
                    places[_place(phrase)] += list(_phrase(pair, phrase))[:PER_PAIR]
            if progress is not None:
                progress(done, len(numbers))
        documents, _ = glossary.documents()
        candidates = [_candidate(one, places[_place(one)], rendered) for one in terms]
        return glossary.build(
            candidates, documents, author=author, signature=f"concord:{__version__}|archive"
        )


def _place(one: Mined) -> str:
    """A name and a phrase may have the same lemmas."""
    return f"{one.kind == 'phrase'} {one.key}"


def _collect(
    pair: PairView,
    by_key: dict[str, Mined],
    places: dict[str, list[Occurrence]],
    rendered: dict[tuple[str, str, str], list[tuple[Occurrence, Occurrence]]],
) -> None:
    """Adds the places of one pair's names, and those of what renders them."""
    for name in pair.names:
        one = by_key.get(key_of(name)) or by_key.get(f"{name.term.lang}:{fold(name.term.text)}")
        if one is None:
            continue
        own = name.occurrences[:PER_PAIR]
        places[_place(one)] += own
        for r in name.renderings:
            head = next((r2.text for r2 in one.renderings if r2.lang == r.lang and r.text in r2.variants), "")
            if head:
                both = [row for row in zip(r.sources, r.occurrences, strict=False) if row[0] in own]
                rendered.setdefault((one.key, r.lang, head), []).extend(both)


def _phrase(pair: PairView, phrase: Mined) -> Iterator[Occurrence]:
    """Where a phrase stands in a pair, in the forms that are known."""
    forms = sorted(phrase.surfaces, key=len, reverse=True)
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(r"\s".join(map(re.escape, f.split())) for f in forms) + r")(?!\w)"
    )
    for side in (pair.source, pair.target):
        if side.lang == phrase.lang:
            for match in pattern.finditer(side.text):
                yield _occurrence(side.document, match.start(), match.end())


def _occurrence(document: Document, start: int, end: int) -> Occurrence:
    starts = [segment.start for segment in document.segments]
    return Occurrence(
        document.name, max(0, bisect_right(starts, start) - 1), start, end, document.text[start:end]
    )


def _candidate(
    one: Mined,
    places: Sequence[Occurrence],
    rendered: dict[tuple[str, str, str], list[tuple[Occurrence, Occurrence]]],
) -> Candidate:
    lang, _, lemmas = one.key.partition(":")
    renderings = tuple(_rendering(r, rendered.get((one.key, r.lang, r.text), ())) for r in one.renderings)
    case: CaseRule = "as written" if one.text.isupper() else "any"
    term = Term(one.text, one.lang, lemmas, case=case, variants=one.surfaces)
    note = f"{one.note}; " if one.note else ""
    return Candidate(
        f"{lang}:{one.kind}:{lemmas}", term, one.kind, one.count, one.score, tuple(dict.fromkeys(places)), renderings,
        reason=f"{note}in {one.pairs} pairs of an archive",
    )  # fmt: skip


def _rendering(one: RenderedAs, both: Sequence[tuple[Occurrence, Occurrence]]) -> Rendering:
    return Rendering(
        one.text, one.lang, one.count, one.confidence, (), tuple(target for _, target in both), one.variants,
        tuple(source for source, _ in both),
    )  # fmt: skip
