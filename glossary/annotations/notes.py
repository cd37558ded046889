"""Footnotes with their signs in the text, and banners above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossary.annotations.chunks import Reader
from glossary.annotations.drafts import Draft, stands_alone
from glossary.annotations.lexicon import Lexicon
from glossary.annotations.names import Hit
from glossary.annotations.patterns import Pattern
from glossary.annotations.reading import Reading
from glossary.annotations.scan import Line
from glossary.annotations.tokens import DASHES

SIGN = re.compile(r"(?<!\*)\*{1,5}(?!\*)|[†‡]|[¹²³⁴-⁹]+")
_NOTE = re.compile(
    r"(?P<open>[(\[]?)[ \u00a0]*(?P<sign>\*{1,5}|[†‡]|[¹²³⁴-⁹]+)[ \u00a0]*[—–:-]?[ \u00a0]*(?=[^\W\d_]|[«“„\"'‘‹])"
)
_BANNER_WORDS = frozenset(("MAT", "PROD", "MENT"))


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its sign, where the sign stands, where its words begin and its line (or the next note) ends.

    ``opens`` is whether it begins a line; one that does not ends with its mark.
    """

    sign: str
    at: int
    start: int
    end: int
    opens: bool = True


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line that has more than white space."""
    for found in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        if not found.group().isspace():
            yield found.start(), found.end()


def notes(text: str) -> list[Note]:
    """What looks like a footnote: a sign before a word, at the start of a line or behind the end of a sentence."""
    found: list[Note] = []
    for start, end in lines(text):
        marks: list[re.Match[str]] = []
        for mark in SIGN.finditer(text, start, end):
            another = bool(marks) and mark.group() != marks[-1].group() and text[mark.start() - 1].isspace()
            if another or _begins_note(text, start, mark):
                marks.append(mark)
        for n, mark in enumerate(marks):
            body = _NOTE.match(text, mark.start())
            if body is not None and not _is_emphasis(text, mark, end):
                stop = marks[n + 1].start() if n + 1 < len(marks) else end
                opens = not text[start : marks[0].start()].strip(" \t\u00a0([\ufeff")
                found.append(Note(mark.group(), mark.start(), body.end(), stop, opens))
    return found


def _is_emphasis(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether stars embrace words (*so*) instead of opening a footnote."""
    sign = re.escape(mark.group())
    return (
        mark.group()[0] == "*"
        and not text[mark.end()].isspace()
        and re.search(rf"[^\s*]{sign}(?![\w*])", text[mark.end() : end]) is not None
    )


def _begins_note(text: str, start: int, mark: re.Match[str]) -> bool:
    before = text[start : mark.start()].rstrip(" \u00a0\t")
    spaced = mark.start() == start or text[mark.start() - 1] in " \u00a0\t([\ufeff"
    ended = before[-1:] in ".!?…;" or (before[-1:] in '»”“")' and before[-2:-1] in ".!?…")
    return spaced and (before.strip(" \t\u00a0([\ufeff") == "" or ended)


def signs(text: str, note_spans: Sequence[Note]) -> list[tuple[int, int]]:
    """Places of signs that stand behind a word (or, with a space, behind a quotation) and begin no footnote."""
    begins = {note.at for note in note_spans}
    return [
        (m.start(), m.end())
        for m in SIGN.finditer(text)
        if m.start() not in begins
        and _behind_word(text[max(0, m.start() - 2) : m.start()])
        and not _closes_emphasis(text, m.start(), m.end())
    ]


def _closes_emphasis(text: str, start: int, end: int) -> bool:
    """Whether stars close what the same stars open in the line (*so*)."""
    if text[start] != "*":
        return False
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    opening = rf"(?:^|[\s(\[«“„\"'—–-]){re.escape(text[start:end])}(?=[^\s*])"
    return re.search(opening, text[line:start]) is not None


def _behind_word(before: str) -> bool:
    """Whether what stands before a sign ends a word or a quotation."""
    quoted = before[-1:] in "»”“\"'’›)" or (before[-1:] in " \u00a0" and before[:1] in "»”“")
    german = before[-1:] in "«‹" and before[:1].isalnum()
    return bool(before) and (before[-1].isalnum() or quoted or german)


def read_note(text: str, note: Note, lex: Lexicon, patterns: Sequence[Pattern]) -> tuple[Line, Draft] | None:
    """The mark that a footnote is, or None; a name that it repeats, and the dash behind it, are left out."""
    line = Line(text, note.start, note.end, lex, patterns)
    limit = len(line.tokens)
    reader = Reader(line.tokens, lex, patterns, limit)
    for i in _note_starts(line):
        draft = line._owned(i, reader) or line._plain(i, reader)
        if draft is None or not _note_ends(line, draft):
            continue
        draft.place = "footnote"
        if draft.owner is None:
            draft.names = _names_between(line, 0, i)
        return line, draft
    return None


def _note_starts(line: Line) -> list[int]:
    """Where the mark of a footnote may begin: at once, or behind the names that the note repeats."""
    starts, k = [0], 0
    while k < len(line.tokens):
        hit = line.namer.right(k, 3)
        if hit is None:
            break
        k = hit.last + 1
        behind = k
        while behind < len(line.tokens) and (
            line.tokens[behind].text in (",", ":", *DASHES) or line.tokens[behind].text in "()"
        ):
            behind += 1
        starts += [behind] if behind == k else [behind, k]
        while k < len(line.tokens) and (line.tokens[k].text == "," or line.tokens[k].has("CONJ")):
            k += 1
    return [s for s in starts if s < len(line.tokens)]


def _note_ends(line: Line, draft: Draft) -> bool:
    if draft.end >= len(line.tokens) or not line.tokens[draft.end].word:
        return True
    return "place" in draft.reading.kinds and not line.tokens[draft.end].has("UNTIL", "NEG")


def _names_between(line: Line, i: int, end: int) -> list[Hit]:
    names: list[Hit] = []
    while i < end and (hit := line.namer.right(i, 3)) is not None and hit.last < end:
        names.append(hit)
        i = hit.last + 1
        while i < end and not line.tokens[i].word and i not in line.namer.opening:
            i += 1
    return names


def banner(
    text: str, start: int, end: int, lex: Lexicon, first: bool, patterns: Sequence[Pattern]
) -> tuple[Line, Draft] | None:
    """The mark that a whole line is: the foreign agents' text anywhere, another sentence of status on top."""
    line = Line(text, start, end, lex, patterns)
    stop = _sentence_end(line)
    tokens = line.tokens[:stop]
    words = {c for t in tokens for c in t.classes & _BANNER_WORDS}
    reader = Reader(line.tokens, lex, patterns, stop)
    if "MAT" in words and "PROD" in words and (agents := _agents(line, reader)):
        reading = Reading(0, stop, ["foreign-agent"], form="full", kinds={"core", "agent"})
        draft = Draft(0, stop, reading, "banner", names=agents[1])
        return line, draft
    if not first:
        return None
    if "MAT" in words and "MENT" in words:
        found = next((r for i in range(stop) if (r := reader.read(i)) and r.end == stop), None)
        if found is not None and found.kinds & {"ban", "rec", "agent"}:
            return line, Draft(0, stop, _at(found, 0), "banner")
        return None
    return _sentence_of_status(line, reader, stop)


def _at(reading: Reading, start: int) -> Reading:
    reading.start = start
    return reading


def _sentence_end(line: Line) -> int:
    """The end of the line's first sentence, without its full stop."""
    for i, token in enumerate(line.tokens):
        if token.text in ".!?" and (i + 1 == len(line.tokens) or not line.tokens[i + 1].lower):
            return i
    return len(line.tokens)


def _agents(line: Line, reader: Reader) -> tuple[bool, list[Hit]] | None:
    """Whether foreign agents are spoken of, and those that are named."""
    names: list[Hit] = []
    seen = False
    for i in range(reader.limit):
        end = reader.agent_words(i)
        if end is None or end <= i:
            continue
        seen = True
        hit = _agent_name(line, end, reader.limit)
        if hit is not None and not any(_same(line.text, hit, known) for known in names):
            names.append(hit)
    return (seen, names) if seen else None


def _agent_name(line: Line, i: int, stop: int) -> Hit | None:
    if i < stop and i in line.namer.opening:
        return line.namer._quoted(i, line.namer.opening[i])
    k = i
    while k < stop and line.tokens[k].capital:
        k += 1
    if i < k < stop and k in line.namer.opening:  # a company's legal form before its name in quotation marks
        return line.namer._quoted(k, line.namer.opening[k])
    last = i - 1
    while (
        last + 1 < stop
        and line.tokens[last + 1].capital
        and not line.tokens[last + 1].has("CONJ", "PROD", "COP", "DET")
    ):
        last += 1
    if last < i:
        return None
    return Hit(i, last, line.tokens[i].start, line.tokens[last].end, False)


def _same(text: str, a: Hit, b: Hit) -> bool:
    return same_name(text[a.start : a.end], text[b.start : b.end])


def same_name(a: str, b: str) -> bool:
    """Whether two spellings are forms of one name: word by word the same but for endings."""
    left, right = re.findall(r"\w+", a.lower()), re.findall(r"\w+", b.lower())
    return len(left) == len(right) > 0 and all(_same_word(x, y) for x, y in zip(left, right, strict=True))


def _same_word(a: str, b: str) -> bool:
    common = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= max(1, max(len(a), len(b)) - 3) and (
        common >= 3 or a == b or common == min(len(a), len(b))
    )


def _sentence_of_status(line: Line, reader: Reader, stop: int) -> tuple[Line, Draft] | None:
    """«Издание «…» признано нежелательной организацией …»: a name and a mark make the whole first sentence."""
    hit = line.namer.right((line.namer.tokens[0].has("NOUN", "DET") and 1) or 0, 2) if line.tokens else None
    if hit is None or hit.last + 1 >= stop:
        return None
    k = hit.last + 1
    k += k < stop and line.tokens[k].text in DASHES
    reading = reader.read(k)
    if reading is None or reading.end != stop or not stands_alone(reading):
        return None
    if not reading.kinds & {"rec", "enter", "np", "agent"} or "place" not in reading.kinds | (
        {"place"} & set()
    ):
        return None
    return line, Draft(0, stop, _at(reading, 0), "banner", names=[hit])
