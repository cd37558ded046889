"""The names of months and weekdays. Pure.

A line is a number and its forms, months from 1 for January, weekdays from 1 for Monday; "a(b,c)" is "ab" and "ac".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from glossary.checks.figures.numerals import expand

CAPITAL = frozenset({"en", "de"})  # months and weekdays have capitals here
DOUBTFUL: Mapping[str, frozenset[str]] = {
    "en": frozenset({"may", "march", "mar", "sun", "sat", "jan"}), "de": frozenset({"mai", "mo", "di"}),
    "fr": frozenset({"mars"}), "it": frozenset({"sabato"}), "pl": frozenset({"maja", "luty", "lutego", "sobie"}),
}  # fmt: skip
"""Words that are also something else: a month only beside a figure or behind a preposition of time."""

_MONTHS: Mapping[str, str] = {
    "en": "january jan|february feb|march mar|april apr|may|june|july|august aug|september sep sept|october oct"
    "|november nov|december dec",
    "ru": "январ(ь,я,е,ю,ем) янв январск(*)|феврал(ь,я,е,ю,ем) фев февральск(*)|март(,а,е,у,ом) мартовск(*)"
    "|апрел(ь,я,е,ю,ем) апр апрельск(*)|ма(й,я,е,ю,ем) майск(*)|июн(ь,я,е,ю,ем) июньск(*)"
    "|июл(ь,я,е,ю,ем) июльск(*)|август(,а,е,у,ом) авг августовск(*)"
    "|сентябр(ь,я,е,ю,ем) сен сент сентябрьск(*)|октябр(ь,я,е,ю,ем) окт октябрьск(*)"
    "|ноябр(ь,я,е,ю,ем) ноя ноябрьск(*)|декабр(ь,я,е,ю,ем) дек декабрьск(*)",
    "uk": "січ(ень,ня,ні,ню,нем) січнев(*)|лют(ий,ого,ому,им) лютнев(*)|берез(ень,ня,ні,ню,нем) березнев(*)"
    "|квіт(ень,ня,ні,ню,нем) квітнев(*)|трав(ень,ня,ні,ню,нем) травнев(*)"
    "|черв(ень,ня,ні,ню,нем) червнев(*)|лип(ень,ня,ні,ню,нем) липнев(*)|серп(ень,ня,ні,ню,нем) серпнев(*)"
    "|верес(ень,ня,ні,ню,нем) вереснев(*)|жовт(ень,ня,ні,ню,нем) жовтнев(*)"
    "|листопад(,а,і,у,ом) листопадов(*)|груд(ень,ня,ні,ню,нем) груднев(*)",
    "de": "januar(,s) jänner jan|februar(,s) feb|märz|april(,s) apr|mai|juni juno|juli|august(,s) aug"
    "|september(,s) sept|oktober(,s) okt|november(,s) nov|dezember(,s) dez",
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "es": "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre setiembre|octubre|noviembre|diciembre",
    "it": "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
    "pt": "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
    "cs": "led(en,na,nu,nem)|únor(,a,u,em)|březen březn(a,u,em)|duben dubn(a,u,em)|květen květn(a,u,em)"
    "|červen červn(a,u,em)|červen(ec,ce,ci,cem)|srpen srpn(a,u,em)|září|říj(en,na,nu,nem)"
    "|listopad(,u,em)|prosin(ec,ce,ci,cem)",
    "pl": "stycz(eń,nia,niu,niem)|lut(y,ego,ym)|mar(zec,ca,cu,cem)|kwie(cień,tnia,tniu,tniem)|maj(,a,u,em)"
    "|czerw(iec,ca,cu,cem)|lip(iec,ca,cu,cem)|sierp(ień,nia,niu,niem)|wrze(sień,śnia,śniu,śniem)"
    "|październik(,a,u,iem)|listopad(,a,zie,em)|grud(zień,nia,niu,niem)",
    "nl": "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    "tr": "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
    "fa": "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه جولای|اوت آگوست|سپتامبر|اکتبر|نوامبر|دسامبر",
    "ar": "يناير|فبراير شباط|مارس آذار|أبريل ابريل نيسان|مايو أيار|يونيو حزيران|يوليو تموز|أغسطس اغسطس آب"
    "|سبتمبر أيلول|أكتوبر اكتوبر|نوفمبر|ديسمبر",
}
_WEEKDAYS: Mapping[str, str] = {
    "en": "monday(,s)|tuesday(,s)|wednesday(,s)|thursday(,s)|friday(,s)|saturday(,s)|sunday(,s)",
    "ru": "понедельник(,а,у,ом,е,и,ам)|вторник(,а,у,ом,е,и,ам)|сред(у,ам)|четверг(,а,у,ом,е,и,ам)"
    "|пятниц(а,у,ы,е,ей,ам)|суббот(а,у,ы,е,ой,ам)|воскресень(е,я,ю,ем,ям)",
    "uk": "понеділ(ок,ка,ку,ком,ки)|вівтор(ок,ка,ку,ком,ки)|серед(у)|четвер четверг(а,у,ом,и)"
    "|п'ятниц(я,ю,і,ею)|субот(а,у,и,і,ою)|неділ(я,ю,і,ею)",
    "de": "montag(,s,e)|dienstag(,s,e)|mittwoch(,s)|donnerstag(,s,e)|freitag(,s,e)|samstag(,s,e) sonnabend(,s)"
    "|sonntag(,s,e)",
    "fr": "lundi(,s)|mardi(,s)|mercredi(,s)|jeudi(,s)|vendredi(,s)|samedi(,s)|dimanche(,s)",
    "es": "lunes|martes|miércoles|jueves|viernes|sábado(,s)|domingo(,s)",
    "it": "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
    "cs": "ponděl(í,ka)|úter(ý,ní,ek) úterk(a,u)|střed(a,u,y,ě)|čtvrt(ek,ka,ku)|pát(ek,ku)|sobot(a,u,y,ě)"
    "|neděl(e,i,í)",
    "pl": "poniedział(ek,ku,ki)|wtor(ek,ku,ki)|środ(a,ę,y,zie)|czwart(ek,ku,ki)|piąt(ek,ku,ki)|sobot(a,ę,y)"
    "|niedziel(a,ę,i)",
    "nl": "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
}


_ADJECTIVES = "ий,ая,ое,ого,ому,им,ом,ой,ую,ие,их,ими,а,е,ої,ій,у,і"


@cache
def months(lang: str) -> Mapping[str, int]:
    """The month that each form of its name means; empty without a table for the language."""
    return _table(_MONTHS.get(lang, ""))


@cache
def weekdays(lang: str) -> Mapping[str, int]:
    """The weekday that each form of its name means; empty without a table for the language."""
    return _table(_WEEKDAYS.get(lang, ""))


def _table(lines: str) -> dict[str, int]:
    groups = [line.split() for line in lines.split("|")] if lines else []
    return {
        form: number
        for number, forms in enumerate(groups, 1)
        for form in expand(one.replace("*", _ADJECTIVES) for one in forms)
    }
