"""Words that stand beside names and are no part of them, and words that names begin with."""

from __future__ import annotations

import re

_INITIAL_EN = """
the a an this that these those many most some several few all both when while as if though although
after before since until because in on at by for with without from to of and but or so yet then later
today yesterday tomorrow meanwhile now here there once again according unlike like under over about
between among against inside outside near its his her their our my your it he she they we i what who why
how where which one two three four five other another each every not no only even also still instead
earlier previously former ex-leader says said however moreover besides such so-called
"""
_TITLES_EN = """
mr mrs ms dr president minister general colonel major captain lieutenant commander sergeant senator
governor mayor king queen prince princess sheikh mullah imam ayatollah pope sir lady lord prof professor
journalist writer activist politician lawyer director editor blogger singer actor actress musician poet
reporter correspondent columnist historian author chairman chairwoman spokesman spokeswoman leader
founder head chief ambassador judge member
"""
_RELATION_EN = """
fighters members leaders leader head chief founder founders spokesman spokeswoman spokesperson
spokespeople representative representatives envoy envoys courier couriers commander commanders adherents
sympathisers sympathizers activists men women people volunteers recruits recruiters veterans graduates
escapees defectors soldiers troops units cells cell camp camps base bases flag flags symbols logo logos
badges badge stickers posters leaflets emblem website site channel account accounts bank banks assets
board office offices archive archives report statement statements video videos clip photo photos
supporters followers supporter follower militants terrorists extremists insurgents rebels members'
deputies wing branch branches remnants ranks part parts role activities actions victims defeat rise fall
return threat leadership relatives son daughter sons-in-law wives widows wife editor editors journalists
reporters staff employees director chairman president minister ministers correspondent correspondents
columnist author lawyers half dozens hundreds thousands most some many all both one two three
three-quarters advance critics opponents agents friends enemies allies deputy treasurer secretary
headquarters positions forces
"""
_INITIAL_DE = """
der die das dem den des ein eine einer einem einen am im in an auf bei mit von vom zu zum zur nach als
wenn während laut und aber oder auch seit für gegen über unter dann heute gestern später sein seine ihr
ihre kein keine anhänger kämpfer mitglieder sprecher führer chef journalist journalistin autor autorin
schriftsteller schriftstellerin politiker politikerin anwalt anwältin regisseur regisseurin bewegung
gruppe organisation partei miliz terrororganisation terrorgruppe verein stiftung firma konzern sender
portal zeitung klub terrormiliz netzwerk
"""
_INITIAL_FR = """
le la les l' un une des du de d' ce cette ces il elle ils elles en au aux à dans par pour avec sans sur
sous selon après avant depuis quand si mais et ou donc puis hier aujourd'hui son sa ses leur leurs
journaliste écrivain monsieur madame m mme
"""
_INITIAL_RU = """
в во на с со у о об от до по за из к ко и а но или как что если когда пока после перед при для без под
над между среди это этот эта эти тот та те он она они мы вы я его ее их все оба обе так также ещё еще
уже не ни лишь только даже ведь же там тут здесь тогда теперь сейчас сегодня вчера затем потом позже
ранее раньше согласно против господин госпожа г-н г-жа
"""
_INITIAL_UK = """
в у на з із зі про від до по за і й а але або як що якщо коли поки після перед при для без під над між
серед це цей ця ці той та ті він вона вони ми ви я його її їх усі всі обидва так також ще вже не ні лише
тільки навіть тут там тоді тепер зараз сьогодні вчора потім пізніше раніше проти пан пані журналіст
журналістка письменник письменниця адвокат режисер бойовики бійці лідер учасник учасники член члени
прихильники представники загони колонку
"""

INITIAL = {
    lang: frozenset(words.split())
    for lang, words in (
        ("en", _INITIAL_EN), ("de", _INITIAL_DE), ("fr", _INITIAL_FR), ("ru", _INITIAL_RU), ("uk", _INITIAL_UK)
    )
}  # fmt: skip
TITLES_EN = frozenset(_TITLES_EN.split())
RELATION_EN = frozenset(_RELATION_EN.split())

# Russian: inanimate nouns that stand before a name without being part of it («Флаг Аль-Каиды»).
RELATION_RU = re.compile(
    r"(?:флаг|ячейк|лагер|отряд|штаб|сайт|эмблем|символик|баз[аыеу]|отделени|рядах?|ряды|сторон"
    r"|листовк|деятельност|лидерств|руководств|главн|заявлени|атак|удар|позици|террорист|боевик"
    r"|финансировани|имуществ|счет|верхушк|крыл|представительств|угроз|режим|власт|войск|спецслужб"
    r"|канал|групп|стать|доклад|отчет|бюро|офис|редакци|пресс-служб|правительств|министерств"
    r"|интервью|поддержк|вербовк|основател|глав)\w*"
)
# Nouns that the name of an organisation may begin with, written with a capital letter and no quotation marks.
ORGANISATION = {
    "ru": re.compile(
        r"(?:фронт|комитет|парти|союз|движени|институт|арми|лиг|фонд|центр|ассоциаци|организаци"
        r"|братств|государств|конгресс|совет|корпус|легион|полк|бригад|объединени|альянс|эмират"
        r"|халифат|федераци|конфедераци|общин|обществ|меджлис|штаб|форум|инициатив|группа|сет[ьи]"
        r"|школ|дом|голос|мемориал|свидетел|синдикат|коалици|ополчени|движение|хартия|радио"
        r"|агентств|бюро|проект|служб|батальон|академи|университет|клуб|сын|брать|дет[иея]|сестр"
        r"|страж|воин|меч|народн|национальн|исламск)\w*"
    ),
    "uk": re.compile(
        r"(?:фронт|комітет|парті|союз|рух|інститут|армі|ліг|фонд|центр|асоціаці|організаці|братств"
        r"|держав|конгрес|рад[аиу]|корпус|легіон|полк|бригад|об'єднанн|альянс|емірат|халіфат"
        r"|федераці|громад|товариств|штаб|форум|ініціатив|мереж|школ|дім|голос|радіо|агенц|народн"
        r"|національн|ісламськ)\w*"
    ),
    "de": re.compile(
        r"(?:\w*(?:armee|front|bund|liga|union|partei|institut|komitee|haus|stimme|allianz|rat|bruderschaft"
        r"|söhne|brüder|kreis|zentrum|verein|wache|legion|staat|emirat|organisation|bewegung"
        r"|brigaden?|stiftung|gesellschaft|gemeinschaft|kongress|radio|zeugen))(?:s|es|en|n)?"
    ),
    "fr": re.compile(
        r"(?:armée|front|union|ligue|parti|institut|comité|maison|voix|alliance|conseil|fraternité"
        r"|fils|frères|cercle|centre|garde|légion|état|émirat|mouvement|brigades?|fondation"
        r"|société|communauté|congrès|chasseurs|organisation|radio|témoins|fédération|jeunesse"
        r"|gardiens|soldats|enfants|amis)"
    ),
}
INNER = {
    "en": frozenset(("of", "for", "the", "by", "de", "al", "du", "la", "le", "von", "van", "bin", "ibn")),
    "de": frozenset(("der", "des", "von", "für", "zur", "und")),
    "fr": frozenset(("de", "du", "des", "d'", "la", "le", "l'", "pour", "et", "les")),
    "ru": frozenset({"и", "за", "по", "в", "на", "против", "имени", "без"}),
    "uk": frozenset({"і", "та", "й", "за", "по", "в", "у", "на", "проти", "імені", "без"}),
}
# English: small-lettered words between a name and its mark, or between two names of a list.
GENERIC_EN = re.compile(
    r"(?:terrorist|extremist|militant|jihadi(?:st)?|islamist|radical|rebel|armed|insurgent|separatist"
    r"|religious|neo-nazi|far-right|youth|human|rights|social|media|news|online|street|fan"
    r"|opposition|underground|militia|group|grouping|movement|party|club|society|union"
    r"|cent(?:er|re)|weekly|daily|monthly|newspaper|magazine|website|site|channel|outlet|fund"
    r"|foundation|association|company|corporation|firm|platform|messenger|organi[sz]ation"
    r"|organi[sz]ations|portal|app|service|agency|project|initiative|collective|faction|cell|sect"
    r"|cult|gang|regime|supporters?|fighters?|members?|militants|battalion|unit|network|institute"
    r"|council|committee|brigade|journal|broadcaster|publication|front|alliance|league"
    r"|congregation|community|administration|government|branch|wing)s?|(?:part|compan|societ|communit|agenc)ies"
)
