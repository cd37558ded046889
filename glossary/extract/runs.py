"""Neighbouring capitals, with the small words between them, cut into names without titles and ranks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from glossary.extract.cues import PARTICLES, listed, words_of
from glossary.extract.evidence import Evidence
from glossary.extract.morphology import fold, is_common, lemma, proper, readings
from glossary.extract.standing import heads, is_role
from glossary.extract.words import (
    Word,
    abbreviated,
    is_acronym,
    is_capital,
)


def run_from(line: Sequence[Word], marks: Sequence[int], i: int, lang: str, evidence: Evidence) -> list[int]:
    """Positions of the words from ``i`` on that may be one name: neighbours, numbers, small links."""
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
        if marks[j] or (
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


_OWNERS = listed("people's women's children's men's workers's king's queen's mother's father's world's")


def _linked(line: Sequence[Word], marks: Sequence[int], run: Sequence[int], j: int, lang: str) -> int:
    """The position of the capital that a small link at ``j`` leads to ("Gulf *of* Finland"), else 0."""
    small = fold(line[j].text)
    at = j
    while at < len(line) and at - j < 3 and fold(line[at].text) in PARTICLES and line[at].gap == " ":
        at += 1
    particle = at > j and at < len(line) and marks[at] and line[at].gap == " "
    if particle and (lang in ("en", "ru", "uk") or not words_of("LINKS", lang)):
        return at
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
    if any(heads(line[i].text, lang) or is_role(line[i].text, lang) for i in run):
        return k
    return (
        k
        if len(run) <= 2 and small in ("of", "de", "di", "del") and is_common(line[run[-1]].text, lang)
        else 0
    )


_BEFORE_ROLES = listed(
    "prime foreign special deputy vice acting high chief senior former late representative staff "
    "executive lead saint general"
)

_INSTITUTIONAL = listed("office assembly staff council motors electric electronics hospital college court")


def parts_of(line: Sequence[Word], run: Sequence[int], lang: str, evidence: Evidence) -> Iterable[list[int]]:
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
    if not word or not is_role(word, lang) or (word.isupper() and len(word) > 1 and lang != "en"):
        return False
    folded = fold(word)
    if folded in ("st", "saint", "st."):
        return False
    if folded in _BEFORE_ROLES and lang == "en":
        return (bool(nxt) and is_role(nxt, lang)) or (
            folded in ("chief", "general", "representative")
            and not (nxt and fold(nxt) in _INSTITUTIONAL | words_of("ORGANISATIONS", lang))
        )
    if not nxt or lang != "en":
        return True
    return fold(nxt) not in _INSTITUTIONAL and lemma(nxt, lang) not in words_of("ORGANISATIONS", lang)


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
    plain = not word.isascii() and not last.isascii() and not is_acronym(word) and not is_acronym(last)
    if plain and not _may_follow(word, last, lang):
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
    ruled = is_role(line[part[0] - 1].text, lang) or fold(line[part[0]].text) in ("of", "for")
    return ruled and is_capital(line[i + 1].text) and not is_common(line[i + 1].text, lang)


def _may_follow(word: str, last: str, lang: str) -> bool:
    """Whether two neighbouring capitals can be one name; not where the second one's case is the verb's own."""
    cases = {r.case for r in readings(word, lang) if r.case}
    if cases == {"datv", "accs"} and proper(last, lang)[0] == "place":
        return False
    if not cases or not cases <= {"datv", "ablt", "loct"}:
        return True
    return bool(cases & {r.case for r in readings(last, lang)}) or any(r.fixed for r in readings(last, lang))
