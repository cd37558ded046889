"""The participle of a legal mark does not agree with the noun that it speaks of.

## What it finds

Russian and Ukrainian marks in another gender or number than the noun before the name: «движение «…» (запрещена
в РФ)», «організація «…» (заборонений у РФ)»; and a joint mark in the singular.

## Why

A ready-made mark was pasted behind a name without being inflected. Readers stumble.

## Example

```example ru
Движение «Закат» (запрещена в РФ) молчит.
```

Finds “запрещена”.

```example uk
Рух «Захід» (заборонена в Росії) мовчить.
```

Finds “заборонена”.

## How to set it right

Use the form that is suggested; `concord fix` can put it in.

```example ru
Движение «Закат» (запрещено в РФ) молчит.
Группировка «Рассвет» (запрещена в РФ) тоже.
```

```example uk
Рух «Захід» (заборонений в Росії) мовчить.
Організація «Схід» (заборонено в Росії) теж.
```

## Options

None.

## Limits

Only where a noun shows the gender: «Закат» (запрещена …) alone may speak of an organisation. Names beside acronyms
are left alone. In English and German the mark's participle is not inflected in brackets, so nothing has to agree;
French is not checked.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule, Unchecked
from glossary.checks.marks.pairs import no_grammar
from glossary.checks.settings import Settings
from glossary.checks.views import TextView
from glossary.model import Annotation


def check(view: TextView, settings: Settings) -> Found:
    """Drafts for marks that do not agree."""
    if not view.knows_marks:
        yield no_grammar(view)
    elif view.lang == "fr" and view.marks:
        yield Unchecked("there are no rules of agreement for “fr”", view.name)
    for mark in view.marks:
        if mark.agreement is not None and not mark.agreement.ok:
            yield _draft(view, mark, mark.agreement.found, mark.agreement.expected)


def _draft(view: TextView, mark: Annotation, found: str, expected: str) -> Draft:
    at = mark.text.find(found)
    if "ё" not in view.text:
        expected = expected.replace("ё", "е")
    start, end = (mark.start + at, mark.start + at + len(found)) if at >= 0 else (mark.start, mark.end)
    many = len(mark.concepts) > 1
    what = "the names" if many else f"“{_named(view.text, mark)}”"
    return Draft(
        Place(view.name, start, end),
        f"“{found}” does not agree with {what}" + (f"; “{expected}” would." if expected else "."),
        suggestion=f"Write “{expected}”."
        if expected
        else "Put the participle into the noun's gender and number.",
        replacement=expected if expected and at >= 0 else None,
    )


def _named(text: str, mark: Annotation) -> str:
    """The name with the word before it, which shows the gender."""
    name = mark.concepts[0]
    before = text[max(0, name.start - 40) : name.start].rstrip(" \u00a0«“„\"'").split()
    return f"{before[-1]} {name.text}" if before and before[-1].isalpha() else name.text


RULE = Rule(
    "A011", "mark-agreement", "The participle of a legal mark does not agree with the noun that it speaks of.",
    "warning", "text", check, page=__doc__ or "", both_sides=True,
)  # fmt: skip
