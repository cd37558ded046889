"""Takes a negation out of a sentence, as translators lose it: what the weights of F006 are fitted on.

It shares nothing with ``benchmarks.planting``, by which the rule is measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Robbed(NamedTuple):
    """A sentence that no longer denies, and how it lost its negation."""

    kind: str
    text: str


_AUXILIARY = "do|does|did|is|are|was|were|has|have|had|would|could|should|must|might|need"
_NOT = re.compile(
    rf"\b(?P<aux>{_AUXILIARY}|will|can|may)(?: not)\b(?: (?P<verb>[a-z]+))?"
    rf"|\b(?P<short>{_AUXILIARY}|wo|ca)n['’]t\b(?: (?P<next>[a-z]+))?"
    r"|\b(?P<can>can)not\b",
    re.IGNORECASE,
)
_WHOLE = {"wo": "will", "ca": "can"}
_NEVER = re.compile(r"\bnever (?=[a-z])", re.IGNORECASE)
_NO = re.compile(
    r"\bno (?=(?!longer|more|less|fewer|later|sooner|one|doubt|matter|other|way|such)[a-z])", re.IGNORECASE
)
_ONLY = re.compile(r"\b(?:not|n['’]t) (?:only|just|merely)\b", re.IGNORECASE)
_DE_NOT = re.compile(r"\bnicht (?!nur|bloß|zuletzt)|\b nicht(?=[.,;:!)])", re.IGNORECASE)
_DE_NO = re.compile(r"\b(k)(?=ein(?:e|en|em|er|es)?\b)", re.IGNORECASE)
_EAST = re.compile(r"(?<!\w)(?<!\bа )не (?!только|лишь|лише|тільки|раз\b)(?=\w)", re.IGNORECASE)
_DENYING: Mapping[str, re.Pattern[str]] = {  # all that may still deny once one word has gone
    "en": re.compile(
        r"\b(?:not|no|never|none|nobody|nothing|nowhere|nor|neither|without|unless|cannot|hardly|barely)\b"
        r"|n['’]t\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(r"(?<!\w)(?:не|нет|ни\w*|нельзя|без)(?!\w)", re.IGNORECASE),
    "uk": re.compile(r"(?<!\w)(?:не|нема|немає|ні\w*|жод\w+|без)(?!\w)", re.IGNORECASE),
    "de": re.compile(r"\b(?:nicht\w*|nie|niemals|niemand\w*|kein\w*|ohne|weder|noch)\b", re.IGNORECASE),
}
LANGUAGES = frozenset(_DENYING)


def robbed(text: str, lang: str) -> list[Robbed]:
    """All the ways in which a sentence can lose its one negation; none where it has several, or none.

    ``lang`` is one of ``LANGUAGES``. Spaces are left as they should be, the first letter stays a capital.
    """
    if len(_DENYING[lang].findall(text)) != 1:
        return []
    ways = _english(text) if lang == "en" else _german(text) if lang == "de" else _eastern(text)
    return [Robbed(kind, _set(new, text)) for kind, new in ways]


def _set(new: str, old: str) -> str:
    new = new.strip()
    return new[:1].upper() + new[1:] if old.strip()[:1].isupper() else new


def _english(text: str) -> Iterator[tuple[str, str]]:
    for match in _NOT.finditer(text):
        if _ONLY.search(text):
            continue
        aux = match["aux"] or match["short"] or match["can"]
        verb = match["verb"] or match["next"] or ""
        behind = f" {verb}" if verb else ""
        whole = _WHOLE.get(aux.lower(), aux)
        yield "not", f"{text[: match.start()]}{whole}{behind}{text[match.end() :]}"
        if aux.lower() in ("do", "does", "did") and verb and verb not in ("have", "be"):
            yield "auxiliary", f"{text[: match.start()]}{inflected(aux.lower(), verb)}{text[match.end() :]}"
    for match in _NEVER.finditer(text):
        yield "never", text[: match.start()] + text[match.end() :]
    for match in _NO.finditer(text):
        article = "an " if text[match.end()].lower() in "aeiou" else "a "
        yield "no", text[: match.start()] + article + text[match.end() :]


def inflected(auxiliary: str, verb: str) -> str:
    """The form that "do", "does" or "did" leaves to the verb when it goes; irregular past forms are not known."""
    if auxiliary == "do":
        return verb
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}{'ies' if auxiliary == 'does' else 'ied'}"
    if auxiliary == "does":
        return f"{verb}es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else f"{verb}s"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def _german(text: str) -> Iterator[tuple[str, str]]:
    for match in _DE_NOT.finditer(text):
        yield "nicht", text[: match.start()] + text[match.end() :]
    for match in _DE_NO.finditer(text):
        yield "kein", text[: match.start()] + text[match.end() :]


def _eastern(text: str) -> Iterator[tuple[str, str]]:
    for match in _EAST.finditer(text):
        yield "не", text[: match.start()] + text[match.end() :]
