"""Names as they stand in a text: capitals, quotation marks, and the small words that belong to them.

Languages with capital letters only; names of other scripts come from the aligned text (``pairing.py``), from
quotation marks and from what recurs. A name stands without article, title, rank, quotation marks and genitive 's;
«Комитет водного хозяйства» and "Gulf of Finland" keep the words that depend on their head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from align.function_words import WORDS
from glossary import tails
from glossary.cues import ARTICLES, COMPANIES, LINKS, PARTICLES, TAILS, is_people, words_of
from glossary.evidence import NOUNS_CAPITAL, Evidence, is_headline
from glossary.morphology import fold, is_adjective_like, is_common, is_noun, lemma, proper, readings
from glossary.words import (
    UNCASED, Word, abbreviated, is_acronym, is_capital, sentences, shouted, without_genitive, words,
)  # fmt: skip


class Name(NamedTuple):
    """One mention, ``text[start:end]``: its words without genitive 's, and what surrounds it."""

    start: int
    end: int
    words: tuple[str, ...]
    quoted: bool = False
    sure: bool = True  # False: a common word whose capital or quotation marks may be chance
    role: bool = False  # a title or rank stands before it
    before: str = ""  # folded lemma of the word before
    after: str = ""  # folded form of the word behind
    base: int = 0  # words up to its head, where a tail of small words follows (0: no tail)


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
    quoted = _quoted(text, line, lang, evidence)
    if lang in UNCASED:
        return quoted
    quoted += _original(text, line, lang)
    taken = [(name.start, name.end) for name in quoted if name.sure]
    found = [name for name in quoted if name.sure]
    unsure = [name for name in quoted if not name.sure]
    headline = is_headline(line, lang, text)
    for first, last in sentences(line):
        flat = headline or shouted(line[first:last])
        for name in _capitals(line[first:last], lang, evidence, flat):
            if not any(name.start < b and a < name.end for a, b in taken):
                found.append(name)
    for name in unsure:
        if not any(name.start < other.end and other.start < name.end for other in found):
            found.append(name)
    return sorted(found, key=lambda name: (name.start, name.end))


# Quotation marks

_QUOTED = re.compile(r"[«„“\"‘‹「『《]([^«»„“”\"‘‹›「」『』《》\n]{1,80})[»“”\"’›」』》](?!\w)")


def _quoted(text: str, line: Sequence[Word], lang: str, evidence: Evidence) -> list[Name]:
    found: list[Name] = []
    begin, stop = line[0].start, line[-1].end
    position = max(0, begin - 1)
    while match := _QUOTED.search(text, position, min(len(text), stop + 1)):
        position = match.end()
        a, b = match.span(1)
        inside = [i for i, word in enumerate(line) if word.start >= a and word.end <= b]
        content = match.group(1)
        if not inside or not _quotable(content, match, text, [line[i] for i in inside], lang):
            position = match.start() + 1 if '"' in match.group()[0] else match.end()
            continue
        first, last = inside[0], inside[-1]
        own = [line[i] for i in inside]
        small = words_of("ARTICLES", lang) | words_of("LINKS", lang)
        while len(own) > 1 and fold(own[0].text) in small:
            own, first = own[1:], first + 1
        before = line[first - 1].text if first else ""
        capital = is_capital(own[0].text) or own[0].text[0].isdigit()
        if len(own) == 1 and fold(own[0].text) in words_of("NO_NAMES", lang):
            continue
        found.append(
            Name(
                own[0].start, own[-1].end, _plain(own, lang), True, capital, False,
                lemma(before, lang) if before else "",
                fold(line[last + 1].text) if last + 1 < len(line) else "",
            )
        )  # fmt: skip
    return found


_LATIN = re.compile(r"\(([A-Z][A-Za-z0-9 :'’&.!?-]{3,70})\)")


def _original(text: str, line: Sequence[Word], lang: str) -> list[Name]:
    """A name in Latin letters in parentheses, in a text of another alphabet: "(John Hale: A Life)"."""
    if lang not in ("ru", "uk", "be", "bg", "sr", "mk", "el", "kk", "hy", "ka"):
        return []
    found = []
    for match in _LATIN.finditer(text, max(0, line[0].start - 1), min(len(text), line[-1].end + 1)):
        own = [word for word in line if match.start(1) <= word.start and word.end <= match.end(1)]
        if len(own) > 1 and own[0].start == match.start(1):
            found.append(Name(own[0].start, own[-1].end, _plain(own, "en"), True))
    return found


def _quotable(content: str, match: re.Match[str], text: str, own: Sequence[Word], lang: str) -> bool:
    """Whether what stands in quotation marks is a name and no speech: short, no clause, no end of a sentence."""
    if len(own) > 6 or content != content.strip() or re.search(r"[.!?…,;](?!\w)", content):
        return False
    speech = text[max(0, match.start() - 2) : match.start()].strip() in (":", ",")
    lead = own[0].text
    if not is_capital(lead) and len(own) > 3:
        return False
    small = [word.text for word in own[1:] if word.text.islower()]
    if lang == "en" and is_capital(lead) and any(len(word) > 4 for word in small) and len(small) > 1:
        return False
    if speech and len(own) > 2:
        return False
    return not any(_is_verb(word, lang) for word in small) and not (len(own) == 1 and len(lead) < 2)


_SUMS = frozenset("million billion thousand trillion млн млрд тыс млн. миллионов миллиардов".split())


def _plain(own: Sequence[Word], lang: str) -> tuple[str, ...]:
    return tuple(without_genitive(word.text, lang) for word in own)


def _is_verb(word: str, lang: str) -> bool:
    if lang == "en":
        return fold(word) in _VERBS
    return lang in ("ru", "uk") and tails.is_verb(word, lang)


_VERBS = frozenset(
    "is are was were be been am has have had do does did will would can could should must may might shall don't isn't won't can't".split()
)

# Capitals

_MODEL = re.compile(r"[a-z]{2,}-?\d{1,4}")  # pico-8


def _capitals(line: Sequence[Word], lang: str, evidence: Evidence, flat: bool) -> Iterable[Name]:
    marks = [_standing(line, i, lang, evidence, flat) for i in range(len(line))]
    i = 0
    while i < len(line):
        if not marks[i]:
            i += 1
            continue
        run = _run(line, marks, i, lang, evidence)
        nxt = run[-1] + 1
        for part in _parts(line, run, lang, evidence):
            name = _name(line, part, marks, lang, evidence)
            if name is not None:
                yield name[0]
                nxt = max(nxt, name[1])
        i = nxt


def _standing(line: Sequence[Word], i: int, lang: str, evidence: Evidence, flat: bool) -> int:
    """0: no name; 1: may be (a common word, or the sentence's first); 2: is one."""
    word = line[i]
    plain = without_genitive(word.text, lang)
    if not is_capital(plain) or plain.isdigit():
        return 2 * int(_MODEL.fullmatch(plain) is not None and evidence.small[fold(plain)] > 1)
    folded = fold(plain)
    if folded in words_of("DATES", lang) or (len(plain) == 1 and not _is_initial(line, i)):
        return 0
    if folded in words_of("NO_NAMES", lang):
        return int(word.place == 0 and not flat)
    if folded in _function_words(lang) and (
        not is_acronym(plain) or flat or (len(plain) > 2 and folded != "who")
    ):
        return 0
    if is_acronym(plain) and not flat:
        return 2 if len(plain) < 4 or evidence.middle[folded] > 1 or not is_common(plain.lower(), lang) else 0
    if not plain[0].isupper():
        return 2 if word.text[1:2].isupper() or evidence.middle[folded] else 1  # iPhone, eBay
    if lang in NOUNS_CAPITAL:
        return 0 if flat else _among_nouns(line, i, plain, lang, evidence)
    if word.place == 0 and not flat:
        return 2
    named = evidence.as_name(plain)
    small = evidence.small[folded]
    if named and small <= named:
        return 2
    if small:
        return 0
    kind, share = proper(plain, lang)
    if kind and share > 0.5:
        return 2
    if is_common(plain, lang):
        return 1 if not flat and _leads(line, i, lang, evidence) else 0
    if lang in ("ru", "uk") and any(r.known for r in readings(plain, lang)):
        return 1 if kind else 0
    return 2 if len(plain) > 2 else 0


def _among_nouns(line: Sequence[Word], i: int, plain: str, lang: str, evidence: Evidence) -> int:
    """As ``_standing``, in a language that writes all its nouns with capitals: 2 for a proper noun, 1 for an
    adjective with a capital before a noun, and for that noun («Islamischer Staat»)."""
    if line[i].place == 0 and is_adjective_like(plain, lang):
        return int(i + 1 < len(line) and line[i + 1].gap == " " and is_capital(line[i + 1].text))
    if i and line[i - 1].place == 0 and line[i].gap == " " and is_capital(line[i - 1].text):
        if is_adjective_like(line[i - 1].text, lang):
            return 1
    if is_noun(plain, lang):
        return 0
    seen = max(1, evidence.middle[fold(plain)])
    unknown = not readings(plain, lang)[0].known
    if line[i].place and not evidence.middle[fold(plain)] and not unknown:
        return 0
    return 2 if unknown or 2 * evidence.led[fold(plain)] < seen else 0


def _is_initial(line: Sequence[Word], i: int) -> bool:
    """Whether a single capital is an initial before a name («Ю. Кархани») or a numeral behind one ("Sputnik V")."""
    nxt = line[i + 1] if i + 1 < len(line) else None
    if nxt is not None and nxt.gap in (". ", ".", ".\u00a0") and is_capital(nxt.text):
        return True
    return i > 0 and line[i].gap in (" ", "\u00a0") and is_capital(line[i - 1].text) and line[i].text in "VXI"


def _leads(line: Sequence[Word], i: int, lang: str, evidence: Evidence) -> bool:
    """Whether a sentence's first word, a common one, belongs to the name behind it."""
    if i + 1 >= len(line) or line[i + 1].gap not in (" ", "\u00a0"):
        return tails.may_head(line[i].text, lang) and lang in ("ru", "uk")
    word, nxt = line[i].text, line[i + 1].text
    if not is_capital(nxt):
        return lang in ("ru", "uk") and tails.may_head(word, lang)
    if fold(word) in words_of("ROLES", lang) or is_people(fold(word), lang):
        return True  # is cut off, or kept before the head of an institution
    return evidence.pairs[fold(word), fold(nxt)] > 1 or heads(nxt, lang)


def _run(line: Sequence[Word], marks: Sequence[int], i: int, lang: str, evidence: Evidence) -> list[int]:
    """Positions of the words from ``i`` on that may be one name: neighbours, numbers, small links between capitals."""
    run = [i]
    while (j := run[-1] + 1) < len(line):
        word, last = line[j], line[run[-1]]
        if (
            last.text.endswith(("'s", "’s", "s'", "s’"))
            and lang == "en"
            and not _possessive_inside(line, j, lang)
        ):
            break
        if word.gap in ("' ", "’ ") and last.text.endswith("s") and lang == "en":
            if marks[j] and any(heads(w.text, lang) for w in line[j : j + 3] if is_capital(w.text)):
                run.append(j)
                continue
            break
        near = word.gap in (" ", "\u00a0", " & ", "\u202f") or (
            word.gap in (". ", ".", ".\u00a0") and (len(last.text) == 1 or abbreviated(last.text, lang))
        )
        if not near:
            break
        if marks[j]:
            run.append(j)
        elif (
            word.text[0].isdigit()
            and evidence.pairs[fold(last.text), fold(word.text)] > 1
            and len(word.text) < 6
        ):
            run.append(j)
        else:
            k = _linked(line, marks, run, j, lang)
            if not k:
                break
            run.extend(range(j, k + 1))
    return run


def _possessive_inside(line: Sequence[Word], j: int, lang: str) -> bool:
    """ "Sarghuz Mothers' Committee", "People's Republic": the word behind heads an institution."""
    owner = fold(line[j - 1].text).replace("’", "'")
    plural = owner.endswith("s'") or owner in _OWNERS
    return (
        plural
        and is_capital(line[j].text)
        and any(heads(word.text, lang) for word in line[j : j + 3] if is_capital(word.text))
    )


_OWNERS = frozenset(
    "people's women's children's men's workers's king's queen's mother's father's world's".split()
)


def _linked(line: Sequence[Word], marks: Sequence[int], run: Sequence[int], j: int, lang: str) -> int:
    """The position of the capital that a small link at ``j`` leads to ("Gulf *of* Finland"), else 0."""
    small = fold(line[j].text)
    if small in PARTICLES and j + 1 < len(line) and marks[j + 1] and line[j + 1].gap == " ":
        if lang in ("en", "ru", "uk") or not words_of("LINKS", lang):
            return j + 1
    links = words_of("LINKS", lang)
    if lang in ("ru", "uk") or small not in links:
        return 0
    k = j
    while k < len(line) and k - j < 3 and fold(line[k].text) in links and line[k].gap == " ":
        k += 1
    if k >= len(line) or marks[k] != 2 or line[k].gap != " " or not line[k].text[0].isupper():
        return 0
    if small in ("and", "&", "und", "et", "y", "e", "i"):
        inside = any(fold(line[i].text) in ("of", "for", "de", "für", "pour", "para", "do") for i in run)
        return k if inside and is_common(line[k].text, lang) and is_common(line[run[-1]].text, lang) else 0
    if lang == "en" and (
        small in ("in", "on")
        or (line[k].text.endswith(("'s", "’s")) and k + 1 < len(line) and is_capital(line[k + 1].text))
    ):
        return 0
    titled = (
        lang == "en"
        and len(run) > 1
        and is_common(line[run[-1]].text, lang)
        and is_common(line[k].text, lang)
    )
    if titled and small in ("of", "for"):
        return k
    if any(heads(line[i].text, lang) or _role(line[i].text, lang) for i in run):
        return k
    return (
        k
        if len(run) <= 2 and small in ("of", "de", "di", "del") and is_common(line[run[-1]].text, lang)
        else 0
    )


@lru_cache(maxsize=10_000)
def _role(word: str, lang: str) -> bool:
    roles = words_of("ROLES", lang)
    return fold(word) in roles or (lang != "en" and lemma(word, lang) in roles)


@lru_cache(maxsize=50_000)
def heads(word: str, lang: str) -> bool:
    """Whether the word is an ordinary head of an institution, place or work ("Committee", "Gulf", "War")."""
    known = words_of("ORGANISATIONS", lang) | words_of("PLACES", lang) | words_of("PROGRAMMES", lang)
    return fold(word) in known or lemma(word, lang) in known


_BEFORE_ROLES = frozenset(
    "prime foreign special deputy vice acting high chief senior former late representative staff executive lead saint general".split()
)
_INSTITUTIONAL = frozenset(
    "office assembly staff council motors electric electronics hospital college court".split()
)


def _parts(line: Sequence[Word], run: Sequence[int], lang: str, evidence: Evidence) -> Iterable[list[int]]:
    """A run without titles and ranks, cut where one name ends and another begins."""
    part: list[int] = []
    for n, i in enumerate(run):
        word = line[i].text
        nxt = line[run[n + 1]].text if n + 1 < len(run) else ""
        if _cuts(word, nxt, part, lang):
            if part:
                yield part
            part = []
        elif part and _begins(line, part, i, lang, evidence):
            yield part
            part = [i]
        else:
            part.append(i)
    if part:
        yield part


def _cuts(word: str, nxt: str, part: Sequence[int], lang: str) -> bool:
    """Whether the word is a title or rank, which belongs to no name."""
    if not word or not _role(word, lang) or (word.isupper() and len(word) > 1 and lang != "en"):
        return False
    folded = fold(word)
    if folded in ("st", "saint", "st."):
        return False
    if folded in _BEFORE_ROLES and lang == "en":
        return (bool(nxt) and _role(nxt, lang)) or (
            folded in ("chief", "general", "representative")
            and not (nxt and fold(nxt) in _INSTITUTIONAL | words_of("ORGANISATIONS", lang))
        )
    if (
        nxt
        and lang == "en"
        and (fold(nxt) in _INSTITUTIONAL or lemma(nxt, lang) in words_of("ORGANISATIONS", lang))
    ):
        return False
    return True


def _begins(line: Sequence[Word], part: Sequence[int], i: int, lang: str, evidence: Evidence) -> bool:
    """Whether a new name begins at ``i``: another alphabet, or a person behind an institution or a country."""
    word, last = line[i].text, line[part[-1]].text
    if all(sign in "IVX" for sign in word):
        return False
    if not word[0].isalpha() or not last[0].isalpha():
        return False
    if lang not in ("ru", "uk"):
        together = evidence.pairs[fold(last), fold(word)] > 1
        return lang == "en" and not together and _titled(line, part, i, lang)
    if word.isascii() != last.isascii() and (word.isascii() is False or not is_acronym(last)):
        return not (word.isascii() and len(part) == 1 and is_acronym(word))
    if not word.isascii() and not last.isascii() and not is_acronym(word) and not is_acronym(last):
        if not _may_follow(word, last, lang):
            return True
    first_name = any(r.role == "Name" and r.known for r in readings(word, lang)[:6])
    if not first_name:
        return False
    persons = any(r.role for r in readings(last, lang)[:4])
    return (
        is_acronym(last)
        or (not persons and proper(last, lang)[0] in ("place", "organisation"))
        or (not persons and is_common(last, lang))
    )


def _titled(line: Sequence[Word], part: Sequence[int], i: int, lang: str) -> bool:
    """Whether a person begins behind an office: "Secretary of the Treasury | Stephen Mnuchin"."""
    office = part[0] > 0 and (line[part[0]].text.islower() or is_common(line[part[0]].text, lang))
    if (
        not office
        or i + 1 >= len(line)
        or is_common(line[i].text, lang)
        or not is_common(line[part[-1]].text, lang)
    ):
        return False
    ruled = _role(line[part[0] - 1].text, lang) or fold(line[part[0]].text) in ("of", "for")
    return ruled and is_capital(line[i + 1].text) and not is_common(line[i + 1].text, lang)


def _may_follow(word: str, last: str, lang: str) -> bool:
    """Whether two neighbouring capitals can be one name; not where the second one's case is the verb's own."""
    cases = {r.case for r in readings(word, lang) if r.case}
    if cases == {"datv", "accs"} and proper(last, lang)[0] == "place":
        return False
    if not cases or not cases <= {"datv", "ablt", "loct"}:
        return True
    return bool(cases & {r.case for r in readings(last, lang)}) or any(r.fixed for r in readings(last, lang))


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


def _holds(role: str, word: str, lang: str) -> bool:
    """Whether a title or rank before a name is that person's: in Slavic languages the two are of one case."""
    if not _role(role, lang):
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
    articles = words_of("ARTICLES", lang) | words_of("LINKS", lang) | _function_words(lang)
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
        if not (headed and (len(rest) == 1 or is_common(rest[0], lang) and not _placed(rest, lang))):
            if headed or not all(is_common(word, lang) for word in rest):
                return _trimmed(line, part[1:], lang)
    return part


def _placed(words_: Sequence[str], lang: str) -> bool:
    return fold(words_[-1]) in words_of("PLACES", lang)


@cache
def _function_words(lang: str) -> frozenset[str]:
    found = frozenset(WORDS.get(lang, "").split()) | words_of("ARTICLES", lang)
    return found - COMPANIES - {"us", "it", "am"} if lang != "en" else (found | _MORE) - {"us"}


_MORE = frozenset(
    "i he she we you they it his her their our your my its this that these those who whose what when where why how if but and or so then there here not no yes all any both each few many most some such only own same than too very just even also however although though while since because until after before during between among against above below under over again further once despite instead unless whether nor yet still thus hence meanwhile moreover according both another other every".split()
)
