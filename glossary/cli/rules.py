"""``concord explain``: a rule's page, or the list of all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from glossary.cli import common

if TYPE_CHECKING:
    from glossary.checks.base import Rule


def register(app: typer.Typer) -> None:
    """Adds the command to the root application."""
    app.command("explain", short_help="What a rule finds, why, and how to set it right.")(explain)


def explain(
    code: Annotated[
        str, typer.Argument(metavar="[CODE]", help="A rule's code or name, e.g. T007. None: all rules.")
    ] = "",
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="text (default) or json.")
    ] = None,
    json: common.Json = False,
) -> None:
    """Prints the page of a rule, or without one the list of all rules."""
    from glossary.checks import RULES, rule
    from glossary.cli.view import plain_table

    wanted = common.format_of(("text", "json"), format, json=json)
    picked = [rule(code)] if code else list(RULES)
    if wanted == "json":
        objects = [as_object(one) for one in picked]
        typer.echo(common.dumps(objects[0] if code else objects))
    elif code:
        typer.echo(page(picked[0]), nl=False)
    else:
        rows = ([r.code, r.name, r.severity, "on" if r.default else "off", r.summary] for r in picked)
        typer.echo(plain_table(("code", "name", "severity", "", "finds"), rows))


def page(rule: Rule) -> str:
    """A rule's page as Markdown, with its head."""
    on = "on unless ignored" if rule.default else f"off unless selected (`--select {rule.code}`)"
    where = {"text": "one text", "pair": "an original and its translation", "project": "all pairs together"}
    head = f"# {rule.code} {rule.name}\n\nLooks at {where[rule.scope]}; {rule.severity}; {on}.\n\n"
    return head + rule.page.strip() + "\n"


def as_object(rule: Rule) -> dict[str, Any]:
    """A rule as JSON."""
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity,
        "scope": rule.scope,
        "default": rule.default,
        "summary": rule.summary,
        "options": {
            key: {"default": list(o.default) if isinstance(o.default, tuple) else o.default, "help": o.help}
            for key, o in rule.options.items()
        },
        "page": rule.page.strip(),
    }
