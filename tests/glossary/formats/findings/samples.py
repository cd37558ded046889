"""Reports made in memory: an interview in Russian with an English and a Persian version, and what is found there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from align.model import Document
from glossary.checks.base import Place, Rule, Scope
from glossary.checks.run import Source
from glossary.checks.settings import Settings
from glossary.formats.findings import Checked, Dismissed, Report
from glossary.model import Count, Finding, Gap, Match, Severity, Spot, Use
from tests.bitexts import document

PAGE = """Finds names that are written in several ways.

## What it finds

One name, two spellings in **one** text.

## Why

A reader takes “Lorvik” and “Lorvick” for two people.

## Example

```example en
Mira Lorvik came first. Then Lorvick left.
```

Finds “Lorvick”.

## How to set it right

```example en
Mira Lorvik came first. Then Lorvik left.
```

## Options

| Option | Default | |
|---|---|---|
| `least` | 2 | how often |

## Limits

<script>alert("a page")</script> and [a link](javascript:alert(1)).
"""

RU = document(
    "talk.ru.txt",
    "ru",
    [
        "Мира Лорвик приехала в Зельград в мае.",
        "«Союз паромщиков» (запрещён в Нордавии) молчал.",
        "Лорвик говорит, что Союз паромщиков ждёт.",
        "Река поднялась на 12 метров.",
        "Никто не ушёл.",
    ],
)
EN = document(
    "talk.en.txt",
    "en",
    [
        "Mira Lorvik came to Zelgrad in May.",
        "The Ferrymen’s Union was silent.",
        "Lorvick says that the Boatmen’s Union is waiting.",
        "The river rose by 21 meters.",
    ],
)
FA = document(
    "talk.fa.txt",
    "fa",
    ["میرا لورویک در ماه مه به زلگراد آمد.", "لورویک می‌گوید اتحادیه صبر می‌کند.", "رود ۲۱ متر بالا آمد."],
)
ZH = document("talk.zh.txt", "zh", ["米拉·洛维克五月来到泽尔格勒。", "洛维克说，渡工联盟在等待。"])
TEXTS = {text.name: text for text in (RU, EN, FA, ZH)}


def rule(code: str, name: str, severity: Severity, scope: Scope, summary: str, page: str = PAGE) -> Rule:
    def check(view: object, settings: Settings) -> Iterator[object]:
        return iter(())

    return Rule(code, name, summary, severity, scope, check, page)  # type: ignore[arg-type]


RULES = (
    rule("T001", "inconsistent-rendering", "warning", "project", "one term rendered in several ways"),
    rule("T007", "inconsistent-spelling", "warning", "text", "one name spelt in several ways"),
    rule("A001", "dropped-mark", "error", "pair", "a legal mark of the original is missing"),
    rule("S001", "omitted-sentence", "note", "pair", "a sentence has no counterpart"),
    rule("F001", "changed-number", "error", "pair", "a number is not that of the original"),
)


def spot(text: Document, words: str, label: str = "", nth: int = 0) -> Spot:
    """The place of these words in a document."""
    start = -1
    for _ in range(nth + 1):
        start = text.text.index(words, start + 1)
    return Source(text).spot(Place(text.name, start, start + len(words), label))


def checked(text: Document, role: str) -> Checked:
    return Checked(
        text.name, text.lang, role, len(text.segments), f"texts/{text.name}", sha256=text.sha256  # type: ignore[arg-type]
    )  # fmt: skip


def findings() -> tuple[Finding, ...]:
    return (
        Finding(
            "F001", "changed-number", "error", "“21” stands where the original has “12”.", spot(EN, "21"),
            (spot(RU, "12", "original"),), "Write 12.", fingerprint="f001000000000001",
        ),
        Finding(
            "T007", "inconsistent-spelling", "warning", "“Lorvick” is written “Lorvik” elsewhere in this text.",
            spot(EN, "Lorvick"),
            (spot(RU, "Лорвик", "original", 1), spot(EN, "Lorvik", "also spelt")),
            "Write “Lorvik”, as the first mention does.", "Lorvik",
            Match("Лорвик", "Лорвик", "the same form in the original"),
            (Count("Lorvik", 1, spot(EN, "Lorvik"), "BGN/PCGN"), Count("Lorvick", 1, spot(EN, "Lorvick"))),
            "ru:лорвик", "0700000000000001",
        ),
        Finding(
            "A001", "dropped-mark", "error",
            "The mark “(запрещён в Нордавии)” of the original is missing behind “Ferrymen’s Union”.",
            spot(EN, "Ferrymen’s Union"), (spot(RU, "(запрещён в Нордавии)", "original"),),
            "Add “(banned in Nordavia)”.", fingerprint="a001000000000001",
        ),
        Finding(
            "S001", "omitted-sentence", "note", "This sentence has no counterpart in the translation.",
            spot(RU, "Никто не ушёл."), fingerprint="5001000000000001",
        ),
        Finding(
            "F001", "changed-number", "error", "“۲۱” stands where the original has “12”.", spot(FA, "۲۱"),
            (spot(RU, "12", "original"),), fingerprint="f001000000000002",
        ),
        Finding(
            "T001", "inconsistent-rendering", "warning",
            "“Союз паромщиков” became “Boatmen’s Union” here and “Ferrymen’s Union” elsewhere.",
            spot(EN, "Boatmen’s Union"),
            (spot(RU, "Союз паромщиков", "original", 1), spot(EN, "Ferrymen’s Union", "elsewhere")),
            "Decide for one rendering: `concord terms prefer`.",
            table=(
                Count("Ferrymen’s Union", 14, spot(EN, "Ferrymen’s Union")),
                Count("Boatmen’s Union", 3, spot(EN, "Boatmen’s Union"), "since 2023"),
            ),
            concept="ru:союз паромщик", fingerprint="7001000000000001",
        ),
        Finding(
            "T007", "inconsistent-spelling", "warning", "“洛维克” is written “洛維克” elsewhere.",
            spot(ZH, "洛维克", nth=1),
            (spot(RU, "Лорвик", "original", 1),), fingerprint="0700000000000002",
        ),
    )  # fmt: skip


def use(
    rendering: str,
    count: int,
    target: str,
    date: str = "",
    *,
    form: str = "Союз паромщиков",
    lang: str = "en",
) -> Use:
    return Use(
        "ru:союз паромщик", "Союз паромщиков", "organisation", form, "ru", lang, rendering, count,
        "talk.ru.txt", target, (0, 3), (0, 3), 0.9, date,
    )  # fmt: skip


USES = (
    use("Ferrymen’s Union", 4, "talk.en.txt", "2021-03-02"),
    use("Ferrymen’s Union", 7, "report.en.txt", "2022-05-20"),
    use("Boatmen’s Union", 1, "talk.en.txt", "2021-03-02"),
    use("Boatmen’s Union", 5, "letter.en.txt", "2023-07-01"),
    use("Union of Ferrymen", 2, "note.en.txt"),
    use("FU", 3, "talk.en.txt", "2021-03-02", form="СП"),
    use("اتحادیهٔ قایقرانان", 2, "talk.fa.txt", "2022-01-01", lang="fa"),
)
GAPS = (
    Gap("A007", "no dated list was given, so that marks are not compared with one"),
    Gap("T007", "there is no romanisation known for Chinese", "talk.zh.txt"),
    Gap("T007", "there is no romanisation known for Chinese", "talk.fa.txt"),
)


def report() -> Report:
    """Seven findings in four texts, three gaps, one dismissed finding, two in the baseline."""
    every = findings()
    return Report(
        every, GAPS,
        (checked(RU, "original"), checked(EN, "translation"), checked(FA, "translation"), checked(ZH, "translation")),
        USES, RULES, "concord:0.1.0|model:a-model@3f2a|segmenter:a-segmenter-1|seed:7", 2,
        (Dismissed(replace(every[0], fingerprint="d15d"), "A quote, as spoken.", "Ida", "2024-05-06T07:08:09Z"),),
    )  # fmt: skip


def in_text(texts: Sequence[str], lang: str = "en", **changes: object) -> Report:
    """A finding for each of these sentences, on its whole; the message, the suggestion … are that text too."""
    held = document("strange.txt", lang, texts)
    found = []
    for number, segment in enumerate(held.segments):
        text = held.segment_text(number)
        whole = Source(held).spot(Place(held.name, segment.start, segment.end))
        found.append(
            Finding(
                "T007",
                "inconsistent-spelling",
                "warning",
                text,
                whole,
                (replace(whole, label=text),),
                text,
                text,
                Match(text, text, text),
                (Count(text, 1, whole, text),),
                text,
                f"{number:016x}",
            )
        )
    gap = Gap("T007", texts[0] if texts else "nothing", held.name)
    made = Report(tuple(found), (gap,), (checked(held, "text"),), rules=RULES, signature="s")
    return replace(made, **changes)  # type: ignore[arg-type]


@cache
def many(number: int) -> Report:
    """So many findings in one pair of texts."""
    source = document("long.ru.txt", "ru", [f"Лорвик пишет письмо {n}." for n in range(number)])
    target = document("long.en.txt", "en", [f"Lorvick writes letter {n}." for n in range(number)])
    ru, en = Source(source), Source(target)
    found = tuple(
        Finding(
            "T007", "inconsistent-spelling", "warning", "“Lorvick” is written “Lorvik” elsewhere.",
            en.spot(Place(target.name, b.start, b.start + 7)),
            (ru.spot(Place(source.name, a.start, a.start + 6, "original")),), "Write “Lorvik”.", "Lorvik",
            fingerprint=f"{a.id:016x}",
        )
        for a, b in zip(source.segments, target.segments, strict=True)
    )  # fmt: skip
    return Report(
        found, (), (checked(source, "original"), checked(target, "translation")), rules=RULES, signature="s"
    )
