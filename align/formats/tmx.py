"""Translation memories: TMX 1.4b (LISA OSCAR, 2005), written unit by unit in constant memory.

A bead is a ``tu`` with a ``tuv`` for each language; with three or more versions a group of beads is, with as many
variants as have text. What has text in one version only is no translation and is left out, unless ``nulls`` asks
for it. Where one side holds several segments the unit's ``segtype`` is "block". Properties (``prop``), of the
unit unless said otherwise:

* ``x-concord-kind``: "1-2", "1-1-2"
* ``x-concord-confidence``: four decimals; in a group also on each variant, there of the pair with the pivot
* ``x-concord-confidences``: of all pairs, where a version without text here has one ("-" for none)
* ``x-concord-doubtful``, ``x-concord-moved``: "true", else absent
* ``x-concord-state``: "edited", "confirmed", "stale", else absent
* ``x-concord-signature`` (header), one for each pair
* ``x-concord-document`` (header), one for each version in their order, with its language
* ``x-concord-document`` (variant): the file's name, where two versions have the same language
* ``x-concord-segments`` (variant): the lengths of its segments in code points, where it has several

Characters that XML 1.0 cannot hold become U+FFFD and are reported. There is no date in the file, so that the
same alignment gives the same bytes, and no DOCTYPE, since tools would look for the DTD beside the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from align import __version__
from align.formats.bitext.carry import NOT_XML, Losses, Room, carried, carry_head, cuts_of
from align.formats.bitext.units import Head, Unit, head_of, units_of
from align.model import Alignment
from align.text import join_segments

ROOM = Room(nulls="none", forbidden=NOT_XML)
_SPECIAL = re.compile("[&<>\r]")
_CARRIAGE_RETURN = {"\r": "&#13;"}


def write(
    alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False, nulls: bool = False
) -> tuple[str, ...]:
    """Writes a translation memory; ``nulls`` keeps units of one variant. Returns warnings about lost characters."""
    losses = Losses("TMX")
    room = replace(ROOM, nulls="all") if nulls else ROOM
    head = head_of(alignments)
    units = carried(head, units_of(alignments, only_doubtful=only_doubtful), room, losses)
    put(carry_head(head, room), units, stream)
    return lost_characters(losses)


def lost_characters(losses: Losses) -> tuple[str, ...]:
    """The warning about characters that XML cannot hold, if there were any."""
    count = sum(losses.characters.values())
    if not count:
        return ()
    noun = "character" if count == 1 else "characters"
    return (f"{losses.format}: {count} {noun} that XML cannot hold became U+FFFD: {losses.which()}",)


def put(head: Head, units: Iterable[Unit], stream: TextIO) -> None:
    """Writes units whose texts XML can hold."""
    stream.write(_head(head))
    same = [head.langs.count(tag) > 1 for tag in head.langs]
    for unit in units:
        stream.write(_unit(unit, head, same))
    stream.write("  </body>\n</tmx>\n")


def _text(text: str) -> str:
    """Character data; a carriage return is kept from the parser's folding of line ends."""
    return escape(text, _CARRIAGE_RETURN) if _SPECIAL.search(text) else text


def _prop(type_: str, value: str, lang: str = "") -> str:
    of = f" xml:lang={quoteattr(lang)}" if lang else ""
    return f'<prop type="x-concord-{type_}"{of}>{_text(value)}</prop>'


def _head(head: Head) -> str:
    attributes = {
        "creationtool": "Concord",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "Concord",
        "adminlang": "en",
        "srclang": head.langs[0],
        "datatype": "plaintext",
        "o-encoding": "UTF-8",
    }
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    props = [_prop("signature", signature) for signature in head.signatures]
    props += [_prop("document", head.name(k), lang) for k, lang in enumerate(head.langs)]
    listed = "".join(f"    {prop}\n" for prop in props)
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    return f"{start}  <header{written}>\n{listed}  </header>\n  <body>\n"


def _unit(unit: Unit, head: Head, same: Sequence[bool]) -> str:
    segtype = ' segtype="block"' if any(len(side) > 1 for side in unit.sides) else ""
    lines = [f'    <tu tuid="{unit.number}"{segtype}>']
    lines += [f"      {_prop(name, value)}" for name, value in _properties(unit)]
    for k, side in enumerate(unit.sides):
        if side:
            props = _prop("document", head.name(k)) if same[k] else ""
            confidence = unit.confidences[k - 1] if k and len(unit.sides) > 2 else None
            if confidence is not None:
                props += _prop("confidence", f"{confidence:.4f}")
            if len(side) > 1:
                props += _prop("segments", cuts_of(side))
            text = _text(side[0] if len(side) == 1 else join_segments(side, head.langs[k]))
            lines.append(f'      <tuv xml:lang="{head.langs[k]}">{props}<seg>{text}</seg></tuv>')
    lines.append("    </tu>\n")
    return "\n".join(lines)


def _properties(unit: Unit) -> list[tuple[str, str]]:
    found = [("kind", unit.kind)]
    confidence = unit.confidence
    if confidence is not None:
        found.append(("confidence", f"{confidence:.4f}"))
    if len(unit.sides) > 2 and any(
        c is not None and not s for c, s in zip(unit.confidences, unit.sides[1:], strict=True)
    ):
        each = ["-" if c is None else f"{c:.4f}" for c in unit.confidences]
        found.append(("confidences", " ".join(each)))
    if unit.doubtful:
        found.append(("doubtful", "true"))
    if unit.moved:
        found.append(("moved", "true"))
    if unit.state != "proposed":
        found.append(("state", unit.state))
    return found
