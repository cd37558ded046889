"""T001 and T002: names that became several, names that became one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.model import Document
from glossary.checks.run import Source, check_project
from glossary.checks.settings import Settings, Terminology
from glossary.checks.terms import ambiguous_rendering, inconsistent_rendering
from glossary.checks.views import ProjectView
from glossary.model import Concept, Finding, Term, Use
from tests.glossary.checks.examples import over_pair, pair_of, text_of

RULE = inconsistent_rendering.RULE
TEXT = [f"{n:02} {'x' * 96}" for n in range(40)]


def found(
    rows: Sequence[tuple[str, str]], langs: Sequence[str], terms: Terminology | None = None
) -> list[Finding]:
    return over_pair(RULE, pair_of(rows, langs), Settings(terminology=terms or Terminology()))[0]


def use(rendering: str, *, document: str = "a.en", count: int = 1, at: int = 0, form: str = "Совет",
        key: str = "ru:совет", confidence: float = 0.9, kind: str = "organisation") -> Use:  # fmt: skip
    return Use(
        key, form, kind, form, "ru", "en", rendering, count, "o.ru", document, (at, at + 5),  # type: ignore[arg-type]
        (at, at + len(rendering)), confidence, "", {rendering: count},
    )  # fmt: skip


def project(uses: Sequence[Use], rule: object = RULE, terms: Terminology | None = None) -> list[Finding]:
    given = Settings(terminology=terms or Terminology())
    sources: dict[str, Document] = {
        one.target: text_of(TEXT, "en", one.target) for one in uses
    } | {"o.ru": text_of(TEXT, "ru", "o.ru")}  # fmt: skip
    return check_project(
        ProjectView(uses, given), [rule], {name: Source(text) for name, text in sources.items()}  # type: ignore[list-item]
    )[0]  # fmt: skip


THREE = [
    ("Отряд вёл капитан Торабеков.", "The unit was led by Captain Torabekov."),
    ("Вчера Торабеков вернулся.", "Yesterday Torabekov returned."),
]


@pytest.mark.parametrize("slip", ["Torabekow", "Torabekkov", "Torrabekov", "Tarabekov", "Torobekov"])
def test_a_slip_in_a_name_is_found(slip: str) -> None:
    rows = [*THREE, ("Торабекова мы не видели.", f"We have not seen {slip}.")]
    assert [one.spot.text for one in found(rows, ("ru", "en"))] == [slip]


def test_a_genitive_is_no_other_rendering() -> None:
    rows = [*THREE, ("Людей у Торабекова немного.", "Torabekov's people are few.")]
    assert found(rows, ("ru", "en")) == []


def test_a_title_and_a_first_name_are_no_other_rendering() -> None:
    rows = [*THREE, ("Пришёл Ильяс Торабеков.", "Ilyas Torabekov came.")]
    assert found(rows, ("ru", "en")) == []


def test_cases_in_a_russian_translation_are_no_other_renderings() -> None:
    rows = [
        ("Sarguz is quiet.", "Саргуз спокоен."),
        ("There is a school in Sarguz.", "В Саргузе есть школа."),
        ("Nobody left Sarguz.", "Никто не уехал из Саргуза."),
    ]
    assert found(rows, ("en", "ru")) == []


def test_competing_acronyms_are_found() -> None:
    rows = [
        ("Войска ИГ отошли.", "IS troops withdrew."),
        ("В отряды ИГ идут мальчишки.", "Boys join the IS units."),
        ("Два года назад ИГ вернулось.", "Two years ago ISIS came back."),
    ]
    assert [one.spot.text for one in found(rows, ("ru", "en"))] == ["ISIS"]


def test_a_finding_shows_the_original_and_the_usual_rendering() -> None:
    rows = [*THREE, ("Торабекова мы не видели.", "We have not seen Torabekow.")]
    first = found(rows, ("ru", "en"))[0]
    assert [one.text for one in first.evidence] == ["Торабекова", "Torabekov"]


def test_the_table_has_every_rendering_with_its_count() -> None:
    rows = [*THREE, ("Торабекова мы не видели.", "We have not seen Torabekow.")]
    assert [(row.text, row.count) for row in found(rows, ("ru", "en"))[0].table] == [
        ("Torabekov", 2),
        ("Torabekow", 1),
    ]


def test_the_majority_of_all_documents_counts() -> None:
    uses = [use("High Council", count=5), use("High Assembly", document="b.en", count=2)]
    assert [one.spot.document for one in project(uses)] == ["b.en"]


def test_each_document_that_deviates_has_one_finding() -> None:
    uses = [use("High Council", count=9), *(use("High Assembly", document=f"{n}.en", count=2) for n in "bc")]
    assert [one.spot.document for one in project(uses)] == ["b.en", "c.en"]


def test_other_words_are_found_once_each_of_them_stands_twice() -> None:
    assert project([use("Council", count=3), use("Soviet", count=2, at=200)])
    assert project([use("Council", count=3), use("Soviet", at=200)]) == []


def test_pairings_that_are_not_sure_count_for_nothing_in_other_words() -> None:
    assert project([use("Council", count=3), use("Soviet", count=2, at=200, confidence=0.52)]) == []


def test_what_mostly_renders_another_name_is_a_wrong_pairing() -> None:
    uses = [
        use("Council", count=4),
        use("Kremlin", count=2, at=200),
        use("Kremlin", count=5, at=300, form="Кремль", key="ru:кремль"),
    ]
    assert project(uses) == []


def test_a_decision_ends_it() -> None:
    terms = Terminology(
        [
            Concept(
                "c",
                "organisation",
                (
                    Term("Совет", "ru", status="preferred"),
                    Term("Council", "en", status="preferred"),
                ),
                "approved",
            )
        ]
    )
    uses = [use("Council", count=3), use("Soviet", count=2, at=200)]
    assert project(uses, terms=terms) == []


def test_fingerprints_stay_when_counts_change() -> None:
    one = project([use("High Council", count=3), use("High Assembly", at=200)])
    other = project([use("High Council", count=7), use("High Assembly", at=200)])
    assert [f.fingerprint for f in one] == [f.fingerprint for f in other]


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
@settings(max_examples=30)
def test_one_rendering_is_never_a_finding(counts: list[int]) -> None:
    assert project([use("Council", count=count, at=100 * n) for n, count in enumerate(counts)]) == []


BOTH = [
    use("Council of Elders", count=3, form="Совет старейшин", key="ru:совет старейшина"),
    use("Council of Elders", count=2, at=300, form="Собрание старшин", key="ru:собрание старшина"),
]


def test_two_names_that_became_one_are_found_at_the_rarer() -> None:
    assert [one.spot.start for one in project(BOTH, ambiguous_rendering.RULE)] == [300]


def test_two_names_in_one_concept_may_become_one() -> None:
    terms = Terminology(
        [
            Concept(
                "c",
                "organisation",
                (
                    Term("Совет старейшин", "ru", status="preferred"),
                    Term("Собрание старшин", "ru", status="admitted"),
                ),
                "approved",
            )
        ]
    )
    assert project(BOTH, ambiguous_rendering.RULE, terms) == []


@pytest.mark.parametrize("short", ["Совет", "СС", "Совет старейшинъ"])
def test_names_that_can_mean_the_same_may_become_one(short: str) -> None:
    uses = [BOTH[0], use("Council of Elders", count=2, at=300, form=short, key=f"ru:{short.lower()}")]
    assert project(uses, ambiguous_rendering.RULE) == []


def test_relatives_may_share_a_name() -> None:
    uses = [
        use("Rahimi", count=3, form="Иван Рахими", key="ru:иван рахими", kind="person"),
        use("Rahimi", count=2, at=300, form="Лейла Рахими", key="ru:лейла рахими", kind="person"),
    ]
    assert project(uses, ambiguous_rendering.RULE) == []
