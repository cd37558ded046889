"""A candidate has one concept: where two versions give it to two, that is a conflict of these. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from glossary.model import Entry
from glossary.review.sync import Conflict, Outcome, Side
from glossary.review.valid import label


def settle(outcome: Outcome, owners: Mapping[str, Entry], take: Mapping[str, Side] | None = None) -> Outcome:
    """The outcome without entries that would take over a candidate of a concept that people have decided.

    ``owners`` are the decided concepts of the project by the keys of their candidates. Such an entry is in conflict.
    With ``take`` (as in ``bring_together``) "ours" it goes in without the candidate, with "theirs" the candidate
    is moved over from its concept, if that is in no conflict itself.
    """
    take = take or {}
    agreed, conflicts = dict(outcome.agreed), list(outcome.conflicts)
    stuck = {conflict.id for conflict in conflicts}
    to_us = {entry.concept.id for entry in outcome.to_us}
    to_them, left = list(outcome.to_them), dict(outcome.left_theirs)
    for number in sorted(to_us):
        for key, owner in _contested(agreed[number], owners, agreed, outcome.gone).items():
            other = owner.concept.id
            side = take.get(number, take.get("*"))
            if side == "ours":
                agreed[number] = _without(agreed[number], key)
                to_them.append(number)
            elif side == "theirs" and other not in stuck:
                agreed[other] = _without(agreed.get(other, owner), key)
                to_us.add(other)
                to_them.append(other)
            else:
                conflicts.append(_conflict(agreed[number], key, owner))
                stuck.add(number)
    for number in stuck.intersection(agreed):
        left[number] = agreed.pop(number)
    return replace(
        outcome,
        agreed=agreed,
        to_us=tuple(agreed[number] for number in sorted(to_us - stuck)),
        to_them=tuple(number for number in dict.fromkeys(to_them) if number not in stuck),
        conflicts=tuple(conflicts),
        left_theirs=left,
    )


def _contested(
    entry: Entry, owners: Mapping[str, Entry], agreed: Mapping[str, Entry], gone: tuple[str, ...]
) -> dict[str, Entry]:
    """The keys of an entry that another concept has and keeps, with that concept."""
    found = {}
    for key in entry.keys:
        owner = owners.get(key)
        if owner is None or owner.concept.id in (entry.concept.id, *gone):
            continue
        if key in agreed.get(owner.concept.id, owner).keys:
            found[key] = owner
    return found


def _without(entry: Entry, key: str) -> Entry:
    return replace(entry, keys=tuple(other for other in entry.keys if other != key))


def _conflict(entry: Entry, key: str, owner: Entry) -> Conflict:
    ours = f"it belongs to {label(owner.concept)} ({owner.concept.id}, {owner.concept.state})"
    theirs = f"to {label(entry.concept)} ({entry.concept.id}, {entry.concept.state})"
    return Conflict(entry.concept.id, label(entry.concept), f"candidate {key}", ours, theirs)
