"""Numbers in digits: separators of thousands and decimals as each language has them. Pure."""

from __future__ import annotations

import re
import unicodedata

NUMBER = (
    r"\d{1,3}(?P<between>[ \u00a0\u202f\u2009'’.,])\d{3}(?:(?P=between)\d{3})*(?!\d)(?:[.,]\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+)*[½¼¾⅓⅔]?|[½¼¾⅓⅔]"
)
"""A pattern for a number in digits; its group "between" is the sign that parts thousands."""

_COMMA = frozenset(
    [
        "ru",
        "uk",
        "be",
        "bg",
        "sr",
        "hr",
        "sl",
        "cs",
        "sk",
        "pl",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "da",
        "sv",
        "nb",
        "no",
        "fi",
        "tr",
        "el",
        "hu",
        "ro",
        "id",
        "lt",
        "lv",
        "et",
    ]
)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_GROUPED = re.compile(r"\d{1,3}(?P<mark>[ \u00a0\u202f\u2009'’.,])\d{3}(?:(?P=mark)\d{3})*(?:[.,]\d+)?")


def ascii_digits(text: str) -> str:
    """The text with the digits of every script as 0–9 and Arabic separators as "." and ",", of the same length."""
    if text.isascii():
        return text
    if not any(ord(sign) > 1500 for sign in text):
        return text
    return "".join(_plain(sign) if ord(sign) > 1500 else sign for sign in text)


def _plain(sign: str) -> str:
    if sign == "٫":
        return "."
    if sign == "٬":
        return ","
    if sign == "．":
        return "."
    return str(unicodedata.digit(sign)) if sign.isdecimal() else sign


def decimal_mark(lang: str) -> str:
    """The sign before decimals in a language."""
    return "," if lang in _COMMA else "."


def values(spelt: str, lang: str) -> tuple[list[float], list[float]]:
    """What a number in digits may be worth, the likeliest first, and the worth of its parts by themselves.

    "1,234" is 1234 in English and 1.234 in German, and either in a text that mixes the two. Parts are given where
    the signs between may part numbers: "3,5" may be a list. No value at all is left of "1.2.3".
    """
    extra = _FRACTIONS.get(spelt[-1], 0.0)
    body = spelt[:-1] if extra else spelt
    if not body:
        return [extra], []
    if extra:
        return [value + extra for value in values(body, lang)[0]], [float(re.split("[.,]", body)[0])]
    if body.isdigit():
        return [float(body)], []
    parts = [float(part) for part in re.findall(r"\d+", body)]
    grouped = _GROUPED.fullmatch(body)
    if grouped:
        return _grouped(body, grouped["mark"], lang), parts if grouped["mark"] == " " else []
    marks = re.findall(r"[.,]", body)
    if len(marks) == 1:
        return [float(body.replace(",", "."))], parts
    if len(set(marks)) == 1 and (marks[0] == "." or not re.fullmatch(r"\d{1,2}(?:,\d\d)+,\d{3}", body)):
        return [], parts
    last = max(body.rfind(","), body.rfind("."))
    if len(set(marks)) == 1:
        return [float(body.replace(",", ""))], parts
    whole = re.sub(r"[.,]", "", body[:last])
    return [float(f"{whole}.{body[last + 1 :]}")], parts


def _grouped(body: str, mark: str, lang: str) -> list[float]:
    head, tail = body, ""
    last = max(body.rfind(","), body.rfind("."))
    if last >= 0 and body[last] != mark:
        head, tail = body[:last], body[last + 1 :]
    whole = float(re.sub(r"\D", "", head) + ("." + tail if tail else ""))
    single = not tail and body.count(mark) == 1 and mark in ".,"
    if not single:
        return [whole]
    decimal = float(body.replace(",", "."))
    return [decimal, whole] if mark == decimal_mark(lang) else [whole, decimal]
