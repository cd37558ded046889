"""Readings of Russian and Ukrainian words, through pymorphy3 (its dictionary is loaded with the first word)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from glossary.dictionary import analyser


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a word form. ``known`` is whether the dictionary has the word (else it was guessed)."""

    lemma: str
    pos: str
    case: str | None
    gender: str | None
    number: str | None
    animate: bool
    marks: frozenset[str]
    known: bool


@lru_cache(maxsize=20_000)
def readings(word: str, lang: str = "ru") -> tuple[Reading, ...]:
    """All readings of a word of "ru" or "uk", the likeliest first; Ukrainian ones give the plural as number only."""
    known = analyser(lang).word_is_known(word.lower())
    return tuple(
        Reading(
            lemma=p.normal_form,
            pos=str(p.tag.POS),
            case=_case(p.tag.case),
            gender=str(p.tag.gender) if p.tag.gender else None,
            number=str(p.tag.number) if p.tag.number else None,
            animate=p.tag.animacy == "anim",
            marks=frozenset(str(g) for g in p.tag.grammemes),
            known=known,
        )
        for p in analyser(lang).parse(word)
    )


def _case(case: str | None) -> str | None:
    """The six cases; a second genitive, accusative or locative counts as its first."""
    name = str(case) if case else None
    return {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}.get(
        name or "", name
    )


def inflect(word: str, *grammemes: str, lang: str = "ru") -> str | None:
    """The word in another form, or None where there is none."""
    for parse in analyser(lang).parse(word):
        if str(parse.tag.POS) in ("PRTS", "PRTF", "ADJF", "ADJS"):
            form = parse.inflect(set(grammemes))
            if form is not None:
                return str(form.word)
    return None


def is_nominal(word: str) -> bool:
    """Whether a word may stand inside a name: a noun, an adjective or a participle."""
    return any(r.pos in ("NOUN", "ADJF", "PRTF", "NUMR") for r in readings(word)[:3])


def is_person_noun(word: str) -> bool:
    """Whether a common word names people («бойцы», «журналист»)."""
    first = [r for r in readings(word) if r.pos == "NOUN"]
    if any("Subx" in r.marks for r in readings(word)):
        return True
    return (
        bool(first)
        and first[0].known
        and first[0].animate
        and not first[0].marks & {"Name", "Surn", "Patr", "Orgn"}
    )


def is_common_noun(word: str) -> bool:
    """Whether the dictionary has a word as a common noun and as no name at all."""
    found = readings(word)
    proper = {"Name", "Surn", "Patr", "Orgn", "Geox", "Trad", "Abbr"}
    return found[0].known and found[0].pos == "NOUN" and not any(r.marks & proper for r in found)


def may_be_nominative(word: str) -> bool:
    """Whether a word may stand in the nominative singular, as a name does that is put beside a noun."""
    found = readings(word)
    return not found[0].known or any(r.case == "nomn" and r.number == "sing" for r in found)


def is_personal_name(word: str) -> bool:
    """Whether a word may be somebody's given name, surname or patronymic."""
    return any(r.marks & {"Name", "Surn", "Patr"} for r in readings(word))


def is_adjective(word: str) -> bool:
    """Whether the likeliest reading is an adjective or participle."""
    return readings(word)[0].pos in ("ADJF", "PRTF")


def is_noun(word: str) -> bool:
    """Whether the likeliest reading is a noun."""
    return readings(word)[0].pos == "NOUN"


def is_plural_animate(word: str) -> bool:
    """Whether a word may be a plural of people («талибы», «хуситов»)."""
    return any(r.pos == "NOUN" and r.animate and r.number == "plur" for r in readings(word))
