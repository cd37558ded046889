"""What a rule on legal marks finds in a few lines of text."""

from __future__ import annotations

from glossary.checks import rule
from glossary.model import Finding, Gap
from tests.glossary.checks.examples import Example, run


def checked(code: str, langs: str, *lines: str, **given: str) -> tuple[list[Finding], list[Gap]]:
    """Findings and gaps of one rule; ``given`` as in the fences of the pages (settings, list, glossary)."""
    return run(rule(code), Example(tuple(langs.split()), "\n".join(lines), False, (), given))


def found(code: str, langs: str, *lines: str, **given: str) -> list[str]:
    """The texts that one rule finds, in order of document and place."""
    return [one.spot.text for one in checked(code, langs, *lines, **given)[0]]


def told(code: str, langs: str, *lines: str, **given: str) -> Finding:
    """The only finding of one rule."""
    findings, _ = checked(code, langs, *lines, **given)
    assert len(findings) == 1
    return findings[0]


def replaced(code: str, langs: str, line: str, **given: str) -> str:
    """A line of the translation (or the only text) with the replacements of one rule put in."""
    findings, _ = checked(code, langs, line, **given)
    text = line.partition(" | ")[2] or line
    for one in sorted(findings, key=lambda f: -f.spot.start):
        assert one.replacement is not None
        text = text[: one.spot.start] + one.replacement + text[one.spot.end :]
    return text
