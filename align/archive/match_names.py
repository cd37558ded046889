"""Pairs by what documents are called: names that are alike, patterns of paths and addresses, a given list."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from align.archive.match_listing import Listed, Listing
from align.archive.pairs import DocumentPair, How
from align.errors import InputError, UsageError
from align.folders import CODES, marked, pair_up

Key = tuple[str, ...]
_PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}|(\*+)")


@dataclass(frozen=True, slots=True)
class Named:
    """Pairs; ``ambiguous`` documents share their key with others of their side and are left to whoever comes next.

    ``missing`` are paths of a list that are not among the documents.
    """

    pairs: tuple[DocumentPair, ...]
    ambiguous: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the names of two sides belong together: an expression a side, with the same named groups.

    ``urls``: whether it is about addresses rather than paths.
    """

    source: re.Pattern[str]
    target: re.Pattern[str]
    urls: bool = False


def pattern_of(source: str, target: str) -> Pattern:
    """A pattern out of what was typed: ``ru/{key}.html``, where ``{key}`` stands for any text and ``*`` for any that
    does not matter, or a regular expression with named groups, ``ru/(?P<key>\\d+)``.

    Raises UsageError for an expression that is none, and where the sides do not have the same names in them.
    """
    sides = [_compiled(text) for text in (source, target)]
    names = [set(side.groupindex) for side in sides]
    if not names[0] or names[0] != names[1]:
        raise UsageError(
            "both patterns need the same {names} in them",
            where=f"{source} {target}",
            hint="As in --pattern 'ru/{key}.html' 'en/{key}.html'",
        )
    return Pattern(sides[0], sides[1], "://" in source or "://" in target)


def _compiled(text: str) -> re.Pattern[str]:
    expression = text if "(?P<" in text else _translated(text)
    try:
        return re.compile(expression)
    except re.error as error:
        raise UsageError(f"this is no regular expression: {error}", where=text) from error


def _translated(text: str) -> str:
    """``ru/{key}.html`` as an expression for a whole name. A name that occurs again stands for the same text."""
    seen: set[str] = set()
    parts, at = [], 0
    for match in _PLACEHOLDER.finditer(text):
        parts.append(re.escape(unicodedata.normalize("NFC", text[at : match.start()])))
        name = match[1]
        if name is None:
            parts.append(".*" if len(match[2]) > 1 else "[^/]*")
        else:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
            seen.add(name)
        at = match.end()
    rest = re.escape(unicodedata.normalize("NFC", text[at:]))
    return rf"\A{''.join([*parts, rest])}\Z"


def by_pattern(source: Listing, target: Listing, pattern: Pattern) -> Named:
    """Pairs of documents whose paths (or addresses) have the same text at the same names of the pattern."""
    how: How = "url" if pattern.urls else "name"
    names = sorted(pattern.source.groupindex)

    def key(expression: re.Pattern[str]) -> Callable[[Listed], Key | None]:
        def of(document: Listed) -> Key | None:
            texts = [document.url] if pattern.urls else _callings(document)
            matches = (expression.search(unicodedata.normalize("NFC", text)) for text in texts if text)
            match = next((found for found in matches if found), None)
            return tuple(match[name] or "" for name in names) if match else None

        return of

    return _joined(_keyed(source, key(pattern.source)), _keyed(target, key(pattern.target)), how)


def _callings(document: Listed) -> list[str]:
    """What a pattern may mean by a document: its path below what was given, and that with more and more folders."""
    path = document.path.replace("\\", "/")
    inner = document.stem if document.offset >= 0 else f"{document.stem}{PurePosixPath(path).suffix}"
    before = path.removesuffix(inner).rstrip("/#").split("/")
    return [inner, *("/".join([*before[at:], inner]) for at in range(len(before) - 1, -1, -1))]


def by_names(source: Listing, target: Listing, langs: tuple[str | None, str | None] = (None, None)) -> Named:
    """Pairs of documents whose names are alike but for their ending and the mark of a language."""
    if source.given == target.given:
        # The sides are divided already; different names for them keep pair_up from doing it again.
        source = Listing(f"{source.given} ", source.documents)
    try:
        found = pair_up(source.collection(), target.collection(), langs=langs)
    except UsageError:
        return Named(())
    pairs = tuple(DocumentPair(ours, theirs, None, "name") for ours, theirs in found.pairs)
    return Named(pairs, found.ambiguous)


def by_urls(source: Listing, target: Listing, langs: tuple[str | None, str | None] = (None, None)) -> Named:
    """Pairs of documents whose addresses are alike but for the mark of a language in path, host or query."""
    codes = frozenset(code.lower().split("-")[0] for code in langs if code) or CODES

    def key(document: Listed) -> Key | None:
        return url_key(document.url, codes) if document.url else None

    return _joined(_keyed(source, key), _keyed(target, key), "url")


def by_alternates(
    source: Listing,
    target: Listing,
    source_others: Mapping[str, Sequence[str]],
    target_others: Mapping[str, Sequence[str]],
) -> Named:
    """Pairs of pages of which one names the other's address as its version in another language (hreflang)."""
    sides = (source, source_others), (target, target_others)
    at: list[dict[Key, list[str]]] = []
    for listing, _ in sides:
        found: dict[Key, list[str]] = {}
        for document in listing.documents:
            if document.url:
                found.setdefault(url_key(document.url, frozenset()), []).append(document.path)
        at.append(found)
    pairs: set[tuple[str, str]] = set()
    for (listing, others), theirs, turned in zip(sides, (at[1], at[0]), (False, True), strict=True):
        for document in listing.documents:
            for url in others.get(document.path, ()):
                for other in theirs.get(url_key(url, frozenset()), ()):
                    pairs.add((other, document.path) if turned else (document.path, other))
    counts = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    alone = [pair for pair in sorted(pairs) if counts[0][pair[0]] == counts[1][pair[1]] == 1]
    return Named(tuple(DocumentPair(ours, theirs, None, "url") for ours, theirs in alone))


def url_key(url: str, codes: frozenset[str] = CODES) -> Key:
    """An address as it is compared: no scheme, "www", fragment, ending or mark of a language.

    ``https://www.example.org/ru/port.html``, ``http://en.example.org/port`` and ``example.org/port?lang=en``
    are alike.
    """
    rest = re.sub(r"^[a-z][a-z0-9+.-]*://", "", url.strip(), flags=re.IGNORECASE).partition("#")[0]
    address, _, query = rest.partition("?")
    host, _, path = address.partition("/")
    labels = [label for label in host.casefold().split(".") if label != "www"]
    if len(labels) > 2 and labels[0] in codes:
        labels = labels[1:]
    path = re.sub(r"\.(?:html?|php|aspx?)$", "", path.rstrip("/"), flags=re.IGNORECASE)
    plain = marked(path, codes)[0]
    values = sorted(
        part for part in query.split("&") if part and part.rpartition("=")[2].casefold() not in codes
    )
    return (".".join(labels), plain.strip("/"), "&".join(values))


def by_list(source: Listing, target: Listing, pairs: Sequence[DocumentPair], where: str) -> Named:
    """The pairs of a list whose documents are among those of the sides, as these are called there.

    A path in the list is one from the folder of work, or one below what was given. A list may have its columns the
    other way round. Raises InputError where none of its pairs is there.
    """
    known = tuple(_names_in(side) for side in (source, target))
    found, missing = [], []
    for pair in pairs:
        ours, theirs = known[0].get(_plain(pair.source)), known[1].get(_plain(pair.target))
        if ours is None and theirs is None:  # a list in the other direction
            ours, theirs = known[0].get(_plain(pair.target)), known[1].get(_plain(pair.source))
        if ours is None or theirs is None:
            missing.append(pair.source if ours is None else pair.target)
        else:
            found.append(DocumentPair(ours, theirs, pair.confidence, "list"))
    if not found:
        raise InputError(
            f"none of its pairs is among the documents, neither is {missing[0]}",
            where=where,
            hint=f"Give paths as they are from here, or below {source.given} and {target.given}",
        )
    return Named(tuple(dict.fromkeys(found)), missing=tuple(missing))


def _plain(path: str) -> str:
    return unicodedata.normalize("NFC", path.replace("\\", "/")).removeprefix("./")


def _names_in(side: Listing) -> dict[str, str]:
    """The path of each document by all that it may be called: its path, and that below what was given."""
    prefix = _plain(side.given).rstrip("/") + "/"
    names = {}
    for document in side.documents:
        plain = _plain(document.path)
        names[plain.removeprefix(prefix)] = document.path
        if document.offset >= 0:
            names.setdefault(document.stem, document.path)
    return {**names, **{_plain(document.path): document.path for document in side.documents}}


def _keyed(side: Listing, key: Callable[[Listed], Key | None]) -> dict[Key, list[str]]:
    found: dict[Key, list[str]] = {}
    for document in side.documents:
        name = key(document)
        if name is not None:
            found.setdefault(name, []).append(document.path)
    return found


def _joined(ours: dict[Key, list[str]], theirs: dict[Key, list[str]], how: How) -> Named:
    """The pairs of those that are alone with their key on both sides."""
    common = [key for key in ours if key in theirs]
    pairs = [
        DocumentPair(ours[key][0], theirs[key][0], None, how)
        for key in common
        if len(ours[key]) == len(theirs[key]) == 1
    ]
    return Named(tuple(pairs), tuple(_shared(common, ours, theirs)))


def _shared(common: Iterable[Key], ours: dict[Key, list[str]], theirs: dict[Key, list[str]]) -> list[str]:
    return [
        path
        for key in common
        if not len(ours[key]) == len(theirs[key]) == 1
        for path in (*ours[key], *theirs[key])
    ]
