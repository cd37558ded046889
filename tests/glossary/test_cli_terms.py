"""``concord terms`` as a user runs it, in processes of their own, on a small project."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ROOT, concord, fails, succeeds
from tests.glossary.samples import built, project

SEEDS = ROOT / "seeds"
MILL, GUILD = "мельница", "цех мельников"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a project whose glossary has been built by hand: a mill and a guild."""
    built(tmp_path)
    return tmp_path


def objects(*arguments: str, cwd: Path) -> Any:
    """What a command prints as JSON."""
    return json.loads(succeeds(*arguments, "--json", cwd=cwd).out)


def listed(cwd: Path, *arguments: str) -> dict[str, str]:
    """Labels and states of the concepts in a list."""
    found = objects("terms", "list", *arguments, cwd=cwd)
    return {concept["label"]: concept["state"] for concept in found["concepts"]}


def terms(cwd: Path, concept: str) -> dict[str, str | None]:
    """The statuses of a concept's terms."""
    return {t["text"]: t.get("status") for t in objects("terms", "show", concept, cwd=cwd)["terms"]}


# From the texts to the glossary


@pytest.fixture(scope="module")
def interview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the sample interview, built by the real extraction."""
    folder = tmp_path_factory.mktemp("interview")
    for lang in ("ru", "en"):
        (folder / f"{lang}.txt").write_bytes((SEEDS / f"interview.{lang}.txt").read_bytes())
    succeeds("init", cwd=folder)
    succeeds("align", "ru.txt", "en.txt", "--langs", "ru,en", cwd=folder)
    succeeds("terms", "build", cwd=folder)
    return folder


def test_a_build_finds_the_names_of_the_interview_with_their_counterparts(interview: Path) -> None:
    found = objects("terms", "list", "Шамширан", cwd=interview)
    (concept,) = found["concepts"]
    assert concept["kind"] == "organisation"
    assert {t["text"] for t in concept["terms"]} >= {"Шамширан", "Shamshiran"}


def test_a_concept_is_named_by_its_whole_name_in_the_base_form(interview: Path) -> None:
    labels = listed(interview, "--lang", "ru")
    assert {"Фронт обновления Мерхистана", "Мерхистан", "Юсуф Кархани", "Лейла Самари"} <= set(labels)
    assert "Фронт" in terms(interview, "Фронт обновления Мерхистана")


def test_what_is_shown_has_its_sentences_in_both_languages_with_the_terms_marked(interview: Path) -> None:
    lines = succeeds("terms", "show", "Shamshiran", "--evidence", "1", cwd=interview).out.splitlines()
    assert any("ru.txt, sentence" in line for line in lines)
    assert any("[Шамширан" in line for line in lines)
    assert any(line.strip().startswith("en:") and "[Shamshiran]" in line for line in lines)


def test_proposals_need_no_project_and_leave_nothing_behind(tmp_path: Path) -> None:
    for lang in ("ru", "en"):
        (tmp_path / f"{lang}.txt").write_bytes((SEEDS / f"interview.{lang}.txt").read_bytes())
    ended = succeeds("terms", "extract", "ru.txt", "en.txt", "--jsonl", cwd=tmp_path)
    found = [json.loads(line) for line in ended.out.splitlines()]
    names = {"term", "lemma", "kind", "lang", "count", "variants", "renderings", "evidence"}
    assert all(names <= set(candidate) for candidate in found)
    (shamshiran,) = [c for c in found if c["term"] == "Shamshiran" and c["lang"] == "en"]
    assert shamshiran["renderings"][0]["count"] > 5
    (evidence, *_) = shamshiran["evidence"]
    text = (SEEDS / "interview.en.txt").read_text("utf-8")
    assert text[evidence["start"] : evidence["end"]] == evidence["text"]
    (counterpart,) = evidence["counterparts"]
    russian, (marked,) = (SEEDS / "interview.ru.txt").read_text("utf-8"), counterpart["terms"]
    assert russian[marked["start"] : marked["end"]] == marked["text"]
    assert marked["text"].startswith("Шамширан")
    assert marked["text"] in counterpart["text"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["en.txt", "ru.txt"]


def test_the_lemma_of_a_word_that_no_dictionary_has_is_its_name(interview: Path) -> None:
    ended = succeeds("terms", "extract", "--jsonl", "--kind", "place", cwd=interview)
    lemmas = {c["term"]: c["lemma"] for c in map(json.loads, ended.out.splitlines())}
    assert (lemmas["Дехшар"], lemmas["Мерхистан"]) == ("дехшар", "мерхистан")


def test_the_names_joined_in_a_proposal_say_why(interview: Path) -> None:
    ended = succeeds("terms", "extract", "--jsonl", cwd=interview)
    (front,) = [c for c in map(json.loads, ended.out.splitlines()) if "RFM" in c["variants"]]
    relations = {part["text"]: (part["relation"], part["reason"]) for part in front["parts"]}
    assert relations["Renewal Front of Merhistan"] == ("", "")
    assert relations["RFM"] == ("acronym", "explained in the text")


def test_what_is_shown_names_linked_concepts_with_the_reason(folder: Path) -> None:
    number = objects("terms", "show", MILL, cwd=folder)["id"]
    lines = succeeds("terms", "show", GUILD, cwd=folder).out.splitlines()
    assert f"  perhaps narrower: {MILL} {number} (likeness)" in lines


def test_one_file_is_one_text(tmp_path: Path) -> None:
    text = (SEEDS / "interview.en.txt").read_bytes()
    ended = succeeds("terms", "extract", "-", "--langs", "en", "--jsonl", cwd=tmp_path, stdin=text)
    found = [json.loads(line) for line in ended.out.splitlines()]
    assert {c["lang"] for c in found} == {"en"}
    assert all(c["renderings"] == [] for c in found)


def test_no_file_is_the_project(interview: Path) -> None:
    ended = succeeds("terms", "extract", "--jsonl", "--kind", "person", cwd=interview)
    found = [json.loads(line) for line in ended.out.splitlines()]
    assert {c["kind"] for c in found} == {"person"}
    assert {e["document"] for c in found for e in c["evidence"]} == {"ru.txt", "en.txt"}


@pytest.mark.parametrize("command", [("terms", "extract"), ("annotations",)])
def test_more_than_two_files_are_refused_with_a_hint_at_a_project(
    folder: Path, command: tuple[str, ...]
) -> None:
    assert "concord init" in fails(*command, "a.txt", "b.txt", "c.txt", cwd=folder)


@pytest.mark.parametrize("command", [("terms", "extract"), ("terms", "build"), ("annotations",)])
def test_without_files_and_without_a_project_nothing_can_be_done(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    assert "concord init" in fails(*command, cwd=tmp_path)


def test_a_project_without_texts_says_how_they_come_in(tmp_path: Path) -> None:
    succeeds("init", cwd=tmp_path)
    assert "concord align" in fails("terms", "build", cwd=tmp_path)


def test_a_project_that_was_never_built_says_how(tmp_path: Path) -> None:
    project(tmp_path)
    assert "concord terms build" in succeeds("terms", "list", cwd=tmp_path).stderr


# Deciding


def test_accepting_and_rejecting(folder: Path) -> None:
    succeeds("terms", "accept", MILL, cwd=folder)
    succeeds("terms", "reject", GUILD, "--reason", "an ordinary word", cwd=folder)
    assert listed(folder) == {MILL: "approved", GUILD: "rejected"}
    assert "an ordinary word" in succeeds("terms", "show", GUILD, cwd=folder).out


def test_a_list_says_why_concepts_were_rejected(folder: Path) -> None:
    succeeds("terms", "reject", MILL, "--reason", "an ordinary word", cwd=folder)
    assert "(an ordinary word)" in succeeds("terms", "list", "--state", "rejected", cwd=folder).out
    (found,) = objects("terms", "list", "--state", "rejected", cwd=folder)["concepts"]
    assert found["reason"] == "an ordinary word"


def test_statuses_of_terms(folder: Path) -> None:
    succeeds("terms", "prefer", MILL, "mill", cwd=folder)
    succeeds("terms", "forbid", MILL, "windmill", cwd=folder)
    succeeds("terms", "admit", MILL, "Mühle", "--lang", "de", cwd=folder)
    assert terms(folder, MILL) == {
        MILL: None,
        "mill": "preferred",
        "windmill": "forbidden",
        "Mühle": "admitted",
    }


def test_a_term_can_name_its_concept_and_itself(folder: Path) -> None:
    succeeds("terms", "deprecate", "windmill", cwd=folder)
    assert terms(folder, MILL)["windmill"] == "deprecated"


def test_the_narrowest_scope_wins_and_show_says_which(folder: Path) -> None:
    succeeds("terms", "prefer", MILL, "mill", cwd=folder)
    succeeds("terms", "forbid", MILL, "mill", "--scope", "client=Acme", cwd=folder)
    everywhere = succeeds("terms", "show", MILL, cwd=folder).out
    for_acme = succeeds("terms", "show", MILL, "--context", "client=Acme, edition=web", cwd=folder).out
    assert "mill: preferred" in everywhere
    assert "mill: forbidden, by client=Acme, not preferred as everywhere else" in for_acme


def test_lists_from_standard_input_are_one_decision(folder: Path) -> None:
    ids = succeeds("terms", "list", "--format", "ids", cwd=folder).stdout
    succeeds("terms", "accept", "-", cwd=folder, stdin=ids)
    assert set(listed(folder).values()) == {"approved"}
    succeeds("terms", "undo", cwd=folder)
    assert set(listed(folder).values()) == {"candidate"}


def test_lists_from_standard_input_may_be_json_lines(folder: Path) -> None:
    lines = succeeds("terms", "list", "--kind", "organisation", "--jsonl", cwd=folder).stdout
    succeeds("terms", "reject", "-", cwd=folder, stdin=lines)
    assert listed(folder) == {MILL: "candidate", GUILD: "rejected"}


def test_pairs_from_standard_input_give_statuses(folder: Path) -> None:
    pairs = f"{MILL}\tmill\n{GUILD}\tMillers' Guild\n".encode()
    succeeds("terms", "prefer", "-", cwd=folder, stdin=pairs)
    assert terms(folder, GUILD)["Millers' Guild"] == "preferred"


def test_a_list_in_which_one_cannot_be_decided_changes_nothing(folder: Path) -> None:
    assert "nowhere" in fails("terms", "accept", MILL, "nowhere", cwd=folder)
    assert listed(folder)[MILL] == "candidate"


def test_editing_a_concept_and_its_terms(folder: Path) -> None:
    succeeds(
        "terms", "edit", MILL, "--kind", "place", "--definition", "Where grain becomes flour", cwd=folder
    )
    succeeds(
        "terms", "edit", MILL, "--term", "mill", "--text", "watermill", "--no-translate", "--case", "as-written",
        "--status", "superseded", cwd=folder,
    )  # fmt: skip
    succeeds("terms", "edit", MILL, "--add-term", "Mühle", "--lang", "de", cwd=folder)
    succeeds("terms", "edit", MILL, "--drop-term", "windmill", cwd=folder)
    found = objects("terms", "show", MILL, cwd=folder)
    assert (found["kind"], found["definition"]) == ("place", "Where grain becomes flour")
    watermill = next(t for t in found["terms"] if t["text"] == "watermill")
    assert (watermill["status"], watermill["case"], watermill["translate"]) == (
        "superseded",
        "as written",
        False,
    )
    assert [t["text"] for t in found["terms"]] == [MILL, "watermill", "Mühle"]


def test_merging_splitting_linking_and_commenting(folder: Path) -> None:
    succeeds("terms", "comment", GUILD, "-m", "the same people", cwd=folder)
    succeeds("terms", "merge", MILL, GUILD, cwd=folder)
    assert listed(folder) == {MILL: "candidate"}
    succeeds("terms", "split", MILL, GUILD, "Millers' Guild", cwd=folder)
    assert set(listed(folder)) == {MILL, GUILD}
    succeeds("terms", "link", GUILD, "renamed-to", MILL, "--date", "1921", cwd=folder)
    shown = succeeds("terms", "show", GUILD, cwd=folder).out
    assert "renamed to 1921" in shown
    assert "the same people" in succeeds("terms", "show", MILL, cwd=folder).out
    succeeds("terms", "link", GUILD, "renamed-to", MILL, "--remove", cwd=folder)
    assert "renamed to" not in succeeds("terms", "show", GUILD, cwd=folder).out


def test_a_concept_that_nobody_proposed_can_be_added(folder: Path) -> None:
    succeeds(
        "terms", "add", "брод", "--lang", "ru", "--kind", "place", "--translation", "en:ford", cwd=folder
    )
    assert terms(folder, "ford") == {"брод": "preferred", "ford": "preferred"}
    assert listed(folder, "--state", "approved") == {"брод": "approved"}


def test_the_history_says_who_when_what_and_why(folder: Path) -> None:
    succeeds("terms", "accept", MILL, "--author", "Ada", "--reason", "it recurs", cwd=folder)
    succeeds("terms", "undo", "--author", "Bo", cwd=folder)
    first, second = succeeds("terms", "history", MILL, cwd=folder).out.splitlines()
    assert "Ada: accept: мельница" in first
    assert first.endswith("it recurs  (undone)")
    assert "Bo: undo of event 1" in second


def test_whoever_overrules_somebody_is_told(folder: Path) -> None:
    succeeds("terms", "reject", MILL, "--author", "Ada", "--reason", "an ordinary word", cwd=folder)
    ended = succeeds("terms", "accept", MILL, "--author", "Bo", cwd=folder)
    assert "had been rejected by Ada" in ended.stderr
    assert "an ordinary word" in ended.stderr


def test_the_second_of_two_at_the_same_moment_sees_what_the_first_did(folder: Path) -> None:
    version = str(objects("terms", "show", MILL, cwd=folder)["version"])
    succeeds("terms", "reject", MILL, "--author", "Ada", "--expect", version, cwd=folder)
    error = fails("terms", "accept", MILL, "--author", "Bo", "--expect", version, cwd=folder)
    assert "rejected by Ada" in error
    assert listed(folder)[MILL] == "rejected"


def test_undo_and_redo_without_end(folder: Path) -> None:
    for command in (("accept", MILL), ("comment", MILL, "-m", "sure"), ("forbid", "windmill")):
        succeeds("terms", *command, cwd=folder)
    states = []
    for action in ("undo", "undo", "undo", "redo", "redo", "redo"):
        succeeds("terms", action, cwd=folder)
        states.append(listed(folder)[MILL])
    assert states == ["approved", "approved", "candidate", "approved", "approved", "approved"]
    assert "nothing to redo" in fails("terms", "redo", cwd=folder)


def test_what_was_decided_already_is_no_second_event(folder: Path) -> None:
    succeeds("terms", "accept", MILL, cwd=folder)
    assert "nothing was changed" in succeeds("terms", "accept", MILL, cwd=folder).stderr
    assert len(objects("terms", "history", cwd=folder)) == 1


def test_a_decision_can_be_read_by_programs(folder: Path) -> None:
    (event,) = objects("terms", "accept", MILL, "--author", "Ada", cwd=folder)
    assert (event["action"], event["author"], len(event["concepts"])) == ("accept", "Ada", 1)


# Looking


def test_lists_can_be_narrowed_and_paged(folder: Path) -> None:
    assert set(listed(folder, "--kind", "organisation")) == {GUILD}
    assert set(listed(folder, "windm")) == {MILL}
    assert set(listed(folder, "--min-count", "2")) == {MILL}
    first = objects("terms", "list", "--limit", "1", cwd=folder)
    second = objects("terms", "list", "--limit", "1", "--after", first["next"], cwd=folder)
    assert first["total"] == 2
    assert second["next"] is None
    assert {c["label"] for page in (first, second) for c in page["concepts"]} == {MILL, GUILD}


def test_a_concordance_finds_all_forms_of_a_concept(folder: Path) -> None:
    found = objects("terms", "concordance", "mill", "--lang", "ru", cwd=folder)
    assert [e["text"] for e in found] == ["Мельница", "мельницу", "мельницы"]


def test_a_concordance_finds_any_words(folder: Path) -> None:
    (found,) = objects("terms", "concordance", "ушла под", cwd=folder)
    assert found["sentence"]["spans"] == [[7, 15]]
    assert found["counterparts"][0]["text"] == "The road vanished under the snow."


def test_the_table_of_a_list_stands_on_one_line_a_concept_in_a_pipe(folder: Path) -> None:
    lines = succeeds("terms", "list", cwd=folder).out.splitlines()
    assert len(lines) == 3
    assert "ru мельница · en mill, windmill" in lines[1]


# Sharing


@pytest.mark.parametrize("name", ["terms.toml", "terms.po", "terms.jsonl"])
def test_what_is_exported_comes_back_whole_in_another_project(
    folder: Path, tmp_path: Path, name: str
) -> None:
    succeeds("terms", "accept", MILL, cwd=folder)
    succeeds("terms", "forbid", "windmill", cwd=folder)
    succeeds("terms", "comment", MILL, "-m", "two lines\nof it", cwd=folder)
    succeeds("terms", "export", "-o", name, cwd=folder)
    other = tmp_path / "other"
    other.mkdir()
    succeeds("init", cwd=other)
    succeeds("terms", "import", str(folder / name), cwd=other)
    succeeds("terms", "export", "-o", "again.toml", cwd=other)
    succeeds("terms", "export", "-o", "terms.toml", cwd=folder)
    assert (other / "again.toml").read_text("utf-8") == (folder / "terms.toml").read_text("utf-8")


def test_importing_again_changes_nothing(folder: Path) -> None:
    succeeds("terms", "accept", MILL, cwd=folder)
    succeeds("terms", "export", "-o", "terms.toml", cwd=folder)
    ended = succeeds("terms", "import", "terms.toml", cwd=folder)
    assert "0 taken over" in ended.stderr
    assert len(objects("terms", "history", cwd=folder)) == 1


def test_an_import_that_says_otherwise_is_shown_and_changes_nothing_until_a_person_says_which(
    folder: Path,
) -> None:
    succeeds("terms", "prefer", MILL, "windmill", cwd=folder)
    text = succeeds("terms", "export", cwd=folder).out.replace('"preferred"', '"forbidden"')
    (folder / "theirs.toml").write_text(text, "utf-8")
    ended = concord("terms", "import", "theirs.toml", cwd=folder)
    assert ended.code == 1
    assert "windmill (en): status: here preferred, in the file forbidden" in ended.out
    assert terms(folder, MILL)["windmill"] == "preferred"
    succeeds("terms", "import", "theirs.toml", "--theirs", "all", cwd=folder)
    assert terms(folder, MILL)["windmill"] == "forbidden"


def test_two_projects_share_a_file_both_ways(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    built(other)
    shared = str(folder / "shared.toml")
    succeeds("terms", "accept", MILL, "--author", "Ada", cwd=folder)
    succeeds("terms", "sync", shared, cwd=folder)
    succeeds("terms", "sync", shared, cwd=other)
    assert listed(other)[MILL] == "approved"
    succeeds("terms", "reject", GUILD, "--author", "Bo", "--reason", "rare", cwd=other)
    succeeds("terms", "sync", shared, cwd=other)
    succeeds("terms", "sync", shared, cwd=folder)
    assert listed(folder) == listed(other) == {MILL: "approved", GUILD: "rejected"}
    before = Path(shared).read_bytes()
    succeeds("terms", "sync", shared, cwd=folder)
    assert Path(shared).read_bytes() == before


def test_a_conflict_in_a_shared_file_is_left_alone_on_both_sides(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    built(other)
    shared = str(folder / "shared.toml")
    succeeds("terms", "accept", MILL, cwd=folder)
    succeeds("terms", "sync", shared, cwd=folder)
    succeeds("terms", "sync", shared, cwd=other)
    succeeds("terms", "edit", MILL, "--definition", "ours", cwd=folder)
    succeeds("terms", "edit", MILL, "--definition", "theirs", cwd=other)
    succeeds("terms", "sync", shared, cwd=other)
    ended = concord("terms", "sync", shared, "--json", cwd=folder)
    assert ended.code == 1
    (conflict,) = json.loads(ended.out)["conflicts"]
    assert (conflict["field"], conflict["ours"], conflict["theirs"]) == ("definition", "ours", "theirs")
    assert "theirs" in Path(shared).read_text("utf-8")
    assert objects("terms", "show", MILL, cwd=folder)["definition"] == "ours"
    succeeds("terms", "sync", shared, "--ours", conflict["id"], cwd=folder)
    succeeds("terms", "sync", shared, cwd=other)
    assert objects("terms", "show", MILL, cwd=other)["definition"] == "ours"


def stanza(number: str, text: str, key: str) -> str:
    """A shared file with one approved concept that claims a candidate."""
    return (
        f'concord_glossary = 1\n\n[{number}]\nkind = "other"\nstate = "approved"\n'
        f'terms = [\n  {{ lang = "ru", text = "{text}", status = "preferred" }},\n]\nkeys = [\n  "{key}",\n]\n'
    )


def claimed(folder: Path) -> tuple[str, str]:
    """Decides both concepts, and writes a file in which the guild takes the mill's candidate; ids of both."""
    succeeds("terms", "accept", MILL, GUILD, cwd=folder)
    mill, guild = (objects("terms", "show", name, cwd=folder)["id"] for name in (MILL, GUILD))
    (folder / "f.toml").write_text(stanza(guild, GUILD, "ru/other/мельница"), "utf-8")
    return mill, guild


def keys(folder: Path, concept: str) -> set[str]:
    """The candidates of a concept."""
    return set(objects("terms", "show", concept, cwd=folder).get("keys", ()))


@pytest.mark.parametrize("command", ["import", "sync"])
def test_a_file_takes_no_candidate_of_a_decided_concept_over_in_silence(folder: Path, command: str) -> None:
    mill, guild = claimed(folder)
    ended = concord("terms", command, "f.toml", "--json", cwd=folder)
    assert ended.code == 1
    wanted = [c for c in json.loads(ended.out)["conflicts"] if c["field"] == "candidate ru/other/мельница"]
    assert wanted
    assert mill in wanted[0]["ours"]
    assert guild in wanted[0]["theirs"]
    assert "ru/other/мельница" in keys(folder, mill)
    assert "ru/other/мельница" not in keys(folder, guild)


def test_a_person_can_give_a_contested_candidate_away_and_take_that_back(folder: Path) -> None:
    mill, guild = claimed(folder)
    concord("terms", "import", "f.toml", "--theirs", guild, cwd=folder)
    assert "ru/other/мельница" in keys(folder, guild)
    assert "ru/other/мельница" not in keys(folder, mill)
    succeeds("terms", "undo", cwd=folder)
    assert "ru/other/мельница" in keys(folder, mill)


def test_a_person_can_keep_a_contested_candidate_in_a_shared_file(folder: Path) -> None:
    mill, _guild = claimed(folder)
    succeeds("terms", "sync", "f.toml", "--ours", "all", cwd=folder)
    assert "ru/other/мельница" in keys(folder, mill)
    assert "0 taken over" in succeeds("terms", "sync", "f.toml", cwd=folder).stderr


def test_a_shared_concept_under_another_id_is_known_by_its_candidate_and_keeps_its_id_there(
    folder: Path,
) -> None:
    mill = objects("terms", "show", MILL, cwd=folder)["id"]
    (folder / "f.toml").write_text(stanza("elsewhere", "мельница", "ru/other/мельница"), "utf-8")
    succeeds("terms", "sync", "f.toml", cwd=folder)
    assert listed(folder)[MILL] == "approved"
    assert objects("terms", "show", MILL, cwd=folder)["id"] == mill
    succeeds("terms", "edit", mill, "--definition", "grinds", cwd=folder)
    succeeds("terms", "sync", "f.toml", cwd=folder)
    text = (folder / "f.toml").read_text("utf-8")
    assert "[elsewhere]" in text
    assert "grinds" in text
    assert f"[{mill}]" not in text


def test_an_undo_goes_to_the_shared_file_too(folder: Path) -> None:
    succeeds("terms", "accept", MILL, cwd=folder)
    succeeds("terms", "sync", "shared.toml", cwd=folder)
    succeeds("terms", "forbid", "windmill", cwd=folder)
    succeeds("terms", "sync", "shared.toml", cwd=folder)
    succeeds("terms", "undo", cwd=folder)
    succeeds("terms", "sync", "shared.toml", cwd=folder)
    assert "forbidden" not in (folder / "shared.toml").read_text("utf-8")


def test_po_goes_to_another_program_and_comes_back_changed(folder: Path) -> None:
    succeeds("terms", "accept", MILL, cwd=folder)
    succeeds("terms", "export", "-o", "terms.po", cwd=folder)
    text = (folder / "terms.po").read_text("utf-8")
    assert "#: mill.ru.txt:1" in text
    changed = text.replace('msgstr "mill"\n', 'msgstr "watermill"\n')
    (folder / "terms.po").write_text(changed, "utf-8")
    succeeds("terms", "import", "terms.po", cwd=folder)
    assert terms(folder, MILL)["watermill"] == "preferred"


# Bad input


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("show", "nowhere"), "nowhere"),
        (("accept",), "CONCEPT"),
        (("accept", "-"), "no concept"),
        (("prefer", MILL, "Mühle"), "Mühle"),
        (("prefer", "a", "b", "c"), "quotes"),
        (("prefer", MILL, "x" * 10_000, "--lang", "en"), "10,000"),
        (("prefer", MILL, "mill", "--scope", "planet=Mars"), "planet"),
        (("edit", MILL), "nothing to change"),
        (("edit", MILL, "--text", "x"), "--term"),
        (("edit", MILL, "--term", "mill", "--status", "perfect"), "perfect"),
        (("edit", MILL, "--kind", "elf"), "elf"),
        (("edit", MILL, "--add-term", "x"), "--lang"),
        (("merge", MILL), "two concepts"),
        (("split", MILL, MILL, "mill", "windmill"), "either side"),
        (("link", MILL, "cousin", GUILD), "cousin"),
        (("link", MILL, "narrower", MILL), "itself"),
        (("link", MILL, "narrower", GUILD, "--date", "yesterday"), "yesterday"),
        (("comment", MILL, "-m", " "), "empty"),
        (("undo",), "nothing to undo"),
        (("list", "--state", "perfect"), "perfect"),
        (("list", "--kind", "elf"), "elf"),
        (("list", "--after", "x"), "--after"),
        (("list", "--format", "pdf"), "pdf"),
        (("list", "--json", "--jsonl"), "--jsonl"),
        (("import", "nowhere.toml"), "nowhere.toml"),
        (("import", "terms.xyz"), "terms.xyz"),
        (("export", "--format", "docx"), "docx"),
        (("export", "--format", "po"), "--source-lang"),
        (("sync", "terms.po"), "terms.po"),
        (("extract", "nowhere.txt"), "nowhere.txt"),
        (("accept", MILL, "--author", " "), "author"),
        (("accept", MILL, GUILD, "--expect", "0"), "--expect"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    folder: Path, arguments: tuple[str, ...], word: str
) -> None:
    (folder / "terms.xyz").write_text("", "utf-8")
    before = (folder / "concord.db").read_bytes()
    ended = concord("terms", *arguments, cwd=folder)
    assert ended.code == 2, ended.stderr
    assert "Traceback" not in ended.stderr
    assert word in ended.stderr
    assert ended.stdout == b""
    assert (folder / "concord.db").read_bytes() == before


def test_a_ring_of_links_is_refused(folder: Path) -> None:
    succeeds("terms", "link", MILL, "narrower", GUILD, cwd=folder)
    assert "ring" in fails("terms", "link", GUILD, "narrower", MILL, cwd=folder)


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("a.toml", "", "version"),
        ("a.toml", "concord_glossary = 1\n[a]\nkind = 'elf'\nterms = [{ lang = 'en', text = 'x' }]", "elf"),
        (
            "a.toml",
            "concord_glossary = 1\n[a]\nkind = 'other'\nterms = [{ lang = 'en', text = 'x', status = 'preferred' }, "
            "{ lang = 'en', text = 'x', status = 'forbidden' }]",
            "both",
        ),
        (
            "a.toml",
            "concord_glossary = 1\n"
            "[a]\nkind = 'other'\nterms = [{ lang = 'en', text = 'x' }]\n"
            "links = [{ type = 'narrower', target = 'b' }]\n"
            "[b]\nkind = 'other'\nterms = [{ lang = 'en', text = 'y' }]\n"
            "links = [{ type = 'narrower', target = 'a' }]\n",
            "ring",
        ),
        ("a.po", 'msgid "a\nmsgstr "b"\n', "broken"),
        ("a.jsonl", "{", "line 1"),
        ("a.jsonl", "[]", "no object"),
        ("a.jsonl", '{"id": "a", "kind": "other"}', "without a term"),
    ],
)
def test_a_file_that_cannot_be_imported_is_one_line_and_changes_nothing(
    folder: Path, name: str, text: str, word: str
) -> None:
    (folder / name).write_text(text, "utf-8")
    assert word in fails("terms", "import", name, cwd=folder)
    assert listed(folder) == {MILL: "candidate", GUILD: "candidate"}


def test_a_project_that_another_program_is_writing_to_is_one_line(folder: Path) -> None:
    blocker = sqlite3.connect(folder / "concord.db", isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    try:
        assert "another program" in fails("terms", "accept", MILL, cwd=folder)
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()


def test_standard_input_that_is_not_utf_8_is_refused(folder: Path) -> None:
    assert "UTF-8" in fails("terms", "accept", "-", cwd=folder, stdin=b"\xff\n")
