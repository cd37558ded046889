"""The rules that look at all pairs together, over an archive: in memory bounded by its names and their renderings.

What names became in every pair (``checks/uses.py``) is first folded: of each name, form and rendering one use is
left, with all counts, as if it all stood in one document. Whatever the rules would report in the archive they report
there too. Then the uses of the renderings in question alone are read in full, and the rules run again, over those and
the folded rest. What comes out is what a project with the same pairs would report, but that of one rendering at most
``MOST`` documents are named.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from align.archive.store import Archive
from glossary.archive.running import view
from glossary.checks.base import Draft, Rule
from glossary.checks.run import Source, check_project
from glossary.checks.settings import Settings, base_lang
from glossary.checks.terms.consistency import ConceptRow, RenderingRow, order, table
from glossary.checks.terms.wording import name_words
from glossary.checks.views import ProjectView
from glossary.extract.morphology import readings
from glossary.model import Finding, Gap, Use

MOST = 1000
"""Documents in which a rendering that deviates is reported; their count says how many more there are."""
DOCUMENTS = 48  # texts held at once while findings get their sentences

Uses = Callable[[], Iterator[tuple[int, list[Use]]]]
Kind = tuple[str, str, str, str, str, str, str]
"""What uses have to have in common to be folded: key, both languages, form, rendering, term, kind."""
Rendering = tuple[str, str, str, str]
"""Key, both languages, rendering."""


@dataclass(slots=True)
class _Folded:
    """Many uses as one: the first of them, their count, their surfaces, the sum of count × confidence."""

    first: Use
    pair: int
    count: int = 0
    sure: float = 0.0
    surfaces: Counter[str] = field(default_factory=Counter)

    def add(self, use: Use, pair: int) -> None:
        if order(use) < order(self.first):
            self.first, self.pair = use, pair
        self.count += use.count
        self.sure += use.count * use.confidence
        self.surfaces.update(use.surfaces)

    def use(self) -> Use:
        confidence = round(self.sure / self.count, 4)
        return replace(self.first, count=self.count, confidence=confidence, surfaces=dict(self.surfaces))


def check_across(
    archive: Archive, uses: Uses, rules: Sequence[Rule], settings: Settings
) -> tuple[dict[int, list[Finding]], list[Gap]]:
    """What the rules over all pairs find, by the pair that it lies in; ``uses`` goes through the pairs' uses."""
    folded: dict[Kind, _Folded] = {}
    for pair, own in uses():
        for use in own:
            kind = _kind(use)
            held = folded.get(kind)
            if held is None:
                held = folded[kind] = _Folded(use, pair)
            held.add(use, pair)
    wanted = _in_question(folded.values(), rules, settings)
    places: dict[str, int] = {}
    kept = [one for kind, one in folded.items() if _rendering(kind) not in wanted]
    for one in kept:
        places |= {one.first.source: one.pair, one.first.target: one.pair}
    found = [one.use() for one in kept] + _in_full(uses, wanted, places)
    findings, gaps = check_project(ProjectView(found, settings), rules, _Sources(archive, places, settings))
    by_pair: dict[int, list[Finding]] = {}
    for finding in findings:
        by_pair.setdefault(places[finding.spot.document], []).append(finding)
    return by_pair, gaps


def _kind(use: Use) -> Kind:
    return use.key, use.source_lang, use.target_lang, use.form, use.rendering, use.term, use.kind


def _rendering(kind: Kind) -> Rendering:
    return kind[0], kind[1], kind[2], kind[4]


def _in_question(folded: Iterable[_Folded], rules: Sequence[Rule], settings: Settings) -> set[Rendering]:
    """The renderings that the rules report where all texts are taken for one."""
    ranked = sorted(folded, key=lambda one: order(one.first))
    as_one = [replace(one.use(), target="", source="", target_span=(at, at)) for at, one in enumerate(ranked)]
    shadow = ProjectView(as_one, settings)
    concepts: dict[str, list[ConceptRow]] = {}
    for concept in table(shadow):
        concepts.setdefault(concept.key, []).append(concept)
    found: set[Rendering] = set()
    for rule in rules:
        if rule.scope != "project":
            continue
        for draft in rule.check(shadow, settings):
            if isinstance(draft, Draft):
                for key in draft.identity:
                    for concept in concepts.get(key, ()):
                        found.update(_of_draft(draft, concept))
    return found


def _of_draft(draft: Draft, concept: ConceptRow) -> Iterator[Rendering]:
    """The renderings of a concept that a draft is about: its keys and a rendering's text are its identity."""
    lang = concept.target_lang
    texts = {tuple(sorted(name_words(text, lang))) for text in draft.identity if text != concept.key}
    for row in concept.renderings:
        if tuple(sorted(name_words(row.text, lang))) in texts or _is_first_name(concept):
            yield from _renderings(row)


def _renderings(row: RenderingRow) -> Iterator[Rendering]:
    for use in row.uses:
        yield use.key, use.source_lang, use.target_lang, use.rendering


def _is_first_name(concept: ConceptRow) -> bool:
    """Whether the name may be a first name alone: then it matters which documents have which rendering."""
    return " " not in concept.term and any(
        reading.role == "Name" for reading in readings(concept.term, base_lang(concept.source_lang))
    )


def _in_full(uses: Uses, wanted: set[Rendering], places: dict[str, int]) -> list[Use]:
    """All uses of the renderings wanted; beyond ``MOST`` of one they are counted with the last."""
    found: dict[Rendering, list[Use]] = {}
    for pair, own in uses():
        for use in own:
            rendering = _rendering(_kind(use))
            if rendering not in wanted:
                continue
            held = found.setdefault(rendering, [])
            if len(held) < MOST:
                held.append(use)
                places |= {use.source: pair, use.target: pair}
            else:
                held[-1] = replace(held[-1], count=held[-1].count + use.count)
    return [use for held in found.values() for use in held]


class _Sources(Mapping[str, Source]):
    """The archive's documents by path, read when they are asked for; a few are held."""

    def __init__(self, archive: Archive, places: Mapping[str, int], settings: Settings) -> None:
        self._archive, self._places, self._settings = archive, places, settings
        self._held: OrderedDict[str, Source] = OrderedDict()

    def __getitem__(self, name: str) -> Source:
        if name not in self._held:
            pair = view(self._archive, self._places[name], self._settings)
            for side in (pair.source, pair.target):
                self._held[side.name] = Source(side.document)
            while len(self._held) > DOCUMENTS:
                self._held.popitem(last=False)
        self._held.move_to_end(name)
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
