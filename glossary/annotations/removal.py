"""Which characters go when a mark is taken out of its sentence."""

from __future__ import annotations

import re

from glossary.annotations.drafts import Draft
from glossary.annotations.scan import Line

_SPACES = " \t\u00a0\u202f"
_NEEDS_COMMA = re.compile(
    r"\s*(?:но|а|что|чтобы|котор\w+|где|когда|если|хотя|поскольку|однако|потому|який|яка|яке|які|але|що|but|who|which|where|while|although|whereas"
    r"|aber|sondern|der|die|das|dass|mais|qui|que)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\s*[.;,]?\s*[—–-]\s*(?:прим\.?\s*(?:ред|авт|пер)\w*\.?|ред\.|[«“\"][^»”\"]{1,30}[»”\"]"
    r"|ed(?:itor)?(?:'s note)?\.?)\s*",
    re.IGNORECASE,
)


def removal(text: str, line: Line, draft: Draft) -> tuple[tuple[int, int], ...]:
    """Spans of ``text`` that a clean text leaves out for this mark, in order."""
    start, end = line.tokens[draft.first].start, line.tokens[draft.end - 1].end
    if draft.place == "banner":
        return (_line(text, line),)
    if draft.place == "footnote":
        return ((start, end),)
    if draft.bracket is not None:
        return (_bracket(text, line, draft, start, end),)
    if draft.names and draft.names[0].first >= draft.end:
        return (_before_name(text, start, end),)
    return (_apposition(text, start, end),)


def _line(text: str, line: Line) -> tuple[int, int]:
    """A banner's line with the white space behind it (or before it, at the end of the text)."""
    start, end = line.start, line.end
    while end < len(text) and text[end].isspace():
        end += 1
    if end == len(text):
        while start > 0 and text[start - 1].isspace():
            start -= 1
    return start, end


def _bracket(text: str, line: Line, draft: Draft, start: int, end: int) -> tuple[int, int]:
    """The whole bracket, or the mark with the sign that parts it from other facts."""
    assert draft.bracket is not None
    opening, closing = line.tokens[draft.bracket[0]], line.tokens[draft.bracket[1]]
    before, after = text[opening.end : start], text[end : closing.start]
    bare = not before.strip(_SPACES) and (
        not after.strip(_SPACES + ".") or _REMARK.fullmatch(after) is not None
    )
    if bare:
        return _with_space_before(text, opening.start), closing.end
    if before.strip(_SPACES):
        cut = start
        while cut > opening.end and text[cut - 1] in _SPACES + ",;—–-:":
            cut -= 1
        return cut, end
    cut = end
    while cut < closing.start and text[cut] in _SPACES + ",;.—–-:":
        cut += 1
    return start, cut


def _with_space_before(text: str, at: int) -> int:
    while at > 0 and text[at - 1] in _SPACES:
        at -= 1
    return at


def _before_name(text: str, start: int, end: int) -> tuple[int, int]:
    """An attribute with one space beside it."""
    if start > 0 and text[start - 1] in _SPACES and end < len(text) and text[end] in _SPACES:
        return start - 1, end
    while end < len(text) and text[end] in _SPACES:
        end += 1
    return start, end


def _apposition(text: str, start: int, end: int) -> tuple[int, int]:
    """The mark with the commas or dashes around it; a comma stays where the next clause needs one."""
    cut = _with_space_before(text, start)
    sign = text[cut - 1] if cut > 0 else ""
    if sign and sign in ",—–-":
        cut = _with_space_before(text, cut - 1)
    stop = end
    while stop < len(text) and text[stop] in _SPACES:
        stop += 1
    if stop < len(text) and text[stop] == sign and not (sign == "," and _NEEDS_COMMA.match(text, stop + 1)):
        return cut, stop + 1
    return cut, end
