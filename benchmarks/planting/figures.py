"""Where errors of figures and marks of punctuation could go. Each changes a row that is right as it stands.
All pure.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from benchmarks.planting.model import Bitext, Change, Mention, Row
from benchmarks.planting.words import CURRENCIES, MONTHS, NEGATIONS, UNITS

NUMBER = re.compile(r"(?<![\w.,:/–-])\d+(?:[.,]\d+)*(?![\w:/–-])")
YEAR = re.compile(r"(?<![\w.,:/–-])(?:19|20)\d\d(?![\w:/–-])")
PERCENT = re.compile(r"(?<![\w.,:/–-])(\d+(?:[.,]\d+)?)(?= ?%| percent\b| per cent\b)")
DATE = re.compile(rf"(?:(?:{'|'.join(MONTHS)}) (\d{{1,2}})|(\d{{1,2}}) (?:{'|'.join(MONTHS)}))(?!\d)")
LOST = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|must|may|might)( not)\b"
    r"|\b(?:do|does|did|is|are|was|were|has|have|had|would|could|should)(n['’]t)\b|\bcan(not)\b"
)
NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|without|nor|neither|cannot)\b|n['’]t\b", re.IGNORECASE
)
QUOTES = (("“", "”"), ("„", "“"), ("«", "»"), ('"', '"'))
QUOTED = re.compile(r"[“\"]([A-Z][^“”\"«»]{2,40})[”\"]")
DASHES = {"– ": "- ", "- ": "– ", "— ": "- "}


def changes(bitext: Bitext) -> Iterator[Change]:
    """Every possible change of the figures family."""
    for row in bitext.rows:
        if not row.source or not row.target:
            continue
        yield from _numbers(row)
        yield from _words(row)
        yield from _negations(row, bitext.source_lang)
        yield from _pairs(row)
    yield from _turns(bitext)
    yield from _unquoted(bitext)


def _change(kind: str, row: Row, start: int, end: int, new: str) -> Change:
    return Change(kind, row.id, (row.id,), f"{kind}:{row.id}", edits=((Mention(row.id, start, end), new),))


def digits(text: str) -> str:
    """The digits of a figure, so that 4,2 and 4.2 are one."""
    return re.sub(r"\D", "", text)


def _counts(text: str) -> Counter[str]:
    return Counter(
        digits(m[0]) for m in re.finditer(r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?", text)
    )


def other_digits(figure: str) -> list[str]:
    """The figure with one digit changed: each that is not a leading one of several, or else the only one,
    plus 3 modulo 10.
    """
    places = [at for at, letter in enumerate(figure) if letter.isdigit()]
    chosen = places[1:] or places
    return [f"{figure[:at]}{(int(figure[at]) + 3) % 10}{figure[at + 1 :]}" for at in chosen]


def _numbers(row: Row) -> Iterator[Change]:
    """A figure that stands once on each side, changed to one that stands on neither."""
    one, two = _counts(row.source), _counts(row.target)
    dated = {m.span(1 if m[1] else 2) for m in DATE.finditer(row.target)}
    percents = {m.span(1) for m in PERCENT.finditer(row.target)}
    years = {m.span() for m in YEAR.finditer(row.target)}
    for match in NUMBER.finditer(row.target):
        value = digits(match[0])
        if one[value] != 1 or two[value] != 1:
            continue
        kind = "number-changed"
        if match.span() in dated or match.span() in years:
            kind = "date-changed"
        elif match.span() in percents:
            kind = "percentage-changed"
        elif len(value) < 2:
            continue
        for new in other_digits(match[0]):
            plausible = kind != "date-changed" or match.span() in years or 1 <= int(new) <= 28
            if plausible and not one[digits(new)] and not two[digits(new)]:
                yield _change(kind, row, match.start(), match.end(), new)


def _words(row: Row) -> Iterator[Change]:
    """A unit or currency that the original has too, exchanged for another; the only one of its sort in the
    row.
    """
    for kind, table in (("unit-changed", UNITS), ("currency-changed", CURRENCIES)):
        found = [
            (match, new)
            for pattern, new, original in table
            if re.search(original, row.source)
            for match in re.finditer(pattern, row.target)
            if re.search(r"\d", row.target)
        ]
        if len(found) == 1 and found[0][1] not in row.target:
            match, new = found[0]
            yield _change(kind, row, match.start(), match.end(), new)


def _negations(row: Row, lang: str) -> Iterator[Change]:
    """The only negation of a row, where the original has exactly one as well."""
    if lang not in NEGATIONS or len(re.findall(NEGATIONS[lang], row.source, re.IGNORECASE)) != 1:
        return
    if len(NEGATION.findall(row.target)) != 1:
        return
    match = LOST.search(row.target)
    if match is not None and match.lastindex is not None:
        yield _change("negation-lost", row, match.start(match.lastindex), match.end(match.lastindex), "")


def _pairs(row: Row) -> Iterator[Change]:
    """One of a pair of quotation marks or brackets, where the row has exactly one pair."""
    letters = Counter(row.target)
    for opener, closer in QUOTES:
        others = {mark for pair in QUOTES for mark in pair} - {opener, closer}
        if any(letters[mark] for mark in others):
            continue
        if (opener == closer and letters[opener] == 2) or (letters[opener] == letters[closer] == 1):
            first, last = row.target.index(opener), row.target.rindex(closer)
            if first < last:
                for at in (first, last):
                    yield _change("quotation-mark-lost", row, at, at + 1, "")
    if letters["("] == letters[")"] == 1 and row.target.index("(") < row.target.index(")"):
        for mark in "()":
            at = row.target.index(mark)
            yield _change("bracket-lost", row, at, at + 1, "")


def _turns(bitext: Bitext) -> Iterator[Change]:
    """The dash of one turn, where at least four turns open with the same and none with another."""
    turns = [(row, row.target[:2]) for row in bitext.rows if row.target[:2] in DASHES]
    if len(turns) < 4 or len({dash for _, dash in turns}) != 1:
        return
    for row, dash in turns:
        yield Change(
            "turn-dash-changed", row.id, (row.id,), "turn-dash", edits=((Mention(row.id, 0, 1), DASHES[dash][:1]),),
            related=tuple(Mention(other.id, 0, 1) for other, _ in turns if other.id != row.id),
        )  # fmt: skip


def _unquoted(bitext: Bitext) -> Iterator[Change]:
    """The quotation marks around one mention of a name that has them at every mention."""
    found: dict[str, list[tuple[Row, Mention]]] = defaultdict(list)
    for row in bitext.rows:
        for match in QUOTED.finditer(row.target):
            if any(mark in row.source for mark in '«„“"'):
                found[match[1]].append((row, Mention(row.id, match.start(), match.end())))
    text = bitext.text("target")
    for name, places in found.items():
        if len(places) < 3 or text.count(name) != len(places):
            continue
        for row, mention in places:
            others = tuple(m for r, m in places if r.id != row.id)
            yield Change(
                "name-unquoted", row.id, (row.id,), f"quoted:{name}", edits=((mention, name),), related=others,
                support=tuple(m.row for m in others[:2]),
            )  # fmt: skip
