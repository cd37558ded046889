"""Wordings and renderings over time: how often each, by month, quarter or year.

Three questions: where words stand (``terms_over_time``), what legal marks say and what became of them
(``marks_over_time``), what a name was rendered as (``renderings_over_time``). Each answer is a ``Chart`` of panels; a
period counts every pair once, by the date of its translation or else of its original. Pairs without a date that tells
the period are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from align.archive.store import Archive
from align.errors import UsageError
from align.model import Document
from glossary.archive.dates import By, Dates, between, period
from glossary.archive.kept import Kept
from glossary.archive.reading import Mark, Named
from glossary.checks.settings import base_lang
from glossary.extract.match import Matcher, matcher
from glossary.extract.morphology import fold, lemma
from glossary.extract.words import UNSPACED, words
from glossary.model import AnnotationStatus, Term

Progress = Callable[[int, int], None]
Unit = Literal["count", "share"]
ANY = "any"
STATUSES: tuple[str, ...] = (ANY, *get_args(AnnotationStatus))
SERIES = 7
"""Wordings that are shown by themselves; the rest is one more."""
OTHER, LEFT_OUT = "other", "left out"
FATES = {"kept": "kept", "moved": "moved", "changed": "changed", "dropped": LEFT_OUT}


@dataclass(frozen=True, slots=True)
class Series:
    """One wording: how often by period, and in pairs without a date."""

    label: str
    counts: Mapping[str, int]
    undated: int = 0

    @property
    def total(self) -> int:
        """In all, undated ones included."""
        return sum(self.counts.values()) + self.undated


@dataclass(frozen=True, slots=True)
class Panel:
    """Series that belong together, the commonest first. ``unit`` says whether counts are drawn, or their shares."""

    title: str
    series: tuple[Series, ...]
    unit: Unit = "count"

    def in_period(self, name: str) -> int:
        """All that is counted in a period."""
        return sum(one.counts.get(name, 0) for one in self.series)


@dataclass(frozen=True, slots=True)
class Chart:
    """``periods`` without a gap; ``pairs`` of the archive by period, ``undated`` without one."""

    title: str
    by: By
    periods: tuple[str, ...]
    pairs: Mapping[str, int]
    undated: int
    panels: tuple[Panel, ...]

    @property
    def total(self) -> int:
        """All that is counted, in the panels together."""
        return sum(one.total for panel in self.panels for one in panel.series)


@dataclass(slots=True)
class _Tally:
    """Counts by group, key and period; of each key how it is written."""

    counts: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    written: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)

    def add(self, group: str, key: str, when: str, text: str, times: int = 1) -> None:
        self.counts.setdefault(group, {}).setdefault(key, Counter())[when] += times
        self.written.setdefault(group, {}).setdefault(key, Counter())[text] += times

    def panel(self, group: str, title: str, unit: Unit = "count", order: Sequence[str] = ()) -> Panel:
        """The panel of a group: the commonest keys by themselves, each called as it is mostly written."""
        held = self.counts.get(group, {})
        keys = [key for key in order if key in held] or sorted(
            held, key=lambda key: (-held[key].total(), key)
        )
        rows = [_series(_commonest(self.written[group][key]), [held[key]]) for key in keys[:SERIES]]
        if len(keys) > SERIES:
            rows.append(_series(OTHER, [held[key] for key in keys[SERIES:]]))
        return Panel(title, tuple(rows), unit)


def _commonest(texts: Counter[str]) -> str:
    return min(texts, key=lambda text: (-texts[text], text))


def _series(label: str, counters: Iterable[Counter[str]]) -> Series:
    counts: Counter[str] = Counter()
    for one in counters:
        counts.update(one)
    undated = counts.pop("", 0)
    return Series(label, dict(sorted(counts.items())), undated)


def _chart(title: str, by: By, archive: Archive, dates: Dates, panels: Sequence[Panel]) -> Chart:
    pairs: Counter[str] = Counter()
    for record in archive.pairs("done"):
        pairs[period(dates[record.number], by)] += 1
    undated = pairs.pop("", 0)
    names = tuple(between(min(pairs), max(pairs), by)) if pairs else ()
    return Chart(title, by, names, {name: pairs[name] for name in names}, undated, tuple(panels))


# Legal marks


def marks_over_time(kept: Kept, version: str, dates: Dates, status: str, by: By) -> Chart:
    """What legal marks of a status ("any": of all) say on either side, and what became of the originals'.

    Wordings count as one where only inflection, case and yo differ. Raises UsageError for an unknown status.
    """
    if status not in STATUSES:
        raise UsageError(
            f"there is no {status!r}", where="--annotation", hint=f"Choose from: {', '.join(STATUSES)}"
        )
    tally = _Tally()
    langs: dict[str, Counter[str]] = {"original": Counter(), "translation": Counter()}
    for pair, marks, fates in kept.marks(version):
        when = period(dates[pair], by)
        for mark in marks:
            if status in (ANY, *mark.statuses):
                side = "original" if mark.source else "translation"
                langs[side][mark.lang] += 1
                tally.add(side, wording(mark), when, " ".join(mark.text.split()))
        for fate in fates:
            if fate.source >= 0 and status in (ANY, *marks[fate.source].statuses):
                tally.add("fate", fate.verdict, when, FATES[fate.verdict])
    panels = [
        tally.panel("original", f"Wordings in the originals{_in(langs['original'])}"),
        tally.panel("translation", f"Wordings in the translations{_in(langs['translation'])}"),
        tally.panel("fate", "What became of the originals’ marks", "share", tuple(FATES)),
    ]
    about = "Legal marks" if status == ANY else f"Legal marks: {status}"
    return _chart(f"{about}, by {by}", by, kept.archive, dates, panels)


def _in(langs: Counter[str]) -> str:
    return f" ({', '.join(lang for lang, _ in langs.most_common())})" if langs else ""


def wording(mark: Mark) -> str:
    """A mark's words without what inflection and capitals change."""
    found = words(mark.text, mark.lang)
    slavic = mark.lang in ("ru", "uk")
    return " ".join(lemma(word.text.lower(), mark.lang) if slavic else fold(word.text) for word in found)


# Words


def terms_over_time(
    archive: Archive,
    dates: Dates,
    terms: Sequence[str],
    by: By,
    *,
    lang: str = "",
    progress: Progress | None = None,
) -> Chart:
    """Where words stand in the originals and the translations, in any inflection and case.

    One term is shown by its forms, several each as one. Raises UsageError for a term without words.
    """
    wanted = [" ".join(term.split()) for term in terms]
    if not all(any(sign.isalnum() for sign in term) for term in wanted):
        raise UsageError("a term needs words", where="--term", hint="Give the words to look for")
    searches: dict[str, _Search] = {}
    tally = _Tally()
    total = archive.counts()["done"]
    for done, (record, alignment) in enumerate(archive.alignments(), start=1):
        when = period(dates[record.number], by)
        for side, document in (("original", alignment.source), ("translation", alignment.target)):
            code = base_lang(document.lang)
            if lang and code != base_lang(lang):
                continue
            if code not in searches:
                searches[code] = _Search(wanted, code)
            for number, text in searches[code].find(document):
                shown = wanted[number] if len(wanted) > 1 else " ".join(text.split())
                tally.add(f"{side}\n{code}", fold(shown), when, shown)
        if progress is not None:
            progress(done, total)
    groups = sorted(tally.counts)
    panels = [tally.panel(group, "In the {}s ({})".format(*group.split("\n"))) for group in groups]
    quoted = ", ".join(f"“{term}”" for term in wanted)
    return _chart(f"{quoted}, by {by}", by, archive, dates, panels)


class _Search:
    """Terms to be looked for in texts of one language; most sentences are passed over by the words' beginnings."""

    def __init__(self, terms: Sequence[str], lang: str) -> None:
        made = [Term(term, lang, variants={term: 1}) for term in terms]
        self._matcher: Matcher = matcher(made, lang)
        self._starts = [
            tuple({fold(word.text)[:3] for word in words(term, lang)}) if lang not in UNSPACED else ()
            for term in terms
        ]

    def find(self, document: Document) -> Iterable[tuple[int, str]]:
        """The number of each term found, and how it is written."""
        text = document.text
        whole = fold(text)
        if not any(all(start in whole for start in starts) for starts in self._starts):
            return
        for segment in document.segments:
            folded = fold(text[segment.start : segment.end])
            if any(all(start in folded for start in starts) for starts in self._starts):
                for hit in self._matcher.find(text, segment.start, segment.end):
                    yield hit.term, text[hit.start : hit.end]


# Renderings


def renderings_over_time(
    kept: Kept, version: str, dates: Dates, term: str, by: By, *, lang: str = ""
) -> Chart:
    """What a name of the originals became: each rendering by period, with what was left out.

    The name is found by its base form, its lemmas or any form that it was read in. With ``lang`` it is one of that
    language, on whichever side. Raises UsageError where no pair has it.
    """
    from glossary.extract.pairing import grouped_renderings

    wanted, tally = fold(" ".join(term.split())), _Tally()
    times: dict[str, Counter[str]] = {}
    rows: Counter[tuple[str, str, str]] = Counter()
    found = False
    langs = {base_lang(lang)} if lang else _originals(kept.archive)
    for pair, names in kept.names(version):
        for name in names:
            if base_lang(name.lang) not in langs or not _is(name, wanted):
                continue
            found = True
            for one in name.renderings:
                times.setdefault(one.lang, Counter())[one.text] += one.times
                rows[one.lang, one.text, period(dates[pair], by)] += one.times
    if not found:
        raise UsageError(
            f"no pair has a name “{term}”",
            where=str(kept.archive.path),
            hint="`concord archive terms` lists them; --lang says of which language, --term takes any words",
        )
    heads = {
        code: grouped_renderings({t: n for t, n in own.items() if t}, code) for code, own in times.items()
    }
    for (code, text, when), count in rows.items():
        head = heads[code].get(text, "")
        tally.add(code, head, when, head or LEFT_OUT, count)
    panels = [tally.panel(code, f"Renderings ({code})") for code in sorted(times)]
    return _chart(f"Renderings of “{term}”, by {by}", by, kept.archive, dates, panels)


def _originals(archive: Archive) -> set[str]:
    """The languages of the originals."""
    return {base_lang(record.source_lang) for record in archive.pairs("done")}


def _is(name: Named, wanted: str) -> bool:
    known = (name.key.partition(":")[2], fold(name.text))
    return wanted in known or any(fold(surface) == wanted for surface in name.surfaces)
