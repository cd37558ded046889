"""Names as they stand in a text: capitals, quotation marks, and the small words that belong to them.

Languages with capital letters only; names of other scripts come from the aligned text (``pairing.py``), from
quotation marks and from what recurs. A name stands without article, title, rank, quotation marks and genitive 's;
«Комитет водного хозяйства» and "Gulf of Finland" keep the words that depend on their head.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from glossary.extract import tails
from glossary.extract.cues import PARTICLES, TAILS, is_people, listed, words_of
from glossary.extract.evidence import Evidence, is_headline
from glossary.extract.morphology import fold, is_common, lemma, proper, readings
from glossary.extract.quotes import original_names, quoted_names
from glossary.extract.runs import parts_of, run_from
from glossary.extract.standing import function_words, heads, is_role, standing
from glossary.extract.words import (
    UNCASED,
    Name,
    Word,
    is_acronym,
    sentences,
    shouted,
    without_genitive,
    words,
)


def read_names(
    text: str,
    lang: str,
    evidence: Evidence,
    start: int = 0,
    end: int | None = None,
    line: list[Word] | None = None,
) -> list[Name]:
    """The names in ``text[start:end]``, in order, none within another; ``line`` are its words where known."""
    if line is None:
        line = words(text, lang, start, end)
    if not line:
        return []
    quoted = quoted_names(text, line, lang, evidence)
    if lang in UNCASED:
        return quoted
    quoted += original_names(text, line, lang)
    taken = [(name.start, name.end) for name in quoted if name.sure]
    found = [name for name in quoted if name.sure]
    unsure = [name for name in quoted if not name.sure]
    headline = is_headline(line, lang, text)
    for first, last in sentences(line):
        flat = headline or shouted(line[first:last])
        found += [
            name
            for name in _capitals(line[first:last], lang, evidence, flat)
            if not any(name.start < b and a < name.end for a, b in taken)
        ]
    for name in unsure:
        if not any(name.start < other.end and other.start < name.end for other in found):
            found.append(name)
    return sorted(found, key=lambda name: (name.start, name.end))


def _capitals(line: Sequence[Word], lang: str, evidence: Evidence, flat: bool) -> Iterable[Name]:
    marks = [standing(line, i, lang, evidence, flat) for i in range(len(line))]
    i = 0
    while i < len(line):
        if not marks[i]:
            i += 1
            continue
        run = run_from(line, marks, i, lang, evidence)
        nxt = run[-1] + 1
        for part in parts_of(line, run, lang, evidence):
            name = _name(line, part, marks, lang, evidence)
            if name is not None:
                yield name[0]
                nxt = max(nxt, name[1])
        i = nxt


def _name(
    line: Sequence[Word], part: list[int], marks: Sequence[int], lang: str, evidence: Evidence
) -> tuple[Name, int] | None:
    """The name of a part of a run and the position behind it, or None where nothing is left of it."""
    part = _trimmed(line, part, lang)
    if not part:
        return None
    base = 0
    if lang in ("ru", "uk"):
        longer = tails.extended(line, part, lang)
        if longer is None:
            return None
        base = len(part) if len(longer) > len(part) else 0
        if base:
            base = tails.head_length(line, longer, lang)
        part = longer
    own = [line[i] for i in part]
    first, last = part[0], part[-1]
    bare = [without_genitive(word.text, lang) for word in own]
    end = own[-1].start + len(bare[-1])
    if "-" in bare[-1] and fold(bare[-1].rsplit("-", 1)[1]) in TAILS:
        bare[-1] = bare[-1].rsplit("-", 1)[0]
        end = own[-1].start + len(bare[-1])
    before = line[first - 1] if first else None
    named = evidence.as_name(bare[0]) if len(part) == 1 else 0
    recurs = named > 1 and named > 2 * evidence.small[fold(bare[0])]
    sure = not (len(part) == 1 and is_common(bare[0], lang) and not is_acronym(bare[0]) and not recurs)
    if marks[part[0]] == 1 and len(part) == 1 and not recurs:
        sure = False
    after = line[last + 1] if last + 1 < len(line) else None
    if (
        len(part) == 1
        and after is not None
        and fold(after.text) in _SUMS
        and any(sign.isdigit() for sign in bare[0])
    ):
        return None
    return Name(
        own[0].start, end, tuple(bare), False, sure,
        before is not None and own[0].gap in (" ", ". ", "\u00a0") and _holds(before.text, bare[0], lang),
        lemma(before.text, lang) if before is not None and "," not in own[0].gap else "",
        fold(after.text) if after is not None and after.gap == " " else "",
        base,
    ), last + 1  # fmt: skip


_SUMS = listed("million billion thousand trillion млн млрд тыс млн. миллионов миллиардов")


def _holds(role: str, word: str, lang: str) -> bool:
    """Whether a title or rank before a name is that person's: in Slavic languages the two are of one case."""
    if not is_role(role, lang):
        return False
    if lang not in ("ru", "uk") or word.isascii():
        return proper(word, lang)[0] != "place"
    if proper(word, lang)[0] in ("place", "organisation") or is_acronym(word):
        return False
    mine = {r.case for r in readings(word, lang) if r.case}
    return (
        not mine
        or bool(mine & {r.case for r in readings(role, lang)})
        or any(r.fixed for r in readings(word, lang))
    )


def _trimmed(line: Sequence[Word], part: list[int], lang: str) -> list[int]:
    """Without links, articles and peoples at the edges, and without a number before the name."""
    articles = words_of("ARTICLES", lang) | words_of("LINKS", lang) | function_words(lang)
    while part and (
        (
            line[part[0]].text.isalpha()
            and line[part[0]].text.islower()
            and fold(line[part[0]].text) not in PARTICLES
        )
        or fold(line[part[0]].text) in words_of("ARTICLES", lang)
        or line[part[0]].text[0].isdigit()
    ):
        part = part[1:]
    while part and line[part[-1]].text.islower() and fold(line[part[-1]].text) in articles:
        part = part[:-1]
    if len(part) > 2 and is_people(fold(line[part[-1]].text), lang):
        return _trimmed(line, part[:-1], lang)
    none = words_of("NO_NAMES", lang)
    if part and all(fold(line[i].text) in none for i in part):
        return []
    if part and len(part) == 1 and is_people(fold(without_genitive(line[part[0]].text, lang)), lang):
        return []
    if lang == "en" and len(part) > 1 and is_people(fold(line[part[0]].text), lang):
        rest = [line[i].text for i in part[1:]]
        if all(is_people(fold(word), lang) for word in rest):
            return []
        headed = any(heads(word, lang) for word in rest)
        kept = headed and (len(rest) == 1 or (is_common(rest[0], lang) and not _placed(rest, lang)))
        if not kept and (headed or not all(is_common(word, lang) for word in rest)):
            return _trimmed(line, part[1:], lang)
    return part


def _placed(words_: Sequence[str], lang: str) -> bool:
    return fold(words_[-1]) in words_of("PLACES", lang)
