"""Text → blocks → sentences, with offsets into the text as read. Pure, deterministic, linear time.

``text[start:end]`` is the segment; segments are in order, do not overlap, are never empty, have no white space at
their ends, lie inside one block each, and together cover every character that is not white space. So do blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from align.model import Block, Document, Extract, Segment
from align.segment.blocks import Line, lines, mark_kinds, paragraphs
from align.segment.libraries import version
from align.segment.sentences import sentences
from align.segment.turns import Unit, mark_turns, opens_turn
from align.text import is_blank

if TYPE_CHECKING:
    from align.segment.srx import Srx

SEGMENTER: str  # made when it is asked for, in ``__getattr__``
_RULES = "concord-1"  # counts up with every change of the rules that changes segments

_NEWLINE = r"(?:\r\n|\r(?!\n)|[\n\v\f\x85\u2028\u2029])"
_BREAK = re.compile(rf"{_NEWLINE}\s*")
_ENDS_LINE = re.compile("[\r\n\v\f\x85\u2028\u2029]")
_Cut = Callable[[str, int, int, str, int], Iterator[tuple[int, int]]]
_BLANK = re.compile(rf"{_NEWLINE}\s*?{_NEWLINE}\s*|\u2029\s*")


def __getattr__(name: str) -> str:
    if name == "SEGMENTER":
        return f"{_RULES}+razdel-{version('razdel')}+sentencex-{version('sentencex')}"
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def build_document(
    extract: Extract,
    *,
    name: str,
    lang: str,
    sha256: str = "",
    segmented: bool = False,
    srx: Srx | None = None,
) -> Document:
    """The extract as a document of blocks and segments.

    Blocks that the reader found are kept, cut where a speaker's turn opens in them, and named turns where they
    are; otherwise they are found in the text. ``lang`` is an ISO 639-1 code; a language without rules of its own,
    and "und", is cut by the general ones. With ``segmented`` every line that is not blank is one segment, left
    alone; blank lines and turns then part the blocks. With ``srx`` its rules say where sentences end in a block, and
    ``metadata["segmenter"]`` names them by their hash; what they raise is raised.

    An empty text gives a document without segments; whoever reads it decides whether that is an error.
    """
    text = extract.text
    code = lang.lower().replace("_", "-").split("-")[0]
    if segmented:
        units, spans = _as_given(text, extract.blocks, code)
    else:
        units = _units(text, extract.blocks, code)
        cut, given = (srx.sentences, lang) if srx is not None else (sentences, code)
        spans = [list(_sentences(text, unit, given, cut)) for unit in units]
    blocks = [
        Block(i, unit.start, unit.end, unit.kind or "paragraph", unit.speaker, unit.question)
        for i, unit in enumerate(units)
    ]
    inside = [(start, end, i) for i, found in enumerate(spans) for start, end in found]
    segments = [Segment(i, start, end, block) for i, (start, end, block) in enumerate(inside)]
    return Document(
        name=name,
        text=text,
        lang=lang,
        blocks=tuple(blocks),
        segments=tuple(segments),
        format=extract.format,
        sha256=sha256,
        pieces=extract.pieces,
        metadata={**extract.metadata, "segmenter": srx.signature} if srx is not None else extract.metadata,
        warnings=extract.warnings,
    )


def _units(text: str, blocks: Sequence[Block] | None, lang: str) -> list[Unit]:
    if blocks is None:
        return mark_kinds(text, _with_names(text, mark_turns(text, paragraphs(text), lang)))
    units = [part for unit in _covering(text, blocks) for part in _parts(text, unit)]
    return mark_turns(text, units, lang)


def _sentences(text: str, unit: Unit, lang: str, cut: _Cut) -> Iterator[tuple[int, int]]:
    """The sentences of a block; a blank line inside it always ends one, if there is anything to see behind it."""
    if not _ENDS_LINE.search(text, unit.start, unit.end):
        yield from cut(text, unit.start, unit.end, lang, unit.body)
        return
    start = last = unit.start
    shown = False  # whether there is anything to see since ``start``
    for gap in _BLANK.finditer(text, unit.start, unit.end):
        following = _BLANK.search(text, gap.end(), unit.end)
        shown = shown or not is_blank(text[last : gap.start()])
        if shown and not is_blank(text[gap.end() : following.start() if following else unit.end]):
            yield from cut(text, start, gap.start(), lang, unit.body)
            start, shown = gap.end(), False
        last = gap.end()
    yield from cut(text, start, unit.end, lang, unit.body)


def _with_names(text: str, units: list[Unit]) -> list[Unit]:
    """A speaker's name on a line of its own is joined to what is said on the next."""
    result: list[Unit] = []
    for unit in units:
        last = result[-1] if result else None
        alone = last is not None and last.kind == "turn" and last.speaker and last.body >= last.end
        if last is not None and alone and unit.kind is None and not unit.apart:
            result[-1] = replace(last, end=unit.end, body=unit.start, lines=last.lines + unit.lines)
        else:
            result.append(unit)
    return result


def _covering(text: str, blocks: Sequence[Block]) -> list[Unit]:
    """The reader's blocks, trimmed, and whatever stands between them as paragraphs."""
    units: list[Unit] = []
    at = 0
    for block in blocks:
        units += paragraphs(text, at, max(at, block.start))
        start, end = _trimmed(text, max(at, block.start), block.end)
        if start < end:
            kind = None if block.kind == "paragraph" else block.kind
            if block.speaker is not None:
                kind = "turn"
            units.append(Unit(start, end, kind, block.speaker, block.question, start))
        at = max(at, block.end)
    return units + paragraphs(text, at)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _parts(text: str, unit: Unit) -> Iterator[Unit]:
    """A paragraph of the reader's, cut before each line that opens a turn (a web page's line breaks)."""
    cuts = [unit.start]
    if unit.kind in (None, "turn"):
        breaks = _BREAK.finditer(text, unit.start, unit.end)
        cuts += [gap.end() for gap in breaks if opens_turn(text, gap.end(), unit.end)]
    for start, end in zip(cuts, [*cuts[1:], unit.end], strict=True):
        first = start == unit.start
        begin, stop = _trimmed(text, start, end)
        speaker = unit.speaker if first else None
        yield replace(
            unit, start=begin, end=stop, speaker=speaker, question=unit.question and first, body=begin
        )


def _as_given(
    text: str, blocks: Sequence[Block] | None, lang: str
) -> tuple[list[Unit], list[list[tuple[int, int]]]]:
    """One segment a line: the blocks, and the lines in each."""
    if blocks is not None:
        units = _covering(text, blocks)
        found = [lines(text, unit.start, unit.end, plain=True) for unit in units]
    else:
        found = list(_groups(text, lines(text, plain=True)))
        units = [Unit(group[0].start, group[-1].end) for group in found]
    marked = mark_turns(text, units, lang)
    return marked, [[(line.start, line.end) for line in group] for group in found]


def _groups(text: str, found: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that belong together: up to a blank line or one that opens a turn."""
    group: list[Line] = []
    for line in found:
        if group and (line.apart or opens_turn(text, line.start, line.end)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group
