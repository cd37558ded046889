"""One entry of a PO file and the terms that it carries.

A forbidden term has the flag ``forbidden``, one that stays as it is in every language ``read-only``, an undecided
one ``fuzzy``; a term's note is the translator's comment; evidence is the references. What an entry says that
Concord has no field for (other flags and comments, context, references, plurals, previous texts) is kept with its
term under ``extra["po"]``, as JSON, and written again. Our own line says the rest; where somebody has since
changed a flag or a comment beside it, the change holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from align.errors import FormatError
from glossary.model import Entry, Status, Term
from glossary.review.entries import term_from_json, term_to_json, to_json
from glossary.review.layers import ACCEPTED

TERMINOLOGY, FORBIDDEN, READ_ONLY, FUZZY = "terminology", "forbidden", "read-only", "fuzzy"
REFUSED = ("deprecated", "superseded", "forbidden")
"""PO has one word for all of these; which it is stands in our line."""
DYNAMIC = (FORBIDDEN, READ_ONLY, FUZZY)
MARK = "concord "
PREVIOUS = ("previous_msgctxt", "previous_msgid", "previous_msgid_plural")
Place = tuple[str, str]
"""A document and a segment's number in it, from 1: ("a.ru.txt", "12")."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The ``n``-th entry of a concept. ``new_left`` and ``new_right`` say which of the terms it carries."""

    n: int
    left: Term
    right: Term | None
    new_left: bool
    new_right: bool

    @property
    def carried(self) -> Term:
        """The term that flags and comment are about."""
        return self.right if self.right is not None and self.new_right else self.left


@dataclass(frozen=True, slots=True)
class Written:
    """Our line in an entry's comments."""

    id: str
    n: int
    concept: Mapping[str, Any]
    source: Mapping[str, Any] | None
    target: Mapping[str, Any] | None
    had_extra: bool
    ref: bool


def pairs_of(entry: Entry, source: str, target: str) -> list[Pair]:
    """The entries that a concept comes to; [] if it has no term in the source language."""
    lefts = [term for term in entry.concept.terms if term.lang == source]
    rights = [term for term in entry.concept.terms if term.lang == target and target != source]
    if not lefts:
        return []
    main = rights[0] if rights else None
    pairs = [Pair(0, lefts[0], main, True, main is not None)]
    pairs += [Pair(n, lefts[0], right, False, True) for n, right in enumerate(rights[1:], 1)]
    good = next((right for right in rights if right.status in ACCEPTED), None)
    return pairs + [Pair(n, left, good, True, False) for n, left in enumerate(lefts[1:], len(pairs))]


# Writing


def fill(entry: Entry, pair: Pair, references: Sequence[Place], *, line: bool) -> Any:
    """The polib entry of a pair, with our line in it or without."""
    import polib

    carried = pair.carried
    kept: dict[str, Any] = json.loads(carried.extra.get("po", "{}"))
    refs = [] if "occurrences" in kept or pair.n else references
    comments = [kept["comment"]] if "comment" in kept else []
    if line:
        comments.append(_line(entry, pair, bool(kept), bool(refs)))
    item = polib.POEntry(
        msgid=pair.left.text,
        msgstr="" if pair.right is None else pair.right.text,
        msgctxt=kept.get("msgctxt", f"{entry.concept.id}/{pair.n}"),
        comment="\n".join(comments),
        tcomment=kept.get("tcomment", "") or (carried.note if stands(carried.note) else ""),
        flags=[*kept.get("flags", [] if kept else [TERMINOLOGY]), *_flags(pair)],
        occurrences=[tuple(place) for place in kept.get("occurrences", [])]
        or [(re.sub(r"\s", "%20", name), number) for name, number in refs],
        obsolete=bool(kept.get("obsolete")) and entry.concept.state == "rejected",
    )
    for name in PREVIOUS:
        setattr(item, name, kept.get(name))
    if "msgid_plural" in kept:
        item.msgid_plural = kept["msgid_plural"]
        item.msgstr_plural = {0: item.msgstr, **{int(n): text for n, text in kept["msgstr_plural"].items()}}
        item.msgstr = ""
    return item


def _flags(pair: Pair) -> list[str]:
    """The flags that say what is decided."""
    carried = pair.carried
    said = {
        FORBIDDEN: carried.status == "forbidden" or (pair.new_right and carried.status in REFUSED),
        READ_ONLY: not carried.translate,
        FUZZY: pair.right is not None and carried.status is None,
    }
    return [flag for flag in DYNAMIC if said[flag]]


def _line(entry: Entry, pair: Pair, had_extra: bool, ref: bool) -> str:
    data: dict[str, Any] = {"id": entry.concept.id, "n": pair.n}
    if pair.n == 0:
        whole = to_json(entry)
        data["concept"] = {name: whole[name] for name in whole if name not in ("id", "terms", "decided")}
    if pair.new_left:
        data["source"] = _fields(pair.left, pair.carried is pair.left)
    if pair.right is not None and pair.new_right:
        data["target"] = _fields(pair.right, True)
    if had_extra:
        data["kept"] = True
    if ref:
        data["ref"] = True
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return MARK + "".join(c if c.isprintable() or c == " " else json.dumps(c)[1:-1] for c in text)


def _fields(term: Term, carried: bool) -> dict[str, Any]:
    """A term without what stands elsewhere in the entry that carries it."""
    value = term_to_json(term)
    if carried:
        extra = {name: text for name, text in term.extra.items() if name != "po"}
        value["extra"] = extra
        if stands(term.note):
            value.pop("note", None)
    return {name: item for name, item in value.items() if name not in ("text", "lang") and item != {}}


def stands(note: str) -> bool:
    """Whether a note comes back from a translator's comment as it went in."""
    lines = note.split("\n")
    return all(line.isprintable() and line == line.rstrip() for line in lines) and bool(lines[0] or not note)


# Reading


def take_written(item: Any, name: str) -> Written | None:
    """Our line, taken out of an entry's comments; None where there is none. Raises FormatError."""
    lines = item.comment.split("\n")
    ours = next((line for line in lines if line.startswith(MARK + "{")), None)
    if ours is None:
        return None
    lines.remove(ours)
    item.comment = "\n".join(lines)
    try:
        data = json.loads(ours.removeprefix(MARK))
        found = Written(
            data["id"],
            data["n"],
            data.get("concept", {}),
            data.get("source"),
            data.get("target"),
            bool(data.get("kept")),
            bool(data.get("ref")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        found = None
    objects = (dict, type(None))
    if (
        found is not None
        and isinstance(found.id, str)
        and type(found.n) is int
        and isinstance(found.concept, dict)
        and isinstance(found.source, objects)
        and isinstance(found.target, objects)
    ):
        return found
    raise FormatError(
        "its line “#. concord …” is broken",
        where=f"{name}, line {item.linenum}",
        hint="Restore the line, or take it out",
    )


def our_pair(
    written: Written, item: Any, source: str, target: str, where: str
) -> tuple[Term | None, Term | None]:
    """The terms that an entry carries, as they are in the file now; None for those that others carry."""
    left = right = None
    if written.source is not None:
        left = term_from_json({**written.source, "text": item.msgid, "lang": source}, where)
    text = msgstr(item)
    if text and (written.target is not None or (left is not None and written.n == 0)):
        right = term_from_json({**(written.target or {}), "text": text, "lang": target}, where)
    carried = right if right is not None else left
    if carried is None:
        return left, right
    pair = Pair(
        written.n, left or carried, right or (carried if text else None), left is not None, right is not None
    )
    now = _changed(carried, pair, item)
    if item.tcomment and item.tcomment != carried.note:
        now = replace(now, note=item.tcomment)
    kept = _kept(item)
    if written.ref:
        kept.pop("occurrences", None)
    if not written.had_extra:
        kept = _without_defaults(kept, f"{written.id}/{written.n}")
    if kept:
        now = replace(now, extra={**now.extra, "po": _dumps(kept)})
    return (left, now) if carried is right else (now, right)


def _changed(term: Term, pair: Pair, item: Any) -> Term:
    """The term with the status that the flags say, if they are not as we wrote them."""
    flags = {flag for flag in item.flags if flag in DYNAMIC}
    if flags == set(_flags(pair)):
        return term
    status: Status | None = term.status
    if FORBIDDEN in flags:
        status = status if status in REFUSED else "forbidden"
    elif FUZZY in flags:
        status = None
    elif status in (*REFUSED, None):
        status = "preferred" if pair.n == 0 else "admitted"
    return replace(term, status=status, translate=READ_ONLY not in flags)


def _without_defaults(kept: dict[str, Any], context: str) -> dict[str, Any]:
    """What an entry says beyond what Concord itself writes; {} if it says nothing more."""
    ours = {"flags": [TERMINOLOGY], "msgctxt": context}
    return {} if kept == ours else kept


def foreign_term(item: Any, text: str, lang: str, status: Status) -> Term:
    """The term that another program's entry is about."""
    found: Status | None = "forbidden" if FORBIDDEN in item.flags else None if is_fuzzy(item) else status
    kept = _kept(item)
    note = item.tcomment
    if not note.replace("\n", "").replace("\t", "").isprintable():
        kept["tcomment"], note = note, ""
    return Term(
        text,
        lang,
        status=found,
        translate=READ_ONLY not in item.flags,
        note=note,
        extra={"po": _dumps(kept)},
    )


def is_fuzzy(item: Any) -> bool:
    """Whether an entry's translation waits for somebody to look at it."""
    return FUZZY in item.flags


def msgstr(item: Any) -> str:
    """An entry's translation; of plurals the first."""
    return str(item.msgstr_plural.get(0, "") if item.msgid_plural else item.msgstr)


def _kept(item: Any) -> dict[str, Any]:
    """What an entry says that a term has no field for."""
    kept: dict[str, Any] = {"msgctxt": item.msgctxt}
    flags = [flag for flag in item.flags if flag not in DYNAMIC]
    plural = {str(n): text for n, text in sorted(item.msgstr_plural.items()) if n}
    rest = {
        "flags": flags,
        "comment": item.comment,
        "occurrences": [list(place) for place in item.occurrences],
        "msgid_plural": item.msgid_plural,
        "obsolete": bool(item.obsolete),
        **{name: getattr(item, name) for name in PREVIOUS},
    }
    kept |= {name: value for name, value in rest.items() if value}
    return kept | ({"msgstr_plural": plural} if item.msgid_plural else {})


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
