"""Whether a sentence of a translation is still in the original's language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from align.text import script_of, scripts
from align.text.function_words import WORDS
from glossary.checks.views import PairView, TextView
from glossary.extract.morphology import fold

Span = tuple[int, int]
LEAST_LETTERS = 8
LEAST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_QUOTED = re.compile(
    r"«[^»]*»|„[^“”]*[“”]|“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|《[^》]*》|\([^()]*\)|（[^（）]*）|https?://\S+|\S+@\S+|[@#]\w+|<[^<>]*>"
)
_HANDLE = re.compile(r"https?://\S+|\S*[@#]\S+")  # accounts, tags, addresses: nobody translates them
_EAST = frozenset({"han", "kana", "hangul", "bopomofo"})


_SCRIPTS = {
    lang: script
    for script, langs in (
        ("latin", "en de fr es it pt nl pl cs sk sl hr ro hu fi sv da no et lt lv tr ca id vi"),
        ("cyrillic", "ru uk be bg mk"), ("arabic", "ar fa ur"), ("hebrew", "he"), ("greek", "el"),
        ("han", "zh"), ("kana", "ja"), ("hangul", "ko"), ("devanagari", "hi"), ("armenian", "hy"),
        ("georgian", "ka"), ("thai", "th"),
    )
    for lang in langs.split()
}  # fmt: skip


@lru_cache(maxsize=4)
def main_script(view: TextView) -> str:
    """The script of a text's language, or, where that is not known or has several, of most of its letters.

    "kana" stands for Japanese, "" for a text without letters.
    """
    if view.lang in _SCRIPTS:
        return _SCRIPTS[view.lang]
    counts = scripts(view.text[:20_000])
    if not counts:
        return ""
    if counts["kana"] * 10 > counts.total():
        return "kana"
    return counts.most_common(1)[0][0]


def is_foreign(pair: PairView, segments: Sequence[int]) -> bool:
    """Whether one of these segments of the translation is in the original's language."""
    return any(foreign_part(pair, number) is not None for number in segments)


def foreign_part(pair: PairView, segment: int) -> Span | None:
    """The part of a translated segment that is still in the original's language: all of it, or a long stretch.

    What stands in quotation marks or parentheses is passed over, and so are names and numbers alone.
    """
    source, target = pair.source, pair.target
    if source.lang == target.lang:
        return None
    there, here = main_script(source), main_script(target)
    held = target.document.segments[segment]
    if there != here:
        part = _in_script(target.text, held.start, held.end, there, here, _small(source.lang))
        return part or _left_as_it_is(pair, segment, there, here)
    return _in_language(pair, segment, held.start, held.end)


def _bare(text: str) -> str:
    """The text with what is quoted or in parentheses blanked, of the same length."""
    return _QUOTED.sub(lambda match: " " * len(match.group()), text)


def _left_as_it_is(pair: PairView, segment: int, there: str, here: str) -> Span | None:
    """A segment without a letter of its own script that says just what the original says, quotation marks and all."""
    target = pair.target
    held = target.document.segments[segment]
    text = " ".join(target.sentence(segment).split())
    counts = _counts(_HANDLE.sub(" ", text), there, here)
    bead = pair.beads[pair.bead_of("target", segment)]
    if counts[here] or counts[there] < 2 * LEAST_LETTERS or len(_HANDLE.sub(" ", text).split()) < LEAST_WORDS:
        return None
    own = " ".join(" ".join(pair.source.sentence(n) for n in bead.source).split())
    return (held.start, held.end) if text in own else None


def _in_script(text: str, start: int, end: int, there: str, here: str, small: frozenset[str]) -> Span | None:
    sentence = text[start:end]
    counts = _counts(sentence, there, here)
    if counts[there] < LEAST_LETTERS // (2 if there in _EAST else 1):
        return None
    bare = _bare(sentence)
    own = _counts(bare, there, here)
    if own[there] >= 0.8 * max(1, own.total()) and own[there] >= LEAST_LETTERS // (
        2 if there in _EAST else 1
    ):
        if there in _EAST or _is_prose(_WORD.findall(bare), there, small):
            return start, end
        return None
    return None if there in _EAST else _stretch(bare, start, there)


def _counts(text: str, there: str, here: str) -> Counter[str]:
    """Letters by script; where Japanese meets Chinese, Han characters are of the text without kana."""
    counts: Counter[str] = Counter()
    for sign in text:
        script = script_of(sign)
        if script:
            counts[script] += 1
    if there == "kana":
        counts["kana"] += 0 if here == "han" else counts.pop("han", 0)
    elif here == "kana" and there == "han" and counts["kana"]:
        counts["kana"] += counts.pop("han", 0)
    return counts


def _is_prose(words: Sequence[str], there: str, small: frozenset[str]) -> bool:
    """Whether these are more than a name: names in Latin letters stand in texts of every script, others do not."""
    if len(words) < 2:
        return False
    written = [word for word in words if word[0].islower() and len(word) > 1]
    known = sum(fold(word) in small for word in words)
    return there != "latin" or len(written) > 0.3 * len(words) or known > 1


def _stretch(bare: str, start: int, there: str) -> Span | None:
    """The first run of words in the other script that is long enough to be no name."""
    run: list[re.Match[str]] = []
    for word in [*_WORD.finditer(bare), None]:
        if word is not None and script_of(word.group()[0]) == there:
            run.append(word)
            continue
        found = [one.group() for one in run]
        if len(found) >= LEAST_WORDS and sum(one[0].islower() for one in found) >= 2:
            return start + run[0].start(), start + run[-1].end()
        run = []
    return None


def _in_language(pair: PairView, segment: int, start: int, end: int) -> Span | None:
    """The same in languages of one script: by the small words, and by what the original says word for word."""
    sentence = _bare(pair.target.text[start:end])
    matches = list(_WORD.finditer(sentence))
    words = [fold(match.group()) for match in matches]
    if len(words) < LEAST_WORDS:
        return None
    theirs, ours = _small(pair.source.lang), _small(pair.target.lang)
    foreign = sum(word in theirs and word not in ours for word in words)
    native = sum(word in ours and word not in theirs for word in words)
    copied = _copied(pair, segment)
    same = sum(word in copied for word in words) / len(words)
    lower = sum(match.group()[0].islower() for match in matches)
    if lower < 2 or native > 0.34 * foreign:
        return None
    if same >= 0.8 and (foreign >= 1 or (len(words) >= 5 and lower >= 3 and not native)):
        return start, end
    return (start, end) if foreign >= 3 and foreign >= 0.25 * len(words) else None


@lru_cache(maxsize=64)
def _small(lang: str) -> frozenset[str]:
    return frozenset(WORDS.get(lang, "").split())


def _copied(pair: PairView, segment: int) -> set[str]:
    """The folded words of the original's side of the bead."""
    bead = pair.beads[pair.bead_of("target", segment)]
    return {fold(word) for n in bead.source for word in _WORD.findall(pair.source.sentence(n))}
