"""What stands around figures: ordinal endings, hours, percent, scales, and what joins a range. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from glossary.checks.figures import calendar_words as calendar

_BLANKS = r"[ \u00a0\u202f\u2009]"
ORDINAL = re.compile(
    r"(?:st|nd|rd|th|er|re|ère|e|ème|eme|º|ª|o|a)(?!\w)"
    r"|[-‑–]?(?:го|му|ми|ый|ий|ая|ое|ых|их|ом|ой|ою|ої|ій|им|ті|та|ту|те|ти|мя|ма|ше|ша|га|ге|гу|ма|ме|му|"
    r"й|я|е|м|х|ю|а|у|і|ї)(?!\w)"
)
DECADE = re.compile(
    r"['’]?s(?!\w)|[-‑–]?(?:х|е|ми|ых|ые|тих|ті)(?!\w)|(?:er|ern)(?!\w)|-?(?:as|es)(?!\w)|\. ?(?:roku|"
    r"let)(?!\w)"
)
CENTURY = re.compile(
    rf"\.?{_BLANKS}?-?(?:centur(?:y|ies)|век(?:а|е|у|ом|ов|ах|ами)?|вв?\.|столети\w+|століт\w+|вік|віку|"
    rf"віці|jahrhundert\w*|"
    rf"siècles?|secol[oi]|século?s?|stolet\w+|wiek\w*|eeuw\w*)(?!\w)",
    re.IGNORECASE,
)
GLUED = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?")
PERCENT = re.compile(
    rf"{_BLANKS}?[-‑]?(?:%|٪|％|‰|(?:percent|per{_BLANKS}cent|pct|процент\w*|відсот\w+|prozent\w*|"
    rf"pour{_BLANKS}cent|"
    rf"por{_BLANKS}?cien\w*|por{_BLANKS}cento|per{_BLANKS}cento|procent\w*|درصد|(?:في|ب)ال(?:مئة|مائة)|"
    rf"في{_BLANKS}ال(?:مئة|مائة)|אחוז\w*)(?!\w))",
    re.IGNORECASE,
)
HOUR = re.compile(
    rf"{_BLANKS}?(?:[ap]\.?m\.?(?!\w)|o['’]clock|uhr(?!\w)|утра(?!\w)|вечера(?!\w)|ночи(?!\w)|дня(?!\w)|"
    rf"ранку(?!\w)|"
    rf"вечора(?!\w)|ночі(?!\w)|h(?!\w)|heures?(?!\w)|hodin\w*|часов(?!\w)|год(?:ин[иі]?)?\.?(?!\w)|"
    rf"час(?!\w)|ч\.?(?!\w))",
    re.IGNORECASE,
)
TIME_BEFORE = re.compile(
    r"(?:^|\W)(?:в|о|об|at|um|à|a las|alle|v|ve|o|с|до|after|before|around|около|после|к)\W+$", re.IGNORECASE
)
LINKED = re.compile(
    r"[\s.,]{0,3}(?:(?:de|of|the|del|d['’])\s+)*|\s?(?:[-‑]?(?:го|е|ого)|st|nd|rd|th|"
    r"er)?\s(?:of\s)?(?:the\s)?"
)
PER_HOUR = re.compile(
    rf"\s?/\s?(?:h|hr|hour|ч|час)(?!\w)|{_BLANKS}(?:per|an|в|на|pro|die|par|por|za|na|ora|all['’]|"
    rf"all){_BLANKS}?(?:hour|час|годину|stunde|heure|hora|hodinu|godzinę|ora)",
    re.IGNORECASE,
)
SQUARES: Mapping[str, str] = {
    **dict.fromkeys(
        [
            "square",
            "sq",
            "кв",
            "квадратных",
            "квадратный",
            "квадратного",
            "квадратные",
            "квадратні",
            "quadrat",
            "carrés",
            "carré",
            "cuadrados",
            "quadrati",
            "quadrados",
            "čtverečních",
            "kwadratowych",
        ],
        "2",
    ),
    **dict.fromkeys(["cubic", "cu", "куб", "кубических", "кубический", "кубичных", "кубічних"], "3"),
}
NAUTICAL = frozenset(
    [
        "nautical",
        "морских",
        "морские",
        "морскую",
        "seemeilen",
        "marins",
        "náuticas",
        "marines",
        "nautiques",
        "náuticos",
        "nautiche",
        "námořních",
        "morskich",
    ]
)
SKIPPED = frozenset(
    [
        "us",
        "u",
        "s",
        "of",
        "the",
        "american",
        "american",
        "australian",
        "canadian",
        "de",
        "d",
        "di",
        "von",
        "der",
        "dos",
        "von",
        "американских",
        "американские",
        "американского",
        "канадских",
        "австралийских",
        "американських",
        "австралійських",
        "канадських",
        "us-",
        "amerikanische",
        "amerikanischen",
        "russian",
        "российских",
        "російських",
        "indian",
        "индийских",
        "turkish",
        "турецких",
        "swiss",
        "швейцарских",
        "czech",
        "чешских",
    ]
)
_M = 1e6
MULTIPLIERS: Mapping[str, Mapping[str, float]] = {
    "en": {"k": 1e3, "m": _M, "mn": _M, "mln": _M, "bn": 1e9, "b": 1e9, "bln": 1e9, "tn": 1e12,
           "trn": 1e12, "tln": 1e12},
    "ru": {"млн": _M, "млрд": 1e9, "трлн": 1e12, "тыс": 1e3},
    "uk": {"млн": _M, "млрд": 1e9, "трлн": 1e12, "тис": 1e3},
    "ar": {"ألف": 1e3, "آلاف": 1e3, "ألفا": 1e3, "مليون": _M, "مليوناً": _M, "ملايين": _M, "مليار": 1e9,
           "مليارات": 1e9, "تريليون": 1e12},
    "fa": {"هزار": 1e3, "میلیون": _M, "میلیارد": 1e9, "تریلیون": 1e12},
    "he": {"אלף": 1e3, "אלפים": 1e3, "מיליון": _M, "מיליארד": 1e9},
    "tr": {"bin": 1e3, "milyon": _M, "milyar": 1e9, "trilyon": 1e12},
    "de": {"tsd": 1e3, "mio": _M, "mrd": 1e9}, "fr": {"mio": _M, "md": 1e9, "mds": 1e9},
    "pl": {"tys": 1e3, "mln": _M, "mld": 1e9}, "cs": {"tis": 1e3, "mld": 1e9},
    "it": {"mln": _M, "mld": 1e9}, "pt": {"mi": _M, "bi": 1e9}, "nl": {"mln": _M, "mld": 1e9, "mrd": 1e9},
}  # fmt: skip
SCALED = frozenset(MULTIPLIERS) | {"zh", "ja", "ko"}
"""Languages whose thousands and millions are known; in others only the digits before them can be compared."""

_JOINS = re.compile(
    r"[ \u00a0]?(?:[-–—‑/]|to|until|or|and|bis|oder|und|до|или|и|по|або|чи|і|та|й|à|ou|et|a|o|y|u|až|nebo|"
    r"do|lub|i|e|ed|tot|of|en)"
    r"[ \u00a0]?(?:[$€£¥₽₴])?",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"[ \u00a0-]?(?:год|года|году|годом|годы|годов|годам|гг?|рік|року|роком|роки|років|рр?|rok|roku|"
    r"rokiem|rokem|roce)(?!\w)"
)
_IN_TIME = re.compile(
    r"(?:(?:^|\W)(?:in|of|since|until|till|by|last|this|next|early|late|mid|from|to|through|during|before|"
    r"after|every|each|"
    r"im|anfang|mitte|ende|seit|bis|vom|letzten|nächsten|en|de|depuis|fin|début|w|od|do)|\d(?:st|nd|rd|th|"
    r"\.)?)[ \u00a0,-]+$",
    re.IGNORECASE,
)
_FIGURE_NEXT = re.compile(r"\.?[ \u00a0,]+\d")


class Grammar:
    """The calendar of a language, and what makes a year or a month of a word."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.months = calendar.months(lang)
        self.weekdays = calendar.weekdays(lang)
        self.capital = lang in calendar.CAPITAL
        self.doubtful = calendar.DOUBTFUL.get(lang, frozenset())

    def is_year(self, text: str, end: int) -> bool:
        """Whether the word for a year behind four digits makes them a year («2022 года», not "2000 years")."""
        return bool(_YEAR.match(text, end))

    def is_calendar(self, text: str, start: int, end: int, word: str) -> bool:
        """Whether a word that may name a month or weekday does so here."""
        if self.capital and not text[start].isupper():
            return False
        if word not in self.doubtful:
            return True
        return bool(_IN_TIME.search(text[max(0, start - 14) : start]) or _FIGURE_NEXT.match(text, end))


def joins(gap: str) -> bool:
    """Whether what stands between two numbers makes a range or a pair of them."""
    return bool(_JOINS.fullmatch(gap))
