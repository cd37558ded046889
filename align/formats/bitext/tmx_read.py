"""Translation memories as other programs write them too: TMX 1.1 to 1.4b, read unit by unit.

Text in ``hi`` is text; codes of formatting (``bpt``, ``ept``, ``it``, ``ph``, ``ut``) are left out and counted.
Of several variants in one language the first is taken. What Trados calls an approved translation is confirmed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, cast, get_args

from align.formats.bitext import langs as languages
from align.formats.bitext import xml
from align.formats.bitext.carry import cut
from align.formats.bitext.collect import confidence_of, nothing
from align.formats.bitext.units import Head, Source, Unit
from align.formats.rows import language_tag
from align.model import BeadState

if TYPE_CHECKING:
    from lxml.etree import _Element

PEEKED = 1000
"""So many units are looked at to find out which languages there are, where nobody names them."""
_KEPT = frozenset({"hi", "sub"})
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
_APPROVED = ("ApprovedTranslation", "ApprovedSignOff")
_STATES = get_args(BeadState)


@dataclass(slots=True)
class _Variant:
    lang: str
    text: str
    props: dict[str, str]


@dataclass(slots=True)
class _Raw:
    props: dict[str, str]
    variants: list[_Variant]


@dataclass(slots=True)
class _Header:
    source: str = ""
    tool: str = ""
    signatures: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()  # language and name


def read(stream: BinaryIO, *, name: str, langs: Sequence[str] | None, encoding: str | None) -> Source:
    """The memory in the languages asked for, else in all; the encoding is what the file declares.

    Raises FormatError with line and column, UsageError where a language is not there.
    """
    header, lost, left = _Header(), [0], Counter[str]()
    raw = _raw(stream, header, name, lost)
    first = list(islice(raw, PEEKED))
    if not first and not header.tool and not header.source:
        raise nothing(name, "translation memory")
    there = _languages(header, first)
    if len(first) == PEEKED and not header.documents:  # what is asked for may come later
        known_here = {lang.partition("-")[0] for lang in there}
        later = [language_tag(lang) for lang in langs or () if lang != "all"]
        there += [lang for lang in later if lang.partition("-")[0] not in known_here]
    order = languages.wanted(there, langs, name)
    source = Source(_head(header, there, order), iter(()))
    known = {lang: k for k, lang in reversed(list(enumerate(there)))}
    slots = {k: at for at, k in enumerate(order)}
    twins = len(set(there)) < len(there)

    def units() -> Iterator[Unit]:
        number = 0
        for one in chain(first, raw):
            sides: list[tuple[str, ...]] = [()] * len(order)
            known_to: list[float | None] = [None] * len(order)
            for variant in one.variants:
                k = known.get(variant.lang)
                if twins and k is not None:
                    k = _twin(header, variant, k)
                at = slots.get(k) if k is not None else None
                if at is None or sides[at]:
                    if k is None or at is not None:
                        left[variant.lang] += 1
                    continue
                sides[at] = cut(variant.text, variant.props.get("x-concord-segments"), variant.lang)
                if "x-concord-confidence" in variant.props:
                    known_to[at] = confidence_of(variant.props["x-concord-confidence"])
            if any(sides):
                number += 1
                each = one.props.get("x-concord-confidences", "").split()
                if len(each) == len(there) - 1:
                    known_to = [confidence_of(["", *each][k]) for k in order]
                yield _unit(one, number, sides, known_to)
        source.warnings += _warnings(lost[0], left)

    source.units = units()
    return source


def _warnings(lost: int, left: Counter[str]) -> Iterator[str]:
    if lost:
        yield f"codes of formatting are left out: {lost:,}"
    if left:
        which = ", ".join(f"{lang} {count:,}" for lang, count in sorted(left.items()))
        yield f"further variants are left out ({which})"


def _unit(one: _Raw, number: int, sides: list[tuple[str, ...]], known: list[float | None]) -> Unit:
    props = one.props
    whole = confidence_of(props.get("x-concord-confidence"))
    confidences = tuple(known[1:]) if len(sides) > 2 and any(c is not None for c in known) else None
    if confidences is None:
        confidences = (whole,) * (len(sides) - 1)
    state = props.get("x-concord-state", "proposed")
    if props.get("x-ConfirmationLevel") in _APPROVED:
        state = "confirmed"
    return Unit(
        number,
        tuple(sides),
        confidences,
        props.get("x-concord-doubtful") == "true",
        props.get("x-concord-moved") == "true",
        cast(BeadState, state if state in _STATES else "proposed"),
    )


def _raw(stream: BinaryIO, header: _Header, name: str, lost: list[int]) -> Iterator[_Raw]:
    """The units as they stand; the header is filled when it comes by."""
    for event, element in xml.elements(stream, ("tmx",), ("header", "tu"), name=name):
        if event == "start":
            continue
        if xml.tag(element) == "header":
            _read_header(element, header)
        else:
            yield _read_unit(element, lost)


def _read_header(element: _Element, header: _Header) -> None:
    source = element.get("srclang", "")
    header.source = "" if source.strip("*").lower() == "all" else language_tag(source)
    header.tool = " ".join((element.get("creationtool", ""), element.get("creationtoolversion", ""))).strip()
    signatures, documents = [], []
    for prop in xml.children(element, "prop"):
        if prop.get("type") == "x-concord-signature":
            signatures.append(prop.text or "")
        elif prop.get("type") == "x-concord-document":
            documents.append((language_tag(prop.get(xml.XML_LANG, "")), prop.text or ""))
    header.signatures, header.documents = tuple(signatures), tuple(documents)


def _read_unit(element: _Element, lost: list[int]) -> _Raw:
    props: dict[str, str] = {}
    variants: list[_Variant] = []
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        local = tag.rpartition("}")[2]
        if local == "prop":
            props[child.get("type", "")] = child.text or ""
        elif local == "tuv":
            variants.append(_read_variant(child, lost))
    return _Raw(props, variants)


def _read_variant(element: _Element, lost: list[int]) -> _Variant:
    text, own = "", {}
    for child in element:
        local = str(child.tag).rpartition("}")[2]
        if local == "seg":
            text = (child.text or "") if len(child) == 0 else xml.plain(child, _KEPT, _CODES, lost)
        elif local == "prop":
            own[child.get("type", "")] = child.text or ""
    return _Variant(_tag(element.get(xml.XML_LANG) or element.get("lang") or ""), text, own)


_TAGS: dict[str, str] = {}


def _tag(lang: str) -> str:
    """``language_tag``, looked up: there are few languages and many variants."""
    found = _TAGS.get(lang)
    if found is None:
        found = language_tag(lang)
        if len(_TAGS) < 1000:
            _TAGS[lang] = found
    return found


def _languages(header: _Header, first: Sequence[_Raw]) -> list[str]:
    """Those of the header's documents, else the source language and then the others as they come."""
    if header.documents:
        return [lang for lang, _ in header.documents]
    found = dict.fromkeys(variant.lang for one in first for variant in one.variants)
    source = [lang for lang in found if lang == header.source]
    source = source or [lang for lang in found if lang.partition("-")[0] == header.source.partition("-")[0]]
    return list(dict.fromkeys([*source[:1], *found]))


def _head(header: _Header, there: Sequence[str], order: Sequence[int]) -> Head:
    names = tuple(header.documents[k][1] for k in order) if header.documents else ()
    pairs = len(there) - 1
    signatures = header.signatures
    if len(signatures) == pairs and order[0] == 0:
        signatures = tuple(header.signatures[k - 1] for k in order[1:])
    return Head(tuple(there[k] for k in order), names if any(names) else (), signatures, header.tool)


def _twin(header: _Header, variant: _Variant, first: int) -> int:
    """Which of several versions in one language a variant belongs to: the one of its document's name."""
    wanted = (variant.lang, variant.props.get("x-concord-document", ""))
    return header.documents.index(wanted) if wanted in header.documents else first
