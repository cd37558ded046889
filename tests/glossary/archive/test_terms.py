"""Terms of a whole archive: what is listed, with which figures, and what people decided about them."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from align.archive import store
from align.archive.store import open_archive
from align.store import open_store
from glossary.archive import kept as tables
from glossary.archive import names, phrases
from glossary.archive.checks import check, findings
from glossary.archive.dates import Dates
from glossary.archive.kept import Kept
from glossary.archive.names import Mined, Support
from glossary.archive.over_time import marks_over_time, renderings_over_time
from glossary.archive.proposing import chosen_pairs, propose_into
from glossary.archive.running import Plan
from glossary.archive.terms import FORMATS, Decided, mine
from glossary.checks import chosen
from glossary.review.actions import Accept, Reject
from glossary.store import Glossary, Query
from tests.glossary.archive.archives import Note, archive_of, decade, note

PLAN = Plan(rules=chosen(("T001", "A001"), ()))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An archive of the decade, read and checked; one note has no date, in two the man is spelt otherwise."""
    path = tmp_path_factory.mktemp("terms") / "a.db"
    more = [note(900, ""), note(901, "2020-05-05", name="Torabekow"), note(902, "2014", name="Torabekow")]
    archive_of(path, [*decade(range(0, 132, 6)), *more])
    with open_archive(path) as archive:
        found = Kept(archive)
        check(found, PLAN)
        yield found


def term(kept: Kept, text: str, lang: str) -> Mined:
    """The term of this name."""
    return next(
        one for one in mine(kept, PLAN.version, Support()).found if (one.text, one.lang) == (text, lang)
    )


def test_a_name_has_its_mentions_pairs_dates_and_renderings(kept: Kept) -> None:
    found = term(kept, "Иван Торабеков", "ru")
    assert (found.kind, found.count, found.pairs) == ("person", 50, 25)
    assert (found.first, found.last) == (20140000, 20250715)
    counts = {one.text: (one.count, one.first) for one in found.renderings}
    assert counts["Torabekov"] == (23, 20150115)
    assert counts["Torabekow"] == (2, 20140000)


def test_a_phrase_is_counted_over_all_pairs_in_all_its_forms(kept: Kept) -> None:
    found = term(kept, "водяная мельница", "ru")
    assert (found.kind, found.count, found.pairs) == ("phrase", 50, 25)
    assert found.surfaces == {"Водяная мельница": 25, "водяную мельницу": 25}


@pytest.mark.parametrize(
    ("support", "there"),
    [(Support(2, 1), True), (Support(50, 25), True), (Support(51, 1), False), (Support(2, 26), False)],
    ids=["default", "just", "too-few-mentions", "too-few-pairs"],
)
def test_support_is_exact(kept: Kept, support: Support, there: bool) -> None:
    texts = {one.text for one in mine(kept, PLAN.version, support).found}
    assert ("Иван Торабеков" in texts) == there


def test_names_that_share_a_place_in_the_table_are_told_apart(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = mine(kept, PLAN.version, Support())
    monkeypatch.setattr(names, "BUCKETS", 2)
    monkeypatch.setattr(phrases, "BUCKETS", 2)
    assert mine(kept, PLAN.version, Support()) == whole


def test_where_there_are_more_names_than_fit_the_commonest_are_kept(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "MOST", 4)
    found = mine(kept, PLAN.version, Support())
    assert found.least > 2
    listed = [one for one in found.found if one.kind != "phrase"]
    assert {one.text for one in listed} <= {"Иван Торабеков", "Ladvinsk", "Ладвинск", "Ivan Torabekov"}


def test_a_name_whose_forms_mislead_in_one_pair_is_one_name_in_the_archive(tmp_path: Path) -> None:
    rows = (
        (
            ("Он едет из Мерхистана.", "He comes from Merhistan."),
            ("В Мерхистане зима.", "Merhistan has winter."),
        ),
        (("Там ждёт Мерхистан.", "There Merhistan is waiting."), ("Велик Мерхистан.", "Great is Merhistan.")),
    )
    path = archive_of(tmp_path / "a.db", [Note(n, "2020-01-01", own) for n, own in enumerate(rows)])
    with open_archive(path) as archive:
        own = Kept(archive)
        check(own, PLAN)
        found = [one for one in mine(own, PLAN.version, Support(1)).found if one.text.startswith("Мерхистан")]
        chart = renderings_over_time(own, PLAN.version, Dates(archive), "Мерхистан", "year")
    assert [(one.text, one.count, one.pairs) for one in found] == [("Мерхистан", 4, 2)]
    assert chart.total == 4


def test_pairs_without_a_name_or_in_other_scripts_are_read_too(tmp_path: Path) -> None:
    rows = ((("…", "…"),), (("12", "12"),), (("Да.", "是的。"),))
    path = archive_of(tmp_path / "a.db", [Note(n, "", own) for n, own in enumerate(rows)])
    with open_archive(path) as archive:
        own = Kept(archive)
        assert check(own, PLAN).done == 3
        found = mine(own, PLAN.version, Support(1))
    assert (found.pairs, found.found) == (3, ())


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_names_every_term(kept: Kept, form: str) -> None:
    rows = [(one, None) for one in mine(kept, PLAN.version, Support()).found]
    text = FORMATS[form](rows)
    assert all(one.text in text for one, _ in rows)


def test_json_lines_and_csv_hold_the_same_figures(kept: Kept) -> None:
    rows = [(one, None) for one in mine(kept, PLAN.version, Support()).found]
    objects = [json.loads(line) for line in FORMATS["jsonl"](rows).splitlines()]
    assert json.loads(FORMATS["json"](rows)) == objects
    table = list(csv.DictReader(io.StringIO(FORMATS["csv"](rows))))
    assert [(row["term"], int(row["count"]), row["first"]) for row in table] == [
        (one["term"], one["count"], one["first"] or "") for one in objects
    ]


# Into a project


def test_terms_become_candidates_with_sentences_and_decisions_stay(kept: Kept, tmp_path: Path) -> None:
    terms = mine(kept, PLAN.version, Support()).found
    with open_store(tmp_path / "concord.db", create=True) as project:
        glossary = Glossary(project)
        propose_into(glossary, kept.archive, terms, author="Ada")
        place, mill = glossary.resolve("Ладвинск"), glossary.resolve("водяная мельница")
        (evidence,) = glossary.evidence(place, lang="ru", limit=1)
        assert "Ладвинск" in evidence.sentence.text
        assert "Ladvinsk" in evidence.counterparts[0].text
        glossary.perform(Accept((place,)), author="Ada")
        glossary.perform(Reject((mill,)), author="Ada", reason="no term")
        before = {number: glossary.get(number).entry for number in (place, mill)}
        propose_into(glossary, kept.archive, terms, author="Bo")
        assert {number: glossary.get(number).entry for number in (place, mill)} == before
        decided = Decided(glossary)
        assert decided.state(term(kept, "Ладвинск", "ru")) == "approved"
        assert decided.state(term(kept, "водяная мельница", "ru")) == "rejected"
        assert decided.state(term(kept, "Мерхистан", "ru")) is None
        assert glossary.page(Query(state="candidate", text="мельниц")).rows == ()


def test_few_pairs_hold_examples_of_all_terms(kept: Kept) -> None:
    terms = mine(kept, PLAN.version, Support()).found
    pairs = chosen_pairs(terms, 2)
    assert len(pairs) <= 6
    assert all(sum(pair in one.sources for pair in pairs) >= 2 for one in terms)


# Memory


def multiplied(kept: Kept, times: int) -> None:
    """Lists every pair again and again under other paths, with what was read and found in it."""
    db = kept.db
    for _ in range(times - 1):
        with kept.archive.transaction():
            (last, change) = db.execute("SELECT max(number), max(change) FROM pairs").fetchone()
            columns = [row[1] for row in db.execute("PRAGMA table_info(pairs)").fetchall()][3:]
            own = ", ".join("change + :c" if name == "change" else name for name in columns)
            db.execute(
                f"""INSERT INTO pairs SELECT number + :n, source || :n, target || :n, {own} FROM pairs
                WHERE number <= 24""",
                {"n": last, "c": change},
            )
            for table in ("readings", "checked"):
                rest = [row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()][1:]
                own = ", ".join("change + :c" if name == "change" else name for name in rest)
                db.execute(
                    f"INSERT INTO {table} SELECT pair + :n, {own} FROM {table} WHERE pair <= 24",
                    {"n": last, "c": change},
                )


def peak(action: Callable[[], object]) -> int:
    """The most bytes that were allocated at once while this ran."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_is_that_of_the_vocabulary_and_not_of_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "BUCKETS", 1 << 8)  # else the tables of fixed size hide everything
    monkeypatch.setattr(phrases, "BUCKETS", 1 << 8)
    for module in (tables, store):  # rows that are read at once: fewer than there are
        monkeypatch.setattr(module, "_ASK", 12)
    path = archive_of(tmp_path / "a.db", decade(range(0, 96, 4)))
    with open_archive(path) as archive:
        kept = Kept(archive)
        check(kept, PLAN)

        def everything() -> None:
            mine(kept, PLAN.version, Support())
            marks_over_time(kept, PLAN.version, Dates(archive), "any", "month")
            sum(len(own.findings) for own in findings(kept, PLAN))

        multiplied(kept, 4)
        everything()  # what is loaded and remembered once is not counted
        few = peak(everything)
        multiplied(kept, 13)
        assert kept.pairs(PLAN.version) == 24 * 16
        assert peak(everything) < 1.5 * few  # of four times the pairs
