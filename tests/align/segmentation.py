"""What the tests and the benchmark of segmentation share: the hand-made list, random texts, what must hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from align.model import Block, BlockKind, Document, Extract, Segment
from align.segment import build_document

CASES = Path(__file__).resolve().parents[1] / "data" / "segmentation"


@dataclass(frozen=True)
class Case:
    """A row of the list: its language, text, segments, and in some rows blocks (``None`` elsewhere)."""

    lang: str
    text: str
    segments: list[str]
    note: str
    blocks: list[dict[str, Any]] | None

    @property
    def name(self) -> str:
        return f"{self.lang}: {self.note}"


def cases() -> list[Case]:
    """The hand-made list, all languages."""
    rows = (
        json.loads(line)
        for path in sorted(CASES.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [Case(r["lang"], r["text"], r["segments"], r["note"], r.get("blocks")) for r in rows]


def segment(
    text: str, lang: str = "en", blocks: tuple[Block, ...] | None = None, segmented: bool = False
) -> Document:
    """A document of this text as a reader would hand it over."""
    return build_document(Extract(text, "txt", blocks), name="text", lang=lang, segmented=segmented)


def described(document: Document) -> list[dict[str, Any]]:
    """The blocks as the list describes them."""
    return [
        {"kind": b.kind} | ({"speaker": b.speaker, "question": b.question} if b.kind == "turn" else {})
        for b in document.blocks
    ]


PIECES = [
    *" \t\n\r\u2028\u2029\x85\x0b\x0c\x1c\u00a0\u202f\u3000",
    *".!?…。！？؟۔।;:,",
    *"-–—―‒«»“”„’‘\"'()[]（）「」",
    *"QAВОаbqЖжéßİıдんア中日한글אבابپ٣۵12IVX",
    *"\u200b\u200e\u200f\u202b\u2067\ufeff\u0301\u0308\u064b\ufe0f\u00ad",
    *"😀❤•*№@/#&%§°",
    *[
        "\r\n",
        "\n\n",
        "г. ",
        "т. е. ",
        "Mr. ",
        "U.S. ",
        "А. С. ",
        "Q: ",
        "A: ",
        "В: ",
        "Иван Петров: ",
        "— ",
        "- ",
    ],
    *[
        "1. ",
        "2) ",
        "... ",
        "?!",
        "«Да!» — ",
        "(см. ",
        "Фото: ",
        "https://a.b/c?d=1. ",
        "слово ",
        "Слово. ",
        "word. ",
    ],
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=60)
LANGUAGES = st.sampled_from(
    [
        "ru",
        "uk",
        "en",
        "de",
        "fr",
        "es",
        "cs",
        "tr",
        "zh",
        "ja",
        "ko",
        "ar",
        "fa",
        "he",
        "hi",
        "el",
        "th",
        "und",
        "x-y",
    ]
)
KINDS: st.SearchStrategy[BlockKind] = st.sampled_from(["heading", "paragraph", "turn", "caption", "item"])


@st.composite
def given_blocks(draw: st.DrawFn, text: str) -> tuple[Block, ...] | None:
    """None, or blocks somewhere in the text, as a reader might give them; some text may be in none of them."""
    if draw(st.booleans()):
        return None
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return tuple(Block(i, a, b, draw(KINDS), question=draw(st.booleans())) for i, (a, b) in enumerate(pairs))


def problems(document: Document) -> Iterator[str]:
    """Whatever breaks the promises of ``align.segment`` about offsets."""
    yield from _misplaced(document.text, "segment", document.segments)
    yield from _misplaced(document.text, "block", document.blocks)
    for segment in document.segments:
        block = document.blocks[segment.block]
        if not block.start <= segment.start < segment.end <= block.end:
            yield f"segment {segment.id} is not inside block {block.id}"
    if {segment.block for segment in document.segments} != {block.id for block in document.blocks}:
        yield "a block without a segment"


def _misplaced(text: str, name: str, spans: Sequence[Block | Segment]) -> Iterator[str]:
    end = 0
    for position, span in enumerate(spans):
        inside = text[span.start : span.end]
        if span.id != position:
            yield f"{name} {span.id} is at position {position}"
        if not inside or inside != inside.strip():
            yield f"{name} {position} is empty or not trimmed: {inside!r}"
        if span.start < end:
            yield f"{name} {position} begins before the last one ends"
        if text[end : span.start].strip():
            yield f"text before {name} {position} is in none: {text[end : span.start]!r}"
        end = span.end
    if text[end:].strip():
        yield f"text after the last {name} is in none: {text[end:]!r}"
