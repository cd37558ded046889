"""The reader of figures: what a number is worth, in digits and words, in many languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.checks.figures.figure import ANSWERS, DIGITS, Figure, clock
from glossary.checks.figures.numbers import read
from glossary.checks.figures.numerals import numerals, read_han, read_roman
from glossary.checks.figures.units import converts

LANGUAGES = (
    "ru",
    "uk",
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "cs",
    "pl",
    "nl",
    "zh",
    "ja",
    "ko",
    "ar",
    "fa",
    "sv",
)


def claims(text: str, lang: str) -> list[Figure]:
    """The figures of a text that stand for themselves."""
    return [figure for figure in read(text, lang).figures if figure.claim]


def only(text: str, lang: str) -> Figure:
    """The one figure of a text that stands for itself."""
    (found,) = claims(text, lang)
    return found


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("тридцать пять бойцов", "ru", 35),
        ("тысяча двести шестьдесят домов", "ru", 1260),
        ("пятеро детей", "ru", 5),
        ("сорок сім хат", "uk", 47),
        ("one hundred and five horses", "en", 105),
        ("twenty-one mules", "en", 21),
        ("zweihundertfünfunddreißig Pferde", "de", 235),
        ("dreitausendfünfhundert Schafe", "de", 3500),
        ("quatre-vingt-dix-sept chevaux", "fr", 97),
        ("soixante et onze moutons", "fr", 71),
        ("treinta y cinco ovejas", "es", 35),
        ("trentacinque pecore", "it", 35),
        ("trinta e cinco ovelhas", "pt", 35),
        ("třicet pět ovcí", "cs", 35),
        ("pětatřicet ovcí", "cs", 35),
        ("trzydzieści pięć owiec", "pl", 35),
        ("vijfendertig schapen", "nl", 35),
        ("два с половиной миллиона овец", "ru", 2_500_000),
        ("1 234,5 овец", "ru", 1234.5),
        ("1,234.5 sheep", "en", 1234.5),
        ("1.234,5 Schafe", "de", 1234.5),
        ("1’234.5 Schafe", "de", 1234.5),
        ("2 1/2 sheep", "en", 2.5),
        ("3½ sheep", "en", 3.5),
        ("4,2 млн овец", "ru", 4_200_000),
        ("4.2bn sheep", "en", 4_200_000_000),
        ("4,2 Mio. Schafe", "de", 4_200_000),
        ("4 billones de ovejas", "es", 4_000_000_000_000),
        ("1億2000万頭", "ja", 120_000_000),
        ("3.5万只羊", "zh", 35_000),
        ("٣٥ مليون", "ar", 35_000_000),
        ("۱۲ میلیون", "fa", 12_000_000),
    ],
)
def test_a_number_is_worth_what_it_says(text: str, lang: str, value: float) -> None:
    assert only(text, lang).readings[0] == value


@pytest.mark.parametrize(
    ("text", "lang", "kind", "value"),
    [
        ("35 %", "ru", "percent", 35),
        ("17,5 процента", "ru", "percent", 17.5),
        ("35 per cent", "en", "percent", 35),
        ("35 Prozent", "de", "percent", 35),
        ("pour 35 pour cent", "fr", "percent", 35),
        ("３割", "ja", "percent", 30),
        ("35%", "zh", "percent", 35),
        ("в 2022 году", "ru", "year", 2022),
        ("since 1999", "en", "year", 1999),
        ("2022年", "zh", "year", 2022),
        ("the 1990s", "en", "decade", 1990),
        ("в 90-х", "ru", "decade", 90),
        ("die 1990er", "de", "decade", 1990),
        ("the 19th century", "en", "century", 19),
        ("20世紀", "ja", "century", 20),
        ("in July", "en", "month", 7),
        ("в июльском номере", "ru", "month", 7),
        ("у грудні", "uk", "month", 12),
        ("am Dienstag", "de", "weekday", 2),
    ],
)
def test_a_figure_has_the_kind_that_its_neighbours_give_it(
    text: str, lang: str, kind: str, value: float
) -> None:
    found = only(text, lang)
    assert (found.kind, found.readings[0]) == (kind, value)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("3 марта 2022 г.", "ru"),
        ("3.03.2022", "ru"),
        ("March 3, 2022", "en"),
        ("2022-03-03", "en"),
        ("3. März 2022", "de"),
        ("3 de marzo de 2022", "es"),
        ("3 березня 2022 року", "uk"),
        ("2022年3月3日", "zh"),
    ],
)
def test_a_date_is_its_day_month_and_year(text: str, lang: str) -> None:
    found = {figure.kind: figure.readings[0] for figure in claims(text, lang)}
    assert found == {"day": 3, "month": 3, "year": 2022}


@pytest.mark.parametrize(
    ("text", "lang"),
    [("at 21:30", "en"), ("at 9:30 pm", "en"), ("в 21.30", "ru"), ("um 21.30 Uhr", "de"), ("下午9:30", "zh")],
)
def test_a_clock_time_is_the_same_in_every_spelling(text: str, lang: str) -> None:
    assert clock(21, 30) in only(text, lang).readings


@pytest.mark.parametrize(
    "text", ["a Mi-8", "COVID-19", "the G7", "a 737MAX", "see www.example.org/35", "№A4"]
)
def test_a_number_in_a_name_claims_nothing(text: str) -> None:
    assert claims(text, "en") == []


@pytest.mark.parametrize(
    "text", ["You may go.", "They march on.", "the first of them", "one of them", "half of it"]
)
def test_words_that_only_look_like_figures_claim_nothing(text: str) -> None:
    assert claims(text, "en") == []


@pytest.mark.parametrize(
    ("text", "lang", "unit"),
    [
        ("100 км", "ru", "km"),
        ("100-километровый", "ru", "km"),
        ("100 nautical miles", "en", "nmi"),
        ("100 km/h", "en", "km/h"),
        ("100 miles per hour", "en", "mph"),
        ("100 кв. м", "ru", "m2"),
        ("20 °C", "en", "C"),
        ("35-летний", "ru", "year"),
        ("100 公里", "zh", "km"),
        ("$100", "en", "USD"),
        ("100 millions d’euros", "fr", "EUR"),
        ("100 грн", "uk", "UAH"),
        ("10 Kč", "cs", "CZK"),
    ],
)
def test_a_measure_has_its_unit(text: str, lang: str, unit: str) -> None:
    assert unit in only(text, lang).units


def test_the_first_of_a_range_takes_scale_and_currency_of_the_second() -> None:
    first, second = claims("$5–10 million", "en")
    assert (first.readings[0], first.units) == (5_000_000, ("USD", "AUD", "CAD"))
    assert second.readings[0] == 10_000_000


def test_the_end_of_a_span_of_years_may_be_short() -> None:
    _, end = claims("2015–17", "en")
    assert 2017 in end.readings


def test_words_of_compounds_answer_but_do_not_claim() -> None:
    (found,) = read("двухлетний", "ru").figures
    assert (found.readings, found.claim) == ((2.0,), ANSWERS)


@pytest.mark.parametrize(
    ("text", "value"), [("三十五", 35), ("十", 10), ("二〇二二", 2022), ("两千零五", 2005)]
)
def test_numbers_in_characters_are_read(text: str, value: int) -> None:
    assert read_han(text) == value


@pytest.mark.parametrize(("text", "value"), [("XX", 20), ("XIV", 14), ("IX", 9), ("MIX", None), ("", None)])
def test_roman_figures_up_to_99_are_read(text: str, value: int | None) -> None:
    assert read_roman(text) == value


@pytest.mark.parametrize(
    ("value", "unit", "other", "to", "same"),
    [
        (100, "km", 62, "mi", True),
        (100, "km", 100, "mi", False),
        (20, "C", 68, "F", True),
        (18, "month", 1.5, "year", True),
        (5, "kg", 5, "km", False),
    ],
)
def test_a_measure_may_be_converted(value: float, unit: str, other: float, to: str, same: bool) -> None:
    assert converts(value, unit, other, to) is same


@given(st.integers(min_value=3, max_value=999_999_999))
def test_thousands_may_be_parted_in_every_way(number: int) -> None:
    spelt = f"{number:,}"
    for mark, lang in ((",", "en"), (".", "de"), ("\u00a0", "ru"), ("\u202f", "fr"), ("’", "de")):
        assert number in only(f"x {spelt.replace(',', mark)} y", lang).readings


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_is_read_and_places_lie_in_it(text: str, lang: str) -> None:
    found = read(text, lang)
    places = [(f.start, f.end) for f in found.figures] + [(m.start, m.end) for m in found.money]
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(st.text(alphabet="0123456789 .,:-–/%$€ abяКмг", max_size=40), st.sampled_from(LANGUAGES))
def test_reading_a_stretch_is_reading_it_alone(text: str, lang: str) -> None:
    alone, inside = read(text, lang), read(f"…{text}", lang, 1)
    assert [(f.start + 1, f.readings) for f in alone.figures] == [
        (f.start, f.readings) for f in inside.figures
    ]


@pytest.mark.parametrize("lang", ["ru", "uk", "en", "de", "fr", "es", "it", "pt", "cs", "pl", "nl"])
def test_every_language_counts_to_ten_and_knows_its_tens(lang: str) -> None:
    table = numerals(lang)
    assert table is not None
    known = {word.value for word in table.words.values()}
    assert {*range(11), *range(20, 101, 10), 1000, 1_000_000} <= known


def test_digits_of_any_script_claim_as_digits() -> None:
    assert only("٣٥", "ar").claim == DIGITS
