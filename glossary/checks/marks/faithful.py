"""Whether a fault of a translation is one of its original, or one that the ledger tells already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from weakref import WeakKeyDictionary

from glossary.checks.marks.mentions import Group, Mention, groups
from glossary.checks.marks.pairs import dropped, names_of
from glossary.checks.marks.places import locate
from glossary.checks.views import PairView, Span, TextView

_MISSING: WeakKeyDictionary[PairView, list[Span]] = WeakKeyDictionary()


def has_partner(view: TextView, group: Group, fits: Callable[[TextView, Group], bool]) -> bool:
    """Whether the same concept of the original, by the ledger, is a group that fits; False for an original."""
    if view.pair is None or not view.is_translation:
        return False
    pair = view.pair
    own = {one.mark for one in group.marked}
    partners = {e.source for e in pair.ledger if e.target in own and e.source is not None}
    return any(
        fits(pair.source, other)
        for other in groups(pair.source)
        if partners & {one.mark for one in other.marked}
    )


def missing_at(view: TextView, one: Mention) -> bool:
    """Whether the ledger misses a mark of the original at this mention of the translation."""
    if view.pair is None or not view.is_translation:
        return False
    if view.pair not in _MISSING:
        _MISSING[view.pair] = list(_missing(view.pair))
    return any(start < one.end and one.start < end for start, end in _MISSING[view.pair])


def _missing(pair: PairView) -> Iterator[Span]:
    for entry in dropped(pair):
        assert entry.source is not None
        for span in names_of(pair.source.marks[entry.source], entry):
            found = locate(pair, span)
            if found is not None:
                yield found[0].start, found[0].end
