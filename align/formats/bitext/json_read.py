"""Concord's own JSON Lines and JSON object, and lines of JSON as data sets have them.

Of others' lines these are read: ``{"source": "…", "target": "…"}``, ``{"translation": {"ru": "…", "en": "…"}}`` and
``{"ru": "…", "en": "…"}``. Lines are read one by one; the object, and lines of several pairs, as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO, cast, get_args

from align.errors import EmptyInputError, FormatError, UsageError
from align.formats import jsonl
from align.formats.bitext import langs as languages
from align.formats.bitext.collect import Bitext, collect
from align.formats.bitext.stream import lines, whole
from align.formats.bitext.units import Head, Source, Unit
from align.formats.rows import language_tag
from align.model import Alignment, BeadState
from align.text import decode

LARGEST = 256 << 20
"""Bytes of a JSON object, which is held whole."""
_STATES = get_args(BeadState)
Place = tuple[str, Any]


def read(
    stream: BinaryIO, *, name: str, langs: Sequence[str] | None, encoding: str | None
) -> Source | Bitext:
    """JSON Lines. Raises FormatError with line and column, EmptyInputError."""
    warnings: list[str] = []
    numbered = enumerate(lines(stream, name=name, encoding=encoding, warnings=warnings), 1)
    records = (
        (f"{name}, line {number}", jsonl.loads(line, where=name, line=number))
        for number, line in numbered
        if line.strip()
    )
    first = next(records, None)
    if first is None:
        raise EmptyInputError("there are no beads in it", where=name)
    if isinstance(first[1], dict) and "version" in first[1]:
        return _by_pairs(chain([first], records), langs, name)
    return _of_lines(first, records, langs, name, warnings)


def _of_lines(
    first: Place, records: Iterable[Place], langs: Sequence[str] | None, name: str, warnings: list[str]
) -> Source:
    there = _languages_of(first)
    if there is None:
        pair = languages.pair(langs, name) or ("und", "und")
        order, shown = [0, 1], list(pair)
    else:
        order, shown = languages.wanted(there, langs, name), there
    keys = None if there is None else [there[k] for k in order]

    def units() -> Iterator[Unit]:
        for number, (place, record) in enumerate(chain([first], records), 1):
            yield _unit(number, record, place) if keys is None else _by_language(number, record, keys, place)

    return Source(Head(tuple(shown[k] for k in order)), units(), warnings)


def _languages_of(first: Place) -> list[str] | None:
    """The languages that a line has as its keys; None for "source" and "target"."""
    place, record = first
    found = _texts_by_language(record)
    if isinstance(record, dict) and ("source" in record or "source_text" in record):
        return None
    if len(found) < 2:
        raise FormatError("no bead with “source” and “target”", where=place)
    return list(found)


def _texts_by_language(record: Any) -> dict[str, str]:
    held = record.get("translation", record) if isinstance(record, dict) else {}
    if not isinstance(held, dict):
        return {}
    return {key: text for key, text in held.items() if isinstance(text, str) and len(key) < 12}


def _by_language(number: int, record: Any, keys: Sequence[str], place: str) -> Unit:
    found = _texts_by_language(record)
    sides = tuple((found[key],) if found.get(key, "").strip() else () for key in keys)
    if not any(sides):
        raise FormatError(f"there is no text in {', '.join(keys)}", where=place)
    return Unit(number, sides, (None,) * (len(keys) - 1))


def _unit(number: int, record: Any, place: str) -> Unit:
    """A bead of Concord's, or a pair of texts."""
    if not isinstance(record, dict):
        raise FormatError("this is no object", where=place)
    sides = tuple(_side(record, side, place) for side in ("source", "target"))
    ids = tuple(_ids(record.get(side)) for side in ("source", "target"))
    known = all(len(a) == len(b) for a, b in zip(sides, ids, strict=True))
    state = record.get("state", "proposed")
    return Unit(
        number,
        sides,
        (_number(record.get("confidence"), 0, 1),),
        record.get("doubtful") is True,
        record.get("moved") is True,
        cast(BeadState, state if state in _STATES else "proposed"),
        _number(record.get("score"), -1e308, 1e308),
        ids if known else (),
    )


def _side(record: dict[str, Any], side: str, place: str) -> tuple[str, ...]:
    texts = record.get(f"{side}_text", record.get(side))
    if isinstance(texts, str):
        return (texts,) if texts.strip() else ()
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise FormatError(f"no texts in “{side}_text”", where=place, hint="Write the alignment with texts")
    return tuple(texts)


def _ids(found: Any) -> tuple[int, ...]:
    if not isinstance(found, list) or not all(type(i) is int and 0 <= i < 1 << 40 for i in found):
        return ()
    return tuple(found)


def _number(value: Any, least: float, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        return None
    return float(value)


def read_object(stream: BinaryIO, *, name: str, langs: Sequence[str] | None, encoding: str | None) -> Bitext:
    """The JSON object. Raises FormatError with line and column, TooLargeError."""
    text = decode(whole(stream, LARGEST, name), encoding, name=name).text
    if not text.strip():
        raise EmptyInputError("there is nothing in it", where=name)
    held = jsonl.loads(text, where=name)
    beads = held.get("beads") if isinstance(held, dict) else None
    if not isinstance(beads, list):
        raise FormatError("there are no “beads” in it", where=name, hint="Concord's JSON of an alignment has")
    records = [(f"{name}, bead {number}", bead) for number, bead in enumerate(beads, 1)]
    documents = held.get("documents")
    listed = documents if isinstance(documents, list) and all(isinstance(d, dict) for d in documents) else []
    pairs = held.get("pairs")
    signatures = [
        str(pair["signature"])
        for pair in (pairs if isinstance(pairs, list) else [])
        if isinstance(pair, dict) and isinstance(pair.get("signature"), str)
    ]
    head = Head(
        tuple(language_tag(str(d.get("lang", ""))) for d in listed),
        tuple(str(d.get("name", "")) for d in listed),
        tuple(signatures),
    )
    return _by_pairs(records, langs, name, head)


def _by_pairs(
    records: Iterable[Place], langs: Sequence[str] | None, name: str, head: Head | None = None
) -> Bitext:
    """The beads of each pair, put together around their common source."""
    pairs: defaultdict[int, list[Unit]] = defaultdict(list)
    named: dict[int, str] = {}
    for number, (place, record) in enumerate(records, 1):
        unit = _unit(number, record, place)
        version = record.get("version", 1)
        if type(version) is not int or not 1 <= version < 1000:
            raise FormatError("“version” is not a number from 1", where=place)
        pairs[version].append(unit)
        pair = record.get("pair")
        if isinstance(pair, list) and len(pair) == 2:
            named.setdefault(0, language_tag(str(pair[0])))
            named.setdefault(version, language_tag(str(pair[1])))
    versions = [0, *sorted(pairs)]
    if head is None or len(head.langs) < 2:
        head = Head(tuple(named.get(k, "und") for k in range(max(versions) + 1)))
    if max(versions) >= len(head.langs):
        raise FormatError(f"a bead is of version {max(versions)}, which is not listed", where=name)
    return _collected(head, pairs, langs, name)


def _collected(head: Head, pairs: dict[int, list[Unit]], langs: Sequence[str] | None, name: str) -> Bitext:
    there = list(head.langs)
    if set(there) == {"und"}:
        pair = languages.pair(langs, name)
        there = list(pair) if pair and len(there) == 2 else there
        order = list(range(len(there)))
    else:
        order = languages.wanted(there, langs, name)
    if order[0] != 0:
        raise UsageError(
            f"its versions are aligned with the first, {there[0]}", where=name, hint="Name that first"
        )
    alignments: list[Alignment] = []
    for k in order[1:]:
        made = head.signatures[k - 1 : k] if len(head.signatures) >= k else ()
        own = Head((there[0], there[k]), (head.name(0), head.name(k)), made)
        found = collect(Source(own, iter(pairs.get(k, ()))), name=name, format="json")
        source = alignments[0].source if alignments else found.alignments[0].source
        alignments.append(replace(found.alignments[0], source=source))
    return Bitext(tuple(alignments))
