"""A date or time of the original is another one in the translation.

## What it finds

A year, month, day, weekday, decade, century or clock time that is left over on both sides of a sentence: 3
March became 13 March, «в июле» became "in June", 9:30 became 9:50. Dates in digits (3.03.2022, 2022-03-03,
2022年3月3日) and in words are the same to it, and so are 9 pm and 21:00.

## Why

A wrong date makes a text false where it is easiest to check.

## Example

```example ru en
Больницу открыли 14 марта 2022 года. | The hospital opened on May 14, 2022.
Ответа ждали до ноября 2023 г. | They waited for an answer until November 2024.
```
Finds “May”, “2024”.

```example de en
Der Zug fährt um 9.30 Uhr ab. | The train leaves at 9:50 am.
Am Dienstag war der Markt leer. | On Thursday the market was empty.
```
Finds “9:50”, “Thursday”.

## How to set it right

```example ru en
Больницу открыли 14.03.2022. | The hospital opened on March 14, 2022.
В девяностые годы здесь была чайная. | In the 1990s there was a teahouse here.
Поезд уходит в 21:00. | The train leaves at 9 pm.
```

## Options

None.

## Limits

A date that is left out or put in is not reported. Months of calendars other than the Gregorian are not
converted. Names of months are known in twelve European languages, Turkish, Arabic (those of one word) and
Persian, weekdays in ten European languages; of other languages only digits are compared.
"""

from __future__ import annotations

from glossary.checks.base import Found, Rule
from glossary.checks.figures.calendar_words import months
from glossary.checks.figures.compare import drafts, unknown
from glossary.checks.figures.figure import DATES
from glossary.checks.settings import Settings
from glossary.checks.views import PairView


def check(pair: PairView, settings: Settings) -> Found:
    """A draft for every part of a date that differs."""
    langs = {view.lang for view in (pair.source, pair.target)}
    known = {lang for lang in langs if lang in ("zh", "ja", "ko") or months(lang)}
    yield from unknown(pair, known, "names of months")
    yield from drafts(pair, DATES, "date")


RULE = Rule(
    "F002", "date-differs", "A date or time of the original is another one in the translation.",
    "error", "pair", check, page=__doc__ or "",
)  # fmt: skip
