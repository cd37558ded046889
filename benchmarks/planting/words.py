"""Words by language that the planter needs: romanisation, terms, units, sentences to add. All our own."""

from __future__ import annotations

_PAIRS = (
    "а a б b в v г g ґ g д d е e ё e ж zh з z и i й y і i ї yi є ye к k л l м m н n о o п p р r с s т t у u ф f х kh "
    "ц ts ч ch ш sh щ shch ы y э e ю yu я ya"
)
LETTERS = _PAIRS.split()
ROMAN = dict(zip(LETTERS[::2], LETTERS[1::2], strict=True)) | {"ъ": "", "ь": ""}
CYRILLIC = frozenset({"ru", "uk", "be", "bg"})

# How a name is spelt by another transliterator, or by one who did not look: pattern, replacement.
RESPELLINGS = (
    (r"kh", "h"),
    (r"(?<=[aeiou])h(?=[aeiou])", "kh"),
    (r"ey$", "ei"),
    (r"ei$", "ey"),
    (r"iy$", "y"),
    (r"yi$", "y"),
    (r"(?<=[bdfgklmnprstvz])y$", "i"),
    (r"(?<=[bdfgklmnprstvz])i$", "y"),
    (r"gh", "g"),
    (r"zh", "j"),
    (r"ts", "tz"),
    (r"tz", "ts"),
    (r"(?<=\w)ya", "ia"),
    (r"(?<=\w)yu", "iu"),
    (r"(?<=\w)ia", "iya"),
    (r"ov$", "off"),
    (r"ev$", "eff"),
    (r"(?<=\w)ks", "x"),
    (r"(?<=\w)x", "ks"),
    (r"(?<=\w)ck", "k"),
    (r"(?<=\w)c(?=[aou])", "k"),
    (r"(?<=\w)k(?=[aou])", "c"),
    (r"ph", "f"),
    (r"(?<=\w)([lnmstrp])\1", r"\1"),
    (r"(?<=[aeiou])([lnmst])(?=[aeiou])", r"\1\1"),
    (r"ü", "u"),
    (r"ö", "o"),
    (r"ä", "a"),
    (r"(?<=\w)v(?=[aeiou])", "w"),
    (r"(?<=\w)w(?=[aeiou])", "v"),
)

# Another acronym for the same thing, beside those of our own organisations.
RIVALS = {"US": "USA", "USA": "US", "UN": "UNO", "UK": "GB", "IS": "ISIS", "ISIS": "IS"}

# English approved rendering: (synonym, {language: (lemma, pattern of its forms)}). Plural: + s, y → ies.
TERMS: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "government": (
        "administration",
        {
            "ru": ("правительство", r"правительств(?:о|а|у|ом|е)"),
            "de": ("Regierung", r"Regierung(?:en)?"),
            "uk": ("уряд", r"уряд(?:у|ом|и|ові|і)?"),
            "cs": ("vláda", r"vlád(?:a|y|ě|u|ou)"),
        },
    ),
    "president": (
        "leader",
        {
            "ru": ("президент", r"президент(?:а|у|ом|е|ы|ов)?"),
            "de": ("Präsident", r"Präsident(?:en)?"),
            "uk": ("президент", r"президент(?:а|у|ом|и|ів|ові)?"),
            "cs": ("prezident", r"prezident(?:a|em|ovi|e)?"),
        },
    ),
    "company": (
        "firm",
        {
            "ru": ("компания", r"компани(?:я|и|ю|ей|й)"),
            "de": ("Unternehmen", r"Unternehmen(?:s)?"),
            "uk": ("компанія", r"компані(?:я|ї|ю|єю|й)"),
            "cs": ("společnost", r"společnost(?:i|í)?"),
        },
    ),
    "minister": (
        "secretary",
        {
            "ru": ("министр", r"министр(?:а|у|ом|е|ы|ов)?"),
            "de": ("Minister", r"Minister(?:s|n)?"),
            "uk": ("міністр", r"міністр(?:а|у|ом|и|ів)?"),
            "cs": ("ministr", r"ministr(?:a|em|ovi|y)?"),
        },
    ),
    "hospital": (
        "clinic",
        {
            "ru": ("больница", r"больниц(?:а|ы|е|у|ей)?"),
            "de": ("Krankenhaus", r"Krankenhaus(?:es)?|Krankenhäuser[n]?"),
            "uk": ("лікарня", r"лікарн(?:я|і|ю|ею)|лікарень"),
            "cs": ("nemocnice", r"nemocnic(?:e|i|í)?"),
        },
    ),
    "police": (
        "law enforcement",
        {
            "ru": ("полиция", r"полици(?:я|и|ю|ей)"),
            "de": ("Polizei", r"Polizei"),
            "uk": ("поліція", r"поліці(?:я|ї|ю|єю)"),
            "cs": ("policie", r"polici[eií]"),
        },
    ),
    "court": (
        "tribunal",
        {
            "ru": ("суд", r"суд(?:а|у|ом|е|ы|ов)?"),
            "de": ("Gericht", r"Gericht(?:s|e|en|es)?"),
            "uk": ("суд", r"суд(?:у|ом|і|и|ів)?"),
            "cs": ("soud", r"soud(?:u|em|y|ů)?"),
        },
    ),
    "school": (
        "academy",
        {
            "ru": ("школа", r"школ(?:а|ы|е|у|ой)?"),
            "de": ("Schule", r"Schulen?"),
            "uk": ("школа", r"шк(?:ол(?:а|и|і|у|ою)|іл)"),
            "cs": ("škola", r"škol(?:a|y|e|u|ou)?"),
        },
    ),
    "city": (
        "town",
        {
            "ru": ("город", r"город(?:а|у|ом|е|ов)?"),
            "de": ("Stadt", r"Stadt|Städten?"),
            "uk": ("місто", r"міст(?:о|а|у|ом|і)?"),
            "cs": ("město", r"měst(?:o|a|u|em|ě)?"),
        },
    ),
    "team": (
        "squad",
        {
            "ru": ("команда", r"команд(?:а|ы|е|у|ой)?"),
            "de": ("Team", r"Teams?"),
            "uk": ("команда", r"команд(?:а|и|і|у|ою)?"),
            "cs": ("tým", r"tým(?:u|em|y|ů)?"),
        },
    ),
    "match": (
        "fixture",
        {"ru": ("матч", r"матч(?:а|у|ем|е|и|ей)?"), "uk": ("матч", r"матч(?:у|ем|і|ів)?")},
    ),
    "war": (
        "conflict",
        {
            "ru": ("война", r"войн(?:а|ы|е|у|ой)?"),
            "de": ("Krieg", r"Krieg(?:es|s|e|en)?"),
            "uk": ("війна", r"війн(?:а|и|і|у|ою)|воєн"),
            "cs": ("válka", r"válk(?:a|y|u|ou)|válce"),
        },
    ),
    "region": (
        "area",
        {
            "ru": ("регион", r"регион(?:а|у|ом|е|ы|ов)?"),
            "de": ("Region", r"Region(?:en)?"),
            "uk": ("регіон", r"регіон(?:у|ом|і|и|ів)?"),
            "cs": ("region", r"region(?:u|em|y|ů)?"),
        },
    ),
    "problem": (
        "issue",
        {
            "ru": ("проблема", r"проблем(?:а|ы|е|у|ой)?"),
            "de": ("Problem", r"Problem(?:e|en|s)?"),
            "uk": ("проблема", r"проблем(?:а|и|і|у|ою)?"),
            "cs": ("problém", r"problém(?:u|em|y|ů)?"),
        },
    ),
    "road": (
        "route",
        {
            "ru": ("дорога", r"дорог(?:а|и|е|у|ой)?"),
            "de": ("Straße", r"Straßen?"),
            "uk": ("дорога", r"дорог(?:а|и|у|ою)|дорозі|доріг"),
            "cs": ("silnice", r"silnic(?:e|i|í)?"),
        },
    ),
}

# Figures: word in the translation, replacement, and what has to stand in the original of any language.
UNITS = (
    (r"(?<=\d )km\b", "miles", r"км|\bkm\b|кілометр|километр|Kilometer|kilometr"),
    (r"\bkilomet(?:er|re)s\b", "miles", r"км|\bkm\b|кілометр|километр|Kilometer|kilometr"),
    (r"(?<=\d )kg\b", "pounds", r"кг|\bkg\b"),
    (r"\bkilograms\b", "pounds", r"кг|\bkg\b|кілограм|килограмм|Kilogramm|kilogram"),
    (r"(?<=\d )(?:meters|metres)\b", "feet", r"\bм\b|метр|\bm\b|Meter|metr"),
    (r"(?<=\d )(?:m|cm)\b", "inches", r"\bс?м\b|\bc?m\b|сантиметр|метр"),
    (r"(?<=\d )(?:hectares|ha)\b", "acres", r"гектар|\bга\b|Hektar|\bha\b|hektar"),
    (r"(?<=\d )hours\b", "days", r"час(?:а|ов)?\b|годин|Stunden|hodin"),
    (r"(?<=\d )minutes\b", "hours", r"минут|хвилин|Minuten|minut"),
)
CURRENCIES = (
    (r"\bdollars\b", "euros", r"доллар|долар|Dollar|\$|dolar"),
    (r"\$(?=\d)", "€", r"доллар|долар|Dollar|\$|dolar"),
    (r"\beuros\b", "dollars", r"евро|євро|Euro|€|eur"),
    (r"€(?=\d)", "$", r"евро|євро|Euro|€|eur"),
    (r"\bro?ubles\b", "dollars", r"рубл|руб\.|Rubel|rubl"),
    (r"\bhryvnias?\b", "euros", r"грив|грн"),
    (r"\bpounds\b", "dollars", r"фунт|Pfund|£|liber"),
)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NEGATIONS = {
    "ru": r"\b(?:не|ни|нет|нельзя|никто|ничего|никогда|без)\b",
    "uk": r"\b(?:не|ні|нема|немає|ніхто|нічого|ніколи|без)\b",
    "de": r"\b(?:nicht|kein\w*|nie|niemals|nichts|niemand|ohne)\b",
    "cs": r"\b(?:ne(?!bo\b|ž\b|dávno|ustále|jen)\w*|bez|nikdo|nic|nikdy|žádn\w+)\b",
    "es": r"\b(?:no|ni|nunca|nadie|nada|sin)\b",
}

# Sentences that nobody wrote in the original.
ADDED = {
    "en": (
        "The ferry had been repainted twice that summer, and nobody could say why.",
        "An old clock on the wall was ten minutes slow, as it had been for years.",
        "His cousin keeps bees on the roof and sells the honey to her neighbors.",
        "In the afternoon a brass band practiced in the yard behind the library.",
        "The bakery on the corner closes early when there is a wedding in the village.",
        "Later the photographs were found in a drawer under a pile of sheet music.",
        "A retired gardener was the first to notice that the fountain had run dry.",
        "Most visitors leave their umbrellas in the hall and forget to take them along.",
        "The choir sang one more song before the lights in the hall went out.",
        "She wrote the recipe on the back of a tram ticket and lost it the same evening.",
    ),
    "de": (
        "Die Fähre war in jenem Sommer zweimal neu gestrichen worden, und niemand wusste, warum.",
        "Eine alte Wanduhr ging zehn Minuten nach, wie schon seit Jahren.",
        "Seine Cousine hält Bienen auf dem Dach und verkauft den Honig an die Nachbarn.",
        "Am Nachmittag probte eine Blaskapelle im Hof hinter der Bücherei.",
    ),
}

# What a legal mark cannot well stand behind: names of time, adjectives, the first part of a longer name.
TIMES = frozenset((*MONTHS, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
ADJECTIVE = r"(?:ian|sky|skiy|ese|ish)$"
PARTICLES = frozenset(("de", "da", "di", "van", "von", "der", "al", "bin", "del", "la"))
