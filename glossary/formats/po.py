"""Gettext PO through polib, both ways without loss: from one language to another, an entry for a pair of terms.

A concept's first source term has an entry with each of its target terms, each further source term one more; every
entry *carries* one or two terms that no other one does. What PO has a place for stands there (see ``po_entry``);
the rest is a line ``concord {…}`` among the extracted comments. A concept that says no more than its entries do
has no such line, so that another program's file comes out as it went in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from align.errors import ConcordError, EncodingError, FormatError
from align.formats.po_text import declared_encoding, parsed
from glossary.formats.po_entry import (
    Pair,
    Place,
    Written,
    fill,
    foreign_term,
    is_fuzzy,
    msgstr,
    our_pair,
    pairs_of,
    take_written,
)
from glossary.model import Concept, Entry, Term
from glossary.review.entries import from_json, make_id
from glossary.review.valid import check

Items = Sequence[Any]


@dataclass(frozen=True, slots=True)
class PoFile:
    """What was read: decided entries, the header, the two languages."""

    entries: tuple[Entry, ...]
    header: Mapping[str, str]
    source_lang: str
    target_lang: str


# Writing


def write(
    entries: Iterable[Entry],
    source_lang: str,
    target_lang: str,
    *,
    header: Mapping[str, str] | None = None,
    places: Mapping[str, Sequence[Place]] | None = None,
) -> tuple[str, tuple[str, ...]]:
    """The PO file, and a warning for each concept that has no place in it.

    ``places`` are references for concepts by id. Terms in other languages than the two stay in the project.
    """
    import polib

    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Project-Id-Version": "glossary",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        **(header or {}),
        "Language": target_lang,
        "X-Source-Language": source_lang,
    }
    po.metadata["Content-Type"] = "text/plain; charset=UTF-8"
    warnings: list[str] = []
    used: set[tuple[str | None, str]] = set()
    for entry in sorted(entries, key=lambda e: e.concept.id):
        if entry.merged_into:
            continue
        pairs = pairs_of(entry, source_lang, target_lang)
        if not pairs:
            warnings.append(f"{entry.concept.id}: it has no term in {source_lang}, and is left out")
        references = (places or {}).get(entry.concept.id, ())
        for item in _items(entry, pairs, source_lang, target_lang, references):
            if (item.msgctxt, item.msgid) in used:  # gettext allows each but once
                item.msgctxt = f"{item.msgctxt or ''}{entry.concept.id}/{len(used)}"
            used.add((item.msgctxt, item.msgid))
            po.append(item)
    return f"{po}\n", tuple(warnings)


def _items(
    entry: Entry, pairs: Sequence[Pair], source: str, target: str, references: Sequence[Place]
) -> Items:
    """The entries of one concept; without our line in them if they say all without it."""
    bare = [fill(entry, pair, (), line=False) for pair in pairs]
    if not references and bare and all(not item.msgctxt or "/" not in item.msgctxt for item in bare):
        try:
            if _foreign(bare, source, target, "") == replace(entry, decided=True):
                return bare
        except ConcordError:
            pass
    return [fill(entry, pair, references, line=True) for pair in pairs]


# Reading


def read(data: bytes, *, name: str, source_lang: str = "", target_lang: str = "") -> PoFile:
    """The concepts of a PO file; languages are those given, else those that its header names.

    Entries that Concord wrote go back to their concepts; of others, those with one source text are one concept
    with several translations. Raises FormatError, EncodingError, InputError.
    """
    po = _parse(data, name)
    header = {str(key): str(value) for key, value in po.metadata.items()}
    source = (source_lang or header.get("X-Source-Language", "")).replace("_", "-")
    target = (target_lang or header.get("Language", "")).replace("_", "-")
    for lang, option in ((source, "--source-lang"), (target, "--target-lang")):
        if not lang:
            raise FormatError(
                "it does not say in which language it is", where=name, hint=f"Give {option} CODE"
            )
    ours: dict[str, list[tuple[Written, Any]]] = {}
    foreign: dict[str, list[Any]] = {}
    for item in po:
        if not item.msgid.strip():
            raise FormatError(
                "an empty msgid", where=f"{name}, line {item.linenum}", hint="Take the entry out"
            )
        written = take_written(item, name)
        if written is None:
            foreign.setdefault(item.msgid, []).append(item)
        else:
            ours.setdefault(written.id, []).append((written, item))
    entries = [_ours(number, parts, source, target, name) for number, parts in ours.items()]
    entries += [_foreign(items, source, target, name) for items in foreign.values()]
    return PoFile(tuple(entries), header, source, target)


def _parse(data: bytes, name: str) -> Any:
    encoding = declared_encoding(data)
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise EncodingError(
            f"it is not {encoding.upper().removesuffix('-SIG')}", where=name, hint="Save it as UTF-8"
        ) from error
    if "msgid" not in text:
        raise FormatError("it is no PO file: there is no msgid in it", where=name, hint="Give a .po file")
    return parsed(text, name)


def _ours(number: str, parts: Sequence[tuple[Written, Any]], source: str, target: str, name: str) -> Entry:
    """A concept that Concord wrote, with what was changed in the file since."""
    where = f"{name}, {number}"
    sources: list[Term] = []
    targets: list[Term] = []
    concept: dict[str, Any] = {"kind": "other"}
    for written, item in sorted(parts, key=lambda part: part[0].n):
        concept |= written.concept
        left, right = our_pair(written, item, source, target, where)
        sources += [left] if left is not None else []
        targets += [right] if right is not None else []
    entry = from_json({**concept, "id": number, "decided": True}, where)
    others = entry.concept.terms  # in languages that the file has no place for: none are written
    terms = (*sources, *targets, *others)
    return _checked(replace(entry, concept=replace(entry.concept, terms=terms)), where)


def _foreign(items: Items, source: str, target: str, name: str) -> Entry:
    """One concept of all the entries that another program wrote for one source text."""
    first = items[0]
    where = f"{name}, line {first.linenum}" if name else ""
    targets: dict[str, Term] = {}
    left = Term(first.msgid, source, status="preferred")
    for item in items:
        text = msgstr(item)
        if not text:
            left = foreign_term(item, first.msgid, source, "preferred")
        elif text not in targets:
            targets[text] = foreign_term(item, text, target, "admitted" if targets else "preferred")
    fuzzy = all(is_fuzzy(item) for item in items)
    if fuzzy:
        left = replace(left, status=None)
    concept = Concept(
        make_id(f"{source}\n{first.msgid}"),
        "other",
        (left, *targets.values()),
        "rejected" if all(item.obsolete for item in items) else "candidate" if fuzzy else "approved",
    )
    return _checked(Entry(concept, decided=True), where)


def _checked(entry: Entry, where: str) -> Entry:
    try:
        return check(entry)
    except ConcordError as error:
        raise type(error)(error.what, where=where or error.where, hint=error.hint) from error
