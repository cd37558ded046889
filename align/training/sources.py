"""The sources of translation pairs: what each one is, its licence, and how much of it is used.

``weight`` multiplies how often a pair is seen in one epoch (1 = once, 0.5 = every second one, drawn afresh);
``cap`` bounds the pairs of one source and one pair of languages in an epoch. General language is scarce and
weighs more; documentation and scripture are plentiful, narrow, and held down.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One source: ``permissive`` says that its licence asks for nothing beyond attribution.

    ``other_terms`` are pairs of languages whose version is under other or unverified terms.
    """

    name: str
    what: str
    licence: str
    permissive: bool
    weight: float = 1.0
    cap: int = 20_000
    other_terms: tuple[str, ...] = ()


SOURCES: tuple[Source, ...] = (
    Source("prose_wesnoth", "game stories and dialogue", "GPL-2", False, 2.0, 60_000),
    Source(
        "bilinguator_pd_books",
        "old literature with dialogue",
        "MIT, works in the public domain",
        True,
        3.0,
        40_000,
    ),
    Source("mlqe_pe", "Reddit and WikiQuotes, post-edited", "CC0", True, 2.0, 20_000),
    Source("tico19", "Covid news, encyclopedia, conversation", "CC0", True, 3.0),
    Source("prose_privacyguides", "essays", "CC BY-SA 4.0", False, 2.0),
    Source("prose_xquad", "encyclopedia", "CC BY-SA 4.0", False, 3.0),
    Source("prose_bitcoin_org", "site", "MIT", True),
    Source("prose_getmonero_org", "site", "BSD", True),
    Source("prose_colobot", "game manual", "GPL", False),
    Source("prose_tails", "manual", "GPL", False),
    Source("prose_unknown_horizons", "game texts", "GPL", False, 2.0),
    Source("prose_crawl_descriptions", "game texts", "GPL", False, 2.0),
    Source("prose_udhr", "Universal Declaration of Human Rights", "UN text", True, 2.0),
    Source("prose_contributor_covenant", "code of conduct", "CC BY 4.0", True),
    Source("prose_qald9plus_questions", "questions", "not stated", False, 2.0),
    Source("prose_opensource_guide", "essays", "CC BY 4.0", True, 2.0),
    Source("opensource_guide", "essays", "CC BY 4.0", True, 2.0),
    Source("prose_ncase_crowds", "essay", "CC0", True, 2.0),
    Source(
        "bible_zefania_pd",
        "scripture",
        "public domain; hi CC BY-SA; ko, vi, one of es unverified",
        True,
        0.7,
        15_000,
        ("hi-en", "ko-en", "vi-en", "es-en"),
    ),
    Source("prose_bible_scrollmapper", "scripture", "public domain", True, 0.7, 15_000),
    Source("mozilla_www", "release news", "MPL", False),
    Source("gnome_user_docs", "documentation", "CC BY-SA", False),
    Source("gnome_user_docs_br", "documentation", "CC BY-SA", False),
    Source("electron_docs", "documentation", "MIT", True, 0.7, 4_000),
    Source("ruby_lang_org", "release news", "not stated", False),
    Source("tarantool_docs", "documentation", "BSD", True, 0.7, 6_000),
    Source("darktable_docs", "documentation", "GPL", False, 1.0, 6_000),
    Source("debian_www", "news, votes, advisories", "MIT, OPL", False, 1.0, 12_000),
    Source("manpages_l10n", "manual pages", "GPL-3 and per page", False, 1.0, 6_000),
    Source("php_docs", "manual", "CC BY 3.0", True, 1.0, 6_000),
    Source("msdocs_cpp", "documentation", "CC BY 4.0", True, 1.0, 6_000),
    Source("msdocs_win32", "documentation", "CC BY 4.0", True, 1.0, 6_000),
    Source("msdocs_officeclient", "documentation", "CC BY 4.0", True, 1.0, 4_000),
    Source("msdocs_dotnet_desktop", "documentation", "CC BY 4.0", True, 1.0, 4_000),
    Source("dict_cldr_names", "names of countries and languages", "Unicode", True),
    Source("dict_country_names", "names of countries", "ODbL", False),
    Source("dict_freedict", "dictionaries", "GPL", False),
    Source("dict_wikidict_en", "dictionary", "CC0", True),
    Source("names_wikidata", "names of persons in two scripts", "CC0", True, 1.0, 30_000),
)
BY_NAME = {source.name: source for source in SOURCES}

LANGUAGES = frozenset(
    (
        "ar",
        "cs",
        "de",
        "en",
        "es",
        "fa",
        "fr",
        "he",
        "it",
        "ja",
        "ko",
        "pl",
        "pt",
        "ru",
        "tr",
        "uk",
        "zh",
        "zh_tw",
    )
)
"""The languages that the model is made for; the others come along with OTHER_SHARE of the pairs they have."""
OTHER_SHARE = 0.5
SCARCE: dict[str, float] = {
    "ar-en": 3.0,
    "fa-en": 3.0,
    "he-en": 3.0,
    "ja-en": 1.5,
    "ko-en": 3.0,
    "tr-en": 1.5,
    "zh-en": 1.5,
}
"""General language is seen so much more often where there is little of it."""
_PLENTIFUL = ("bible", "prose_bible", "debian", "gnome", "manpages", "msdocs", "php", "names")


def is_permissive(source: str, languages: str) -> bool:
    """Whether a source's pairs in two languages ask for nothing beyond attribution."""
    return BY_NAME[source].permissive and languages not in BY_NAME[source].other_terms


def share(source: str, languages: str, pairs: int) -> float:
    """How many of a source's pairs in two languages one epoch holds (more than there are: seen repeatedly)."""
    known = BY_NAME[source]
    wanted = min(pairs * known.weight, float(known.cap))
    if not source.startswith(_PLENTIFUL):
        wanted *= SCARCE.get(languages, 1.0)
    return wanted if set(languages.split("-")) <= LANGUAGES else wanted * OTHER_SHARE
