"""The verbs that show the number of a subject beside them, and what may stand around a subject. By language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from glossary.extract.cues import listed

# (one, many), one pair of forms after the other.
_VERBS = {
    "en": "is are was were has have does do isn't aren't wasn't weren't hasn't haven't doesn't don't",
    "de": "ist sind war waren hat haben wird werden hatte hatten wurde wurden kann können will wollen soll sollen "
          "muss müssen darf dürfen konnte konnten wollte wollten",
    "fr": "est sont a ont était étaient avait avaient sera seront aura auront peut peuvent veut veulent doit doivent "
          "va vont fait font",
    "es": "es son está están ha han era eran tiene tienen fue fueron puede pueden quiere quieren debe deben va van "
          "había habían estaba estaban",
}  # fmt: skip
ADVERBS = {
    "en": listed(
        "also not now still currently never only already even both always often today no longer really"
    ),
    "de": frozenset[str](),
    "fr": listed("ne n'"),
    "es": listed("no también ya aún todavía"),
}
# What may stand before a subject: it begins a clause behind these.
OPENERS = {
    "en": listed(
        "that because if when while although though whereas since but so whether where how why until unless as "
        "says said say think thinks thought believe believes know knows"
    ),
    "de": frozenset[str](),
    "fr": listed("que qu' car mais lorsque quand si puisque où"),
    "es": listed("que porque pero cuando si aunque mientras donde"),
}
ARTICLES = {
    "en": listed("the"),
    "de": listed("der die das"),
    "fr": listed("le la les l'"),
    "es": listed("el la los las"),
}
QUESTIONS = {"en": listed("is are was were has have does do")}


@cache
def numbers(lang: str) -> Mapping[str, tuple[bool, str]]:
    """Verb form → whether it is of many, and the form for the other number."""
    forms = _VERBS.get(lang, "").split()
    found: dict[str, tuple[bool, str]] = {}
    for one, many in zip(forms[::2], forms[1::2], strict=True):
        found[one], found[many] = (False, many), (True, one)
    return found
