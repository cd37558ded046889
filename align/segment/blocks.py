"""Plain text → its lines and paragraphs, headings and captions. Pure, linear time.

A blank line parts paragraphs. Where there are several lines without one between them, either each is a paragraph
(as in most files that editors get), or a program has broken the lines at a width: then the first word of the next
line would hardly ever have fitted on the line before, and many lines end amid a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.segment.turns import Opening, Unit, ends_sentence, opening
from align.text import is_blank

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_PLAIN_LINE = re.compile(r"[^\n\r]+")
_NEWLINE = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_PARAGRAPH_MARK = re.compile(r"[\u2029\f]")

_WIDEST = 130  # characters to which programs and people break lines
_NARROWEST = 36
_OUTLIER = 1.15
_NEARLY_FULL = 0.85  # of the width, from which a line counts as full
_FULL = (
    0.6  # share of the line ends at which the next word would not have fitted, from which lines are wrapped
)
_AMID = 0.25  # share of the line ends amid a sentence, from which they are

_TITLE = 200  # characters at most, in the first lines of a text
_HEADING = 90
_HEADING_WORDS = 12
_LOW_HEADING = 60  # characters at most, without blank lines around it
_CAPTION = 320
_STOPPED = re.compile(r"[.!?…:;,。！？؟۔।：；，、][\"'”’»›“‘」』）)\]\s]*$")
_PICTURE = (
    r"(?:фото(?:графи[яи])?|снимок|иллюстрация|photo(?:s|graphs?)?|pictures?|images?|fotos?|bild|photographie"
    r"|zdj(?:\.|ęcie)|fotografie?|fotografía|imagen|світлина|ілюстрація)"
)
_CAPTION_OPENS = re.compile(
    rf"[(\[]?{_PICTURE}(?:\s?[:：/©—–-]\s?|\s(?:by|courtesy|credit|автора|предоставлен\w*|из|с\s|от)\b)", re.I
)
_CAPTION_ENDS = re.compile(
    rf"(?:(?<=[.!?…)»”\"])\s+|[(\[/]\s?){_PICTURE}"
    rf"(?:\s?[:：/©—–-]\s?|\s(?:by|courtesy|credit|from|автора|предоставлен\w*|из|aus|von|de|di|par)\s?)[^!?]{{0,100}}$",
    re.I,
)
_PICTURE_ALONE = re.compile(rf"(?:^|(?<=[.!?…»”\"])\s+){_PICTURE}\s+[^.!?]{{2,40}}$", re.I)
_CAPTION_CJK = re.compile(r"[（(]?(?:写真|写真提供|图片|圖片|摄影|照片|사진|عکس|صورة|الصورة)\s?[:：/=＝]")
_BYLINE = re.compile(
    r"(?:by|text by|authors?|written by|interview(?:ed)? by"
    r"|von|par|por|di|da|автор|авторы|текст|беседовал\w?|записал\w?|подготовил\w?|autor|auteur|tekst)"
    r"(?:\s?[:：]|\s(?=[^\W\d_]))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line's text without white space at its ends; ``indent`` is the width of what stood before it."""

    start: int
    end: int
    indent: int
    apart: bool  # a blank line before it


def lines(text: str, start: int = 0, end: int | None = None, *, plain: bool = False) -> list[Line]:
    """The lines that are not blank. With ``plain`` only CR and LF end one, as line-based tools have it."""
    found: list[Line] = []
    last = start
    for match in (_PLAIN_LINE if plain else _LINE).finditer(text, start, len(text) if end is None else end):
        line = match.group()
        stripped = line.strip()
        if stripped:
            indent = len(line) - len(line.lstrip())
            begin = match.start() + indent
            apart = not found or _is_gap(text, last, match.start())
            found.append(Line(begin, begin + len(stripped), indent, apart))
            last = found[-1].end
    return found


def _is_gap(text: str, start: int, end: int) -> bool:
    """Whether there is more than one line end between two lines, or one that ends a paragraph or page."""
    between = text[start:end]
    return len(_NEWLINE.findall(between)) > 1 or bool(_PARAGRAPH_MARK.search(between))


def visible(text: str, found: list[Line]) -> list[Line]:
    """The lines, of which those without anything to see (zero-width marks) are added to their neighbours."""
    result: list[Line] = []
    pending: Line | None = None
    for line in found:
        if is_blank(text[line.start : line.end]):
            if result:
                result[-1] = replace(result[-1], end=line.end)
            elif pending is None:
                pending = line
        elif pending is not None:
            result.append(replace(line, start=pending.start))
            pending = None
        else:
            result.append(line)
    return result or ([replace(pending, end=found[-1].end)] if pending is not None else [])


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Unit]:
    """The paragraphs of plain text: lines, or lines joined where they are wrapped."""
    found = visible(text, lines(text, start, end))
    openings = [opening(text, line.start, line.end) for line in found]
    width = _wrapped_at(text, found, openings)
    units: list[Unit] = []
    for i, line in enumerate(found):
        if units and not line.apart and width and _continues(text, found, i, width, openings[i]):
            units[-1] = replace(units[-1], end=line.end, lines=units[-1].lines + 1)
        else:
            units.append(Unit(line.start, line.end, apart=line.apart))
    return units


def _wrapped_at(text: str, found: Sequence[Line], openings: Sequence[Opening]) -> int:
    """The width at which the lines are broken, 0 where each line is a paragraph."""
    ends = [i for i in range(1, len(found)) if not found[i].apart]
    if not ends:
        return 0
    lengths = sorted({i: found[i].end - found[i].start for j in ends for i in (j - 1, j)}.values())
    width, most = lengths[-1], lengths[len(lengths) * 8 // 10]
    if width > _OUTLIER * most:
        width = most  # an address that could not be broken
    if width > _WIDEST:
        return 0
    if width < _NARROWEST and not (width >= _NARROWEST // 2 and _is_wide(text, found[ends[0]].start)):
        return 0
    free = [i for i in ends if openings[i].sort in ("", "label") or _is_amid(text, found, i)]
    full = sum(not _would_fit(text, found, i, width) for i in free)
    amid = sum(_is_amid(text, found, i) for i in free)
    return width if free and full >= _FULL * len(free) and amid >= max(1, _AMID * len(free)) else 0


def _would_fit(text: str, found: Sequence[Line], i: int, width: int) -> bool:
    """Whether the first word of line ``i`` had room on the line before."""
    line, before = found[i], found[i - 1]
    word = text[line.start : min(line.end, line.start + 40)].split(maxsplit=1)[0]
    needed = 1 if _is_wide(text, line.start) else 1 + len(word)
    return before.end - before.start + needed <= _NEARLY_FULL * width


def _is_wide(text: str, position: int) -> bool:
    """Whether a character is Chinese or Japanese, between which a line can be broken anywhere."""
    return 0x2E7F < ord(text[position]) < 0xAC00 or 0xF8FF < ord(text[position]) < 0xFFF0


def _is_amid(text: str, found: Sequence[Line], i: int) -> bool:
    """Whether the end of the line before ``i`` stands amid a sentence."""
    before = found[i - 1]
    if ends_sentence(text, before.start, before.end):
        return False
    rest = text[found[i].start : found[i].start + 12].lstrip("–—―-«“„\"'( ")
    return bool(rest) and not rest[0].isupper() and rest[0] not in "•*"


def _continues(text: str, found: Sequence[Line], i: int, width: int, opens: Opening) -> bool:
    """Whether line ``i`` goes on with the paragraph of the line before, in text wrapped at ``width``."""
    line, before = found[i], found[i - 1]
    amid = _is_amid(text, found, i)
    if opens.sort == "bullet" or (opens.sort in ("dash", "number") and not amid):
        return False
    if opens.sort == "label" and ends_sentence(text, before.start, before.end):
        return False
    if line.indent > before.indent + 1 and not amid and (i < 2 or found[i - 1].apart or before.indent == 0):
        return False
    return amid or not _would_fit(text, found, i, width)


def mark_kinds(text: str, units: Sequence[Unit]) -> list[Unit]:
    """The units of plain text that nobody has named yet, as captions, headings or paragraphs."""
    marked = [_caption(text, unit) for unit in units]
    following = _following(marked)
    top = True
    for i, unit in enumerate(marked):
        if unit.kind is None:
            heading = _is_heading(text, marked, i, following[i], top)
            marked[i] = replace(unit, kind="heading" if heading else "paragraph")
        top = top and marked[i].kind in ("heading", "caption")
    return marked


def _following(units: Sequence[Unit]) -> list[Unit | None]:
    """For each unit the next one that is text: nothing that is known for an item, heading or caption."""
    found: list[Unit | None] = []
    last: Unit | None = None
    for unit in reversed(units):
        found.append(last)
        if unit.kind in (None, "paragraph", "turn"):
            last = unit
    return found[::-1]


def _caption(text: str, unit: Unit) -> Unit:
    if unit.kind is not None or unit.end - unit.start > _CAPTION:
        return unit
    words = text[unit.start : unit.end]
    patterns = (_CAPTION_ENDS, _PICTURE_ALONE)
    if _CAPTION_OPENS.match(words) or _CAPTION_CJK.match(words) or any(p.search(words) for p in patterns):
        return replace(unit, kind="caption")
    return unit


def _is_heading(text: str, units: Sequence[Unit], i: int, following: Unit | None, top: bool) -> bool:
    """A short line without a closing mark that stands before other text: never the last, never amid a list."""
    unit = units[i]
    words = text[unit.start : min(unit.end, unit.start + _TITLE)]
    if unit.end - unit.start > _TITLE or following is None or _STOPPED.search(words) or _BYLINE.match(words):
        return False
    if not any(char.isalpha() for char in words):
        return False
    if not ends_sentence(text, following.start, following.end):
        prose = any(ends_sentence(text, u.start, u.end) for u in units[i + 1 : i + 8])
        if i > 0 or not prose:
            return False
    return (top and unit.lines <= 3) or _is_short(text, units, i)


def _is_short(text: str, units: Sequence[Unit], i: int) -> bool:
    """Short enough for a heading between blank lines, or between long lines."""
    unit = units[i]
    length = unit.end - unit.start
    longest = _HEADING // 2 if _is_wide(text, unit.start) else _HEADING
    if i == 0 or length > longest or len(text[unit.start : unit.end].split()) > _HEADING_WORDS:
        return False
    before, after = units[i - 1], units[i + 1]
    if not ends_sentence(text, before.start, before.end) or text[before.end - 1] in ":：":
        return False
    if unit.apart and after.apart and unit.lines == 1:
        return True
    opens_so = not text[unit.start].islower()
    return opens_so and length <= _LOW_HEADING and after.end - after.start > 2 * length
