"""Legal marks in our own wordings, the same in each language: by status, place and wording."""

from __future__ import annotations

PLACES = {
    "ru": {"rf": "РФ", "russia": "России", "kazakhstan": "Казахстане"},
    "uk": {"rf": "РФ", "russia": "Росії", "kazakhstan": "Казахстані"},
    "de": {"rf": "der Russischen Föderation", "russia": "Russland", "kazakhstan": "Kasachstan"},
    "cs": {"rf": "Ruské federaci", "russia": "Rusku", "kazakhstan": "Kazachstánu"},
    "en": {
        "rf": "the Russian Federation",
        "russia": "Russia",
        "kazakhstan": "Kazakhstan",
        "usa": "the United States",
    },
}
# Words that agree with no gender, so that they can stand behind any name.
WORDINGS = {
    "ru": {
        "banned": "организация запрещена в {}",
        "extremist": "организация признана экстремистской и запрещена в {}",
        "terrorist": "организация признана террористической и запрещена в {}",
    },
    "uk": {
        "banned": "організація заборонена в {}",
        "extremist": "організація визнана екстремістською і заборонена в {}",
        "terrorist": "організація визнана терористичною і заборонена в {}",
    },
    "de": {
        "banned": "in {} verbotene Organisation",
        "extremist": "als extremistisch eingestufte und in {} verbotene Organisation",
        "terrorist": "als terroristisch eingestufte und in {} verbotene Organisation",
    },
    "cs": {
        "banned": "organizace zakázaná v {}",
        "extremist": "organizace označená za extremistickou a zakázaná v {}",
        "terrorist": "organizace označená za teroristickou a zakázaná v {}",
    },
    "en": {
        "banned": "banned in {}",
        "extremist": "recognized as extremist and banned in {}",
        "terrorist": "recognized as terrorist and banned in {}",
    },
}
# Says the same in other words; a house that has one wording does not want it.
OTHER_WORDINGS = {
    "banned": ("prohibited in {}", "its activities are prohibited in {}", "outlawed in {}"),
    "extremist": ("designated an extremist organization and prohibited in {}",),
    "terrorist": ("designated a terrorist organization and prohibited in {}",),
}


def mark(lang: str, status: str, place: str) -> str:
    """The words of a mark, without its brackets. Raises KeyError for a language that has none here."""
    return WORDINGS[lang][status].format(PLACES[lang][place])
