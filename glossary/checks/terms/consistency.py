"""The table of consistency: each concept of the originals, each of its renderings, over all documents. Pure.

``consistency`` folds the uses of many pairs: inflected forms that two documents show in different cases are one
rendering, and each comes with its documents, its first use and its counts by date. The order is stable.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from glossary.checks.settings import base_lang
from glossary.checks.terms.wording import Difference, bases, closest, difference, name_words, shown
from glossary.checks.views import ProjectView
from glossary.model import Kind, Use

_SOUND = 0.5  # likeness to the name from which a word is the name in other letters


@dataclass(frozen=True, slots=True)
class RenderingRow:
    """One rendering of a concept over all documents.

    ``documents`` counts by the translation's name, ``dates`` by ISO date ("" unknown), ``forms`` by the form that
    the original has. ``first`` is its first use. ``deviates``: it is not the usual one, and not it shortened,
    inflected or as an acronym.
    """

    text: str
    count: int
    documents: Mapping[str, int]
    dates: Mapping[str, int]
    forms: Mapping[str, int]
    surfaces: Mapping[str, int]
    first: Use
    deviates: bool = False
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """One concept with all that it became in one language, the commonest first. ``forms`` count its names."""

    key: str
    term: str
    kind: Kind
    source_lang: str
    target_lang: str
    count: int
    forms: Mapping[str, int] = field(default_factory=dict)
    renderings: tuple[RenderingRow, ...] = ()

    @property
    def consistent(self) -> bool:
        """Whether no rendering deviates from the usual one."""
        return not any(row.deviates for row in self.renderings)


def order(use: Use) -> tuple[object, ...]:
    """Sorts uses as a reader meets them: by date (unknown ones last), document and place."""
    return (use.date or "9999", use.target, use.target_span, use.form)


def consistency(uses: Iterable[Use]) -> list[ConceptRow]:
    """All concepts with their renderings, by language and key."""
    groups: dict[tuple[str, str, str], list[Use]] = defaultdict(list)
    for use in uses:
        groups[use.key, base_lang(use.source_lang), base_lang(use.target_lang)].append(use)
    return [_concept(langs[1], sorted(members, key=order)) for langs, members in sorted(groups.items())]


def _concept(source_lang: str, uses: Sequence[Use]) -> ConceptRow:
    lang = base_lang(uses[0].target_lang)
    terms: Counter[str] = Counter()
    kinds: Counter[Kind] = Counter()
    forms: Counter[str] = Counter()
    for use in uses:
        terms[use.term] += use.count
        kinds[use.kind] += use.count
        forms[use.form] += use.count
    kind = max(kinds, key=lambda one: (kinds[one], one))
    term = max(terms, key=lambda one: (terms[one], one))
    rows = sorted(_renderings(uses, lang, kind), key=lambda row: (-row.count, order(row.first)))
    marked = [_marked(row, rows[0], lang, kind) for row in rows]
    return ConceptRow(
        uses[0].key,
        term,
        kind,
        source_lang,
        lang,
        sum(forms.values()),
        dict(forms.most_common()),
        tuple(marked),
    )


def _renderings(uses: Sequence[Use], lang: str, kind: Kind) -> Iterable[RenderingRow]:
    keys = _keys(uses, lang, kind)
    groups: dict[tuple[str, ...], list[Use]] = defaultdict(list)
    for use in uses:
        groups[keys[use.rendering]].append(use)
    for key, members in groups.items():
        own: Counter[str] = Counter()
        documents: Counter[str] = Counter()
        dates: Counter[str] = Counter()
        forms: Counter[str] = Counter()
        names: Counter[str] = Counter()
        for use in members:
            own.update(use.surfaces or {use.rendering: use.count})
            documents[use.target] += use.count
            dates[use.date] += use.count
            forms[use.form] += use.count
            names[use.rendering] += use.count
        text = max(names, key=lambda one: (keys[one] == key, names[one], one))
        if len(names) > 1:
            text = shown({**own, **names}, key, lang, tuple(forms)) if lang in ("ru", "uk") else text
        yield RenderingRow(
            text, sum(documents.values()), dict(sorted(documents.items())), dict(sorted(dates.items())),
            dict(forms.most_common()), dict(own.most_common()), members[0], uses=tuple(members),
        )  # fmt: skip


def _keys(uses: Sequence[Use], lang: str, kind: Kind) -> dict[str, tuple[str, ...]]:
    """Rendering → its base forms. Where there is but one, nothing has to be compared."""
    if len({use.rendering for use in uses}) == 1:
        return {uses[0].rendering: ()}
    surfaces: Counter[str] = Counter()
    for use in uses:
        surfaces.update(use.surfaces or {use.rendering: use.count})
        surfaces[use.rendering] += 0
    return bases(surfaces, lang, person=kind == "person")


def _marked(row: RenderingRow, usual: RenderingRow, lang: str, kind: Kind) -> RenderingRow:
    return replace(row, deviates=row is not usual and bool(deviation(usual, row, lang, kind)))


def deviation(usual: RenderingRow, row: RenderingRow, lang: str, kind: Kind) -> Difference:
    """How a rendering deviates from another of its concept.

    Other words count only where both render one form of the name: what a short form and a full name became may
    have nothing in common. Another spelling counts always.
    """
    found = difference(usual.text, row.text, lang, kind)
    if found in ("", "spelling"):
        return found
    shared = [form for form in row.forms if form in usual.forms]
    if not shared or (
        found == "words" and any(has_name(usual, form, lang) and has_name(row, form, lang) for form in shared)
    ):
        return ""
    return found


def has_name(row: RenderingRow, form: str, lang: str) -> bool:
    """Whether a rendering has the whole name in other letters: the rest is what stands by it."""
    words = name_words(row.text, lang)
    return all(closest(word, words) >= _SOUND for word in form.split())


_TABLES: WeakKeyDictionary[ProjectView, list[ConceptRow]] = WeakKeyDictionary()


def table(view: ProjectView) -> list[ConceptRow]:
    """``consistency`` of a project, made once for all rules that look at it."""
    if view not in _TABLES:
        _TABLES[view] = consistency(view.uses)
    return _TABLES[view]
