"""The annotation grammar finds marks and what they apply to, and nothing where the same words report."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import UsageError
from benchmarks.annotations import measure, rows
from glossary.annotations import LANGUAGES, find_annotations, find_orphans
from glossary.model import Annotation

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "data" / "annotations"
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
INTERVIEW = SHARED / "seed" / "interview.en.txt"
NEWS = SHARED / "data" / "dev"


def only(text: str, lang: str) -> Annotation:
    """The one mark of a text."""
    found = find_annotations(text, lang)
    assert len(found) == 1, found
    return found[0]


def names(annotation: Annotation) -> list[str]:
    return [name.text for name in annotation.concepts]


# -- the gold ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["spans", "concepts"])
def test_gold_marks_and_their_concepts_are_found(lang: str, kind: str) -> None:
    counts = getattr(measure(rows(GOLD / f"{lang}.jsonl"), lang), kind)
    assert counts.right >= 0.98 * counts.gold
    assert counts.right >= 0.98 * counts.found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("field", ["status", "jurisdiction", "form", "position"])
def test_gold_marks_are_described_as_the_gold_says(lang: str, field: str) -> None:
    result = measure(rows(GOLD / f"{lang}.jsonl"), lang)
    assert result.fields[field] <= 0.02 * result.spans.gold


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_sentences_that_report_hold_no_mark(lang: str) -> None:
    negatives = rows(GOLD / f"negatives.{lang}.jsonl")
    false = [row["text"] for row in negatives if find_annotations(row["text"], lang)]
    assert len(false) <= 0.02 * len(negatives), false


def test_the_sample_interview_is_marked_as_by_hand() -> None:
    gold = json.loads((SEEDS / "interview.annotations.json").read_text("utf-8"))["annotations"]
    for lang in ("ru", "en", "de"):
        found = find_annotations((SEEDS / f"interview.{lang}.txt").read_bytes().decode("utf-8"), lang)
        expected = [mark for mark in gold if mark["lang"] == lang]
        assert [described(a) for a in found] == [
            tuple(
                mark[key]
                for key in ("start", "end", "concepts", "acronym", "status", "jurisdiction", "place")
            )
            for mark in expected
        ]
        assert [list(a.removal[0]) for a in found] == [mark["removal"] for mark in expected]


def described(a: Annotation) -> tuple[Any, ...]:
    acronym = a.acronym.text if a.acronym else None
    return a.start, a.end, names(a), acronym, ", ".join(a.status), ", ".join(a.jurisdiction), a.place


@pytest.mark.skipif(not INTERVIEW.exists(), reason="needs ../shared")
def test_the_first_interview_has_five_marks_for_six_names() -> None:
    found = find_annotations(INTERVIEW.read_text("utf-8"), "en")
    assert [names(a) for a in found] == [
        ["Taliban"],
        ["Taliban", "Islamic State"],
        ["Islamic State"],
        ["Haqqani network"],
        ["East Turkestan Islamic Movement"],
    ]
    assert [a.acronym.text if a.acronym else None for a in found] == [None, None, "IS", None, "ETIM"]


@pytest.mark.skipif(not NEWS.exists(), reason="needs ../shared")
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_news_without_marks_stays_without(lang: str) -> None:
    texts = {
        line.split("\t")[lang == "en"]
        for path in sorted((NEWS / "ru-en").glob("*.tsv"))
        for line in path.read_text("utf-8").splitlines()
        if line.count("\t")
    }
    found = [a for text in sorted(texts) for a in find_annotations(text, lang)]
    # The corpus holds one real banner of a foreign agent, in both languages; it was looked at.
    assert [a.position for a in found] == ["banner"]


# -- wordings of our own, apart from the gold -------------------------------------------------------------------

WORDINGS = [
    ("ru", "Боевики ИГИЛ (террористическая организация, запрещенная в РФ) ушли.", ["ИГИЛ"], "parenthesis"),
    ("ru", "Движение талибов (запрещено в РФ) заявило о победе.", ["Движение талибов"], "parenthesis"),
    ("ru", "Талибы (движение «Талибан» запрещено в России) вошли в город.", ["Талибан"], "parenthesis"),
    ("ru", "Хуситы (запрещены в США) обстреляли корабль.", ["Хуситы"], "parenthesis"),
    ("ru", "Сеть Хаккани (запрещена в РФ) контролирует рынок.", ["Сеть Хаккани"], "parenthesis"),
    ("ru", "Фонд борьбы с ложью (ФБЛ, признан иноагентом) закрыт.", ["Фонд борьбы с ложью"], "acronym"),
    ("ru", "Отряды Армии освобождения (запрещена в РФ) отошли.", ["Армии освобождения"], "parenthesis"),
    (
        "ru",
        "Эксперт центра «Полдень» Иван Грачёв (признан в РФ иноагентом) ответил.",
        ["Иван Грачёв"],
        "parenthesis",
    ),
    ("ru", "Он писал для «Ветра» (внесён в реестр СМИ — иностранных агентов).", ["Ветра"], "parenthesis"),
    ("ru", "Сторонник запрещённых в РФ «Рассвета» и «Заката» осуждён.", ["Рассвета", "Заката"], "joint"),
    ("ru", "«Рассвет» и «Закат» — обе организации запрещены в РФ — слились.", ["Рассвет", "Закат"], "joint"),
    (
        "ru",
        "«Рассвет», «Закат» и «Полдень» (все — запрещённые в РФ организации) ушли.",
        ["Рассвет", "Закат", "Полдень"],
        "joint",
    ),
    ("ru", "«Рассвет», которую признали в России нежелательной, закрылась.", ["Рассвет"], "apposition"),
    (
        "ru",
        "Сеть «Гнездо» и «Улей» (принадлежат «Медоносу», запрещённому в РФ) упали.",
        ["Гнездо", "Улей", "Медоносу"],
        "owner",
    ),
    ("ru", "«Рассвет»¹ ушёл.\n¹ Запрещён в РФ.", ["Рассвет"], "footnote"),
    ("ru", "*Организация запрещена в РФ\nБоевики «Рассвета»* бежали.", ["Рассвета"], "footnote"),
    ("ru", "Лидер «Рассвета»* ушёл. * Запрещён в РФ.", ["Рассвета"], "footnote"),
    (
        "en",
        "The Islamic State terrorist group (IS, outlawed in Russia) attacked.",
        ["Islamic State"],
        "acronym",
    ),
    (
        "en",
        "The group Hayat Tahrir al-Sham (HTS, banned in Russia) left.",
        ["Hayat Tahrir al-Sham"],
        "acronym",
    ),
    ("en", 'Maria Vetrova (designated a "foreign agent" in Russia) left.', ["Maria Vetrova"], "parenthesis"),
    ("en", "Members of the Steppe Wind movement banned in Russia arrived.", ["Steppe Wind"], "apposition"),
    (
        "en",
        "The Salt Workers' Party, listed as a terrorist organisation by Turkey and the EU, left.",
        ["Salt Workers' Party"],
        "apposition",
    ),
    (
        "en",
        "The White Rose and Black Poppy movements (both banned in Russia) merged.",
        ["White Rose", "Black Poppy"],
        "joint",
    ),
    (
        "en",
        "Nest and Hive (owned by Beekeeper, designated extremist in Russia) fell.",
        ["Nest", "Hive", "Beekeeper"],
        "owner",
    ),
    ("en", "He wrote for The Heron (recognized as a foreign agent in Russia).", ["Heron"], "parenthesis"),
    ("uk", "Партія «Світанок» (діяльність якої заборонена в Україні) мовчить.", ["Світанок"], "parenthesis"),
    (
        "de",
        "Man hat Leute der »Morgenröte« gesehen (eine in Russland verbotene Organisation).",
        ["Morgenröte"],
        "parenthesis",
    ),
    (
        "de",
        "Nestbuch (gehört zu Imker, einem in Russland verbotenen Konzern) ist gesperrt.",
        ["Nestbuch", "Imker"],
        "owner",
    ),
    (
        "fr",
        "Les Frères du vent (interdits en Russie et en Égypte) protestent.",
        ["Frères du vent"],
        "parenthesis",
    ),
]


@pytest.mark.parametrize(("lang", "text", "concepts", "position"), WORDINGS)
def test_further_wordings_are_read(lang: str, text: str, concepts: list[str], position: str) -> None:
    found = only(text, lang)
    assert (names(found), found.position) == (concepts, position)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Hezbollah, an Iran-backed militant group, replied."),
        ("en", "Smith, banned for two years, returned."),
        ("en", "Russia, banned from the games, protested."),
        ("en", "The Taliban (banned in Russia until 2025) said so."),
        ("en", "Surrogacy, illegal in Italy, is discussed."),
        ("ru", "Фильм «Ветер» (запрещён в РФ) показали."),
        ("ru", "Администратор канала «Мак» (признан экстремистским материалом) ушёл."),
        ("ru", "Он вступил в запрещённую «Белую розу»."),
        ("de", "Die Droge, in Deutschland verboten, wird verkauft."),
    ],
)
def test_other_things_and_other_times_are_no_marks(lang: str, text: str) -> None:
    assert find_annotations(text, lang) == []


# -- agreement, signs, languages --------------------------------------------------------------------------------


@pytest.mark.parametrize("row", rows(GOLD / "ru.jsonl"), ids=lambda row: str(row["text"])[:40])
def test_wrong_agreement_is_told_where_the_gold_says_so(row: dict[str, Any]) -> None:
    wrong = [a for a in find_annotations(row["text"], "ru") if a.agreement and not a.agreement.ok]
    assert bool(wrong) == ("wrong agreement" in (row.get("note") or ""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Движение «Талибан» (запрещена в РФ) ответило.", "запрещено"),
        ("«Ночные егеря» (запрещено в РФ) ушли.", "запрещены"),
        ("Сторонники движения «Талибан», запрещенное в России, ушли.", "запрещённого"),
        ("«Рассвет» и «Закат» (запрещён в РФ) слились.", None),
    ],
)
def test_the_form_that_would_agree_is_given(text: str, expected: str | None) -> None:
    agreement = only(text, "ru").agreement
    assert agreement is not None
    assert (agreement.expected or None) == expected


def test_a_footnote_without_a_mention_is_flagged() -> None:
    assert only("Переговоры идут.\n\n* Организация, запрещённая в РФ.", "ru").flags == ("no-mention",)


def test_a_sign_without_a_footnote_is_an_orphan() -> None:
    text = "Боевики «Рассвета»* ушли. Их не ждали в отеле 4* у моря."
    assert [text[:a] for a, _ in find_orphans(text, find_annotations(text, "ru"))] == ["Боевики «Рассвета»"]


def test_a_region_behind_the_language_is_allowed() -> None:
    assert only("The Heron (banned in Russia) flew.", "en-GB").lang == "en"


def test_a_language_without_a_grammar_is_refused() -> None:
    with pytest.raises(UsageError, match="no annotation grammar"):
        find_annotations("текст", "zh")


PIECES = [
    word for lang in LANGUAGES for row in rows(GOLD / f"{lang}.jsonl")[::7] for word in row["text"].split(" ")
]


@given(
    st.lists(st.sampled_from([*PIECES, "(", ")", ",", "«", "»", "*", "\n", "—"]), max_size=40),
    st.sampled_from(LANGUAGES),
)
def test_any_mixture_gives_spans_of_the_text_that_do_not_overlap(words: list[str], lang: str) -> None:
    text = " ".join(words)
    found = find_annotations(text, lang)
    assert all(text[a.start : a.end] == a.text for a in found)
    assert all(text[n.start : n.end] == n.text != "" for a in found for n in a.concepts)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("ru", "Бойцы «Гвардии Заката» в Сирии (организация запрещена в РФ) отошли.", "Гвардии Заката"),
        ("uk", "«Варта» в Сирії (організація заборонена в Росії) мовчить.", "Варта"),
        ("en", "The Sunset Guard in Syria (banned in Russia) is silent.", "Sunset Guard"),
        ("en", "The Sunset Guard in the United States (banned in Russia) is silent.", "Sunset Guard"),
        ("de", "Die »Abendgarde« in Syrien (in Russland verbotene Organisation) schweigt.", "Abendgarde"),
    ],
)
def test_a_mark_behind_a_country_speaks_of_the_name_before_it(lang: str, text: str, name: str) -> None:
    (mark,) = find_annotations(text, lang)
    assert [concept.text for concept in mark.concepts] == [name]


COUNTRY = "На юге Сирии (организация запрещена в РФ) тихо."


def test_a_bracket_behind_a_country_alone_is_no_mark() -> None:
    assert find_annotations(COUNTRY, "ru") == []


def test_a_bracket_behind_a_country_is_a_mark_without_a_name_if_another_mark_says_the_same() -> None:
    text = f"«Дозор» (организация запрещена в РФ) ушел.\n{COUNTRY}"
    first, second = find_annotations(text, "ru")
    assert (len(first.concepts), second.concepts, second.flags) == (1, (), ("no-name",))


def test_a_bracket_behind_a_country_in_other_words_than_the_marks_is_none() -> None:
    text = f"«Дозор» (запрещен в Казахстане) ушел.\n{COUNTRY}"
    assert len(find_annotations(text, "ru")) == 1
