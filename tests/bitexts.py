"""Documents and alignments made in memory, for the tests of everything that takes an alignment."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from align.model import Alignment, Bead, BeadState, Block, BlockKind, Document, Segment, Signature

SIGNATURE = Signature("0.1.0", "a-model", "3f2a", "a-segmenter-1", (("band", 40), ("null", -1.5)), seed=7)
Pair = tuple[Sequence[int], Sequence[int]]


def document(
    name: str, lang: str, texts: Sequence[str], kinds: Sequence[BlockKind] | None = None
) -> Document:
    """A document of these segments, each in a block of its own, a line break between them."""
    segments, blocks, at = [], [], 0
    for number, text in enumerate(texts):
        kind = kinds[number] if kinds else "paragraph"
        blocks.append(Block(number, at, at + len(text), kind, "" if kind == "turn" else None, "?" in text))
        segments.append(Segment(number, at, at + len(text), number))
        at += len(text) + 1
    return Document(name, "\n".join(texts), lang, tuple(blocks), tuple(segments), sha256="ab" * 32)


def align(
    source: Document, target: Document, beads: Sequence[Bead], doubtful_below: float = 0.5
) -> Alignment:
    """These beads between these documents, with a fixed signature."""
    return Alignment(source, target, tuple(beads), SIGNATURE, doubtful_below, similarity=0.7)


def bead(
    source: Sequence[int], target: Sequence[int], confidence: float = 0.9, *, moved: bool = False
) -> Bead:
    """A bead with a score that tells it from its confidence."""
    return Bead(tuple(source), tuple(target), 2 * confidence, confidence, moved)


def small() -> Alignment:
    """Six Russian and six English segments: 1-1, 1-2, 2-1, 0-1, 1-0, one moved; two beads of six doubtful."""
    source = document(
        "разговор.txt",
        "ru",
        [
            "Вечер у реки",
            "– Когда вы вернулись?",
            "– Весной.",
            "Лёд уже сошёл.",
            "Никто не ждал.",
            "Фото автора",
        ],
        ["heading", "turn", "turn", "turn", "paragraph", "caption"],
    )
    target = document(
        "talk.txt",
        "en",
        [
            "An evening by the river",
            "Photo: the author",
            "– When?",
            "Did you come back?",
            "– In spring, the ice was gone.",
            "A note by the translator.",
        ],
        ["heading", "caption", "turn", "turn", "turn", "paragraph"],
    )
    beads = [
        bead([0], [0], 0.98765),
        bead([1], [2, 3], 0.31),
        bead([2, 3], [4], 0.83),
        bead([], [5], 0.4),
        bead([4], [], 0.6),
        bead([5], [1], 0.71, moved=True),
    ]
    return align(source, target, beads)


def three_versions() -> list[Alignment]:
    """A Russian text with an English and a Persian version, whose beads overlap on the Russian side."""
    ru = document("a.ru.txt", "ru", ["Раз.", "Два.", "Три.", "Четыре."])
    en = document("a.en.txt", "en", ["One and two.", "Three.", "Foreword.", "Four."])
    fa = document("a.fa.txt", "fa", ["یک.", "دو و سه.", "چهار."])
    return [
        align(ru, en, [bead([0, 1], [0]), bead([2], [1], 0.2), bead([], [2], 0.7), bead([3], [3])]),
        align(ru, fa, [bead([0], [0]), bead([1, 2], [1], 0.8), bead([3], [2], 0.95)]),
    ]


@st.composite
def beads_between(draw: st.DrawFn, n: int, m: int, *, moved: bool = True) -> list[Bead]:
    """Beads in order of the source, each of ``n`` and ``m`` segments in one; some beads change places."""
    beads: list[tuple[list[int], list[int]]] = []
    s = t = 0
    while s < n or t < m:
        a, b = draw(st.integers(0, min(4, n - s))), draw(st.integers(0, min(4, m - t)))
        if a + b:
            beads.append((list(range(s, s + a)), list(range(t, t + b))))
        s, t = s + a, t + b
    full = [i for i, (a, b) in enumerate(beads) if a and b]
    swapped: set[int] = set()
    if moved and len(full) > 1 and draw(st.booleans()):
        i, j = draw(st.lists(st.sampled_from(full), min_size=2, max_size=2, unique=True))
        beads[i], beads[j] = (beads[i][0], beads[j][1]), (beads[j][0], beads[i][1])
        swapped = {i, j}
    states: list[BeadState] = ["proposed", "edited", "confirmed", "stale"]
    return [
        Bead(
            tuple(a),
            tuple(b),
            draw(st.sampled_from([0.0, -1.25, 1e-7, 1e300])),
            draw(st.sampled_from([0.0, 0.123456, 0.5, 1.0])),
            i in swapped,
            draw(st.sampled_from(states)),
        )
        for i, (a, b) in enumerate(beads)
    ]


@st.composite
def alignments(
    draw: st.DrawFn, texts: st.SearchStrategy[str], *, versions: int = 2, size: int = 8, moved: bool = True
) -> list[Alignment]:
    """Alignments of one pivot with ``versions - 1`` others; any side may be empty."""
    langs = ("ru", "en", "fa", "zh", "en")
    documents = []
    for k in range(versions):
        sentences = draw(st.lists(texts, max_size=size))
        documents.append(document(f"version-{k}.txt", langs[k % len(langs)], sentences))
    pivot, *others = documents
    return [
        align(pivot, other, draw(beads_between(len(pivot.segments), len(other.segments), moved=moved)))
        for other in others
    ]
