"""Legal marks of a translation against its original: dropped, added, moved, changed, joint."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.checks import rule
from glossary.checks.marks import RULES
from glossary.checks.run import check_pair
from glossary.checks.settings import Settings
from glossary.checks.views import PairView
from tests.glossary.checks.examples import pair_of
from tests.glossary.checks.marks_samples import checked, found, told

KEPT = "«Вечерний дозор» (запрещен в РФ) ушел. | The Vecherny Dozor (banned in Russia) left."
DROPPED = "«Вечерний дозор» (запрещен в РФ) ушел. | The Vecherny Dozor left."
ADDED = "«Вечерний дозор» ушел. | The Vecherny Dozor (banned in Russia) left."


def policy(marks: str) -> str:
    return f'[policy]\nlangs = ["en"]\nmarks = "{marks}"'


@pytest.mark.parametrize("code", ["A001", "A002", "A003", "A004", "A005", "A009"])
def test_a_mark_that_is_kept_is_no_fault(code: str) -> None:
    assert found(code, "ru en", KEPT) == []


@pytest.mark.parametrize(
    ("langs", "line", "name"),
    [
        ("ru en", DROPPED, "Vecherny Dozor"),
        ("en ru", "The Vecherny Dozor (banned in Russia) left. | «Вечерний дозор» ушел.", "Вечерний дозор"),
        ("de en", "Die »Abendwacht« (in Russland verboten) ging. | The Abendwacht left.", "Abendwacht"),
        ("fr en", "Le groupe « Veille » (interdit en Russie) est parti. | The Veille group left.", "Veille"),
        ("uk ru", "«Вечірній дозор» (заборонений у Росії) пішов. | «Вечерний дозор» ушел.", "Вечерний дозор"),
    ],
)
def test_a_dropped_mark_is_found_at_the_name(langs: str, line: str, name: str) -> None:
    assert told("A001", langs, line).spot.text == name


def test_a_dropped_mark_shows_the_mark_of_the_original() -> None:
    assert [one.text for one in told("A001", "ru en", DROPPED).evidence] == ["запрещен в РФ"]


def test_a_mark_dropped_from_a_name_that_became_a_pronoun_is_found_in_its_sentence() -> None:
    assert found("A001", "ru en", "Вчера «Дозор» (запрещен в РФ) ушел. | Yesterday they left.") == [
        "Yesterday they left."
    ]


def test_a_sentence_left_out_as_a_whole_is_no_dropped_mark() -> None:
    assert found("A001", "ru en", "«Дозор» (запрещен в РФ) ушел. | ", "Стало тихо. | It became quiet.") == []


def test_a_bracket_whose_words_are_not_read_is_only_a_note() -> None:
    line = "«Вечерний дозор» (запрещен в РФ) ушел. | The Vecherny Dozor (under ban as extremists there) left."
    assert told("A001", "ru en", line).severity == "note"


def test_an_edition_that_leaves_marks_out_has_none_to_miss() -> None:
    assert found("A001", "ru en", DROPPED, settings=policy("drop")) == []


@pytest.mark.parametrize("marks", ["keep all", "footnote", "first mention"])
def test_other_editions_miss_a_mark_that_stands_nowhere(marks: str) -> None:
    assert found("A001", "ru en", DROPPED, settings=policy(marks)) == ["Vecherny Dozor"]


def test_marking_the_first_mention_is_enough_where_the_edition_says_so() -> None:
    assert found("A001", "ru en", KEPT, DROPPED, settings=policy("first mention")) == []


def test_each_mark_counts_where_the_edition_says_nothing() -> None:
    assert found("A001", "ru en", KEPT, DROPPED) == ["Vecherny Dozor"]


def test_dropping_a_mark_is_right_where_the_list_says_it_has_ended() -> None:
    dated = "name,from,to\nVecherny Dozor,2010-01-01,2020-01-01\n"
    assert found("A001", "ru en", DROPPED, settings="date = 2024-01-01", list=dated) == []


def test_an_added_mark_is_found() -> None:
    assert found("A002", "ru en", ADDED) == ["banned in Russia"]


@pytest.mark.parametrize("marks", ["keep all", "first mention", "drop"])
def test_an_added_mark_may_be_what_the_edition_asks_for(marks: str) -> None:
    assert found("A002", "ru en", ADDED, settings=policy(marks)) == []


def test_an_added_mark_may_be_what_the_list_asks_for() -> None:
    dated = "name,from\nVecherny Dozor,2010-01-01\n"
    assert found("A002", "ru en", ADDED, settings="date = 2024-01-01", list=dated) == []


def test_a_mark_of_a_later_mention_is_added_where_only_the_first_is_marked() -> None:
    assert found("A002", "ru en", KEPT, ADDED, settings=policy("first mention")) == ["banned in Russia"]


FOOTNOTES = (
    "«Вечерний дозор» (запрещен в РФ) ушел. | The Vecherny Dozor* left.",
    "Стало тихо. | It became quiet.",
    " | * An organization banned in Russia.",
)


def test_a_mark_that_became_a_footnote_has_moved() -> None:
    assert found("A003", "ru en", *FOOTNOTES) == ["Vecherny Dozor"]


def test_a_footnote_is_right_where_the_edition_has_footnotes() -> None:
    assert found("A003", "ru en", *FOOTNOTES, settings=policy("footnote")) == []


def test_a_mark_in_the_sentence_is_reported_where_the_edition_has_footnotes() -> None:
    assert found("A003", "ru en", KEPT, settings=policy("footnote")) == ["banned in Russia"]


def test_a_translation_that_moves_all_its_marks_is_told_so_once() -> None:
    lines = (
        "«Дозор» (запрещен в РФ) ушел. | The Dozor* left.",
        "«Рассвет» (запрещен в РФ) тоже. | So did Rassvet*.",
        " | * Organizations banned in Russia.",
    )
    assert "2 times" in told("A003", "ru en", *lines).message


def test_a_moved_mark_is_not_dropped() -> None:
    assert found("A001", "ru en", *FOOTNOTES) == found("A002", "ru en", *FOOTNOTES) == []


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("recognized as terrorist and banned in Russia", "error"),
        ("banned in Russia", "warning"),
        ("recognized as extremist and terrorist and banned in Russia", "warning"),
    ],
)
def test_another_status_is_found_and_a_lost_one_is_a_warning(said: str, severity: str) -> None:
    line = f"«Дозор» (признан экстремистским и запрещен в РФ) ушел. | The Dozor ({said}) left."
    assert told("A004", "ru en", line).severity == severity


def test_a_status_said_beside_the_mark_is_not_lost() -> None:
    line = (
        "Запрещенная в РФ террористическая организация «Дозор» ушла. | "
        "The terrorist organization Dozor, which is banned in Russia, left."
    )
    assert found("A004", "ru en", line) == []


def test_a_status_said_in_other_words_is_the_same() -> None:
    line = "«Дозор» (признан иноагентом) ушел. | The Dozor (designated a foreign agent) left."
    assert found("A004", "ru en", line) == []


@pytest.mark.parametrize(
    ("here", "there", "severities"),
    [
        ("запрещен в РФ", "banned in Kazakhstan", ["error"]),
        ("запрещен в РФ", "banned", ["warning"]),
        ("запрещен в РФ", "banned in Russia", []),
        ("запрещен в нашей стране", "banned in Russia", []),
        ("запрещен в РФ", "banned in our country", []),
        ("признан Минюстом РФ иноагентом", "designated a foreign agent by the Justice Ministry", []),
        ("запрещен в РФ и Казахстане", "banned in Russia", ["warning"]),
    ],
)
def test_another_country_is_found_and_another_name_of_it_is_not(
    here: str, there: str, severities: list[str]
) -> None:
    findings, _ = checked("A005", "ru en", f"«Дозор» ({here}) ушел. | The Dozor ({there}) left.")
    assert [one.severity for one in findings] == severities


def test_another_name_of_the_country_is_told_once_where_it_is_asked_for() -> None:
    option = "[check.rules.A005]\nspelling = true"
    assert "2 times" in told("A005", "ru en", KEPT, KEPT, settings=option).message


JOINT = "«Дозор» и «Рассвет» (оба запрещены в РФ) ушли от «Долины». | "


@pytest.mark.parametrize(
    ("translation", "expected"),
    [
        ("The Dozor and Rassvet (both banned in Russia) left the Dolina.", []),
        ("The Dozor and Rassvet (banned in Russia) left the Dolina.", []),
        ("The Dozor (banned in Russia) and Rassvet (banned in Russia) left the Dolina.", []),
        ("The Dozor and the Dolina (both banned in Russia) were left by Rassvet.", ["both banned in Russia"]),
        ("Rassvet left the Dolina with the Dozor (banned in Russia).", ["banned in Russia"]),
    ],
)
def test_a_joint_mark_covers_the_names_of_the_original(translation: str, expected: list[str]) -> None:
    assert found("A009", "ru en", JOINT + translation) == expected


def test_a_joint_mark_that_lost_a_name_is_not_told_as_dropped_too() -> None:
    line = JOINT + "Rassvet left the Dolina with the Dozor (banned in Russia)."
    assert found("A001", "ru en", line) == found("A002", "ru en", line) == []


@pytest.mark.parametrize(
    ("langs", "line", "expected"),
    [
        ("en", "The Dozor (both banned in Russia) left.", 1),
        ("en", "The Dozor and Rassvet (both banned in Russia) left.", 0),
        ("en", "The Dozor, Rassvet and the Dolina (both banned in Russia) left.", 1),
        ("en", "The Dozor, Rassvet and the Dolina (all three banned in Russia) left.", 0),
        ("ru", "«Дозор» (оба запрещены в РФ) ушел.", 1),
        ("ru", "«Дозор», «Рассвет» и «Долина» (обе запрещены в РФ) ушли.", 1),
        ("ru", "«Дозор» и «Рассвет» (оба запрещены в РФ) ушли.", 0),
        ("de", "Die »Abendwacht« (beide in Russland verboten) ging.", 1),
        ("uk", "Угруповання «Дозор» (обидві заборонені в Росії) пішло.", 1),
    ],
)
def test_a_counting_word_fits_the_names_before_it(langs: str, line: str, expected: int) -> None:
    assert len(found("A009", langs, line)) == expected


@pytest.mark.parametrize("code", ["A001", "A002", "A003", "A004", "A005"])
def test_a_language_without_a_grammar_is_said_to_be_unchecked(code: str) -> None:
    _, gaps = checked(code, "pl en", "«Straż» (zakazana w Rosji) odeszła. | The Straż left.")
    assert [(one.reason, one.document) for one in gaps] == [
        ("there is no grammar of legal marks for “pl”", "text.pl")
    ]


SENTENCES = (
    "«Дозор» (запрещен в РФ) ушел.",
    "Ушли «Дозор» и «Рассвет» (оба запрещены в России).",
    "«Рассвет»* вернулся.",
    "«Долина» (признана экстремистской и запрещена в РФ) молчит.",
    "Все стихло.",
    "* Организация запрещена в РФ.",
)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_a_text_that_is_its_own_translation_has_no_faults_of_a_pair(sentences: list[str]) -> None:
    alignment = pair_of([(one, one) for one in sentences], ("ru", "ru"))
    copy = replace(alignment, target=replace(alignment.target, name="copy.ru"))
    same = PairView(copy, Settings())
    rules = [one for one in RULES if one.scope == "pair"]
    assert [(one.code, one.spot.text) for one in check_pair(same, rules)[0]] == []


def in_doubt(code: str, *rows: tuple[str, str]) -> list[str]:
    view = PairView(pair_of(rows, ("ru", "en"), confidence=0.1), Settings())
    return [one.spot.text for one in check_pair(view, [rule(code)])[0]]


def test_a_mark_missing_in_a_doubtful_bead_is_found_where_no_other_can_be_its_counterpart() -> None:
    assert in_doubt("A001", ("«Дозор» (запрещен в РФ) ушел.", "The Dozor left.")) == ["Dozor"]


@pytest.mark.parametrize("code", ["A001", "A002"])
def test_marks_without_counterparts_in_doubtful_beads_may_be_each_others(code: str) -> None:
    rows = (
        ("«Дозор» (запрещен в РФ) ушел.", "It became quiet."),
        ("Стало тихо.", "The Dozor (banned in Russia) left."),
    )
    assert in_doubt(code, *rows) == []


@pytest.mark.parametrize("code", ["A001", "A002"])
def test_marks_far_apart_are_not_each_others_even_in_doubtful_beads(code: str) -> None:
    between = [("Прошла неделя.", "A week went by.")] * 20
    rows = [
        ("«Дозор» (запрещен в РФ) ушел.", "The Dozor left."),
        *between,
        ("«Гвардия» ушла.", "The Gvardia (banned in Russia) left."),
    ]
    assert len(in_doubt(code, *rows)) == 1


def test_a_mark_behind_a_country_is_missed_where_the_text_words_its_marks_so() -> None:
    rows = [
        ("«Дозор» (организация запрещена в РФ) ушел.", "The Dozor (banned in Russia) left."),
        ("На юге Сирии (организация запрещена в РФ) тихо.", "The south of Syria is quiet."),
    ]
    assert len(in_doubt("A001", *rows)) == 1
