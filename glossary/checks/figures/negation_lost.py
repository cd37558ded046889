"""A sentence of the original denies something, and the translation does not.

## What it finds

A "not" of the original («не пришёл», "did not", "nicht", "kein") in a sentence whose translation has fewer of
them and is otherwise word for word: the counterpart of the denied word stands near its place, in a clause where
nothing denies. In English what a lost "not" leaves behind counts too: "did exclude", "were sold any". And "not
only … but" that has become "only … but".

## Why

A lost "not" turns what was said around, and the sentence still reads well.

## Example

```example ru en
Это не исключает новых переговоров. | This does exclude new talks.
Большинство жителей не поддерживает эту войну. | The majority of residents do support this war.
Он помогает не только крестьянам, но и врачам. | He helps only farmers but also doctors.
```
Finds “This does exclude new talks.”, “The majority of residents do support this war.”,
“He helps only farmers but also doctors.”.

```example de en
Der Präsident hat das Gesetz nicht unterzeichnet. | The president has signed the law.
```
Finds “The president has signed the law.”.

## How to set it right

```example ru en
Это не исключает новых переговоров. | This does not exclude new talks.
Судью не нашли. | They failed to find the judge.
Он не сидел без дела. | He kept busy.
Он не только врач, но и учитель. | He is both a doctor and a teacher.
```

## Options

None.

## Limits

Where the translator put another verb as well ("The judge signed" for "did not sign" is seen, "They fled" for "did
not stay" is not), nothing tells a loss from a free rendering. Of negations taken out of good translations by program
it finds somewhat more than half into English ("not" rather than "never" and "no"), some three in five into Russian,
Ukrainian and German; into other languages this was not measured. Of a thousand good sentences it reports up to
three. Questions are passed over (in Russian they are polite by a "not"), so are sentences of more than 400 signs
(250 into other languages than English), sentences that deny twice unless a "did" is left over, and Czech verbs other
than "to be", "to have" and modal ones. Known are Russian, Ukrainian, English, German, French, Spanish, Italian,
Portuguese, Polish, Czech and Dutch; the weights of the signs were fitted on Russian, Ukrainian, German and English,
on published translations other than those that the figures of the checks are of. A negation that was put in is not
reported.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule, Unchecked
from glossary.checks.figures.compare import trusted
from glossary.checks.figures.negation import LANGUAGES, Span, not_only
from glossary.checks.figures.negation_english import only_without_not
from glossary.checks.figures.negation_traces import loss
from glossary.checks.settings import Settings
from glossary.checks.views import PairView
from glossary.extract.vectors import Vectors

_LONGEST, _LONGEST_ELSE = 400, 250  # signs of the original: into English, and into other languages


def check(pair: PairView, settings: Settings) -> Found:
    """A draft for every sure bead whose translation lost a negation."""
    unknown = [view for view in (pair.source, pair.target) if view.lang not in LANGUAGES]
    for view in unknown:
        yield Unchecked(f"words that deny are not known in this language ({view.lang})", view.name)
    if unknown:
        return
    if pair.embedder is None:
        yield Unchecked("words are not compared without a model", pair.target.name)
        return
    vectors = Vectors(pair.embedder)
    for n in range(len(pair.beads)):
        source, target = pair.span("source", n), pair.span("target", n)
        if source is None or target is None or not trusted(pair, n):
            continue
        theirs = pair.source.text[slice(*source)]
        ours = pair.target.text[slice(*target)]
        lost = _lost(theirs, pair.source.lang, ours, pair.target.lang, vectors)
        if lost is not None:
            word = theirs[slice(*lost)]
            yield Draft(
                Place(pair.target.name, *target),
                f"The original has “{word}”, and nothing here denies anything.",
                (Place(pair.source.name, source[0] + lost[0], source[0] + lost[1], "original"),),
                "Compare the sentence with the original.",
            )


def _lost(theirs: str, source_lang: str, ours: str, target_lang: str, vectors: Vectors) -> Span | None:
    """The negation of the original that nothing at its place answers for."""
    if not comparable(theirs, ours, target_lang):
        return None
    limited = not_only_lost(theirs, source_lang, ours, target_lang)
    if limited is not None:
        return limited
    found = loss(theirs, source_lang, ours, target_lang, vectors)
    return (found.start, found.end) if found and found.score >= 0 else None


def comparable(theirs: str, ours: str, target_lang: str) -> bool:
    """Whether a sentence is one that the rule looks at: no question, not too long, and translated."""
    longest = _LONGEST if target_lang == "en" else _LONGEST_ELSE
    return len(theirs) <= longest and theirs != ours and not theirs.rstrip('”»")“ ').endswith("?")


def not_only_lost(theirs: str, source_lang: str, ours: str, target_lang: str) -> Span | None:
    """The "not only" of the original that is "only" in an English translation."""
    limited = not_only(theirs, source_lang)
    return limited if limited and target_lang == "en" and only_without_not(ours) else None


RULE = Rule(
    "F006", "negation-lost", "A sentence of the original denies something, and the translation does not.",
    "warning", "pair", check, page=__doc__ or "",
)  # fmt: skip
