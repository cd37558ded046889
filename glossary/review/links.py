"""Links between concepts: where they lead after merges, and that they never lead round in a ring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from align.errors import InputError
from glossary.model import Entry, LinkType

State = Mapping[str, Entry]


def follow(state: State, number: str) -> str:
    """The concept that this one has been merged into, itself where it stands."""
    seen = {number}
    entry = state.get(number)
    while entry is not None and entry.merged_into and entry.merged_into not in seen:
        number = entry.merged_into
        seen.add(number)
        entry = state.get(number)
    return number


def check_cycles(state: State, changed: Iterable[Entry]) -> None:
    """Raises InputError where confirmed links of one type lead from a changed concept back to it.

    ``changed`` are laid over ``state``. Also raises it for a confirmed link to a concept that is not there.
    Linear in the number of concepts that can be reached.
    """
    over = _Overlay(state, {entry.concept.id: entry for entry in changed})
    types = {link.type for entry in over.changed.values() for link in entry.concept.links}
    for entry in over.changed.values():
        for link in entry.concept.links:
            if not link.proposed and over.get(link.target) is None:
                raise InputError(
                    f"a link to {link.target}, which is not there",
                    where=entry.concept.id,
                    hint="Put that concept in first, or take the link out",
                )
    # a merge can close a ring without a link being new: then the ring holds the concept merged into
    for type in types | _types_into(over):
        _walk(over, type)


def _types_into(over: _Overlay) -> set[LinkType]:
    if any(entry.merged_into for entry in over.changed.values()):
        return {"short form of", "narrower", "renamed to"}
    return set()


class _Overlay:
    """A state with changed entries over it."""

    def __init__(self, state: State, changed: dict[str, Entry]) -> None:
        self.state = state
        self.changed = changed

    def get(self, number: str) -> Entry | None:
        return self.changed[number] if number in self.changed else self.state.get(number)

    def targets(self, number: str, type: LinkType) -> list[str]:
        """Where the confirmed links of one type lead from a concept, merges followed."""
        entry = self.get(number)
        links = entry.concept.links if entry is not None else ()
        return [self.follow(link.target) for link in links if link.type == type and not link.proposed]

    def follow(self, number: str) -> str:
        seen = {number}
        entry = self.get(number)
        while entry is not None and entry.merged_into and entry.merged_into not in seen:
            number = entry.merged_into
            seen.add(number)
            entry = self.get(number)
        return number


def _walk(over: _Overlay, type: LinkType) -> None:
    """Depth first from every changed concept; a concept met again on the way to itself closes a ring."""
    finished: set[str] = set()
    for start in over.changed:
        path: list[str] = []
        on_path: set[str] = set()
        stack = [(over.follow(start), False)]
        while stack:
            number, leaving = stack.pop()
            if leaving:
                on_path.discard(path.pop())
                finished.add(number)
            elif number in on_path:
                ring = " → ".join([*path[path.index(number) :], number])
                raise InputError(
                    f"its links ({type}) lead round in a ring: {ring}",
                    where=start,
                    hint="Take one of these links out",
                )
            elif number not in finished:
                path.append(number)
                on_path.add(number)
                stack.append((number, True))
                stack.extend((target, False) for target in over.targets(number, type))
