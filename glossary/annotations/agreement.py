"""Whether a Russian or Ukrainian mark agrees with the noun that it speaks of, and which form would."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.annotations import morphology
from glossary.annotations.drafts import Draft
from glossary.annotations.name_runs import is_acronym
from glossary.annotations.names import Hit
from glossary.annotations.scan import Line
from glossary.model import Agreement

_SHORT = {
    "masc": ("masc", "sing"),
    "femn": ("femn", "sing"),
    "neut": ("neut", "sing"),
    "plur": (None, "plur"),
}


def check(line: Line, draft: Draft) -> Agreement | None:
    """Agreement of the first participle; None where there is none or the noun leaves it open."""
    main = draft.reading.main
    if line.lex.lang not in ("ru", "uk") or main is None or draft.owner is not None or not draft.names:
        return None
    if (
        draft.reading.kinds & {"activity", "active", "rel", "either", "count"}
        or draft.reading.noun is not None
    ):
        return None
    word = line.tokens[main].text
    if main < draft.names[0].first:
        return None
    if line.lex.lang == "uk":
        return _ukrainian(line, draft, word)
    if len(draft.names) > 1:
        return _plural(word)
    hit = draft.names[0]
    if is_acronym(line.text[hit.start : hit.end]) or draft.acronym:
        return None
    forms = [r for r in morphology.readings(word) if r.pos in ("PRTS", "PRTF", "ADJS", "ADJF")]
    if not forms:
        return None
    if forms[0].pos in ("PRTS", "ADJS"):
        return _short(line, hit, word, forms)
    return _full(line, hit, word, forms)


def _plural(word: str) -> Agreement | None:
    forms = [r for r in morphology.readings(word) if r.pos in ("PRTS", "PRTF")]
    if not forms or any(r.number == "plur" for r in forms):
        return Agreement(True, word) if forms else None
    expected = morphology.inflect(
        word, "plur", *([] if forms[0].pos == "PRTS" else [forms[0].case or "nomn"])
    )
    return Agreement(False, word, expected or "")


def _ukrainian(line: Line, draft: Draft, word: str) -> Agreement | None:
    """Agreement in gender and number; the impersonal «заборонено» goes with everything."""
    forms = [r for r in morphology.readings(word, "uk") if r.pos == "ADJF"]
    found = {_gender(r) for r in forms}
    if not forms or draft.acronym:
        return None
    wanted = {"plur"} if len(draft.names) > 1 else {_gender(r) for r in _head(line, draft.names[0])}
    if not wanted - {None}:
        return None
    if found & wanted:
        return Agreement(True, word)
    right = sorted(one for one in wanted if one)[0]
    return Agreement(False, word, morphology.inflect(word, right, forms[0].case or "nomn", lang="uk") or "")


def _head(line: Line, hit: Hit) -> Sequence[morphology.Reading]:
    """Readings of the generic noun right before a quoted name («движение «…»»), or with which a name begins."""
    p = hit.first - 1 if hit.quoted else hit.first
    if p < 0 or not line.tokens[p].has("NOUN") or p == hit.last:
        return ()
    return [r for r in morphology.readings(line.tokens[p].text, line.lex.lang) if r.pos == "NOUN"]


def _name_nouns(line: Line, hit: Hit) -> Sequence[morphology.Reading]:
    """Readings of the noun that a name is built on: its first noun, adjectives before it passed over."""
    numbers: set[str | None] = set()
    for token in line.tokens[hit.first : hit.last + 1]:
        if not token.word:
            continue
        found = morphology.readings(token.text)
        if found[0].pos == "NOUN":
            nouns = [r for r in found if r.pos == "NOUN"]
            return [r for r in nouns if not numbers or r.number in numbers] or nouns
        numbers |= {r.number for r in found if r.pos == "ADJF"}
    return ()


def _gender(r: morphology.Reading) -> str | None:
    return "plur" if r.number == "plur" else r.gender


def _short(line: Line, hit: Hit, word: str, forms: Sequence[morphology.Reading]) -> Agreement | None:
    found = _gender(forms[0])
    head = _head(line, hit)
    if head:
        wanted = {r.gender for r in head if r.number == "sing"} or {"plur"}
        if head[0].gender is None or found in wanted:
            return Agreement(True, word)
        return _wrong(word, next(iter(sorted(w for w in wanted if w))))
    nouns = _name_nouns(line, hit)
    if not hit.quoted and morphology.is_personal_name(line.tokens[hit.first].text):
        return _person(line, hit, word, found) if hit.last > hit.first else None
    if not nouns or not nouns[0].known:
        return None
    if all(r.number == "plur" for r in nouns) and found != "plur":
        return _wrong(word, "plur")
    return Agreement(True, word)


def _person(line: Line, hit: Hit, word: str, found: str | None) -> Agreement | None:
    """Agreement with a person, where the surname alone tells the gender («-ская», «-ский»)."""
    surname = line.tokens[hit.last].norm
    gender = "femn" if re.fullmatch(r".*[сц]к(?:ая|ой|ую)", surname) else None
    gender = "masc" if re.fullmatch(r".*[сц]к(?:ий|ого|ому|им)", surname) else gender
    if gender is None or found == gender:
        return Agreement(True, word) if gender else None
    return _wrong(word, gender)


def _wrong(word: str, gender: str) -> Agreement:
    grammemes = [g for g in _SHORT[gender] if g]
    return Agreement(False, word, morphology.inflect(word, *grammemes) or "")


def _full(line: Line, hit: Hit, word: str, forms: Sequence[morphology.Reading]) -> Agreement | None:
    nouns = _head(line, hit)
    headed = bool(nouns)
    if not headed:
        nouns = _name_nouns(line, hit)
        if not nouns or not nouns[0].known:
            return None
    if any(_agree(n, f) for n in nouns for f in forms):
        return Agreement(True, word)
    if not headed:
        return None
    likely = next((n for n in nouns if n.number == "sing"), nouns[0])
    grammemes = [likely.case or "nomn", likely.number or "sing"]
    if likely.number == "sing" and likely.gender:
        grammemes.append(likely.gender)
    return Agreement(False, word, morphology.inflect(word, *grammemes) or "")


def _agree(noun: morphology.Reading, form: morphology.Reading) -> bool:
    if noun.case != form.case or noun.number != form.number:
        return False
    return noun.number == "plur" or noun.gender is None or noun.gender == form.gender
