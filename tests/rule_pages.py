"""The rules' pages in docs/rules and the configuration's schema: ``python -m tests.rule_pages`` (``make docs``)."""

from __future__ import annotations

import json
from pathlib import Path

from glossary.checks import RULES, families
from glossary.checks.config import schema
from glossary.cli.rules import page

DOCS = Path(__file__).resolve().parent.parent / "docs"
SCHEMA = DOCS / "concord.schema.json"
HEAD = """# The rules

What `concord check` looks for. A rule's page says what it finds, why, with examples, how to set it right, its options
and what it cannot see; `concord explain CODE` prints it. [Checking](../checks.md) says how rules are chosen and
configured.
"""
RULER = "|---|---|---|---|---|"
TITLES = {
    "terms": "Terms and names",
    "annotations": "Legal marks",
    "alignment": "Sentences",
    "figures": "Figures and punctuation",
}


def pages() -> dict[Path, str]:
    """What stands in each generated file."""
    found = {DOCS / "rules" / f"{rule.code}.md": page(rule) for rule in RULES}
    found[DOCS / "rules" / "README.md"] = index()
    found[SCHEMA] = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    return found


def index() -> str:
    """The list of all rules by family."""
    parts = [HEAD]
    for family, rules in families().items():
        rows = [
            f"| [{r.code}]({r.code}.md) | {r.name} | {r.severity} | {'on' if r.default else 'off'} | {r.summary} |"
            for r in rules
        ]
        parts.append(
            "\n".join(
                [
                    "## " + TITLES[family],
                    "",
                    "| code | name | severity | | finds |",
                    RULER,
                    *rows,
                ]
            )
        )
    return "\n\n".join(part.strip() for part in parts) + "\n"


if __name__ == "__main__":
    (DOCS / "rules").mkdir(exist_ok=True)
    for old in set((DOCS / "rules").glob("*.md")) - set(pages()):
        old.unlink()
    for path, text in pages().items():
        path.write_text(text, "utf-8")
