"""Legal marks of one text: first mentions, names, wordings, edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.model import Extract
from align.segment import build_document
from glossary.checks import rule
from glossary.checks.run import check_text
from glossary.checks.settings import Settings
from glossary.checks.views import TextView
from glossary.model import Finding
from tests.glossary.checks.marks_samples import checked, found, replaced, told

SEED = Path(__file__).resolve().parents[4] / "shared" / "seed" / "interview.en.txt"

LATE = ("The Dusk Guard closed the road.", "Later the Dusk Guard (banned in Russia) opened it.")


def seed(code: str) -> list[Finding]:
    document = build_document(Extract(SEED.read_text("utf-8"), "txt"), name="interview.en.txt", lang="en")
    return check_text(TextView(document, Settings()), [rule(code)])[0]


def policy(marks: str) -> str:
    return f'[policy]\nmarks = "{marks}"'


@pytest.mark.parametrize(
    ("langs", "lines", "expected"),
    [
        ("en", LATE, ["Dusk Guard"]),
        ("en", LATE[::-1], []),
        ("en", ("The Dusk Guard closed the road.", "It is open again."), []),
        ("ru", ("О движении «Закат» спорят.", "«Закат» (запрещен в РФ) молчит."), ["Закат"]),
        ("ru", ("О «Закате» спорят.", "Лидер «Заката» (запрещен в РФ) молчит."), ["Закате"]),
        ("de", ("Die »Abendgarde« ging.", "Die »Abendgarde« (in Russland verboten) kam."), ["Abendgarde"]),
        ("uk", ("«Захід» пішов.", "«Захід» (заборонений у Росії) прийшов."), ["Захід"]),
    ],
)
def test_a_first_mention_without_the_mark_of_a_later_one_is_found(
    langs: str, lines: tuple[str, ...], expected: list[str]
) -> None:
    assert found("A006", langs, *lines) == expected


def test_a_name_inside_a_longer_name_is_no_mention() -> None:
    lines = ("The Dusk Guard Museum closed.", "The Dusk Guard Museum is old.", *LATE[1:])
    assert found("A006", "en", *lines) == []


def test_an_acronym_in_the_sentence_of_its_marked_name_is_no_first_mention() -> None:
    assert found("A006", "en", "IS, or the Islamic State (banned in Russia), came back.") == []


def test_a_mention_under_another_name_counts_as_first() -> None:
    lines = ("Now ISIS has come back.", "The Islamic State (banned in Russia) had lost two villages.")
    assert (found("A006", "en", *lines), found("A007", "en", *lines)) == (["ISIS"], [])


def test_an_edition_that_keeps_all_marks_misses_each() -> None:
    lines = (LATE[1], "The Dusk Guard left.", "Nobody saw the Dusk Guard.")
    assert found("A006", "en", *lines, settings=policy("keep all")) == ["Dusk Guard", "Dusk Guard"]


def test_an_edition_without_marks_misses_no_first_mention() -> None:
    assert found("A006", "en", *LATE, settings=policy("drop")) == []


def test_a_faithful_translation_is_not_blamed_for_its_original() -> None:
    lines = (
        "«Дозор» ушел. | The Dozor left.",
        "«Дозор» (запрещен в РФ) вернулся. | The Dozor (banned in Russia) came back.",
    )
    assert [one.spot.document for one in checked("A006", "ru en", *lines)[0]] == ["text.ru"]


def test_a_mark_dropped_at_the_first_mention_is_told_once() -> None:
    lines = (
        "«Дозор» (запрещен в РФ) ушел. | The Dozor left.",
        "«Дозор» (запрещен в РФ) вернулся. | The Dozor (banned in Russia) came back.",
    )
    assert (found("A001", "ru en", *lines), found("A006", "ru en", *lines)) == (["Dozor"], [])


ALIASES = ("The Islamic State (IS, banned in Russia) came back.", "People feared IS.", "So ISIS was back.")


def test_a_second_name_without_a_mark_is_found() -> None:
    one = told("A007", "en", *ALIASES)
    assert (one.spot.text, [e.text for e in one.evidence]) == ("ISIS", ["IS"])


def test_a_second_name_with_a_mark_of_its_own_is_right() -> None:
    lines = (*ALIASES[:2], "So ISIS (banned in Russia) was back.")
    assert found("A007", "en", *lines) == []


def test_an_acronym_that_the_text_explains_needs_no_mark() -> None:
    lines = (
        "The Union of Dusk Riders (UDR) is banned.",
        "The Union of Dusk Riders (banned in Russia).",
        "UDR left.",
    )
    assert found("A007", "en", *lines) == []


def test_an_alias_of_the_dated_list_counts_as_a_second_name() -> None:
    dated = "name,aliases,from\nDusk Guard,Sunset Riders,2010-01-01\n"
    lines = ("The Dusk Guard (banned in Russia) left.", "The Sunset Riders came.")
    given = {"settings": "date = 2024-01-01", "list": dated}
    assert (found("A007", "en", *lines, **given), found("A012", "en", *lines, **given)) == (
        ["Sunset Riders"],
        [],
    )


WORDINGS = (
    "The Dozor (banned in Russia) left.",
    "Rassvet, an organization banned in Russia, stayed.",
    "The Dolina and the Dozor (both banned in the Russian Federation) talk.",
)


def test_two_wordings_in_one_text_are_told_once_with_their_counts() -> None:
    one = told("A008", "en", *WORDINGS)
    assert [(row.text, row.count) for row in one.table] == [
        ("banned in Russia", 2),
        ("banned in the Russian Federation", 1),
    ]


@pytest.mark.parametrize(
    ("langs", "lines"),
    [
        ("en", WORDINGS[:2]),
        ("en", ("The Dozor (banned in Russia) left.", "Rassvet (banned in Kazakhstan) left.")),
        ("en", ("The Dozor (banned in Russia) left.", "Rassvet (recognized as extremist in Russia) left.")),
        (
            "ru",
            (
                "«Дозор» (запрещен в РФ) и.",
                "Партия «Рассвет» (запрещена в РФ) и.",
                "«А» и «Б» (обе запрещены в РФ).",
            ),
        ),
        ("ru", ("«Дозор», запрещенный в РФ, и.", "«Рассвет» (запрещен в РФ) и.")),
        ("uk", ("«Дозор» (заборонений у РФ) і.", "«Рассвіт» (заборонений в РФ) і.")),
    ],
)
def test_grammar_and_other_statements_make_no_second_wording(langs: str, lines: tuple[str, ...]) -> None:
    assert found("A008", langs, *lines) == []


@pytest.mark.parametrize(
    ("lang", "house", "line", "right"),
    [
        ("en", "banned in Russia", "Dozor (banned in the Russian Federation).", "Dozor (banned in Russia)."),
        ("en", "banned in Russia", "The A and B (both outlawed in Russia).", "The A and B (both banned in Russia)."),
        ("en", "banned in Russia", "The Dozor (banned in Russia) left.", "The Dozor (banned in Russia) left."),
        ("ru", "запрещена в РФ", "Движение «Закат» (запрещено в России).", "Движение «Закат» (запрещено в РФ)."),
        ("ru", "запрещена на территории РФ", "«Закат» (запрещен в РФ).", "«Закат» (запрещен на территории РФ)."),
        ("ru", "запрещено в РФ", "«А», запрещенного в России, нет.", "«А», запрещенного в РФ, нет."),
        ("ru", "признан экстремистским в РФ", "«А» (запрещен в России).", "«А» (запрещен в России)."),
        ("de", "in Russland verboten", "»A« (in der Russischen Föderation verboten).", "»A« (in Russland verboten)."),
        ("uk", "заборонено в РФ", "«Захід» (заборонено в Росії).", "«Захід» (заборонено в РФ)."),
    ],
)  # fmt: skip
def test_the_house_wording_is_put_in_where_it_is_safe(lang: str, house: str, line: str, right: str) -> None:
    assert replaced("A008", lang, line, settings=f'[policy.wording]\n{lang} = "{house}"') == right


def test_a_house_verb_takes_the_gender_of_the_marks_verb() -> None:
    house = '[policy.wording]\nru = "ликвидирована в РФ"'
    line = "Движение «Закат» (распущено в России) молчит."
    assert replaced("A008", "ru", line, settings=house) == "Движение «Закат» (ликвидировано в РФ) молчит."


def test_a_wording_that_needs_a_person_has_no_replacement() -> None:
    house = '[policy.wording]\nen = "banned in Russia"'
    line = "The Dozor (an organization whose activities are banned in Russia) left."
    assert told("A008", "en", line, settings=house).replacement is None


def test_a_house_wording_that_is_no_mark_is_said_to_be_unchecked() -> None:
    _, gaps = checked("A008", "en", WORDINGS[0], settings='[policy.wording]\nen = "as everybody knows"')
    assert [one.document for one in gaps] == ["text.en"]


@pytest.mark.parametrize("code", ["A006", "A007", "A008", "A009", "A011"])
def test_a_language_without_a_grammar_is_said_to_be_unchecked(code: str) -> None:
    assert len(checked(code, "ja", "「夜警」は去った。")[1]) == 1


@pytest.mark.parametrize(
    ("lang", "line", "right"),
    [
        ("en", "The Dozor (banned in Russia) left.", "The Dozor left."),
        ("ru", "«А» и «Б» (обе запрещены в РФ) ушли.", "«А» и «Б» ушли."),
        ("de", "Die »A« (in Russland verboten) ging.", "Die »A« ging."),
    ],
)
def test_an_edition_without_marks_can_have_brackets_taken_out(lang: str, line: str, right: str) -> None:
    assert replaced("A013", lang, line, settings=policy("drop")) == right


@pytest.mark.parametrize(
    "line",
    ["The Islamic State (IS, banned in Russia) left.", "The Dozor, an organization banned in Russia, left."],
)
def test_a_mark_that_is_not_all_of_a_bracket_is_left_to_a_person(line: str) -> None:
    assert told("A013", "en", line, settings=policy("drop")).replacement is None


def test_marks_are_wanted_where_nobody_said_otherwise() -> None:
    assert found("A013", "en", WORDINGS[0]) == []


@pytest.mark.skipif(not SEED.exists(), reason="the first interview is not here")
@pytest.mark.parametrize(("code", "texts"), [("A006", []), ("A007", ["ISIS"]), ("A009", []), ("A010", [])])
def test_the_first_interview_has_the_faults_that_it_has(code: str, texts: list[str]) -> None:
    assert [one.spot.text for one in seed(code)] == texts


@pytest.mark.skipif(not SEED.exists(), reason="the first interview is not here")
def test_the_first_interview_has_two_wordings() -> None:
    assert [[row.count for row in one.table] for one in seed("A008")] == [[3, 2]]
