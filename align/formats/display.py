"""Text made safe to look at, in a terminal or on a page, and names of languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FOLD = re.compile("[ \t\n\r\f\u2028\u2029]+")
# What a terminal or browser would obey, hide or refuse. The marks U+200E, U+200F and U+061C and the joiners stay:
# ordinary Persian, Arabic and Hebrew needs them, and they move nothing but their neighbours.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SHORT: dict[int, str] = dict(
    zip(
        [*range(0x202A, 0x202F), *range(0x2066, 0x206A)],
        ["LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"],
        strict=True,
    )
)
_LANGUAGES = """
    ar Arabic|be Belarusian|bg Bulgarian|bn Bengali|ca Catalan|cs Czech|da Danish|de German|el Greek|en English
    es Spanish|et Estonian|eu Basque|fa Persian|fi Finnish|fr French|he Hebrew|hi Hindi|hr Croatian|hu Hungarian
    hy Armenian|id Indonesian|it Italian|ja Japanese|ka Georgian|kk Kazakh|ko Korean|ky Kyrgyz|lt Lithuanian
    lv Latvian|mk Macedonian|nb Norwegian|nl Dutch|no Norwegian|pl Polish|ps Pashto|pt Portuguese|ro Romanian
    ru Russian|sk Slovak|sl Slovenian|sq Albanian|sr Serbian|sv Swedish|tg Tajik|th Thai|tr Turkish|uk Ukrainian
    ur Urdu|uz Uzbek|vi Vietnamese|zh Chinese
"""
LANGUAGES = dict(entry.strip().split(" ", 1) for entry in re.split(r"[|\n]", _LANGUAGES) if entry.strip())


def language_name(lang: str) -> str:
    """A language's English name: "ru" → "Russian", "pt-BR" → "Portuguese (BR)"; the code where it has none here."""
    base, _, rest = lang.replace("_", "-").partition("-")
    name = LANGUAGES.get(base.lower())
    if name is None:
        return lang or "unknown language"
    return f"{name} ({rest})" if rest else name


def fold(text: str) -> str:
    """The text on one line: runs of white space, line ends among them, become one space."""
    return _FOLD.sub(" ", text).strip(" ")


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The folded text cut at characters that cannot be seen: pairs of text and the name of what follows it.

    The name is "" after the last piece, a picture ("␛") for a control character, letters ("RLO") for a
    bidirectional one, "U+FFFE" for any other.
    """
    text, start = fold(text), 0
    for match in _UNSEEN.finditer(text):
        yield text[start : match.start()], name_of(match.group())
        start = match.end()
    yield text[start:], ""


def name_of(character: str) -> str:
    """A visible name for a character that has no look of its own."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return _SHORT.get(code, f"U+{code:04X}")


def plain(text: str) -> str:
    """The folded text with every unseen character shown: a picture, or its name in angle brackets."""
    shown = []
    for part, name in pieces(text):
        shown.append(part)
        shown.append(f"⟨{name}⟩" if len(name) > 1 else name)
    return "".join(shown)
