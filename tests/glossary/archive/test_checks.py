"""Checking an archive finds what checking a project with the same pairs finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from align.archive.packed import pack
from align.archive.store import Listed, open_archive
from align.store import open_store
from glossary.archive import across
from glossary.archive.checks import Quiet, check, findings
from glossary.archive.kept import Kept
from glossary.archive.running import Plan, view
from glossary.checking import check_stored
from glossary.checks import chosen
from glossary.model import Finding
from glossary.store import Glossary
from tests.glossary.archive.archives import Note, alignment_of, archive_of, note

PLAN = Plan(rules=chosen(("T001", "T002", "A001", "A005", "F001"), ()))


def bodies(number: int) -> Note:
    """Two bodies of the originals that become one in the translation, each twice."""
    rows = (
        ("Плотиной ведает Совет старейшин.", "The dam is in the charge of the Council of Elders."),
        ("Причалом ведает Собрание старшин.", "The pier is in the charge of the Council of Elders."),
        ("Совет старейшин собрался утром.", "The Council of Elders met in the morning."),
        ("Собрание старшин отложили.", "The Council of Elders was put off."),
        ("Решил всё Совет старейшин.", "Everything was decided by the Council of Elders."),
    )
    return Note(number, f"2020-0{number % 9 + 1}-01", rows)


NOTES = [
    *(note(n, f"201{n}-03-01", wording="запрещено в РФ", rendered="banned in Russia") for n in range(1, 6)),
    *(note(n, f"201{n}-04-01", name="Torabekow") for n in (7, 8)),
    note(9, "2019-05-01", wording="запрещено в РФ"),
    bodies(10),
    bodies(11),
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    path = archive_of(tmp_path_factory.mktemp("checks") / "a.db", NOTES)
    with open_archive(path) as archive:
        found = Kept(archive)
        check(found, PLAN)
        yield found


def all_findings(kept: Kept) -> list[Finding]:
    return [one for own in findings(kept, PLAN) for one in own.findings]


def test_an_archive_has_the_findings_of_a_project_with_the_same_pairs(kept: Kept, tmp_path: Path) -> None:
    with open_store(tmp_path / "concord.db", create=True) as store:
        for record in kept.archive.pairs("done"):
            store.save_alignment(view(kept.archive, record.number, PLAN.settings).alignment, author="Ada")
        there = check_stored(Glossary(store), PLAN.rules, PLAN.settings)
    ours = all_findings(kept)
    assert {one.code for one in ours} >= {"T001", "T002", "A001"}
    assert {one.fingerprint: one for one in ours} == {one.fingerprint: one for one in there.findings}


def test_findings_come_pair_by_pair_in_order(kept: Kept) -> None:
    numbers = [own.record.number for own in findings(kept, PLAN)]
    assert numbers == list(range(1, len(NOTES) + 1))
    for own in findings(kept, PLAN):
        assert {one.spot.document for one in own.findings} <= {own.record.source, own.record.target}


def test_a_rendering_that_deviates_is_named_in_a_bounded_number_of_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive_of(tmp_path / "a.db", NOTES)
    monkeypatch.setattr(across, "MOST", 1)
    with open_archive(path) as archive:
        few = Kept(archive)
        check(few, PLAN)
        found = [one for one in all_findings(few) if one.code == "T001"]
    assert len({one.spot.document for one in found}) == 1
    (row,) = {row.count for one in found for row in one.table if row.text == "Torabekow"}
    assert row == 2  # all are counted


def test_a_document_in_two_pairs_is_told_of_once(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "a.db", NOTES[:1])
    rules = Plan(rules=chosen(("F008",), ()))
    odd = pack(alignment_of(Note(1, "2020-01-01", (("Скобка тут.", "A bracket) here."),))))
    with open_archive(path) as archive:
        archive.list_pairs([Listed("ru/other.txt", "en/1.txt")])
        for number in (1, 2):
            record = replace(archive.pair(number), state="done", run=1, source_lang="ru", target_lang="en")
            archive.put(record, odd)
        twice = Kept(archive)
        check(twice, rules)
        documents = [[one.spot.document for one in own.findings] for own in findings(twice, rules)]
    assert documents == [["en/1.txt"], []]


def test_what_people_dismissed_stays_quiet(kept: Kept) -> None:
    first = all_findings(kept)[0]
    quiet = Quiet({first.fingerprint: None}, frozenset())
    heard = [one for own in findings(kept, PLAN) for one in quiet.speaking(own).findings]
    assert first not in heard
    assert len(heard) == len(all_findings(kept)) - 1
