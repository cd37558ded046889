"""GitHub's workflow commands, read as the runner reads them."""

from __future__ import annotations

import re
from dataclasses import replace

from glossary.formats.findings import Report
from tests.glossary.formats.findings.samples import findings, in_text, report
from tests.glossary.formats.findings.writers import written

COMMAND = re.compile(r"^::(error|warning|notice) (.*?)::(.*)$")


def unescaped(text: str) -> str:
    for code, sign in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def commands(shown: Report) -> list[tuple[str, dict[str, str], str]]:
    found = []
    for line in written(shown, "github").splitlines():
        match = COMMAND.match(line)
        assert match, line
        values = dict(part.split("=", 1) for part in match.group(2).split(","))
        found.append(
            (
                match.group(1),
                {key: unescaped(value) for key, value in values.items()},
                unescaped(match.group(3)),
            )
        )
    return found


def test_severities_are_those_that_github_knows() -> None:
    assert [level for level, _, _ in commands(report())] == [
        "notice", "error", "warning", "warning", "error", "error", "warning", "notice",
    ]  # fmt: skip


def test_a_place_is_a_file_with_lines_and_columns() -> None:
    _, values, message = commands(report())[4]
    assert values == {
        "file": "texts/talk.en.txt", "line": "4", "endLine": "4", "col": "19", "endColumn": "21",
        "title": "F001 changed-number",
    }  # fmt: skip
    assert message == "“21” stands where the original has “12”.\nWrite 12."


def test_signs_that_mean_something_are_escaped() -> None:
    one = replace(findings()[0], message="100% sure::\r\nor, so: it seems", rule="a,b:c")
    ((_, values, message), *_) = commands(Report((one,)))
    assert values["title"] == "F001 a,b:c"
    assert message.startswith("100% sure:: or, so: it seems\n")


def test_a_command_inside_a_text_is_not_obeyed() -> None:
    shown = in_text(["\n::error::not mine", "::stop-commands::x"])
    assert all(values.get("file") or "not checked" in values["title"] for _, values, _ in commands(shown))


def test_a_text_that_is_no_plain_file_is_named_without_lines() -> None:
    shown = report()
    made = tuple(replace(document, format="docx") for document in shown.documents)
    _, values, message = commands(replace(shown, documents=made))[4]
    assert set(values) == {"file", "title"}
    assert "Place: 4:19 in the text as read, “21”" in message


def test_what_could_not_be_checked_is_one_notice() -> None:
    level, values, message = commands(report())[-1]
    assert (level, values["title"]) == ("notice", "2 things not checked")
    assert "A007: no dated list was given" in message
