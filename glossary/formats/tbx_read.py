"""TBX of any kind, read: v3 in the DCA style, v2 (``martif``), Weblate's conventions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from align.errors import FormatError
from glossary.formats import xml
from glossary.formats.carry import OUR_ID, How, language, rank
from glossary.formats.cells import Found, checked
from glossary.formats.tbx import NOTES, OURS
from glossary.model import Concept, Entry, Status, Term
from glossary.review.entries import make_id
from glossary.review.valid import ID

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUSES: dict[str, Status] = {
    "preferred": "preferred", "standardized": "preferred", "admitted": "admitted", "deprecated": "deprecated",
    "superseded": "superseded", "legal": "admitted", "regulated": "admitted",
}  # fmt: skip


@dataclass(slots=True)
class _Raw:
    """An entry of the file as it stands there."""

    id: str
    line: int
    terms: list[Term]
    definition: str
    note: str
    stays: bool


@dataclass(slots=True)
class _Reader:
    """Reads elements; ``ours`` says that white space is as we wrote it."""

    name: str
    ours: bool = False
    passed: Counter[str] = field(default_factory=Counter)

    def text(self, element: _Element) -> str:
        found = xml.text(element)
        return found if self.ours else " ".join(found.split())

    def entry(self, element: _Element) -> _Raw:
        terms: list[Term] = []
        definitions, notes = self.texts(element)
        for section in xml.children(element, "langSec", "langSet"):
            lang = section.get(_LANG) or section.get("lang") or ""
            if not lang:
                raise FormatError(
                    "a language section without xml:lang",
                    where=f"{self.name}, line {section.sourceline}",
                    hint="Say its language",
                )
            more = self.texts(section)
            definitions, notes = definitions + more[0], notes + more[1]
            for part in xml.children(section, "termSec", "tig", "ntig"):
                terms += self.term(part, language(lang))
        stays = any(
            d.get("type") == "Translation needed" and xml.text(d).strip().lower() == "no"
            for d in xml.children(element, "descrip")
        )
        return _Raw(
            element.get("id") or "",
            _line(element),
            terms,
            "\n".join(dict.fromkeys(definitions)),
            "\n".join(dict.fromkeys(notes)),
            stays,
        )

    def texts(self, element: _Element) -> tuple[list[str], list[str]]:
        """The definitions and the notes of a level; the rest is counted."""
        definitions = []
        for child in self.descriptions(element):
            if child.get("type") == "definition":
                definitions.append(self.text(child))
            elif child.get("type") != "Translation needed":
                self.passed[child.get("type") or "descrip"] += 1
        self.passed["dates and authors"] += len(xml.children(element, "transacGrp", "transac"))
        self.passed["references"] += len(xml.children(element, "ref", "xref"))
        return definitions, [self.text(child) for child in xml.children(element, "note")]

    def descriptions(self, element: _Element) -> list[_Element]:
        groups = xml.children(element, "descripGrp")
        return [
            child
            for parent in (element, *groups)
            for child in xml.children(parent, "descrip", "definition", "context")
        ]

    def term(self, part: _Element, lang: str) -> list[Term]:
        """The term of a section; [] where it is empty."""
        inner = (xml.children(part, "termGrp") or [part])[0]
        holders = xml.children(inner, "term")
        text = " ".join(xml.text(holders[0]).split()) if holders and not self.ours else ""
        text = xml.text(holders[0]).strip() if holders and self.ours else text
        if not text:
            return []
        notes = {
            note.get("type") or "": xml.text(note).strip()
            for group in (inner, *xml.children(inner, "termNoteGrp"))
            for note in xml.children(group, "termNote")
        }
        status = notes.pop("administrativeStatus", notes.pop("normativeAuthorization", ""))
        definitions, said = self.texts(part)
        scope = {admin.get("type"): self.plain(admin) for admin in xml.children(part, "admin")}
        parts = (("client", scope.get("customerSubset")), ("edition", scope.get("projectSubset")))
        return [
            Term(
                text,
                lang,
                status=_status(status),
                note="\n".join([*definitions, *said]),
                scope=", ".join(f"{name}={value}" for name, value in parts if value),
                extra=self.extra(notes),
            )
        ]

    def plain(self, element: _Element) -> str:
        """A client or project as a scope can name it."""
        found = xml.text(element)
        return found if self.ours else " ".join(found.replace(",", " ").split())

    def extra(self, notes: dict[str, str]) -> dict[str, str]:
        """The notes that TBX-Basic knows, to be written again."""
        known = {
            name: value
            for name, value in notes.items()
            if name in NOTES and (value in NOTES[name] or not NOTES[name])
        }
        known = {name: " ".join(value.split()) for name, value in known.items() if value}
        for name in notes.keys() - known.keys():
            self.passed[name or "termNote"] += 1
        return {"tbx": json.dumps(known, ensure_ascii=False, sort_keys=True)} if known else {}


def _line(element: _Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _status(text: str) -> Status | None:
    word = text.strip().lower().removesuffix("-admn-sts").removesuffix("term").removesuffix("admnsts")
    return _STATUSES.get(word.removesuffix("term"))


def read(data: bytes, *, name: str, how: How) -> Found:
    """The concepts of a TBX file. Raises FormatError with line and column, InputError."""
    reader = _Reader(name)
    raw: list[_Raw] = []
    martif = False
    for element in xml.elements(data, ("p", "conceptEntry", "termEntry"), name=name):
        if xml.local(element) == "p":
            reader.ours = reader.ours or xml.text(element).strip() == OURS
            continue
        martif = xml.local(element) == "termEntry"
        found = reader.entry(element)
        if found.terms:
            raw.append(found)
    if not raw:
        raise FormatError(
            "it is no TBX file with terms: there is no concept in it", where=name, hint="Give one"
        )
    taken: set[str] = set()
    entries = [
        _concept(group, reader, martif, taken)
        for group in (_groups(raw) if martif else ([one] for one in raw))
    ]
    passed = ", ".join(f"{what} ({count})" for what, count in sorted(reader.passed.items()) if count)
    return Found(entries, (f"not taken in: {passed}",) if passed and not reader.ours else ())


def _refused(one: _Raw) -> bool:
    """Whether an entry says, as Weblate has it, that one term is no translation of the other."""
    return len({t.lang for t in one.terms}) > 1 and all(t.status == "deprecated" for t in one.terms)


def _groups(raw: Sequence[_Raw]) -> Iterable[list[_Raw]]:
    """Entries of a v2 file that are about one concept: by our numbers, and refusals with the term they are about."""
    groups: dict[str, list[_Raw]] = {}
    by_term: dict[tuple[str, str], str] = {}
    for n, one in enumerate(raw):
        base = one.id.removeprefix("c_").partition("-")[0]
        key = base if OUR_ID.fullmatch(base) else f"/{n}"
        first = (one.terms[0].lang, one.terms[0].text)
        if key.startswith("/") and _refused(one):
            key = by_term.get(first, key)
        by_term.setdefault(first, key)
        groups.setdefault(key, []).append(one)
    return groups.values()


def _concept(group: Sequence[_Raw], reader: _Reader, martif: bool, taken: set[str]) -> Entry:
    terms: dict[tuple[str, str, str], Term] = {}
    for one in group:
        source = one.terms[0].lang
        for term in one.terms:
            new = replace(term, translate=term.lang != source or not one.stays)
            if martif and len(group) > 1 and _refused(one):
                if term.lang == source:
                    continue
                new = replace(new, status="forbidden")
            terms.setdefault((term.lang, term.text, term.scope), new)
    found = [
        term
        for lang in dict.fromkeys(lang for lang, _, _ in terms)
        for term in terms.values()
        if term.lang == lang
    ]
    if all(term.status is None for term in found):
        found = [
            t
            for lang in dict.fromkeys(t.lang for t in found)
            for t in rank([t for t in found if t.lang == lang])
        ]
    first = group[0]
    number = _number(first.id, reader.ours, martif)
    if not number or number in taken:
        number = make_id(f"{found[0].lang}\n{found[0].text}", taken)
    taken.add(number)
    concept = Concept(
        number,
        "other",
        tuple(found),
        "approved",
        definition="\n".join(dict.fromkeys(one.definition for one in group if one.definition)),
        note="\n".join(dict.fromkeys(one.note for one in group if one.note)),
    )
    return checked(Entry(concept, decided=True), f"{reader.name}, line {first.line}")


def _number(id: str, ours: bool, martif: bool) -> str:
    """The id of a concept of ours, "" for one that another program numbered."""
    bare = id.removeprefix("c_") if id.startswith("c_") and (id[2:3].isdigit() or id[2:4] == "c_") else id
    if martif:
        bare = bare.partition("-")[0]
    known = ID if ours and not martif else OUR_ID
    return bare if known.fullmatch(bare) else ""
