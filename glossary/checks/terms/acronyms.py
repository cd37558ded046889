"""Acronyms of one text: where they stand, where the text explains them, and which need no explanation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from glossary.checks.views import TextView
from glossary.extract.acronyms import find_acronyms
from glossary.extract.morphology import lemma
from glossary.extract.words import is_acronym, shouted, without_genitive, words

_ROMAN = re.compile(r"[IVXLCDM]+|[ІХVХLС]+")
_EVERYWHERE = (
    "USA US UK EU UN NATO TV PC CEO CFO CTO DNA RNA GPS AM PM BBC CNN FBI CIA HIV AIDS COVID SMS USB PDF ID OK VIP "
    "FAQ URL HTML CV PR IT AI GDP VAT ATM LGBT UNESCO UNICEF NASA WHO IMF WTO OSCE OPEC FIFA UEFA NBA NHL NFL AP AFP "
    "DVD CD LED LCD HD API SUV SIM DJ PS NB USSR GMT UTC CET EST USD EUR RUB GBP UAE WWII HQ NGO DIY ASAP LOL "
    "iOS IOS PIN QR RV SOS UFO WC WWF XXL ABC CBS NBC PBS MIT IBM BMW KGB FSB"
)
_KNOWN = {
    "ru": "США РФ СССР ЕС ООН НАТО ТВ СМИ ВВП МВД ФСБ ВОЗ МИД ДТП ЧП ГИБДД МЧС НДС КНР ФРГ ОАЭ ЦБ ЧМ МГУ РАН КПСС "
          "СНГ ОБСЕ МВФ ВТО РИА ТАСС РБК ЖКХ ИТ ПК ГЭС АЭС ТЭЦ ООО ОАО ЗАО ПАО АО ИП УК ТЦ ВВС ВМФ НКО ДНК СПИД ВИЧ",
    "uk": "США РФ СРСР ЄС ООН НАТО ТБ ЗМІ ВВП МВС СБУ ВООЗ МЗС ДТП ДСНС ПДВ КНР ФРН ОАЕ НБУ ЗСУ АЕС ТОВ ВР КМУ ОБСЄ "
          "МВФ ГУР ППО",
    "de": "USA EU UNO ARD ZDF CDU SPD FDP CSU BRD DDR PKW LKW EZB UdSSR ÖPNV WLAN KI IS GmbH AG KG",
    "fr": "ONU UE OTAN USA PIB TVA SNCF RATP TGV URSS OMS FMI ONG PDG SIDA VIH",
    "es": "ONU UE OTAN EEUU PIB IVA OMS FMI ONG URSS SIDA VIH",
    "pl": "ONZ UE NATO USA PKB VAT ZSRR WHO RP",
    "cs": "OSN EU NATO USA HDP DPH SSSR ČR",
    "it": "ONU UE NATO PIL IVA URSS OMS", "pt": "ONU UE OTAN EUA PIB IVA OMS",
}  # fmt: skip


class Explained(NamedTuple):
    """An acronym and what it stands for, as ``text[start:end]`` and ``text[long_start:long_end]`` explain it."""

    acronym: str
    start: int
    end: int
    long: str
    long_start: int
    long_end: int


@cache
def known(lang: str) -> frozenset[str]:
    """Acronyms that need no explanation for readers of a language."""
    return frozenset(_EVERYWHERE.split()) | frozenset(_KNOWN.get(lang, "").split())


def plain(acronym: str) -> str:
    """The acronym without full stops: "US" of "U.S."."""
    return acronym.replace(".", "")


@lru_cache(maxsize=4)
def acronyms_of(view: TextView) -> Mapping[str, list[tuple[int, int]]]:
    """The acronyms of a text and where they stand; not in headings in capitals alone, not in legal marks."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for segment in view.document.segments:
        line = words(view.text, view.lang, segment.start, segment.end)
        if shouted(line):
            continue
        for word in line:
            bare = without_genitive(word.text, view.lang)
            own = plain(bare)
            if (
                is_acronym(bare)
                and own.isalpha()
                and own.isupper()
                and 2 <= len(own) <= 6
                and not _ROMAN.fullmatch(own)
                and "-" not in bare
                and not view.in_mark(word.start, word.end)
                and not _is_placeholder(view.text, word.start, word.end)
            ):
                found[own].append((word.start, word.start + len(bare)))
    return found


def _is_placeholder(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(sign in around for sign in "#_@/\\&$€£+=<>")


@lru_cache(maxsize=4)
def explanations(view: TextView) -> tuple[Explained, ...]:
    """The explanations of acronyms in a text, in order."""
    text = view.text
    return tuple(
        Explained(
            plain(text[one.start : one.end]), one.start, one.end,
            " ".join(text[one.long_start : one.long_end].split()), one.long_start, one.long_end,
        )
        for one in find_acronyms(text)
    )  # fmt: skip


def same_expansion(one: str, other: str, lang: str) -> bool:
    """Whether two long forms are the same words in any inflection, one perhaps longer."""
    a, b = ({lemma(word.text, lang) for word in words(long, lang)} for long in (one, other))
    return a <= b or b <= a
