"""Makes ``align/text/letters.py``: how often each letter, pair of letters and character occurs, by language.

``python benchmarks/letter_tables.py TRAIN_FOLDER > align/text/letters.py`` (the folder of ``XX-en.tsv.xz`` files
that the embedded model is trained on). Only these counts, rounded, go into the package: they tell apart
encodings and languages, and no sentence can be read back out of them.
"""

from __future__ import annotations

import lzma
import math
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

SKIPPED = ("dict_", "manpages", "php", "msdocs")  # lists of names and technical text
LATIN = (
    *("ca", "cs", "da", "de", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nl", "no"),
    *("pl", "pt", "ro", "sk", "sl", "sv", "tr", "vi"),
)
CYRILLIC = ("be", "bg", "kk", "ru", "sr", "uk")
OTHER = {"ar": "ARABIC", "fa": "ARABIC", "el": "GREEK", "he": "HEBREW"}
IDEOGRAPHIC = {"zh": "zh", "zh_tw": "zh-hant", "ja": "ja", "ko": "ko"}
PAIR_ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџ"
PAIR_SHARES = {"ru": 3.0, "uk": 1.0, "be": 0.3, "bg": 0.5, "sr": 0.3}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
FLOOR = 2e-5
MOJIBAKE = str.maketrans("õû", "őű")  # Hungarian text that once went through Latin-1


def sentences(folder: Path, name: str, column: int = 0, limit: int = 40_000) -> Iterator[str]:
    """Up to ``limit`` sentences of general language from one file, composed (NFC) and in lower case."""
    with lzma.open(folder / name, "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        kept = (row[column] for row in rows if len(row) > 2 and not row[2].startswith(SKIPPED))
        for text in islice(kept, limit):
            yield unicodedata.normalize("NFC", text).lower()


def digit(probability: float) -> str:
    """-3 ln p, rounded, as one digit to base 36 (so that the smallest p is about 1e-5)."""
    return DIGITS[min(35, round(-3 * math.log(max(probability, 1e-9))))]


def letters(folder: Path, lang: str, script: str) -> str:
    """The letters of a language in order of frequency, each followed by its ``digit``."""
    name, column = (f"{lang}-en.tsv.xz", 0) if lang != "en" else ("fr-en.tsv.xz", 1)
    counts: Counter[str] = Counter()
    for text in sentences(folder, name, column):
        counts.update(text.translate(MOJIBAKE) if lang == "hu" else text)
    counts = Counter(
        {c: n for c, n in counts.items() if c.isalpha() and unicodedata.name(c, "").startswith(script)}
    )
    total = counts.total()
    kept = [(c, n / total) for c, n in counts.most_common() if n / total > FLOOR]
    return "".join(c + digit(p) for c, p in kept)


def pairs(folder: Path) -> list[str]:
    """Rows of ``digit(p(second | first))`` over the alphabet and, last, the edge of a word."""
    alphabet = PAIR_ALPHABET + " "
    counts: Counter[tuple[str, str]] = Counter()
    for lang, share in PAIR_SHARES.items():
        own: Counter[tuple[str, str]] = Counter()
        for text in sentences(folder, f"{lang}-en.tsv.xz"):
            line = "".join(c if c in PAIR_ALPHABET else " " for c in text)
            own.update(p for p in zip(" " + line, line + " ", strict=True) if p != (" ", " "))
        for pair, count in own.items():
            counts[pair] += round(1e7 * share * count / own.total())
    rows = []
    for first in alphabet:
        total = sum(counts[first, second] for second in alphabet)
        rows.append("".join(digit((counts[first, second] + 1) / (total + 50)) for second in alphabet))
    return rows


def common(folder: Path, lang: str, size: int) -> str:
    """The most frequent ideographs, kana and hangul syllables of a language, most frequent first."""
    counts: Counter[str] = Counter()
    for text in sentences(folder, f"{lang}-en.tsv.xz"):
        counts.update(c for c in text if ord(c) > 0x3040 and c.isalpha())
    return "".join(c for c, _ in counts.most_common(size))


def quoted(name: str, text: str, width: int = 90) -> str:
    parts = [text[i : i + width] for i in range(0, len(text), width)]
    if len(parts) == 1:
        return f'    "{name}": "{text}",'
    return f'    "{name}": (\n' + "".join(f'        "{part}"\n' for part in parts) + "    ),"


def main(folder: Path) -> None:
    print('"""How often letters occur, by language: made by benchmarks/letter_tables.py, not by hand."""\n')
    print("from __future__ import annotations\n")
    print("# Letter, then -3 ln of its share among the language's letters as a digit to base 36.")
    print("LETTERS: dict[str, str] = {")
    scripts = dict.fromkeys(["en", *LATIN], "LATIN") | dict.fromkeys(CYRILLIC, "CYRILLIC") | OTHER
    for lang, script in scripts.items():
        print(quoted(lang, letters(folder, lang, script)))
    print("}\n")
    print(
        "# Of Russian, Ukrainian, Belarusian, Bulgarian and Serbian together; the last is the edge of a word."
    )
    print(f'PAIR_ALPHABET = "{PAIR_ALPHABET} "')
    print(
        "# A row for each first letter, a digit (as above, of the conditional share) for each second letter."
    )
    print("PAIRS: tuple[str, ...] = (")
    for row in pairs(folder):
        print(f'    "{row}",')
    print(")\n")
    print("# Most frequent first.")
    print("COMMON: dict[str, str] = {")
    for lang, name in IDEOGRAPHIC.items():
        print(quoted(name, common(folder, lang, 400)))
    print("}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
