"""Names in scripts that do not show them by capitals, from the names of the other language.

For each name of the language with capitals, the string of the other side that stands in the same beads and seldom
elsewhere: runs of characters where words are not set apart, runs of words where they are. Association is Dice's
coefficient over beads, 2·both / (one + other).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from glossary.extract.cues import words_of
from glossary.extract.morphology import fold
from glossary.extract.words import UNSPACED, words

ALIKE = 0.3  # likeness that a rare name and its string must have
LEAST = 0.5  # association from which a string renders a name
_SEEN = 60  # beads of a name that are looked at
_SAMPLE = 4000  # beads in which strings are counted
_LONGEST = {True: 12, False: 4}
_EDGES = frozenset(
    "的了在是和与及或被将对从为向把这那之は が を に の と も で へ や か ら り る う た て し 、을를이가은는의에"
)
_RUN = re.compile(r"[^\W_]+(?:[·・][^\W_]+)*")


def project(
    texts: Sequence[str],
    lang: str,
    members: Mapping[int, Sequence[int]],
    likeness: Callable[[int, str], float],
    written: Mapping[int, str],
) -> dict[int, str]:
    """Name → the string that renders it; ``members`` says in which texts (bead by bead) each name is rendered.

    ``likeness`` says how much a name and a string look like translations (0 to 1), ``written`` how the name itself
    is spelt, for texts that leave it as it is. Names with fewer than two beads, and names for which no string is
    nearly always there (and, of rare ones, looks like it), are left out.
    """
    step = max(1, len(texts) // _SAMPLE)
    sample = [fold(text) if lang not in UNSPACED else text for text in texts[::step]]
    found: dict[int, str] = {}
    counted: dict[str, int] = {}
    for name in sorted(members):
        beads = sorted(set(members[name]))
        if len(beads) < 2:
            continue
        as_is = written.get(name, "")
        if as_is and 2 * sum(as_is in texts[bead] for bead in beads) > len(beads):
            found[name] = as_is if lang in UNSPACED else fold(as_is)
            continue
        looked = beads[:: max(1, len(beads) // _SEEN)]
        inside: Counter[str] = Counter()
        for bead in looked:
            inside.update(set(grams(texts[bead], lang)))
        shares = _shares(inside, len(looked), len(beads), sample, step, counted)
        like = {gram: likeness(name, gram) for gram in shares}
        top = max(shares.values(), default=0.0)
        close = [
            gram for gram in shares if shares[gram] >= 0.93 * top and (like[gram] >= ALIKE or len(beads) >= 5)
        ]
        if close and top >= LEAST:
            found[name] = max(close, key=lambda gram: (round(like[gram], 1), len(gram), shares[gram], gram))
    return found


def _shares(
    inside: Counter[str], looked: int, beads: int, sample: Sequence[str], step: int, counted: dict[str, int]
) -> dict[str, float]:
    likely = [gram for gram, n in inside.items() if n >= max(2, 0.5 * looked)]
    likely.sort(key=lambda gram: (-inside[gram], -len(gram), gram))
    shares: dict[str, float] = {}
    for gram in likely[:60]:
        if gram not in counted:
            counted[gram] = step * sum(gram in text for text in sample)
        both = inside[gram] / looked * beads
        shares[gram] = 2 * both / (beads + max(both, counted[gram]))
    return shares


def grams(text: str, lang: str) -> Iterable[str]:
    """Strings of a text that could be names: runs of characters or of words without small words at either end."""
    if lang in UNSPACED:
        for run in _RUN.findall(text):
            for a in range(len(run)):
                if run[a] in _EDGES:
                    continue
                for b in range(a + 2, min(len(run), a + _LONGEST[True]) + 1):
                    if run[b - 1] not in _EDGES and not run[a:b].isascii():
                        yield run[a:b]
        return
    small = words_of("LINKS", lang) | words_of("ARTICLES", lang) | _function(lang)
    line = [fold(word.text) for word in words(text, lang)]
    for a in range(len(line)):
        for b in range(a + 1, min(len(line), a + _LONGEST[False]) + 1):
            if line[a] not in small and line[b - 1] not in small:
                yield " ".join(line[a:b])


def _function(lang: str) -> frozenset[str]:
    from align.text.function_words import WORDS

    return frozenset(WORDS.get(lang, "").split())


def places(text: str, string: str, lang: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the string stands in ``text[start:end]``, as whole words where words are set apart; none overlap."""
    if lang in UNSPACED:
        found, at = [], text.find(string, start, end)
        while at >= 0:
            found.append((at, at + len(string)))
            at = text.find(string, at + len(string), end)
        return found
    line = words(text, lang, start, end)
    folded = [fold(word.text) for word in line]
    wanted = string.split(" ")
    found, i = [], 0
    while i + len(wanted) <= len(line):
        if folded[i : i + len(wanted)] == wanted:
            found.append((line[i].start, line[i + len(wanted) - 1].end))
            i += len(wanted)
        else:
            i += 1
    return found
