"""TermBase eXchange: TBX-Basic of ISO 30042:2019 in the style with categories as attributes (DCA), and TBX v2.

What TBX-Basic has a place for: statuses (forbidden terms become deprecated ones), definitions, notes, for whom a term
holds (``customerSubset``, ``projectSubset``), contexts as evidence, who decided and when. TBX v2 is what OmegaT and
others read, and OmegaT takes a deprecated term for an accepted one: so that has accepted terms only. In Weblate's
a forbidden translation is an entry of its own whose two terms are deprecated, and a term that stays as it is has
"Translation needed: No".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from glossary.formats.carry import OUR_ID, How, Quote, Room, carry, language, printable
from glossary.formats.cells import Found, pairs
from glossary.model import Entry, Status, Term
from glossary.review.layers import ACCEPTED, parse_scope

OURS = "A Concord glossary"
"""What our files say of their source: in them white space is as it was written."""
STATUS: Mapping[Status | None, str] = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "superseded": "supersededTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
NOTES: Mapping[str, frozenset[str]] = {
    "partOfSpeech": frozenset(["adjective", "noun", "other", "verb", "adverb"]),
    "grammaticalGender": frozenset(["masculine", "feminine", "neuter", "other"]),
    "termType": frozenset(["fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"]),
    "geographicalUsage": frozenset(),
}
"""Further notes of terms that TBX-Basic knows, each with its values (none: any text)."""


def _scope_fits(scope: str) -> bool:
    return not parse_scope(scope).field


V3 = Room(
    any_id=True,
    ranked=False,
    xml=True,
    evidence=True,
    dates=True,
    concept=frozenset(["definition", "note"]),
    term=frozenset(["note", "extra"]),
    statuses={"deprecated": "deprecated", "superseded": "superseded", "forbidden": "deprecated", None: None},
    scope_fits=_scope_fits,
)
V2 = Room(ids=True, xml=True, concept=frozenset(["definition", "note"]), term=frozenset(["note"]))
WEBLATE = Room(
    pair=True,
    ids=True,
    xml=True,
    concept=frozenset(["definition", "untranslated"]),
    term=frozenset(["note", "translate"]),
    statuses={"deprecated": "forbidden", "superseded": "forbidden", "forbidden": "forbidden"},
)


def carried(entry: Entry, how: How) -> tuple[Entry, ...]:
    """What TBX-Basic carries."""
    return tuple(
        _with_terms(e, [replace(t, extra=kept_notes(t)) for t in e.concept.terms])
        for e in carry(entry, V3, how)
    )


def carried_weblate(entry: Entry, how: How) -> tuple[Entry, ...]:
    """What Weblate's TBX carries: whether it is translated is about the whole entry."""
    found = []
    for e in carry(entry, WEBLATE, how):
        source = language(how.source)
        stays = any(t.lang == source and not t.translate for t in e.concept.terms)
        terms = [replace(t, translate=t.lang != source or not stays) for t in e.concept.terms]
        found.append(_with_terms(e, terms))
    return tuple(found)


def _with_terms(entry: Entry, terms: Sequence[Term]) -> Entry:
    return replace(entry, concept=replace(entry.concept, terms=tuple(terms)))


def kept_notes(term: Term) -> dict[str, str]:
    """What of ``extra["tbx"]`` TBX-Basic can say, as it is kept; {} for nothing."""
    notes = term_notes(term.extra.get("tbx", ""))
    return {"tbx": json.dumps(notes, ensure_ascii=False, sort_keys=True)} if notes else {}


def term_notes(data: str) -> dict[str, str]:
    """The notes of a term by their types, out of what is kept; those alone that TBX-Basic allows."""
    try:
        value = json.loads(data or "{}")
    except (ValueError, RecursionError):
        return {}
    items = value.items() if isinstance(value, dict) else ()
    return {
        name: text
        for name, text in items
        if isinstance(text, str) and name in NOTES and (text in NOTES[name] or (text and not NOTES[name]))
        if printable(text) == text == " ".join(text.split())
    }


def read(data: bytes, *, name: str, how: How) -> Found:
    """TBX of any kind: see ``tbx_read``."""
    from glossary.formats import tbx_read

    return tbx_read.read(data, name=name, how=how)


# Writing


@dataclass(frozen=True, slots=True)
class _Names:
    """What the elements are called."""

    entry: str
    lang: str
    term: str


_V3 = _Names("conceptEntry", "langSec", "termSec")
_V2 = _Names("termEntry", "langSet", "tig")


def write(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """TBX-Basic v3, DCA."""
    lang = language(how.source) or "en"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<tbx type="TBX-Basic" style="dca" xml:lang={quoteattr(lang)} xmlns="urn:iso:std:iso:30042:ed-2">\n'
        f"  <tbxHeader><fileDesc><sourceDesc><p>{OURS}</p></sourceDesc></fileDesc></tbxHeader>\n"
        "  <text>\n    <body>\n"
    ).encode()
    for entry in entries:
        yield _entry(entry, xml_id(entry.concept.id), _V3, _dates(entry, how), _contexts(entry, how)).encode()
    yield b"    </body>\n  </text>\n</tbx>\n"


def write_v2(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """TBX v2 (ISO 30042:2008), accepted terms only."""
    yield _martif_head(how)
    for entry in entries:
        yield _entry(entry, xml_id(entry.concept.id), _V2, "", {}).encode()
    yield b"    </body>\n  </text>\n</martif>\n"


def write_weblate(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """TBX v2 as Weblate uses it: an entry for each pair."""
    yield _martif_head(how)
    for entry in entries:
        yield from _weblate_entries(entry, how)
    yield b"    </body>\n  </text>\n</martif>\n"


def _martif_head(how: How) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<martif type="TBX" xml:lang={quoteattr(language(how.source) or "en")}>\n'
        f"  <martifHeader><fileDesc><sourceDesc><p>{OURS}</p></sourceDesc></fileDesc></martifHeader>\n"
        "  <text>\n    <body>\n"
    ).encode()


def xml_id(number: str) -> str:
    """An id as XML allows it: it begins with a letter."""
    return f"c_{number}" if number[0].isdigit() or number.startswith("c_") else number


def _entry(entry: Entry, number: str, names: _Names, about: str, contexts: Mapping[str, str]) -> str:
    concept = entry.concept
    found = [f"      <{names.entry} id={quoteattr(number)}>\n", about]
    if concept.definition:
        found.append(f'        <descrip type="definition">{escape(concept.definition)}</descrip>\n')
    if concept.note:
        found.append(f"        <note>{escape(concept.note)}</note>\n")
    for lang in dict.fromkeys(term.lang for term in concept.terms):
        of_lang = [term for term in concept.terms if term.lang == lang]
        found.append(f"        <{names.lang} xml:lang={quoteattr(lang)}>\n")
        for n, term in enumerate(of_lang):
            found.append(_term(term, names, contexts.get(lang, "") if n == 0 else ""))
        found.append(f"        </{names.lang}>\n")
    return "".join(found) + f"      </{names.entry}>\n"


def _term(term: Term, names: _Names, context: str) -> str:
    parts = [f"<term>{escape(term.text)}</term>"]
    if term.status is not None:
        parts.append(_note("administrativeStatus", STATUS[term.status]))
    parts += [_note(name, value) for name, value in sorted(term_notes(term.extra.get("tbx", "")).items())]
    scope = parse_scope(term.scope)
    parts += [f'<admin type="customerSubset">{escape(scope.client)}</admin>'] if scope.client else []
    parts += [f'<admin type="projectSubset">{escape(scope.edition)}</admin>'] if scope.edition else []
    parts += [context] if context else []
    parts += [f"<note>{escape(term.note)}</note>"] if term.note else []
    inner = "\n            ".join(parts)
    return f"          <{names.term}>\n            {inner}\n          </{names.term}>\n"


def _note(type: str, value: str) -> str:
    return f'<termNote type="{type}">{escape(value)}</termNote>'


def _contexts(entry: Entry, how: How) -> dict[str, str]:
    """A sentence for each language, with where it stands."""
    found: dict[str, str] = {}
    for quote in how.evidence(entry.concept.id):
        found.setdefault(language(quote.lang), _context(quote))
    return found


def _context(quote: Quote) -> str:
    text = escape(printable(quote.text))
    source = escape(printable(f"{quote.document}:{quote.number}"))
    return (
        f'<descripGrp><descrip type="context">{text}</descrip>'
        f'<admin type="source">{source}</admin></descripGrp>'
    )


def _dates(entry: Entry, how: How) -> str:
    made = how.made.get(entry.concept.id)
    if made is None:
        return ""
    both = (("origination", made.created, made.creator), ("modification", made.modified, made.modifier))
    return "".join(
        f'        <transacGrp><transac type="transactionType">{what}</transac><date>{when[:10]}</date>'
        f'<transacNote type="responsibility">{escape(printable(who))}</transacNote></transacGrp>\n'
        for what, when, who in both
    )


def _weblate_entries(entry: Entry, how: How) -> Iterator[bytes]:
    number = entry.concept.id if OUR_ID.fullmatch(entry.concept.id) else ""
    found = pairs(entry, how)
    if found[0][1] is not None and found[0][1].status not in ACCEPTED:
        found = [(found[0][0], None), *found]
    for n, (left, right) in enumerate(found):
        id = xml_id(f"{number}-{n}" if n else number) if number else ""
        refused = right is not None and right.status not in ACCEPTED
        yield _weblate_entry(entry, id, n, left, right, refused).encode()


def _weblate_entry(entry: Entry, id: str, n: int, left: Term, right: Term | None, refused: bool) -> str:
    lines = [f"      <termEntry id={quoteattr(id)}>" if id else "      <termEntry>"]
    if not left.translate:
        lines.append('        <descrip type="Translation needed">No</descrip>')
    if entry.concept.definition and n == 0:
        lines.append(f'        <descrip type="definition">{escape(entry.concept.definition)}</descrip>')
    for term in (left, right):
        if term is None:
            continue
        status = STATUS["deprecated"] if refused else STATUS[term.status]
        note = f'<note from="translator">{escape(term.note)}</note>' if term.note and term is right else ""
        lines.append(
            f"        <langSet xml:lang={quoteattr(term.lang)}><tig><term>{escape(term.text)}</term>"
            f"{_note('administrativeStatus', status)}{note}</tig></langSet>"
        )
    return "\n".join([*lines, "      </termEntry>\n"])
