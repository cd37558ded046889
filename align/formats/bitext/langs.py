"""Which languages of a file are wanted, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from align.errors import UsageError
from align.formats.rows import language_tag


def wanted(there: Sequence[str], langs: Sequence[str] | None, name: str) -> list[int]:
    """The places in ``there`` of the languages asked for: as they are written, else "en" for "en-GB".

    None, or "all", are all of them. Raises UsageError for one that is not there, and for fewer than two.
    """
    if not langs or list(langs) == ["all"]:
        found = list(range(len(there)))
    else:
        found = [place(there, lang, name) for lang in langs]
        if len(set(found)) < len(found):
            raise UsageError("one language is named twice", where="--langs", hint=_there(there))
    if len(found) < 2:
        raise UsageError(
            f"an alignment has two languages at least; {name} has {', '.join(there) or 'none'}",
            where="--langs",
            hint=_there(there),
        )
    return found


def place(there: Sequence[str], lang: str, name: str) -> int:
    """The place of one language. Raises UsageError where it is not there."""
    tag = language_tag(lang)
    if tag in there:
        return list(there).index(tag)
    same = [k for k, one in enumerate(there) if one.partition("-")[0] == tag.partition("-")[0]]
    close = [k for k in same if "-" not in tag or "-" not in there[k]]
    if len(close) == 1:
        return close[0]
    raise UsageError(
        f"{name} has several languages of that name: {', '.join(there[k] for k in close)}"
        if close
        else f"there is no {lang} in {name}",
        where="--langs",
        hint=_there(there),
    )


def _there(there: Sequence[str]) -> str:
    return f"It has {', '.join(there)}" if there else ""


def pair(langs: Sequence[str] | None, name: str) -> tuple[str, str] | None:
    """The two languages for a file that does not name its own; None where none are given. Raises UsageError."""
    if not langs or list(langs) == ["all"]:
        return None
    if len(langs) != 2:
        raise UsageError(
            f"{name} has two languages, not {len(langs)}", where="--langs", hint="Give two: --langs ru,en"
        )
    return language_tag(langs[0]), language_tag(langs[1])
