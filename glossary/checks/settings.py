"""What is right for these texts: the policy of each edition, the glossary, the dated list, options of rules. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from typing import Literal

from align.model import Document
from glossary.annotations import Pattern
from glossary.checks.base import Rule, Value
from glossary.dated import Listed
from glossary.extract.match import Matcher, matcher
from glossary.model import Concept, Severity, Term

Marks = Literal["", "keep all", "first mention", "footnote", "drop"]


@dataclass(frozen=True, slots=True)
class Edition:
    """How one edition treats legal marks. ``marks`` "" asks for what the original has.

    ``documents`` are globs on names, ``langs`` language codes; empty ones fit all. ``wording`` is the one
    preferred wording by language ("banned in Russia").
    """

    name: str = ""
    documents: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    marks: Marks = ""
    wording: Mapping[str, str] = field(default_factory=dict)

    def fits(self, document: Document) -> bool:
        """Whether a document belongs to this edition."""
        named = not self.documents or any(fnmatchcase(document.name, glob) for glob in self.documents)
        return named and (not self.langs or base_lang(document.lang) in map(base_lang, self.langs))


class Terminology:
    """Decided concepts, ready to be looked for. A term's number is its position in ``terms``."""

    def __init__(self, concepts: Sequence[Concept] = ()) -> None:
        self.concepts = tuple(concepts)
        self.terms: tuple[tuple[Concept, Term], ...] = tuple(
            (concept, term) for concept in self.concepts for term in concept.terms
        )
        self._matchers: dict[str, Matcher] = {}

    def matcher(self, lang: str) -> Matcher:
        """A matcher of the terms of one language; its hits give positions in ``terms``."""
        lang = base_lang(lang)
        if lang not in self._matchers:
            self._matchers[lang] = matcher([term for _, term in self.terms], lang)
        return self._matchers[lang]


@dataclass(frozen=True)
class Settings:
    """All that a check goes by. ``dated`` is the newsroom's own list, None where none was given.

    ``on`` is the date given for all texts; else each has its own. ``patterns`` are wordings added to the grammar.
    ``options`` and ``severities`` are by rule code.
    """

    editions: tuple[Edition, ...] = ()
    terminology: Terminology = field(default_factory=Terminology)
    dated: tuple[Listed, ...] | None = None
    on: date | None = None
    patterns: tuple[Pattern, ...] = ()
    options: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)

    def edition(self, document: Document) -> Edition:
        """The first edition that fits a document; one without wishes where none does."""
        return next((edition for edition in self.editions if edition.fits(document)), Edition())

    def wording(self, document: Document) -> str:
        """The house's wording of a mark in this document's language, "" if there is none."""
        return self.edition(document).wording.get(base_lang(document.lang), "")

    def option(self, rule: Rule, name: str) -> Value:
        """A rule's option as configured, else its default."""
        return self.options.get(rule.code, {}).get(name, rule.options[name].default)

    def severity(self, rule: Rule) -> Severity:
        """A rule's severity as configured, else its own."""
        return self.severities.get(rule.code, rule.severity)


def base_lang(lang: str) -> str:
    """The language without region or script: "en" of "en-GB"."""
    return lang.replace("_", "-").partition("-")[0].lower()


def date_of(document: Document, settings: Settings) -> date | None:
    """The date that counts for a document: the one given, else the page's own; None where it is not known."""
    if settings.on is not None:
        return settings.on
    try:
        return date.fromisoformat(str(document.metadata.get("date", ""))[:10])
    except ValueError:
        return None
