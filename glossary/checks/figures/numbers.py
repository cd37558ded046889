"""Reads the figures of a text: values with their kind and units, in digits and in words. Pure.

Names with a number in them ("Mi-8", "COVID-19", "G7") and what is in an address are no figures of their own, but
they answer for one on the other side. Languages written without blanks are read by ``numbers_unspaced.py``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.checks.figures.digits import NUMBER, ascii_digits, values
from glossary.checks.figures.figure import ANSWERS, DIGITS, EMPTY, WORDS, Figure, Kind, Money, Reading, clock
from glossary.checks.figures.grammar import (
    CENTURY,
    DECADE,
    GLUED,
    HOUR,
    MULTIPLIERS,
    NAUTICAL,
    ORDINAL,
    PER_HOUR,
    PERCENT,
    SKIPPED,
    SQUARES,
    TIME_BEFORE,
    Grammar,
)  # fmt: skip
from glossary.checks.figures.neighbours import as_days, as_ranges
from glossary.checks.figures.numbers_unspaced import UNSPACED, read_unspaced
from glossary.checks.figures.numerals import fold, numerals, read_roman, read_words
from glossary.checks.figures.units import SIGNS, codes, is_unambiguous, units

_TOKEN = re.compile(
    rf"""(?P<skip>https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|[#@][^\W\d]\w*)
    |(?P<date>(?<![\d.,/-])(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})|[12]\d{{3}}[-./]\d{{1,2}}[-./]\d{{1,2}})(?![\d/-]|[.,]\d))
    |(?P<time>(?<![\d:.])(?:[01]?\d|2[0-4])[:：][0-5]\d(?::[0-5]\d)?(?![\d:]))
    |(?P<num>{NUMBER})
    |(?P<word>(?:km|км|m|м)/(?:h|ч|s|с)(?!\w)|[A-Za-zа-я]{{1,2}}[²³]|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*)
    |(?P<sign>%|٪|％|‰|°[ ]?[CFСcf]?(?!\w)|[$€£¥￥₽₴₩₹₺₪₸₿])""",
    re.VERBOSE,
)
_QUICK = re.compile(r"\d|[$€£¥￥₽₴₩₹₺₪₸₿½¼¾]")
_BLANK = " \u00a0\u202f\u2009"
_GAPS = frozenset({"", *_BLANK, "-", "‑", ". ", ".\u00a0"})
_ELISION = re.compile(r"(?:d|l|qu|n|dell|all|dall|nell|sull|un)['’](?=\w)", re.IGNORECASE)
_TIMES_OFF = 12
_YEAR = re.compile(r"(?:19|20)\d\d")
_GLUED_UNITS = frozenset({"k", "hz", "khz", "mhz", "ghz", "mah", "px", "dpi", "db", "bar", "гц", "кгц"})
_SPOKEN_TIME = re.compile(r"([01]?\d|2[0-4])[.]?([0-5]\d)")  # 21.30, 0430
_ABBREVIATED = re.compile(r"([Kk])(?!\w)|[ \u00a0](mil)\.")  # thousands or Kelvin; Czech millions or miles
_MIXED = re.compile(r"[ \u00a0](1/2|1/4|3/4)(?![\d/])")


def read(text: str, lang: str, start: int = 0, end: int | None = None) -> Reading:
    """The figures of ``text[start:end]`` in order, with their places in ``text``."""
    stop = len(text) if end is None else end
    part = ascii_digits(text[start:stop])
    found = read_unspaced(part, lang) if lang in UNSPACED else _Reader(part, lang).read()
    if not start:
        return found
    return Reading(
        tuple(f._replace(start=f.start + start, end=f.end + start) for f in found.figures),
        tuple(m._replace(start=m.start + start, end=m.end + start) for m in found.money),
    )


_RANKED = re.compile(r"(?<!\w)(?:топ|top)[-‑]$", re.IGNORECASE)  # "top-10" counts, and names nothing


class _Reader:
    """One stretch of text, read token by token."""

    def __init__(self, text: str, lang: str) -> None:
        self.text, self.lang = text, lang
        self.found: list[Figure] = []
        self.money: list[Money] = []
        self.grammar = Grammar(lang)
        self.numerals = numerals(lang)

    def read(self) -> Reading:
        self.tokens = list(_TOKEN.finditer(self.text))
        self.kinds = [token.lastgroup or "" for token in self.tokens]
        self.words = [
            fold(t.group()) if k == "word" else "" for t, k in zip(self.tokens, self.kinds, strict=True)
        ]
        if self.lang in ("fr", "it"):
            self.words = [_ELISION.sub("", word) for word in self.words]
        self.words = [word.replace("ʼ", "'").removesuffix("'s") for word in self.words]
        self.joined = [
            i > 0 and self.text[self.tokens[i - 1].end() : token.start()] in (*_BLANK, "-", "‑")
            for i, token in enumerate(self.tokens)
        ]
        i = 0
        while i < len(self.tokens):
            i = self._token(i)
        if not self.found and not self.money:
            return EMPTY
        self.found = as_ranges(as_days(self.found, self.text), self.text)
        return Reading(tuple(self.found), tuple(self.money))

    def _token(self, i: int) -> int:
        kind = self.kinds[i]
        if kind == "num":
            return self._number(i)
        if kind == "word":
            return self._word(i)
        if kind == "date":
            self._date(i)
        elif kind == "time":
            self._time(i)
        elif kind == "sign" and self.tokens[i].group() in SIGNS:
            self._money(i, SIGNS[self.tokens[i].group()])
        return i + 1

    def _add(
        self, start: int, end: int, kind: Kind, readings: Sequence[float], claim: int = DIGITS,
        own_units: tuple[str, ...] = (), scale: float = 1.0,
    ) -> None:  # fmt: skip
        self.found.append(Figure(start, end, kind, tuple(dict.fromkeys(readings)), own_units, claim, scale))

    def _money(self, i: int, currencies: tuple[str, ...]) -> None:
        token = self.tokens[i]
        if token.group() == "$" and self.text[max(0, token.start() - 1) : token.start()] in tuple("RACNZH"):
            return  # R$, A$ and the like
        if not self.money or self.money[-1].end <= token.start():
            self.money.append(Money(token.start(), token.end(), currencies))

    # Digits

    def _number(self, i: int) -> int:
        token = self.tokens[i]
        start, end, spelt = token.start(), token.end(), token.group()
        readings, parts = values(spelt, self.lang)
        before = self.text[max(0, start - 2) : start]
        hyphen = len(before) > 1 and before[-1] in "-‑" and before[0].isalpha()
        hyphen = hyphen and not _RANKED.search(self.text, max(0, start - 4), start)
        named = bool(before) and (before[-1].isalpha() or (hyphen and not _YEAR.fullmatch(spelt)))
        for part in parts:
            self._add(start, end, "number", (part,), ANSWERS)
        if named or len(readings) == 0:
            self._add(start, end, "number", readings or parts, ANSWERS)
            return i + 1
        claim = DIGITS
        decade = DECADE.match(self.text, end)
        if decade and readings[0] % 10 == 0 and (readings[0] < 100 or 1000 <= readings[0] < 2100):
            short = readings[0] % 100
            long = (1900 + short, 2000 + short) if readings[0] < 100 else ()
            self._add(start, decade.end(), "decade", (readings[0], short, *long))
            return self._after(i, decade.end())
        ordinal = ORDINAL.match(self.text, end)
        mixed = _MIXED.match(self.text, end)
        if mixed:
            end = mixed.end()
            readings = [value + int(mixed[1][0]) / int(mixed[1][2]) for value in readings]
        elif ordinal:
            end = ordinal.end()
        elif end < len(self.text) and self.text[end].isalpha() and not self._glued(end):
            claim = ANSWERS
        return self._finish(i, start, end, list(readings), claim, spelt)

    def _glued(self, at: int) -> bool:
        match = GLUED.match(self.text, at)
        if not match:
            return False
        word = fold(match.group())
        known = word in MULTIPLIERS.get(self.lang, {}) or word in units(self.lang) or word in _GLUED_UNITS
        return known or bool(codes(match.group()))

    def _after(self, i: int, end: int) -> int:
        i += 1
        while i < len(self.tokens) and self.tokens[i].start() < end:
            i += 1
        return i

    def _finish(self, i: int, start: int, end: int, readings: list[float], claim: int, spelt: str) -> int:
        """What stands behind (and before) a number: scale, percent, unit, hour; and so its kind."""
        before = self._currency_before(start, i)
        century = CENTURY.match(self.text, end)
        if century and readings[0] <= 30:
            self._add(start, century.end(), "century", [*readings, (readings[0] - 1) * 100], claim)
            return self._after(i, century.end())
        scale, kind, own, stop = self._tail(self._after(i, end), end, bool(before))
        own = before or own
        if before:
            kind = "number"
        if scale != 1:
            readings = [value * scale for value in readings]
        elif abbreviated := _ABBREVIATED.match(self.text, end):
            readings += [value * (1e6 if abbreviated[2] else 1e3) for value in readings]
        if kind == "number" and scale == 1 and claim:
            kind, own, readings = self._as_date(start, stop, end, readings, own, spelt)
        self._add(start, stop, kind, readings, claim, own, scale)
        return self._after(i, stop)

    def _as_date(
        self, start: int, stop: int, end: int, readings: list[float], own: tuple[str, ...], spelt: str
    ) -> tuple[Kind, tuple[str, ...], list[float]]:
        """A plain number as a year or an hour, where it looks like one."""
        value = readings[0]
        plain = spelt.isdigit() and len(spelt) == 4
        if (
            plain
            and 1000 <= value < 3000
            and (not own or (own == ("year",) and self.grammar.is_year(self.text, end)))
        ):
            return "year", (), readings
        hour = HOUR.match(self.text, end)
        if value <= 24 and (
            hour or (own == ("h",) and TIME_BEFORE.search(self.text[max(0, start - 12) : start]))
        ):
            whole = int(value)
            minutes = round((value - whole) * 100)
            other = [value + _TIMES_OFF, value - _TIMES_OFF] if value == whole else []
            return "time", own, [*readings, *(v for v in other if 0 <= v <= 24), clock(whole, minutes)]
        spoken = _SPOKEN_TIME.fullmatch(spelt)
        if spoken and not own:
            return "number", own, [*readings, clock(int(spoken[1]), int(spoken[2]))]
        return "number", own, readings

    def _currency_before(self, start: int, i: int) -> tuple[str, ...]:
        if i == 0 or self.text[self.tokens[i - 1].end() : start] not in ("", *_BLANK):
            return ()
        token, kind = self.tokens[i - 1], self.kinds[i - 1]
        if kind == "sign":
            if token.group() in "%٪" and self.lang == "tr":
                return ()
            return SIGNS.get(token.group(), ())
        found = codes(token.group()) if kind == "word" else ()
        if found:
            self._money(i - 1, found)
        return found

    def _tail(self, j: int, end: int, money: bool) -> tuple[float, Kind, tuple[str, ...], int]:
        """From token ``j`` on: (scale, kind, units, end of what belongs to the number)."""
        scale = 1.0
        for _ in range(2):
            size = self._scale(j, end, money)
            if size is None:
                break
            scale *= size
            end = self.tokens[j].end()
            j += 1
        percent = PERCENT.match(self.text, end)
        if percent:
            return scale, "percent", (), percent.end()
        return (scale, *self._unit(j, end, scale))

    def _scale(self, j: int, end: int, money: bool) -> float | None:
        if j >= len(self.tokens) or self.kinds[j] != "word":
            return None
        gap = self.text[end : self.tokens[j].start()]
        word = self.words[j]
        if gap in _GAPS:
            size = MULTIPLIERS.get(self.lang, {}).get(word)
            if (
                size is None
                and self.numerals
                and (n := self.numerals.words.get(word))
                and n.sort == "c"
                and n.value >= 1000
            ):
                size = n.value
            if size is not None and (len(word) > 1 or money or not gap):
                return None if word in ("m", "k") and not money else size
        return None

    def _unit(self, j: int, end: int, scale: float) -> tuple[Kind, tuple[str, ...], int]:
        power = ""
        for step in range(3):
            if j + step >= len(self.tokens):
                break
            token, word = self.tokens[j + step], self.words[j + step]
            gap = self.text[end if step == 0 else self.tokens[j + step - 1].end() : token.start()]
            if gap not in _GAPS and not (scale != 1 and gap in (".\u00a0", ". ")):
                break
            if self.kinds[j + step] == "sign":
                sign = token.group()
                if sign in SIGNS:
                    self._money(j + step, SIGNS[sign])
                own = SIGNS.get(sign) or units(self.lang).get(
                    fold(sign.replace(" ", "").replace("С", "C")), ()
                )
                return "number", own, token.end() if own else end
            if not word:
                break
            own = codes(token.group()) or units(self.lang).get(word, ())
            if own:
                if len(own) and any(len(one) == 3 and one.isupper() for one in own):
                    self._money(j + step, tuple(one for one in own if one.isupper()))
                stop = token.end()
                if power:
                    own = tuple(f"{one}{power}" for one in own)
                if "mi" in own and j + step + 1 < len(self.tokens) and self.words[j + step + 1] in NAUTICAL:
                    own = ("nmi",)
                if PER_HOUR.match(self.text, stop):
                    own = tuple({"km": "km/h", "mi": "mph"}.get(one, one) for one in own)
                return "number", own, stop
            if word in NAUTICAL:
                return "number", ("nmi",), self.tokens[min(j + step + 1, len(self.tokens) - 1)].end()
            if word in SQUARES:
                power = SQUARES[word]
            elif word not in SKIPPED:
                break
        return "number", (), end

    # Words

    def _word(self, i: int) -> int:
        token, word = self.tokens[i], self.words[i]
        if self.numerals is not None and (found := self.numerals.get(word)):
            return self._number_words(i) if found else i + 1
        month = self.grammar.months.get(word)
        if month and self.grammar.is_calendar(self.text, token.start(), token.end(), word):
            self._add(token.start(), token.end(), "month", (float(month),), WORDS)
            return i + 1
        day = self.grammar.weekdays.get(word)
        if day and self.grammar.is_calendar(self.text, token.start(), token.end(), word):
            self._add(token.start(), token.end(), "weekday", (float(day),), WORDS)
            return i + 1
        if token.group().isupper():
            roman = read_roman(token.group())
            if roman:
                self._add(token.start(), token.end(), "number", (float(roman), (roman - 1) * 100.0), ANSWERS)
            elif codes(token.group()):
                self._money(i, codes(token.group()))
        elif is_unambiguous(self.lang, word):
            self._money(i, units(self.lang)[word])
        elif self.numerals is not None and self.numerals.prefixes:
            opening = self.numerals.opening(word)
            if opening is not None:
                self._add(token.start(), token.end(), "number", (opening,), ANSWERS)
        return i + 1

    def _number_words(self, i: int) -> int:
        table = self.numerals
        assert table is not None
        if self.words[i] in table.links:
            return i + 1
        run = read_words(self.words, self.joined, i, table)
        if run is None:
            return i + 1
        start, end = self.tokens[i].start(), self.tokens[run.stop - 1].end()
        value, claim = run.value, WORDS if run.strong else ANSWERS
        half = table.half.match(self.text, end) if table.half else None
        if half:
            value += 0.5 * run.scale
            end = half.end()
        readings = [value]
        if run.ordinal:
            readings += [1 / value] if value else []
            readings.append((value - 1) * 100)
        scale, kind, own, stop = self._tail(self._after(run.stop - 1, end), end, False)
        if scale != 1:
            readings = [one * scale for one in readings]
            claim = max(claim, WORDS if value >= 2 else ANSWERS)
        if value <= 24 and kind == "number" and (HOUR.match(self.text, end) or own == ("h",)):
            readings += [value + _TIMES_OFF, clock(int(value), 0)]
        self._add(start, stop, kind, readings, claim, own, scale)
        return self._after(run.stop - 1, stop)

    # Dates and times

    def _date(self, i: int) -> None:
        token = self.tokens[i]
        parts = [
            (m.start() + token.start(), m.end() + token.start(), m.group())
            for m in re.finditer(r"\d+", token.group())
        ]
        if len(parts[0][2]) == 4:
            year, month, day = parts
            months, days = [float(month[2])], [float(day[2])]
        else:
            day, month, year = parts
            both = [float(day[2]), float(month[2])]
            months = days = both
            if "." in token.group() or self.lang not in ("en", "es", "pt", "fr", "it"):
                months, days = [float(month[2])], [float(day[2])]
        value = float(year[2])
        years = (value,) if value > 99 else (value, 2000 + value, 1900 + value)
        self._add(*day[:2], "day", days)
        self._add(*month[:2], "month", months)
        self._add(*year[:2], "year", years)

    def _time(self, i: int) -> None:
        token = self.tokens[i]
        hours, minutes = (int(part) for part in re.split("[:：]", token.group())[:2])
        readings = [clock(hours, minutes)]
        if not minutes:
            readings += [float(hours), float((hours + _TIMES_OFF) % 24)]
        self._add(token.start(), token.end(), "time", readings)
        for part in (hours, minutes, hours + minutes / 100):
            self._add(token.start(), token.end(), "number", (float(part),), ANSWERS)
