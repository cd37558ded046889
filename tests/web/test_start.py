"""The start page: what is in the project, and files that come in and go out."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from align.edit import EditRequest
from align.errors import InputError, UsageError
from align.store import init_store, open_store
from glossary.web import files
from tests.web.alignment_site import SCRIPTED, client, project

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def seed(lang: str) -> bytes:
    return (SEEDS / f"interview.{lang}.txt").read_bytes()


@pytest.fixture
def empty(tmp_path: Path) -> TestClient:
    """A project without a text."""
    init_store(tmp_path / "concord.db")
    return client(tmp_path / "concord.db")


def put(browser: TestClient, original: tuple[str, bytes], translation: tuple[str, bytes], **more: str) -> str:
    """Sends two files and waits until they are aligned; what came of it."""
    answer = browser.post("/files", files={"original": original, "translation": translation}, data=more)
    return finished(browser, answer.url.path)


def finished(browser: TestClient, job: str) -> str:
    """The page of a piece of work after its end."""
    for _ in range(600):
        html = browser.get(job).text
        if "<progress" not in html:
            return html
        time.sleep(0.1)
    raise AssertionError("it does not end")


# Looking


def test_an_empty_project_says_how_to_begin(empty: TestClient) -> None:
    html = empty.get("/").text
    assert "no text in this project yet" in html
    assert 'enctype="multipart/form-data"' in html


def test_it_says_how_much_is_aligned_and_decided(tmp_path: Path) -> None:
    path = project(tmp_path)
    with open_store(path) as store:
        store.edit(1, EditRequest("confirm", 1, 2), "Ada")
    html = client(path).get("/").text
    assert '<progress max="8" value="2"' in html
    assert "<dt>doubtful</dt><dd>1</dd>" in html


def test_exports_are_where_people_look_for_them(tmp_path: Path) -> None:
    browser = client(project(tmp_path))
    assert 'href="/alignment/1/export?format=tmx"' in browser.get("/").text
    answer = browser.get("/export/terms?format=toml")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''concord-terms.toml"


def test_a_glossary_that_a_format_can_say_nothing_of_is_an_error_in_words(tmp_path: Path) -> None:
    answer = client(project(tmp_path)).get("/export/terms?format=tbx")
    assert answer.status_code == 400
    assert "nothing to write" in answer.text


# Who decides


def test_a_name_is_kept_in_this_browser(tmp_path: Path) -> None:
    browser = client(project(tmp_path))
    browser.post("/author", data={"name": "  Ольга   Ivanova "})
    browser.post("/alignment/1/edit", data={"do": "confirm", "at": 1})
    with open_store(tmp_path / "concord.db") as store:
        assert store.events(1)[-1].author == "Ольга Ivanova"


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\u202eb"])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    assert client(project(tmp_path)).post("/author", data={"name": name}).status_code == 400


# Files


def test_two_files_are_aligned_and_kept(empty: TestClient, tmp_path: Path) -> None:
    html = put(empty, ("interview.ru.txt", seed("ru")), ("interview.en.txt", seed("en")))
    assert "beads" in html
    shown = empty.get("/alignment/of?source=interview.ru.txt&target=interview.en.txt")
    assert shown.url.path == "/alignment/1"
    assert (tmp_path / "interview.ru.txt").read_bytes() == seed("ru")
    with open_store(tmp_path / "concord.db") as store:
        assert [(row.source, row.target, row.source_lang) for row in store.alignments()] == [
            ("interview.ru.txt", "interview.en.txt", "ru")
        ]


def test_progress_is_shown_while_it_lasts(empty: TestClient) -> None:
    answer = empty.post(
        "/files", files={"original": ("a.txt", seed("ru")), "translation": ("b.txt", seed("en"))}
    )
    assert "Aligning a.txt and b.txt" in answer.text or "beads" in answer.text
    finished(empty, answer.url.path)


def test_a_file_that_is_there_is_never_overwritten(empty: TestClient, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Precious.", "utf-8")
    put(empty, ("talk.txt", seed("ru")), ("talk.txt", seed("en")))
    assert (tmp_path / "talk.txt").read_text("utf-8") == "Precious."
    with open_store(tmp_path / "concord.db") as store:
        assert [(row.source, row.target) for row in store.alignments()] == [("talk-2.txt", "talk-3.txt")]


def test_a_languages_code_that_is_given_is_taken(empty: TestClient, tmp_path: Path) -> None:
    put(empty, ("a.txt", seed("ru")), ("b.txt", seed("en")), original_lang="uk")
    with open_store(tmp_path / "concord.db") as store:
        assert store.alignments()[0].source_lang == "uk"


def test_texts_that_are_no_translations_of_each_other_leave_nothing_behind(
    empty: TestClient, tmp_path: Path
) -> None:
    recipe = "\n".join(f"Take {n} spoons of flour and stir it in slowly." for n in range(2, 60)).encode()
    html = put(empty, ("a.txt", seed("ru")), ("b.txt", recipe))
    assert "do not look like translations" in html
    assert [entry.name for entry in tmp_path.iterdir()] == ["concord.db"]


def test_an_empty_file_is_refused_and_nothing_is_kept(empty: TestClient, tmp_path: Path) -> None:
    answer = empty.post("/files", files={"original": ("a.txt", seed("ru")), "translation": ("b.txt", b" \n")})
    assert answer.status_code == 400
    assert "b.txt: it is empty" in answer.text
    assert [entry.name for entry in tmp_path.iterdir()] == ["concord.db"]


def test_one_file_alone_is_not_enough(empty: TestClient) -> None:
    answer = empty.post("/files", files={"original": ("a.txt", seed("ru"))}, headers=SCRIPTED)
    assert answer.status_code == 400
    assert "an original and a translation are needed" in answer.text


def test_the_same_file_twice_is_refused(empty: TestClient, tmp_path: Path) -> None:
    answer = empty.post(
        "/files", files={"original": ("a.txt", seed("ru")), "translation": ("a.txt", seed("ru"))}
    )
    assert answer.status_code == 400
    assert "chosen twice" in answer.text
    assert [entry.name for entry in tmp_path.iterdir()] == ["concord.db"]


# Checks


def test_a_check_runs_in_the_background_and_is_told_afterwards(empty: TestClient) -> None:
    put(empty, ("interview.ru.txt", seed("ru")), ("interview.en.txt", seed("en")))
    assert "Nothing has been checked" in empty.get("/checks", headers=SCRIPTED).text
    finished(empty, empty.post("/checks").url.path)
    assert "warnings" in empty.get("/checks", headers=SCRIPTED).text


def test_terms_are_collected_in_the_background(empty: TestClient) -> None:
    put(empty, ("interview.ru.txt", seed("ru")), ("interview.en.txt", seed("en")))
    assert "Terms collected" in finished(empty, empty.post("/terms").url.path)
    assert "candidates wait" in empty.get("/").text


# Names of files


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("talk.txt", "talk.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ada\\talk.docx", "talk.docx"),
        ("..", "text"),
        (".hidden", "hidden"),
        ("", "text"),
        ("con.txt", "text_con.txt"),
        ("a\x00b\u202ec.txt", "a_b_c.txt"),
        ("речь №1.docx", "речь №1.docx"),
        ("what?<>.md", "what___.md"),
    ],
)
def test_a_name_keeps_what_is_safe_of_it(given: str, kept: str) -> None:
    assert files.safe_name(given) == kept


@given(st.text(max_size=300))
def test_no_name_leaves_the_folder(name: str) -> None:
    safe = files.safe_name(name)
    assert Path(safe).name == safe
    assert safe not in ("", ".", "..")
    assert len(safe.encode("utf-8", "surrogatepass")) <= files.LONGEST_NAME


def test_the_same_bytes_under_the_same_name_are_one_file(tmp_path: Path) -> None:
    assert files.keep(tmp_path, "a.txt", b"One.") == (tmp_path / "a.txt", True)
    assert files.keep(tmp_path, "a.txt", b"One.") == (tmp_path / "a.txt", False)
    assert files.keep(tmp_path, "a.txt", b"Two.") == (tmp_path / "a-2.txt", True)


def test_where_one_file_cannot_be_kept_none_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it is empty"):
        files.keep_all(tmp_path, [("a.txt", b"One."), ("b.txt", b"")])
    with pytest.raises(UsageError, match="twice"):
        files.keep_all(tmp_path, [("a.txt", b"One."), ("a.txt", b"One.")])
    assert list(tmp_path.iterdir()) == []
