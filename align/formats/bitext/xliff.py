"""XLIFF 2.1 (OASIS, 2018), core: a unit with one segment for each bead, written in constant memory.

State: "final" for what a person confirmed, "reviewed" for what a person edited, else "translated"; "initial" without
a target. Notes of a unit say the rest, by their category: ``concord:kind``, ``concord:confidence`` (four decimals),
``concord:state``, ``concord:doubtful``, ``concord:moved``, ``concord:source-segments`` and
``concord:target-segments`` (the lengths of the sentences in code points where there are several). Notes of the file
are ``concord:signature``, ``concord:source`` and ``concord:target`` (names of the documents). Characters that XML
cannot hold are ``<cp hex="…"/>`` in texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from align.formats.bitext.carry import NOT_XML, Room, cuts_of
from align.formats.bitext.units import Head, Unit
from align.text import join_segments

ROOM = Room(several=False, in_head=NOT_XML)
STATES = {"confirmed": "final", "edited": "reviewed"}
_RETURN = {"\r": "&#13;"}


def put(head: Head, units: Iterable[Unit], stream: TextIO) -> None:
    """Writes units of two versions."""
    source, target = head.langs[:2]
    stream.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"'
        f" srcLang={quoteattr(source)} trgLang={quoteattr(target)}>\n"
        f'  <file id="f1"{_original(head)} xml:space="preserve">\n'
    )
    notes = [("signature", one) for one in head.signatures]
    notes += [(side, head.name(k)) for k, side in enumerate(("source", "target")) if head.name(k)]
    stream.write(_notes(notes, "    "))
    empty = True
    for unit in units:
        stream.write(_unit(unit, source, target))
        empty = False
    if empty:  # a file without units is not valid
        stream.write('    <unit id="u0"><segment><source/></segment></unit>\n')
    stream.write("  </file>\n</xliff>\n")


def _original(head: Head) -> str:
    return f" original={quoteattr(head.name(0))}" if head.name(0) else ""


def _notes(notes: list[tuple[str, str]], indent: str) -> str:
    if not notes:
        return ""
    lines = "".join(
        f'{indent}  <note category="concord:{category}">{escape(text, _RETURN)}</note>\n'
        for category, text in notes
    )
    return f"{indent}<notes>\n{lines}{indent}</notes>\n"


def _unit(unit: Unit, source: str, target: str) -> str:
    notes = [("kind", unit.kind)]
    if unit.confidence is not None:
        notes.append(("confidence", f"{unit.confidence:.4f}"))
    if unit.state != "proposed":
        notes.append(("state", unit.state))
    notes += [(name, "true") for name, on in (("doubtful", unit.doubtful), ("moved", unit.moved)) if on]
    left, right = unit.sides[:2]
    for name, side in (("source", left), ("target", right)):
        if len(side) > 1:
            notes.append((f"{name}-segments", cuts_of(side)))
    state = STATES.get(unit.state, "translated") if right else "initial"
    translation = f"<target>{_text(join_segments(right, target))}</target>" if right else ""
    return (
        f'    <unit id="u{unit.number}">\n{_notes(notes, "      ")}'
        f'      <segment id="s1" state="{state}"><source>{_text(join_segments(left, source))}</source>'
        f"{translation}</segment>\n    </unit>\n"
    )


def _text(text: str) -> str:
    found = escape(text, _RETURN)
    return NOT_XML.sub(lambda match: f'<cp hex="{ord(match.group()):04X}"/>', found)
