"""From texts to candidates: groups, renderings, order, places; and the figures on the gold."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.embed import load_embedder
from align.formats.read import read_path
from align.segment import build_document
from benchmarks.terms import ROOT, Score, cases, judge_links, judge_names
from glossary.annotations import find_annotations
from glossary.extract import NAMED, extract
from glossary.model import Candidate
from tests.glossary.texts import aligned, document

SHARED = ROOT.parent / "shared"
INTERVIEW = SHARED / "seed" / "interview.en.txt"
RU = [
    "Полковник Юсуф Кархани живет в Мерхистане.",
    "Кархани говорит о Фронте обновления Мерхистана (ФОМ).",
    "В Мерхистане ФОМ знают все, и Фронт обновления растет.",
    "Газета спросила Кархани о «Шамширане».",
    "С «Шамшираном» он не спорит.",
]
EN = [
    "Colonel Yusuf Karhani lives in Merhistan.",
    "Karhani speaks of the Renewal Front of Merhistan (RFM).",
    "In Merhistan everybody knows the RFM, and the Renewal Front is growing.",
    "The newspaper asked Karkhani about Shamshiran.",
    "He does not argue with Shamshiran.",
]


def by_form(candidates: list[Candidate], form: str) -> Candidate:
    """The one candidate of a name that has this form."""
    (found,) = [c for c in candidates if form in c.term.variants and c.kind in NAMED]
    return found


def test_a_name_is_a_candidate_with_all_its_forms_and_their_reasons() -> None:
    found = by_form(extract([document(EN, "en")]), "RFM")
    assert dict(found.term.variants) == {"RFM": 2, "Renewal Front of Merhistan": 1, "Renewal Front": 1}
    assert {part.relation for part in found.parts} == {"", "acronym", "short form"}
    assert all(part.reason for part in found.parts if part.relation)


def test_spellings_are_joined_with_a_reason() -> None:
    found = by_form(extract([document(EN, "en")]), "Karkhani")
    assert {"Karhani", "Karkhani", "Yusuf Karhani"} <= set(found.term.variants)
    assert "sounds alike" in found.reason


def test_a_name_is_paired_with_its_renderings_in_both_directions() -> None:
    found = extract((), [aligned(RU, EN)])
    there = by_form(found, "Шамширане")
    assert [(r.text, r.count) for r in there.renderings] == [("Shamshiran", 2)]
    back = by_form(found, "Shamshiran")
    assert [r.lang for r in back.renderings] == ["ru"]


def test_a_rendering_says_which_mention_it_renders() -> None:
    rendering = by_form(extract((), [aligned(RU, EN)]), "Шамширане").renderings[0]
    assert [at.text for at in rendering.sources] == ["Шамширане", "Шамшираном"]
    assert [at.text for at in rendering.occurrences] == ["Shamshiran", "Shamshiran"]
    assert rendering.beads == (3, 4)


def test_a_mention_that_the_translation_leaves_out_has_an_empty_rendering() -> None:
    short = [*EN[:4], "He is silent."]
    renderings = by_form(extract((), [aligned(RU, short)]), "Шамширане").renderings
    assert [(r.text, r.count) for r in renderings] == [("Shamshiran", 1), ("", 1)]


def test_what_one_language_knows_of_a_name_the_other_is_told() -> None:
    ru = ["Он живет в Норфолке.", "Норфолк велик."]
    en = ["He lives near Norfolk.", "Norfolk is big."]
    assert {c.kind for c in extract((), [aligned(ru, en)], phrases=False)} == {"place"}


def test_spans_to_ignore_are_not_read() -> None:
    made = document(
        ["Shamshiran (banned in Russia) left.", "But Shamshiran came back; Russia (not) Russia."], "en"
    )
    at = made.text.index("banned")
    found = extract([made], ignore={"text": [(at, at + len("banned in Russia"))]})
    assert by_form(found, "Russia").count == 2


def test_the_same_document_given_twice_counts_once() -> None:
    alignment = aligned(RU, EN)
    once, twice = extract((), [alignment]), extract([alignment.source], [alignment])
    assert once == twice


def test_progress_ends_with_everything_done() -> None:
    seen: list[tuple[int, int]] = []
    extract((), [aligned(RU, EN)], progress=lambda done, of: seen.append((done, of)))
    assert seen == [(n, seen[-1][1]) for n in range(1, seen[-1][1] + 1)]


def test_nothing_makes_no_candidates() -> None:
    assert extract() == []
    assert extract([document([], "en")]) == []


lines = st.lists(st.integers(0, len(RU) - 1), max_size=7)


@settings(max_examples=40)
@given(lines)
def test_candidates_are_exact_and_the_same_for_the_same_input(numbers: list[int]) -> None:
    alignment = aligned([RU[i] for i in numbers], [EN[i] for i in numbers])
    found = extract((), [alignment], least=1)
    assert found == extract((), [alignment], least=1)
    texts = {d.name: d for d in (alignment.source, alignment.target)}
    keys = [candidate.key for candidate in found]
    assert len(set(keys)) == len(keys)
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    for candidate in found:
        assert candidate.count == len(candidate.occurrences) == sum(candidate.term.variants.values())
        places = [
            at for rendering in candidate.renderings for at in (*rendering.occurrences, *rendering.sources)
        ]
        for at in (*candidate.occurrences, *places):
            assert texts[at.document].text[at.start : at.end] == at.text
            segment = texts[at.document].segments[at.segment]
            assert segment.start <= at.start < at.end <= segment.end


@settings(max_examples=40)
@given(lines)
def test_every_occurrence_is_in_one_candidate_of_its_language_unless_nested(numbers: list[int]) -> None:
    made = document([RU[i] for i in numbers], "ru")
    spans = sorted((o.start, o.end) for c in extract([made], least=1, phrases=False) for o in c.occurrences)
    assert len(set(spans)) == len(spans)
    for (a, b), (x, y) in pairwise(spans):
        assert b <= x or y <= b or (a, b) == (x, b)


# The figures. Thresholds are the issue's; the benchmark prints where they stand.


@pytest.fixture(scope="module")
def score() -> Score:
    """The gold judged with the embedded model."""
    pooled, embedder = Score(), load_embedder()
    for case in cases(SHARED / "data"):
        recurring = extract((), [case.alignment], embedder, ignore=case.ignore, phrases=False)
        every = extract((), [case.alignment], embedder, ignore=case.ignore, phrases=False, least=1)
        judge_names(case, recurring, pooled)
        judge_links(case, every, pooled)
    return pooled


def test_recurring_names_of_the_gold_are_found(score: Score) -> None:
    assert score.found / score.gold >= 0.95


def test_candidates_that_recur_are_in_the_gold(score: Score) -> None:
    assert score.right / score.proposed >= 0.85


def test_mentions_of_the_gold_get_the_right_target_span(score: Score) -> None:
    assert score.rendered / score.links >= 0.93


@pytest.fixture(scope="module")
def interview() -> list[Candidate]:
    if not INTERVIEW.exists():
        pytest.skip("the interview is not part of the project: ../shared/seed")
    extracted, _ = read_path(str(INTERVIEW))
    made = build_document(extracted, name="interview", lang="en")
    marks = [span for mark in find_annotations(made.text, "en") for span in mark.removal]
    return extract([made], ignore={"interview": marks})


@pytest.mark.parametrize(
    "forms",
    [
        ("Andrey Serenko", "Andrei SERENKO"),
        ("IS", "ISIS", "Islamic State"),
        ("NRFA", "National Resistance Front of Afghanistan", "National Resistance Front", "Resistance Front"),
        ("East Turkestan", "East Turkistani"),
        ("Khalid Amiri", "Khalid AMIRI", "Amiri"),
        ("US", "United States"),
    ],
)
def test_the_interview_alone_gives_these_groups(interview: list[Candidate], forms: tuple[str, ...]) -> None:
    assert set(forms) <= set(by_form(interview, forms[0]).term.variants)


def test_the_taliban_of_the_interview_are_one_concept(interview: list[Candidate]) -> None:
    found = [c for c in interview if c.kind in NAMED and any("Taliban" in form for form in c.term.variants)]
    assert [dict(c.term.variants) for c in found] == [{"Taliban": found[0].count}]
