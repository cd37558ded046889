"""How well names are found and what becomes of them in translation, on gold made by hand before the code.

    python -m benchmarks.terms [--data FOLDER] [--list] [--model FOLDER_OR_NAME]

Gold: tests/data/terms/names.json (ten Russian–English documents, offsets only; their texts are read from
FOLDER/dev/ru-en, ../shared/data by default, and are not part of the project) and seeds/interview.terms.json.
Every document is extracted alone, as a user would. Beads of the ten are their lines, of the interview its gold
alignment. Legal marks are left out of the interview's texts, as its gold does.

Found (recall): a gold concept with two or more mentions in a language, where one candidate of a kind of name shares
more than half of all mentions of the two (exact spans, nested ones too). Right (precision): a candidate of a kind of
name with two or more mentions that is so related to a gold concept. Pooled over documents and both languages.
Renderings: the links of gold mentions, right where the candidate that has this very source span renders it by this
very target span; ``given`` leaves out the links whose source span no candidate has. ``touching`` takes any overlap.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from align import __version__
from align.embed import Embedder, load_embedder
from align.model import Alignment, Bead, Block, Document, Segment, Signature
from glossary.extract import NAMED, extract
from glossary.model import Candidate

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests/data/terms/names.json"
SEED = ROOT / "seeds/interview.terms.json"
Span = tuple[int, int]


@dataclass(frozen=True)
class Concept:
    """A gold concept: mentions by language as spans of the document's text, links from source to target spans."""

    kind: str
    mentions: dict[str, frozenset[Span]]
    links: tuple[tuple[Span, Span], ...]


@dataclass(frozen=True)
class Case:
    """One document pair with its beads, its gold and the spans that are not to be read."""

    name: str
    alignment: Alignment
    gold: tuple[Concept, ...]
    ignore: dict[str, list[Span]] = field(default_factory=dict)


@dataclass
class Score:
    """Counts that are pooled."""

    gold: int = 0
    found: int = 0
    proposed: int = 0
    right: int = 0
    kinds: int = 0
    links: int = 0
    sources: int = 0
    rendered: int = 0
    touching: int = 0
    notes: list[str] = field(default_factory=list)


def cases(data: Path) -> Iterator[Case]:
    """The ten documents where their texts are there, and the interview."""
    for number, row in enumerate(json.loads(GOLD.read_text(encoding="utf-8"))["documents"]):
        path = data / row["file"]
        if path.exists():
            yield _of_lines(number, row, path)
    yield _interview()


def _of_lines(number: int, row: dict[str, Any], path: Path) -> Case:
    lines = [line.rstrip("\r").split("\t") for line in path.read_bytes().decode("utf-8").split("\n")]
    first, stop = row["first"], row["stop"]
    sides = {
        lang: of_lines(f"{number}.{lang}", lang, [line[i] for line in lines[first:stop]])
        for i, lang in enumerate(("ru", "en"))
    }

    def span(lang: str, place: list[int]) -> Span:
        begin = sides[lang].segments[place[0] - first].start
        return begin + place[1], begin + place[2]

    gold = []
    for concept in row["concepts"]:
        spans = {lang: [span(lang, place) for place in concept[lang]] for lang in ("ru", "en")}
        links = tuple((spans["ru"][a], spans["en"][b]) for a, b in concept["links"])
        gold.append(Concept(concept["kind"], {k: frozenset(v) for k, v in spans.items()}, links))
    beads = tuple(Bead((i,), (i,)) for i in range(stop - first))
    name = f"{path.stem}:{first}"
    return Case(name, _aligned(sides["ru"], sides["en"], beads), tuple(gold))


def of_lines(name: str, lang: str, texts: list[str]) -> Document:
    """A document with a segment a line."""
    segments, at = [], 0
    for number, text in enumerate(texts):
        segments.append(Segment(number, at, at + len(text), 0))
        at += len(text) + 1
    return Document(name, "\n".join(texts), lang, (Block(0, 0, at - 1),), tuple(segments))


def _interview() -> Case:
    sides: dict[str, Document] = {}
    for lang in ("ru", "en"):
        text = (ROOT / f"seeds/interview.{lang}.txt").read_text(encoding="utf-8")
        segments, at = [], 0
        for number, line in enumerate(
            (ROOT / f"seeds/interview.{lang}.segments.txt").read_text(encoding="utf-8").splitlines()
        ):
            at = text.index(line, at)
            segments.append(Segment(number, at, at + len(line), 0))
            at += len(line)
        sides[lang] = Document(f"interview.{lang}", text, lang, (Block(0, 0, len(text)),), tuple(segments))
    beads = json.loads((ROOT / "seeds/interview.gold.json").read_text(encoding="utf-8"))
    gold = []
    for concept in json.loads(SEED.read_text(encoding="utf-8")):
        spans = {k: [(m["start"], m["end"]) for m in v] for k, v in concept["mentions"].items()}
        links = tuple((spans["ru"][r["ru"]], spans["en"][e]) for r in concept["renderings"] for e in r["en"])
        gold.append(Concept(concept["kind"], {k: frozenset(v) for k, v in spans.items()}, links))
    marks = json.loads((ROOT / "seeds/interview.annotations.json").read_text(encoding="utf-8"))
    ignore: dict[str, list[Span]] = {}
    for mark in marks["annotations"]:
        ignore.setdefault(f"interview.{mark['lang']}", []).append((mark["start"], mark["end"]))
    aligned = _aligned(sides["ru"], sides["en"], tuple(Bead(tuple(a), tuple(b)) for a, b in beads))
    return Case("interview", aligned, tuple(gold), ignore)


def _aligned(source: Document, target: Document, beads: tuple[Bead, ...]) -> Alignment:
    return Alignment(source, target, beads, Signature(__version__, "gold", "", "lines"), 0.0)


def judge_names(case: Case, candidates: list[Candidate], score: Score) -> None:
    """Adds one case's candidates to the counts."""
    names = [c for c in candidates if c.kind in NAMED]
    for lang in ("ru", "en"):
        text = (case.alignment.source if lang == "ru" else case.alignment.target).text
        mine = [(c, frozenset((o.start, o.end) for o in c.occurrences)) for c in names if c.term.lang == lang]
        for concept in case.gold:
            spans = concept.mentions[lang]
            if len(spans) < 2:
                continue
            score.gold += 1
            hit = next((c for c, own in mine if _same(own, spans)), None)
            score.found += hit is not None
            score.kinds += hit is not None and hit.kind == concept.kind
            if hit is None:
                near = [sorted({text[a:b] for a, b in own}) for _, own in mine if own & spans]
                score.notes.append(
                    f"{case.name} {lang} not found: {sorted({text[a:b] for a, b in spans})}, near: {near}"
                )
        for candidate, own in mine:
            score.proposed += 1
            right = any(_same(own, concept.mentions[lang]) for concept in case.gold)
            score.right += right
            if not right:
                score.notes.append(
                    f"{case.name} {lang} not gold: {candidate.kind} {dict(candidate.term.variants)}"
                )


def judge_links(case: Case, candidates: list[Candidate], score: Score) -> None:
    """Adds one case's renderings to the counts."""
    source, target = case.alignment.source, case.alignment.target
    rendered: dict[Span, Span | None] = {}
    for candidate in candidates:
        if candidate.term.lang == source.lang and candidate.kind != "phrase":
            for rendering in candidate.renderings:
                for i, at in enumerate(rendering.sources):
                    there = rendering.occurrences[i] if rendering.text else None
                    rendered[at.start, at.end] = (there.start, there.end) if there else None
    for concept in case.gold:
        for a, b in concept.links:
            score.links += 1
            score.sources += a in rendered
            got = rendered.get(a)
            right = got == b or any(got == other for first, other in concept.links if first == a)
            score.rendered += right
            score.touching += got is not None and got[0] < b[1] and b[0] < got[1]
            if not right:
                shown = (
                    "no such mention"
                    if a not in rendered
                    else target.text[got[0] : got[1]]
                    if got
                    else "nothing"
                )
                score.notes.append(
                    f"{case.name} rendering: {source.text[a[0] : a[1]]} → {target.text[b[0] : b[1]]}, found: {shown}"
                )


def _same(own: frozenset[Span], gold: frozenset[Span]) -> bool:
    return 2 * len(own & gold) > len(own | gold)


def run(data: Path, embedder: Embedder) -> dict[str, Score]:
    """Scores of all cases pooled, and of the ten documents and the interview by themselves."""
    scores = {"all": Score(), "ten documents": Score(), "interview": Score()}
    for case in cases(data):
        part = scores["interview" if case.name == "interview" else "ten documents"]
        recurring = extract((), [case.alignment], embedder, ignore=case.ignore, phrases=False)
        # A gold concept may recur in one language alone: links are looked up among all mentions.
        every = extract((), [case.alignment], embedder, ignore=case.ignore, phrases=False, least=1)
        for score in (part, scores["all"]):
            judge_names(case, recurring, score)
            judge_links(case, every, score)
    return scores


def table(scores: dict[str, Score]) -> list[str]:
    """The lines of the printed table."""
    head = "| | recall | precision | kind | renderings | given | touching |"
    lines = [head, "|---|---|---|---|---|---|---|"]
    for name, s in scores.items():
        if s.gold:
            cells = [
                _share(s.found, s.gold), _share(s.right, s.proposed), _share(s.kinds, s.found),
                _share(s.rendered, s.links), _share(s.rendered, s.sources), _share(s.touching, s.links),
            ]  # fmt: skip
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "–"


def signature(embedder: Embedder) -> str:
    """What the figures were made with."""
    files = "|".join(
        f"{path.name}@{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
        for path in (GOLD, SEED)
        if path.exists()
    )
    return f"concord:{__version__}|terms|model:{embedder.name}@{embedder.revision}|{files}"


def main() -> None:
    """Print the table, what went wrong where asked for, and the signature."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data", help="folder of the texts")
    parser.add_argument("--list", action="store_true", help="print what was not found or is not gold")
    parser.add_argument("--model", help="another embedding model")
    options = parser.parse_args()
    embedder = load_embedder(options.model)
    scores = run(options.data, embedder)
    if not scores["ten documents"].gold:
        print(f"The texts of the ten documents are not in {options.data}: the interview alone.")
    print("\n".join(table(scores)))
    if options.list:
        print("\n".join(scores["all"].notes))
    print(signature(embedder))


if __name__ == "__main__":
    main()
