"""What the screen of findings shows: those of a filter, a page of them, what became of each, what undo would do."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import urlencode

from markupsafe import Markup

from align.errors import UsageError
from align.store.notes import Notes
from glossary.checks import RULES
from glossary.checks.base import Rule
from glossary.configured import Prepared, prepare, read_baseline, with_project_terms
from glossary.formats.findings.report import Checked
from glossary.model import Finding, Severity, Spot
from glossary.standing import Standing, standing
from glossary.store.checked import Checks, Dismissal

if TYPE_CHECKING:
    from glossary.store import Glossary
    from glossary.web.app import Site

STATES = ("open", "corrected", "dismissed", "baseline", "all")
SORTS = ("rule", "place")
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
PAGE = 20
REASONS = (
    "It is right as it stands",
    "A quotation, kept as it is",
    "Something else is meant here",
    "Our style allows it",
    "The rule is mistaken here",
)
_ORDER = {rule.code: at for at, rule in enumerate(RULES)}
_RULES = {rule.code: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the findings are narrowed to, as an address says it."""

    rule: str = ""
    severity: str = ""
    document: str = ""
    state: str = "open"
    q: str = ""
    sort: str = "rule"

    def given(self) -> list[tuple[str, str]]:
        """The fields that are not as they are anyway."""
        return [(f.name, getattr(self, f.name)) for f in fields(self) if getattr(self, f.name) != f.default]

    def url(self, path: str = "/findings", **more: str) -> str:
        """An address with this filter."""
        asked = [*self.given(), *((name, value) for name, value in more.items() if value)]
        return f"{path}?{urlencode(asked)}" if asked else path


def filter_of(values: Mapping[str, Any]) -> Filter:
    """The filter that an address or a form holds. Raises UsageError for words that it does not know."""
    given = {f.name: v.strip() for f in fields(Filter) if isinstance(v := values.get(f.name), str) and v}
    found = Filter(**given)
    for value, known, name in (
        (found.state, STATES, "state"), (found.sort, SORTS, "order"), (found.severity, ("", *SEVERITIES), "severity")
    ):  # fmt: skip
        if value not in known:
            raise UsageError(
                f"“{value[:40]}” is no {name}", hint=f"Choose from: {', '.join(filter(None, known))}"
            )
    return found


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected sentence: ``text[start:end]`` of the document is to read ``new``."""

    start: int
    end: int
    old: str
    new: str
    author: str

    def settles(self, spot: Spot) -> bool:
        """Whether what a finding is about is no longer in the sentence."""
        if not self.start <= spot.start < max(self.end, self.start + 1):
            return False
        return not spot.text or self.new.count(spot.text) < self.old.count(spot.text)


@dataclass(frozen=True)
class All:
    """Everything there is to show, of one moment."""

    standing: Standing
    prepared: Prepared
    dismissed: Mapping[str, Dismissal]
    baseline: frozenset[str]
    corrections: Mapping[str, Sequence[Correction]]

    def correction(self, finding: Finding) -> Correction | None:
        """The correction that settles a finding."""
        found = self.corrections.get(finding.spot.document, ())
        at = bisect_right(found, finding.spot.start, key=lambda one: one.start) - 1
        return found[at] if at >= 0 and found[at].settles(finding.spot) else None

    def state(self, finding: Finding) -> str:
        """What became of a finding."""
        if finding.fingerprint in self.dismissed:
            return "dismissed"
        if self.correction(finding) is not None:
            return "corrected"
        return "baseline" if finding.fingerprint in self.baseline else "open"

    def finding(self, fingerprint: str) -> Finding:
        """The finding with this fingerprint. Raises UsageError."""
        for one in self.standing.findings:
            if one.fingerprint == fingerprint:
                return one
        raise UsageError(
            "this finding is not there any more", hint="The text or the beads have changed since; load the page again"
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A finding as it is shown. ``seen`` is the last event about it; ``sides`` stand side by side."""

    finding: Finding
    state: str
    old: bool
    dismissal: Dismissal | None
    correction: Correction | None
    seen: int
    sides: tuple[Spot, ...]
    more: tuple[Spot, ...]
    aligned: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Findings of one rule on a page; ``count`` is how many the filter leaves of it, ``rule`` None for a mixture."""

    rule: Rule | None
    count: int
    items: tuple[Item, ...]
    about: Markup


@dataclass(frozen=True, slots=True)
class View:
    """A page of findings. ``first`` and ``at`` are fingerprints: of the page's first, and of the one in focus."""

    filter: Filter
    sections: tuple[Section, ...]
    first: str
    at: str
    number: int
    found: int
    states: Mapping[str, int]
    rules: Sequence[tuple[str, str, int]]
    documents: Sequence[Checked]
    before: bool
    after: str
    standing: Standing

    @property
    def items(self) -> list[Item]:
        """All findings on the page."""
        return [item for section in self.sections for item in section.items]


# Reading


_KEPT: dict[Path, tuple[object, Standing, Prepared]] = {}
_NOTED: dict[Path, tuple[object, Mapping[str, Sequence[Correction]]]] = {}
_LOCK = threading.Lock()


def everything(site: Site, glossary: Glossary) -> All:
    """What there is; what takes long is kept until something changes that it depends on."""
    checks, db = Checks(glossary.store), glossary.db
    with _LOCK, glossary.store.snapshot():
        texts = db.execute(
            "SELECT (SELECT max(id) FROM documents), (SELECT max(id) FROM alignments), "
            "(SELECT max(id) FROM events)"
        ).fetchone()
        notes = db.execute("SELECT max(id) FROM passage_events").fetchone()
        mark = (checks.kept(), glossary.last_event(), texts)
        held = _KEPT.get(site.project)
        prepared = held[2] if held and held[0] == (mark, stamps(site, held[2])) else None
        if held is None or prepared is None:
            prepared = prepare(site.config)
            settings = with_project_terms(prepared.settings, glossary)
            found = standing(glossary, prepared.rules, settings)
            held = ((mark, stamps(site, prepared)), found, prepared)
            _KEPT[site.project] = held
        noted = _NOTED.get(site.project)
        if noted is None or noted[0] != (texts, notes):
            noted = ((texts, notes), corrections(glossary))
            _NOTED[site.project] = noted
    path = prepared.file("baseline")
    return All(held[1], prepared, checks.dismissed(), read_baseline(path, asked_for=False), noted[1])


def stamps(site: Site, prepared: Prepared) -> tuple[object, ...]:
    """When the configuration and the files that it names were last written."""
    paths = [site.config, *(prepared.file(key) for key in prepared.config.files)]
    return tuple(stamp(path) for path in paths if path is not None)


def stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def corrections(glossary: Glossary) -> dict[str, list[Correction]]:
    """The corrections of sentences that hold, by the key of their text."""
    found: dict[str, list[Correction]] = {}
    notes, db = Notes(glossary.store), glossary.db
    for (key,) in db.execute("SELECT DISTINCT key FROM passages WHERE alignment IS NULL").fetchall():
        document = document_of(glossary, key)
        for note in notes.corrections(document) if document is not None else ():
            row = db.execute(
                "SELECT start, end FROM segments WHERE document = ? AND n = ?", [document, note.segment]
            ).fetchone()
            if row is not None:
                found.setdefault(key, []).append(Correction(row[0], row[1], note.text, note.new, note.author))
    for own in found.values():
        own.sort(key=lambda one: one.start)
    return found


def document_of(glossary: Glossary, key: str) -> int | None:
    """The version of a text that findings are about: the aligned one, else the last."""
    row = glossary.db.execute(
        """SELECT coalesce((SELECT max(d.id) FROM alignments AS a JOIN documents AS d ON d.id IN (a.source, a.target)
        WHERE d.key = :key), (SELECT max(id) FROM documents WHERE key = :key))""",
        {"key": key},
    ).fetchone()
    return None if row[0] is None else int(row[0])


# Showing


def view(
    glossary: Glossary, held: All, wanted: Filter, at: str = "", first: str = "", back: bool = False
) -> View:
    """The page with the finding ``at``, from ``first`` on; ``back``: the page above it."""
    there = arranged(held.standing.findings, wanted.sort)
    place = {one.fingerprint: n for n, one in enumerate(there)}
    states = {one.fingerprint: held.state(one) for one in there}
    numbers = [n for n, one in enumerate(there) if fits(one, states[one.fingerprint], wanted)]

    def index(fingerprint: str) -> int:
        """Where a finding, or the next one that is left, stands among those of the filter."""
        return min(bisect_left(numbers, place.get(fingerprint, 0)), max(len(numbers) - 1, 0))

    start = index(first or at)
    if back:
        start = max(start - PAGE, 0)
    focus = start if back else index(at or first)
    if not start <= focus < start + PAGE:
        start = focus
    shown = [there[n] for n in numbers[start : start + PAGE]]
    counts = Counter(there[n].code for n in numbers)
    return View(
        wanted, sections(glossary, held, shown, counts, wanted), shown[0].fingerprint if shown else "",
        there[numbers[focus]].fingerprint if numbers else "", start + 1, len(numbers),
        {**Counter(states.values()), "all": len(there)},
        [(code, _RULES[code].name, n) for code, n in sorted(Counter(o.code for o in there).items(), key=_by_code)],
        held.standing.documents, start > 0,
        there[numbers[start + PAGE]].fingerprint if start + PAGE < len(numbers) else "", held.standing,
    )  # fmt: skip


def _by_code(counted: tuple[str, int]) -> int:
    return _ORDER[counted[0]]


def arranged(findings: Sequence[Finding], sort: str) -> list[Finding]:
    """By rule and then by place, or by place alone."""
    return sorted(findings, key=lambda one: _ORDER[one.code]) if sort == "rule" else list(findings)


def fits(finding: Finding, state: str, wanted: Filter) -> bool:
    """Whether a filter leaves a finding."""
    spots = (finding.spot, *finding.evidence)
    return (
        wanted.state in ("all", state)
        and wanted.rule in ("", finding.code)
        and wanted.severity in ("", finding.severity)
        and (not wanted.document or any(spot.document == wanted.document for spot in spots[:2]))
        and (not wanted.q or wanted.q.casefold() in words(finding))
    )


def words(finding: Finding) -> str:
    """What a search looks at."""
    sentences = (spot.sentence for spot in (finding.spot, *finding.evidence))
    return "\n".join((finding.message, finding.suggestion, finding.fingerprint, *sentences)).casefold()


def sections(
    glossary: Glossary, held: All, shown: Sequence[Finding], counts: Mapping[str, int], wanted: Filter
) -> tuple[Section, ...]:
    """The findings of a page, by rule where they are in that order."""
    checks, roles = Checks(glossary.store), {one.name: one.role for one in held.standing.documents}
    items = [item(checks, held, roles, one) for one in shown]
    if wanted.sort != "rule":
        return (Section(None, len(items), tuple(items), Markup("")),) if items else ()
    codes = dict.fromkeys(one.code for one in shown)
    return tuple(
        Section(_RULES[c], counts[c], tuple(i for i in items if i.finding.code == c), about(c)) for c in codes
    )


@lru_cache(maxsize=200)
def about(code: str) -> Markup:
    """A rule's page as HTML."""
    from glossary.formats.findings.page_findings import page_html

    return Markup(page_html(_RULES[code].page, below=1))


def item(checks: Checks, held: All, roles: Mapping[str, str], finding: Finding) -> Item:
    """A finding with all that is told of it; an original's sentence stands to the left."""
    spots = (finding.spot, *finding.evidence[:1])
    if len(spots) > 1 and roles.get(spots[1].document) == "original" != roles.get(spots[0].document):
        spots = spots[::-1]
    last = checks.last(finding.fingerprint)
    return Item(
        finding, held.state(finding), finding.fingerprint in held.standing.old,
        held.dismissed.get(finding.fingerprint), held.correction(finding), last.id if last else 0, spots,
        finding.evidence[1:], roles.get(finding.spot.document, "text") != "text",
    )  # fmt: skip


def following(found: View, fingerprint: str) -> str:
    """The finding after this one on its page, or else the one before it; "" if there is none."""
    prints = [one.finding.fingerprint for one in found.items]
    if fingerprint not in prints:
        return found.at
    at = prints.index(fingerprint)
    return prints[at + 1] if at + 1 < len(prints) else found.after or (prints[at - 1] if at else "")
