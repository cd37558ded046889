"""Entries as plain JSON values and back; what is empty or as usual is left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Mapping
from typing import Any

from align.errors import FormatError
from glossary.model import Comment, Concept, Entry, Link, Term

Json = dict[str, Any]
_TERM = frozenset(
    ("text", "lang", "lemma", "status", "case", "translate", "scope", "variants", "note", "extra")
)
_LINK = frozenset(("type", "target", "reason", "date", "proposed"))
_COMMENT = frozenset(("author", "at", "text"))
_ENTRY = frozenset(
    [
        "id",
        "kind",
        "state",
        "definition",
        "note",
        "reason",
        "terms",
        "links",
        "comments",
        "keys",
        "decided",
        "merged_into",
    ]
)
_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u


def make_id(seed: str, taken: Container[str] = ()) -> str:
    """The id of a concept that is first known by ``seed``: eight letters and digits, the same everywhere.

    Where that one is taken, the next of a fixed row.
    """
    for attempt in range(1_000):
        text = f"{seed}\n{attempt}" if attempt else seed
        number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:5], "big")
        found = "".join(_ID_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
        if found not in taken:
            return found
    raise AssertionError("a thousand ids taken by chance")


def to_json(entry: Entry) -> Json:
    """An entry as an object; the fields are those of Concept and of Entry, beside each other."""
    concept = entry.concept
    terms = [term_to_json(term) for term in concept.terms]
    links = [_link_to_json(link) for link in concept.links]
    comments = [{"author": c.author, "at": c.at, "text": c.text} for c in entry.comments]
    found: Json = {"id": concept.id, "kind": concept.kind, "state": concept.state}
    rest = {
        "definition": concept.definition,
        "note": concept.note,
        "reason": concept.reason,
        "terms": terms,
        "links": links,
        "comments": comments,
        "keys": list(entry.keys),
        "decided": entry.decided,
        "merged_into": entry.merged_into,
    }
    return found | {name: value for name, value in rest.items() if value}


def from_json(value: Mapping[str, Any], where: str = "") -> Entry:
    """The entry that an object describes. Raises FormatError for unknown fields and wrong types."""
    where = where or str(value.get("id", "a concept"))[:80]
    _known(value, _ENTRY, where)
    concept = Concept(
        id=text(value, "id", where, needed=True),
        kind=text(value, "kind", where, needed=True),  # type: ignore[arg-type]  # checked in valid.py
        state=text(value, "state", where) or "candidate",  # type: ignore[arg-type]
        definition=text(value, "definition", where),
        note=text(value, "note", where),
        reason=text(value, "reason", where),
        terms=tuple(term_from_json(item, where) for item in _objects(value, "terms", where)),
        links=tuple(_link_from_json(item, where) for item in _objects(value, "links", where)),
    )
    keys = value.get("keys", [])
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise FormatError("“keys” is no list of texts", where=where)
    return Entry(
        concept,
        keys=tuple(keys),
        comments=tuple(_comment(item, where) for item in _objects(value, "comments", where)),
        decided=boolean(value, "decided", where, default=False),
        merged_into=text(value, "merged_into", where),
    )


def term_to_json(term: Term) -> Json:
    """A term as an object."""
    found: Json = {"lang": term.lang, "text": term.text}
    rest = {
        "lemma": term.lemma,
        "status": term.status,
        "case": "" if term.case == "any" else term.case,
        "scope": term.scope,
        "variants": dict(term.variants),
        "note": term.note,
        "extra": dict(term.extra),
    }
    found |= {name: value for name, value in rest.items() if value}
    return found if term.translate else {**found, "translate": False}


def term_from_json(value: Mapping[str, Any], where: str) -> Term:
    """The term that an object describes. Raises FormatError."""
    _known(value, _TERM, where)
    variants = _mapping(value, "variants", where)
    if not all(type(count) is int for count in variants.values()):
        raise FormatError("a variant's count is no number", where=where)
    extra = _mapping(value, "extra", where)
    if not all(isinstance(item, str) for item in extra.values()):
        raise FormatError("“extra” holds something other than texts", where=where)
    return Term(
        text=text(value, "text", where, needed=True),
        lang=text(value, "lang", where, needed=True),
        lemma=text(value, "lemma", where),
        status=text(value, "status", where) or None,  # type: ignore[arg-type]
        case=text(value, "case", where) or "any",  # type: ignore[arg-type]
        translate=boolean(value, "translate", where, default=True),
        scope=text(value, "scope", where),
        variants=variants,
        note=text(value, "note", where),
        extra=extra,
    )


def dumps(entry: Entry) -> str:
    """An entry as compact JSON, readable in any script."""
    return json.dumps(to_json(entry), ensure_ascii=False, separators=(",", ":"))


def loads(data: str) -> Entry:
    """The entry that :func:`dumps` wrote."""
    return from_json(json.loads(data))


def text(value: Mapping[str, Any], name: str, where: str, *, needed: bool = False) -> str:
    """A field that holds a text. Raises FormatError."""
    found = value.get(name, None if needed else "")
    if not isinstance(found, str):
        raise FormatError(f"“{name}” is {'missing' if found is None else 'no text'}", where=where)
    return found


def boolean(value: Mapping[str, Any], name: str, where: str, *, default: bool) -> bool:
    """A field that holds true or false. Raises FormatError."""
    found = value.get(name, default)
    if not isinstance(found, bool):
        raise FormatError(f"“{name}” is neither true nor false", where=where)
    return found


def _link_to_json(link: Link) -> Json:
    found: Json = {"type": link.type, "target": link.target}
    rest = {"reason": link.reason, "date": link.date, "proposed": link.proposed}
    return found | {name: value for name, value in rest.items() if value}


def _link_from_json(value: Mapping[str, Any], where: str) -> Link:
    _known(value, _LINK, where)
    return Link(
        type=text(value, "type", where, needed=True),  # type: ignore[arg-type]
        target=text(value, "target", where, needed=True),
        reason=text(value, "reason", where),
        date=text(value, "date", where),
        proposed=boolean(value, "proposed", where, default=False),
    )


def _comment(value: Mapping[str, Any], where: str) -> Comment:
    _known(value, _COMMENT, where)
    author, at, said = (text(value, name, where, needed=True) for name in ("author", "at", "text"))
    return Comment(author, at, said)


def _known(value: Mapping[str, Any], names: Iterable[str], where: str) -> None:
    unknown = [name for name in value if name not in set(names)]
    if unknown:
        raise FormatError(
            f"there is no field {unknown[0][:60]!r}", where=where, hint=f"Fields: {', '.join(sorted(names))}"
        )


def _objects(value: Mapping[str, Any], name: str, where: str) -> list[Mapping[str, Any]]:
    found = value.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise FormatError(f"“{name}” is no list of objects", where=where)
    return found


def _mapping(value: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    found = value.get(name, {})
    if not isinstance(found, dict):
        raise FormatError(f"“{name}” is no object", where=where)
    return found
