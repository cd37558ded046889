"""The planter of errors plants what it says, where it says, and nothing else; and it knows nothing of the checks."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.checks import planted_documents, table
from benchmarks.planting import KINDS, Bitext, Plant, Planted, Row, plant, prepare
from benchmarks.planting.clean import as_written, read_verdicts, sample
from benchmarks.planting.data import DEV, seeds
from benchmarks.planting.gold import compared
from benchmarks.planting.judge import Places, Tally, judge
from benchmarks.planting.plant import neighbours, possible
from benchmarks.planting.run import FILES, SOURCE, TARGET, Options, as_toml, checked
from tests.test_architecture import Module, imports

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "data" / "checks"
EVERYTHING = dict.fromkeys(KINDS, 2)
SMALL_WORDS = frozenset({"front", "communities", "valleys", "guard", "renewal"})
WORDLESS = ("block-moved", "sentence-omitted")  # kinds whose words only leave or go elsewhere

needs_news = pytest.mark.skipif(
    not DEV.exists(), reason=f"needs {DEV.relative_to(ROOT.parent)} beside the repository"
)


def interview(lang: str = "en") -> Bitext:
    bitext = seeds(f"ru-{lang}")
    assert bitext is not None
    return bitext


@lru_cache(maxsize=64)
def planted(seed: int) -> Planted:
    """The sample interview with errors of all kinds that it has room for."""
    rng = Random(seed)
    return plant(prepare(interview(), rng, strands=6), EVERYTHING, rng, SMALL_WORDS)


SEEDS = st.integers(0, 40)  # few enough for the properties to share what was planted
few = settings(max_examples=15, deadline=None)


def words_at(result: Planted, error: Plant) -> str:
    return result.changed.text(error.side)[error.start : error.end]


def by_id(bitext: Bitext) -> dict[int, Row]:
    return {row.id: row for row in bitext.rows}


@given(SEEDS)
@few
def test_the_place_of_an_error_holds_its_new_words(seed: int) -> None:
    result = planted(seed)
    for error in result.plants:
        if error.kind not in WORDLESS:
            assert words_at(result, error) == error.now, error.kind


@given(SEEDS)
@few
def test_the_rows_of_an_error_differ_from_the_clean_text(seed: int) -> None:
    result = planted(seed)
    before, after = by_id(result.clean), by_id(result.changed)
    for error in result.plants:
        if error.kind != "block-moved":
            assert any(before.get(row) != after[row] for row in error.rows), error.kind


@given(SEEDS)
@few
def test_rows_without_an_error_are_as_they_were(seed: int) -> None:
    result = planted(seed)
    touched = {row for error in result.plants for row in error.rows}
    before = by_id(result.clean)
    for row in result.changed.rows:
        if row.id not in touched:
            assert (row.source, row.target) == (before[row.id].source, before[row.id].target)


@given(SEEDS)
@few
def test_the_original_is_never_changed(seed: int) -> None:
    result = planted(seed)
    assert result.changed.text("source") == result.clean.text("source")


@given(SEEDS)
@few
def test_no_two_errors_are_in_the_same_or_neighbouring_rows(seed: int) -> None:
    result = planted(seed)
    owners = {row: number for number, error in enumerate(result.plants) for row in error.rows}
    assert len(owners) == sum(len(error.rows) for error in result.plants)
    footers = {max(error.rows) for error in result.plants if error.kind == "mark-footnote"}
    close = [
        (a, b) for a, b in neighbours(result.changed) if a in owners and b in owners and b not in footers
    ]
    assert [pair for pair in close if owners[pair[0]] != owners[pair[1]]] == []


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_seed_gives_the_same_errors(seed: int) -> None:
    assert planted(seed) == planted.__wrapped__(seed)


def test_another_seed_gives_other_errors() -> None:
    assert planted(1).plants != planted(2).plants


@given(SEEDS)
@few
def test_the_other_mentions_of_a_respelt_name_are_spelt_as_before(seed: int) -> None:
    result = planted(seed)
    for error in result.plants:
        if error.kind in (
            "name-respelt",
            "rival-acronym",
            "capitals-lost",
            "approved-replaced",
            "name-unquoted",
        ):
            text = result.changed.text("target")
            assert {text[a:b] for _, a, b in error.related} <= {error.was}
            assert len(error.related) >= (1 if error.kind == "approved-replaced" else 2)


@given(SEEDS)
@few
def test_an_omitted_sentence_is_gone_and_its_place_is_that_of_the_original(seed: int) -> None:
    result = planted(seed)
    for error in result.plants:
        if error.kind == "sentence-omitted":
            row = by_id(result.clean)[error.row]
            assert words_at(result, error) == row.source
            assert row.target not in result.changed.text("target")


@given(SEEDS)
@few
def test_a_moved_block_stands_together_elsewhere(seed: int) -> None:
    result = planted(seed)
    for error in result.plants:
        if error.kind == "block-moved":
            order = [row.id for row in result.changed.sequence("target")]
            at = order.index(error.rows[0])
            assert tuple(order[at : at + len(error.rows)]) == error.rows
            assert order != [row.id for row in result.changed.rows]


@given(SEEDS)
@few
def test_no_empty_line_comes_about(seed: int) -> None:
    assert "\n\n" not in planted(seed).changed.text("target")


@given(SEEDS)
@few
def test_an_error_of_the_glossary_comes_with_its_entry(seed: int) -> None:
    result = planted(seed)
    known = {concept.target for concept in result.glossary}
    for error in result.plants:
        if error.kind in ("approved-replaced", "forbidden-used", "do-not-translate-changed"):
            assert error.was in known


@pytest.mark.parametrize("seed", range(4))
def test_between_them_a_few_interviews_hold_every_family(seed: int) -> None:
    assert {error.family for error in planted(seed).plants} == set(KINDS.values())


def test_every_kind_is_planted_somewhere() -> None:
    room = {
        kind for seed in range(12) for kind in possible(prepare(interview(), Random(seed), 6), SMALL_WORDS)
    }
    dashes = prepare(talk(), Random(3), 0)
    assert set(KINDS) - room - set(possible(dashes)) == set()


def talk() -> Bitext:
    """A short exchange in which every row is a turn."""
    pairs = [
        ("Кто там?", "Who is there?"),
        ("Никого нет.", "There is nobody."),
        ("Жаль.", "A pity."),
        ("Да.", "Yes."),
    ]
    return Bitext(
        "talk", "ru", "en", tuple(Row(at, f"— {one}", f"– {two}") for at, (one, two) in enumerate(pairs))
    )


def test_prepared_marks_stand_on_both_sides() -> None:
    result = prepare(interview(), Random(5), strands=6)
    rows = by_id(result)
    assert result.marks
    for marked in result.marks:
        row = rows[marked.removal.row]
        assert (
            row.target[marked.words.start : marked.words.end]
            in row.target[marked.removal.start : marked.removal.end]
        )
        assert "запрещена в" in row.source
        assert row.target[: marked.removal.start].endswith(marked.name)


def test_a_pair_without_sentences_of_our_own_is_left_as_it_is() -> None:
    german = interview("de")
    assert prepare(german, Random(1)) == german


def test_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError):
        plant(talk(), {"nonsense": 1}, Random(1))


def test_the_interview_in_rows_is_the_interview() -> None:
    for lang in ("en", "de"):
        bitext = interview(lang)
        assert bitext.text("target") == (ROOT / "seeds" / f"interview.{lang}.txt").read_bytes().decode(
            "utf-8"
        )
        assert bitext.text("source") == (ROOT / "seeds" / "interview.ru.txt").read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", sorted(ROOT.glob("benchmarks/planting/*.py")), ids=lambda path: path.stem)
def test_the_planter_imports_nothing_of_the_checks(path: Path) -> None:
    module = Module(f"benchmarks.planting.{path.stem}", path.read_text("utf-8"))
    found = [*imports(module, types=True)]
    assert [name for name in found if name.split(".")[0] == "glossary"] == []


def test_an_import_of_the_checks_would_be_noticed() -> None:
    sample_of_it = Module("benchmarks.planting.x", "def f():\n    from glossary import model")
    assert any(name.startswith("glossary") for name in imports(sample_of_it, types=True))


# The judge


def finding(result: Planted, error: Plant, code: str = "T1", **other: Any) -> dict[str, Any]:
    document = SOURCE if error.side == "source" else TARGET
    place = {"document": document, "start": error.start, "end": error.end, "text": words_at(result, error)}
    return {"code": code, **place, "fingerprint": f"{code}:{error.row}", "evidence": [], **other}


def one_error(kind: str) -> tuple[Planted, Plant]:
    for seed in range(60):
        rng = Random(seed)
        result = plant(prepare(interview(), rng, 6), {kind: 1}, rng, SMALL_WORDS)
        if result.plants:
            return result, result.plants[0]
    raise AssertionError(f"no place for {kind}")


def test_a_finding_of_its_family_at_the_place_finds_an_error() -> None:
    result, error = one_error("name-respelt")
    verdict = judge(result, [], [finding(result, error)], FILES)
    assert verdict.found == ((error, ("T1",)),)
    assert verdict.unexplained == ()


def test_a_finding_of_another_family_explains_but_does_not_find() -> None:
    result, error = one_error("name-respelt")
    verdict = judge(result, [], [finding(result, error, "S1")], FILES)
    assert verdict.found == ((error, ()),)
    assert verdict.found_by_any == ((error, ("S1",)),)
    assert verdict.unexplained == ()


def test_a_finding_that_was_there_before_counts_for_nothing() -> None:
    result, error = one_error("name-respelt")
    known = finding(result, error)
    verdict = judge(result, [known], [known], FILES)
    assert verdict.new == ()


def test_a_finding_elsewhere_is_not_explained() -> None:
    result, error = one_error("negation-lost")
    elsewhere = finding(result, error, "F1", start=0, end=3, fingerprint="other")
    verdict = judge(result, [], [elsewhere], FILES)
    assert verdict.unexplained == (elsewhere,)


def test_the_evidence_of_a_finding_finds_too() -> None:
    result, error = one_error("negation-lost")
    place = {"document": TARGET, "start": error.start, "end": error.end, "text": ""}
    elsewhere = finding(result, error, "F1", start=0, end=3, evidence=[place])
    assert judge(result, [], [elsewhere], FILES).found == ((error, ("F1",)),)


def test_a_finding_at_another_mention_of_the_name_is_explained_without_finding() -> None:
    result, error = one_error("name-respelt")
    _, start, end = error.related[0]
    verdict = judge(result, [], [finding(result, error, start=start, end=end)], FILES)
    assert (verdict.found, verdict.unexplained) == (((error, ()),), ())


def test_a_place_as_wide_as_the_text_is_no_place() -> None:
    result, error = one_error("negation-lost")
    everything = finding(result, error, "F1", start=0, end=len(result.changed.text("target")))
    assert judge(result, [], [everything], FILES).found == ((error, ()),)


@given(SEEDS)
@few
def test_each_row_is_found_at_its_own_place(seed: int) -> None:
    result = planted(seed).changed
    places, starts = Places(result, FILES), result.starts("target")
    for row in result.rows:
        if row.target:
            spot = {"document": TARGET, "start": starts[row.id], "end": starts[row.id] + len(row.target)}
            assert places.at(spot) == (row.id,)


def test_the_table_counts_what_was_judged() -> None:
    result, error = one_error("unit-changed")
    tally = Tally.empty()
    tally.add(judge(result, [], [finding(result, error, "F1")], FILES))
    line = next(line for line in table("ru-en", tally) if line.split()[0] == "unit-changed")
    assert line.split()[1::2] == ["1", "1", "1.000"]


def test_what_is_checked_is_written_as_it_is() -> None:
    result, _ = one_error("forbidden-used")
    seen: dict[str, str] = {}

    def check(original: Path, translation: Path, options: Options) -> list[dict[str, Any]]:
        seen["source"], seen["target"] = original.read_bytes().decode(), translation.read_bytes().decode()
        seen["glossary"] = options.glossary.read_text("utf-8") if options.glossary else ""
        return []

    checked(result.changed, result.glossary, check)
    assert seen["source"] == result.changed.text("source")
    assert seen["target"] == result.changed.text("target")
    assert seen["glossary"] == as_toml(result.glossary, "ru", "en")
    assert 'status = "forbidden"' in seen["glossary"]


# Gold and news


def gold() -> list[dict[str, Any]]:
    """The rows of what the sample has to yield."""
    return [json.loads(line) for line in (GOLD / "seeds.expected.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", gold(), ids=lambda row: row["id"])
def test_the_gold_of_the_sample_has_places_inside_it(row: dict[str, Any]) -> None:
    english, russian = interview().text("target"), interview().text("source")
    assert row["family"] in set(KINDS.values())
    assert row["groups"] or row["original"]
    for text, places in (
        (english, [p for group in row["groups"] for p in group]),
        (russian, row["original"]),
    ):
        for place in places:
            assert text[place["start"] : place["end"]].strip()
            assert text.count("\n", 0, place["start"]) + 1 == place["line"]


def test_a_finding_covers_a_row_of_the_gold_by_a_place_of_each_group() -> None:
    row = next(row for row in gold() if row["id"] == "first-name")
    one, other = ({"document": TARGET, **group[0]} for group in row["groups"])
    whole = {"code": "T1", **one, "evidence": [other]}
    half = {"code": "T1", **one, "evidence": []}
    codes, rest = compared([row], [whole, half, {**whole, "code": "A1"}], SOURCE, TARGET)
    assert codes == {"first-name": ["T1"]}
    assert len(rest) == 2


def test_a_sentence_left_out_is_covered_by_its_place_in_the_original() -> None:
    row = next(row for row in gold() if row["id"] == "omitted-9")
    inside = {"code": "S1", "document": SOURCE, **row["original"][0]}
    assert compared([row], [inside], SOURCE, TARGET)[0] == {"omitted-9": ["S1"]}
    assert compared([row], [{**inside, "document": TARGET}], SOURCE, TARGET)[0] == {"omitted-9": []}


def test_the_verdicts_are_verdicts() -> None:
    rows = read_verdicts()
    assert len({(r["fingerprint"], r["code"], r["dataset"], r["document"]) for r in rows}) == len(rows)


def test_a_row_that_is_no_verdict_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    path.write_text('{"fingerprint": "1", "verdict": "maybe"}\n', "utf-8")
    with pytest.raises(ValueError, match="line 1"):
        read_verdicts(path)


@needs_news
def test_news_is_sampled_in_whole_documents_and_the_same_each_time() -> None:
    one = sample(300, seed=3)
    assert one == sample(300, seed=3)
    assert sum(len(document.bitext.rows) for document in one) >= 300
    assert {document.bitext.source_lang for document in one} > {"ru", "en"}


@needs_news
def test_parts_of_one_draw_share_no_document_and_follow_each_other() -> None:
    one, two, both = (
        sample(sentences, seed=3, part=part) for sentences, part in ((300, 1), (300, 2), (700, 1))
    )
    first, second, more = ({(d.dataset, d.document) for d in part} for part in (one, two, both))
    assert not first & second
    assert first < more


def test_what_was_written_in_english_has_english_as_its_original() -> None:
    turned = as_written("ru-en/wmt24_enru_docid", talk())
    assert (turned.source_lang, turned.target_lang) == ("en", "ru")
    assert turned.text("source") == talk().text("target")
    assert as_written("ru-en/wmt23_ruen_docid", talk()) == talk()


@needs_news
@pytest.mark.parametrize("pair", ["ru-en", "de-en", "uk-en"])
def test_news_has_room_for_every_kind(pair: str) -> None:
    kinds = {error.kind for _, result in planted_documents(pair, 1, 1) for error in result.plants}
    assert kinds == set(KINDS)
