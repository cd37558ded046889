"""Marks that come in pairs: which are opened and not closed, or closed and never opened. Pure.

A quotation or an aside may run over several blocks (a speech of some paragraphs), so what is left open waits for
its end in the blocks that follow; a block that begins with the opening mark again carries the quotation on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Role = Literal["open", "close", "either"]


class Mark(NamedTuple):
    """One mark at ``text[at]``, closed by marks of its ``family``; "either" opens or closes by what is open."""

    at: int
    role: Role
    family: str
    carries: bool = False  # it begins its block, and may carry on a quotation of the block before
    long: int = 0  # signs from it to the end of its block
    both: bool = False  # it stands where two quotations may end together


def unpaired(blocks: Iterable[Sequence[Mark]], reach: int) -> list[Mark]:
    """Marks without a partner, in order; each comes with the role in which it has none.

    ``blocks`` are the marks of each block in order. What is open may be closed up to ``reach`` blocks later.
    """
    alone: list[Mark] = []
    waiting: list[tuple[int, Mark]] = []
    for number, marks in enumerate(blocks):
        alone += [mark for since, mark in waiting if number - since > reach]
        waiting = [(since, mark) for since, mark in waiting if number - since <= reach]
        carried = {mark.family for mark in marks if mark.carries and mark.role != "close"}
        waiting = [(n, m) for n, m in waiting if m.long < _LONG_SPEECH or m.family not in carried]
        closers, openers = within(marks)
        for closer in closers:
            partner = next((one for one in reversed(waiting) if one[1].family == closer.family), None)
            if partner is not None:
                waiting.remove(partner)
            elif not _ends_other(closer, openers):
                alone.append(closer)
        waiting += [(number, opener) for opener in openers]
    alone += [mark for _, mark in waiting]
    return sorted(alone)


_LONG_SPEECH = (
    150  # signs: what is left open in a longer paragraph may be a speech that the next one carries on
)


def _ends_other(closer: Mark, openers: Sequence[Mark]) -> bool:
    """Whether what this mark closes was opened in another style: one finding says so, not two."""
    return any(opener.at < closer.at and opener.family != closer.family for opener in openers)


def within(marks: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    """What stays without partner inside one block: closing marks, and opening marks."""
    closers: list[Mark] = []
    openers: list[Mark] = []
    shared: list[Mark] = []
    for mark in marks:
        held = next((n for n in range(len(openers) - 1, -1, -1) if openers[n].family == mark.family), None)
        if mark.role == "open" or (mark.role == "either" and held is None):
            openers.append(mark._replace(role="open"))
        elif held is not None:
            del openers[held]
            outer = next((one for one in openers if one.family == mark.family), None)
            if mark.both and outer is not None:
                shared.append(outer)
        else:
            closers.append(mark._replace(role="close"))
    return closers, [one for one in openers if one not in shared]


# Quotation marks

_QUOTES = re.compile('"+|[«»“”„‟＂「」『』《》〈〉〝〞]')
_SHARING = frozenset({"ru", "uk", "be", "bg", "kk"})
_ENDS = re.compile(r"[\"»)]?[.,;:!?…]*(?:\s*$|\s+[–—-]\s|(?<=[.!?…])\s)")
_FAMILY = {**dict.fromkeys("«»", "«»"), **dict.fromkeys("「」", "「」"), **dict.fromkeys("『』", "『』"),
           **dict.fromkeys("《》", "《》"), **dict.fromkeys("〈〉", "〈〉")}  # fmt: skip
_OPEN, _CLOSE = frozenset("„「『《〈〝"), frozenset("」』》〉〞")
_REVERSING = frozenset(
    ["de", "da", "cs", "sk", "sl", "hr", "sr", "hu", "pl", "bg", "mk", "sv", "fi", "et", "no", "nb", "is"]
)
_EAST = frozenset({"zh", "ja", "ko"})
_LOW_FIRST = frozenset(
    ["de", "cs", "sk", "sl", "hr", "bg", "sr", "mk", "lt", "lv", "et", "is", "ka", "ru", "uk", "be"]
)  # „…“: the second closes
_BEFORE = frozenset("([{«„“‘‹—–-/…*_>") | {""}
_AFTER = frozenset(".,;:!?…)]}»“”’›—–-/*_<。，、") | {""}


def quotes(text: str, start: int, end: int, lang: str) -> list[Mark]:
    """The double quotation marks of ``text[start:end]`` with their roles. Signs for inches are passed over."""
    found: list[Mark] = []
    for run in _QUOTES.finditer(text, start, end):
        left = text[run.start() - 1] if run.start() > start else ""
        right = text[run.end()] if run.end() < end else ""
        sign = run.group()[0]
        role = _role(sign, left, right, lang)
        if (
            sign in '"”'
            and left.isdigit()
            and role != "open"
            and _measures(found)
            and not _counts(text, run.start())
        ):
            continue
        begins = not text[start : run.start()].strip("-–—―… \u00a0\t")
        both = lang in _SHARING and sign in '»"' and bool(_ENDS.match(text, run.end(), end))
        found += [
            Mark(at, role, _FAMILY.get(sign, "“”"), begins, end - at, both)
            for at in range(run.start(), run.end())
        ]
    return found


_COUNTED = re.compile(r"(?:№|#|\bNo\.?|\bNr\.?)[ \u00a0]?\d+$")


def _counts(text: str, at: int) -> bool:
    """Whether the digits before a mark are the number of something ("Guide No. 1"), not inches."""
    return bool(_COUNTED.search(text, max(0, at - 12), at))


def _measures(found: Sequence[Mark]) -> bool:
    """Whether nothing is open that a mark behind a digit could close: then it means inches."""
    return not any(mark.family == "“”" for mark in within(found)[1])


def _role(sign: str, left: str, right: str, lang: str) -> Role:
    if sign in _OPEN:
        return "open"
    if sign in _CLOSE:
        return "close"
    if sign in "«»" and lang not in _REVERSING:
        return "open" if sign == "«" else "close"
    if sign in "“”" and lang in _EAST:
        return "open" if sign == "“" else "close"
    begins = left in _BEFORE or left.isspace()
    ends = right in _AFTER or right.isspace()
    if begins and not ends:
        return "open"
    if ends and not begins:
        return "close"
    if begins and ends and left and not left.isspace() and (not right or right.isspace()):
        return "close"
    if sign == "“" and lang not in _LOW_FIRST:
        return "open" if not ends else "either"
    return "close" if sign == "”" and lang not in _REVERSING else "either"


# Brackets

_BRACKETS = re.compile(r"[()\[\]{}（）【】［］]")
_PAIRS = {sign: pair for pair in ("()", "[]", "{}", "（）", "【】", "［］") for sign in pair}
_FACE = re.compile(
    r"[:;=8xX：；][-'’^oо]?[()（）\[\]]+|[()（）]+[-'’^]?[:;=](?!\w)|\){2,}|\({2,}(?!\w)|¯\\_\(.{1,3}\)_/¯|\([ヽ´｀￣°>＞^;；][^)\n]{0,12}\)?"
)
_ITEM = re.compile(r"(?:^|[\s;,(«“\"])(?:\d{1,3}|[^\W\d_]|[ivx]{1,4})$")


def brackets(text: str, start: int, end: int, lang: str = "") -> list[Mark]:
    """The brackets of ``text[start:end]``; those of faces and of "1)" are passed over."""
    faces: set[int] = set()
    for face in _FACE.finditer(text, start, end):
        if not _is_pair(face.group()):
            faces.update(range(*face.span()))
    found: list[Mark] = []
    for match in _BRACKETS.finditer(text, start, end):
        at, sign = match.start(), match.group()
        if at in faces and not (sign == ")" and found and _wants(found, text, at)):
            continue
        family = _PAIRS[sign].translate(_PLAIN)
        role: Role = "open" if sign == _PAIRS[sign][0] else "close"
        alone = role == "close" and not any(m.family == family for m in within(found)[1])
        if alone and _ITEM.search(text[max(start, at - 6) : at]):
            continue
        found.append(Mark(at, role, family))
    return found


_PLAIN = str.maketrans("（）［］", "()[]")


def _is_pair(face: str) -> bool:
    return face.count("(") == face.count(")") > 0


def _wants(found: Sequence[Mark], text: str, at: int) -> bool:
    """Whether a closing bracket in what looks like a face closes something open: "(see 8)", "(a (b))"."""
    return any(mark.family == "()" for mark in within(found)[1])
