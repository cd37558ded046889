"""Reads figures in Chinese, Japanese and Korean: digits and 三十五, with 万 and 亿. Pure.

Figures written in characters only answer for figures in the other text: 一 and 十 stand in too many words.
"""

from __future__ import annotations

import re
from functools import cache

from glossary.checks.figures.digits import values
from glossary.checks.figures.figure import ANSWERS, DIGITS, EMPTY, Figure, Kind, Money, Reading, clock
from glossary.checks.figures.numerals import HAN, read_han
from glossary.checks.figures.units import SIGNS, codes, units

UNSPACED = frozenset({"zh", "ja", "ko"})
_SCALES = {
    "万": 1e4, "萬": 1e4, "만": 1e4, "亿": 1e8, "億": 1e8, "억": 1e8, "兆": 1e12, "조": 1e12, "千": 1e3, "천": 1e3,
    "百": 1e2, "백": 1e2,
}  # fmt: skip
_PIECE = re.compile(
    rf"(\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{HAN}]+)\s?[余餘多来]?([万萬만亿億억兆조千천百백])?\s?([万萬만亿億억兆조])?"
)
_NUMBER = re.compile(
    rf"(?P<time>(?<![\d:])(?:[01]?\d|2[0-4])[:：][0-5]\d(?![\d:]))"
    rf"|(?P<num>(?:(?:\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{HAN}]+)(?:\s?[余餘多来]?[万萬만亿億억兆조千천百백])*)+)"
    r"|(?P<skip>https?://[\x21-\x7e]+)"
)
_POINT = re.compile(r"(?<=\d)・(?=\d)")  # the decimal point of Japanese newspapers
_PERCENT = re.compile(r"\s?(?:[%％]|パーセント|퍼센트|プロ(?!\w)|个百分点|ポイント)")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*[-‑]?$")
_PARTS = re.compile(r"百分之$")
_YEAR, _MONTH, _DAY, _HOUR = (
    re.compile(r"\s?[年년]"),
    re.compile(r"\s?[月월](?!間)"),
    re.compile(r"\s?(?:日(?![元円圆间間本])|号|일)"),
    re.compile(r"\s?(?:时|時(?!間)|点|點|시(?!간))(?P<half>半)?"),
)
_SHARE = re.compile(r"\s?[成割할]")
_DECADE = re.compile(r"\s?(?:年代|년대|代)")
_SHORT_YEAR = re.compile(r"年(?!間|间)|后|後|(?=[～〜~－-]\d{1,2}年)")
_ERAS = (2018.0, 1988.0, 1925.0, 1911.0, 1867.0)  # a year of Reiwa, Heisei, Showa, Taisho, Meiji, less one
_HALF = re.compile(r"\s?[年天日小時时個个か月週周개월]{1,3}半")
_BATTING = re.compile(r"\s?[割分]\d")
_CENTURY = re.compile(r"\s?(?:世纪|世紀|세기)")
_CURRENCY = re.compile(r"[$€£¥￥₽₴₩]|[A-Z]{3}|人民币")


def read_unspaced(text: str, lang: str) -> Reading:
    """The figures of a text, in order."""
    figures: list[Figure] = []
    money: list[Money] = []
    text = _POINT.sub(".", text)
    for match in _NUMBER.finditer(text):
        if match.lastgroup == "time":
            hours, minutes = (int(part) for part in re.split("[:：]", match.group()))
            figures.append(
                Figure(
                    *match.span(),
                    "time",
                    (clock(hours, minutes), *((float(hours), (hours + 12.0) % 24) if not minutes else ())),
                )
            )
            figures += [Figure(*match.span(), "number", (float(n),), (), ANSWERS) for n in (hours, minutes)]
        elif match.lastgroup == "num":
            figures += _figures(text, match, lang, money)
    for found in _currency_words(lang).finditer(text):
        if not any(m.start < found.end() and found.start() < m.end for m in money):
            own = SIGNS.get(found.group()) or codes(found.group()) or units(lang).get(found.group(), ())
            if own:
                money.append(Money(*found.span(), own))
    return Reading(tuple(figures), tuple(sorted(money))) if figures or money else EMPTY


def _figures(text: str, match: re.Match[str], lang: str, money: list[Money]) -> list[Figure]:
    spelt = match.group().rstrip()
    start, end = match.start(), match.start() + len(spelt)
    readings, parts, scale = _worth(spelt, lang)
    claim = DIGITS if any(sign.isascii() and sign.isdigit() for sign in spelt) else ANSWERS
    if _LATIN.search(text[max(0, start - 8) : start]) and not codes(text[max(0, start - 3) : start]):
        claim = ANSWERS
    loose = [Figure(start, end, "number", (part,), (), ANSWERS) for part in parts]
    if _BATTING.match(text, end) or text[start - 1 : start] in ("割", "分"):
        claim = ANSWERS
    kind, readings, own, stop = _kind(text, start, end, readings, lang)
    if kind == "century" and text[stop : stop + 1] and text[stop] in HAN:
        claim = ANSWERS  # 20世纪六七十年代 is the 1960s and 1970s
    before = text[start - 1 : start]
    if before in SIGNS:
        own = SIGNS[before]
        money.append(Money(start - 1, start, own))
    elif own and all(len(one) == 3 and one.isupper() for one in own):
        money.append(Money(end, stop, own))
    return [*loose, Figure(start, stop, kind, tuple(readings), own, claim, scale)]


def _worth(spelt: str, lang: str) -> tuple[list[float], list[float], float]:
    total, group, parts, scale = 0.0, 0.0, [], 1.0
    for number, first, second in _PIECE.findall(spelt):
        value = values(number, "en")[0][0] if number[0].isdigit() else read_han(number)
        parts.append(value)
        factor = _SCALES.get(first, 1.0)
        if factor >= 1e4 or second:
            total += (group + value * (factor if second else 1.0)) * (_SCALES[second] if second else factor)
            group, scale = 0.0, _SCALES[second] if second else factor
        else:
            group += value * factor
    return [total + group], parts if len(parts) > 1 else [], scale


def _kind(
    text: str, start: int, end: int, readings: list[float], lang: str
) -> tuple[Kind, list[float], tuple[str, ...], int]:
    value = readings[0]
    percent = _PERCENT.match(text, end)
    if percent:
        return "percent", readings, (), percent.end()
    if _PARTS.search(text[max(0, start - 4) : start]):
        return "percent", readings, (), end
    if _SHARE.match(text, end) and value <= 10:
        return "percent", [value * 10, value], (), end + 1
    if (found := _DECADE.match(text, end)) and value % 10 == 0 and value > 0:
        return "decade", [value, value % 100], (), found.end()
    if found := _CENTURY.match(text, end):
        return "century", [value, (value - 1) * 100], (), found.end()
    if value < 100 and (found := _SHORT_YEAR.match(text, end)):
        own_unit: tuple[str, ...] = ("year",) if text[end : end + 1] == "年" else ()
        more = [value + 0.5] if _HALF.match(text, end) else []
        eras = [value + begin for begin in (*_ERAS, 1800.0, 1900.0, 2000.0)]
        return "number", [value, *more, *eras], own_unit, found.end()
    if (found := _YEAR.match(text, end)) and 1000 <= value < 2200:
        return "year", readings, (), found.end()
    if (found := _MONTH.match(text, end)) and 1 <= value <= 12:
        return "month", readings, (), found.end()
    if (found := _HOUR.match(text, end)) and value <= 24:
        half = 30 if found.group("half") else 0
        noon = value - 12 if value >= 12 else value + 12
        return "time", [value, noon, clock(int(value), half)], (), found.end()
    own, stop = _unit(text, end, lang)
    if _HALF.match(text, end):
        readings = [*readings, value + 0.5]
    if not own and (found := _DAY.match(text, end)) and 1 <= value <= 31:
        return "day", readings, (), found.end()
    if not own and text[end : end + 1] in ("日", "일"):
        return "number", readings, ("day",), end + 1
    return "number", readings, own, stop


@cache
def _longest(lang: str) -> tuple[re.Pattern[str], int]:
    words = sorted(units(lang), key=len, reverse=True)
    pattern = "|".join(re.escape(word) + ("(?![a-z])" if word.isascii() else "") for word in words)
    return re.compile(rf"\s?(?:多|余|餘)?(?P<unit>{pattern})", re.IGNORECASE), 0


def _unit(text: str, end: int, lang: str) -> tuple[tuple[str, ...], int]:
    match = _longest(lang)[0].match(text, end)
    if match:
        return units(lang).get(match["unit"].lower(), ()), match.end()
    code = re.compile(r"\s?([A-Z]{3})(?![A-Za-z])").match(text, end)
    return (codes(code[1]), code.end()) if code and codes(code[1]) else ((), end)


@cache
def _currency_words(lang: str) -> re.Pattern[str]:
    from glossary.checks.figures.units_words import SURE_MONEY

    words = sorted(SURE_MONEY.get(lang, ()), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, words), r"[$€£₽₴]", r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])"]))
