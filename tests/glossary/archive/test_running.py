"""Pairs are read once, again when they change, and it does not matter in which order that happened."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.archive.store import Archive, open_archive
from glossary.archive.checks import check, findings
from glossary.archive.dates import Dates
from glossary.archive.kept import Kept
from glossary.archive.names import Support
from glossary.archive.over_time import marks_over_time, renderings_over_time
from glossary.archive.running import Plan, update
from glossary.archive.terms import mine
from glossary.checks import chosen
from tests.glossary.archive.archives import Note, archive_of, note, put

PLAN = Plan(rules=chosen(("T001", "T002", "A001", "F001"), ()))
VARIANTS = (
    {"date": "2019-02-01", "wording": "запрещено в РФ", "rendered": "banned in Russia"},
    {"date": "2021-07-01", "wording": "запрещено в России"},
    {"date": "", "name": "Torabekow"},
    {"date": "2021-08-01"},
)


def varied(number: int, variant: int) -> Note:
    """A note in one of four ways."""
    return note(number, **VARIANTS[variant])


def said(kept: Kept) -> tuple[Any, ...]:
    """All that an archive comes to."""
    dates = Dates(kept.archive)
    return (
        mine(kept, PLAN.version, Support()),
        marks_over_time(kept, PLAN.version, dates, "any", "month"),
        renderings_over_time(kept, PLAN.version, dates, "Торабеков", "year"),
        [own.findings for own in findings(kept, PLAN)],
    )


STEPS = st.lists(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 3)), min_size=1, max_size=3, unique_by=lambda row: row[0]
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=12, deadline=None)
@given(STEPS)
def test_an_archive_that_grew_and_changed_is_the_same_as_one_read_at_once(
    steps: list[list[tuple[int, int]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        last: dict[int, int] = {}
        with open_archive(Path(folder) / "grown.db", create=True) as archive:
            kept = Kept(archive)
            for step in steps:
                put(archive, [varied(*row) for row in step])
                check(kept, PLAN)
                last |= dict(step)
            grown = said(kept)
        archive_of(Path(folder) / "whole.db", [varied(*row) for row in last.items()])
        with open_archive(Path(folder) / "whole.db") as archive:
            kept = Kept(archive)
            check(kept, PLAN)
            assert said(kept) == grown


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("running")


def test_a_pair_is_read_once_and_again_only_when_it_was_aligned_again(folder: Path) -> None:
    archive_of(folder / "a.db", [varied(n, 0) for n in (1, 2, 3)])
    with open_archive(folder / "a.db") as archive:
        kept = Kept(archive)
        assert update(kept, PLAN).done == 3
        assert update(kept, PLAN).done == 0
        put(archive, [varied(2, 1)])
        assert update(kept, PLAN).done == 1


def test_other_rules_or_settings_check_again_but_do_not_read_again(folder: Path) -> None:
    archive_of(folder / "b.db", [varied(n, 0) for n in (1, 2)])
    with open_archive(folder / "b.db") as archive:
        kept = Kept(archive)
        update(kept, PLAN)
        before = kept.db.execute("SELECT pair, rowid FROM readings").fetchall()
        assert update(kept, Plan(rules=chosen(("F001",), ()))).done == 2
        assert kept.db.execute("SELECT pair, rowid FROM readings").fetchall() == before


def test_a_pair_that_failed_since_counts_for_nothing(folder: Path) -> None:
    archive_of(folder / "c.db", [varied(n, 0) for n in (1, 2)])
    with open_archive(folder / "c.db") as archive:
        kept = Kept(archive)
        check(kept, PLAN)
        fail(archive, 1)
        assert kept.pairs(PLAN.version) == 1
        assert [own.record.number for own in findings(kept, PLAN)] == [2]


def fail(archive: Archive, number: int) -> None:
    """The pair's last alignment failed."""
    from dataclasses import replace

    archive.put(replace(archive.pair(number), state="failed", error="it is no text"), None)


def test_a_pair_that_cannot_be_read_is_named_and_does_not_stop_the_rest(folder: Path) -> None:
    archive_of(folder / "d.db", [varied(n, 0) for n in (1, 2, 3)])
    with open_archive(folder / "d.db") as archive:
        with archive.transaction():
            archive.db.execute("UPDATE results SET data = x'00' WHERE pair = 2")
        went = update(Kept(archive), PLAN)
    assert went.done == 2
    (failure,) = went.failed
    assert failure.pair == 2
    assert "damaged" in failure.reason


def test_several_processes_come_to_the_same(folder: Path) -> None:
    notes = [varied(n, n % 4) for n in range(1, 15)]
    found = []
    for name, workers in (("one", 1), ("two", 2)):
        archive_of(folder / f"{name}.db", notes)
        with open_archive(folder / f"{name}.db") as archive:
            kept = Kept(archive)
            assert check(kept, PLAN, workers=workers).done == 14
            found.append(said(kept))
    assert found[0] == found[1]
