"""Lines on pages → paragraphs: reading order, margins, joined lines. Pure.

Columns are found by recursive cuts along white gaps (after Nagy, Seth and Viswanathan 1992, "A prototype document
image analysis system for technical journals"): first between columns, else between what stands above each other.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from align.formats.assemble import Draft, Run, inserted, verbatim
from align.model import BlockKind

_MARGIN = 0.12  # of the page's height, at its top and its bottom, in which headers and footers stand
_REPEATED = 3  # pages on which a line at the margin has to stand to be a header or footer
_GUTTER = 0.7  # of the size of letters: the least gap between columns
_HEADING = 1.15  # of the usual size of letters, from which on a line is a heading
_HEADING_MAX = 200
_SHORT = 0.85  # of its column's width, below which a line ends its paragraph
_VERY_SHORT = 0.6  # … even without a full stop, before a capital letter
_GAP = 1.35  # of the usual distance between lines, from which on a new paragraph begins
_FEW, _PITCH = 5, 1.5
_INDENT = 0.8  # of the size of letters
_PAGE_NUMBER = re.compile(
    r"[\s\-–—|•·]*(?:(?:page|p\.|стр\.?|с\.|seite|s\.|página|pagina|strona)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|из|von|de|z)\s*\d{1,4})?[\s\-–—|•·.]*",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_CLOSED = re.compile(r"[.!?…:;。！？؟][»”“\"’‘')\]]*\d{0,2}$")
_DIVIDED = re.compile(r"[^\W\d_]+[-\u2010\u00ad]$")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_WORD_AHEAD = re.compile(r"[^\W\d_]+")
_ITEM = re.compile(r"(?:[•‣▪◦●○*·]|\d{1,3}[.)]|[a-zа-я]\))\s+")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_SPACE = re.compile(r"\s+")
_CJK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its box, in points from the lower left corner; ``bottom`` and ``top`` are the page's."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool = False
    bottom: float = 0.0
    top: float = 842.0
    page: int = 0
    number: int = 0
    left: float = 0.0
    right: float = 0.0

    def numbered(self, page: int, number: int) -> Line:
        """The line with its page and its place on it."""
        return replace(self, page=page, number=number)


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, column by column; each knows the left and the right of its column."""
    return [line for group in _cut(list(lines)) for line in _column(group)]


def _column(lines: Sequence[Line]) -> list[Line]:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    ordered = sorted(lines, key=lambda line: (-line.y1, line.x0))
    return [replace(line, left=left, right=right) for line in _rows(ordered)]


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Lines from the top, those at the same height from the left."""
    rows: list[list[Line]] = []
    for line in lines:
        middle = (line.y0 + line.y1) / 2
        if rows and rows[-1][0].y0 <= middle <= rows[-1][0].y1:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda each: each.x0)]


def _cut(lines: list[Line]) -> list[list[Line]]:
    """Groups of lines in reading order, none of which can be cut into columns."""
    if len(lines) < 2:
        return [lines] if lines else []
    strips = _strips(lines)
    groups: list[list[Line]] = []
    whole: list[Line] = []  # strips that form one column
    i = 0
    while i < len(strips):
        best = 0
        together: list[Line] = []
        for j in range(i, len(strips)):
            together = together + strips[j]
            if _gutter(together) is not None:
                best = j + 1
            elif best:
                break
        if best:
            if whole:
                groups.append(whole)
                whole = []
            side_by_side = [line for strip in strips[i:best] for line in strip]
            gutter = _gutter(side_by_side)
            assert gutter is not None
            groups += _cut([line for line in side_by_side if line.x1 <= gutter])
            groups += _cut([line for line in side_by_side if line.x1 > gutter])
            i = best
        else:
            whole += strips[i]
            i += 1
    return [*groups, whole] if whole else groups


def _strips(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that share some height with each other, from the top."""
    strips: list[list[Line]] = []
    floor = 0.0
    for line in sorted(lines, key=lambda each: -each.y1):
        if strips and line.y1 > floor:
            strips[-1].append(line)
            floor = min(floor, line.y0)
        else:
            strips.append([line])
            floor = line.y0
    return strips


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where a white gap parts columns of text from top to bottom, None without one."""
    if len(lines) < 4:
        return None
    least = _GUTTER * statistics.median(line.size for line in lines)
    ordered = sorted(lines, key=lambda line: line.x0)
    reach, best, at = ordered[0].x1, least, None
    for line in ordered[1:]:
        if line.x0 - reach > best and _are_columns(lines, reach):
            best, at = line.x0 - reach, reach
        reach = max(reach, line.x1)
    return at


def _are_columns(lines: Sequence[Line], gutter: float) -> bool:
    """Whether on both sides stand several lines of some width, rather than the numbers of a list."""
    for side in ([each for each in lines if each.x1 <= gutter], [each for each in lines if each.x1 > gutter]):
        if len(side) < 2 or statistics.median(len(each.text) for each in side) < 12:
            return False
    return True


# Headers and footers


def without_margins(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without the lines at their edges that repeat, and page numbers; how many lines these were."""
    needed = _REPEATED if len(pages) >= _REPEATED else 2
    seen = Counter(key for page in pages for key in {_key(line) for line in _at_edges(page)})
    kept, dropped = [], 0
    for page in pages:
        edges = {id(line) for line in _at_edges(page)}
        outer = {id(line) for line in _outermost(page)}
        inside = [
            line
            for line in page
            if not (
                (id(line) in edges and seen[_key(line)] >= needed)
                or (id(line) in outer and len(pages) > 1 and _PAGE_NUMBER.fullmatch(line.text))
            )
        ]
        dropped += len(page) - len(inside)
        kept.append(inside)
    return kept, dropped


def _at_edges(page: Sequence[Line]) -> list[Line]:
    found = []
    for line in page:
        height = (line.top - line.bottom) * _MARGIN
        if line.y1 > line.top - height or line.y0 < line.bottom + height:
            found.append(line)
    return found


def _outermost(page: Sequence[Line]) -> list[Line]:
    """The lines at the very top and bottom of a page."""
    edges = _at_edges(page)
    if not edges:
        return []
    low, high = min(line.y0 for line in page), max(line.y1 for line in page)
    return [line for line in edges if line.y0 <= low + 1 or line.y1 >= high - 1]


def _key(line: Line) -> tuple[str, int, bool]:
    """What is the same in a header on every page: words, without figures, and the height."""
    return (
        _FIGURES.sub("#", " ".join(line.text.split())),
        round(line.y0 / 4),
        line.y0 > (line.bottom + line.top) / 2,
    )


# Paragraphs


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Draft]:
    """The paragraphs of all pages; one that runs over a page or column is put together again."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    usual = _usual_size(lines)
    pitch = _usual_pitch(lines)
    compounds = {word.casefold() for line in lines for word in _COMPOUND.findall(line.text)}
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, usual, pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Draft(_runs(group, compounds), _kind(group, usual)) for group in groups]


def _usual_size(lines: Sequence[Line]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def _usual_pitch(lines: Sequence[Line]) -> float:
    """The usual distance between the lines of a paragraph, in sizes of letters."""
    found = [
        (a.y0 - b.y0) / b.size
        for a, b in itertools.pairwise(lines)
        if a.page == b.page and 0 < a.y0 - b.y0 < 3 * b.size and abs(a.size - b.size) < 0.5 and b.size
    ]
    if len(found) < _FEW:  # hardly a paragraph: an empty line between two of them is no usual distance
        return min([*found, _PITCH])
    return statistics.median(found)


def _goes_on(group: Sequence[Line], line: Line, usual: float, pitch: float) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    last = group[-1]
    if abs(last.size - line.size) > 0.1 * usual or last.bold != line.bold or _ITEM.match(line.text):
        return False
    if last.page == line.page and last.y0 <= line.y1 <= last.y1 + line.size and line.x0 > last.x1:
        return True  # the same line, behind a wide gap
    if last.page == line.page and last.y0 > line.y0:
        if (last.y0 - line.y0) / max(line.size, 1) > _GAP * pitch:
            return False
        if _ends_paragraph(last, line):
            return False
        return not _is_indented(group, line)
    if _is_heading(group, usual) or _is_heading([line], usual) or _ends_paragraph(last, line):
        return False
    indented = _indent(group[0]) > _INDENT * line.size  # where paragraphs begin so, and this line does not
    return _runs_over(last, line) or (
        indented and _indent(line) < _INDENT * line.size and not _ends_short(last)
    )


def _runs_over(last: Line, line: Line) -> bool:
    """Whether a sentence goes on behind the end of a page or column."""
    if _DIVIDED.search(last.text):
        return True
    if _CLOSED.search(last.text):
        return False
    first = next((char for char in line.text if char.isalnum()), "")
    return not first.isupper() or not _ends_short(last)


def _ends_paragraph(last: Line, line: Line) -> bool:
    """Whether a line is the last of its paragraph because there was room left on it."""
    if not _ends_short(last) or not _would_fit(last, line):
        return False
    first = next((char for char in line.text if char.isalnum()), "")
    return bool(_CLOSED.search(last.text)) or (_ends_short(last, _VERY_SHORT) and not first.islower())


def _would_fit(last: Line, line: Line) -> bool:
    """Whether the first word of a line had room on the line before it."""
    word = line.text.split(maxsplit=1)[0]
    return last.right - last.x1 > (len(word) + 1) * (last.x1 - last.x0) / max(1, len(last.text))


def _ends_short(line: Line, share: float = _SHORT) -> bool:
    return line.x1 - line.left < share * (line.right - line.left)


def _indent(line: Line) -> float:
    return line.x0 - line.left


def _is_indented(group: Sequence[Line], line: Line) -> bool:
    """Whether a line begins further to the right than the paragraph's other lines: it opens one."""
    if _ITEM.match(group[0].text):  # the text of an item stands further to the right than its mark
        return len(group) > 1 and line.x0 > group[-1].x0 + _INDENT * line.size
    body = min(map(_indent, group))
    if len(group) == 1 and body > _INDENT * line.size and _CLOSED.search(group[0].text):
        body = 0.0  # a paragraph of one line, indented itself
    return _indent(line) > body + _INDENT * line.size


def _is_heading(group: Sequence[Line], usual: float) -> bool:
    text = sum(len(line.text) for line in group)
    return text <= _HEADING_MAX and all(line.size >= _HEADING * usual for line in group)


def _kind(group: Sequence[Line], usual: float) -> BlockKind:
    if _is_heading(group, usual):
        return "heading"
    return "item" if _ITEM.match(group[0].text) else "paragraph"


def _runs(group: Sequence[Line], compounds: Iterable[str]) -> list[Run]:
    """The lines of a paragraph as one line of runs: divided words joined, ligatures taken apart."""
    runs: list[Run] = []
    known = frozenset(compounds)
    for i, line in enumerate(group):
        text = line.text
        following = group[i + 1].text if i + 1 < len(group) else ""
        joint = _joint(text, following, known) if following else ""
        end = len(text) - 1 if joint == "divided" else len(text)
        runs += _line_runs(line, end)
        if joint == " ":
            runs.append(inserted(" "))
    return runs


def _joint(text: str, following: str, compounds: frozenset[str]) -> str:
    """What stands between two lines: "divided" (drop the hyphen), a space, or nothing."""
    match, ahead = _DIVIDED.search(text), _WORD_AHEAD.match(following.lstrip())
    if match and ahead:
        if text[-1] == "\u00ad":
            return "divided"
        whole = f"{match[0][:-1]}-{ahead[0]}".casefold()
        if not ahead[0][0].islower() or whole in compounds:
            return ""
        return "divided"
    if text.endswith(("-", "\u2010")) and ahead and not text.endswith((" -", " \u2010")):
        return ""
    return "" if _CJK.match(following) and _CJK.search(text[-1:]) else " "


def _line_runs(line: Line, end: int) -> list[Run]:
    part = f"page {line.page}"
    runs: list[Run] = []
    position = 0
    text = line.text[:end]
    for match in sorted([*_LIGATURE.finditer(text), *_SPACE.finditer(text)], key=lambda each: each.start()):
        value = _LIGATURES.get(match[0], " ")
        if value == match[0]:
            continue
        if position < match.start():
            runs.append(
                verbatim(
                    text[position : match.start()], position, bold=line.bold, part=part, node=line.number
                )
            )
        length = match.end() - match.start()
        runs.append(Run(value, match.start(), length, False, line.bold, part, line.number))
        position = match.end()
    if position < len(text):
        runs.append(verbatim(text[position:], position, bold=line.bold, part=part, node=line.number))
    return runs
