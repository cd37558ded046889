"""What every name of an original became, and the table that many uses fold into."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.embed import load_embedder
from glossary.checks.settings import Settings
from glossary.checks.terms.consistency import ConceptRow, consistency
from glossary.checks.terms.wording import bases, derived, difference, plain
from glossary.checks.uses import uses_of
from glossary.checks.views import PairView
from glossary.model import Use
from tests.glossary.checks.examples import pair_of

ROWS = [
    ("Отряд вёл капитан Торабеков.", "The unit was led by Captain Torabekov."),
    ("Вчера Торабеков вернулся в Дехшар.", "Yesterday Torabekov returned to Dehshar."),
    ("Людей у Торабекова немного, и все из Дехшара.", "Torabekov's people are few, all from Dehshar."),
]
TO_RUSSIAN = [
    ("Sarguz is quiet.", "Саргуз спокоен."),
    ("There is a school in Sarguz.", "В Саргузе есть школа."),
    ("Nobody left Sarguz.", "Никто не уехал из Саргуза."),
]


def uses(rows: Sequence[tuple[str, str]], langs: Sequence[str], confidence: float = 0.99) -> list[Use]:
    return uses_of(PairView(pair_of(rows, langs, confidence), Settings(), load_embedder()))


def one_of(found: Sequence[Use], term: str) -> list[Use]:
    return [use for use in found if use.term == term]


def made(rendering: str, *, document: str = "a.en", count: int = 1, at: int = 0, date: str = "", form: str = "Саргуз",
         key: str = "ru:саргуз", lang: str = "en") -> Use:  # fmt: skip
    return Use(
        key, "Саргуз", "place", form, "ru", lang, rendering, count, "a.ru", document, (at, at + 6),
        (at, at + len(rendering)), 0.9, date, {rendering: count},
    )  # fmt: skip


def test_a_name_is_counted_with_its_rendering_without_the_genitive_s() -> None:
    assert [(use.rendering, use.count) for use in one_of(uses(ROWS, ("ru", "en")), "Торабеков")] == [
        ("Torabekov", 3)
    ]


def test_the_first_place_of_a_use_is_that_of_the_rendering_alone() -> None:
    pair = pair_of(ROWS, ("ru", "en"))
    found = one_of(uses_of(PairView(pair, Settings(), load_embedder())), "Торабеков")[0]
    assert pair.target.text[slice(*found.target_span)] == "Torabekov"


def test_the_key_has_no_kind() -> None:
    assert one_of(uses(ROWS, ("ru", "en")), "Торабеков")[0].key == "ru:торабеков"


def test_inflected_forms_are_one_rendering() -> None:
    assert [(use.rendering, use.count) for use in one_of(uses(TO_RUSSIAN, ("en", "ru")), "Sarguz")] == [
        ("Саргуз", 3)
    ]


def test_surfaces_keep_the_inflected_forms() -> None:
    assert one_of(uses(TO_RUSSIAN, ("en", "ru")), "Sarguz")[0].surfaces == {
        "Саргуз": 1,
        "Саргузе": 1,
        "Саргуза": 1,
    }


def test_doubtful_beads_do_not_count() -> None:
    assert uses(ROWS, ("ru", "en"), confidence=0.1) == []


def test_a_mention_with_a_slip_in_it_is_a_use() -> None:
    rows = [*ROWS, ("Никто не видел Торабекова.", "Nobody has seen Torabekkov.")]
    assert {use.rendering for use in one_of(uses(rows, ("ru", "en")), "Торабеков")} == {
        "Torabekov",
        "Torabekkov",
    }


def test_the_same_pair_gives_the_same_uses_in_the_same_order() -> None:
    assert uses(ROWS, ("ru", "en")) == uses(ROWS, ("ru", "en"))


def test_rows_count_by_document_and_date() -> None:
    row = consistency([made("Sarguz", date="2024-01-02"), made("Sarguz", document="b.en", count=2)])[0]
    assert row.renderings[0].documents == {"a.en": 1, "b.en": 2}
    assert row.renderings[0].dates == {"": 2, "2024-01-02": 1}


def test_the_first_use_is_the_earliest_by_date() -> None:
    early, late = made("Sarguz", document="z.en", date="2020-01-01"), made("Sarguz", date="2024-01-01")
    assert consistency([late, early])[0].renderings[0].first == early


def test_cases_of_one_name_in_two_documents_are_one_rendering() -> None:
    found = consistency([made("Саргузе", lang="ru"), made("Саргуз", lang="ru", document="b.ru")])
    assert [(row.text, row.count) for row in found[0].renderings] == [("Саргуз", 2)]


def test_another_spelling_deviates() -> None:
    found = consistency([made("Sarguz", count=3), made("Sarghuz", at=50)])[0]
    assert [row.deviates for row in found.renderings] == [False, True]
    assert not found.consistent


def test_what_a_short_form_became_does_not_deviate_from_what_the_full_name_became() -> None:
    full, short = made("Renewal Front", count=2, form="Фронт обновления"), made("Movement", form="Фронт")
    assert consistency([full, short])[0].consistent


def test_names_of_two_languages_have_rows_of_their_own() -> None:
    found = consistency([made("Sarguz"), made("Sargus", lang="de", document="a.de")])
    assert [row.target_lang for row in found] == ["de", "en"]


@given(st.permutations([made("Sarguz", count=2), made("Sarghuz", at=9), made("Sarguz", document="b.en"),
                        made("Dehshar", key="ru:дехшар", at=30)]))  # fmt: skip
@settings(max_examples=24)
def test_the_table_does_not_depend_on_the_order_of_uses(found: list[Use]) -> None:
    rows: list[ConceptRow] = consistency(found)
    assert rows == consistency(sorted(found, key=lambda use: (use.key, use.target, use.target_span)))


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5))
def test_no_use_is_lost(counts: list[int]) -> None:
    found = [made("Sarguz", count=count, at=10 * n) for n, count in enumerate(counts)]
    assert consistency(found)[0].count == sum(counts)


@pytest.mark.parametrize(
    ("a", "b", "lang", "kind"),
    [
        ("Renewal Front", "Front of Renewal", "en", "organisation"),
        ("Renewal Front", "Front", "en", "organisation"),
        ("Merhistan", "Merhistani", "en", "place"),
        ("Y. Karhani", "Yusuf Karhani", "en", "person"),
        ("RFM", "Renewal Front of Merhistan", "en", "organisation"),
        ("US", "United States", "en", "place"),
        ("Саргуза", "Саргузский", "ru", "place"),
        ("Novák", "Novákovi", "cs", "person"),
        ("Schottland", "schottische", "de", "place"),
    ],
)
def test_these_are_no_different_renderings(a: str, b: str, lang: str, kind: str) -> None:
    assert difference(a, b, lang, kind) == difference(b, a, lang, kind) == ""


@pytest.mark.parametrize(
    ("a", "b", "kind", "sort"),
    [
        ("Karhani", "Karkhani", "person", "spelling"),
        ("IS", "ISIS", "organisation", "acronym"),
        ("Supreme Council", "Supreme Soviet", "organisation", "words"),
        ("Council", "Assembly", "organisation", "other"),
    ],
)
def test_these_are(a: str, b: str, kind: str, sort: str) -> None:
    assert difference(a, b, "en", kind) == difference(b, a, "en", kind) == sort


@given(st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=20))
def test_a_rendering_does_not_differ_from_itself(text: str) -> None:
    assert difference(text, text, "en", "place") == ""


def test_articles_and_genitives_are_taken_off() -> None:
    assert plain("the Renewal Front's", "en") == "Renewal Front"


def test_a_slip_is_no_derivation() -> None:
    assert not derived("turkei", "turkey", "en")
    assert derived("pakistani", "pakistan", "en")


def test_spellings_keep_bases_of_their_own() -> None:
    assert len(set(bases({"Sarguz": 2, "Sarghuz": 1}, "en").values())) == 2
