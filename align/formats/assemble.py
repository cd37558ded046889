"""Runs of text with their places in the file → an ``Extract``: its text, blocks and pieces.

Every reader but the one for plain text hands its paragraphs over as ``Draft`` objects. Here they are trimmed, cut
where a line break or a bold question divides them, joined by a blank line, and numbered. What a run says about
its place is carried over unchanged, so that the way back stays exact. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from align.model import Block, BlockKind, Extract, Piece

SEPARATOR = "\n\n"
SOFT_HYPHEN = "\u00ad"
_HEADING_MAX = 150  # code points; a longer line in bold is a paragraph
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_CLOSING = "»”“\"’‘')\\]"  # “ and ‘ close in German, Czech, Bulgarian …
_ASKS = re.compile(rf"[?？؟][{_CLOSING}]*$")
_ASKS_INSIDE = re.compile(rf"[?？؟][{_CLOSING}]*(?=\s)")
_ENDS = re.compile(rf"[.!?…:;,。！？؟][{_CLOSING}]*$")
_DASH = re.compile(r"[-–—―]\s*\w")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and its place in the file, as in ``Piece``; ``length`` counts code points in the file.

    A hard line break is a run of its own with the text "\\n". ``bold`` is a hint for finding questions. An
    ``offset`` of -1 says that the reader put the run in itself: no piece covers it.
    """

    text: str
    offset: int
    length: int
    verbatim: bool = True
    bold: bool = False
    part: str = ""
    node: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph as the format has it, before trimming. ``question`` is set where the format itself says so."""

    runs: Sequence[Run]
    kind: BlockKind = "paragraph"
    question: bool = False
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A stretch of a draft that becomes a block; ``bold`` when all its letters are."""

    text: str
    runs: Sequence[Run]
    bold: bool
    draft: Draft


def verbatim(text: str, offset: int, *, bold: bool = False, part: str = "", node: int | None = None) -> Run:
    """A run that stands in the file exactly as it reads."""
    return Run(text, offset, len(text), True, bold, part, node)


def inserted(text: str) -> Run:
    """A run that stands nowhere in the file."""
    return Run(text, -1, 0, verbatim=False)


def stripped(runs: Sequence[Run]) -> list[Run]:
    """The runs without the white space at both ends; empty if there is nothing else."""
    text = "".join(run.text for run in runs)
    return [run for inside in _slices(runs, [_trim(text, 0, len(text))]) for run in inside if run.text]


def with_turns(drafts: Sequence[Draft], dashed: Sequence[int]) -> list[Draft]:
    """Items behind a dash become speaker turns where some of them ask and others answer: it is an interview.

    Programs turn a line that begins with "- " into a list item by themselves. ``dashed`` numbers such items.
    """
    result = list(drafts)
    asking = {i for i in dashed if _ASKS.search("".join(run.text for run in drafts[i].runs).rstrip())}
    if len(dashed) / 3 <= len(asking) < len(dashed):
        for i in dashed:
            result[i] = replace(result[i], kind="turn", speaker="", question=i in asking)
    return result


def title_of(drafts: Iterable[Draft]) -> str:
    """The text of the first heading, "" without one."""
    runs = next((draft.runs for draft in drafts if draft.kind == "heading"), ())
    return " ".join("".join(run.text for run in runs).split())


def assemble(
    drafts: Iterable[Draft],
    *,
    format: str,
    metadata: Mapping[str, str] | None = None,
    warnings: Sequence[str] = (),
) -> Extract:
    """Join drafts into an extract; empty ones vanish.

    Soft hyphens are left out of the text (they are hints for the printer, and would hide words from every
    search). Blocks are separated by a blank line, which no piece covers.
    """
    chunks = [chunk for draft in drafts for chunk in _chunks(draft)]
    interview = _is_interview(chunks)
    texts: list[str] = []
    blocks: list[Block] = []
    pieces: list[Piece] = []
    position = 0
    for chunk in chunks:
        if blocks:
            texts.append(SEPARATOR)
            position += len(SEPARATOR)
        end = position + len(chunk.text)
        kind, question = _judge(chunk, interview)
        blocks.append(Block(len(blocks), position, end, kind, chunk.draft.speaker, question))
        texts.append(chunk.text)
        pieces.extend(_pieces(chunk.runs, position))
        position = end
    return Extract(
        text="".join(texts),
        format=format,
        blocks=tuple(blocks),
        pieces=tuple(pieces),
        metadata=dict(metadata or {}),
        warnings=tuple(warnings),
    )


def _chunks(draft: Draft) -> Iterator[_Chunk]:
    runs = [part for run in draft.runs for part in _without_soft_hyphens(run)]
    text = "".join(run.text for run in runs)
    weights = "".join(("b" if run.bold else ".") * len(run.text) for run in runs)
    spans = [span for span in _spans(text, weights) if span[0] < span[1]]
    for (start, end), inside in zip(spans, _slices(runs, spans), strict=True):
        yield _Chunk(text[start:end], inside, _all_bold(text, weights, start, end), draft)


def _without_soft_hyphens(run: Run) -> Iterator[Run]:
    if SOFT_HYPHEN not in run.text:
        if run.text:
            yield run
    elif run.verbatim:
        for match in re.finditer(rf"[^{SOFT_HYPHEN}]+", run.text):
            yield _cut(run, match.start(), match.end())
    elif text := run.text.replace(SOFT_HYPHEN, ""):
        yield replace(run, text=text)


def _spans(text: str, weights: str) -> Iterator[tuple[int, int]]:
    """The trimmed stretches of a draft that are blocks of their own."""
    start = 0
    for match in [*_BLANK_LINES.finditer(text), None]:
        end = match.start() if match else len(text)
        if "b" in weights[start:end]:
            yield from _bold_spans(text, weights, start, end)
        else:
            yield _trim(text, start, end)
        start = match.end() if match else end


def _bold_spans(text: str, weights: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut where bold lines meet others, and behind a question in bold that runs into its answer.

    Interviews on the web are often one paragraph, the questions in bold, their answers behind a line break.
    """
    cuts = [start]
    before: bool | None = None
    line = start
    while line < end:
        line_end = text.find("\n", line, end)
        line_end = end if line_end < 0 else line_end
        if any(character.isalnum() for character in text[line:line_end]):
            bold = _all_bold(text, weights, line, line_end)
            if before is not None and bold != before:
                cuts.append(line)
            cut = None if bold else _run_in_question(text, weights, line, line_end)
            if cut is not None:
                if cuts[-1] != line:
                    cuts.append(line)
                cuts.append(cut)
            before = bold
        line = line_end + 1
    for first, last in zip(cuts, [*cuts[1:], end], strict=True):
        yield _trim(text, first, last)


def _run_in_question(text: str, weights: str, start: int, end: int) -> int | None:
    """Where a line's opening question in bold ends, None without one."""
    letters = [i for i in range(start, end) if text[i].isalnum()]
    plain = next((i for i in letters if weights[i] != "b"), end)
    if plain == end or plain == letters[0]:
        return None
    matches = list(_ASKS_INSIDE.finditer(text, start, plain))
    if not matches or any(text[i].isalnum() for i in range(matches[-1].end(), plain)):
        return None
    return matches[-1].end()


def _all_bold(text: str, weights: str, start: int, end: int) -> bool:
    """Whether every letter and digit is bold (and there is one): dashes and quotation marks do not count."""
    if "b" not in weights[start:end]:
        return False
    letters = [i for i in range(start, end) if text[i].isalnum()]
    return bool(letters) and all(weights[i] == "b" for i in letters)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _slices(runs: Sequence[Run], spans: Sequence[tuple[int, int]]) -> Iterator[list[Run]]:
    """The runs inside each span; spans are in order and do not overlap. Linear in runs and spans."""
    index = 0
    position = 0  # of runs[index] in the text
    for start, end in spans:
        inside: list[Run] = []
        while index < len(runs) and position < end:
            length = len(runs[index].text)
            if position + length > start:
                inside.append(_cut(runs[index], max(start - position, 0), min(end - position, length)))
            if position + length > end:
                break  # the next span begins in this run
            position += length
            index += 1
        yield inside


def _cut(run: Run, start: int, end: int) -> Run:
    if start == 0 and end == len(run.text):
        return run
    if run.verbatim:
        return replace(run, text=run.text[start:end], offset=run.offset + start, length=end - start)
    return replace(run, text=run.text[start:end])


def _pieces(runs: Iterable[Run], position: int) -> list[Piece]:
    """The pieces of a block that begins at ``position``; verbatim neighbours are joined."""
    pieces: list[Piece] = []
    for run in runs:
        end = position + len(run.text)
        last = pieces[-1] if pieces else None
        if run.offset < 0:
            pass
        elif (
            last is not None
            and last.end == position
            and last.verbatim
            and run.verbatim
            and (last.part, last.node) == (run.part, run.node)
            and last.offset + last.end - last.start == run.offset
        ):
            pieces[-1] = replace(last, end=end)
        else:
            length = None if run.verbatim else run.length
            pieces.append(Piece(position, end, run.offset, run.part, run.node, run.verbatim, length))
        position = end
    return pieces


def _is_interview(chunks: Sequence[_Chunk]) -> bool:
    """Whether bold paragraphs are the interviewer's: at least three of them, and half of them, ask."""
    bold = [chunk for chunk in chunks if chunk.bold and chunk.draft.kind == "paragraph"]
    asking = sum(1 for chunk in bold if _ASKS.search(chunk.text))
    return asking >= 3 and 2 * asking >= len(bold)


def _judge(chunk: _Chunk, interview: bool) -> tuple[BlockKind, bool]:
    """The kind of a block, and whether it is a question: a paragraph all in bold is a question or a heading."""
    kind = chunk.draft.kind
    if chunk.draft.question:
        return kind, True
    if not chunk.bold or kind != "paragraph":
        return kind, False
    if _ASKS.search(chunk.text):
        return kind, True
    if _ENDS.search(chunk.text) or _DASH.match(chunk.text):
        return kind, interview
    return ("heading" if len(chunk.text) <= _HEADING_MAX else kind), False
