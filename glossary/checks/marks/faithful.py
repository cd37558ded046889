"""Whether a fault of a translation is one of its original, or one that the ledger tells already."""

from __future__ import annotations

from collections.abc import Callable

from glossary.checks.marks.mentions import Group, Mention, groups
from glossary.checks.marks.pairs import dropped, locate, names_of
from glossary.checks.views import TextView


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
    pair = view.pair
    for entry in dropped(pair):
        assert entry.source is not None
        for span in names_of(pair.source.marks[entry.source], entry):
            found = locate(pair, span)
            if found is not None and found[0].start < one.end and one.start < found[0].end:
                return True
    return False
