"""Translation memories: TMX 1.4b (LISA OSCAR, 2005), written unit by unit in constant memory.

A bead is a ``tu`` with a ``tuv`` for each language; with three or more versions a group of beads is, with as many
variants as have text. What has text in one version only is no translation and is left out, unless ``nulls`` asks
for it. Where one side holds several segments the unit's ``segtype`` is "block". Properties (``prop``), of the
unit unless said otherwise:

* ``x-concord-kind``: "1-2", "1-1-2"
* ``x-concord-confidence``: four decimals; in a group also on each variant, there of the pair with the pivot
* ``x-concord-doubtful``, ``x-concord-moved``: "true", else absent
* ``x-concord-state``: "edited", "confirmed", "stale", else absent
* ``x-concord-signature`` (header), one for each pair
* ``x-concord-document`` (variant): the file's name, where two versions have the same language

Characters that XML 1.0 cannot hold become U+FFFD and are reported. There is no date in the file, so that the
same alignment gives the same bytes, and no DOCTYPE, since tools would look for the DTD beside the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from align import __version__
from align.formats.rows import Row, joined, language_tag, rows
from align.model import Alignment, Document
from align.multi import versions

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(
    alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False, nulls: bool = False
) -> tuple[str, ...]:
    """Writes a translation memory; ``nulls`` keeps units of one variant. Returns warnings about lost characters."""
    documents = versions(alignments)
    xml = _Xml()
    stream.write(_head(alignments, xml))
    tags = [language_tag(document.lang) for document in documents]
    for row in rows(alignments):
        translated = sum(map(bool, row.sides)) > 1
        if (translated or nulls) and (row.doubtful or not only_doubtful):
            stream.write(_unit(row, documents, tags, xml))
    stream.write("  </body>\n</tmx>\n")
    return xml.warnings()


@dataclass
class _Xml:
    """Escapes text, and counts the characters that XML forbids."""

    lost: dict[str, int] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """Character data; a carriage return is kept from the parser's folding of line ends."""
        return escape(_FORBIDDEN.sub(self._replace, text), {"\r": "&#13;"})

    def _replace(self, match: re.Match[str]) -> str:
        self.lost[match.group()] = self.lost.get(match.group(), 0) + 1
        return "\ufffd"

    def prop(self, type_: str, value: str) -> str:
        return f'<prop type="x-concord-{type_}">{self.text(value)}</prop>'

    def warnings(self) -> tuple[str, ...]:
        if not self.lost:
            return ()
        count = sum(self.lost.values())
        which = ", ".join(f"U+{ord(c):04X}" for c in sorted(self.lost)[:5])
        noun = "character" if count == 1 else "characters"
        return (f"TMX: {count} {noun} that XML cannot hold became U+FFFD: {which}",)


def _head(alignments: Sequence[Alignment], xml: _Xml) -> str:
    attributes = {
        "creationtool": "Concord",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "Concord",
        "adminlang": "en",
        "srclang": language_tag(alignments[0].source.lang),
        "datatype": "plaintext",
        "o-encoding": "UTF-8",
    }
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    signatures = dict.fromkeys(str(alignment.signature) for alignment in alignments)
    props = "".join(f"    {xml.prop('signature', signature)}\n" for signature in signatures)
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    return f"{start}  <header{written}>\n{props}  </header>\n  <body>\n"


def _unit(row: Row, documents: Sequence[Document], tags: Sequence[str], xml: _Xml) -> str:
    segtype = ' segtype="block"' if any(len(side) > 1 for side in row.sides) else ""
    lines = [f'    <tu tuid="{row.number}"{segtype}>']
    lines += [f"      {xml.prop(name, value)}" for name, value in _properties(row)]
    for k, (document, side) in enumerate(zip(documents, row.sides, strict=True)):
        if side:
            props = xml.prop("document", document.name) if tags.count(tags[k]) > 1 else ""
            confidence = row.confidences[k - 1] if k and len(documents) > 2 else None
            if confidence is not None:
                props += xml.prop("confidence", f"{confidence:.4f}")
            text = xml.text(joined(document, side))
            lines.append(f'      <tuv xml:lang="{tags[k]}">{props}<seg>{text}</seg></tuv>')
    lines.append("    </tu>\n")
    return "\n".join(lines)


def _properties(row: Row) -> list[tuple[str, str]]:
    found = [("kind", row.kind), ("confidence", f"{row.confidence:.4f}")]
    if row.doubtful:
        found.append(("doubtful", "true"))
    if row.moved:
        found.append(("moved", "true"))
    if row.state != "proposed":
        found.append(("state", row.state))
    return found
