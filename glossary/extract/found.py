"""What is found in one text: mentions, the forms of names, proposed concepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from glossary.extract.evidence import Evidence
from glossary.extract.morphology import lemma
from glossary.extract.variants import (
    Form,
    Grouped,
    Key,
)
from glossary.extract.words import Name, words
from glossary.model import Kind

Span = tuple[int, int]

Explained = tuple[Key, Key, str, str]


class Mention(NamedTuple):
    """``text[start:end]`` is a mention under ``key``; ``nested``: within a longer name."""

    start: int
    end: int
    key: Key
    nested: bool = False


@dataclass(slots=True)
class Found:
    """A proposed concept of one text: its forms, the head's key, its mentions in order, its kind."""

    lang: str
    grouped: Grouped
    forms: dict[Key, Form]
    mentions: list[Mention] = field(default_factory=list)
    kind: Kind = "other"
    votes: Counter[Kind] = field(default_factory=Counter)
    sure: bool = True

    @property
    def head(self) -> Form:
        """The form that stands for the concept."""
        return self.forms[self.grouped.head]


@dataclass(slots=True)
class Reading:
    """What is being found out about one text."""

    text: str
    lang: str
    units: Sequence[Span]
    evidence: Evidence
    base: dict[str, str]
    own: dict[str, str]
    forms: dict[Key, Form] = field(default_factory=dict)
    spans: dict[Span, Key] = field(default_factory=dict)
    names: dict[Span, Name] = field(default_factory=dict)

    def plain(self, span: Span) -> Key:
        """The lemmas of all words of a span."""
        return tuple(lemma(word.text, self.lang) for word in words(self.text, self.lang, *span))

    def spelt(self, found: Sequence[str]) -> Key:
        """The words' lemmas, each in its own spelling."""
        return tuple(self.own.get(word) or lemma(word, self.lang) for word in found)

    def key(self, found: Sequence[str]) -> Key:
        """The words' common lemmas."""
        return tuple(self.base.get(word) or lemma(word, self.lang) for word in found)
