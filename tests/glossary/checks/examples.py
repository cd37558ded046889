"""The examples on the rules' pages, made into texts that the rules run on.

A fence ``example en`` holds a text, a sentence a line; ``example ru en`` an original and its translation, a bead a
line, the sides parted by " | " (an empty side is a sentence without counterpart, " / " parts sentences of one
side). A fence before it may say what the example goes by: ``settings`` (TOML as in concord.toml, and ``date``),
``glossary`` (TOML as ``concord terms export`` writes it), ``list`` (a dated list as CSV).
Behind an example, ``Finds “X”.`` names what is found, in order; what follows "## How to set it right" finds nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from align.model import Alignment, Bead, Block, Document, Segment, Signature
from glossary.checks.base import Rule
from glossary.checks.run import Source, check_pair, check_project, check_text
from glossary.checks.settings import Settings, Terminology
from glossary.checks.views import PairView, ProjectView, TextView
from glossary.model import Finding, Gap

_FENCE = re.compile(r"^```(\w+)(?: ([\w ]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FINDS = re.compile(r"“([^”]*)”")


@dataclass(frozen=True)
class Example:
    """One example of a page: a text (one language) or a pair (two), what it goes by, what is to be found."""

    langs: tuple[str, ...]
    body: str
    right: bool
    finds: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)


def examples(page: str) -> Iterator[Example]:
    """The examples of a rule's page, in order."""
    right_from = page.find("## How to set it right")
    given: dict[str, str] = {}
    for fence in _FENCE.finditer(page):
        kind, langs, body = fence.groups()
        if kind != "example":
            given[kind] = body
            continue
        behind = page[fence.end() :].lstrip("\n").split("\n\n")[0].replace("\n", " ")
        finds = tuple(_FINDS.findall(behind)) if behind.startswith("Finds") else ()
        yield Example(tuple(langs.split()), body, 0 <= right_from < fence.start(), finds, dict(given))


def text_of(
    sentences: Sequence[str], lang: str, name: str = "", metadata: Mapping[str, str] | None = None
) -> Document:
    """A document of these sentences, a block and a line each."""
    segments, blocks, at = [], [], 0
    for number, sentence in enumerate(sentences):
        segments.append(Segment(number, at, at + len(sentence), number))
        blocks.append(Block(number, at, at + len(sentence)))
        at += len(sentence) + 1
    text = "\n".join(sentences)
    return Document(
        name or f"text.{lang}", text, lang, tuple(blocks), tuple(segments), metadata=metadata or {}
    )


def pair_of(rows: Sequence[tuple[str, str]], langs: Sequence[str], confidence: float = 0.99) -> Alignment:
    """An alignment of these beads; " / " parts the sentences of one side."""
    sides: tuple[list[str], list[str]] = ([], [])
    beads = []
    for row in rows:
        numbers = []
        for side, words in zip(sides, row, strict=True):
            own = [part for part in words.split(" / ") if part.strip()]
            numbers.append(tuple(range(len(side), len(side) + len(own))))
            side += [part.strip() for part in own]
        beads.append(Bead(numbers[0], numbers[1], confidence=confidence))
    source, target = (text_of(side, lang) for side, lang in zip(sides, langs, strict=True))
    return Alignment(source, target, tuple(beads), Signature("", "", "", ""), 0.5)


def settings_of(given: Mapping[str, str]) -> Settings:
    """The settings that an example goes by."""
    from glossary.checks.config import parse
    from glossary.dated import read_list
    from glossary.formats.toml import read

    config = tomllib.loads(given.get("settings", ""))
    on = config.pop("date", None)
    settings = parse(config).settings()
    concepts = (
        [e.concept for e in read(given["glossary"].encode(), name="example")] if "glossary" in given else []
    )
    return Settings(
        editions=settings.editions, terminology=Terminology(concepts), options=settings.options,
        severities=settings.severities, on=date.fromisoformat(str(on)) if on else None,
        dated=read_list(given["list"].encode()) if "list" in given else None,
    )  # fmt: skip


def run(rule: Rule, example: Example) -> tuple[list[Finding], list[Gap]]:
    """What one rule finds in an example, by place."""
    settings = settings_of(example.given)
    lines = example.body.strip("\n").split("\n")
    if len(example.langs) == 1:
        found, gaps = check_text(TextView(text_of(lines, example.langs[0]), settings), [rule])
    else:
        rows = [(a.strip(), b.strip()) for a, _, b in (line.partition("|") for line in lines)]
        found, gaps = over_pair(rule, pair_of(rows, example.langs), settings)
    return sorted(found, key=lambda one: (one.spot.document, one.spot.start)), gaps


def over_pair(rule: Rule, alignment: Alignment, settings: Settings) -> tuple[list[Finding], list[Gap]]:
    """What one rule finds in a pair, as it would be checked with the embedded model."""
    from align.embed import load_embedder
    from glossary.checks.uses import uses_of

    view = PairView(alignment, settings, load_embedder())
    if rule.scope != "project":
        return check_pair(view, [rule])
    sources = {one.name: Source(one) for one in (alignment.source, alignment.target)}
    return check_project(ProjectView(uses_of(view), settings), [rule], sources)
