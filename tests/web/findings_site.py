"""A project of two texts with findings made by hand, kept as if a check had just found them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from align.model import Alignment, Bead
from align.store import open_store
from glossary.checks import rule
from glossary.checks.run import Source
from glossary.configured import prepare, with_project_terms
from glossary.model import Count, Finding
from glossary.store import Glossary
from glossary.store.checked import Checks, Result
from glossary.units import STAGES, TERMS, TEXTS, digests_of, project_digest, units_of
from tests.bitexts import align, document
from tests.web.alignment_site import project

RU = ("Мельник Карен молчал.", "Карен ушёл в 1999 году.", "Брод замёрз.", "Мост стоит (до весны.")
EN = (
    "Karen the miller kept silent.",
    "Karren left in 1989.",
    "The ford froze.",
    "The bridge stands (until spring.",
)
SPELLING, NUMBER, BRACKET = f"{1:016x}", f"{2:016x}", f"{3:016x}"


def texts(target: Sequence[str] = EN, source: Sequence[str] = RU) -> Alignment:
    """Four pairs."""
    both = document("talk.ru.txt", "ru", source), document("talk.en.txt", "en", target)
    return align(*both, [Bead((n,), (n,), confidence=0.9) for n in range(len(target))])


def finding(
    alignment: Alignment,
    code: str,
    segment: int,
    words: str,
    message: str,
    print: str,
    replacement: str | None = None,
) -> Finding:
    """A finding about the first place of these words in a sentence of the translation."""
    from glossary.checks.base import Place

    own, other = alignment.target, alignment.source
    start = own.segments[segment].start + own.text[own.segments[segment].start :].index(words)
    beside = other.segments[segment]
    found = rule(code)
    spot = Source(own).spot(Place(own.name, start, start + len(words)))
    return Finding(
        code, found.name, found.severity, message, spot,
        (Source(other).spot(Place(other.name, beside.start, beside.end, "original")),),
        "Write it one way." if replacement else "", replacement, None,
        (Count(words, 1, spot), Count("Karen", 2, None, "usual")) if replacement else (), "", print,
    )  # fmt: skip


def sample(alignment: Alignment) -> tuple[Finding, ...]:
    """One of rule T007 with a correction, one of F001, one of F008."""
    return (
        finding(alignment, "T007", 1, "Karren", "“Karren” here, “Karen” elsewhere.", SPELLING, "Karen"),
        finding(alignment, "F001", 1, "1989", "1999 in the original, 1989 here.", NUMBER),
        finding(alignment, "F008", 3, "(", "“(” is never closed.", BRACKET),
    )


def checked(
    folder: Path, alignment: Alignment | None = None, findings: Sequence[Finding] | None = None
) -> Path:
    """A project file in which these findings are kept and hold."""
    alignment = alignment or texts()
    path = project(folder, alignment)
    keep(path, sample(alignment) if findings is None else findings)
    return path


def keep(path: Path, findings: Sequence[Finding]) -> None:
    """Keeps findings as the result of a check of the project as it is now."""
    with open_store(path) as store:
        glossary = Glossary(store)
        prepared = prepare(None)
        settings = with_project_terms(prepared.settings, glossary)
        units = list(units_of(glossary))
        wanted = {stage: digests_of(stage, units, prepared.rules, settings) for stage in STAGES}
        checks = Checks(store)
        for stage in STAGES:
            own = tuple(one for one in findings if (TERMS if one.code[0] == "T" else TEXTS) == stage)
            checks.keep(stage, [(unit.name, wanted[stage][unit.name], Result(own)) for unit in units])
        checks.keep("project", [("", project_digest(wanted, prepared.rules), Result())])


def prints(html: str) -> list[str]:
    """The fingerprints of the findings on a page, in order."""
    return re.findall(r'data-item="(\w+)"', html)


def at(html: str) -> str:
    """The finding in focus."""
    found = re.search(r'data-item="(\w+)"[^>]*aria-current="true"', html)
    return found[1] if found else ""
