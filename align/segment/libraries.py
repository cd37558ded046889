"""The segmenters of others, asked for one thing: is this word an abbreviation?

razdel (Russian) and sentencex (all other languages) know many more abbreviations than the tables here. They see
the word in a sentence made up for the question, not the text itself, so that they can neither alter nor
misplace any of it, and take no longer for a long line than for a short one.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib.util import find_spec

_RAZDEL = frozenset(("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tg"))


@lru_cache(maxsize=4096)
def is_abbreviation(word: str, lang: str) -> bool:
    """Whether a sentence would go on after ``word`` with a full stop and a capital, in the library's opinion."""
    if lang in _RAZDEL:
        from razdel import sentenize

        return sum(1 for _ in sentenize(f"Слово слово {word}. Слово слово.")) == 1
    from sentencex import get_sentence_boundaries

    return len(get_sentence_boundaries(lang, f"Word word {word}. Word word.")) == 1


def version(package: str) -> str:
    """The version of an installed package.

    Its folder's name is looked up in what the import system has listed already: importing
    ``importlib.metadata`` takes a tenth of the time in which a whole interview is aligned.
    """
    spec = find_spec(package)
    if spec is not None and spec.origin:
        for folder, finder in sys.path_importer_cache.items():
            if spec.origin.startswith(folder):
                for name in getattr(finder, "_path_cache", ()):
                    if name.startswith(f"{package}-") and name.endswith(".dist-info"):
                        return str(name.removeprefix(f"{package}-").removesuffix(".dist-info"))
    from importlib.metadata import version as look_up

    return look_up(package)
