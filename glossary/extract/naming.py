"""How a name is shown: in its base form, a Russian or Ukrainian one in the nominative."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from glossary.dictionary import analyser
from glossary.extract.morphology import fold, readings
from glossary.extract.spelling import likeness
from glossary.extract.variants import Form
from glossary.extract.words import is_acronym


def base_form(form: Form, lang: str) -> str:
    """The form's name as a glossary lists it: a way in which the text has it, in the nominative where it can be."""
    surfaces = form.surfaces or {" ".join(form.words): 1}
    whole = {s: n for s, n in surfaces.items() if len(s.split()) == len(form.key)} or surfaces
    ranked = sorted(whole, key=lambda s: (-whole[s], any(map(_shouted, s.split())), s))
    if lang not in ("ru", "uk") or ranked[0].isascii():
        proper = [s for s in ranked if s[0].isupper() or s[0].isdigit()] or ranked
        return proper[0]
    for surface in ranked:
        if _nominative(surface, form, lang):
            return surface
    return _declined(ranked[0], form, lang)


def phrase_form(surface: str, lemmas: tuple[str, ...], lang: str) -> str:
    """A phrase that is no name, in the nominative: «железную дорогу» is «железная дорога»."""
    words = tuple(surface.split())
    if lang not in ("ru", "uk") or len(words) != len(lemmas) or surface.isascii():
        return surface
    return _declined(" ".join(words), Form(lemmas, lang, words), lang)


def sounded(name: str, lang: str, renderings: Iterable[str]) -> str:
    """The name with the endings of words that no dictionary has as their renderings sound: «Мерхистана», that is
    "Merhistan", has a genitive's; a name in "-стан" needs no rendering for that."""
    if lang not in ("ru", "uk"):
        return name
    there = [word for text in renderings for word in text.split() if word[:1].isupper()]
    return " ".join(_sounded(word, lang, there) for word in name.split(" "))


def _sounded(word: str, lang: str, there: list[str]) -> str:
    last = word[-1:].lower()
    if last not in ("а", "ь") or is_acronym(word) or any(r.known for r in readings(word, lang)):
        return word
    other = word[:-1] if last == "а" else word[:-1] + _cased("и", word[-1])
    if word.lower().endswith("стана"):
        return other
    one, two = (max((likeness(form, w) for w in there), default=0.0) for form in (word, other))
    return other if two > max(one, 0.8) else word


def calm(name: str) -> str:
    """A person's name without the capitals that an interview sets it in: "Yusuf KARHANI"."""
    return " ".join(word.title() if _shouted(word) else word for word in name.split(" "))


def _shouted(word: str) -> bool:
    return len(word) > 3 and word.isupper()


def _nominative(surface: str, form: Form, lang: str) -> bool:
    first = surface.split()[0]
    if is_acronym(first) or first.isascii():
        return True
    found = readings(first, lang)
    if fold(first) != form.key[0] and len(form.words) == 1:
        return False
    if not surface[0].isupper():
        return False
    if found[0].pos == "adjective":
        return any(r.case == "nomn" and r.pos == "adjective" for r in found) and found[0].case in (
            "nomn",
            "accs",
        )
    return fold(first) == form.key[0]


def _declined(surface: str, form: Form, lang: str) -> str:
    """The surface with the words up to its head noun in the nominative; what depends on the head stays."""
    parts = surface.split(" ")
    if len(parts) == 1:
        return _cased(form.key[0], parts[0])
    person = all(part[:1].isupper() for part in parts) and readings(parts[0], lang)[0].pos != "adjective"
    out, headed, gender, number = [], False, "", "sing"
    for part in parts:
        noun = next((r for r in readings(part, lang) if r.pos == "noun"), None)
        if noun is not None:
            gender, number = noun.gender, noun.number
            break
    for i, part in enumerate(parts):
        found = readings(part, lang)[0]
        if part.endswith(".") or (headed and not person):
            out.append(part)
        elif found.pos == "adjective" and not person:
            out.append(_inflected(part, lang, gender, number) or part)
        elif found.pos == "noun" or person:
            base = form.key[i] if i < len(form.key) else found.lemma
            kept = number == "plur" and not person
            out.append((_inflected(part, lang, "", "plur") if kept else None) or _cased(base, part))
            headed = True
        else:
            out.append(part)
    return " ".join(out)


@lru_cache(maxsize=100_000)
def _inflected(word: str, lang: str, gender: str, number: str) -> str | None:
    for parse in analyser(lang).parse(word)[:3]:
        want = {"nomn", number or "sing"}
        if gender and number != "plur" and "ADJF" in str(parse.tag):
            want.add(gender)
        form = parse.inflect(want)
        if form is not None:
            return _cased(str(form.word), word)
    return None


def _cased(word: str, like: str) -> str:
    """The word with capitals where ``like`` has them: all, or at the beginning of its parts."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    shape = like.split("-")
    parts = word.split("-")
    if len(parts) != len(shape):
        return word[:1].upper() + word[1:] if like[:1].isupper() else word
    return "-".join(
        p[:1].upper() + p[1:] if s[:1].isupper() else p for p, s in zip(parts, shape, strict=True)
    )
