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
# English verbs that are hardly ever nouns: behind a name they are its verb, in either form.
_FULL = (
    "accept achieve admit agree allow announce appear argue ask avoid become begin behave believe belong bring "
    "build choose come consider continue create decide deny depend describe destroy disagree distinguish enable "
    "enjoy ensure enter exist expect explain fail follow forbid get give go govern happen hear include insist "
    "intend introduce join keep know learn lose maintain make occupy operate oppose own pay possess prefer "
    "prepare prevent promise propose protect prove provide publish pursue receive recognise recognize refuse "
    "regard reject rely remain represent require resist respond retain say see seek seem sell send serve speak "
    "strive suffer take tend think threaten tolerate treat understand want write"
)
SUBJUNCTIVE = listed(
    "demand demands demanded insist insists insisted require requires required ask asks asked recommend recommends "
    "recommended propose proposes proposed suggest suggests suggested urge urges urged request requests requested "
    "important essential necessary vital order orders ordered"
)
"""Behind these "that the Front accept" is no plural."""
ADVERBS = {
    "en": listed(
        "also not now still currently never only already even both always often today no longer really long "
        "increasingly gradually simply therefore thus"
    ),
    "de": frozenset[str](),
    "fr": listed("ne n'"),
    "es": listed("no también ya aún todavía"),
}
# What may stand before a subject: it begins a clause behind these.
OPENERS = {
    "en": listed(
        "that because if when while although though whereas since but so whether where how why until unless as "
        "says said say think thinks thought believe believes know knows what which once after before"
    ),
    "de": frozenset[str](),
    "fr": listed("que qu' car mais lorsque quand si puisque où"),
    "es": listed("que porque pero cuando si aunque mientras donde"),
}
# What an adverbial at the head of a clause begins with or is made of: “In the capital the Front is …”.
PREPOSITIONS = {
    "en": listed(
        "in at on since after before during for from under by according despite among amid across over near until "
        "throughout without with within outside inside behind beyond against about of to around between through"
    ),
}
TIMES = {
    "en": listed(
        "today now then here there again still thus meanwhile however moreover instead finally yesterday tonight "
        "currently recently soon this that last next every each time year month week day once day's all far so"
    ),
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
    forms += [form for verb in _FULL.split() for form in (_third(verb), verb)] if lang == "en" else []
    found: dict[str, tuple[bool, str]] = {}
    for one, many in zip(forms[::2], forms[1::2], strict=True):
        found[one], found[many] = (False, many), (True, one)
    return found


@cache
def full_plurals() -> frozenset[str]:
    """The full verbs of English without ending, which may be subjunctives as well."""
    return frozenset(_FULL.split())


def _third(verb: str) -> str:
    """The English third person singular."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")
