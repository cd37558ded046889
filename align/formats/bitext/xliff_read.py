"""XLIFF 2.0 and 2.1, and 1.1 and 1.2 as the tools write them (``.sdlxliff``, ``.mqxliff``), read unit by unit.

Where a unit of XLIFF 1.2 is cut into marked segments (``seg-source``, ``mrk mtype="seg"``), each of them is a unit
here. Text in spans (``pc``, ``mrk``, ``g`` …) is text, codes are left out and counted. What the file says is final,
signed off or approved is confirmed. Units that are not to be translated and have no translation are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, cast

from align.errors import EmptyInputError, FormatError
from align.formats.bitext import langs as languages
from align.formats.bitext import xml
from align.formats.bitext.carry import cut
from align.formats.bitext.collect import confidence_of, nothing
from align.formats.bitext.units import Head, Source, Unit
from align.formats.bitext.xliff import STATES
from align.formats.rows import language_tag
from align.model import BeadState

if TYPE_CHECKING:
    from lxml.etree import _Element

_KEPT = frozenset({"pc", "mrk", "g", "sub"})
_CODES = frozenset({"ph", "sc", "ec", "sm", "em", "x", "bx", "ex", "bpt", "ept", "it"})
_FINAL = frozenset({"final", "signed-off"})
_APPROVED = frozenset({"ApprovedTranslation", "ApprovedSignOff"})
_MARK = "concord:"


@dataclass(slots=True)
class _File:
    """What the elements around a unit say."""

    source: str = ""
    target: str = ""
    tool: str = ""
    seen: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)
    read_notes: bool = False


@dataclass(frozen=True, slots=True)
class _Raw:
    source: str
    target: str
    notes: dict[str, str]
    state: BeadState


def read(stream: BinaryIO, *, name: str, langs: Sequence[str] | None, encoding: str | None) -> Source:
    """The units. Raises FormatError with line and column, EmptyInputError, UsageError for a missing language."""
    file, lost = _File(), [0]
    raw = _raw(stream, file, name, lost)
    first = next(raw, None)
    if first is None and not file.seen:
        raise nothing(name, "XLIFF file")
    if first is None:
        raise EmptyInputError("there are no units in it", where=name)
    there = [language_tag(file.source), language_tag(file.target)]
    unknown = "und" in there
    pair = languages.pair(langs, name) if unknown else None
    there = [given if own == "und" else own for own, given in zip(there, pair or there, strict=True)]
    order = [0, 1] if unknown else languages.wanted(there, langs, name)
    names = dict(file.notes)
    own = (names.get("source", ""), names.get("target", ""))
    head = Head(
        tuple(there[k] for k in order),
        tuple(own[k] for k in order) if any(own) else (),
        tuple(text for category, text in file.notes if category == "signature"),
        file.tool,
    )
    source = Source(head, iter(()))

    def units() -> Iterator[Unit]:
        number = 0
        for one in chain([first], raw):
            found = _unit(one, number + 1, there, order)
            if any(found.sides):
                number += 1
                yield found
        if lost[0]:
            source.warnings.append(f"codes of formatting are left out: {lost[0]:,}")

    source.units = units()
    return source


def _unit(one: _Raw, number: int, there: Sequence[str], order: Sequence[int]) -> Unit:
    notes = one.notes
    sides = (
        cut(one.source, notes.get("source-segments"), there[0]),
        cut(one.target, notes.get("target-segments"), there[1]),
    )
    return Unit(
        number,
        tuple(sides[k] for k in order),
        (confidence_of(notes.get("confidence")),),
        notes.get("doubtful") == "true",
        notes.get("moved") == "true",
        one.state,
    )


def _raw(stream: BinaryIO, file: _File, name: str, lost: list[int]) -> Iterator[_Raw]:
    for event, element in xml.elements(stream, ("xliff", "file", "tool"), ("unit", "trans-unit"), name=name):
        local = xml.tag(element)
        if event == "start":
            _around(element, local, file, name)
            continue
        if not file.read_notes:
            file.read_notes = True
            file.notes = _file_notes(element)
        yield from _of_unit(element, lost) if local == "unit" else _of_trans_unit(element, lost)


def _around(element: _Element, local: str, file: _File, name: str) -> None:
    if local == "tool":
        file.tool = f"{element.get('tool-name', '')} {element.get('tool-version', '')}".strip()
        return
    file.seen = file.seen or local == "xliff"
    source = element.get("srcLang") or element.get("source-language") or ""
    target = element.get("trgLang") or element.get("target-language") or ""
    file.source, file.target = file.source or source, file.target or target
    if (source and source != file.source) or (target and target != file.target):
        raise FormatError(
            f"it holds files in several languages ({file.source}–{file.target}, {source}–{target})",
            where=f"{name}, line {element.sourceline}",
            hint="Give one pair of languages at a time",
        )
    file.tool = file.tool or element.get("tool-id") or element.get("tool") or ""


def _file_notes(element: _Element) -> list[tuple[str, str]]:
    """Concord's notes of the file around a unit."""
    parent = element.getparent()
    if parent is None:
        return []
    notes = [note for group in xml.children(parent, "notes") for note in xml.children(group, "note")]
    return [
        (str(note.get("category")).removeprefix(_MARK), note.text or "")
        for note in notes
        if (note.get("category") or "").startswith(_MARK)
    ]


def _of_unit(element: _Element, lost: list[int]) -> Iterator[_Raw]:
    """The segments of a unit of XLIFF 2."""
    notes = {
        (note.get("category") or "").removeprefix(_MARK): note.text or ""
        for group in xml.children(element, "notes")
        for note in xml.children(group, "note")
        if (note.get("category") or "").startswith(_MARK)
    }
    for segment in xml.children(element, "segment"):
        source, target = _text(segment, "source", lost), _text(segment, "target", lost)
        if element.get("translate") == "no" and not target.strip():
            continue
        yield _Raw(source, target, notes, _state(segment.get("state", ""), notes, bool(target)))


def _state(written: str, notes: dict[str, str], translated: bool) -> BeadState:
    """What our note says, if no other program has changed the state since; else confirmed where it is final."""
    noted = notes.get("state", "proposed")
    if noted in STATES and written == (STATES[noted] if translated else "initial"):
        return cast(BeadState, noted)
    if written in _FINAL:
        return "confirmed"
    return "stale" if noted == "stale" else "proposed"


def _text(element: _Element, name: str, lost: list[int]) -> str:
    found = xml.children(element, name)
    return xml.plain(found[0], _KEPT, _CODES, lost) if found else ""


def _of_trans_unit(element: _Element, lost: list[int]) -> Iterator[_Raw]:
    """A unit of XLIFF 1, or its marked segments."""
    target = next(iter(xml.children(element, "target")), None)
    approved = element.get("approved") == "yes"
    state = "" if target is None else target.get("state", "")
    untranslatable = element.get("translate") == "no"
    levels = {
        seg.get("id", ""): seg.get("conf", "")
        for seg in element.iter("{*}seg")
        if xml.tag(seg) == "seg" and seg.get("conf")
    }
    cut_up = next(iter(xml.children(element, "seg-source")), None)
    marks = {} if cut_up is None else _marked(cut_up)
    if marks:
        others = {} if target is None else _marked(target)
        for key, mark in marks.items():
            found = others.get(key)
            confirmed = approved or state in _FINAL or levels.get(key) in _APPROVED
            text = "" if found is None else xml.plain(found, _KEPT, _CODES, lost)
            if text.strip() or not untranslatable:
                yield _Raw(xml.plain(mark, _KEPT, _CODES, lost), text, {}, _confirmed(confirmed))
        return
    source = _text(element, "source", lost)
    text = "" if target is None else xml.plain(target, _KEPT, _CODES, lost)
    if text.strip() or not untranslatable:
        yield _Raw(source, text, {}, _confirmed(approved or state in _FINAL))


def _confirmed(is_: bool) -> BeadState:
    return "confirmed" if is_ else "proposed"


def _marked(element: _Element) -> dict[str, _Element]:
    """The marked segments by their numbers."""
    return {
        mark.get("mid", ""): mark
        for mark in element.iter("{*}mrk")
        if mark.get("mtype") == "seg" and mark.get("mid")
    }
