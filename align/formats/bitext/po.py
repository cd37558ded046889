"""Gettext PO: an entry for each unit, written in constant memory and read through polib.

``msgctxt`` is the unit's number, so that sentences that occur twice stay apart; a doubtful unit is ``fuzzy``. A
line ``#. concord: …`` says kind, confidence (four decimals), state, and the lengths of the sentences in code points
where there are several. Units without an original cannot be said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO, TextIO, cast, get_args

from align.errors import EmptyInputError, EncodingError
from align.formats.bitext import langs as languages
from align.formats.bitext.carry import Room, cut, cuts_of
from align.formats.bitext.collect import confidence_of, nothing
from align.formats.bitext.stream import whole
from align.formats.bitext.units import Head, Source, Unit
from align.formats.po_text import declared_encoding, parsed
from align.formats.rows import language_tag
from align.model import BeadState
from align.text import join_segments

ROOM = Room(
    several=False,
    nulls="source",
    forbidden=re.compile("[\x00\ud800-\udfff]"),
    in_head=re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"),
)
LARGEST = 64 << 20
"""Bytes of a file to be read, which polib holds whole."""
_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
    "\b": "\\b",
    "\f": "\\f",
}
_TO_ESCAPE = re.compile('[\\\\"\n\r\t\v\b\f]')
_MARK = "concord: "
_STATES = get_args(BeadState)


def put(head: Head, units: Iterable[Unit], stream: TextIO) -> None:
    """Writes units of two versions."""
    fields = {
        "Project-Id-Version": "alignment",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": head.langs[1],
        "X-Source-Language": head.langs[0],
        "X-Generator": "Concord",
    }
    fields |= {
        f"X-Concord-{side}": head.name(k) for k, side in enumerate(("Source", "Target")) if head.name(k)
    }
    if head.signatures:
        fields["X-Concord-Signature"] = head.signatures[0]
    lines = "".join(f'"{_escaped(f"{key}: {value}")}\\n"\n' for key, value in fields.items())
    stream.write(f'msgid ""\nmsgstr ""\n{lines}')
    for unit in units:
        stream.write(_entry(unit, head.langs))


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(lambda match: _ESCAPES[match.group()], text)


def _entry(unit: Unit, langs: Sequence[str]) -> str:
    facts = [f"kind {unit.kind}"]
    if unit.confidence is not None:
        facts.append(f"confidence {unit.confidence:.4f}")
    if unit.state != "proposed":
        facts.append(f"state {unit.state}")
    if unit.moved:
        facts.append("moved")
    for name, side in zip(("source", "target"), unit.sides, strict=False):
        if len(side) > 1:
            facts.append(f"{name} {cuts_of(side)}")
    flag = "#, fuzzy\n" if unit.doubtful else ""
    source, target = (join_segments(side, lang) for side, lang in zip(unit.sides, langs, strict=True))
    return (
        f'\n#. {_MARK}{"; ".join(facts)}\n{flag}msgctxt "{unit.number}"\n'
        f'msgid "{_escaped(source)}"\nmsgstr "{_escaped(target)}"\n'
    )


# Reading


def read(stream: BinaryIO, *, name: str, langs: Sequence[str] | None, encoding: str | None) -> Source:
    """The entries that are not obsolete; of plurals the singular with the first form, the plural with the last.

    Languages are those of the header where it names them. Raises FormatError with the line, EncodingError,
    EmptyInputError, TooLargeError.
    """
    po = _parse(whole(stream, LARGEST, name), name, encoding)
    header = {str(key): str(value) for key, value in po.metadata.items()}
    there = [language_tag(header.get("X-Source-Language", "")), language_tag(header.get("Language", ""))]
    order = [0, 1]
    if "und" in there:
        there = list(languages.pair(langs, name) or there)
    else:
        order = languages.wanted(there, langs, name)
    names = (header.get("X-Concord-Source", ""), header.get("X-Concord-Target", ""))
    made = header.get("X-Concord-Signature", "")
    head = Head(
        tuple(there[k] for k in order),
        tuple(names[k] for k in order) if any(names) else (),
        (made,) if made else (),
        header.get("X-Generator", ""),
    )
    found = chain.from_iterable(_units(item, there, order) for item in po if not item.obsolete)
    units = [Unit(n, u.sides, u.confidences, u.doubtful, u.moved, u.state) for n, u in enumerate(found, 1)]
    if not units:
        raise EmptyInputError("there are no entries in it", where=name)
    return Source(head, iter(units))


def _units(item: Any, langs: Sequence[str], order: Sequence[int]) -> Iterator[Unit]:
    facts = _facts(item.comment)
    pairs = [(item.msgid, item.msgstr)]
    if item.msgid_plural:
        forms = [text for _, text in sorted(item.msgstr_plural.items())]
        pairs = [(item.msgid, forms[0] if forms else "")]
        pairs += [(item.msgid_plural, forms[-1])] if len(forms) > 1 else []
    state = facts.get("state", "proposed")
    for source, target in pairs:
        sides = cut(source, facts.get("source"), langs[0]), cut(target, facts.get("target"), langs[1])
        if any(sides):
            yield Unit(
                0,
                tuple(sides[k] for k in order),
                (confidence_of(facts.get("confidence")),),
                "fuzzy" in item.flags,
                "moved" in facts,
                cast(BeadState, state if state in _STATES else "proposed"),
            )


def _facts(comment: str) -> dict[str, str]:
    """Our line among the comments, taken apart."""
    line = next((line for line in comment.split("\n") if line.startswith(_MARK)), "")
    parts = line.removeprefix(_MARK).split("; ") if line else []
    return {key: value for key, _, value in (part.partition(" ") for part in parts)}


def _parse(data: bytes, name: str, encoding: str | None) -> Any:
    codec = encoding or declared_encoding(data)
    try:
        text = data.decode(codec)
    except (UnicodeDecodeError, LookupError) as error:
        at = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise EncodingError(
            f"bytes that are not {codec.upper().removesuffix('-SIG')}",
            where=f"{name}, line {at}",
            hint="Name the encoding with --encoding",
        ) from error
    if not text.strip():
        raise EmptyInputError("there is nothing in it", where=name)
    if "msgid" not in text:
        raise nothing(name, "PO file")
    return parsed(text, name)
