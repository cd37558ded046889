"""Which romanisation gives a spelling: by the original where it is known, else by its telling letters."""

from __future__ import annotations

import re
from functools import lru_cache

from align.text import script_of
from glossary.extract.morphology import fold

# Names of the schemes of the iuliia library as people know them, the commonest in print first.
_SCHEMES: tuple[tuple[str, str], ...] = (
    ("bgn_pcgn", "BGN/PCGN"), ("icao_doc_9303", "ICAO Doc 9303"), ("wikipedia", "Wikipedia"),
    ("ala_lc", "ALA-LC"), ("iso_9_1968", "ISO 9"), ("gost_779", "GOST 7.79"), ("ungegn_1987", "UNGEGN"),
    ("bs_2979", "BS 2979"), ("scientific", "scholarly"), ("mvd_310", "MVD 310"), ("mvd_782", "MVD 782"),
    ("gost_52535", "GOST 52535"), ("gost_7034", "GOST 7.034"), ("gost_16876", "GOST 16876"),
    ("mosmetro", "Moscow Metro"), ("yandex_maps", "Yandex Maps"), ("telegram", "telegrams"),
)  # fmt: skip
_MOST = 3

# What a spelling shows by itself: pattern, where it stands for, who writes it so.
_HINTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), hint)
    for pattern, hint in (
        (r"[aeiou]y(?![a-z])", "y for й: BGN/PCGN, Wikipedia"),
        (r"[aeou]i(?![a-z])", "i for й: ICAO Doc 9303"),
        (r"[aeou]j(?![a-z])", "j for й: ISO 9, scholarly"),
        (r"iy(?![a-z])", "iy for ий: BGN/PCGN"),
        (r"ii(?![a-z])", "ii for ий: ALA-LC, ICAO Doc 9303"),
        (r"skyi(?![a-z])", "yi for ий: Ukrainian, 2010"),
        (r"shch", "shch for щ: BGN/PCGN"),
        (r"[šžčřě]", "with háčeks: ISO 9, scholarly"),
        (r"kh", "kh for х: BGN/PCGN, ICAO Doc 9303"),
        (r"ch(?=[aeiou])", "ch for х: German"),
        (r"(?:^|[^a-z])y[aeou]", "ya, yu, ye: BGN/PCGN"),
        (r"i[au](?![a-z])", "ia, iu for я, ю: ICAO Doc 9303, ALA-LC"),
        (r"tch", "tch for ч: French"),
        (r"tsch", "tsch for ч: German"),
        (r"ou", "ou for у: French"),
    )
)


@lru_cache(maxsize=4096)
def schemes(original: str, spelt: str) -> tuple[str, ...]:
    """The schemes by which a Cyrillic word becomes this spelling, at most three, the commonest first."""
    if not original or script_of(original[0]) != "cyrillic":
        return ()
    import iuliia

    known = set(iuliia.schemas.names())
    found = [
        label
        for name, label in _SCHEMES
        if name in known and fold(iuliia.schemas.get(name).translate(original)) == fold(spelt)
    ]
    return tuple(found[:_MOST])


def hint(spelt: str, other: str) -> str:
    """What the letters of a spelling say about its scheme, where another spelling does not say the same; or ""."""
    one, two = fold(spelt), fold(other)
    if script_of(one[:1] or " ") != "latin":
        return ""
    return next((text for pattern, text in _HINTS if pattern.search(one) and not pattern.search(two)), "")
