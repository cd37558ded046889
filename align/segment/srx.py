"""Segmentation rules of SRX 2.0 (Segmentation Rules eXchange, LISA OSCAR 2008): where a sentence ends. Pure.

A position is a break or no break as the first rule says whose ``beforebreak`` matches the text that ends there and
whose ``afterbreak`` matches the text that begins there; without such a rule it is no break. Which rules hold for a
language its map says: with ``cascade`` those of all entries that fit, in their order, else those of the first.

The rules cut inside paragraphs, which are found as ever. Formatting and subflows have no meaning here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from align.errors import FormatError, TooLargeError, UsageError
from align.segment.srx_patterns import UnsupportedError, refers_back, translated

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 16 * 1024 * 1024
MAX_RULES = 50_000
MAX_PATTERN = 20_000
"""Characters of one pattern."""
PATIENCE = 2.0
"""Seconds that one rule may take for one paragraph; patterns can be written that take for ever."""

_HINT = "Check it with the program that it comes from"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it stands in the file, with its place: the group's name, its number there from 1, the line."""

    breaks: bool
    before: str
    after: str
    group: str
    number: int
    line: int

    def __str__(self) -> str:
        return f"rule {self.number} of “{self.group}”, line {self.line}"


@dataclass(frozen=True, slots=True)
class Srx:
    """Rules by the name of their group, and the languages' patterns with the names of their groups."""

    name: str
    sha256: str
    cascade: bool
    groups: tuple[tuple[str, tuple[Rule, ...]], ...]
    languages: tuple[tuple[str, str], ...]
    compiled: dict[str, tuple[tuple[Rule, Any], ...]] = field(
        default_factory=dict, compare=False, hash=False, repr=False
    )

    @property
    def signature(self) -> str:
        """What results are signed with: the beginning of the file's hash."""
        return f"srx-2.0@{self.sha256[:12]}"

    def rules(self, lang: str) -> tuple[tuple[Rule, Any], ...]:
        """The rules for a language with their compiled patterns, each of which matches at a position, empty.

        Raises ``UsageError`` where the file has none, ``FormatError`` for a pattern that cannot be read.
        """
        if lang not in self.compiled:
            self.compiled[lang] = tuple((rule, self._compile(rule)) for rule in self._chosen(lang))
        return self.compiled[lang]

    def _chosen(self, lang: str) -> Iterator[Rule]:
        import regex

        groups = dict(self.groups)
        codes = dict.fromkeys((lang, lang.replace("-", "_"), lang.upper().replace("-", "_"), lang.upper()))
        found = False
        for pattern, group in self.languages:
            compiled = regex.compile(f"(?:{self._translated(pattern, group)})", regex.V1)
            if any(compiled.fullmatch(code, timeout=PATIENCE) for code in codes):
                found = True
                yield from groups[group]
                if not self.cascade:
                    return
        if not found:
            raise UsageError(
                f"there are no rules for the language {lang!r} in it",
                where=self.name,
                hint="Add a languagemap for it, or name the language with --source-lang, --target-lang or --lang",
            )

    def _translated(self, pattern: str, group: str) -> str:
        try:
            return translated(pattern)
        except UnsupportedError as error:
            raise FormatError(
                f"the language pattern of “{group}” uses {error}, which is not supported", where=self.name
            ) from error

    def _compile(self, rule: Rule) -> Any:
        import regex

        try:
            if refers_back(rule.before) or refers_back(rule.after):
                raise UnsupportedError("a reference to an earlier group")
            before, after = translated(rule.before), translated(rule.after)
            both = (f"(?<=(?:{before}))" if before else "") + (f"(?=(?:{after}))" if after else "")
            return regex.compile(both, regex.V1)
        except UnsupportedError as error:
            raise FormatError(
                f"{rule} uses {error}, which is not supported",
                where=self.name,
                hint="Write it in another way",
            ) from error
        except (regex.error, ValueError, OverflowError, RecursionError, KeyError) as error:
            raise FormatError(f"{rule} is no valid pattern: {error}", where=self.name, hint=_HINT) from error

    def sentences(
        self, text: str, start: int, end: int, lang: str, body: int = 0
    ) -> Iterator[tuple[int, int]]:
        """The sentences of ``text[start:end]``: spans in ``text``, trimmed, in order, covering all but white space.

        As ``align.segment.sentences``; no break is made before ``body``. Raises ``FormatError`` for a rule that
        takes longer than ``PATIENCE``, and what ``rules`` raises.
        """
        block = text[start:end]
        begin = 0
        for at in [*self._breaks(block, lang, max(0, body - start)), len(block)]:
            first, last = begin, at
            while first < last and block[first].isspace():
                first += 1
            while last > first and block[last - 1].isspace():
                last -= 1
            if first < last:
                yield start + first, start + last
            begin = at

    def _breaks(self, block: str, lang: str, body: int) -> list[int]:
        """The positions inside a block at which the first rule that matches is one that breaks."""
        rules = self.rules(lang)
        decided: dict[int, bool] = {}
        candidates: set[int] = set()
        for rule, pattern in rules:
            if rule.breaks:
                candidates |= {at for at in self._matches(rule, pattern, block) if body < at < len(block)}
        for rule, pattern in rules:
            open_ = [at for at in candidates if at not in decided]
            for at in open_:
                if self._holds(rule, pattern, block, at):
                    decided[at] = rule.breaks
        return sorted(at for at, breaks in decided.items() if breaks)

    def _matches(self, rule: Rule, pattern: Any, block: str) -> list[int]:
        try:
            return [match.start() for match in pattern.finditer(block, timeout=PATIENCE)]
        except TimeoutError as error:
            raise self._slow(rule) from error

    def _holds(self, rule: Rule, pattern: Any, block: str, at: int) -> bool:
        try:
            return pattern.match(block, at, timeout=PATIENCE) is not None
        except TimeoutError as error:
            raise self._slow(rule) from error

    def _slow(self, rule: Rule) -> FormatError:
        return FormatError(
            f"{rule} took longer than {PATIENCE:g} seconds for one paragraph",
            where=self.name,
            hint="Write its pattern so that it need not try so many ways, with {0,50} rather than * say",
        )


def parse(data: bytes, *, name: str) -> Srx:
    """The rules of an SRX 2.0 file; patterns are looked at when a text needs them.

    Raises ``FormatError`` (broken XML with its line and column, another version, what SRX does not allow) and
    ``TooLargeError``. Entities are not resolved and nothing is fetched.
    """
    if len(data) > MAX_BYTES:
        raise TooLargeError(f"the file is larger than {MAX_BYTES >> 20} MB", where=name)
    root = _tree(data, name)
    if _local(root) != "srx":
        raise FormatError("this is no SRX file", where=name, hint="Give segmentation rules in SRX 2.0")
    version = root.get("version", "")
    if version != "2.0":
        raise FormatError(
            f"its version is {version or 'not given'}; only SRX 2.0 is read",
            where=name,
            hint="Save it as SRX 2.0 (Okapi Ratel does)",
        )
    header = next(_all(root, "header"), None)
    cascade = header is not None and header.get("cascade") == "yes"
    groups = tuple((_name(g, "languagerulename", name), _rules(g, name)) for g in _all(root, "languagerule"))
    if sum(len(rules) for _, rules in groups) > MAX_RULES:
        raise TooLargeError(f"the file has more than {MAX_RULES:,} rules", where=name)
    languages = tuple(
        (_name(m, "languagepattern", name), _name(m, "languagerulename", name))
        for m in _all(root, "languagemap")
    )
    for element, (_, group) in zip(_all(root, "languagemap"), languages, strict=True):
        if group not in dict(groups):
            raise FormatError(
                f"there is no languagerule “{group}” in it",
                where=f"{name}, line {element.sourceline}",
                hint=_HINT,
            )
    if not languages:
        raise FormatError("it maps no language to rules", where=name, hint=_HINT)
    return Srx(name, hashlib.sha256(data).hexdigest(), cascade, groups, languages)


def _tree(data: bytes, name: str) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, column = getattr(error, "position", (0, 0)) or (0, 0)
        where = f"{name}, line {line}, column {column}" if line else name
        reason = re.sub(r", line \d+, column \d+.*", "", str(error))
        raise FormatError(f"its XML is broken ({reason})", where=where, hint=_HINT) from error
    if getattr(root.getroottree().docinfo, "internalDTD", None) is not None and b"<!ENTITY" in data:
        raise FormatError("it declares entities, which are not read", where=name, hint=_HINT)
    return root


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(root: _Element, name: str) -> Iterator[_Element]:
    return (element for element in root.iter() if _local(element) == name)


def _name(element: _Element, attribute: str, name: str) -> str:
    value = element.get(attribute)
    if value is None:
        where = f"{name}, line {element.sourceline}"
        raise FormatError(f"a {_local(element)} without {attribute}", where=where, hint=_HINT)
    return value


def _rules(group: _Element, name: str) -> tuple[Rule, ...]:
    found: list[Rule] = []
    title = group.get("languagerulename", "")
    for number, element in enumerate(_all(group, "rule"), 1):
        line = element.sourceline if isinstance(element.sourceline, int) else 0
        parts = {_local(child): child.text or "" for child in element}
        breaks = element.get("break", "yes")
        if breaks not in ("yes", "no"):
            raise FormatError(f"break is {breaks!r}, not yes or no", where=f"{name}, line {line}", hint=_HINT)
        if any(len(part) > MAX_PATTERN for part in parts.values()):
            raise TooLargeError(
                f"a pattern is longer than {MAX_PATTERN:,} characters", where=f"{name}, line {line}"
            )
        rule = Rule(
            breaks == "yes", parts.get("beforebreak", ""), parts.get("afterbreak", ""), title, number, line
        )
        found.append(rule)
    return tuple(found)
