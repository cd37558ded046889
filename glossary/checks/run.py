"""Runs rules over views, and gives what they find its sentence, line and fingerprint. Pure."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from align.model import Document
from glossary.checks.base import Draft, Place, Rule, Unchecked
from glossary.checks.settings import Settings
from glossary.checks.views import PairView, ProjectView, TextView
from glossary.model import Count, Finding, Gap, Spot

ORIGINAL, TRANSLATION = "original", "translation"


class Source:
    """A document that findings lie in: lines, sentences, and what its sentences are translated as."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _lines(self) -> list[int]:
        text = self.document.text
        return [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.document.segments]

    def spot(self, place: Place) -> Spot:
        """A place with its sentence (from the first to the last it touches), line and column."""
        document = self.document
        line = bisect_right(self._lines, place.start)
        first = max(0, bisect_right(self._starts, place.start) - 1)
        last = max(first, bisect_right(self._starts, max(place.end - 1, place.start)) - 1)
        segments = document.segments
        start = min(segments[first].start, place.start) if segments else place.start
        end = max(segments[last].end, place.end) if segments else place.end
        if segments and segments[first].end <= place.start and place.end > place.start:
            start, end = place.start, max(place.end, end)
        return Spot(
            document.name, document.lang, place.start, place.end, document.text[place.start : place.end],
            line, place.start - self._lines[line - 1] + 1, document.text[start:end], start, place.label,
        )  # fmt: skip


def check_text(view: TextView, rules: Sequence[Rule]) -> tuple[list[Finding], list[Gap]]:
    """What rules on one text find in it; those of the other scopes are passed over."""
    wanted = [
        r for r in rules if r.scope == "text" and (r.both_sides or view.pair is None or view.is_translation)
    ]
    sources = {view.name: Source(view.document)}
    if view.pair is not None:
        sources = {side.name: Source(side.document) for side in (view.pair.source, view.pair.target)}
    return _completed(
        ((rule, rule.check(view, view.settings)) for rule in wanted), sources, view.settings, view.pair
    )


def check_pair(view: PairView, rules: Sequence[Rule]) -> tuple[list[Finding], list[Gap]]:
    """What rules on a pair find in it, and rules on texts in both of its texts."""
    sources = {side.name: Source(side.document) for side in (view.source, view.target)}
    wanted = [rule for rule in rules if rule.scope == "pair"]
    found, gaps = _completed(
        ((r, r.check(view, view.settings)) for r in wanted), sources, view.settings, view
    )
    for side in (view.source, view.target):
        more, open_ = check_text(side, rules)
        found += more
        gaps += open_
    return found, gaps


def check_project(
    view: ProjectView, rules: Sequence[Rule], sources: Mapping[str, Source]
) -> tuple[list[Finding], list[Gap]]:
    """What rules on the whole project find; ``sources`` gives the documents by name, read when asked for."""
    wanted = [rule for rule in rules if rule.scope == "project"]
    return _completed(((r, r.check(view, view.settings)) for r in wanted), sources, view.settings, None)


def _completed(
    runs: Iterable[tuple[Rule, Iterable[Draft | Unchecked]]],
    sources: Mapping[str, Source],
    settings: Settings,
    pair: PairView | None,
) -> tuple[list[Finding], list[Gap]]:
    findings: list[Finding] = []
    gaps: list[Gap] = []
    seen: Counter[str] = Counter()
    for rule, drafts in runs:
        for draft in drafts:
            if isinstance(draft, Unchecked):
                gaps.append(Gap(rule.code, draft.reason, draft.document))
            else:
                findings.append(_finding(rule, draft, sources, settings, pair, seen))
    return findings, gaps


def _finding(
    rule: Rule,
    draft: Draft,
    sources: Mapping[str, Source],
    settings: Settings,
    pair: PairView | None,
    seen: Counter[str],
) -> Finding:
    spot = sources[draft.place.document].spot(draft.place)
    evidence = [sources[place.document].spot(place) for place in draft.evidence]
    if pair is not None and not any(one.document != spot.document for one in evidence):
        other = counterpart(pair, draft.place)
        evidence = [*([sources[other.document].spot(other)] if other else []), *evidence]
    table = tuple(
        Count(
            row.text, row.count, sources[row.first.document].spot(row.first) if row.first else None, row.note
        )
        for row in draft.table
    )
    identity = draft.identity or (spot.text, " ".join(spot.sentence.split()))
    return Finding(
        rule.code, rule.name, draft.severity or settings.severity(rule), draft.message, spot, tuple(evidence),
        draft.suggestion, draft.replacement, draft.match, table, draft.concept,
        fingerprint(rule.code, spot.document, identity, seen),
    )  # fmt: skip


def fingerprint(code: str, document: str, identity: Sequence[str], seen: Counter[str]) -> str:
    """16 hex digits of SHA-256 over rule, document, identity, and how many with the same came before."""
    own = "\x1f".join((code, document, *identity))
    seen[own] += 1
    return hashlib.sha256(f"{own}\x1f{seen[own]}".encode()).hexdigest()[:16]


def counterpart(pair: PairView, place: Place) -> Place | None:
    """The other text's part of the bead that a place is in, None where that side is empty."""
    is_source = place.document == pair.source.name
    view = pair.source if is_source else pair.target
    bead = pair.bead_of("source" if is_source else "target", view.segment_at(place.start))
    span = pair.span("target" if is_source else "source", bead)
    other = pair.target if is_source else pair.source
    label = TRANSLATION if is_source else ORIGINAL
    return Place(other.name, *span, label) if span else None


def without_doubles(findings: Sequence[Finding], rules: Sequence[Rule]) -> list[Finding]:
    """The findings without those whose rule yields to another that reports an overlapping place.

    A finding whose words differ in number from what is usual says more than a spelling: it stays.
    """
    yields = {rule.code: rule.yields_to for rule in rules if rule.yields_to}
    winners = {code for codes in yields.values() for code in codes}
    held: dict[tuple[str, str], list[Spot]] = {}
    for one in findings:
        if one.code in winners:
            held.setdefault((one.code, one.spot.document), []).append(one.spot)
    return [
        one
        for one in findings
        if not _word_for_word(one)
        or not any(
            spot.start < one.spot.end and one.spot.start < spot.end
            for code in yields.get(one.code, ())
            for spot in held.get((code, one.spot.document), ())
        )
    ]


def _word_for_word(one: Finding) -> bool:
    """Whether what was found has as many words as the usual way to say it, where its table names one."""
    usual = next((row.text for row in one.table if row.note == "usual"), one.spot.text)
    return len(usual.split()) == len(one.spot.text.split())
