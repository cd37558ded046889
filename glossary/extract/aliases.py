"""The small packaged list of well-known aliases, and a project's own list over it. No statuses, proposals only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

from align.errors import FormatError
from glossary.extract.morphology import fold, lemma

Key = tuple[str, ...]
ListedKind = Literal["", "organisation", "person", "place", "programme"]


@dataclass(frozen=True, slots=True)
class Aliases:
    """Groups of names of one thing: ``groups[i]`` maps a language to its names, the head first."""

    groups: tuple[Mapping[str, tuple[str, ...]], ...]
    kinds: tuple[ListedKind, ...] = ()
    _index: dict[tuple[str, Key], int] = field(default_factory=dict, compare=False, repr=False)

    def group_of(self, name: Sequence[str], lang: str) -> int | None:
        """The number of the group that has this name (its words, in any case form), or None."""
        return self._index.get((lang, alias_key(name, lang)))

    def kind_of(self, name: Sequence[str], lang: str) -> ListedKind:
        """The kind of a listed name, "" where none is given."""
        group = self.group_of(name, lang)
        return self.kinds[group] if group is not None else ""

    def names(self, group: int, lang: str) -> tuple[str, ...]:
        """A group's names in a language."""
        return self.groups[group].get(lang, ())


def alias_key(name: Sequence[str], lang: str) -> Key:
    """A name's words for comparison; acronyms keep their capitals, so that "IS" is not "is"."""
    return tuple(_plain(word, lang) for word in name)


@cache
def _plain(word: str, lang: str) -> str:
    bare = word.replace(".", "")
    return (
        bare
        if bare.isupper() and len(bare) > 1
        else lemma(word, lang)
        if lang in ("ru", "uk")
        else fold(bare)
    )


Group = tuple[ListedKind, Mapping[str, tuple[str, ...]]]
_KINDS: dict[str, ListedKind] = {
    "": "",
    "organisation": "organisation",
    "person": "person",
    "place": "place",
    "programme": "programme",
}


def parse_aliases(text: str, where: str = "aliases.toml") -> tuple[Group, ...]:
    """The groups of a TOML list: kind ("" for none) and names by language.

    Raises :class:`FormatError` where it is not of the form that the packaged list shows.
    """
    import tomllib

    hint = 'The form is [[group]] with names.en = ["…"] lines'
    try:
        content: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"the list of aliases is not TOML: {error}", where=where, hint=hint) from error
    found = []
    for number, group in enumerate(content.get("group", ()), 1):
        names = group.get("names") if isinstance(group, dict) else None
        kind = group.get("kind", "") if isinstance(group, dict) else ""
        if kind not in _KINDS:
            raise FormatError(f"group {number} of the aliases has an unknown kind", where=where, hint=hint)
        if not isinstance(names, dict) or not all(
            isinstance(row, list) and row and all(isinstance(name, str) and name.strip() for name in row)
            for row in names.values()
        ):
            raise FormatError(f"group {number} of the aliases has no lists of names", where=where, hint=hint)
        found.append((_KINDS[kind], {str(lang): tuple(row) for lang, row in names.items()}))
    return tuple(found)


@cache
def packaged() -> Aliases:
    """The list that comes with Concord."""
    text = resources.files("glossary.extract").joinpath("aliases.toml").read_text(encoding="utf-8")
    return _indexed(parse_aliases(text))


def layered(own: str, where: str = "aliases") -> Aliases:
    """The packaged list with a project's own TOML over it: a group that shares a name replaces the packaged one."""
    mine = _indexed(parse_aliases(own, where))
    kept = [
        (kind, group)
        for kind, group in zip(packaged().kinds, packaged().groups, strict=True)
        if not any(
            mine.group_of(name.split(), lang) is not None for lang, names in group.items() for name in names
        )
    ]
    return _indexed((*zip(mine.kinds, mine.groups, strict=True), *kept))


def _indexed(groups: Sequence[Group]) -> Aliases:
    index: dict[tuple[str, Key], int] = {}
    for number, (_, group) in enumerate(groups):
        for lang, names in group.items():
            for name in names:
                index.setdefault((lang, alias_key(name.split(), lang)), number)
    return Aliases(tuple(group for _, group in groups), tuple(kind for kind, _ in groups), index)
