"""Units of measure and currencies by their words and signs, and what one unit is in another. Pure.

``units(lang)`` maps a word or sign to the units that it may mean, by their short names: "km", "lb", "USD". One word
may be two: a pound is a weight and a currency. The tables of words are in ``units_words.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from glossary.checks.figures import units_words
from glossary.checks.figures.numerals import entries, expand, fold

LENGTH, AREA, VOLUME, MASS, SPEED, TIME, HEAT, ENERGY, POWER, DATA, MONEY = (
    "length", "area", "volume", "mass", "speed", "time", "temperature", "energy", "power", "data", "money",
)  # fmt: skip
_KINDS: Mapping[str, str] = {
    LENGTH: "km 1000 m 1 cm .01 mm .001 mi 1609.344 nmi 1852 ft .3048 in .0254 yd .9144",
    AREA: "km2 1e6 m2 1 ha 1e4 acre 4046.86 mi2 2589988 ft2 .092903 sotka 100",
    VOLUME: "l 1 ml .001 m3 1000 gal 3.78541 bbl 158.987",
    MASS: "kg 1 g .001 mg .000001 t 1000 lb .45359 oz .02835 centner 100",
    SPEED: "km/h 1 mph 1.609344 m/s 3.6 kn 1.852",
    TIME: "s 1 min 60 h 3600 day 86400 week 604800 month 2629800 year 31557600",
    HEAT: "C 1 F 1 K 1",
    ENERGY: "kWh 1 MWh 1e3 GWh 1e6",
    POWER: "W 1 kW 1e3 MW 1e6 GW 1e9",
    DATA: "B 1 kB 1e3 MB 1e6 GB 1e9 TB 1e12",
}
WORTH: dict[str, tuple[str, float]] = {}
for _kind, _table in _KINDS.items():
    _parts = _table.split()
    for _name, _factor in zip(_parts[::2], _parts[1::2], strict=True):
        WORTH[_name] = (_kind, float(_factor))

SIGNS: Mapping[str, tuple[str, ...]] = {
    "$": ("USD", "AUD", "CAD"), "€": ("EUR",), "£": ("GBP",), "₽": ("RUB",), "₴": ("UAH",), "¥": ("CNY", "JPY"),
    "￥": ("CNY", "JPY"), "₩": ("KRW",), "₹": ("INR",), "₺": ("TRY",), "₪": ("ILS",), "₸": ("KZT",), "₿": ("BTC",),
}  # fmt: skip
CODES = frozenset(
    [
        "USD",
        "EUR",
        "RUB",
        "RUR",
        "UAH",
        "GBP",
        "JPY",
        "CNY",
        "RMB",
        "CHF",
        "PLN",
        "CZK",
        "TRY",
        "KZT",
        "INR",
        "KRW",
        "ILS",
        "SEK",
        "NOK",
        "DKK",
        "CAD",
        "AUD",
        "BYN",
        "BRL",
        "HUF",
    ]
)
_SAME = {"RUR": "RUB", "RMB": "CNY"}
AMBIGUOUS = frozenset({"lb", "kn", "in", "m", "t", "s"})


def dimension(unit: str) -> str:
    """What a unit measures: "length", "money" …"""
    return WORTH[unit][0] if unit in WORTH else MONEY


@cache
def units(lang: str) -> Mapping[str, tuple[str, ...]]:
    """What each word of a language, and each sign of all, may stand for as a unit; words as ``fold`` gives them."""
    found: dict[str, tuple[str, ...]] = {}
    for table in (units_words.SHARED, units_words.WORDS.get(lang, "")):
        for name, *forms in entries(table):
            for form in expand(forms):
                if name not in found.get(form, ()):
                    found[form] = (*found.get(form, ()), name)
    return found


def codes(word: str) -> tuple[str, ...]:
    """The currency that a code of three capitals names, as a tuple; () for any other word."""
    return (_SAME.get(word, word),) if word in CODES else ()


@cache
def is_unambiguous(lang: str, word: str) -> bool:
    """Whether a word names a currency also where no figure stands before it ("euro", not "pound")."""
    return fold(word) in units_words.SURE_MONEY.get(lang, frozenset())


def converts(value: float, unit: str, other: float, to: str, tolerance: float = 0.08) -> bool:
    """Whether ``value unit`` is ``other to``, rounded as people round (within ``tolerance`` of either)."""
    if unit == to or dimension(unit) != dimension(to) or dimension(unit) == MONEY:
        return False
    if dimension(unit) == HEAT:
        return abs(_celsius(value, unit) - _celsius(other, to)) <= 1.5
    a, b = value * WORTH[unit][1], other * WORTH[to][1]
    return abs(a - b) <= tolerance * max(abs(a), abs(b))


def _celsius(value: float, unit: str) -> float:
    return {"C": value, "F": (value - 32) / 1.8, "K": value - 273.15}[unit]


def may_be(own: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two sets of readings of a unit have one in common."""
    return not set(own).isdisjoint(others)
