"""A legal mark names another country than the original's.

## What it finds

The same mark in both texts, but “banned in Kazakhstan” where the original says «запрещена в РФ», or no country where
the original names one (a warning). With the option `spelling`, also another name of the same country: “Russia”
for «РФ».

## Why

A ban holds in one country. Another country makes another statement, and none leaves the reader guessing.

## Example

```example ru en
«Гвардия Заката» (запрещена в РФ) молчит. | The Dusk Guard (banned in Kazakhstan) is silent.
```

Finds “banned in Kazakhstan”.

```example uk de
«Гвардія Заходу» (заборонена в Росії) мовчить. | Die »Abendgarde« (in Belarus verboten) schweigt.
```

## How to set it right

Name the country that the original names. How it is spelt is free; A008 asks for one spelling in a text.

```example ru en
«Гвардия Заката» (запрещена в РФ) молчит. | The Dusk Guard (banned in Russia) is silent.
```

## Options

`spelling`: also report another name of the same country, once for each way in a translation (default: false).

## Limits

A country that only the translation names (“banned in Russia” for «запрещенная организация») is taken as help for
foreign readers. “In our country” names none, and a ministry or court without its country is one at home. Marks are
read in Russian, English, Ukrainian, German and French.
"""

from __future__ import annotations

from collections import defaultdict

from glossary.annotations.lexicon import lexicon
from glossary.annotations.tokens import tokenise
from glossary.checks.base import Draft, Found, Option, Rule
from glossary.checks.marks.pairs import OURS, country, mark_place, matched, open_sides, policy
from glossary.checks.settings import Settings
from glossary.checks.views import PairView
from glossary.model import Annotation


def check(pair: PairView, settings: Settings) -> Found:
    """Drafts for marks whose countries differ."""
    yield from open_sides(pair)
    if policy(pair.target) == "drop":
        return
    told: set[int] = set()
    spelt: dict[tuple[str, str], list[tuple[Annotation, Annotation]]] = defaultdict(list)
    for own, mark, entry in matched(pair):
        assert entry.target is not None
        if "place" not in entry.differs or entry.target in told:
            continue
        told.add(entry.target)
        if set(own.jurisdiction) == set(mark.jurisdiction):
            if own.place and mark.place:
                spelt[own.place, mark.place].append((own, mark))
        elif own.jurisdiction and not OURS.search(own.text + mark.text) and not _by_authority(pair, mark):
            yield _draft(pair, own, mark)
    if settings.option(RULE, "spelling") and not settings.wording(pair.target.document):
        for (here, there), found in spelt.items():
            yield _spelt(pair, here, there, found)


def _by_authority(pair: PairView, mark: Annotation) -> bool:
    """Whether a mark names no country but a ministry or court: whose it is goes without saying at home."""
    tokens = tokenise(pair.target.text, mark.start, mark.end, lexicon(mark.lang))
    return not mark.jurisdiction and any(token.has("AGW") for token in tokens)


def _draft(pair: PairView, own: Annotation, mark: Annotation) -> Draft:
    lost = [country(one) for one in own.jurisdiction if one not in mark.jurisdiction]
    new = [country(one) for one in mark.jurisdiction if one not in own.jurisdiction]
    if lost and new:
        message = f"The mark names {' and '.join(new)} here and {' and '.join(lost)} in the original."
    elif lost:
        message = f"The original's mark names {' and '.join(lost)}; this one does not."
    else:
        message = f"The mark names {' and '.join(new)}, which the original's does not."
    return Draft(
        mark_place(pair.target, mark),
        message,
        evidence=(mark_place(pair.source, own, "original"),),
        suggestion="Name the country that the original names.",
        severity=None if new else "warning",
    )


def _spelt(pair: PairView, here: str, there: str, found: list[tuple[Annotation, Annotation]]) -> Draft:
    own, mark = found[0]
    times = f" ({len(found)} times)" if len(found) > 1 else ""
    return Draft(
        mark_place(pair.target, mark),
        f"The mark says “{there}” where the original says “{here}”{times}.",
        evidence=(
            mark_place(pair.source, own, "original"),
            *(mark_place(pair.target, more, "also here") for _, more in found[1:]),
        ),
        suggestion="Spell the country as the original does, if the house asks for it.",
        identity=(here, there),
        severity="note",
    )


RULE = Rule(
    "A005", "changed-place", "A legal mark names another country than the original's.", "error", "pair", check,
    page=__doc__ or "",
    options={"spelling": Option(False, "also report another name of the same country (“Russia” for «РФ»)")},
)  # fmt: skip
